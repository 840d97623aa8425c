import assert from "node:assert/strict";
import { encodeSafetensors } from "./formats/safetensors.ts";
import { inMemory } from "../testing/in_memory.ts";
import { readImages, readImageSize } from "./images.ts";

function file(shape: number[], dtype: "U8" | "I8" = "U8", name = "pixels") {
  const size = shape.reduce((a, b) => a * b, 1);
  const data = dtype === "U8" ? new Uint8Array(size) : new Int8Array(size);
  return encodeSafetensors({ [name]: { dtype, shape, data } });
}

Deno.test("grey and RGB images are told apart by their shape", () => {
  const { pixels, ...grey } = readImages(file([4, 3, 2]));
  assert.deepEqual(grey, { count: 4, height: 3, width: 2, channels: 1 });
  assert.equal(pixels.length, 24);
  assert.equal(readImages(file([4, 3, 2, 3])).channels, 3);
});

Deno.test("anything else is refused with what it is", () => {
  assert.throws(() => readImages(file([4, 3])), /current value is U8 \[4,3\]/);
  assert.throws(() => readImages(file([4, 3, 2, 1])), /current value is U8 \[4,3,2,1\]/);
  assert.throws(() => readImages(file([4, 3, 2], "I8")), /current value is I8 \[4,3,2\]/);
  assert.throws(() => readImages(file([4, 3, 2], "U8", "x")), /current value is undefined/);
});

Deno.test("the size of images is read from the header alone", async () => {
  const bytes = file([4, 3, 2, 3]);
  const whole = inMemory(bytes);
  let read = 0;
  const size = await readImageSize({
    size: whole.size,
    read(position, into) {
      read = Math.max(read, position + into.length);
      return whole.read(position, into);
    },
  });
  assert.deepEqual(size, { count: 4, height: 3, width: 2, channels: 3 });
  assert.ok(read <= bytes.length - 4 * 3 * 2 * 3);
  await assert.rejects(readImageSize(inMemory(file([4, 3]))), /current value is U8 \[4,3\]/);
});
