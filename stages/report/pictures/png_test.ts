import assert from "node:assert/strict";
import { crc32, inflateSync } from "node:zlib";
import { encodePng } from "./png.ts";

Deno.test("encodePng() writes chunks with their sums and the pixels in rows", async () => {
  const pixels = Uint8Array.from({ length: 3 * 2 * 3 }, (_, i) => i * 11);
  const png = await encodePng({ width: 3, height: 2, channels: 3, pixels });
  const view = new DataView(png.buffer);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const typed = png.subarray(at + 4, at + 8 + length);
    assert.equal(view.getUint32(at + 8 + length), crc32(typed));
    chunks.set(new TextDecoder().decode(typed.subarray(0, 4)), typed.subarray(4));
    at += length + 12;
  }
  assert.deepEqual([...chunks.keys()], ["IHDR", "IDAT", "IEND"]);
  assert.deepEqual([...chunks.get("IHDR")!], [0, 0, 0, 3, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
  const rows = [...inflateSync(chunks.get("IDAT")!)];
  assert.deepEqual(rows, [0, ...pixels.subarray(0, 9), 0, ...pixels.subarray(9)]);
});

Deno.test("encodePng() throws if the pixels do not fill the picture", async () => {
  const picture = { width: 2, height: 2, channels: 1 as const, pixels: new Uint8Array(3) };
  await assert.rejects(encodePng(picture), /2×2×1 as it has 3 bytes/);
});
