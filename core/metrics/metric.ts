import type { Answers } from "./answers.ts";

/** A number that tells how good a classifier's answers are. */
export interface Metric {
  /** As studies and artifacts spell it: `macroF1`. */
  readonly name: string;
  /** Whether more is better. */
  readonly greaterIsBetter: boolean;
  /** The value; finite for all answers. */
  compute(answers: Answers): number;
}
