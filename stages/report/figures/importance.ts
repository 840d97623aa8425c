/**
 * Importance of the squares of an image, one panel for each model.
 *
 * @module
 */
import type { Data } from "../blocks.ts";
import type { ImportanceModel } from "../model/interpretation.ts";
import { expressionList } from "./expression.ts";
import { GRID, SEQUENTIAL } from "./theme.ts";
import { panelGrid } from "./panels.ts";

/** Words of {@linkcode importanceMap}. */
export interface ImportanceLabels {
  row: string;
  column: string;
  rise: string;
}

/** Heat map of the rise of the log loss by square; a fall is drawn as no rise. */
export function importanceMap(
  all: readonly ImportanceModel[],
  titles: readonly string[],
  labels: ImportanceLabels,
): Record<string, unknown> {
  const { columns } = panelGrid(all.length);
  const places = all.flatMap(({ groups }) => groups.flatMap(({ place }) => place ?? []));
  const across = 1 + Math.max(...places.map(({ column }) => column));
  const width = columns === 1 ? 320 : columns === 2 ? 250 : 190;
  const step = Math.max(3, Math.floor(width / across));
  const axis = { ticks: false, domain: false, grid: false, labelAngle: 0, labelOverlap: "greedy" };
  return {
    // Panels of their own, as a grid of facets would label the places that stay empty.
    concat: all.map(({ groups }, i) => ({
      title: { text: { expr: `${expressionList([titles[i]])}[0]` }, anchor: "middle" },
      width: { step },
      height: { step },
      data: {
        values: groups.flatMap(({ place, rise }) =>
          place === undefined
            ? []
            : [{ row: place.row + 1, column: place.column + 1, rise: Math.max(0, rise.mean) }]
        ),
      },
      mark: { type: "rect", stroke: GRID, strokeWidth: across <= 32 ? 0.6 : 0 },
      encoding: {
        x: { field: "column", type: "ordinal", title: labels.column, axis },
        y: { field: "row", type: "ordinal", title: labels.row, axis },
        color: {
          field: "rise",
          type: "quantitative",
          title: labels.rise,
          scale: { range: SEQUENTIAL, type: "linear", interpolate: "rgb", domainMin: 0 },
          legend: { orient: "bottom", gradientLength: 200, format: ".2~f", tickCount: 5 },
        },
      },
    })),
    columns,
    resolve: { scale: { color: "shared" } },
  };
}

/** Every group of every model. */
export function importanceData(all: readonly ImportanceModel[], names: readonly string[]): Data {
  return {
    columns: [
      "model",
      "group",
      "row",
      "column",
      "dimensions",
      "accuracy_drop",
      "accuracy_drop_standard_deviation",
      "log_loss_rise",
      "log_loss_rise_standard_deviation",
    ],
    rows: all.flatMap(({ model, groups }) =>
      groups.map(({ name, place, dimensions, drop, rise }) => [
        names[model],
        name,
        place?.row ?? "",
        place?.column ?? "",
        dimensions,
        drop.mean,
        drop.deviation,
        rise.mean,
        rise.deviation,
      ])
    ),
  };
}
