/** What holds for any answers, and definitions computed the slow way. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { accuracy } from "./accuracy.ts";
import { type Answers, createAnswers } from "./answers.ts";
import { averagePrecisionOfClasses } from "./average_precision.ts";
import { balancedAccuracy } from "./balanced_accuracy.ts";
import { brierScore } from "./brier_score.ts";
import { calibrationError } from "./calibration_error.ts";
import { cohenKappa } from "./cohen_kappa.ts";
import { matthewsCorrelation } from "./matthews_correlation.ts";
import { mostConfused } from "./most_confused.ts";
import { normalizeConfusion } from "./normalize_confusion.ts";
import { oneVsRest } from "./one_vs_rest.ts";
import { METRICS } from "./registry.ts";
import { reliabilityTable } from "./reliability_table.ts";
import { rocAucOfClasses } from "./roc_auc.ts";
import { studentTCdf, studentTQuantile } from "./student_t.ts";
import { tInterval } from "./t_interval.ts";
import { topKAccuracy } from "./top_k_accuracy.ts";

interface Sample {
  label: number;
  predicted: number;
  probabilities: number[];
}

/** The first of the greatest. */
const argMax = (values: readonly number[]) => values.indexOf(Math.max(...values));

/**
 * Samples of 2 to 4 classes, often with ties and classes that are missing. Probabilities are in
 * 64ths and sum to 1, so that 1 − p and p/2 are exact; predictions are the most probable class.
 */
const anySamples = fc.integer({ min: 2, max: 4 }).chain((classes) => {
  const cut = fc.integer({ min: 0, max: 64 });
  const probabilities = fc.array(cut, { minLength: classes - 1, maxLength: classes - 1 })
    .map((cuts) => {
      const ends = [0, ...cuts.sort((a, b) => a - b), 64];
      return ends.slice(1).map((end, i) => (end - ends[i]) / 64);
    });
  const sample = fc.record({ label: fc.nat({ max: classes - 1 }), probabilities })
    .map((own): Sample => ({ ...own, predicted: argMax(own.probabilities) }));
  return fc.record({
    classes: fc.constant(classes),
    samples: fc.array(sample, { minLength: 1, maxLength: 30 }),
  });
});

function take({ classes, samples }: { classes: number; samples: readonly Sample[] }): Answers {
  return createAnswers({
    classes,
    labels: Int32Array.from(samples, ({ label }) => label),
    predicted: Int32Array.from(samples, ({ predicted }) => predicted),
    probabilities: Float32Array.from(samples.flatMap(({ probabilities }) => probabilities)),
  });
}

/** Answers with a given confusion matrix. */
function ofCounts(confusion: readonly (readonly number[])[]): Answers {
  const classes = confusion.length;
  const samples = confusion.flatMap((row, label) =>
    row.flatMap((count, predicted) =>
      Array.from({ length: count }, (): Sample => ({
        label,
        predicted,
        probabilities: new Array(classes).fill(0),
      }))
    )
  );
  return take({ classes, samples });
}

/** A matrix of counts of 2 to 4 classes with at least one sample. */
const anyCounts = fc.integer({ min: 2, max: 4 }).chain((classes) => {
  const row = fc.array(fc.nat({ max: 9 }), { minLength: classes, maxLength: classes });
  return fc.array(row, { minLength: classes, maxLength: classes });
}).filter((rows) => rows.flat().some((count) => count > 0));

function near(actual: number, expected: number, what: string, slack = 1e-12): void {
  const same = Number.isNaN(expected) ? Number.isNaN(actual) : Math.abs(actual - expected) <= slack;
  assert.ok(same, `${what}: ${actual} instead of ${expected}`);
}

Deno.test("every metric lies in its range, or is undefined where it says so", () => {
  fc.assert(fc.property(anySamples, (own) => {
    const answers = take(own);
    for (const { name, range: [least, greatest], undefinedWhere, compute } of METRICS) {
      const value = compute(answers);
      if (Number.isNaN(value)) assert.notEqual(undefinedWhere, undefined, name);
      else assert.ok(value >= least && value <= greatest, `${name} is ${value}`);
    }
  }));
});

Deno.test("no metric depends on the order of the samples", () => {
  const shuffled = anySamples.chain((own) =>
    fc.record({
      own: fc.constant(own),
      order: fc.shuffledSubarray(own.samples, { minLength: own.samples.length }),
    })
  );
  fc.assert(fc.property(shuffled, ({ own, order }) => {
    const [a, b] = [take(own), take({ ...own, samples: order })];
    for (const { name, compute } of METRICS) near(compute(b), compute(a), name);
  }));
});

Deno.test("no metric depends on the order of the classes, ties aside", () => {
  fc.assert(fc.property(anySamples, ({ classes, samples }) => {
    const flip = (index: number) => classes - 1 - index;
    const flipped = samples.map(({ label, predicted, probabilities }) => ({
      label: flip(label),
      predicted: flip(predicted),
      probabilities: probabilities.toReversed(),
    }));
    const [a, b] = [take({ classes, samples }), take({ classes, samples: flipped })];
    for (const { name, compute } of METRICS) {
      if (name !== "topKAccuracy") near(compute(b), compute(a), name);
    }
    const distinct = samples.every(({ probabilities }) => new Set(probabilities).size === classes);
    if (distinct) assert.equal(topKAccuracy.compute(b), topKAccuracy.compute(a));
  }));
});

Deno.test("ROC AUC is the share of pairs that are in order, a tie counting half", () => {
  fc.assert(fc.property(anySamples, (own) => {
    rocAucOfClasses(take(own)).forEach((auc, i) => {
      const scores = (wanted: boolean) =>
        own.samples.filter(({ label }) => (label === i) === wanted)
          .map(({ probabilities }) => probabilities[i]);
      const pairs = scores(true).flatMap((p) =>
        scores(false).map((n): number => p > n ? 1 : p === n ? 0.5 : 0)
      );
      assert.equal(auc, pairs.reduce((sum, won) => sum + won, 0) / pairs.length);
    });
  }));
});

Deno.test("ROC AUC of reversed scores is what is missing to 1, and scale leaves it alone", () => {
  const change = (own: { classes: number; samples: Sample[] }, to: (p: number) => number) =>
    rocAucOfClasses(take({
      ...own,
      samples: own.samples.map((sample) => ({
        ...sample,
        probabilities: sample.probabilities.map(to),
      })),
    }));
  fc.assert(fc.property(anySamples, (own) => {
    const auc = rocAucOfClasses(take(own));
    change(own, (p) => 1 - p).forEach((reversed, i) => near(reversed, 1 - auc[i], "reversed"));
    assert.deepEqual(change(own, (p) => p / 2), auc);
    assert.deepEqual(change(own, (p) => p * p), auc);
  }));
});

Deno.test("average precision is its sum over thresholds", () => {
  fc.assert(fc.property(anySamples, (own) => {
    averagePrecisionOfClasses(take(own)).forEach((value, i) => {
      const positives = own.samples.filter(({ label }) => label === i).length;
      const thresholds = [...new Set(own.samples.map(({ probabilities }) => probabilities[i]))]
        .sort((a, b) => b - a);
      let recall = 0;
      let sum = 0;
      for (const threshold of thresholds) {
        const above = own.samples.filter(({ probabilities }) => probabilities[i] >= threshold);
        const right = above.filter(({ label }) => label === i).length;
        sum += (right / positives - recall) * right / above.length;
        recall = right / positives;
      }
      near(value, sum, `class ${i}`);
    });
  }));
});

Deno.test("kappa and Matthews' correlation: 0 for independence, 1 for agreement alone", () => {
  const margin = fc.array(fc.nat({ max: 5 }), { minLength: 3, maxLength: 3 });
  const present = (counts: number[]) => counts.filter((count) => count > 0).length;
  fc.assert(fc.property(margin, margin, (labels, predicted) => {
    fc.pre(present(labels) > 0 && present(predicted) > 0);
    fc.pre(present(labels) > 1 || present(predicted) > 1);
    const independent = ofCounts(labels.map((a) => predicted.map((b) => a * b)));
    assert.equal(cohenKappa.compute(independent), 0);
    assert.equal(matthewsCorrelation.compute(independent), 0);
  }));
  fc.assert(fc.property(anyCounts, (counts) => {
    const answers = ofCounts(counts);
    const classes = answers.classScores.filter(({ support }) => support > 0).length;
    const perfect = accuracy.compute(answers) === 1;
    assert.equal(cohenKappa.compute(answers) === 1, perfect && classes > 1);
    assert.equal(matthewsCorrelation.compute(answers) === 1, perfect && classes > 1);
  }));
});

Deno.test("kappa and Matthews' correlation treat labels and predictions alike", () => {
  fc.assert(fc.property(anyCounts, (counts) => {
    const [a, b] = [ofCounts(counts), ofCounts(counts.map((_, i) => counts.map((row) => row[i])))];
    assert.equal(cohenKappa.compute(b), cohenKappa.compute(a));
    assert.equal(matthewsCorrelation.compute(b), matthewsCorrelation.compute(a));
  }));
});

Deno.test("Matthews' correlation of many classes is that of their indicators", () => {
  fc.assert(fc.property(anyCounts, (counts) => {
    // Sums over samples and classes of products of centred indicators (Gorodkin 2004).
    const { labels, predicted, classes } = ofCounts(counts);
    const n = labels.length;
    const covariance = (x: Int32Array, y: Int32Array) => {
      let sum = 0;
      for (let c = 0; c < classes; c++) {
        const centre = (of: Int32Array) => of.filter((value) => value === c).length / n;
        for (let i = 0; i < n; i++) {
          sum += (Number(x[i] === c) - centre(x)) * (Number(y[i] === c) - centre(y));
        }
      }
      return sum;
    };
    const product = covariance(labels, labels) * covariance(predicted, predicted);
    const expected = product < 1e-9 ? 0 : covariance(labels, predicted) / Math.sqrt(product);
    near(matthewsCorrelation.compute(ofCounts(counts)), expected, String(counts));
  }));
});

Deno.test("balanced accuracy is macro recall where every class has samples", () => {
  const macroRecall = METRICS.find(({ name }) => name === "macroRecall")!;
  fc.assert(fc.property(anyCounts, (counts) => {
    fc.pre(counts.every((row) => row.some((count) => count > 0)));
    const answers = ofCounts(counts);
    assert.equal(balancedAccuracy.compute(answers), macroRecall.compute(answers));
  }));
  assert.equal(balancedAccuracy.compute(ofCounts([[3, 1], [0, 0]])), 0.75);
});

Deno.test("top-k accuracy grows from the accuracy to 1", () => {
  fc.assert(fc.property(anySamples, (own) => {
    const answers = take(own);
    const shares = Array.from(
      { length: own.classes },
      (_, i) => topKAccuracy.compute(answers, { topK: i + 1 }),
    );
    assert.equal(shares[0], accuracy.compute(answers));
    assert.equal(shares.at(-1), 1);
    assert.deepEqual(shares, shares.toSorted((a, b) => a - b));
    assert.equal(topKAccuracy.compute(answers), 1); // no more than five classes
  }));
  const answers = ofCounts([[1, 0], [0, 1]]);
  for (const topK of [0, 3, 1.5]) {
    assert.throws(
      () => topKAccuracy.compute(answers, { topK }),
      new RegExp(`integer from 1 to 2, the number of classes: current value is ${topK}`),
    );
  }
});

Deno.test("Brier score of certainty and of ignorance", () => {
  fc.assert(fc.property(anySamples, ({ classes, samples }) => {
    const with_ = (to: (label: number) => (index: number) => number) =>
      brierScore.compute(take({
        classes,
        samples: samples.map((sample) => ({
          ...sample,
          probabilities: Array.from({ length: classes }, (_, i) => to(sample.label)(i)),
        })),
      }));
    assert.equal(with_((label) => (i) => i === label ? 1 : 0), 0);
    assert.equal(with_((label) => (i) => i === (label + 1) % classes ? 1 : 0), 2);
    near(with_(() => () => 1 / classes), 1 - 1 / classes, "ignorance", 1e-7);
  }));
});

Deno.test("reliability tables hold every sample once, by its confidence", () => {
  const bins = fc.integer({ min: 1, max: 20 });
  fc.assert(fc.property(anySamples, bins, (own, m) => {
    const answers = take(own);
    const table = reliabilityTable(answers, m);
    assert.equal(table.length, m);
    table.forEach((bin, i) => {
      const within = own.samples.filter(({ predicted, probabilities }) => {
        const p = probabilities[predicted];
        return p * m <= i + 1 && (p * m > i || (i === 0 && p === 0));
      });
      assert.equal(bin.count, within.length);
      const right = within.filter(({ label, predicted }) => label === predicted).length;
      assert.equal(bin.correct, right);
      near(bin.accuracy, right / within.length, "accuracy");
      assert.ok(!(bin.confidence <= bin.low) && !(bin.confidence > bin.high));
    });
    const terms = table.filter(({ count }) => count > 0).map((bin) =>
      bin.count / own.samples.length * Math.abs(bin.accuracy - bin.confidence)
    );
    const error = calibrationError.compute(answers, { calibrationBins: m });
    near(error, terms.reduce((sum, term) => sum + term, 0), "error");
    // The errors of bins can only cancel out when bins are merged.
    assert.ok(calibrationError.compute(answers, { calibrationBins: 1 }) <= error + 1e-12);
  }));
  assert.throws(() => reliabilityTable(ofCounts([[1]]), 0), /from 1 up: current value is 0/);
});

Deno.test("tables of a class against the rest, shares and confusions are of the same counts", () => {
  fc.assert(fc.property(anyCounts, (counts) => {
    const { confusion, classes, rows } = ofCounts(counts);
    for (const [i, own] of oneVsRest(confusion, classes).entries()) {
      assert.equal(Object.values(own).reduce((a, b) => a + b), rows.length);
      assert.equal(own.truePositives, counts[i][i]);
      assert.equal(own.truePositives + own.falseNegatives, counts[i].reduce((a, b) => a + b));
    }
    const shares = normalizeConfusion(confusion, classes);
    counts.forEach((row, i) => {
      const sum = shares.subarray(i * classes, (i + 1) * classes).reduce((a, b) => a + b);
      near(sum, row.some((count) => count > 0) ? 1 : 0, "a row's shares");
    });
    const pairs = mostConfused(counts, classes * classes);
    const correct = counts.reduce((sum, row, i) => sum + row[i], 0);
    assert.equal(pairs.reduce((sum, { count }) => sum + count, 0), rows.length - correct);
    for (const { label, predicted, count, share } of pairs) {
      assert.equal(count, counts[label][predicted]);
      assert.equal(share, shares[label * classes + predicted]);
      assert.ok(label !== predicted && count > 0);
    }
    const sorted = pairs.map(({ count }) => count);
    assert.deepEqual(sorted, sorted.toSorted((a, b) => b - a));
    assert.deepEqual(mostConfused(counts, 2), pairs.slice(0, 2));
  }));
});

Deno.test("Student's t: symmetry, its closed forms, and the normal in the limit", () => {
  const degrees = fc.integer({ min: 1, max: 200 });
  const p = fc.double({ min: 0.001, max: 0.999, noNaN: true });
  fc.assert(fc.property(degrees, p, (nu, share) => {
    const t = studentTQuantile(share, nu);
    near(studentTCdf(t, nu), share, `${share} at ${nu}`);
    near(studentTCdf(-t, nu), 1 - share, `mirror of ${share} at ${nu}`);
  }));
  fc.assert(fc.property(p, (share) => {
    const one = Math.tan(Math.PI * (share - 0.5));
    near(studentTQuantile(share, 1) / one, 1, "Cauchy", 1e-10 + 1e-12 / Math.abs(one));
    const x = 2 * share - 1;
    near(studentTQuantile(share, 2), x * Math.sqrt(2 / (1 - x * x)), "two degrees", 1e-9);
  }));
  near(studentTQuantile(0.975, 1_000_000), 1.959963984540054, "many degrees", 1e-5);
  assert.throws(() => studentTCdf(1, 0), /integer from 1 up: current value is 0/);
  assert.throws(() => studentTQuantile(1, 3), /in \[1e-6, 1 - 1e-6\]: current value is 1/);
});

Deno.test("tInterval() needs two values, and shrinks around values that agree", () => {
  assert.equal(tInterval([0.5], 0.95), undefined);
  assert.deepEqual(tInterval([0.5, 0.5], 0.95), { low: 0.5, high: 0.5 });
  assert.throws(() => tInterval([1, 2], 1), /in \(0, 1\): current value is 1/);
});
