/** One test image's answer. */
export interface Answer {
  id: string;
  label: string;
  predicted: string;
  probability_predicted: number;
}

/** Columns of `predictions` that {@linkcode chooseImages} needs. */
export const ANSWER_COLUMNS = {
  id: "text",
  label: "text",
  predicted: "text",
  probability_predicted: "number",
} as const;

/**
 * The answers of one kind that a model is most sure of: by the probability of the class given, the
 * first in order among equals, and at most one image of each class, so that they differ.
 */
export function chooseImages(
  answers: readonly Answer[],
  kind: "right" | "wrong",
  count: number,
): Answer[] {
  const order = answers.filter(({ label, predicted }) =>
    (label === predicted) === (kind === "right")
  )
    .toSorted((a, b) => b.probability_predicted - a.probability_predicted);
  const seen = new Set<string>();
  const firsts = order.filter(({ label }) => !seen.has(label) && seen.add(label));
  return firsts.slice(0, count);
}
