import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { gzipSync } from "fflate";
import fc from "fast-check";
import { readIdx } from "./idx.ts";

function idx(shape: readonly number[], data: Iterable<number>, type = 8): Uint8Array<ArrayBuffer> {
  const header = shape.flatMap((n) => [n >>> 24, n >>> 16 & 255, n >>> 8 & 255, n & 255]);
  return new Uint8Array([0, 0, type, shape.length, ...header, ...data]);
}

function gzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(gzipSync(bytes));
}

Deno.test("a file reads back, plain and compressed", async () => {
  const arrays = fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }).chain((shape) => {
    const length = shape.reduce((a, b) => a * b, 1);
    return fc.record({
      shape: fc.constant(shape),
      data: fc.uint8Array({ minLength: length, maxLength: length }),
    });
  });
  await fc.assert(fc.asyncProperty(arrays, async ({ shape, data }) => {
    const bytes = idx(shape, data);
    assert.deepEqual(await readIdx(bytes), { shape, data });
    assert.deepEqual(await readIdx(gzip(bytes)), { shape, data });
  }));
});

Deno.test("a large compressed file is read in pieces", async () => {
  const data = Uint8Array.from({ length: 1_000_000 }, (_, i) => (i * i) & 255);
  const { shape, data: read } = await readIdx(gzip(idx([1000, 1000], data)));
  assert.deepEqual(shape, [1000, 1000]);
  assert.equal(Buffer.compare(read, data), 0);
});

Deno.test("a damaged or foreign file is refused with what was expected and found", async () => {
  const good = idx([2, 2], [1, 2, 3, 4]);
  const damaged = gzip(good);
  damaged[damaged.length - 6]! ^= 1; // in the checksum
  const cases: [Uint8Array<ArrayBuffer>, RegExp][] = [
    [new Uint8Array(), /Cannot read t as IDX: it ends within its header, after 0 bytes/],
    [good.slice(0, 9), /ends within its header, after 9 bytes/],
    [good.slice(0, -1), /truncated: shape \[2,2\] needs 4 elements, found 3/],
    [new Uint8Array([...good, 0]), /goes on after the 4 elements of shape \[2,2\]/],
    [gzip(new Uint8Array([...good, 0])), /goes on after the 4 elements/],
    [gzip(good).slice(0, -9), /gzip compression is damaged or truncated/],
    [damaged, /gzip compression is damaged or truncated/],
    [new TextEncoder().encode("%PDF-1.7"), /start with 00 00 08, found 25 50 44 46/],
    [gzip(new TextEncoder().encode("<html>")), /start with 00 00 08, found 3c 68 74 6d/],
    [idx([1], [0, 0, 0, 0], 0x0d), /it holds 32-bit floats, expected unsigned bytes/],
    [idx([1], [0], 0x0a), /start with 00 00 08, found 00 00 0a 01/],
    [idx([65536, 65536], []), /shape \[65536,65536\] has more than 2\^31 elements/],
  ];
  for (const [bytes, message] of cases) await assert.rejects(readIdx(bytes, "t"), message);
});

Deno.test("a compressed file that swells beyond its shape is given up early", async () => {
  const bomb = gzip(new Uint8Array([...idx([1], [0]), ...new Uint8Array(200_000)]));
  await assert.rejects(readIdx(bomb), /goes on after the 1 elements/);
});
