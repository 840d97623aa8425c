import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import type { Plan, PlanNode } from "../plan.ts";
import { parseStudy } from "./load.ts";
import { planStudy } from "./plan_study.ts";
import { toyStages } from "./testing/toy_stages.ts";

const OPTIMIZERS = ["sgd", "adam", "adamw", "lion"];

/** A scalar, or several of them to vary. */
function varied<T>(how: "sweep" | "tune", value: fc.Arbitrary<T>) {
  const list = fc.uniqueArray(value, { minLength: 1, maxLength: 3 });
  return fc.oneof(value, list.map((values) => ({ [how]: values })));
}

const part = fc.record({
  epochs: fc.integer({ min: 1, max: 3 }),
  learningRate: varied("tune", fc.constantFrom(0.1, 0.01, 0.001)),
  weightDecay: varied("tune", fc.constantFrom(0, 0.01)),
  seed: varied("sweep", fc.integer({ min: 0, max: 4 })),
}, { requiredKeys: [] });

/** Whole studies of the toy stages; models differ in their optimiser, and in what they lay over. */
const study = fc.record({
  train: part,
  split: fc.record({ seed: varied("sweep", fc.integer({ min: 0, max: 2 })) }),
  augment: fc.record({ copies: fc.integer({ min: 0, max: 1 }) }),
  models: fc.uniqueArray(fc.constantFrom(...OPTIMIZERS), { minLength: 1 }).chain((names) =>
    fc.tuple(...names.map((optimizer) =>
      fc.record({
        train: part.map((own) => ({ ...own, optimizer })),
        embed: fc.option(fc.record({ method: fc.constantFrom("hog", "pixels") }), {
          nil: undefined,
        }),
      }).map((model) => [optimizer, model] as const)
    )).map((models) => Object.fromEntries(models))
  ),
});

type ToyStudy = typeof study extends fc.Arbitrary<infer T> ? T : never;

function plan(toy: ToyStudy): Plan {
  const text = stringify({ format: 1, title: "Toy", data: { source: "letterforms" }, ...toy });
  return planStudy(parseStudy(text, "reports/toy/study.yaml"), toyStages);
}

/** What a node's result depends on, as the engine's key would tell it. */
function identities({ nodes }: Plan): Map<string, PlanNode> {
  const byId = new Map<string, string>();
  const found = new Map<string, PlanNode>();
  for (const node of nodes) {
    const inputs = Object.entries(node.inputs).map(([port, list]) => [
      port,
      list.map((input) => [byId.get(input.node), input.port, input.label]),
    ]);
    const identity = JSON.stringify([node.step.name, node.params, inputs]);
    byId.set(node.id, identity);
    assert.ok(!found.has(identity), `${node.id} stands twice`);
    found.set(identity, node);
  }
  return found;
}

const list = (value: unknown, how: string): unknown[] =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown[]>)[how] : [value];

const runs = { numRuns: 30 };

Deno.test("ids are unique and each node follows what it reads", () => {
  fc.assert(
    fc.property(study, (toy) => {
      const before = new Set<string>();
      for (const { id, step, inputs } of plan(toy).nodes) {
        assert.ok(!before.has(id), id);
        assert.deepEqual(Object.keys(inputs).sort(), Object.keys(step.inputs).sort());
        for (const [port, sources] of Object.entries(inputs)) {
          for (const { node } of sources) assert.ok(before.has(node), `${id} reads ${node}`);
          const { many, optional } = step.inputs[port];
          if (!many) assert.ok(sources.length === 1 || (optional && sources.length === 0));
        }
        before.add(id);
      }
    }),
    runs,
  );
});

Deno.test("there is one node for each distinct work, counted without the planner", () => {
  fc.assert(
    fc.property(study, (toy) => {
      const works: Record<string, Set<string>> = {
        "split.assign": new Set(),
        "embed": new Set(),
        "train.fit": new Set(),
        "train.select": new Set(),
        "train.pick": new Set(),
      };
      for (const [name, model] of Object.entries(toy.models)) {
        const train = {
          epochs: 100,
          learningRate: 0.001,
          weightDecay: 0,
          seed: 1,
          ...toy.train,
          ...model.train,
        };
        for (const splitSeed of list(toy.split.seed, "sweep")) {
          works["split.assign"].add(`${splitSeed}`);
          const images = toy.augment.copies === 0 ? "" : `${splitSeed}`;
          works.embed.add(`${model.embed?.method ?? "hog"} ${images}`);
          for (const seed of list(train.seed, "sweep")) {
            for (const rate of list(train.learningRate, "tune")) {
              for (const decay of list(train.weightDecay, "tune")) {
                const params = [name, splitSeed, seed, rate, decay].join(" ");
                works["train.fit"].add(params);
              }
            }
            works["train.pick"].add(`${name} ${splitSeed} ${seed}`);
          }
        }
        works["train.select"].add(name);
      }
      const { nodes } = plan(toy);
      for (const [step, distinct] of Object.entries(works)) {
        const planned = nodes.filter(({ step: { name } }) => name.startsWith(step)).length;
        assert.equal(planned, distinct.size, step);
      }
    }),
    runs,
  );
});

Deno.test("equal work is one node", () => {
  fc.assert(fc.property(study, (toy) => void identities(plan(toy))), runs);
});

Deno.test("changing one model changes its own nodes and what gathers them, nothing else", () => {
  fc.assert(
    fc.property(study, (toy) => {
      const [name, model] = Object.entries(toy.models)[0];
      const changed = {
        ...toy,
        models: { ...toy.models, [name]: { ...model, train: { ...model.train, epochs: 7 } } },
      };
      const before = identities(plan(toy));
      const after = identities(plan(changed));
      const differing = [...before].filter(([identity]) => !after.has(identity));
      for (const [, { id, label, step }] of differing) {
        const isOwn = label.model === name && /^(train|evaluate)\./.test(step.name);
        assert.ok(isOwn || step.scope === "study", id);
      }
      const ownFits = [...before.values()].filter(({ step, label }) =>
        step.name === "train.fit" && label.model === name
      );
      assert.ok(ownFits.length > 0);
      for (const fit of ownFits) assert.ok(differing.some(([, { id }]) => id === fit.id), fit.id);
    }),
    runs,
  );
});

Deno.test("another model leaves the others' nodes as they were", () => {
  fc.assert(
    fc.property(study, (any) => {
      // A second swept seed anywhere would lengthen the first one's name in labels.
      const toy = { ...any, split: { seed: 0 } };
      const [first, ...rest] = Object.entries(toy.models);
      fc.pre(rest.length > 0);
      const after = identities(plan(toy));
      for (
        const [identity, { id, step }] of identities(plan({
          ...toy,
          models: Object.fromEntries([first]),
        }))
      ) {
        assert.ok(step.scope === "study" || after.has(identity), id);
      }
    }),
    runs,
  );
});

Deno.test("the order of keys in a section changes no node", () => {
  const reversed = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)]),
    );
  };
  fc.assert(
    fc.property(study, (toy) => {
      const other = { ...toy, split: reversed(toy.split), augment: reversed(toy.augment) };
      assert.deepEqual(plan(other as ToyStudy), plan(toy));
    }),
    runs,
  );
});
