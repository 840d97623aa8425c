import assert from "node:assert/strict";
import type { ClassDecays } from "../../data/artifacts/class_decays.ts";
import type { ClassLosses, TrainingSummary } from "../../data/artifacts/summary.ts";
import { runStep } from "../../testing/run_step.ts";
import { syntheticEmbeddings } from "../../testing/synthetic_embeddings.ts";
import { chooseCandidate, type Try } from "./choose_candidate.ts";
import { chooseDecays } from "./choose_decays.ts";
import { describeTraining } from "./describe_training.ts";
import fit, { FitParams } from "./fit.ts";
import fitByClass from "./fit_by_class.ts";
import { trainSection } from "./section.ts";
import select from "./select.ts";
import setByClass from "./set_by_class.ts";

/** A training with these losses by class; the monitored one is their mean. */
function tried(candidate: string, validationLosses: ClassLosses, diverged = false): Try {
  const known = Object.values(validationLosses).filter((loss) => loss !== null);
  const validationLoss = known.reduce((sum, loss) => sum + loss, 0) / known.length;
  const best = { validationLoss, validationAccuracy: 0.5, trainLoss: 0, trainAccuracy: 1 };
  const stopped = diverged ? "diverged" : "patience";
  return {
    candidate,
    summary: {
      best: known.length > 0 ? best : null,
      stopped,
      validationLosses,
    } as unknown as TrainingSummary,
  };
}

function choose(tries: readonly Try[]): ClassDecays {
  return chooseDecays(chooseCandidate(tries, "validationLoss"), tries, "weightDecay");
}

const decays = ({ classes }: ClassDecays) =>
  Object.fromEntries(classes.map((own) => [own.class, own.weightDecay]));

Deno.test("chooseDecays() takes for each class the decay with its least mean loss over replicates", () => {
  const chosen = choose([
    tried("weightDecay=0.1", { a: 1, b: 8 }),
    tried("weightDecay=0.01", { a: 2, b: 1 }),
    tried("weightDecay=1", { a: 6, b: 6 }),
    // The second replicate.
    tried("weightDecay=0.1", { a: 3, b: 2 }),
    tried("weightDecay=0.01", { a: 3, b: 1 }),
    tried("weightDecay=1", { a: 6, b: 6 }),
  ]);
  assert.deepEqual(chosen, {
    single: 0.01,
    tried: [0.01, 0.1, 1],
    classes: [
      { class: "a", weightDecay: 0.1, losses: [2.5, 2, 6] },
      { class: "b", weightDecay: 0.01, losses: [1, 5, 6] },
    ],
  });
});

Deno.test("chooseDecays() takes the greater of decays with equal losses", () => {
  const tries = [0.1, 1, 0.01].map((own) => tried(`weightDecay=${own}`, { a: 1, b: own }));
  for (const order of [tries, tries.toReversed()]) {
    assert.deepEqual(decays(choose(order)), { a: 1, b: 0.01 });
  }
});

Deno.test("chooseDecays() compares beside the other values that are chosen, and no others", () => {
  const chosen = choose([
    tried("learningRate=1 weightDecay=0", { a: 2, b: 4 }),
    tried("learningRate=1 weightDecay=0.5", { a: 4, b: 1 }),
    // Better for class a, but not with the chosen learning rate.
    tried("learningRate=2 weightDecay=0", { a: 9, b: 9 }),
    tried("learningRate=2 weightDecay=0.25", { a: 0, b: 9 }),
  ]);
  assert.deepEqual(chosen.tried, [0, 0.5]);
  assert.deepEqual(decays(chosen), { a: 0, b: 0.5 });
});

Deno.test("chooseDecays() passes over tries that diverged", () => {
  const wild = tried("weightDecay=0", { a: 0 }, true);
  const lost = tried("weightDecay=2", {}, true);
  const chosen = choose([wild, lost, tried("weightDecay=1", { a: 3 })]);
  assert.deepEqual([chosen.tried, decays(chosen)], [[1], { a: 1 }]);
  // Where every one did, the chosen one is all there is.
  const none = choose([lost]);
  assert.deepEqual(none, { single: 2, tried: [2], classes: [] });
});

Deno.test("chooseDecays() leaves a class without images at the single decay", () => {
  const chosen = choose([
    tried("weightDecay=1", { a: 1, b: null, c: 0.5 }),
    tried("weightDecay=2", { a: 2, b: null, c: 2 }),
    tried("weightDecay=1", { a: 1, b: null, c: null }),
    tried("weightDecay=2", { a: 0.5, b: null, c: null }),
  ]);
  assert.deepEqual(chosen.classes, [
    { class: "a", weightDecay: 1, losses: [1, 1.25] },
    { class: "b", weightDecay: 1, losses: [null, null] },
    { class: "c", weightDecay: 1, losses: [null, null] },
  ]);
});

Deno.test("chooseDecays() takes refined values, and no names", () => {
  const refined = {
    ...tried("weightDecay=refined1.1", { a: 1 }),
    proposal: { round: 1, values: { weightDecay: 0.03 } },
  };
  const chosen = choose([
    tried("weightDecay=0.1", { a: 2 }),
    tried("weightDecay=0.01", { a: 3 }),
    refined,
  ]);
  assert.deepEqual([chosen.tried, decays(chosen)], [[0.01, 0.03, 0.1], { a: 0.03 }]);
  assert.throws(
    () => choose([tried("weightDecay=none", { a: 1 })]),
    /"weightDecay=none" must have a number: current value is none/,
  );
});

const SECTION = {
  optimizer: "adamw",
  epochs: 15,
  patience: 3,
  learningRate: 0.05,
  schedule: { kind: "step", every: 5 },
};
const GRID = [0.001, 0.5];

Deno.test("the training by class has the chosen values, and each class's decay", async () => {
  const { testIds: _, ...inputs } = await syntheticEmbeddings();
  const tries = await Promise.all(GRID.map(async (weightDecay) => {
    const params = FitParams.parse(
      describeTraining(trainSection.parse({ ...SECTION, weightDecay })),
    );
    const result = await runStep(fit, params, { inputs });
    const label = { candidate: `weightDecay=${weightDecay}` };
    return { data: result.bytes("summary"), label, summary: result.json("summary") };
  }));
  const selecting = { monitor: "validationLoss", decayByClass: "weightDecay" } as const;
  const choice = await runStep(select, selecting, { inputs: { summary: tries } });
  const { chosen, decayByClass } = choice.json("choice");
  const { data: summary, summary: told } = tries.find(({ label }) => label.candidate === chosen)!;
  const set = await runStep(setByClass, {}, {
    inputs: { choice: choice.bytes("choice"), summary },
  });
  assert.deepEqual(set.json("settings"), {
    ...told.settings,
    regularization: { ...told.settings.regularization, weightDecayByClass: decays(decayByClass) },
  });
  // What is trained is what a study with the same decays written by hand trains.
  const settings = set.bytes("settings");
  const trained = await runStep(fitByClass, {}, { inputs: { ...inputs, settings } });
  const byHand = await runStep(fit, set.json("settings"), { inputs });
  for (const port of ["weights", "history", "summary"]) {
    assert.equal(trained.digest(port), byHand.digest(port), port);
  }

  // Other losses that choose the same ask for the very same training.
  const other = {
    ...choice.json("choice"),
    decayByClass: {
      ...decayByClass,
      tried: [],
      classes: decayByClass.classes.map((own: object) => ({ ...own, losses: [] })),
    },
  };
  const again = await runStep(setByClass, {}, { inputs: { choice: { json: other }, summary } });
  assert.equal(again.digest("settings"), set.digest("settings"));
});

Deno.test("train.setByClass needs a choice by class", async () => {
  const choice = { json: { criterion: "validationLoss", candidates: [], chosen: "", atEdge: [] } };
  await assert.rejects(
    runStep(setByClass, {}, { inputs: { choice, summary: { json: {} } } }),
    /as the choice has none by class/,
  );
});
