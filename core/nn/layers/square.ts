import type { Window } from "../../window.ts";
import { checkCount } from "./checks.ts";

/** A square window that moves alike along both axes. */
export interface Square {
  size: number;
  stride: number;
  padding: number;
}

/**
 * The window of a layer.
 *
 * @throws {RangeError} if size or stride is not an integer ≥ 1, or the padding not one from 0 to
 * size − 1.
 */
export function square(layer: string, { size, stride, padding }: Square): Window {
  checkCount(layer, "size", size);
  checkCount(layer, "stride", stride);
  if (!Number.isInteger(padding) || padding < 0 || padding >= size) {
    throw new RangeError(
      `Cannot describe layer ${layer} as padding must be an integer from 0 to ${
        size - 1
      }: current value is ${padding}`,
    );
  }
  return { size: [size, size], stride: [stride, stride], padding: [padding, padding] };
}
