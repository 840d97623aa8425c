import type { CurvePoint } from "../../figures/curves.ts";
import { mean } from "../context.ts";

/**
 * Mean and range over replicates at each epoch that at least half of them reached.
 *
 * @param curves Of each replicate, a row an epoch, from the first one on.
 */
export function curvePoints<Row>(
  curves: readonly (readonly Row[])[],
  value: (row: Row) => number,
): CurvePoint[] {
  const longest = Math.max(0, ...curves.map((curve) => curve.length));
  return Array.from({ length: longest }, (_, i) => {
    const values = curves.flatMap((curve) => i < curve.length ? [value(curve[i])] : []);
    return { epoch: i + 1, values };
  }).filter(({ values }) => 2 * values.length >= curves.length)
    .map(({ epoch, values }) => ({
      epoch,
      mean: mean(values),
      low: Math.min(...values),
      high: Math.max(...values),
    }))
    .filter(({ mean }) => Number.isFinite(mean));
}
