import assert from "node:assert/strict";
import { HogExtractor } from "./hog.ts";
import fixture from "./testdata/hog.json" with { type: "json" };

for (const { name, shape, pixels, features, ...options } of fixture.cases) {
  Deno.test(`HOG agrees with scikit-image to 1e-5: ${name}`, () => {
    const [height, width, channels = 1] = shape as [number, number, number?];
    const hog = new HogExtractor({ height, width, channels, ...options });
    const expected = features.split(" ").map(Number);
    assert.equal(hog.dimension, expected.length);
    const found = new Float32Array(hog.dimension);
    hog.extract(Uint8Array.fromHex(pixels), found);
    const worst = Math.max(...expected.map((value, i) => Math.abs(value - found[i]!)));
    assert.ok(worst < 1e-5, `greatest difference is ${worst}`);
  });
}

const square = (size: number) =>
  new HogExtractor({
    height: size,
    width: size,
    channels: 1,
    orientations: 9,
    cell: 4,
    block: 2,
  });

Deno.test("dimensions are as the field's tables have them", () => {
  assert.equal(square(32).dimension, 1764);
  assert.equal(square(28).dimension, 1296);
});

Deno.test("a negative is the same to HOG, and one extractor serves many images", () => {
  const hog = square(16);
  const pixels = Uint8Array.from({ length: 256 }, (_, i) => (i * i * 7) % 251);
  const features = new Float32Array(hog.dimension);
  hog.extract(pixels, features);
  const negative = new Float32Array(hog.dimension);
  hog.extract(new Uint8Array(256), negative);
  assert.ok(negative.every((value) => value === 0));
  hog.extract(pixels.map((grey) => 255 - grey), negative);
  assert.deepEqual(negative, features);
});

Deno.test("images smaller than a block are refused with what they need", () => {
  assert.throws(
    () => square(7),
    /must be at least 8 pixels wide and high \(blocks of 2 cells of 4 pixels\).*size is 7×7/,
  );
});

Deno.test("each feature of HOG belongs to the cell whose pixels it changes with", () => {
  const hog = square(16);
  const { rows, columns, side, cellOf } = hog.cells();
  assert.deepEqual([rows, columns, side, cellOf.length], [4, 4, 4, hog.dimension]);
  // The four gradients around one bright pixel lie in the cell of the third row, second column.
  const pixels = new Uint8Array(256);
  pixels[9 * 16 + 5] = 255;
  const features = new Float32Array(hog.dimension);
  hog.extract(pixels, features);
  const touched = [...features].flatMap((value, i) => value > 0 ? [cellOf[i]] : []);
  assert.ok(touched.length > 4);
  assert.deepEqual([...new Set(touched)], [2 * 4 + 1]);
});
