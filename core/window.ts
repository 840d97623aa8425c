/**
 * Windows that slide over images: what convolution and pooling have in common.
 *
 * @module
 */

/** A window's geometry; of each pair the first is along the height, the second along the width. */
export interface Window {
  /** Rows and columns of the window, each ≥ 1. */
  size: readonly [number, number];
  /** Rows and columns from one window to the next, each ≥ 1. */
  stride: readonly [number, number];
  /** Rows above and below the image and columns on either side of it that windows may cover. */
  padding: readonly [number, number];
}

/**
 * How many windows fit along the height and the width: ⌊(length + 2·padding − size) ÷ stride⌋ + 1.
 *
 * @param image Rows and columns of the image.
 * @throws {RangeError} if a number is out of range, or no window fits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const window = { size: [5, 5], stride: [1, 1], padding: [0, 0] } as const;
 * assert.deepEqual(windowsAlong([28, 28], window), [24, 24]);
 * ```
 */
export function windowsAlong(
  image: readonly [number, number],
  window: Window,
): [number, number] {
  const along = (axis: 0 | 1): number => {
    const side = axis === 0 ? "height" : "width";
    const size = window.size[axis], stride = window.stride[axis], padding = window.padding[axis];
    const check = (what: string, value: number, least: number, most: number) => {
      if (Number.isInteger(value) && value >= least && value <= most) return;
      throw new RangeError(
        `Cannot slide a window as its ${what} along the ${side} must be an integer from ${least} to ${most}: current value is ${value}`,
      );
    };
    check("size", size, 1, 65535);
    check("stride", stride, 1, 65535);
    check("padding", padding, 0, size - 1);
    const room = image[axis] + 2 * padding - size;
    if (room < 0) {
      throw new RangeError(
        `Cannot slide a window as it must fit in the image: its ${side} is ${size}, that of the image with its padding ${
          image[axis] + 2 * padding
        }`,
      );
    }
    return Math.floor(room / stride) + 1;
  };
  return [along(0), along(1)];
}
