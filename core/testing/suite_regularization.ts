import assert from "node:assert/strict";
import fc from "fast-check";
import { mean } from "../nn/mean.ts";
import type { Core, SoftTargetCrossEntropy } from "../ops.ts";
import type { Mixture } from "../optim/penalty.ts";
import { agreement } from "./agreement.ts";
import { assertSameBits, axis, filledAxis, floats, integers } from "./arrays.ts";
import type { CoreUnderTest } from "./core_under_test.ts";

/** Operations of regularisation: fuzzed against the reference, gradients against differences. */
export function testRegularization(subject: CoreUnderTest): void {
  const { name, create, reference } = subject;
  const { how, check, content, runs } = agreement(subject);
  const same = <T>(
    operation: string,
    inputs: fc.Arbitrary<T>,
    compute: (core: Core, input: T) => Promise<Record<string, Float32Array>>,
  ) =>
    Deno.test(`${name}: ${operation} as specified ${how}`, async () => {
      const [core, expected] = [await create(), reference()];
      const property = fc.asyncProperty(inputs, async (input) => {
        core.reset();
        expected.reset();
        const results = await compute(core, input);
        for (const [what, value] of Object.entries(await compute(expected, input))) {
          check(results[what], value, what);
        }
      });
      await fc.assert(property, runs(60));
    });
  const put = (core: Core, data: Float32Array, shape: number[]) =>
    core.upload(data, shape, { allowNonFinite: true });
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const mixture = share.map((share): Mixture => ({ kind: "mixture", share }));
  const number = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.999, noNaN: true }));

  same(
    "softTargetCrossEntropy()",
    fc.record({
      n: axis,
      k: filledAxis,
      content,
      mixture: fc.option(mixture, { nil: undefined }),
      smoothing: number,
      weighed: fc.boolean(),
    }),
    async (core, { n, k, content: { seed, kind }, mixture, smoothing, weighed }) => {
      const labelled = (seed: number) =>
        core.uploadIntegers(integers(seed, n, k), [n], { below: k });
      const logits = put(core, floats(seed, n * k, kind), [n, k]);
      const [losses, again, gradient] = [core.tensor([n]), core.tensor([n]), core.tensor([n, k])];
      const targets: SoftTargetCrossEntropy = {
        logits,
        labels: labelled(seed),
        smoothing,
        classWeights: weighed
          ? core.upload(floats(seed + 2, k, "ordinary").map(Math.abs), [k])
          : undefined,
        others: mixture && labelled(seed + 1),
        mixture,
      };
      core.softTargetCrossEntropy({ ...targets, losses: again });
      core.softTargetCrossEntropy({ ...targets, losses, gradient });
      core.softTargetCrossEntropy({ ...targets, gradient: logits });
      const results = {
        losses: await core.download(losses),
        gradient: await core.download(gradient),
      };
      assertSameBits(await core.download(logits), results.gradient, "gradient in place");
      assertSameBits(await core.download(again), results.losses, "losses alone");
      return results;
    },
  );

  Deno.test(`${name}: targets that are not soft give the plain cross-entropy`, async () => {
    const core = await create();
    const [n, k] = [5, 7];
    const logits = core.upload(floats(1, n * k, "ordinary"), [n, k]);
    const labels = core.uploadIntegers(integers(2, n, k), [n], { below: k });
    const [plain, soft] = [core, core].map(() => ({
      losses: core.tensor([n]),
      gradient: core.tensor([n, k]),
    }));
    core.softmaxCrossEntropy({ logits, labels, ...plain });
    core.softTargetCrossEntropy({ logits, labels, ...soft });
    check(await core.download(soft.losses), await core.download(plain.losses), "losses");
    check(await core.download(soft.gradient), await core.download(plain.gradient), "gradient");
  });

  Deno.test(`${name}: the gradient of soft targets equals finite differences`, async () => {
    const core = await create();
    const [n, k] = [6, 4];
    const values = floats(3, n * k, "ordinary");
    const targets = {
      labels: core.uploadIntegers(integers(4, n, k), [n], { below: k }),
      others: core.uploadIntegers(integers(5, n, k), [n], { below: k }),
      classWeights: core.upload(new Float32Array([0.5, 1, 2, 0.25]), [k]),
      smoothing: 0.1,
      mixture: { kind: "mixture", share: 0.3 } as const,
    };
    const [losses, gradient] = [core.tensor([n]), core.tensor([n, k])];
    const lossAt = async (data: Float32Array) => {
      core.softTargetCrossEntropy({ ...targets, logits: core.upload(data, [n, k]), losses });
      return mean(await core.download(losses));
    };
    core.softTargetCrossEntropy({ ...targets, logits: core.upload(values, [n, k]), gradient });
    const h = 0.0078125; // 2⁻⁷, as for the other gradients
    for (const [i, expected] of (await core.download(gradient)).entries()) {
      const shifted = (by: number) => lossAt(values.map((z, at) => at === i ? z + by : z));
      const slope = (await shifted(h) - await shifted(-h)) / (2 * h);
      assert.ok(Math.abs(slope - expected) < 1e-4, `${i}: ${slope} and ${expected}`);
    }
  });

  same("mix()", fc.record({ n: axis, d: axis, content, mixture }), async (core, o) => {
    const { n, d, content: { seed, kind }, mixture } = o;
    const input = put(core, floats(seed, n * d, kind), [n, d]);
    const others = put(core, floats(seed + 1, n * d, kind), [n, d]);
    const output = core.tensor([n, d]);
    core.mix({ input, others, mixture, output });
    const again = put(core, floats(seed, n * d, kind), [n, d]);
    core.mix({ input, others, mixture, output: input });
    core.mix({ input: again, others, mixture, output: others });
    assertSameBits(await core.download(input), await core.download(output), "in place");
    assertSameBits(await core.download(others), await core.download(output), "in place of others");
    return { output: await core.download(output) };
  });

  same(
    "sumSquares() and clipFactor()",
    fc.record({ n: axis, d: axis, content, limit: fc.constantFrom(1e-3, 1, 5, 1000) }),
    async (core, { n, d, content: { seed, kind }, limit }) => {
      const [first, second] = [0, 1].map((i) => put(core, floats(seed + i, n * d, kind), [n, d]));
      const [sums, factor] = [core.tensor([64]), core.tensor([1])];
      core.sumSquares({ input: first, sums, anew: true });
      core.sumSquares({ input: second, sums, anew: false });
      core.clipFactor({ sums, limit, factor });
      return { sums: await core.download(sums), factor: await core.download(factor) };
    },
  );

  const penalty = fc.record({
    kind: fc.constant("penalty" as const),
    bound: fc.constantFrom(0, 0.25, 2),
    l1: number,
    l2: number,
    decay: number,
  });
  same(
    "penalize() and shrink()",
    fc.record({ n: axis, d: axis, content, penalty, rows: fc.boolean(), scaled: fc.boolean() }),
    async (core, { n, d, content: { seed, kind }, penalty, rows, scaled }) => {
      const guarded = (seed: number) => put(core, floats(seed, (n + 2) * d, kind), [n + 2, d]);
      const [parameters, gradient] = [guarded(seed), guarded(seed + 1)];
      core.penalize({
        parameters: core.rows(parameters, 1, n + 1),
        gradient: core.rows(gradient, 1, n + 1),
        penalty,
        coefficients: rows ? core.upload(floats(seed + 2, n, "ordinary"), [n]) : undefined,
        factor: scaled ? core.upload(new Float32Array([0.7]), [1]) : undefined,
      });
      const penalized = await core.download(parameters);
      core.shrink({
        parameters: core.rows(parameters, 1, n + 1),
        shrinkage: { kind: "shrinkage", amount: penalty.l1 },
      });
      return {
        penalized,
        parameters: await core.download(parameters),
        gradient: await core.download(gradient),
      };
    },
  );

  Deno.test(`${name}: repeat() gives each step its own mixture, penalty and shrinkage`, async () => {
    const core = await create();
    const run = async (repeat: Core["repeat"]) => {
      const [x, g] = [1, 2].map((seed) => core.upload(floats(seed, 12, "ordinary"), [3, 4]));
      const others = core.upload(floats(3, 12, "ordinary"), [3, 4]);
      repeat(3, (step) => {
        const mixture = step.rule((i): Mixture => ({ kind: "mixture", share: 0.2 * i }));
        core.mix({ input: x, others, mixture, output: x });
        const penalty = step.rule((i) => ({
          kind: "penalty" as const,
          bound: 1,
          l1: 0.1 * i,
          l2: 0.2,
          decay: 0.01 * i,
        }));
        core.penalize({ parameters: x, gradient: g, penalty });
        const shrinkage = step.rule((i) => ({ kind: "shrinkage" as const, amount: 0.01 * i }));
        core.shrink({ parameters: x, shrinkage });
      });
      return [await core.download(x), await core.download(g)];
    };
    const byHand = await run((steps, body) => {
      for (let i = 0; i < steps; i++) {
        body({ rows: (tensor) => tensor, rule: (of) => of(i) });
      }
    });
    const repeated = await run((steps, body) => core.repeat(steps, body));
    repeated.forEach((data, i) => assertSameBits(data, byHand[i], `array ${i}`));
  });

  const refusals: [string, RegExp, (core: Core) => void][] = [
    ["a share beyond 1", /the share must be in \[0, 1\]: current value is 1.5/, (core) => {
      const [input, others] = [core.tensor([2]), core.tensor([2])];
      core.mix({ input, others, output: input, mixture: { kind: "mixture", share: 1.5 } });
    }],
    ["smoothing of all", /smoothing must be in \[0, 1\): current value is 1/, (core) => {
      const labels = core.integers([2], 3);
      core.softTargetCrossEntropy({ logits: core.tensor([2, 3]), labels, smoothing: 1 });
    }],
    ["others without a mixture", /softTargetCrossEntropy as mixture is missing/, (core) => {
      const [labels, others] = [core.integers([2], 3), core.integers([2], 3)];
      core.softTargetCrossEntropy({ logits: core.tensor([2, 3]), labels, others });
    }],
    ["a norm of 0", /limit must be above 0 and finite: current value is 0/, (core) => {
      core.clipFactor({ sums: core.tensor([64]), factor: core.tensor([1]), limit: 0 });
    }],
    [
      "a coefficient too many",
      /coefficients must have shape \[2\]: current shape is \[3\]/,
      (core) => {
        const [parameters, gradient] = [core.tensor([2, 2]), core.tensor([2, 2])];
        const penalty = { kind: "penalty" as const, bound: 0, l1: 0, l2: 1, decay: 0 };
        core.penalize({ parameters, gradient, penalty, coefficients: core.tensor([3]) });
      },
    ],
    ["shrinking by NaN", /amount must be 0 or more: current value is NaN/, (core) => {
      core.shrink({
        parameters: core.tensor([2]),
        shrinkage: { kind: "shrinkage", amount: NaN },
      });
    }],
  ];
  for (const [what, message, compute] of refusals) {
    Deno.test(`${name}: refuses ${what}`, async () => {
      const core = await create();
      assert.throws(() => compute(core), message);
    });
  }
}
