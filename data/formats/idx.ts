/**
 * Arrays of unsigned bytes in the IDX format of the MNIST database (Y. LeCun, C. Cortes,
 * C. J. C. Burges, *The MNIST database of handwritten digits*), plain or compressed by gzip.
 *
 * A file is two zero bytes, a code of the element type, the number of dimensions, each dimension
 * (unsigned, 32 bits, big-endian), and the elements, row by row.
 *
 * @module
 */

/** An array of bytes with its shape, row-major. */
export interface IdxArray {
  shape: number[];
  data: Uint8Array<ArrayBuffer>;
}

const TYPES: Readonly<Record<number, string>> = {
  0x08: "unsigned bytes",
  0x09: "signed bytes",
  0x0b: "16-bit integers",
  0x0c: "32-bit integers",
  0x0d: "32-bit floats",
  0x0e: "64-bit floats",
};
/** More would be no set of small images; a foreign file can claim anything. */
const MAX_ELEMENTS = 2 ** 31;

/**
 * Reads a file; one that starts as gzip does is decompressed first.
 *
 * @param name How messages call the file.
 * @throws {SyntaxError} if the bytes are no such file, with what was expected and found.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const bytes = new Uint8Array([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 2, 7, 9]);
 * assert.deepEqual(await readIdx(bytes), { shape: [1, 2], data: new Uint8Array([7, 9]) });
 * ```
 */
export async function readIdx(
  bytes: Uint8Array<ArrayBuffer>,
  name = "IDX file",
): Promise<IdxArray> {
  const fail = (why: string) => new SyntaxError(`Cannot read ${name} as IDX: ${why}`);
  let shape: number[] | undefined;
  let data = new Uint8Array();
  let filled = 0;
  let pending = new Uint8Array();
  for await (const piece of pieces(bytes, fail)) {
    let rest = piece;
    if (shape === undefined) {
      pending = concat(pending, piece);
      const header = readHeader(pending, fail);
      if (header === undefined) continue;
      shape = header.shape;
      data = new Uint8Array(header.elements);
      rest = pending.subarray(header.length);
    }
    if (filled + rest.length > data.length) {
      throw fail(`it goes on after the ${data.length} elements of shape [${shape}]`);
    }
    data.set(rest, filled);
    filled += rest.length;
  }
  if (shape === undefined) throw fail(`it ends within its header, after ${pending.length} bytes`);
  if (filled < data.length) {
    throw fail(
      `it is truncated: shape [${shape}] needs ${data.length} elements, found ${filled}`,
    );
  }
  return { shape, data };
}

type Fail = (why: string) => SyntaxError;

/** The bytes, or what they decompress to, in pieces: so a bomb is found before it fills memory. */
async function* pieces(
  bytes: Uint8Array<ArrayBuffer>,
  fail: Fail,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) {
    yield bytes;
    return;
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const reader = stream.getReader();
  try {
    while (true) {
      const { done, value } = await reader.read().catch((error: Error) => {
        throw fail(`its gzip compression is damaged or truncated (${error.message})`);
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {}); // It has failed already, or is left early by the reader.
  }
}

function readHeader(
  bytes: Uint8Array,
  fail: Fail,
): { shape: number[]; elements: number; length: number } | undefined {
  if (bytes.length < 4) return undefined;
  const [zero0, zero1, type, dimensions] = bytes as unknown as [number, number, number, number];
  const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, "0"));
  if (zero0 !== 0 || zero1 !== 0 || TYPES[type] === undefined || dimensions === 0) {
    throw fail(`expected it to start with 00 00 08, found ${start.join(" ")}`);
  }
  if (type !== 0x08) throw fail(`it holds ${TYPES[type]}, expected ${TYPES[0x08]}`);
  const length = 4 + 4 * dimensions;
  if (bytes.length < length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  const shape = Array.from({ length: dimensions }, (_, i) => view.getUint32(4 + 4 * i));
  const elements = shape.reduce((product, size) => product * size, 1);
  if (elements > MAX_ELEMENTS) throw fail(`its shape [${shape}] has more than 2^31 elements`);
  return { shape, elements, length };
}

function concat(a: Uint8Array<ArrayBuffer>, b: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
