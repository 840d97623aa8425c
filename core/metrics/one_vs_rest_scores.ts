import type { Answers } from "./answers.ts";

/** Probabilities of one class, ascending, for its own samples and for all others. */
export interface OneVsRestScores {
  positives: Float32Array;
  negatives: Float32Array;
}

/** Takes one class against the rest. */
export function oneVsRestScores(
  { rows, labels, probabilities, classes }: Answers,
  index: number,
): OneVsRestScores {
  const own = new Float32Array(rows.length);
  const others = new Float32Array(rows.length);
  let p = 0;
  let n = 0;
  for (const row of rows) {
    const score = probabilities[row * classes + index];
    if (labels[row] === index) own[p++] = score;
    else others[n++] = score;
  }
  return { positives: own.subarray(0, p).sort(), negatives: others.subarray(0, n).sort() };
}
