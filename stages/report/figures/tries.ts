/**
 * The score of each try of a tuning, one panel for each model.
 *
 * @module
 */
import { expressionList } from "./expression.ts";
import { panelGrid } from "./panels.ts";

/** One try of one model. */
export interface TryRow {
  model: string;
  /** Value of the first hyperparameter, as it is written on the axis. */
  x: string;
  /** Place of that value on the axis, in the grid's order. */
  order: number;
  /** Values of the others; empty without. */
  series: string;
  mean: number;
  deviation: number;
  chosen: boolean;
}

/** Words of {@linkcode triesChart}. */
export interface TriesLabels {
  x: string;
  series: string;
  score: string;
}

/** Chart of the tries' scores. The try that is kept is filled. */
export function triesChart(rows: readonly TryRow[], labels: TriesLabels): Record<string, unknown> {
  const distinct = (key: "model" | "x" | "series") => [...new Set(rows.map((row) => row[key]))];
  const models = distinct("model");
  const series = distinct("series");
  const { columns, width } = panelGrid(models.length);
  const scores = rows.map(({ mean }) => mean);
  const wide = Math.min(...scores) > 0 && Math.max(...scores) > 8 * Math.min(...scores);
  const x = {
    field: "x",
    type: "ordinal",
    title: labels.x,
    sort: { field: "order", op: "min" },
    axis: { labelAngle: -45, grid: false },
  };
  const y = (field: string) => ({
    field,
    type: "quantitative",
    title: labels.score,
    // Room for the marks of the best tries, which stand lowest.
    scale: wide ? { type: "log", nice: true } : { zero: false, nice: false, padding: 10 },
    axis: { tickCount: 5, ...(wide ? { format: "~g" } : {}) },
  });
  const legend = series.length > 1 ? { orient: "top", title: labels.series } : null;
  const color = { field: "series", type: "nominal", scale: { domain: series }, legend };
  const shape = { field: "series", type: "nominal", scale: { domain: series }, legend };
  return {
    data: {
      // The kept try is drawn last, so that no other mark hides it.
      values: [...rows].sort((a, b) => Number(a.chosen) - Number(b.chosen)).map((row) => ({
        ...row,
        panel: models.indexOf(row.model),
        low: row.mean - row.deviation,
        high: row.mean + row.deviation,
      })),
    },
    facet: {
      field: "panel",
      type: "ordinal",
      title: null,
      header: { labelExpr: `${expressionList(models)}[datum.value]` },
    },
    columns,
    spec: {
      width,
      height: 180,
      layer: [
        {
          mark: { type: "line", strokeWidth: 1.5, opacity: 0.6 },
          encoding: { x, y: y("mean"), color },
        },
        ...(wide ? [] : [{
          mark: { type: "rule", opacity: 0.5 },
          encoding: { x, y: y("low"), y2: { field: "high" }, color },
        }]),
        {
          mark: { type: "point", size: 60, opacity: 1, strokeWidth: 1.8, filled: false },
          encoding: {
            x,
            y: y("mean"),
            color,
            shape,
            fill: { condition: { test: "datum.chosen", value: "#1f2328" }, value: "#ffffff" },
          },
        },
      ],
    },
    resolve: { scale: { x: "independent" } },
  };
}
