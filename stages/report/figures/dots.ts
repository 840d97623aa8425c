/**
 * One value of each model: its mean, an interval where there is one, and each replicate.
 *
 * @module
 */
import type { Data } from "../blocks.ts";
import { MUTED } from "./theme.ts";

/** One model's values. */
export interface DotsRow {
  model: string;
  mean: number;
  low?: number;
  high?: number;
  replicates: readonly { label: string; value: number }[];
}

/** Options of {@linkcode dotsChart}. */
export interface DotsOptions {
  /** Title of the axis. */
  title: string;
  /** Format of the axis, as d3-format has it. */
  format: string;
  /** Whether the axis starts at zero. */
  zero: boolean;
}

/** Chart of one value by model, models from top to bottom. */
export function dotsChart(rows: readonly DotsRow[], options: DotsOptions): Record<string, unknown> {
  const models = rows.map(({ model }) => model);
  const x = (field: string) => ({
    field,
    type: "quantitative",
    title: options.title,
    scale: { zero: options.zero, nice: true },
    axis: { format: options.format, tickCount: 6 },
  });
  const y = {
    field: "model",
    type: "nominal",
    title: null,
    scale: { domain: models },
    axis: { domain: false, ticks: false, labelPadding: 8, labelFontSize: 12 },
  };
  const series = { field: "model", type: "nominal", scale: { domain: models }, legend: null };
  const points = rows.flatMap(({ model, replicates }) =>
    replicates.map(({ label, value }) => ({ model, replicate: label, value }))
  );
  const means = rows.map(({ model, mean, low, high }) => ({ model, mean, low, high }));
  const intervals = means.filter(({ low, high }) => low !== undefined && high !== undefined);
  return {
    width: 480,
    height: { step: 46 },
    encoding: { y },
    layer: [
      ...(points.length > rows.length
        ? [{
          data: { values: points },
          mark: {
            type: "point",
            filled: false,
            size: 34,
            strokeWidth: 1.2,
            opacity: 0.75,
            yOffset: 10,
          },
          encoding: { x: x("value"), color: series, shape: series },
        }]
        : []),
      ...(intervals.length > 0
        ? [{
          data: { values: intervals },
          mark: { type: "rule", strokeWidth: 2.5, color: MUTED, yOffset: -5 },
          encoding: { x: x("low"), x2: { field: "high" }, color: series },
        }]
        : []),
      {
        data: { values: means },
        mark: { type: "point", filled: true, size: 110, opacity: 1, yOffset: -5 },
        encoding: { x: x("mean"), color: series, shape: series },
      },
    ],
  };
}

/**
 * The numbers behind {@linkcode dotsChart}.
 *
 * @param names Names of the models, in the rows' order.
 * @param value Name of the column.
 */
export function dotsData(
  rows: readonly DotsRow[],
  names: readonly string[],
  value: string,
): Data {
  return {
    columns: ["model", "replicate", value, "low", "high"],
    rows: rows.flatMap(({ mean, low, high, replicates }, i) => [
      [names[i], "mean", mean, low ?? "", high ?? ""],
      ...replicates.map((replicate) => [names[i], replicate.label, replicate.value, "", ""]),
    ]),
  };
}
