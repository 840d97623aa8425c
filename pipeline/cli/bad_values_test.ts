/** What is said of hyperparameters and settings that cannot be: place, allowed range and value. */
import assert from "node:assert/strict";
import { parseStudy, planStudy, StudyError } from "../study/mod.ts";
import { draw } from "./draw.ts";
import { STAGES } from "./stages.ts";

/** The line, the column that must be pointed at (from 1), and what must be said. */
const BAD: readonly [line: string, column: number, says: string][] = [
  ["train: {patience: 0}", 19, "train.patience: expected a number in [1, 10000], found 0"],
  ["train: {patience: -1}", 19, "train.patience: expected a number in [1, 10000], found -1"],
  ["train: {patience: 1.5}", 19, "train.patience: expected a whole number, found 1.5"],
  ["train: {epochs: 0}", 17, "train.epochs: expected a number in [1, 10000], found 0"],
  ["train: {epochs: 20000}", 17, "train.epochs: expected a number in [1, 10000], found 20000"],
  ["train: {epochs: many}", 17, 'train.epochs: expected a number, found "many"'],
  ["train: {batchSize: 0}", 20, "train.batchSize: expected a number in [1, 65536], found 0"],
  ["train: {learningRate: 0}", 23, "train.learningRate: expected a number in (0, 1000], found 0"],
  [
    "train: {learningRate: -0.1}",
    23,
    "train.learningRate: expected a number in (0, 1000], found -0.1",
  ],
  ["train: {learningRate: .nan}", 23, "train.learningRate: expected a finite number, found .nan"],
  ["train: {learningRate: .inf}", 23, "train.learningRate: expected a finite number, found .inf"],
  [
    "train: {weightDecay: -0.1}",
    22,
    "train.weightDecay: expected a number in [0, 100], found -0.1",
  ],
  [
    "train: {optimizer: sgd, momentum: 1}",
    35,
    "train.momentum: expected a number in [0, 1), found 1",
  ],
  ["train: {beta1: 1}", 16, "train.beta1: expected a number in [0, 1), found 1"],
  ["train: {epsilon: 0}", 18, "train.epsilon: expected a number in [1e-30, 1], found 0"],
  ["train: {minDelta: -1}", 19, "train.minDelta: expected a number in [0, 100], found -1"],
  ["train: {seed: -1}", 15, "train.seed: expected a number at least 0, found -1"],
  ["train: {head: mlp, hidden: 0}", 28, "train.hidden: expected a number in [1, 65536], found 0"],
  ["train: {head: mlp, dropout: 1}", 29, "train.dropout: expected a number in [0, 1), found 1"],
  [
    "train: {schedule: {kind: step, every: 0}}",
    39,
    "train.schedule.every: expected an integer in [1, 10000], found 0",
  ],
  [
    "train: {learningRate: {tune: [0.1, -1]}}",
    36,
    "train.learningRate.tune[1]: expected a number in (0, 1000], found -1",
  ],
  [
    "train: {learningRate: {tune: [0.1, 1], refine: 9}}",
    48,
    "train.learningRate.refine: expected a whole number in [1, 5], found 9",
  ],
  [
    "train: {tune: {random: 0, learningRate: {log: [0.1, 1]}}}",
    24,
    "train.tune.random: expected a whole number in [1, 10000], found 0",
  ],
  [
    "train: {tune: {random: 2, learningRate: {log: [-1, 1]}}}",
    48,
    "train.tune.learningRate.log[0]: expected a number above 0, found -1",
  ],
  [
    "train: {tune: {points: [{epochs: 0}]}}",
    34,
    "train.tune.points[0].epochs: expected a number in [1, 10000], found 0",
  ],
  [
    "train: {epochs: 5, schedule: {kind: cosine, warmUp: 6}}",
    53,
    "train.schedule.warmUp: expected a number in [0, 5], the most epochs, found 6",
  ],
  [
    "train: {schedule: cosin}",
    9,
    "train.schedule.kind: expected the name of a schedule: constant, step, exponential, cosine, " +
    'oneCycle, plateau; found "cosin" (did you mean cosine?)',
  ],
  [
    "train: {head: svm}",
    9,
    "train.head.kind: expected the name of a head: softmax, mlp, cnn, transfer, forest, knn, " +
    'centroid; found "svm"',
  ],
  [
    "train: {head: cnn}",
    15,
    "train.head: head cnn needs images, and the model model embeds them by hog: write `embed: " +
    "pixels`, or take another head",
  ],
  [
    "train: {classWeights: {a: 2, dog: 3}}",
    35,
    'train.classWeights.dog: "dog" is no class: the classes are I, l, 1, i, j, J, O, 0, o, Q, C, ' +
    "G, c, e, a",
  ],
  [
    "train: {weightDecayByClass: {dog: 1}}",
    35,
    'train.weightDecayByClass.dog: "dog" is no class: the classes are I, l, 1, i, j, J, O, 0, o, ' +
    "Q, C, G, c, e, a",
  ],
  [
    "train: {optimizer: lbfgs, batchSize: 64}",
    27,
    "train.batchSize: has no effect: optimizer lbfgs takes all training images at each step (take " +
    "it away)",
  ],
  ["split: {folds: 1}", 16, "split.folds: expected an integer in [2, 1000], found 1"],
  ["split: {folds: 0}", 16, "split.folds: expected an integer in [2, 1000], found 0"],
  [
    "split: {folds: 21}",
    16,
    "split.folds: expected an integer from 2 to 20, the images of the smallest class, found 21",
  ],
  [
    "split: {folds: 16, group: true}",
    16,
    "split.folds: expected an integer from 2 to 15, the number of groups, found 16",
  ],
  [
    "split: {folds: 3, fold: 4}",
    25,
    "split.fold: expected an integer from 1 to 3, the number of folds, found 4",
  ],
  [
    "split: {folds: 3, fold: 0}",
    25,
    "split.fold: expected an integer from 1 to the number of folds, found 0",
  ],
  [
    "split: {folds: 3, validation: 1}",
    31,
    "split.validation: expected a number in (0, 1), found 1",
  ],
  [
    "split: {ratios: {train: 0.8, validation: 0.2, test: 0}}",
    53,
    "split.ratios.test: expected a number in (0, 1), found 0",
  ],
  ["split: {seed: -1}", 15, "split.seed: expected a number at least 0, found -1"],
  ["augment: {copies: -1}", 19, "augment.copies: expected a number at least 0, found -1"],
  ["evaluate: {alpha: 0.9}", 19, "evaluate.alpha: expected a number at most 0.5, found 0.9"],
  [
    "evaluate: {alpha: 1.0e-13}",
    19,
    "evaluate.alpha: expected a number at least 0.000001, found 1e-13",
  ],
  [
    "evaluate: {bootstrap: {samples: 10}}",
    33,
    "evaluate.bootstrap.samples: expected a number at least 100, found 10",
  ],
  [
    "evaluate: {topK: 16}",
    18,
    "evaluate.topK: expected an integer from 1 to 15, the number of classes, found 16",
  ],
  [
    "evaluate: {occlusion: {patch: 33}}",
    31,
    "evaluate.occlusion.patch: expected an integer from 1 to 32, the side of the images, found 33",
  ],
  ["evaluate: {curves: train}", 20, 'evaluate.curves: expected test, found "train"'],
];

const HEAD = "format: 1\ntitle: Bad\ndata: {source: letterforms, limit: 300}\n";

function told(text: string): string {
  try {
    planStudy(parseStudy(text, "study.yaml"), STAGES, { draw });
  } catch (error) {
    if (error instanceof StudyError) return error.message;
    throw error;
  }
  return "nothing: it was taken";
}

Deno.test("bad values are refused with file, line, column, allowed range and value", () => {
  for (const [line, column, says] of BAD) {
    assert.equal(told(`${HEAD}${line}\n`), `study.yaml:4:${column}: ${says}`);
  }
});

Deno.test("a model's own bad value is told at its own line", () => {
  assert.equal(
    told(`${HEAD}train: {patience: 5}\nmodels:\n  a: {train: {patience: 0}}\n`),
    "study.yaml:6:25: models.a.train.patience: expected a number in [1, 10000], found 0",
  );
});
