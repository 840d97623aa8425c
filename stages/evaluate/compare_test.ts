import assert from "node:assert/strict";
import { z } from "zod";
import { createAnswers } from "../../core/metrics/answers.ts";
import { mcnemar } from "../../core/metrics/mcnemar.ts";
import { accuracy } from "../../core/metrics/accuracy.ts";
import { METRICS } from "../../core/metrics/registry.ts";
import { tInterval } from "../../core/metrics/t_interval.ts";
import { stream } from "../../core/random/stream.ts";
import type { Comparison } from "../../data/artifacts/comparison.ts";
import type { TrainingSummary } from "../../data/artifacts/summary.ts";
import { TRAINING_FIGURES } from "../../data/artifacts/value_names.ts";
import { stringifyCsv } from "../../data/formats/csv.ts";
import { encodeSafetensors } from "../../data/formats/safetensors.ts";
import { runStep, type TestInput } from "../../testing/run_step.ts";
import compare from "./compare.ts";
import { scoreModel } from "./score_model.ts";
import stage from "./stage.ts";
import { valueNames } from "./values.ts";

const CLASSES = ["a", "b", "c"];
const IMAGES = 90;
const MACRO_AUC = METRICS.find(({ name }) => name === "macroRocAuc")!;
const bootstrap = { samples: 100, confidence: 0.95, seed: 1 };

/** One replicate that errs with a given chance; which images are hard is the same for all. */
interface Run {
  model: string;
  replicate: string;
  error: number;
  bestEpoch: number;
  /** First image that it is tested on. Default: 0. */
  from?: number;
}

function answersOf({ model, replicate, error, from = 0 }: Run) {
  const name = `${model} ${replicate}`;
  const seed = [...name].reduce((hash, c) => (31 * hash + c.charCodeAt(0)) % 65_521, 7);
  const own = stream(seed, "test");
  const hard = stream(1, "test");
  const n = IMAGES - from;
  const labels = Int32Array.from({ length: n }, (_, i) => (i + from) % 3);
  const predicted = labels.map((label, i) => {
    const chance = 0.5 * hard.sub(i + from).float64() + 0.5 * own.float64();
    return chance < error ? (label + 1) % 3 : label;
  });
  const probabilities = new Float32Array(n * 3).fill(0.125);
  predicted.forEach((given, i) => probabilities[3 * i + given] = 0.75);
  return {
    ids: Array.from({ length: n }, (_, i) => `image${i + from}`),
    answers: createAnswers({ classes: 3, labels, predicted, probabilities }),
  };
}

async function inputsOf(run: Run) {
  const { ids, answers } = answersOf(run);
  const { labels, predicted, probabilities } = answers;
  const label = { model: run.model, replicate: run.replicate };
  const training = {
    ...Object.fromEntries(TRAINING_FIGURES.map((name) => [name, 1])),
    head: "softmax",
    optimizer: run.model,
    bestEpoch: run.bestEpoch,
    overfitEpoch: run.bestEpoch > 5 ? run.bestEpoch : null,
    stopped: "patience",
    best: { trainLoss: 1, trainAccuracy: 1, validationLoss: 1, validationAccuracy: 1 },
  } as unknown as TrainingSummary;
  const scores = await scoreModel(answers, {
    classes: CLASSES,
    bootstrap,
    progress: async () => {},
  });
  return {
    predictions: { data: await stringifyCsv(["id"], ids.map((id) => [id])), label },
    probabilities: {
      data: encodeSafetensors({
        probabilities: { dtype: "F32", shape: [ids.length, 3], data: probabilities },
        label: { dtype: "I32", shape: [ids.length], data: labels },
        predicted: { dtype: "I32", shape: [ids.length], data: predicted },
      }),
      label,
    },
    metrics: { json: { ...scores, training }, label },
  };
}

const seeds = [1, 2, 3].map((seed) => `seed=${seed}`);
const runs: Run[] = [["good", 0.27, 4], ["fair", 0.31, 7], ["poor", 0.75, 9]].flatMap(
  ([model, error, epochs]) =>
    seeds.map((replicate, i) => ({
      model: model as string,
      replicate,
      error: error as number,
      bestEpoch: epochs as number + i,
    })),
);

async function compareRuns(all: readonly Run[], extra: Record<string, TestInput[]> = {}) {
  const gathered = await Promise.all(all.map(inputsOf));
  const names = [...new Set(all.map(({ model }) => model))];
  const models = names.map((name) => ({
    name,
    replicates: all.filter((run) => run.model === name).map(({ replicate }) => replicate),
  }));
  const result = await runStep(compare, { models, bootstrap, alpha: 0.05, power: 0.8 }, {
    inputs: {
      predictions: gathered.map((one) => one.predictions),
      probabilities: gathered.map((one) => one.probabilities),
      metrics: gathered.map((one) => one.metrics),
      ...extra,
    },
  });
  return { result, comparison: result.json<Comparison>("comparison") };
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-12, `${a}, not ${b}`);
const correctOf = (run: Run) => {
  const { labels, predicted } = answersOf(run).answers;
  return Array.from(labels, (label, i) => label === predicted[i]);
};

Deno.test("evaluate.compare: models over their replicates", async () => {
  const { comparison } = await compareRuns(runs);
  assert.deepEqual(comparison.models.map(({ name }) => name), ["good", "fair", "poor"]);
  assert.deepEqual([comparison.best, comparison.images], ["good", IMAGES]);
  for (
    const { name, quantities, replicates, confusion, perClass, calibration } of comparison.models
  ) {
    const own = runs.filter((run) => run.model === name);
    const shares = own.map((run) => accuracy.compute(answersOf(run).answers));
    assert.deepEqual(replicates, seeds);
    assert.deepEqual(quantities.accuracy.perReplicate, shares);
    near(quantities.accuracy.mean!, mean(shares));
    const spread = Math.sqrt(mean(shares.map((x) => (x - mean(shares)) ** 2)) * 3 / 2);
    near(quantities.accuracy.standardDeviation!, spread);
    assert.ok(quantities.accuracy.low! < mean(shares) && mean(shares) < quantities.accuracy.high!);
    near(quantities.bestEpoch.mean!, mean(own.map(({ bestEpoch }) => bestEpoch)));
    assert.deepEqual([quantities.bestEpoch.low, quantities.validationLoss.mean], [null, 1]);
    assert.deepEqual(quantities.accuracy.overReplicates, tInterval(shares, bootstrap.confidence));
    const { macroRocAuc } = quantities;
    assert.equal(macroRocAuc.low, null);
    near(macroRocAuc.mean!, mean(own.map((run) => MACRO_AUC.compute(answersOf(run).answers))));
    // Every prediction has a probability of ¾.
    const filled = calibration.filter(({ count }) => count > 0);
    assert.deepEqual(filled.map((bin) => [bin.count, bin.confidence]), [[3 * IMAGES, 0.75]]);
    near(filled[0].accuracy!, mean(shares));
    assert.equal(confusion.flat().reduce((a, b) => a + b), 3 * IMAGES);
    assert.equal(perClass[0].support, IMAGES / 3);
    near(perClass[1].recall, confusion[1][1] / IMAGES);
  }
  // "good" over-fits in one replicate of three, after epoch 6.
  assert.deepEqual(comparison.models[0].quantities.overfitEpoch.perReplicate, [null, null, 6]);
  assert.equal(comparison.models[0].quantities.overfitEpoch.mean, 6);
});

Deno.test("evaluate.compare: the interval of a mean draws test images, all replicates at once", async () => {
  const { comparison } = await compareRuns(runs);
  const right = runs.slice(0, 3).map(correctOf);
  const random = stream(bootstrap.seed, "bootstrap");
  const means = Array.from({ length: bootstrap.samples }, (_, draw) => {
    const own = random.sub(draw);
    const images = Array.from({ length: IMAGES }, () => own.integer(IMAGES));
    return mean(right.map((correct) => images.filter((image) => correct[image]).length / IMAGES));
  }).sort((a, b) => a - b);
  // Between the 3rd and the 4th of 100, at 2.5 %.
  const { low, high } = comparison.models[0].quantities.accuracy;
  near(low!, means[2] + (means[3] - means[2]) * 0.475);
  near(high!, means[96] + (means[97] - means[96]) * 0.525);
});

Deno.test("evaluate.compare: pairs", async () => {
  const { comparison } = await compareRuns(runs);
  const names = comparison.pairs.map(({ left, right }) => `${left} ${right}`);
  assert.deepEqual(names, ["good fair", "good poor", "fair poor"]);
  for (const pair of comparison.pairs) {
    const of = (model: string) => runs.filter((run) => run.model === model).map(correctOf);
    const [lefts, rights] = [of(pair.left), of(pair.right)];
    pair.mcnemar.forEach(({ replicate, images, onlyLeft, onlyRight, p }, i) => {
      assert.deepEqual([replicate, images], [seeds[i], IMAGES]);
      assert.equal(onlyLeft, lefts[i].filter((own, j) => own && !rights[i][j]).length);
      assert.equal(onlyRight, lefts[i].filter((own, j) => !own && rights[i][j]).length);
      assert.equal(p, mcnemar(onlyLeft, onlyRight));
    });
    const sorted = pair.mcnemar.map(({ p }) => p).sort((a, b) => a - b);
    assert.equal(pair.p, Math.min(1, 2 * sorted[1]));
    const { difference, low, high, perReplicate } = pair.differences.accuracy;
    near(difference!, mean(perReplicate as number[]));
    assert.ok(low! <= difference! && difference! <= high!);
    assert.equal(pair.detectable!.level, 0.05 / 3 / 2);
    const { overfitEpoch } = pair.differences;
    assert.equal(overfitEpoch.seeds === null, overfitEpoch.perReplicate.includes(null));
  }
  const smallest = Math.min(...comparison.pairs.map(({ p }) => p!));
  assert.equal(Math.min(...comparison.pairs.map(({ pHolm }) => pHolm!)), Math.min(1, 3 * smallest));
  assert.deepEqual(comparison.pairs.map(({ significant }) => significant), [false, true, true]);
  // Epochs 4, 5, 6 against 9, 10, 11: the signs agree in 2 of 8 cases.
  const { seeds: test, difference } = comparison.pairs[1].differences.bestEpoch;
  assert.deepEqual([difference, test], [-5, { different: 0.25, greater: 1, less: 0.125 }]);
});

Deno.test("evaluate.compare: a difference's interval pairs the images", async () => {
  const { comparison } = await compareRuns(runs);
  const [pair] = comparison.pairs;
  const { low, high } = pair.differences.accuracy;
  const width = ({ low, high }: { low: number | null; high: number | null }) => high! - low!;
  const [good, fair] = comparison.models.map(({ quantities }) => quantities.accuracy);
  assert.ok(high! - low! < Math.hypot(width(good), width(fair)));
});

Deno.test("evaluate.compare: values have exactly the names known before", async () => {
  const { comparison } = await compareRuns(runs, {
    choice: [{ json: { candidates: [{}, {}, {}] }, label: { model: "fair" } }],
  });
  const { values } = comparison;
  const models = ["good", "fair", "poor"].map((name) => ({
    name,
    replicates: seeds,
    candidates: [""],
    sections: {},
  }));
  const facts = { name: "study", study: {}, models };
  const names = valueNames(facts);
  assert.equal(new Set(names).size, names.length);
  assert.deepEqual(Object.keys(values).sort(), [...names].sort());
  assert.deepEqual(stage.values?.(stage.section.parse({}), facts), names);
  assert.ok(Object.values(values).every((value) => value === null || Number.isFinite(value)));
  assert.equal(values["good.accuracy"], comparison.models[0].quantities.accuracy.mean);
  assert.deepEqual([values["good.tries"], values["fair.tries"]], [1, 3]);
  assert.equal(values["poor-good.accuracyDifference"], 0 - values["good-poor.accuracyDifference"]!);
  assert.equal(
    values["poor-good.accuracyDifferenceLow"],
    0 - values["good-poor.accuracyDifferenceHigh"]!,
  );
  assert.equal(values["poor-good.pHolm"], values["good-poor.pHolm"]);
  assert.equal(values["evaluation.images"], IMAGES);
});

Deno.test("evaluate.compare: k of the top-k accuracy is 5, the number of classes, or as asked", async () => {
  const inputs = await inputsOf(runs[0]);
  const models = [{ name: "good", replicates: ["seed=1"] }];
  const compareWith = async (topK: object) => {
    const params = { models, bootstrap, alpha: 0.05, power: 0.8, ...topK };
    const result = await runStep(compare, params, {
      inputs: {
        predictions: [inputs.predictions],
        probabilities: [inputs.probabilities],
        metrics: [inputs.metrics],
      },
    });
    return result.json<Comparison>("comparison");
  };
  assert.equal((await compareWith({})).topK, 3);
  const one = await compareWith({ topK: 1 });
  const { topKAccuracy, accuracy } = one.models[0].quantities;
  assert.deepEqual([one.topK, topKAccuracy.low], [1, accuracy.low]);
  await assert.rejects(compareWith({ topK: 4 }), /from 1 to 3, the number of classes/);
});

Deno.test("a k above the number of classes is refused before the study runs, where that is known", () => {
  const facts = (data: unknown) => ({
    name: "study",
    study: {},
    models: [{ name: "adam", replicates: [], candidates: [""], sections: { data } }],
  });
  const ask = (topK: number | undefined, data: unknown) =>
    stage.steps(stage.section.parse(topK === undefined ? {} : { topK }), facts(data));
  const letters = { source: "letterforms", characters: "look-alikes" };
  assert.throws(() => ask(16, letters), (error) => {
    assert.ok(error instanceof z.ZodError);
    assert.deepEqual(error.issues[0].path, ["topK"]);
    assert.match(error.issues[0].message, /from 1 to 15, the number of classes, found 16/);
    return true;
  });
  assert.throws(() => ask(11, { source: "mnist" }), /from 1 to 10/);
  for (
    const use of [ask(15, letters), ask(10, { source: "mnist" }), ask(99, { source: "other" })]
  ) {
    assert.equal(use.length, 2);
  }
  const [model, compared] = ask(3, letters);
  assert.deepEqual(model.step.params.parse(model.params), {
    bootstrap: { samples: 2000, confidence: 0.95, seed: 1 },
    topK: 3,
    calibrationBins: 15,
  });
  assert.equal((compared.params as { topK: number }).topK, 3);
  for (const { params } of ask(undefined, letters)) assert.ok(!("topK" in (params as object)));
});

Deno.test("evaluate.compare: one model, one replicate, and test sets that differ", async () => {
  const [first] = runs;
  const alone = (await compareRuns([{ ...first, replicate: "" }])).comparison;
  assert.deepEqual(alone.pairs, []);
  assert.equal(alone.models[0].quantities.accuracy.standardDeviation, 0);
  assert.equal(alone.values["evaluation.detectableDifference"], null);
  const apart = (await compareRuns([
    { ...first, model: "left" },
    { ...first, model: "other", from: 60 },
  ])).comparison;
  assert.equal(apart.images, IMAGES);
  assert.equal(apart.pairs[0].mcnemar[0].images, 30);
  assert.equal(apart.pairs[0].p, apart.pairs[0].mcnemar[0].p);
  const strangers = await compareRuns([first, { ...first, model: "fair", replicate: "seed=9" }]);
  const [pair] = strangers.comparison.pairs;
  assert.deepEqual([pair.p, pair.pHolm, pair.significant, pair.detectable], [
    null,
    null,
    false,
    null,
  ]);
});

Deno.test("evaluate.compare gives the same bytes twice, and names what is missing", async () => {
  const { result } = await compareRuns(runs.slice(0, 6));
  assert.equal(
    (await compareRuns(runs.slice(0, 6))).result.digest("comparison"),
    result.digest("comparison"),
  );
  const models = [{ name: "good", replicates: ["seed=1"] }];
  await assert.rejects(
    runStep(compare, { models, bootstrap, alpha: 0.05, power: 0.8 }, {
      inputs: { predictions: [], probabilities: [], metrics: [] },
    }),
    /there is no predictions of good seed=1/,
  );
});
