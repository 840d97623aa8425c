/** Every optimiser is its definition in binary64, on settings at the ends of their ranges too. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { stream } from "../random/stream.ts";
import { createReferenceCore } from "../reference/core.ts";
import { resolveHyperparameters } from "./hyperparameters.ts";
import { type OptimizerName, OPTIMIZERS } from "./registry.ts";

type Values = Readonly<Record<string, number>>;

/** State of one parameter. */
interface Scalar {
  theta: number;
  m: number;
  v: number;
  b: number;
}

/** A step at t = 1, 2, … of one parameter whose loss has gradient g; the rate is that of the step. */
type Definition = (state: Scalar, g: number, values: Values, t: number) => void;

const coupled = ({ theta }: Scalar, g: number, { weightDecay }: Values) => g + weightDecay * theta;

function decouple(state: Scalar, { learningRate, weightDecay }: Values): void {
  state.theta -= learningRate * weightDecay * state.theta;
}

/** √(v/b) + ε, or √(v/b + ε). */
function divisor(v: number, { epsilon, epsilonInside }: Values): number {
  return epsilonInside ? Math.sqrt(v + epsilon) : Math.sqrt(v) + epsilon;
}

function moments(state: Scalar, g: number, { beta1, beta2 }: Values): void {
  state.m = beta1 * state.m + (1 - beta1) * g;
  state.v = beta2 * state.v + (1 - beta2) * g * g;
}

function adamStep(state: Scalar, g: number, values: Values, t: number): void {
  const { learningRate, beta1, beta2, biasCorrection } = values;
  moments(state, g, values);
  const [ofMean, ofSquare] = biasCorrection ? [1 - beta1 ** t, 1 - beta2 ** t] : [1, 1];
  state.theta -= learningRate * state.m / ofMean / divisor(state.v / ofSquare, values);
}

const DEFINITIONS: Readonly<Record<OptimizerName, Definition>> = {
  gd(state, g, values) {
    state.theta -= values.learningRate * coupled(state, g, values);
  },
  sgd(state, g, values) {
    state.m = values.momentum * state.m + coupled(state, g, values);
    state.theta -= values.learningRate * state.m;
  },
  sgdw(state, g, values) {
    decouple(state, values);
    state.m = values.momentum * state.m + g;
    state.theta -= values.learningRate * state.m;
  },
  momentum(state, g, values) {
    state.m = values.beta * state.m + (1 - values.beta) * coupled(state, g, values);
    state.theta -= values.learningRate * state.m;
  },
  nesterov(state, g, values) {
    const own = coupled(state, g, values);
    state.m = values.momentum * state.m + own;
    state.theta -= values.learningRate * (own + values.momentum * state.m);
  },
  rmsprop(state, g, values) {
    const own = coupled(state, g, values);
    state.v = values.beta2 * state.v + (1 - values.beta2) * own * own;
    state.b = values.momentum * state.b + own / divisor(state.v, values);
    state.theta -= values.learningRate * state.b;
  },
  adam: (state, g, values, t) => adamStep(state, coupled(state, g, values), values, t),
  adamw(state, g, values, t) {
    decouple(state, values);
    adamStep(state, g, values, t);
  },
  nadam(state, g, values, t) {
    const { beta1, beta2, momentumDecay, learningRate } = values;
    const own = coupled(state, g, values);
    moments(state, own, values);
    const mu = (i: number) => beta1 * (1 - 0.5 * 0.96 ** (i * momentumDecay));
    let product = 1;
    for (let i = 1; i <= t; i++) product *= mu(i);
    const direction = mu(t + 1) * state.m / (1 - product * mu(t + 1)) +
      (1 - mu(t)) * own / (1 - product);
    state.theta -= learningRate * direction / divisor(state.v / (1 - beta2 ** t), values);
  },
  lion(state, g, values) {
    decouple(state, values);
    const { learningRate, beta1, beta2 } = values;
    state.theta -= learningRate * Math.sign(beta1 * state.m + (1 - beta1) * g);
    state.m = beta2 * state.m + (1 - beta2) * g;
  },
};

/** Settings of any optimiser; each reads its own. A β₂ of 0 leaves a sign, which rounding turns. */
const SETTINGS = {
  weightDecay: [0, 0.0001, 0.5],
  momentum: [0, 0.5, 0.99],
  beta: [0, 0.9, 0.999],
  beta1: [0, 0.5, 0.9],
  beta2: [0.5, 0.9, 0.98, 0.999],
  epsilon: [1e-8, 1e-3],
  epsilonInside: [0, 1],
  biasCorrection: [0, 1],
  momentumDecay: [0, 0.004, 1],
} as const;

const anySettings = fc.record({
  seed: fc.nat(),
  size: fc.constantFrom(1e-3, 1, 30),
  learningRate: fc.constantFrom(1e-4, 0.003, 0.1),
  ...Object.fromEntries(
    Object.entries(SETTINGS).map(([name, values]) => [name, fc.constantFrom(...values)]),
  ),
}) as unknown as fc.Arbitrary<Record<string, number>>;

const [STEPS, PARAMETERS] = [40, 6];

for (const name of Object.keys(OPTIMIZERS) as OptimizerName[]) {
  Deno.test(`${name} is its definition, whatever its settings and its schedule`, async () => {
    const optimizer = OPTIMIZERS[name];
    const core = createReferenceCore();
    await fc.assert(
      fc.asyncProperty(anySettings, async ({ seed, size, ...settings }) => {
        if (name === "nadam" && settings.beta1 === 0) return;
        const known = Object.entries(settings)
          .filter(([key]) => Object.hasOwn(optimizer.hyperparameters, key));
        const values = resolveHyperparameters(optimizer, Object.fromEntries(known));
        const random = stream(seed, "test");
        const start = new Float32Array(PARAMETERS).map(() => random.normal());
        const states = Array.from(start, (theta): Scalar => ({ theta, m: 0, v: 0, b: 0 }));
        const parameters = core.upload(start, [PARAMETERS]);
        const slots = optimizer.init(core, parameters);
        for (let t = 1; t <= STEPS; t++) {
          // Every third step has no gradient, every step a rate of its own.
          const gradients = start.map(() => t % 3 === 0 ? 0 : size * random.normal());
          const own = { ...values, learningRate: values.learningRate * random.float64() };
          const gradient = core.upload(gradients, [PARAMETERS]);
          core.update({ parameters, gradient, slots, rule: optimizer.rule(own as never, t) });
          states.forEach((state, i) => DEFINITIONS[name](state, gradients[i], own, t));
        }
        const ends = await core.download(parameters);
        const norm = Math.sqrt(states.reduce((sum, { theta }) => sum + theta * theta, 0));
        states.forEach(({ theta }, i) =>
          assert.ok(Math.abs(ends[i] - theta) < 1e-5 * norm, `${ends[i]}, not ${theta}`)
        );
      }),
      { seed: 1, numRuns: 60 },
    );
  });
}
