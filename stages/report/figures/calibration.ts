/**
 * Reliability diagram: how often predictions made with some probability are right.
 *
 * @module
 */
import type { CalibrationBin } from "../../../data/artifacts/metrics.ts";
import type { Data } from "../blocks.ts";
import { expressionList } from "./expression.ts";
import { MUTED, SERIES, SHAPES } from "./theme.ts";

/** One model's reliability table. */
export interface CalibrationRow {
  model: string;
  bins: readonly CalibrationBin[];
}

/** Words of {@linkcode calibrationChart}. */
export interface CalibrationLabels {
  confidence: string;
  accuracy: string;
}

/** Chart of accuracy by confidence for each model, with the diagonal of perfect calibration. */
export function calibrationChart(
  rows: readonly CalibrationRow[],
  labels: CalibrationLabels,
): Record<string, unknown> {
  const models = rows.map(({ model }) => model);
  const axis = (field: string, title: string) => ({
    field,
    type: "quantitative",
    title,
    scale: { domain: [0, 1] },
    axis: { format: ".0%", tickCount: 5 },
  });
  const [x, y] = [axis("confidence", labels.confidence), axis("accuracy", labels.accuracy)];
  const series = (range: readonly string[]) => ({
    field: "series",
    type: "nominal",
    title: null,
    scale: { domain: models.map((_, i) => i), range },
    legend: { orient: "top", labelExpr: `${expressionList(models)}[datum.value]` },
  });
  const points = rows.flatMap(({ bins }, series) => {
    const total = bins.reduce((sum, { count }) => sum + count, 0);
    return bins.filter(({ count }) => count > 0).map(({ count, confidence, accuracy }) => ({
      series,
      confidence,
      accuracy,
      share: count / total,
    }));
  });
  return {
    width: 340,
    height: 340,
    layer: [
      {
        data: { values: [{ confidence: 0, accuracy: 0 }, { confidence: 1, accuracy: 1 }] },
        mark: { type: "line", color: MUTED, strokeWidth: 1, strokeDash: [5, 4] },
        encoding: { x, y },
      },
      {
        data: { values: points },
        mark: { type: "line", strokeWidth: 1.5, opacity: 0.7 },
        encoding: { x, y, color: series(SERIES) },
      },
      {
        data: { values: points },
        mark: { type: "point", filled: true, opacity: 0.85 },
        encoding: {
          x,
          y,
          color: series(SERIES),
          shape: series(SHAPES),
          size: {
            field: "share",
            type: "quantitative",
            scale: { domain: [0, Math.max(...points.map(({ share }) => share))], range: [8, 240] },
            legend: null,
          },
        },
      },
    ],
  };
}

/** The numbers behind {@linkcode calibrationChart}; `names` are the models', in the rows' order. */
export function calibrationData(
  rows: readonly CalibrationRow[],
  names: readonly string[],
): Data {
  return {
    columns: ["model", "low", "high", "count", "confidence", "accuracy"],
    rows: rows.flatMap(({ bins }, i) =>
      bins.map(({ low, high, count, confidence, accuracy }) => [
        names[i],
        low,
        high,
        count,
        confidence ?? "",
        accuracy ?? "",
      ])
    ),
  };
}
