import assert from "node:assert/strict";
import { createAnswers } from "./answers.ts";
import { percentileInterval } from "./bootstrap.ts";
import { mcnemar } from "./mcnemar.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import { averageClasses } from "./precision_recall_f1.ts";
import { METRICS } from "./registry.ts";
import { signFlipTest } from "./sign_flip.ts";

interface Fixture {
  cases: {
    name: string;
    classes: number;
    labels: number[];
    predicted: number[];
    probabilities: number[];
    accuracy: number;
    confusion: number[];
    precision: number[];
    recall: number[];
    f1: number[];
    support: number[];
    averages: Record<"macro" | "weighted", [number, number, number]>;
    logLoss: number;
  }[];
  mcnemar: { b: number; c: number; p: number }[];
  signFlip: { differences: number[]; different: number; greater: number; less: number }[];
  percentiles: {
    values: number[];
    intervals: { confidence: number; low: number; high: number }[];
  };
  normalQuantiles: { p: number; x: number }[];
}

const fixture: Fixture = JSON.parse(
  await Deno.readTextFile(new URL("testdata/sklearn.json", import.meta.url)),
);

function close(actual: number, expected: number, relative: number, what: string): void {
  const slack = relative * Math.max(Math.abs(expected), Number.MIN_VALUE / relative);
  assert.ok(Math.abs(actual - expected) <= slack, `${what}: ${actual} instead of ${expected}`);
}

for (const one of fixture.cases) {
  Deno.test(`metrics are scikit-learn's: ${one.name}`, () => {
    const answers = createAnswers({
      classes: one.classes,
      labels: new Int32Array(one.labels),
      predicted: new Int32Array(one.predicted),
      probabilities: new Float32Array(one.probabilities),
    });
    assert.deepEqual([...answers.confusion], one.confusion);
    const scores = answers.classScores;
    assert.deepEqual(scores.map(({ support }) => support), one.support);
    for (const name of ["precision", "recall", "f1"] as const) {
      scores.forEach((score, i) => close(score[name], one[name][i], 1e-12, `${name} of ${i}`));
    }
    const expected: Record<string, number> = { accuracy: one.accuracy, logLoss: one.logLoss };
    for (const average of ["macro", "weighted"] as const) {
      const [precision, recall, f1] = one.averages[average];
      const own = averageClasses(scores, average);
      close(own.precision, precision, 1e-12, `${average} precision`);
      expected[`${average}Precision`] = precision;
      expected[`${average}Recall`] = recall;
      expected[`${average}F1`] = f1;
    }
    for (const { name, compute } of METRICS) {
      close(compute(answers), expected[name], 1e-12, name);
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
