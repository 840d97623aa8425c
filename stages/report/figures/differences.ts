/**
 * Differences between models with their intervals, and what the test set could show.
 *
 * @module
 */
import type { Data } from "../blocks.ts";
import { INK, MUTED } from "./theme.ts";

/** One pair's difference, in percentage points. */
export interface DifferenceRow {
  pair: string;
  difference: number;
  low: number;
  high: number;
  /** Smallest difference that would be found, where it is known. */
  detectable: number | null;
  significant: boolean;
}

/** Chart of differences by pair. Filled marks are significant. */
export function differencesChart(
  rows: readonly DifferenceRow[],
  title: string,
): Record<string, unknown> {
  const x = (field: string) => ({
    field,
    type: "quantitative",
    title,
    scale: { nice: true },
    axis: {
      format: "+.1~f",
      tickCount: 7,
      labelExpr: "datum.value === 0 ? '0' : datum.label",
    },
  });
  return {
    width: 480,
    height: { step: 40 },
    data: {
      values: rows.map((row) => ({
        ...row,
        lower: -(row.detectable ?? 0),
        upper: row.detectable ?? 0,
      })),
    },
    encoding: {
      y: {
        field: "pair",
        type: "nominal",
        title: null,
        scale: { domain: rows.map(({ pair }) => pair) },
        axis: { domain: false, ticks: false, labelPadding: 8, labelFontSize: 12 },
      },
    },
    layer: [
      {
        mark: { type: "bar", color: "#e3e6ea", height: 26 },
        encoding: { x: x("lower"), x2: { field: "upper" } },
      },
      {
        mark: { type: "rule", color: MUTED, strokeDash: [3, 3] },
        encoding: { x: { datum: 0 }, y: { value: 0 }, y2: { value: "height" } },
      },
      {
        mark: { type: "rule", strokeWidth: 2.5, color: INK },
        encoding: { x: x("low"), x2: { field: "high" } },
      },
      {
        mark: { type: "point", size: 90, opacity: 1, strokeWidth: 2, stroke: INK, filled: false },
        encoding: {
          x: x("difference"),
          fill: { condition: { test: "datum.significant", value: INK }, value: "#ffffff" },
        },
      },
    ],
  };
}

/** The numbers behind {@linkcode differencesChart}. */
export function differencesData(
  rows: readonly (DifferenceRow & { left: string; right: string })[],
): Data {
  return {
    columns: ["left", "right", "difference_points", "low", "high", "detectable", "significant"],
    rows: rows.map((row) => [
      row.left,
      row.right,
      row.difference,
      row.low,
      row.high,
      row.detectable ?? "",
      String(row.significant),
    ]),
  };
}
