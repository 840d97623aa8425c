/**
 * Checks of the values that enter a core, the same for every core.
 *
 * @module
 */
import { checkShape, formatShape, sizeOf } from "./handle.ts";
import type { Shape } from "./ops.ts";

function position(index: number, shape: Shape): string {
  const place: number[] = [];
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place.unshift(rest % shape[axis]);
    rest = Math.floor(rest / shape[axis]);
  }
  return formatShape(place);
}

function checkLength(name: string, length: number, shape: Shape): void {
  checkShape(`Cannot upload ${name}`, shape);
  if (length !== sizeOf(shape)) {
    throw new RangeError(
      `Cannot upload ${name} as shape ${formatShape(shape)} needs ${
        sizeOf(shape)
      } values: current number is ${length}`,
    );
  }
}

/** Checks that values fit a shape and are finite. */
export function checkFloats(
  name: string,
  data: Float32Array,
  shape: Shape,
  allowNonFinite: boolean,
): void {
  checkLength(name, data.length, shape);
  if (allowNonFinite) return;
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) {
      throw new RangeError(
        `Cannot upload ${name} ${formatShape(shape)} as its values must be finite: the value at ${
          position(i, shape)
        } is ${data[i]}`,
      );
    }
  }
}

/** Checks that a bound is one. */
export function checkBound(name: string, below: number): void {
  if (!Number.isInteger(below) || below < 1 || below > 0x7fffffff) {
    throw new RangeError(
      `Cannot bound ${name} as \`below\` must be an integer from 1 to 2^31 - 1: current value is ${below}`,
    );
  }
}

/** Checks that values fit a shape and lie in `[0, below)`. */
export function checkIntegers(
  name: string,
  data: Int32Array,
  shape: Shape,
  below: number,
): void {
  checkBound(name, below);
  checkLength(name, data.length, shape);
  for (let i = 0; i < data.length; i++) {
    if (data[i] < 0 || data[i] >= below) {
      throw new RangeError(
        `Cannot upload ${name} ${formatShape(shape)} as its values must be from 0 to ${
          below - 1
        }: the value at ${position(i, shape)} is ${data[i]}`,
      );
    }
  }
}
