/**
 * A confusion matrix as a heat map, each row in shares of its true class.
 *
 * @module
 */
import type { Data } from "../blocks.ts";
import { expressionList } from "./expression.ts";
import { textWidth } from "./text_width.ts";
import { GRID, INK, PAPER, SEQUENTIAL } from "./theme.ts";

/** Words of {@linkcode confusionChart}. */
export interface ConfusionLabels {
  truth: string;
  predicted: string;
  share: string;
}

/** Above so many classes cells are too small for numbers. */
const MOST_NUMBERED = 20;
/** Above so many classes only some labels fit. */
const MOST_LABELLED = 60;

/**
 * Chart of a confusion matrix.
 *
 * @param counts Row: true class; column: predicted class.
 * @param titles Title of each class; two classes may share one.
 */
export function confusionChart(
  counts: readonly (readonly number[])[],
  titles: readonly string[],
  labels: ConfusionLabels,
): Record<string, unknown> {
  const n = titles.length;
  const cells = shares(counts);
  const step = n <= MOST_NUMBERED ? 32 : Math.max(3, Math.floor(560 / n));
  const short = titles.every((title) => textWidth(title, 11) <= step - 4);
  // By index, as titles may repeat; the labels are looked up in a list.
  const axis = {
    labelExpr: `${expressionList(titles)}[datum.value]`,
    ticks: false,
    domain: false,
    grid: false,
    labelPadding: 5,
    ...(n > MOST_LABELLED ? { labelOverlap: true } : { labelOverlap: false }),
  };
  const x = {
    field: "predicted",
    type: "ordinal",
    title: labels.predicted,
    axis: { ...axis, orient: "bottom", labelAngle: short ? 0 : -45 },
  };
  const y = { field: "truth", type: "ordinal", title: labels.truth, axis };
  const color = {
    field: "share",
    type: "quantitative",
    title: labels.share,
    scale: { domain: [0, 100], range: SEQUENTIAL, type: "linear", interpolate: "rgb" },
    legend: { orient: "right", gradientLength: Math.min(200, Math.max(90, n * step - 40)) },
  };
  return {
    width: { step },
    height: { step },
    data: { values: cells },
    layer: [
      {
        mark: { type: "rect", stroke: GRID, strokeWidth: n <= MOST_NUMBERED ? 0.6 : 0 },
        encoding: { x, y, color },
      },
      ...(n <= MOST_NUMBERED
        ? [{
          transform: [{ filter: "datum.share >= 1" }],
          mark: { type: "text", fontSize: 10 },
          encoding: {
            x,
            y,
            text: { field: "share", type: "quantitative", format: ".0f" },
            color: { condition: { test: "datum.share > 50", value: PAPER }, value: INK },
          },
        }]
        : []),
    ],
  };
}

/** The numbers behind {@linkcode confusionChart}. */
export function confusionData(
  counts: readonly (readonly number[])[],
  names: readonly string[],
): Data {
  return {
    columns: ["label", "predicted", "count", "share_percent"],
    rows: shares(counts).map((
      { truth, predicted, count, share },
    ) => [names[truth], names[predicted], count, share]),
  };
}

function shares(counts: readonly (readonly number[])[]) {
  return counts.flatMap((row, truth) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, predicted) => ({
      truth,
      predicted,
      count,
      share: total === 0 ? 0 : count / total * 100,
    }));
  });
}
