/**
 * The score of each try against each number that was tuned, one panel for each model and number.
 *
 * @module
 */
import { SERIES, SHAPES } from "./theme.ts";

/** One number that a model tuned. */
export interface SearchPanel {
  /** `Adam, learning rate`. */
  title: string;
  tries: readonly SearchTry[];
}

/** One try. */
export interface SearchTry {
  x: number;
  mean: number;
  deviation: number;
  /** Name of its round: of the grid, or of the draws, or of a refinement. */
  round: string;
  chosen: boolean;
}

/** Options of {@linkcode searchChart}. */
export interface SearchChartOptions {
  /** Names of the rounds, in order. */
  rounds: readonly string[];
  /** Title of the score's axis. */
  score: string;
  /** Panels beside each other. */
  columns: number;
}

/** Charts in rows; each has scales of its own, logarithmic over more than a decade. */
export function searchChart(
  panels: readonly SearchPanel[],
  { rounds, score, columns }: SearchChartOptions,
): Record<string, unknown> {
  return {
    columns,
    concat: panels.map(({ title, tries }) => {
      const type = scaleOf(tries.map(({ x }) => x), 10);
      const x = {
        field: "x",
        type: "quantitative",
        title: null,
        scale: { type, ...(type === "log" ? {} : { zero: false }), nice: false, padding: 12 },
        axis: { grid: false, tickCount: 4, format: "~g" },
      };
      const log = scaleOf(tries.map(({ mean }) => mean), 8) === "log";
      const y = (field: string) => ({
        field,
        type: "quantitative",
        title: score,
        scale: log ? { type: "log", nice: true } : { zero: false, nice: false, padding: 10 },
        axis: { tickCount: 5, ...(log ? { format: "~g" } : {}) },
      });
      const legend = rounds.length > 1 ? { orient: "top", title: null } : null;
      const color = {
        field: "round",
        type: "nominal",
        scale: { domain: rounds, range: rounds.map((_, i) => SERIES[i % SERIES.length]) },
        legend,
      };
      const shape = {
        field: "round",
        type: "nominal",
        scale: { domain: rounds, range: rounds.map((_, i) => SHAPES[i % SHAPES.length]) },
        legend,
      };
      return {
        title,
        width: columns === 1 ? 480 : columns === 2 ? 250 : 170,
        height: 180,
        data: {
          // The kept try is drawn last, so that no other mark hides it.
          values: [...tries].sort((a, b) => Number(a.chosen) - Number(b.chosen)).map((own) => ({
            ...own,
            low: own.mean - own.deviation,
            high: own.mean + own.deviation,
          })),
        },
        layer: [
          ...(log ? [] : [{
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
      };
    }),
  };
}

/** Logarithmic where positive numbers span more than so many times the least. */
function scaleOf(values: readonly number[], times: number): "linear" | "log" {
  const least = Math.min(...values);
  return least > 0 && Math.max(...values) > times * least ? "log" : "linear";
}
