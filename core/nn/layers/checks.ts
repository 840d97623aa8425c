/**
 * Checks that layers share.
 *
 * @module
 */
import { formatShape } from "../../handle.ts";
import type { Extent } from "./layer.ts";

/**
 * Checks a number that describes a layer.
 *
 * @throws {RangeError} unless it is an integer from 1 up.
 */
export function checkCount(layer: string, name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new RangeError(
    `Cannot describe layer ${layer} as ${name} must be an integer from 1 up: current value is ${value}`,
  );
}

/** The number of features `[d]` of a sample. */
export function featuresOf({ shape }: Extent): number {
  if (shape.length === 1) return shape[0];
  throw new RangeError(
    `it takes features [d], so flatten images first: current shape is ${formatShape(shape)}`,
  );
}

/** Height, width and channels of a sample. */
export function imageOf({ shape }: Extent): [height: number, width: number, channels: number] {
  if (shape.length === 3) return [shape[0], shape[1], shape[2]];
  throw new RangeError(
    `it takes images [height, width, channels]: current shape is ${formatShape(shape)}`,
  );
}
