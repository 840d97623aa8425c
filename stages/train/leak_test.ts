/** No path leads from the test partition to a choice: what is chosen is held to the byte. */
import assert from "node:assert/strict";
import type { Choice } from "../../data/artifacts/choice.ts";
import { runStep, type StepResult } from "../../testing/run_step.ts";
import { syntheticEmbeddings, type SyntheticOptions } from "../../testing/synthetic_embeddings.ts";
import { describeTraining } from "./describe_training.ts";
import fit, { FitParams } from "./fit.ts";
import fitByClass from "./fit_by_class.ts";
import fitRefined from "./fit_refined.ts";
import pick from "./pick.ts";
import refine from "./refine.ts";
import { trainSection } from "./section.ts";
import select from "./select.ts";
import setByClass from "./set_by_class.ts";
import trace from "./trace.ts";

const GRID = [0.01, 0.1];
const section = trainSection.parse({ epochs: 12, patience: 3 });
const monitor = { monitor: "validationLoss" } as const;

/** A search of one grid and one refinement, from the data to the weights that are kept. */
async function search(data: SyntheticOptions): Promise<Map<string, StepResult>> {
  const { testIds: _, ...inputs } = await syntheticEmbeddings(data);
  const results = new Map<string, StepResult>();
  const keep = async (name: string, result: Promise<StepResult>) => {
    results.set(name, await result);
    return results.get(name)!;
  };
  const tries: { candidate: string; result: StepResult }[] = [];
  const gather = (port: string) =>
    tries.map(({ candidate, result }) => ({ data: result.bytes(port), label: { candidate } }));
  for (const learningRate of GRID) {
    const candidate = `learningRate=${learningRate}`;
    const params = FitParams.parse(
      describeTraining(trainSection.parse({ ...section, learningRate })),
    );
    const result = await keep(`fit ${candidate}`, runStep(fit, params, { inputs }));
    tries.push({ candidate, result });
  }
  const first = await keep(
    "select",
    runStep(select, monitor, { inputs: { summary: gather("summary") } }),
  );
  const proposals = [];
  for (const place of [0, 1]) {
    const candidate = `learningRate=refined1.${place + 1}`;
    const values = [{
      name: "learningRate",
      path: ["learningRate"],
      grid: GRID,
      refined: { place, points: 2, scale: "log" as const },
    }];
    const refined = await keep(
      `refine ${candidate}`,
      runStep(refine, { round: 1, values, section }, { inputs: { choice: first.bytes("choice") } }),
    );
    proposals.push({ data: refined.bytes("proposal"), label: { candidate } });
    const settings = refined.bytes("settings");
    const result = await keep(
      `fitRefined ${candidate}`,
      runStep(fitRefined, {}, { inputs: { ...inputs, settings } }),
    );
    tries.push({ candidate, result });
  }
  const last = await keep(
    "select again",
    runStep(select, monitor, { inputs: { summary: gather("summary"), proposal: proposals } }),
  );
  const picked = await keep(
    "pick",
    runStep(pick, {}, {
      inputs: {
        choice: last.bytes("choice"),
        weights: gather("weights"),
        history: gather("history"),
        summary: gather("summary"),
      },
    }),
  );
  const { weights, summary } = {
    weights: picked.bytes("weights"),
    summary: picked.bytes("summary"),
  };
  await keep("trace", runStep(trace, {}, { inputs: { ...inputs, weights, summary } }));
  return results;
}

/** A grid of weight decays, and the training with those that each class validates best with. */
async function searchByClass(data: SyntheticOptions): Promise<Map<string, StepResult>> {
  const { testIds: _, ...inputs } = await syntheticEmbeddings(data);
  const results = new Map<string, StepResult>();
  for (const weightDecay of [0.001, 0.05, 0.5]) {
    const params = FitParams.parse(
      describeTraining(trainSection.parse({ ...section, learningRate: 0.1, weightDecay })),
    );
    results.set(`weightDecay=${weightDecay}`, await runStep(fit, params, { inputs }));
  }
  const gather = (port: string) =>
    [...results].map(([candidate, result]) => ({
      data: result.bytes(port),
      label: { candidate },
    }));
  const tries = {
    weights: gather("weights"),
    history: gather("history"),
    summary: gather("summary"),
  };
  const keep = (name: string, result: StepResult) => {
    results.set(name, result);
    return result;
  };
  const params = { ...monitor, decayByClass: "weightDecay" };
  const { summary } = tries;
  const choice = keep("select", await runStep(select, params, { inputs: { summary } }))
    .bytes("choice");
  const picked = keep("pick", await runStep(pick, {}, { inputs: { choice, ...tries } }));
  const set = await runStep(setByClass, {}, {
    inputs: { choice, summary: picked.bytes("summary") },
  });
  const settings = keep("setByClass", set).bytes("settings");
  keep("fitByClass", await runStep(fitByClass, {}, { inputs: { ...inputs, settings } }));
  return results;
}

function digests(results: ReadonlyMap<string, StepResult>): Record<string, string[]> {
  return Object.fromEntries(
    [...results].map(([name, result]) => [
      name,
      [...result.files.keys()].map((port) => `${port} ${result.digest(port)}`),
    ]),
  );
}

for (const run of [search, searchByClass]) {
  const kind = run === search ? "refined" : "by class";

  Deno.test(`${kind}: other test images, or labels, change nothing up to what is kept`, async () => {
    const own = digests(await run({}));
    const flipped = await run({
      label: (label, partition) => partition !== "test" ? label : label === "a" ? "b" : "a",
    });
    // Equal outputs are equal inputs of the steps that follow: their keys are equal too.
    assert.deepEqual(digests(flipped), own);
    const poisoned = await run({
      edit: (x, partition, dimension) =>
        partition.forEach((own, row) => {
          if (own === "test") x.fill(1e30, row * dimension, (row + 1) * dimension);
        }),
    });
    assert.deepEqual(digests(poisoned), own);
  });

  Deno.test(`${kind}: other validation labels do change what is chosen by`, async () => {
    const own = digests(await run({}));
    const flipped = digests(
      await run({
        label: (label, partition) => partition !== "validation" ? label : label === "a" ? "b" : "a",
      }),
    );
    assert.notDeepEqual(flipped["select"], own["select"]);
  });
}

Deno.test("decays by class follow the validation labels", async () => {
  const decays = async (data: SyntheticOptions) =>
    (await searchByClass(data)).get("setByClass")!.json("settings").regularization
      .weightDecayByClass;
  const own = await decays({});
  assert.ok(new Set(Object.values(own)).size > 1, JSON.stringify(own));
  const flipped = await decays({
    label: (label, partition) => partition !== "validation" ? label : label === "a" ? "b" : "a",
  });
  assert.notDeepEqual(flipped, own);
});

Deno.test("a refined search ends at one of its tries, told with its values", async () => {
  const results = await search({});
  const choice = results.get("select again")!.json<Choice>("choice");
  assert.deepEqual(choice.candidates.map(({ round }) => round), [0, 0, 1, 1]);
  const rates = choice.candidates.map(({ values }) => values.learningRate as number);
  assert.deepEqual(rates.slice(0, 2), GRID);
  assert.ok(rates.slice(2).every((rate) => rate > GRID[0] && rate < GRID[1]), rates.join());
  const summary = results.get("pick")!.json("summary");
  const chosen = choice.candidates.find(({ candidate }) => candidate === choice.chosen)!;
  assert.equal(summary.learningRate, chosen.values.learningRate);
  assert.deepEqual(summary.best.validationLoss, chosen.mean);
});
