import assert from "node:assert/strict";
import { occludedImages, patchPlaces, spreadOverPixels } from "./occlusion.ts";

const size = { height: 3, width: 4, channels: 1 };

Deno.test("patchPlaces() reach both edges, once each", () => {
  assert.deepEqual(patchPlaces(size, { patch: 2, stride: 2 }), {
    patch: 2,
    tops: [0, 1],
    lefts: [0, 2],
  });
  assert.deepEqual(patchPlaces(size, { patch: 3, stride: 5 }).tops, [0]);
  assert.throws(
    () => patchPlaces(size, { patch: 4, stride: 1 }),
    /Cannot occlude images of 4×3 pixels as the patch must be no larger: current side is 4/,
  );
});

Deno.test("occludedImages() cover one patch each, every channel by its own value", () => {
  const pixels = Uint8Array.from({ length: 12 }, (_, i) => i);
  const covered = [
    ...occludedImages(pixels, size, patchPlaces(size, { patch: 2, stride: 2 }), [9]),
  ];
  assert.equal(covered.length, 4);
  assert.deepEqual([...covered[0]], [9, 9, 2, 3, 9, 9, 6, 7, 8, 9, 10, 11]);
  assert.deepEqual([...covered[3]], [0, 1, 2, 3, 4, 5, 9, 9, 8, 9, 9, 9]);
  assert.deepEqual([...pixels.subarray(0, 3)], [0, 1, 2]);
  const colour = { height: 1, width: 2, channels: 3 };
  const [first] = occludedImages(
    new Uint8Array(6),
    colour,
    patchPlaces(colour, { patch: 1, stride: 1 }),
    [1, 2, 3],
  );
  assert.deepEqual([...first], [1, 2, 3, 0, 0, 0]);
});

Deno.test("spreadOverPixels() gives each pixel the mean of its patches", () => {
  const places = patchPlaces(size, { patch: 2, stride: 1 });
  const map = spreadOverPixels([1, 2, 3, 4, 5, 6], size, places);
  assert.deepEqual([...map], [1, 1.5, 2.5, 3, 2.5, 3, 4, 4.5, 4, 4.5, 5.5, 6]);
  const wide = spreadOverPixels([1, 5], { height: 1, width: 4 }, {
    patch: 1,
    tops: [0],
    lefts: [0, 3],
  });
  assert.deepEqual([...wide], [1, 0, 0, 5]);
});
