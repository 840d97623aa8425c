/**
 * A number by epoch as lines, one panel for each model or all in one.
 *
 * @module
 */
import type { Data } from "../blocks.ts";
import type { CurvePoint } from "./curves.ts";
import { expressionList } from "./expression.ts";
import { panelGrid } from "./panels.ts";
import { textWidth } from "./text_width.ts";
import { SERIES } from "./theme.ts";

/** One panel. */
export interface LinesPanel {
  /** Empty where there is one panel. */
  title: string;
  lines: readonly Line[];
}

/** One line of a panel. */
export interface Line {
  /** Lines of one name have one colour in all panels. */
  name: string;
  /** Over replicates. */
  points: readonly CurvePoint[];
}

/** Words of {@linkcode linesChart}, and its scale. */
export interface LinesOptions {
  epoch: string;
  value: string;
  /** Vega's, of the numbers on the axis. */
  format: string;
  /** A number that is not above zero has no place on such an axis, and is left out. */
  logarithmic?: boolean;
}

/** Chart of the lines, each with a band from the lowest to the highest replicate. */
export function linesChart(
  panels: readonly LinesPanel[],
  { epoch, value, format, logarithmic = false }: LinesOptions,
): Record<string, unknown> {
  const names = namesOf(panels);
  const { columns, width } = panelGrid(panels.length);
  const points = panels.flatMap(({ lines }, panel) =>
    lines.flatMap(({ name, points }) =>
      points.filter(({ low }) => !logarithmic || low > 0)
        .map((point) => ({ panel, line: names.indexOf(name), ...point }))
    )
  );
  const x = {
    field: "epoch",
    type: "quantitative",
    title: epoch,
    scale: { nice: false },
    axis: { tickCount: 5, tickMinStep: 1, format: "d", grid: false },
  };
  const y = (field: string) => ({
    field,
    type: "quantitative",
    title: value,
    scale: logarithmic ? { type: "log" } : { zero: false, nice: true },
    axis: {
      format,
      tickCount: 5,
      labelOverlap: "greedy",
      ...(logarithmic ? ticks(points.flatMap(({ low, high }) => [low, high])) : {}),
    },
  });
  const color = {
    field: "line",
    type: "ordinal",
    title: null,
    scale: {
      domain: names.map((_, i) => i),
      // More lines than the theme has colours are told apart by their order.
      ...(names.length <= SERIES.length
        ? { range: SERIES.slice(0, names.length) }
        : { scheme: "viridis" }),
    },
    legend: {
      orient: "top",
      // As many as stand beside each other in the width of the panels.
      columns: Math.max(1, Math.floor(columns * width / legendWidth(names))),
      labelExpr: `${expressionList(names)}[datum.value]`,
      symbolType: "stroke",
      symbolOpacity: 1,
      symbolStrokeWidth: 3,
    },
  };
  const layer = [
    {
      mark: { type: "area", opacity: 0.15 },
      encoding: { x, y: y("low"), y2: { field: "high" }, color },
    },
    { mark: { type: "line" }, encoding: { x, y: y("mean"), color } },
  ];
  const data = { values: points };
  if (panels.length === 1) return { data, width, height: 240, layer };
  return {
    data,
    facet: {
      field: "panel",
      type: "ordinal",
      title: null,
      header: { labelExpr: `${expressionList(panels.map(({ title }) => title))}[datum.value]` },
    },
    columns,
    spec: { width, height: 200, layer },
  };
}

/** The numbers behind {@linkcode linesChart}, panels and lines by their names. */
export function linesData(
  panels: readonly { name: string; lines: readonly Line[] }[],
  [panel, line]: readonly [string, string],
): Data {
  return {
    columns: [panel, line, "epoch", "mean", "low", "high"],
    rows: panels.flatMap(({ name: own, lines }) =>
      lines.flatMap(({ name, points }) =>
        points.map(({ epoch, mean, low, high }) => [own, name, epoch, mean, low, high])
      )
    ),
  };
}

/** Lines of a logarithmic axis: powers of ten, with their doubles and fives where they are few. */
function ticks(values: readonly number[]): { values?: number[] } {
  if (values.length === 0) return {};
  const [first, last] = [Math.min(...values), Math.max(...values)]
    .map((value) => Number(value.toExponential().split("e")[1]));
  const steps = last > first ? [1] : [1, 2, 5];
  return {
    values: Array.from({ length: last - first + 2 }, (_, i) => first + i)
      .flatMap((exponent) => steps.map((step) => Number(`${step}e${exponent}`))),
  };
}

function namesOf(panels: readonly LinesPanel[]): string[] {
  return [...new Set(panels.flatMap(({ lines }) => lines.map(({ name }) => name)))];
}

/** Width of the longest legend entry with its symbol, in pixels. */
function legendWidth(names: readonly string[]): number {
  return 40 + Math.max(...names.map((name) => textWidth(name, 11)));
}
