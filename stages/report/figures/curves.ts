/**
 * A value by epoch for training and validation, one panel for each model.
 *
 * @module
 */
import type { Data } from "../blocks.ts";
import { expressionList } from "./expression.ts";
import { panelGrid } from "./panels.ts";
import { MUTED, SERIES } from "./theme.ts";

/** One model's curves. */
export interface CurvesRow {
  model: string;
  /** By epoch from 1: over the replicates that still train. */
  train: readonly CurvePoint[];
  validation: readonly CurvePoint[];
  /** Mean best epoch. */
  best: number;
  /** Mean epoch where over-fitting sets in, over the replicates where it does. */
  overfit?: number;
}

/** A value over replicates at one epoch. */
export interface CurvePoint {
  epoch: number;
  mean: number;
  low: number;
  high: number;
}

/** Words of {@linkcode curvesChart}. */
export interface CurvesLabels {
  epoch: string;
  value: string;
  train: string;
  validation: string;
  best: string;
  overfit: string;
}

/** Chart of training and validation curves with their band and the epochs that matter. */
export function curvesChart(
  rows: readonly CurvesRow[],
  labels: CurvesLabels,
  format: string,
): Record<string, unknown> {
  const models = rows.map(({ model }) => model);
  const { columns, width } = panelGrid(models.length);
  const points = rows.flatMap(({ train, validation }, panel) => [
    ...train.map((point) => ({ kind: "curve", panel, series: labels.train, ...point })),
    ...validation.map((point) => ({ kind: "curve", panel, series: labels.validation, ...point })),
  ]);
  const markers = rows.flatMap(({ best, overfit }, panel) => [
    { kind: "marker", panel, marker: labels.best, epoch: best },
    ...(overfit === undefined
      ? []
      : [{ kind: "marker", panel, marker: labels.overfit, epoch: overfit }]),
  ]);
  const color = {
    field: "series",
    type: "nominal",
    title: null,
    scale: { domain: [labels.train, labels.validation], range: [SERIES[0], SERIES[1]] },
    legend: { orient: "top", symbolType: "stroke", symbolOpacity: 1, symbolStrokeWidth: 3 },
  };
  const x = {
    field: "epoch",
    type: "quantitative",
    title: labels.epoch,
    axis: { tickCount: 5, grid: false },
  };
  const y = (field: string) => ({
    field,
    type: "quantitative",
    title: labels.value,
    scale: { zero: false, nice: true },
    axis: { format, tickCount: 5 },
  });
  const curve = { filter: 'datum.kind === "curve"' };
  return {
    data: { values: [...points, ...markers] },
    facet: {
      field: "panel",
      type: "ordinal",
      title: null,
      header: { labelExpr: `${expressionList(models)}[datum.value]` },
    },
    columns,
    spec: {
      width,
      height: 200,
      layer: [
        {
          transform: [curve],
          mark: { type: "area", opacity: 0.18 },
          encoding: { x, y: y("low"), y2: { field: "high" }, color },
        },
        {
          transform: [curve],
          mark: { type: "line", clip: true },
          encoding: { x, y: y("mean"), color },
        },
        {
          transform: [{ filter: 'datum.kind === "marker"' }],
          mark: { type: "rule", color: MUTED, strokeWidth: 1.5 },
          encoding: {
            x,
            strokeDash: {
              field: "marker",
              type: "nominal",
              title: null,
              scale: {
                domain: rows.some(({ overfit }) => overfit !== undefined)
                  ? [labels.best, labels.overfit]
                  : [labels.best],
                range: [[1, 0], [5, 4]],
              },
              legend: { orient: "top", symbolType: "stroke", symbolStrokeColor: MUTED },
            },
          },
        },
      ],
    },
  };
}

/**
 * The numbers behind {@linkcode curvesChart}.
 *
 * @param names Names of the models, in the rows' order.
 * @param partitions Whose values the two curves are.
 */
export function curvesData(
  rows: readonly CurvesRow[],
  names: readonly string[],
  partitions: readonly [string, string] = ["train", "validation"],
): Data {
  return {
    columns: ["model", "partition", "epoch", "mean", "low", "high"],
    rows: rows.flatMap(({ train, validation }, i) =>
      ([[partitions[0], train], [partitions[1], validation]] as const).flatMap((
        [partition, points],
      ) =>
        points.map(({ epoch, mean, low, high }) => [names[i], partition, epoch, mean, low, high])
      )
    ),
  };
}
