import assert from "node:assert/strict";
import type { Choice, ChoiceCandidate } from "../../../data/artifacts/choice.ts";
import { gatherTuning } from "./tuning.ts";

function candidate(name: string, rate: number, mean: number | null, round = 0): ChoiceCandidate {
  return {
    candidate: name,
    values: { rate },
    round,
    mean,
    standardDeviation: mean === null ? null : 0,
    perReplicate: [mean],
    diverged: mean === null ? 1 : 0,
  };
}

const choice = (candidates: ChoiceCandidate[], chosen: string, atEdge: string[] = []): Choice => ({
  criterion: "validationLoss",
  candidates,
  chosen,
  atEdge,
});

Deno.test("gatherTuning() tells one choice as it is", () => {
  const tuning = gatherTuning([
    choice([candidate("a", 1, 0.5), candidate("b", 2, 0.25)], "b", ["rate"]),
  ], []);
  assert.deepEqual(tuning.tries.map(({ mean, kept }) => [mean, kept]), [[0.5, 0], [0.25, 1]]);
  assert.deepEqual(tuning.choices, [{ values: { rate: 2 }, score: 0.25 }]);
  assert.deepEqual([tuning.budget, tuning.atEdge], [2, ["rate"]]);
});

Deno.test("gatherTuning() tells shared tries of folds together, refined ones each by itself", () => {
  const fold = (a: number | null, b: number, refined: number, chosen: string) =>
    choice([
      candidate("a", 1, a),
      candidate("b", 2, b),
      candidate("rate=refined1.1", refined, 0.25, 1),
    ], chosen);
  const tuning = gatherTuning([
    fold(0.5, 0.75, 1.25, "rate=refined1.1"),
    fold(1.5, 0.25, 1.75, "b"),
  ], []);
  assert.deepEqual(
    tuning.tries.map(({ values, round, mean, kept }) => [values.rate, round, mean, kept]),
    [[1, 0, 1, 0], [2, 0, 0.5, 1], [1.25, 1, 0.25, 1], [1.75, 1, 0.25, 0]],
  );
  assert.equal(tuning.tries[0].deviation, Math.SQRT1_2);
  assert.deepEqual(tuning.choices.map(({ values }) => values.rate), [1.25, 2]);
  assert.equal(tuning.budget, 3);

  const lost = gatherTuning([fold(null, 1, 1, "b"), fold(1, 1, 1, "b")], []);
  assert.deepEqual([lost.tries[0].mean, lost.tries[0].diverged], [null, 1]);
});

Deno.test("gatherTuning() tells the decays by class, and the training with them", () => {
  const decayByClass = {
    single: 1,
    tried: [1, 2],
    classes: [{ class: "a", weightDecay: 2, losses: [0.5, 0.25] }],
  };
  const best = { validationLoss: 0.5, validationAccuracy: 1, trainLoss: 0, trainAccuracy: 1 };
  const training = (loss: number) =>
    ({ best: { ...best, validationLoss: loss }, validationLosses: { a: loss } }) as never;
  const own = { ...choice([candidate("a", 1, 0.5)], "a"), decayByClass };
  const { byClass } = gatherTuning([own], [training(0.25), training(0.75)]);
  assert.deepEqual(byClass, {
    choices: [decayByClass],
    score: 0.5,
    losses: [{ a: 0.25 }, { a: 0.75 }],
  });
  const lost = gatherTuning([own], [{ best: null, validationLosses: {} } as never]);
  assert.ok(Number.isNaN(lost.byClass!.score));
});
