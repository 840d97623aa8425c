/**
 * A score of each class for every model.
 *
 * @module
 */
import type { Data } from "../blocks.ts";
import { expressionList } from "./expression.ts";
import { SERIES, SHAPES } from "./theme.ts";

/** One class's score under one model. */
export interface ClassScore {
  /** Index of the class. */
  class: number;
  /** Index of the model. */
  model: number;
  score: number;
}

/** Options of {@linkcode classesChart}. */
export interface ClassesOptions {
  models: readonly string[];
  /** Title of each class, by its index. */
  titles: readonly string[];
  /** Indices of the classes to draw, from top to bottom. */
  order: readonly number[];
  /** Title of the axis. */
  title: string;
  /** Format of the axis, as d3-format has it. Default: two decimals. */
  format?: string;
  /** Whether the axis starts at zero. Default: no. */
  zero?: boolean;
}

/** Chart of scores by class, classes from top to bottom, models by colour and shape. */
export function classesChart(
  scores: readonly ClassScore[],
  { models, titles, order, title, format = ".2f", zero = false }: ClassesOptions,
): Record<string, unknown> {
  const rank = new Map(order.map((index, i) => [index, i]));
  const series = (range: readonly string[]) => ({
    field: "series",
    type: "nominal",
    title: null,
    scale: { domain: models.map((_, i) => i), range },
    legend: { orient: "top", labelExpr: `${expressionList(models)}[datum.value]` },
  });
  return {
    width: 480,
    height: { step: 22 },
    data: {
      values: scores.flatMap(({ class: index, model, score }) =>
        rank.has(index) ? [{ rank: rank.get(index), series: model, score }] : []
      ),
    },
    mark: { type: "point", filled: true, size: 64, opacity: 0.85 },
    encoding: {
      x: {
        field: "score",
        type: "quantitative",
        title,
        scale: { zero, nice: true },
        axis: { format, tickCount: 6 },
      },
      y: {
        field: "rank",
        type: "ordinal",
        title: null,
        axis: {
          labelExpr: `${expressionList(order.map((index) => titles[index]))}[datum.value]`,
          grid: true,
          ticks: false,
          domain: false,
          labelPadding: 8,
        },
      },
      color: series(SERIES),
      shape: series(SHAPES),
    },
  };
}

/** The numbers behind {@linkcode classesChart}, with the classes that it leaves out. */
export function classesData(
  scores: readonly ClassScore[],
  classes: readonly string[],
  models: readonly string[],
  value: string,
): Data {
  return {
    columns: ["class", "model", value],
    rows: scores.map((row) => [classes[row.class], models[row.model], row.score]),
  };
}
