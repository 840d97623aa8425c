/**
 * Arrays with a shape, as files hold them.
 *
 * @module
 */

/** Array types by the names that the safetensors format gives to element types. */
export const ARRAYS = {
  F64: Float64Array,
  I64: BigInt64Array,
  U64: BigUint64Array,
  F32: Float32Array,
  I32: Int32Array,
  U32: Uint32Array,
  I16: Int16Array,
  U16: Uint16Array,
  I8: Int8Array,
  U8: Uint8Array,
} as const;

/** An element type. */
export type Dtype = keyof typeof ARRAYS;

/** Array type that holds the elements. */
export type TensorData<D extends Dtype = Dtype> = InstanceType<(typeof ARRAYS)[D]>;

/** An array with its shape, row-major. */
export interface Tensor<D extends Dtype = Dtype> {
  dtype: D;
  shape: readonly number[];
  data: TensorData<D>;
}

/** An array to be written; its memory may be shared with workers. */
export interface TensorSource extends TensorSpec {
  data:
    | Float64Array
    | BigInt64Array
    | BigUint64Array
    | Float32Array
    | Int32Array
    | Uint32Array
    | Int16Array
    | Uint16Array
    | Int8Array
    | Uint8Array;
}

/** Element type and shape of an array to come. */
export interface TensorSpec<D extends Dtype = Dtype> {
  dtype: D;
  shape: readonly number[];
}

/**
 * One array of a file, held to a dtype and a shape.
 *
 * @param shape Expected lengths; `null` for any.
 * @throws {TypeError} if it is missing or otherwise.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const pixels: Tensor = { dtype: "U8", shape: [3, 2, 2], data: new Uint8Array(12) };
 * const { shape } = getTensor(new Map([["pixels", pixels]]), "pixels", "U8", [null, 2, 2]);
 * assert.deepEqual(shape, [3, 2, 2]);
 * ```
 */
export function getTensor<D extends Dtype>(
  tensors: ReadonlyMap<string, Tensor>,
  name: string,
  dtype: D,
  shape: readonly (number | null)[],
): Tensor<D> {
  return findTensor(tensors, name, dtype, shape) as Tensor<D>;
}

/** What is known of one array of a file, as {@linkcode getTensor} gives the array itself. */
export function findTensor<T extends TensorSpec>(
  tensors: ReadonlyMap<string, T>,
  name: string,
  dtype: Dtype,
  shape: readonly (number | null)[],
): T {
  const wanted = `${dtype} [${shape.map((length) => length ?? "any").join(", ")}]`;
  const tensor = tensors.get(name);
  if (tensor === undefined) {
    throw new TypeError(
      `Cannot find tensor ${JSON.stringify(name)} of ${wanted}: the file holds ${[
        ...tensors.keys(),
      ]}`,
    );
  }
  const fits = tensor.dtype === dtype && tensor.shape.length === shape.length &&
    shape.every((length, i) => length === null || length === tensor.shape[i]);
  if (!fits) {
    throw new TypeError(
      `Cannot use tensor ${JSON.stringify(name)} as it must be ${wanted}: ` +
        `current value is ${tensor.dtype} [${tensor.shape.join(", ")}]`,
    );
  }
  return tensor;
}

/** Whether a value is a list of lengths: safe integers from 0. */
export function isLengths(value: unknown): value is number[] {
  return Array.isArray(value) &&
    value.every((length) => Number.isSafeInteger(length) && length >= 0);
}

/** Number of elements of a shape. */
export function count(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
