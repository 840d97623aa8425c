import type { Answers, AnswersOptions } from "./answers.ts";

/**
 * Mean over the samples of a value that each has by itself, in binary64, added in the order of the
 * samples; see {@linkcode Answers.perRow}.
 */
export function meanOfRows(
  answers: Answers,
  compute: (arrays: AnswersOptions) => Float64Array,
): number {
  const values = answers.perRow(compute);
  const { rows } = answers;
  let sum = 0;
  for (let i = 0; i < rows.length; i++) sum += values[rows[i]];
  return sum / rows.length;
}
