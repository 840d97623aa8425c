import assert from "node:assert/strict";
import type { Choice } from "../../data/artifacts/choice.ts";
import type { TrainingSummary } from "../../data/artifacts/summary.ts";
import { runStep } from "../../testing/run_step.ts";
import { chooseCandidate, type Try } from "./choose_candidate.ts";
import pick from "./pick.ts";
import select from "./select.ts";

function tried(candidate: string, loss: number | null, diverged = false): Try {
  const best = loss === null
    ? null
    : { validationLoss: loss, validationAccuracy: 1 - loss / 10, trainLoss: 0, trainAccuracy: 1 };
  const summary = { best, stopped: diverged ? "diverged" : "patience" } as TrainingSummary;
  return { candidate, summary };
}

Deno.test("chooseCandidate() takes the best mean over replicates", () => {
  const choice = chooseCandidate([
    tried("learningRate=0.1", 1),
    tried("learningRate=0.01", 3),
    tried("learningRate=0.001", 4),
    tried("learningRate=0.1", 7),
    tried("learningRate=0.01", 3),
    tried("learningRate=0.001", 3),
  ], "validationLoss");
  assert.equal(choice.chosen, "learningRate=0.01");
  assert.deepEqual(choice.atEdge, []);
  assert.deepEqual(choice.candidates[0], {
    candidate: "learningRate=0.1",
    values: { learningRate: 0.1 },
    round: 0,
    mean: 4,
    standardDeviation: Math.sqrt(18),
    perReplicate: [1, 7],
    diverged: 0,
  });
});

Deno.test("chooseCandidate() takes the first of equals, on loss and on accuracy", () => {
  const tries = [tried("a=1 b=x", 2), tried("a=2 b=y", 1), tried("a=3 b=z", 1)];
  for (const criterion of ["validationLoss", "validationAccuracy"] as const) {
    assert.equal(chooseCandidate(tries, criterion).chosen, "a=2 b=y");
  }
});

Deno.test("chooseCandidate() names numbers at the edge of their grid, not names", () => {
  const tries = [tried("rate=0.5 head=x", 1), tried("rate=2 head=x", 2), tried("rate=1 head=y", 3)];
  assert.deepEqual(chooseCandidate(tries, "validationLoss").atEdge, ["rate"]);
  assert.deepEqual(chooseCandidate([tried("", 1)], "validationLoss").atEdge, []);
});

Deno.test("chooseCandidate() prefers what did not diverge, then what has a value", () => {
  const wild = tried("a=1", 1, true);
  const lost = tried("a=2", null, true);
  const tame = tried("a=3", 9);
  assert.equal(chooseCandidate([lost, wild, tame], "validationLoss").chosen, "a=3");
  assert.equal(chooseCandidate([lost, wild], "validationLoss").chosen, "a=1");
  const none = chooseCandidate([lost], "validationLoss");
  assert.deepEqual([none.chosen, none.candidates[0].mean], ["a=2", null]);
  assert.throws(() => chooseCandidate([], "validationLoss"), /there is none/);
});

Deno.test("train.select reads labels, train.pick passes bytes on unchanged", async () => {
  const label = (replicate: string, candidate: string) => ({ model: "", replicate, candidate });
  const tries = [["a=1", 2], ["a=2", 1]] as const;
  const selected = await runStep(select, { monitor: "validationLoss" }, {
    inputs: {
      summary: tries.map(([candidate, loss]) => ({
        json: tried(candidate, loss).summary,
        label: label("seed=1", candidate),
      })),
    },
  });
  assert.equal(selected.json<Choice>("choice").chosen, "a=2");
  const inputs = (port: string) =>
    tries.map(([candidate]) => ({ data: `${port} of ${candidate}`, label: label("", candidate) }));
  const ports = {
    weights: inputs("weights"),
    history: inputs("history"),
    summary: inputs("summary"),
  };
  const picked = await runStep(pick, {}, {
    inputs: { choice: selected.bytes("choice"), ...ports },
  });
  assert.equal(picked.text("weights"), "weights of a=2");
  assert.equal(picked.text("summary"), "summary of a=2");
  await assert.rejects(
    runStep(pick, {}, { inputs: { choice: { json: { chosen: "a=3" } }, ...ports } }),
    /exactly one: current candidates are "a=1", "a=2"/,
  );
});
