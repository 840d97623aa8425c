/**
 * A made-up study for tests: artifacts as `report.note` gets them, all drawn from one seed.
 *
 * @module
 */
import type { Choice } from "../../../data/artifacts/choice.ts";
import type { JudgedClaim, JudgedClaims } from "../../../data/artifacts/claims.ts";
import type { Comparison, PairComparison, Quantity } from "../../../data/artifacts/comparison.ts";
import type { Metrics, PrecisionRecallF1 } from "../../../data/artifacts/metrics.ts";
import type { TrainingSummary } from "../../../data/artifacts/summary.ts";
import { INTERVAL_METRICS, QUANTITIES, TEST_METRICS } from "../../../data/artifacts/value_names.ts";
import type { DatasetCard } from "../../../data/dataset_card.ts";
import { encodeSafetensors } from "../../../data/formats/safetensors.ts";
import type { PointLabel } from "../../../pipeline/stage.ts";
import type { TestInput } from "../../../testing/run_step.ts";
import type { NoteParams } from "../params.ts";

/** Options of {@linkcode syntheticStudy}. */
export interface SyntheticOptions {
  /** Names of the classes; their titles are the same. */
  classes?: readonly string[];
  models?: readonly string[];
  /** Titles of the models. */
  titles?: readonly string[];
  replicates?: number;
  languages?: NoteParams["languages"];
  redistributable?: boolean;
  texts?: NoteParams["texts"];
  perClass?: number;
}

/** Params and inputs of `report.note`. */
export interface SyntheticStudy {
  params: NoteParams;
  inputs: Record<string, TestInput | readonly TestInput[]>;
}

/** Fifteen look-alike letters. */
export const LETTERS: readonly string[] = [..."Il1ijJO0oQCGcea"];

/** A linear congruential generator is enough for made-up numbers. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Makes a study whose models answer a little better one after the other. */
export function syntheticStudy(options: SyntheticOptions = {}): SyntheticStudy {
  const {
    classes = LETTERS,
    models = ["adam", "adamw", "lion"],
    titles = models.map((name) => TITLES.get(name) ?? name),
    replicates = 5,
    languages = ["fr", "en"],
    redistributable = true,
    texts = {},
    perClass = 40,
  } = options;
  const random = generator(1);
  const n = classes.length * perClass;
  const side = 16;
  const samples = Array.from({ length: n }, (_, i) => {
    const label = classes[i % classes.length];
    const part = Math.floor(i / classes.length) % 10;
    return {
      id: `image-${i}`,
      label: i % classes.length,
      name: label,
      partition: part < 8 ? "train" : part === 8 ? "validation" : "test",
    };
  });
  const pixels = Uint8Array.from({ length: n * side * side }, (_, at) => {
    const i = Math.floor(at / side / side);
    const [y, x] = [Math.floor(at / side) % side, at % side];
    const own = samples[i].label;
    return Math.abs(x - 3 - own % 10) + Math.abs(y - 3 - (own * 7) % 10) < 4 ? 255 - x * 4 : 0;
  });
  const labels = Array.from({ length: replicates }, (_, i) => `seed=${i + 1}`);
  const point = (model: string, replicate: string): PointLabel => ({
    model,
    replicate,
    candidate: "",
  });
  const test = samples.filter(({ partition }) => partition === "test");
  const trained = models.map((model, m) =>
    labels.map((label, r) => {
      const predicted = test.map((sample) =>
        random() < 0.8 + 0.03 * m
          ? sample.label
          : (sample.label + (random() < 0.7 ? 1 : Math.floor(random() * classes.length))) %
            classes.length
      );
      return {
        label: point(model, label),
        predicted,
        metrics: metrics(test.map((s) => s.label), predicted, classes, m, r, random),
      };
    })
  );
  const comparison = compare(
    models,
    labels,
    trained.map((own) => own.map((t) => t.metrics)),
    classes,
  );
  const partitions = ["train", "validation", "test"] as const;
  const count = (own: readonly { partition: string }[]) => ({
    train: own.filter(({ partition }) => partition === "train").length,
    validation: own.filter(({ partition }) => partition === "validation").length,
    test: own.filter(({ partition }) => partition === "test").length,
  });
  const all = trained.flat();
  return {
    params: {
      study: "synthetic",
      title: {
        en: "Three optimisers on look-alike letters",
        fr: "Trois optimiseurs sur des lettres qui se ressemblent",
      },
      languages,
      texts,
      models: models.map((name, i) => ({
        name,
        title: Object.fromEntries(languages.map((l) => [l, titles[i]])),
        replicates: labels,
      })),
      sections: {
        data: { source: "letterforms" },
        split: { ratios: { train: 0.8, validation: 0.1, test: 0.1 }, group: false, seed: 1 },
        train: { head: "softmax", epochs: 100, patience: 10, seed: [1, 2, 3, 4, 5] },
        models: Object.fromEntries(models.map((name) => [name, { train: { optimizer: name } }])),
      },
      profile: "exact",
      samplesPerClass: 8,
    },
    inputs: {
      dataset: { json: card(n, classes.length, side, redistributable) },
      classes: { json: { names: classes, titles: classes } },
      images: [{
        data: encodeSafetensors({ pixels: { dtype: "U8", shape: [n, side, side], data: pixels } }),
      }],
      samples: [
        csv(
          ["id", "label", "group", "origin"],
          samples.map(({ id, name }) => [id, name, "", id]),
        ),
      ],
      partition: [csv(["id", "partition"], samples.map(({ id, partition }) => [id, partition]))],
      splitReport: [{
        json: {
          method: "ratios",
          grouped: false,
          seed: 1,
          shares: { train: 0.8, validation: 0.1, test: 0.1 },
          images: n,
          partitions: count(samples),
          classes: classes.map((label, i) => ({
            label,
            images: perClass,
            ...count(samples.filter((sample) => sample.label === i)),
          })),
          largestDeviation: 0.4,
          duplicates: { within: 0, across: 0, sets: [] },
          groups: { total: 0, shared: 0 },
        },
      }],
      embedReport: [{
        json: {
          method: "hog",
          dimension: 1296,
          images: n,
          deadFeatures: 0,
          meanNorm: 1,
          params: {},
        },
      }],
      history: all.map(({ label }, i) => ({ label, data: history(40 - 5 * (i % 3), random) })),
      choice: models.map((model, m) => ({ label: point(model, ""), json: choice(m, random) })),
      predictions: all.map(({ label, predicted }) => ({
        label,
        data: csv(
          ["id", "label", "predicted", "probability_predicted", "probability_label"],
          test.map(({ id, name }, i) => [id, name, classes[predicted[i]], "0.8", "0.7"]),
        ),
      })),
      metrics: all.map(({ label, metrics }) => ({ label, json: metrics })),
      comparison: { json: comparison },
      claims: { json: claims(comparison, models) },
    },
  };

  function card(images: number, of: number, size: number, free: boolean): DatasetCard {
    return {
      name: "synthetic",
      title: { en: "Made-up letters", fr: "Lettres inventées" },
      description: {
        en: `Images of ${of} classes in ${partitions.length} partitions, drawn for tests.`,
        fr:
          `Images de ${of} classes en ${partitions.length} partitions, dessinées pour des tests ; l'une vaut l'autre.`,
      },
      licence: "CC0-1.0",
      citation: "",
      url: "https://example.org/letters?a=1&b=2",
      redistributable: free,
      pretrainedOn: [],
      images,
      classes: of,
      height: size,
      width: size,
      channels: 1,
      groups: 15,
      files: [{ name: "letters.bin", sha256: "0".repeat(64), size: 123456 }],
    };
  }
}

const TITLES = new Map([["adam", "Adam"], ["adamw", "AdamW"], ["lion", "Lion"]]);

/** RFC 4180 with every cell quoted: names of classes are anything. */
function csv(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, ...rows].map((row) =>
    row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",") + "\n"
  ).join("");
}

function history(epochs: number, random: () => number): string {
  const rows = Array.from({ length: epochs }, (_, i) => {
    const train = 0.2 + 2 / (i + 1.5) + random() * 0.02;
    const validation = 0.5 + 1.8 / (i + 1.5) + Math.max(0, i - 25) * 0.006 + random() * 0.04;
    return [
      String(i + 1),
      "0.001",
      String(train),
      String(1 - train / 3),
      String(validation),
      String(1 - validation / 3),
    ];
  });
  const columns =
    "epoch,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy";
  return csv(columns.split(","), rows);
}

function metrics(
  truth: readonly number[],
  predicted: readonly number[],
  classes: readonly string[],
  model: number,
  replicate: number,
  random: () => number,
): Metrics {
  const k = classes.length;
  const confusion = Array.from({ length: k }, () => new Array<number>(k).fill(0));
  truth.forEach((label, i) => confusion[label][predicted[i]]++);
  const correct = truth.filter((label, i) => label === predicted[i]).length;
  const perClass = classes.map((name, c) => {
    const support = confusion[c].reduce((a, b) => a + b, 0);
    const given = confusion.reduce((sum, row) => sum + row[c], 0);
    const precision = given === 0 ? 0 : confusion[c][c] / given;
    const recall = support === 0 ? 0 : confusion[c][c] / support;
    const f1 = precision + recall === 0 ? 0 : 2 * precision * recall / (precision + recall);
    const counts = {
      truePositives: confusion[c][c],
      falsePositives: given - confusion[c][c],
      falseNegatives: support - confusion[c][c],
      trueNegatives: truth.length - support - given + confusion[c][c],
    };
    const ranking = { rocAuc: 0.9 + recall / 10, averagePrecision: 0.8 + recall / 10 };
    // The fourth class and every fourth from there answers best under the fourth model.
    const logLoss = 0.2 + 0.1 * (model - c % 4) ** 2 + 0.01 * replicate;
    const own = { precision, recall, f1, ...ranking, logLoss };
    return { class: c, name, support, predicted: given, ...own, counts };
  });
  const macro = average(perClass, () => 1);
  const accuracy = correct / truth.length;
  const bestEpoch = 26 - 5 * model + replicate;
  const scores = {
    ...Object.fromEntries(TEST_METRICS.map((name, i) => [name, 0.5 + i / 50 + accuracy / 10])),
    accuracy,
    macroF1: macro.f1,
    logLoss: 0.6 - 0.05 * model + random() * 0.05,
  };
  return {
    images: truth.length,
    correct,
    topK: Math.min(5, k),
    scores,
    undefinedWhere: {},
    intervals: Object.fromEntries(
      Object.entries(scores).filter(([name]) => INTERVAL_METRICS.includes(name))
        .map(([name, value]) => [name, { low: value - 0.05, high: value + 0.05 }]),
    ),
    bootstrap: { samples: 2000, confidence: 0.95, seed: 1 },
    perClass,
    averages: { macro, weighted: average(perClass, ({ support }) => support) },
    minimum: extremes(perClass, Math.min),
    maximum: extremes(perClass, Math.max),
    confusion,
    normalizedConfusion: confusion.map((row, c) =>
      row.map((count) => count / Math.max(1, perClass[c].support))
    ),
    mostConfused: [],
    calibration: Array.from({ length: 15 }, (_, i) => ({
      low: i / 15,
      high: (i + 1) / 15,
      count: i < 3 ? 0 : i,
      confidence: i < 3 ? null : (i + 0.5) / 15,
      accuracy: i < 3 ? null : (i + 0.5) / 15 - 0.02 * model,
    })),
    training: {
      head: "softmax",
      headOptions: {},
      windows: null,
      optimizer: ["adam", "adamw", "lion"][model % 3],
      hyperparameters: { learningRate: 0.001, weightDecay: 0.01, beta1: 0.9, beta2: 0.999 },
      learningRate: 0.001,
      weightDecay: 0.01,
      keep: model % 3 === 1 ? "last" : "best",
      regularization: {
        l1: [0, 0.001, 0.002][model % 3],
        l1Form: model % 3 === 1 ? "proximal" : "subgradient",
        penalizeBiases: model % 3 !== 2,
        weightDecayByClass: model % 3 === 1 ? { [classes[0]]: 0.1 } : {},
        clipNorm: model % 3 === 1 ? 5 : null,
        clipValue: model % 3 === 2 ? 0.25 : null,
        labelSmoothing: model % 3 === 1 ? 0.1 : 0,
        classWeights: (["none", "balanced", { [classes[0]]: 3 }] as const)[model % 3],
        mixUp: model % 3 === 2 ? 0.2 : 0,
      },
      schedule: [
        { name: "constant", values: {}, warmUp: 0 },
        { name: "step", values: { every: 30, factor: 0.1 }, warmUp: 2 },
        {
          name: "oneCycle",
          values: { rising: 0.3, initialShare: 0.04, finalShare: 4e-6 },
          warmUp: 0,
        },
      ][model % 3],
      batchSize: 32,
      seed: replicate + 1,
      initialization: "zeros",
      monitor: "validationLoss",
      patience: 10,
      maximumEpochs: 100,
      epochs: bestEpoch + 10,
      bestEpoch,
      overfitEpoch: model === 2 && replicate === 0 ? null : bestEpoch,
      stopped: "patience",
      diverged: null,
      best: null,
      validationLosses: {},
      steps: 75 * (bestEpoch + 10),
      samples: 2400 * (bestEpoch + 10),
      multiplyAdds: 2e7 * (bestEpoch + 10),
      stepsToBest: 75 * bestEpoch,
      samplesToBest: 2400 * bestEpoch,
      multiplyAddsToBest: 46656000 * bestEpoch,
      parameters: 19455,
    },
  };
}

function average<T extends PrecisionRecallF1>(
  rows: readonly T[],
  weight: (row: T) => number,
): PrecisionRecallF1 {
  const total = rows.reduce((sum, row) => sum + weight(row), 0);
  const of = (key: keyof PrecisionRecallF1) =>
    rows.reduce((sum, row) => sum + row[key] * weight(row), 0) / total;
  return { precision: of("precision"), recall: of("recall"), f1: of("f1") };
}

function extremes(rows: Metrics["perClass"], best: (...values: number[]) => number) {
  const of = (key: keyof PrecisionRecallF1) => {
    const value = best(...rows.map((row) => row[key]));
    return { value, class: rows.findIndex((row) => row[key] === value) };
  };
  return { precision: of("precision"), recall: of("recall"), f1: of("f1") };
}

function compare(
  models: readonly string[],
  replicates: readonly string[],
  all: readonly (readonly Metrics[])[],
  classes: readonly string[],
): Comparison {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const quantity = (values: readonly (number | null)[], test: boolean): Quantity => {
    const known = values.filter((value) => value !== null);
    if (known.length === 0) {
      return {
        mean: null,
        standardDeviation: null,
        perReplicate: [...values],
        low: null,
        high: null,
        overReplicates: null,
      };
    }
    const m = mean(known);
    const square = known.reduce((sum, value) => sum + (value - m) ** 2, 0);
    return {
      mean: m,
      standardDeviation: Math.sqrt(square / Math.max(1, known.length - 1)),
      perReplicate: [...values],
      low: test ? m - 0.04 : null,
      high: test ? m + 0.04 : null,
      overReplicates: known.length < 2 ? null : { low: m - 0.02, high: m + 0.02 },
    };
  };
  const compared = models.map((name, i): Comparison["models"][number] => {
    const own = all[i];
    const perClass = classes.map((title, c) => ({
      class: c,
      name: title,
      support: own[0].perClass[c].support,
      precision: mean(own.map((m) => m.perClass[c].precision)),
      recall: mean(own.map((m) => m.perClass[c].recall)),
      f1: mean(own.map((m) => m.perClass[c].f1)),
      standardDeviation: { precision: 0.01, recall: 0.01, f1: 0.01 },
    }));
    const figures = QUANTITIES.flatMap((key): [string, Quantity][] => {
      if (key in own[0].scores) {
        const values = own.map((m) => m.scores[key]);
        return [[key, quantity(values, INTERVAL_METRICS.includes(key))]];
      }
      if (!(key in own[0].training!)) return [];
      const values = own.map((m) =>
        (m.training as TrainingSummary)[key as "epochs" | "overfitEpoch"]
      );
      return [[key, quantity(values, false)]];
    });
    return {
      name,
      replicates: [...replicates],
      tries: 6,
      head: "softmax",
      optimizer: (own[0].training as TrainingSummary).optimizer,
      quantities: Object.fromEntries(figures),
      pooled: null,
      perClass,
      averages: {
        macro: average(perClass, () => 1),
        weighted: average(perClass, (c) => c.support),
      },
      minimum: own[0].minimum,
      maximum: own[0].maximum,
      confusion: classes.map((_, r) =>
        classes.map((_, c) => own.reduce((sum, m) => sum + m.confusion[r][c], 0))
      ),
      calibration: own[0].calibration,
      stopped: { patience: own.length, maximum: 0, converged: 0, diverged: 0 },
    };
  });
  const accuracy = compared.map((model) => model.quantities.accuracy.mean!);
  const best = accuracy.indexOf(Math.max(...accuracy));
  return {
    models: compared,
    pairs: compared.flatMap((left, i) =>
      compared.slice(i + 1).map((right): PairComparison => {
        const difference = left.quantities.accuracy.mean! - right.quantities.accuracy.mean!;
        return {
          left: left.name,
          right: right.name,
          differences: {
            accuracy: {
              difference,
              low: difference - 0.03,
              high: difference + 0.03,
              perReplicate: replicates.map(() => difference),
              seeds: { different: 0.0625, greater: 0.97, less: 0.03125 },
            },
          },
          mcnemar: [],
          p: 0.0004 + i * 0.03,
          pHolm: 0.0012 + i * 0.05,
          significant: i === 0,
          discordance: 0.18,
          detectable: { level: 0.008, least: 0.02, atDiscordance: 0.04, atPower: 0.047 },
        };
      })
    ),
    images: all[0][0].images,
    classes: [...classes],
    alpha: 0.05,
    power: 0.8,
    bootstrap: { samples: 2000, confidence: 0.95, seed: 1 },
    topK: all[0][0].topK,
    best: models[best],
    values: Object.fromEntries(
      compared.flatMap(({ name, quantities }) =>
        Object.entries(quantities).map(([key, value]) => [`${name}.${key}`, value.mean])
      ),
    ),
  };
}

function choice(model: number, random: () => number): Choice {
  const rates = model === 2 ? [0.0001, 0.0003, 0.001] : [0.001, 0.003, 0.01];
  const candidates = rates.flatMap((learningRate, i) =>
    [0, 0.01].map((weightDecay) => {
      const mean = 0.6 + Math.abs(i - 1) * 0.08 + random() * 0.03;
      return {
        candidate: `learningRate=${learningRate} weightDecay=${weightDecay}`,
        values: { learningRate, weightDecay },
        round: 0,
        mean,
        standardDeviation: 0.015,
        perReplicate: [mean],
        diverged: 0,
      };
    })
  );
  const chosen = candidates.reduce((a, b) => b.mean < a.mean ? b : a);
  return {
    criterion: "validationLoss",
    candidates,
    chosen: chosen.candidate,
    atEdge: ["weightDecay"],
  };
}

function claims({ models }: Comparison, names: readonly string[]): JudgedClaims {
  const value = (i: number, key: string) => ({
    name: `${names[i]}.${key}`,
    value: models[i].quantities[key].mean,
  });
  const last = names.length - 1;
  const list: JudgedClaim[] = [
    {
      id: "as-accurate",
      text: {
        en: "The last model is at least as accurate as the first.",
        fr: "Le dernier modèle est au moins aussi exact que le premier.",
      },
      verdict: "holds",
      comparisons: [{
        left: value(last, "accuracy"),
        relation: "atLeast",
        right: value(0, "accuracy"),
        margin: 0.005,
        test: "none",
        alpha: 0.05,
        difference: 0.03,
        p: null,
        low: null,
        high: null,
        verdict: "holds",
        reason: "values",
      }],
    },
    {
      id: "different",
      text: { en: "The models differ.", fr: "Les modèles diffèrent." },
      verdict: "not-significant",
      comparisons: [
        {
          left: value(last, "accuracy"),
          relation: "different",
          right: value(0, "accuracy"),
          margin: 0,
          test: "mcnemar",
          alpha: 0.05,
          difference: 0.03,
          p: 0.0004,
          low: null,
          high: null,
          verdict: "holds",
          reason: "significant",
        },
        {
          left: value(last, "bestEpoch"),
          relation: "less",
          right: { name: null, value: 12 },
          margin: 0,
          test: "seeds",
          alpha: 0.05,
          difference: -3,
          p: 0.0625,
          low: null,
          high: null,
          verdict: "not-significant",
          reason: "test",
        },
      ],
    },
  ];
  return { held: 1, claims: list };
}
