import type { FittedArrays } from "./fitted_head.ts";

type FittedArray<D extends "F32" | "I32"> = Extract<FittedArrays[string], { dtype: D }>;

/**
 * One of a head's arrays, held to a type and a shape.
 *
 * @param shape `null` for any length.
 * @throws {RangeError} if it is missing or otherwise.
 */
export function takeArray<D extends "F32" | "I32">(
  arrays: FittedArrays,
  name: string,
  dtype: D,
  shape: readonly (number | null)[],
): FittedArray<D> {
  const array = arrays[name];
  const fits = array?.dtype === dtype && array.shape.length === shape.length &&
    shape.every((length, axis) => length === null || array.shape[axis] === length);
  if (fits) return array as FittedArray<D>;
  const expected = `${dtype} [${shape.map((length) => length ?? "any").join(", ")}]`;
  const found = array === undefined ? "none" : `${array.dtype} [${array.shape.join(", ")}]`;
  throw new RangeError(
    `Cannot load a head as its array ${name} must be ${expected}: current one is ${found}`,
  );
}
