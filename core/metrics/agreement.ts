import type { Answers } from "./answers.ts";

/** How labels and predictions go together, in exact integers up to 2⁵³: 94 million samples. */
export interface Agreement {
  /** Number of samples n. */
  samples: number;
  /** Samples whose prediction is the label. */
  correct: number;
  /** Σᵢ (samples of class i)·(predictions of class i): n² times the agreement by chance. */
  chance: number;
  /** Σᵢ (samples of class i)². */
  labelSquares: number;
  /** Σᵢ (predictions of class i)². */
  predictionSquares: number;
}

/** Counts what coefficients of agreement are made of. */
export function agreementOf({ confusion, classes, classScores, rows }: Answers): Agreement {
  const sums = { correct: 0, chance: 0, labelSquares: 0, predictionSquares: 0 };
  classScores.forEach(({ support, predicted }, i) => {
    sums.correct += confusion[i * classes + i];
    sums.chance += support * predicted;
    sums.labelSquares += support * support;
    sums.predictionSquares += predicted * predicted;
  });
  return { samples: rows.length, ...sums };
}
