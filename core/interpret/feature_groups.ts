/**
 * Dimensions of embeddings that are looked at together.
 *
 * @module
 */
import type { FeatureCells } from "../features/embedder.ts";

/** Some dimensions of an embedding. */
export interface FeatureGroup {
  /** `dimension-12`, `dimensions-0-35`, `cell-3-2`. */
  name: string;
  /** Indices of the dimensions, ascending. */
  columns: Int32Array;
  /** Square of the image that they tell of, counted from the top left corner from 0. */
  place?: { row: number; column: number };
}

/**
 * Runs of neighbouring dimensions; the last one may be shorter.
 *
 * @param length Dimensions of a run; 1 for each dimension by itself.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const runs = groupRuns(5, 2);
 * assert.deepEqual(runs.map(({ columns }) => [...columns]), [[0, 1], [2, 3], [4]]);
 * ```
 */
export function groupRuns(dimension: number, length: number): FeatureGroup[] {
  return Array.from({ length: Math.ceil(dimension / length) }, (_, i) => {
    const from = i * length;
    const to = Math.min(from + length, dimension);
    const columns = Int32Array.from({ length: to - from }, (_, j) => from + j);
    return {
      name: to - from === 1 ? `dimension-${from}` : `dimensions-${from}-${to - 1}`,
      columns,
    };
  });
}

/**
 * The dimensions of each square of the image, row by row.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { PixelExtractor } from "../features/pixels.ts";
 *
 * const cells = new PixelExtractor({ height: 2, width: 4, channels: 1 }).cells(2);
 * const columns = groupCells(cells).map(({ columns }) => [...columns]);
 * assert.deepEqual(columns, [[0, 1, 4, 5], [2, 3, 6, 7]]);
 * ```
 */
export function groupCells({ rows, columns, cellOf }: FeatureCells): FeatureGroup[] {
  const members: number[][] = Array.from({ length: rows * columns }, () => []);
  cellOf.forEach((cell, dimension) => members[cell].push(dimension));
  return members.map((own, cell) => {
    const place = { row: Math.floor(cell / columns), column: cell % columns };
    return { name: `cell-${place.row}-${place.column}`, columns: Int32Array.from(own), place };
  });
}
