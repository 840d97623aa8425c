/**
 * Arrays by name in one file, as PyTorch, numpy and pandas users read them: the safetensors
 * format (https://github.com/huggingface/safetensors).
 *
 * A file is the length of its header (unsigned, 64 bits, little-endian), the header (JSON), and the
 * arrays' bytes, little-endian, row by row, without gaps. The same arrays always make the same
 * file: names are sorted in the header, wider element types come first in the data so that each
 * array is aligned, and the header is padded to a multiple of eight bytes.
 *
 * @module
 */
import { METADATA, parseSafetensorsHeader } from "./safetensors_header.ts";
import {
  ARRAYS,
  count,
  isLengths,
  type Tensor,
  type TensorSource,
  type TensorSpec,
} from "./tensor.ts";

/**
 * Lays out a file and gives each of its arrays as a view into it, filled with zeros. For arrays that
 * are too large to hold twice; otherwise {@linkcode encodeSafetensors}.
 *
 * @param metadata What the file tells about its arrays, as texts by name.
 * @throws {TypeError} if a name is reserved or a dtype unknown.
 * @throws {RangeError} if a shape is not of integers from 0.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { bytes, tensors } = allocateSafetensors({ x: { dtype: "F32", shape: [2, 3] } });
 * tensors.x.data.set([1, 2, 3, 4, 5, 6]);
 * assert.deepEqual([...decodeSafetensors(bytes).get("x")!.data], [1, 2, 3, 4, 5, 6]);
 * ```
 */
export function allocateSafetensors<S extends Readonly<Record<string, TensorSpec>>>(
  specs: S,
  metadata: Readonly<Record<string, string>> = {},
): {
  bytes: Uint8Array<ArrayBuffer>;
  tensors: { [Name in keyof S]: Tensor<S[Name]["dtype"]> };
} {
  const names = Object.keys(specs).sort();
  const width = (name: string) => ARRAYS[specs[name]!.dtype].BYTES_PER_ELEMENT;
  const begin = new Map<string, number>();
  let end = 0;
  for (const name of names) check(name, specs[name]!);
  for (const name of names.toSorted((a, b) => width(b) - width(a))) {
    begin.set(name, end);
    end += width(name) * count(specs[name]!.shape);
  }
  const entries = names.map((name) => {
    const { dtype, shape } = specs[name]!;
    const from = begin.get(name)!;
    const entry = { dtype, shape, data_offsets: [from, from + width(name) * count(shape)] };
    return `${JSON.stringify(name)}:${JSON.stringify(entry)}`;
  });
  const told = Object.entries(metadata).sort(([a], [b]) => a < b ? -1 : 1);
  if (told.length > 0) {
    entries.unshift(`"${METADATA}":${JSON.stringify(Object.fromEntries(told))}`);
  }
  const text = new TextEncoder().encode(`{${entries.join(",")}}`);
  const headerLength = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerLength + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(text, 8);
  bytes.fill(0x20, 8 + text.length, 8 + headerLength);
  const tensors = Object.fromEntries(names.map((name) => {
    const { dtype, shape } = specs[name]!;
    const data = new ARRAYS[dtype](
      bytes.buffer,
      8 + headerLength + begin.get(name)!,
      count(shape),
    );
    return [name, { dtype, shape: [...shape], data }];
  }));
  return { bytes, tensors: tensors as unknown as { [Name in keyof S]: Tensor<S[Name]["dtype"]> } };
}

/**
 * Writes arrays as a file. NaNs are written as the one canonical NaN of their type.
 *
 * @throws {TypeError} if a name is reserved or a dtype is not that of the data.
 * @throws {RangeError} if a shape does not fit its data.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const bytes = encodeSafetensors({
 *   bias: { dtype: "F32", shape: [2], data: new Float32Array([0.5, -1]) },
 * });
 * assert.deepEqual([...decodeSafetensors(bytes).get("bias")!.data], [0.5, -1]);
 * ```
 */
export function encodeSafetensors(
  tensors: Readonly<Record<string, TensorSource>>,
): Uint8Array<ArrayBuffer> {
  for (const [name, { dtype, shape, data }] of Object.entries(tensors)) {
    check(name, { dtype, shape });
    if (!(data instanceof ARRAYS[dtype])) {
      throw new TypeError(
        `Cannot write tensor ${JSON.stringify(name)} as its data does not have dtype ${dtype}: ` +
          `current value is a ${Object.prototype.toString.call(data).slice(8, -1)}`,
      );
    }
    if (data.length !== count(shape)) {
      throw new RangeError(
        `Cannot write tensor ${JSON.stringify(name)} as shape [${shape}] needs ${
          count(shape)
        } elements: ` +
          `current length is ${data.length}`,
      );
    }
  }
  const file = allocateSafetensors(tensors);
  for (const [name, { data }] of Object.entries(tensors)) {
    const target = file.tensors[name]!.data;
    // Both have the same dtype; TypeScript cannot tell that the union's members pair up.
    (target as Uint8Array).set(data as Uint8Array);
    if (target instanceof Float32Array) {
      const words = new Uint32Array(target.buffer, target.byteOffset, target.length);
      for (let i = 0; i < target.length; i++) {
        if (Number.isNaN(target[i])) words[i] = 0x7fc00000;
      }
    } else if (target instanceof Float64Array) {
      const words = new BigUint64Array(target.buffer, target.byteOffset, target.length);
      for (let i = 0; i < target.length; i++) {
        if (Number.isNaN(target[i])) words[i] = 0x7ff8000000000000n;
      }
    }
  }
  return file.bytes;
}

/**
 * Reads a file. Arrays are views into `bytes` where they are aligned there, else copies.
 *
 * @param name How messages call the file.
 * @throws {SyntaxError} if the bytes are no such file, with what was expected and found.
 */
export function decodeSafetensors(
  bytes: Uint8Array<ArrayBuffer>,
  name = "safetensors file",
): Map<string, Tensor> {
  const { entries } = parseSafetensorsHeader(bytes, bytes.length, name);
  const tensors = new Map<string, Tensor>();
  for (const [key, { dtype, shape, from, to }] of entries) {
    const start = bytes.byteOffset + from;
    const Type = ARRAYS[dtype];
    const data = start % Type.BYTES_PER_ELEMENT === 0
      ? new Type(bytes.buffer, start, count(shape))
      : new Type(bytes.buffer.slice(start, start + to - from));
    tensors.set(key, { dtype, shape, data });
  }
  return tensors;
}

function check(name: string, { dtype, shape }: TensorSpec): void {
  if (name === METADATA) {
    throw new TypeError(
      `Cannot write tensor ${JSON.stringify(name)} as the format reserves this name`,
    );
  }
  if (!Object.hasOwn(ARRAYS, dtype)) {
    throw new TypeError(
      `Cannot write tensor ${JSON.stringify(name)} as its dtype is unknown: ${dtype}`,
    );
  }
  if (!isLengths(shape)) {
    throw new RangeError(
      `Cannot write tensor ${JSON.stringify(name)} as its shape must be of integers from 0: ` +
        `current value is [${shape}]`,
    );
  }
}
