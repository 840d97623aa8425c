/**
 * The loss of each class along a swept number, one panel for each series.
 *
 * @module
 */
import type { Data } from "../blocks.ts";
import type { SeriesSweep, ValidatedSweep } from "../class_sweep.ts";
import { expressionList } from "./expression.ts";
import { panelGrid } from "./panels.ts";
import { INK, MUTED, SERIES } from "./theme.ts";

/** One series with its values. */
export interface SweepPanel {
  /** Empty where there is one series. */
  name: string;
  values: readonly number[];
  sweep: SeriesSweep;
  /** Where the study asks for losses on validation too. */
  validation?: { sweep: SeriesSweep; chosen: ValidatedSweep };
}

/** Words of {@linkcode sweepChart}, and what it picks out. */
export interface SweepOptions {
  x: string;
  loss: string;
  /** Legend of the mean over classes. */
  mean: string;
  /** Classes that have a colour of their own, by their index. */
  marked: readonly { class: number; title: string }[];
}

/** With more classes than these, their lines are fainter. */
const CROWD = 50;
/** Values that span more than this are spread out by their logarithm. */
const WIDE = 8;

/** Chart of the classes' losses with their mean and a band of one standard deviation. */
export function sweepChart(
  panels: readonly SweepPanel[],
  { x: title, loss, mean, marked }: SweepOptions,
): Record<string, unknown> {
  const { columns, width } = panelGrid(panels.length);
  const all = [...new Set(panels.flatMap(({ values }) => values))].sort((a, b) => a - b);
  // What tells lines apart: the marked ones by their place among them, the mean as the first.
  const names = [mean, ...marked.map(({ title }) => title)];
  const place = new Map(marked.map((own, i) => [own.class, i + 1]));
  const rows = panels.flatMap(({ values, sweep }, panel) => [
    ...sweep.classes.flatMap(({ class: index, losses }) =>
      losses.map((value, i) => ({
        kind: place.has(index) ? "marked" : "class",
        panel,
        line: index,
        series: place.get(index) ?? 0,
        x: values[i],
        loss: value,
      }))
    ),
    ...sweep.means.map((value, i) => ({
      kind: "mean",
      panel,
      series: 0,
      x: values[i],
      loss: value,
      low: Math.max(0, value - sweep.deviations[i]),
      high: value + sweep.deviations[i],
    })),
  ]);
  const x = {
    field: "x",
    type: "quantitative",
    title,
    scale: scaleOf(all),
    axis: { values: all, grid: false, format: "~g", labelOverlap: "greedy", labelAngle: -45 },
  };
  const y = (field: string) => ({
    field,
    type: "quantitative",
    title: loss,
    scale: { zero: true, nice: true },
    axis: { tickCount: 6, format: "~g" },
  });
  const color = {
    field: "series",
    type: "ordinal",
    title: null,
    scale: { domain: names.map((_, i) => i), range: [INK, ...SERIES.slice(0, marked.length)] },
    legend: {
      orient: "top",
      labelExpr: `${expressionList(names)}[datum.value]`,
      symbolType: "stroke",
      symbolOpacity: 1,
      symbolStrokeWidth: 3,
    },
  };
  const only = (kind: string) => [{ filter: `datum.kind === "${kind}"` }];
  const detail = { field: "line", type: "nominal" };
  const isCrowded = panels.some(({ sweep }) => sweep.classes.length > CROWD);
  const layer = [
    {
      transform: only("mean"),
      mark: { type: "area", opacity: 0.12, color: INK },
      encoding: { x, y: y("low"), y2: { field: "high" } },
    },
    {
      transform: only("class"),
      mark: { type: "line", strokeWidth: 0.8, opacity: isCrowded ? 0.2 : 0.45, color: MUTED },
      encoding: { x, y: y("loss"), detail },
    },
    {
      transform: only("marked"),
      mark: { type: "line", strokeWidth: 1.8, point: { size: 22 } },
      encoding: { x, y: y("loss"), detail, color },
    },
    {
      transform: only("mean"),
      mark: { type: "line", strokeWidth: 3 },
      encoding: { x, y: y("loss"), color },
    },
  ];
  const data = { values: rows };
  if (panels.length === 1) return { data, width, height: 260, layer };
  return {
    data,
    facet: {
      field: "panel",
      type: "ordinal",
      title: null,
      header: { labelExpr: `${expressionList(panels.map(({ name }) => name))}[datum.value]` },
    },
    columns,
    spec: { width, height: 220, layer },
  };
}

/** Whether values span so much that an axis spreads them out by their logarithm. */
export function isWide(values: readonly number[]): boolean {
  const sizes = values.filter((value) => value !== 0).map(Math.abs);
  return Math.max(...sizes) > WIDE * Math.min(...sizes);
}

/** Around zero, which has no logarithm, a logarithmic axis goes over into a straight one. */
function scaleOf(values: readonly number[]): Record<string, unknown> {
  if (!isWide(values)) return { type: "linear", zero: false, nice: false };
  const least = Math.min(...values.filter((value) => value !== 0).map(Math.abs));
  return Math.min(...values) > 0
    ? { type: "log", nice: false }
    : { type: "symlog", constant: least / 2, nice: false };
}

/** The numbers behind {@linkcode sweepChart}; `classes` are the names of all. */
export function sweepData(
  panels: readonly SweepPanel[],
  parameter: string,
  classes: readonly string[],
): Data {
  return {
    columns: ["series", "class", parameter, "log_loss", "standard_deviation"],
    rows: panels.flatMap(({ name, values, sweep }) =>
      sweep.classes.flatMap(({ class: index, losses, deviations }) =>
        losses.map((loss, i) => [name, classes[index], values[i], loss, deviations[i]])
      )
    ),
  };
}
