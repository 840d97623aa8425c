import assert from "node:assert/strict";
import fc from "fast-check";
import { stream } from "../../core/random/stream.ts";
import flip from "./flip.ts";
import quarterTurn from "./quarter_turn.ts";
import { rearrange } from "./rearrange.ts";
import rotation, { rotate } from "./rotation.ts";
import shift from "./shift.ts";
import type { Image } from "./transform.ts";
import { TRANSFORMS } from "./transforms.ts";

/** 2 × 3, all different: 1 2 3 above 4 5 6. */
const small: Image = {
  height: 2,
  width: 3,
  channels: 1,
  pixels: new Uint8Array([1, 2, 3, 4, 5, 6]),
};

/** Every result of a transformation over many streams, each once. */
function results(draw: (seed: number) => Uint8Array): string[] {
  return [...new Set(Array.from({ length: 200 }, (_, seed) => draw(seed).join(" ")))].sort();
}

const images = fc.record({
  height: fc.integer({ min: 1, max: 7 }),
  width: fc.integer({ min: 1, max: 7 }),
  channels: fc.constantFrom(1, 3),
}).chain((layout) => {
  const length = layout.height * layout.width * layout.channels;
  return fc.uint8Array({ minLength: length, maxLength: length })
    .map((pixels) => ({ ...layout, pixels }));
});

Deno.test("names and streams of transformations do not change", () => {
  assert.deepEqual(TRANSFORMS.map(({ name }) => name), [
    "flip",
    "quarterTurns",
    "shift",
    "rotation",
  ]);
});

Deno.test("flips give the image and its mirror images, and nothing else", () => {
  const flips = (axis: "horizontal" | "vertical" | "both") =>
    results((seed) => flip.apply(small, axis, stream(seed, "augment")));
  assert.deepEqual(flips("horizontal"), ["1 2 3 4 5 6", "3 2 1 6 5 4"]);
  assert.deepEqual(flips("vertical"), ["1 2 3 4 5 6", "4 5 6 1 2 3"]);
  assert.deepEqual(flips("both"), ["1 2 3 4 5 6", "3 2 1 6 5 4", "4 5 6 1 2 3", "6 5 4 3 2 1"]);
});

Deno.test("quarter turns give the four turned images", () => {
  const square = { height: 2, width: 2, channels: 1, pixels: new Uint8Array([1, 2, 3, 4]) };
  assert.deepEqual(
    results((seed) => quarterTurn.apply(square, true, stream(seed, "augment"))),
    ["1 2 3 4", "2 4 1 3", "3 1 4 2", "4 3 2 1"],
  );
  assert.throws(
    () => quarterTurn.apply(small, true, stream(1, "augment")),
    /must be square: current size is 3×2/,
  );
});

Deno.test("shifts move by whole pixels in each direction, and uncover black", () => {
  const shifted = results((seed) => shift.apply(small, 1, stream(seed, "augment")));
  assert.equal(shifted.length, 9);
  for (const one of ["1 2 3 4 5 6", "0 1 2 0 4 5", "2 3 0 5 6 0", "4 5 6 0 0 0", "0 0 0 0 1 2"]) {
    assert.ok(shifted.includes(one), one);
  }
  assert.throws(() => shift.apply(small, 2, stream(1, "augment")), /current size is 3×2/);
});

Deno.test("a rotation by quarters is a quarter turn, counterclockwise", () => {
  fc.assert(fc.property(images, (image) => {
    const { height, width } = image;
    assert.deepEqual(rotate(image, 0), image.pixels);
    const half = rearrange(image, (y, x) => [height - 1 - y, width - 1 - x]);
    assert.deepEqual(rotate(image, 180), half);
    assert.deepEqual(rotate(image, -180), half);
    if (height !== width) return;
    assert.deepEqual(rotate(image, 90), rearrange(image, (y, x) => [x, width - 1 - y]));
    assert.deepEqual(rotate(image, -90), rearrange(image, (y, x) => [width - 1 - x, y]));
  }));
});

Deno.test("a pixel beside the centre moves along the circle", () => {
  const pixels = new Uint8Array(121);
  pixels[5 * 11 + 9] = 100;
  const turned = rotate({ height: 11, width: 11, channels: 1, pixels }, 30);
  // Four to the right, turned by 30 degrees: 3.46 to the right and 2 up.
  const [near, far] = [turned[3 * 11 + 8]!, turned[3 * 11 + 9]!];
  assert.ok(near > 20 && far > 20, `grey levels ${near} and ${far}`);
  const light = turned.reduce((sum, grey) => sum + grey, 0);
  assert.ok(Math.abs(light - 100) < 30, `light is kept, roughly: ${light}`);
});

Deno.test("random rotations stay within their bound and use it", () => {
  const pixels = new Uint8Array(101 * 101);
  pixels.fill(255, 50 * 101 + 90, 50 * 101 + 101); // a hand at three o'clock
  const angles = Array.from({ length: 100 }, (_, seed) => {
    const image = { height: 101, width: 101, channels: 1, pixels };
    const turned = rotation.apply(image, 10, stream(seed, "augment"));
    let [x, y] = [0, 0];
    turned.forEach((grey, i) => {
      x += grey * (i % 101 - 50);
      y += grey * (Math.floor(i / 101) - 50);
    });
    return Math.atan2(-y, x) * 180 / Math.PI;
  });
  assert.ok(angles.every((angle) => Math.abs(angle) <= 10.1));
  assert.ok(Math.min(...angles) < -8 && Math.max(...angles) > 8);
});
