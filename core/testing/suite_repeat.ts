import assert from "node:assert/strict";
import fc from "fast-check";
import type { Core, Step } from "../ops.ts";
import { resolveHyperparameters } from "../optim/hyperparameters.ts";
import type { Optimizer } from "../optim/optimizer.ts";
import { OPTIMIZERS } from "../optim/registry.ts";
import type { UpdateRule } from "../optim/rules.ts";
import { assertSameBits, filledAxis, floats, integers } from "./arrays.ts";
import type { CoreUnderTest } from "./core_under_test.ts";

/** Sizes of a training. */
interface Sizes {
  steps: number;
  m: number;
  d: number;
  k: number;
  seed: number;
}

/** Runs so many steps of a body. */
export type Repeat = (core: Core, steps: number, body: (step: Step) => void) => void;

/** Steps by hand: what {@linkcode Core.repeat} stands for. */
export const byHand: Repeat = (core, steps, body) => {
  for (let i = 0; i < steps; i++) {
    body({
      rows: (tensor, size) => core.rows(tensor, i * size, (i + 1) * size),
      rule: (of) => of(i),
    });
  }
};

/** A training by Adam that uses every operation and every way in which steps differ. */
async function train(core: Core, repeat: Repeat, { steps, m, d, k, seed }: Sizes) {
  const total = 7;
  const source = core.upload(floats(seed, total * d, "ordinary"), [total, d]);
  const classes = core.uploadIntegers(integers(seed, total, k), [total], { below: k });
  const order = core.uploadIntegers(integers(seed + 1, steps * m, total), [steps * m], {
    below: total,
  });
  const labels = core.integers([steps * m], k);
  core.gatherRows({ source: classes, indices: order, output: labels });
  const weight = core.upload(floats(seed + 2, k * d, "ordinary"), [k, d]);
  const bias = core.upload(floats(seed + 3, k, "ordinary"), [k]);
  const [input, inputGradient] = [core.tensor([m, d]), core.tensor([m, d])];
  const [gradient, sums] = [core.tensor([m, k]), core.tensor([k])];
  const [weightGradient, biasGradient] = [core.tensor([k, d]), core.tensor([k])];
  const [losses, logits] = [core.tensor([steps * m]), core.tensor([steps * m, k])];
  const probabilities = core.tensor([steps * m, k]);
  const predicted = core.integers([steps * m], k);
  const slots = [weight, bias].map(({ shape }) => [core.tensor(shape), core.tensor(shape)]);
  const optimizer: Optimizer = OPTIMIZERS.adam;
  const values = resolveHyperparameters(optimizer, { learningRate: 0.1 });
  repeat(core, steps, (step) => {
    const z = step.rows(logits, m), y = step.rows(labels, m);
    core.gatherRows({ source, indices: step.rows(order, m), output: input });
    core.dense({ input, weight, bias, output: z });
    core.argmax({ input: z, output: step.rows(predicted, m) });
    core.softmax({ logits: z, probabilities: step.rows(probabilities, m) });
    core.softmaxCrossEntropy({ logits: z, labels: y, losses: step.rows(losses, m), gradient });
    core.denseGradient({
      input,
      weight,
      outputGradient: gradient,
      weightGradient,
      biasGradient,
      inputGradient,
    });
    core.columnSums({ input: core.rows(z, 0, m), output: sums });
    const rule = step.rule((i) => optimizer.rule(values, i + 1));
    core.update({ parameters: weight, gradient: weightGradient, slots: slots[0], rule });
    core.update({ parameters: bias, gradient: biasGradient, slots: slots[1], rule });
  });
  return {
    predicted: await core.downloadIntegers(predicted),
    floats: await Promise.all(
      [weight, bias, losses, logits, probabilities, sums, inputGradient, ...slots.flat()]
        .map((tensor) => core.download(tensor)),
    ),
  };
}

/** Repetitions: the bits of steps by hand, and what a body must not do. */
export function testRepeat({ name, create }: CoreUnderTest): void {
  Deno.test(`${name}: repeat() gives the bits of its steps by hand`, async () => {
    const core = await create();
    const sizes = fc.record({
      steps: fc.nat(5),
      m: filledAxis,
      d: filledAxis,
      k: filledAxis,
      seed: fc.nat(1e9),
    });
    const property = fc.asyncProperty(sizes, async (sizes) => {
      core.reset();
      const expected = await train(core, byHand, sizes);
      core.reset();
      const actual = await train(core, (core, steps, body) => core.repeat(steps, body), sizes);
      assert.deepEqual(actual.predicted, expected.predicted);
      expected.floats.forEach((data, i) => assertSameBits(actual.floats[i], data, `array ${i}`));
    });
    await fc.assert(property, { numRuns: 40 });
  });

  Deno.test(`${name}: repeat() runs every rule at once, each with its own scalars`, async () => {
    const core = await create();
    const of: ((i: number) => UpdateRule)[] = [
      (i) => ({ kind: "sgd", learningRate: 0.1 * i, l2: 0, decay: 0 }),
      (i) => ({
        kind: "momentum",
        learningRate: 0.1,
        momentum: 0.1 * i,
        gain: 1,
        lookahead: 0,
        l2: 0.1,
        decay: 0,
      }),
      (i) => ({
        kind: "lion",
        learningRate: 0.1,
        beta1: 0.9,
        gain1: 0.1 * i,
        beta2: 0.99,
        gain2: 0.01,
        l2: 0,
        decay: 0.1,
      }),
    ];
    const results: Float32Array[][] = [];
    for (const repeat of [byHand, (c: Core, n: number, b: (s: Step) => void) => c.repeat(n, b)]) {
      core.reset();
      const gradient = core.upload(floats(1, 9, "ordinary"), [9]);
      const parameters = of.map((_, i) => core.upload(floats(2 + i, 9, "ordinary"), [9]));
      const slots = [[], [core.tensor([9])], [core.tensor([9])]];
      repeat(core, 4, (step) =>
        of.forEach((rule, i) =>
          core.update({
            parameters: parameters[i],
            gradient,
            slots: slots[i],
            rule: step.rule(rule),
          })
        ));
      results.push(await Promise.all(parameters.map((tensor) => core.download(tensor))));
    }
    results[0].forEach((data, i) => assertSameBits(results[1][i], data, `rule ${i}`));
  });

  const refuses = (
    what: string,
    error: string,
    message: string,
    act: (core: Core) => void,
  ) =>
    Deno.test(`${name}: refuses ${what}`, async () => {
      const core = await create();
      assert.throws(() => act(core), { name: error, message });
      core.repeat(1, () => {}); // as if nothing had been
    });
  refuses(
    "half a step",
    "RangeError",
    "Cannot repeat as the number of steps must be an integer from 0 up: current value is 1.5",
    (core) => core.repeat(1.5, () => {}),
  );
  refuses(
    "steps beyond an array's rows",
    "RangeError",
    "Cannot repeat as 3 steps of 2 rows must lie in the tensor [5, 2]",
    (core) => {
      const tensor = core.tensor([5, 2]);
      core.repeat(3, (step) => step.rows(tensor, 2));
    },
  );
  refuses(
    "an output over another step's input",
    "RangeError",
    "Cannot compute dense as output must not overlap input: both are of one array",
    (core) => {
      const [array, weight] = [core.tensor([8, 3]), core.tensor([3, 3])];
      const input = core.rows(array, 4, 6); // written in the third step
      core.repeat(4, (step) => core.dense({ input, weight, output: step.rows(array, 2) }));
    },
  );
  refuses(
    "rules of several kinds in one repetition",
    "TypeError",
    "Cannot repeat as the rules of all steps must be of one kind: they are sgd and momentum",
    (core) => {
      const [parameters, gradient] = [core.tensor([2]), core.tensor([2])];
      const common = { learningRate: 0.1, l2: 0, decay: 0 };
      core.repeat(2, (step) => {
        const rule = step.rule((i): UpdateRule =>
          i === 0
            ? { kind: "sgd", ...common }
            : { kind: "momentum", momentum: 0, gain: 1, lookahead: 0, ...common }
        );
        core.update({ parameters, gradient, slots: [], rule });
      });
    },
  );
  const does = (what: string, act: (core: Core, step: Step) => void) =>
    refuses(
      `to ${what} in a repetition`,
      "TypeError",
      `Cannot ${what} in the body of repeat() as it holds operations alone: do it before or after`,
      (core) => core.repeat(2, (step) => act(core, step)),
    );
  does("create a tensor", (core) => core.tensor([1]));
  does("reset", (core) => core.reset());
  does("repeat", (core) => core.repeat(1, () => {}));
}
