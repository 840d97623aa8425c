import assert from "node:assert/strict";
import { createAnswers } from "./answers.ts";
import { averagePrecisionOfClasses } from "./average_precision.ts";
import { accuracy } from "./accuracy.ts";
import { averageClasses } from "./averages.ts";
import { percentileInterval } from "./bootstrap.ts";
import { calibrationError } from "./calibration_error.ts";
import { mcnemar } from "./mcnemar.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import { normalizeConfusion } from "./normalize_confusion.ts";
import { oneVsRest } from "./one_vs_rest.ts";
import { METRICS } from "./registry.ts";
import { reliabilityTable } from "./reliability_table.ts";
import { rocAucOfClasses } from "./roc_auc.ts";
import { signFlipTest } from "./sign_flip.ts";
import { studentTCdf, studentTQuantile } from "./student_t.ts";
import { tInterval } from "./t_interval.ts";
import { topKAccuracy } from "./top_k_accuracy.ts";

/** Metrics that the fixture has by their names; `null` where scikit-learn has no value. */
const NAMED = [
  "accuracy",
  "balancedAccuracy",
  "cohenKappa",
  "matthewsCorrelation",
  "macroRocAuc",
  "weightedRocAuc",
  "macroAveragePrecision",
  "weightedAveragePrecision",
  "logLoss",
  "brierScore",
] as const;

interface Case extends Record<typeof NAMED[number], number | null> {
  name: string;
  classes: number;
  labels: number[];
  predicted: number[];
  probabilities: number[];
  confusion: number[];
  precision: number[];
  recall: number[];
  f1: number[];
  support: number[];
  averages: Record<"macro" | "weighted" | "micro", [number, number, number]>;
  brierOfTwo: number | null;
  normalizedConfusion: number[];
  /** For each class TN, FP, FN, TP. */
  oneVsRest: [number, number, number, number][];
  rocAuc: (number | null)[];
  averagePrecision: (number | null)[];
  topK: Record<string, number>;
  /** Accuracy and confidence of the bins that are not empty. */
  calibration: {
    bins: number;
    count: number[];
    accuracy: number[];
    confidence: number[];
    error: number;
  }[];
}

interface Fixture {
  cases: Case[];
  mcnemar: { b: number; c: number; p: number }[];
  signFlip: { differences: number[]; different: number; greater: number; less: number }[];
  percentiles: {
    values: number[];
    intervals: { confidence: number; low: number; high: number }[];
  };
  normalQuantiles: { p: number; x: number }[];
  tShares: { degrees: number; t: number; p: number }[];
  tQuantiles: { degrees: number; p: number; t: number }[];
  tIntervals: { values: number[]; confidence: number; interval: [number, number] }[];
}

const fixture: Fixture = JSON.parse(
  await Deno.readTextFile(new URL("testdata/sklearn.json", import.meta.url)),
);

function close(actual: number, expected: number, relative: number, what: string): void {
  const slack = relative * Math.max(Math.abs(expected), Number.MIN_VALUE / relative);
  assert.ok(Math.abs(actual - expected) <= slack, `${what}: ${actual} instead of ${expected}`);
}

/** As {@linkcode close}; NaN is expected for `null`, in words of the metric itself. */
function closeOrNone(actual: number, expected: number | null, what: string): void {
  if (expected === null) assert.ok(Number.isNaN(actual), `${what}: ${actual} instead of none`);
  else if (expected === 0) assert.ok(Math.abs(actual) < 1e-15, `${what}: ${actual} instead of 0`);
  else close(actual, expected, 1e-12, what);
}

function answersOf(one: Case) {
  return createAnswers({
    classes: one.classes,
    labels: new Int32Array(one.labels),
    predicted: new Int32Array(one.predicted),
    probabilities: new Float32Array(one.probabilities),
  });
}

for (const one of fixture.cases) {
  Deno.test(`metrics are scikit-learn's: ${one.name}`, () => {
    const answers = answersOf(one);
    assert.deepEqual([...answers.confusion], one.confusion);
    const scores = answers.classScores;
    assert.deepEqual(scores.map(({ support }) => support), one.support);
    for (const name of ["precision", "recall", "f1"] as const) {
      scores.forEach((score, i) => close(score[name], one[name][i], 1e-12, `${name} of ${i}`));
    }
    const expected = new Map<string, number | null>(NAMED.map((name) => [name, one[name]]));
    // Notes tell the accuracy as the micro averages.
    for (const micro of one.averages.micro) {
      closeOrNone(accuracy.compute(answers), micro, "micro average");
    }
    for (const average of ["macro", "weighted"] as const) {
      const [precision, recall, f1] = one.averages[average];
      const own = averageClasses(scores, average);
      close(own.precision, precision, 1e-12, `${average} precision`);
      expected.set(`${average}Precision`, precision);
      expected.set(`${average}Recall`, recall);
      expected.set(`${average}F1`, f1);
    }
    expected.set("topKAccuracy", one.topK[Math.min(5, one.classes)]);
    expected.set("calibrationError", one.calibration.find(({ bins }) => bins === 15)!.error);
    for (const { name, compute } of METRICS) {
      assert.ok(expected.has(name), name);
      closeOrNone(compute(answers), expected.get(name)!, name);
    }
    for (const [k, share] of Object.entries(one.topK)) {
      closeOrNone(topKAccuracy.compute(answers, { topK: Number(k) }), share, `top ${k}`);
    }
    // Two binary32 probabilities sum to 1 within 1e-7.
    if (one.brierOfTwo !== null) close(one.brierScore! / 2, one.brierOfTwo, 1e-6, "half of Brier");
  });

  Deno.test(`tables and scores of classes are scikit-learn's: ${one.name}`, () => {
    const answers = answersOf(one);
    const { classes, confusion } = answers;
    assert.deepEqual([...normalizeConfusion(confusion, classes)], one.normalizedConfusion);
    const tables = oneVsRest(confusion, classes);
    assert.deepEqual(
      tables.map((own) => [
        own.trueNegatives,
        own.falsePositives,
        own.falseNegatives,
        own.truePositives,
      ]),
      one.oneVsRest,
    );
    const [auc, precision] = [rocAucOfClasses(answers), averagePrecisionOfClasses(answers)];
    for (let i = 0; i < classes; i++) {
      closeOrNone(auc[i], one.rocAuc[i], `ROC AUC of ${i}`);
      closeOrNone(precision[i], one.averagePrecision[i], `average precision of ${i}`);
    }
    for (const { bins, error, ...expected } of one.calibration) {
      const table = reliabilityTable(answers, bins);
      assert.deepEqual(table.map(({ count }) => count), expected.count, `${bins} bins`);
      const filled = table.filter(({ count }) => count > 0);
      filled.forEach(({ accuracy, confidence }, i) => {
        closeOrNone(accuracy, expected.accuracy[i], `accuracy of bin ${i} of ${bins}`);
        closeOrNone(confidence, expected.confidence[i], `confidence of bin ${i} of ${bins}`);
      });
      const own = calibrationError.compute(answers, { calibrationBins: bins });
      assert.ok(Math.abs(own - error) < 1e-15, `error of ${bins} bins: ${own} instead of ${error}`);
    }
  });
}

Deno.test("mcnemar() is scipy's exact binomial test", () => {
  for (const { b, c, p } of fixture.mcnemar) close(mcnemar(b, c), p, 1e-10, `${b} against ${c}`);
});

Deno.test("signFlipTest() is scipy's exact permutation test of paired samples", () => {
  for (const { differences, ...expected } of fixture.signFlip) {
    assert.deepEqual(signFlipTest(differences), expected);
  }
});

Deno.test("percentileInterval() is numpy's percentiles", () => {
  const values = new Float64Array(fixture.percentiles.values);
  for (const { confidence, low, high } of fixture.percentiles.intervals) {
    const own = percentileInterval(values, confidence);
    close(own.low, low, 1e-12, `low end at ${confidence}`);
    close(own.high, high, 1e-12, `high end at ${confidence}`);
  }
});

Deno.test("normalQuantile() and normalCdf() are scipy's", () => {
  for (const { p, x } of fixture.normalQuantiles) {
    assert.ok(Math.abs(normalQuantile(p) - x) < 1e-8, `${p}: ${normalQuantile(p)}, not ${x}`);
    assert.ok(Math.abs(normalCdf(x) - p) < 1e-14);
  }
});

Deno.test("studentTQuantile(), studentTCdf() and tInterval() are scipy's", () => {
  for (const { degrees, p, t } of fixture.tQuantiles) {
    // scipy's own quantile of one degree is 1e-9 from the cotangent that it should be.
    close(studentTQuantile(p, degrees), t, 1e-8, `${p} at ${degrees}`);
  }
  for (const { degrees, t, p } of fixture.tShares) {
    const own = studentTCdf(t, degrees);
    assert.ok(Math.abs(own - p) < 1e-14, `${t} at ${degrees}: ${own} instead of ${p}`);
  }
  for (const { values, confidence, interval: [low, high] } of fixture.tIntervals) {
    const own = tInterval(values, confidence)!;
    close(own.low, low, 1e-8, `low end at ${confidence} of ${values}`);
    close(own.high, high, 1e-8, `high end at ${confidence} of ${values}`);
  }
});
