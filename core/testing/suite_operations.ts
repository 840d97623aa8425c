import assert from "node:assert/strict";
import fc from "fast-check";
import type { Core, FloatTensor } from "../ops.ts";
import { SLOTS, type UpdateRule } from "../optim/rules.ts";
import { agreement } from "./agreement.ts";
import { assertSameBits, axis, filledAxis, floats, integers } from "./arrays.ts";
import type { CoreUnderTest } from "./core_under_test.ts";

/** Named arrays that a computation leaves. */
type Results = Record<string, Float32Array | Int32Array>;

/** Each operation on fuzzed shapes and values, to the bit. */
export function testOperations(subject: CoreUnderTest): void {
  const { name, create, reference } = subject;
  const { how, check, content, runs } = agreement(subject);
  /** Runs a computation on both cores and compares all that it leaves. */
  const same = <T>(
    operation: string,
    inputs: fc.Arbitrary<T>,
    compute: (core: Core, input: T) => Promise<Results>,
  ) =>
    Deno.test(`${name}: ${operation} as specified ${how}`, async () => {
      const [core, expected] = [await create(), reference()];
      const property = fc.asyncProperty(inputs, async (input) => {
        core.reset();
        expected.reset();
        const results = await compute(core, input);
        for (const [what, value] of Object.entries(await compute(expected, input))) {
          if (value instanceof Float32Array) {
            check(results[what] as Float32Array, value, what);
          } else assert.deepEqual(results[what], value, what);
        }
      });
      await fc.assert(property, runs(60));
    });
  const put = (core: Core, data: Float32Array, shape: number[]) =>
    core.upload(data, shape, { allowNonFinite: true });
  const sizes = { n: axis, d: axis, k: axis };

  same("gatherRows()", fc.record({ n: filledAxis, m: axis, d: axis, content }), async (core, o) => {
    const { n, m, d, content: { seed, kind } } = o;
    const indices = core.uploadIntegers(integers(seed, m, n), [m], { below: n });
    const output = core.tensor([m, d]);
    core.gatherRows({ source: put(core, floats(seed, n * d, kind), [n, d]), indices, output });
    const labels = core.uploadIntegers(integers(seed, n, 9), [n], { below: 9 });
    const gathered = core.integers([m], 9);
    core.gatherRows({ source: labels, indices, output: gathered });
    return {
      output: await core.download(output),
      gathered: await core.downloadIntegers(gathered),
    };
  });

  same("dense()", fc.record({ ...sizes, content }), async (core, o) => {
    const { n, d, k, content: { seed, kind } } = o;
    const input = put(core, floats(seed, n * d, kind), [n, d]);
    const weight = put(core, floats(seed + 1, k * d, kind), [k, d]);
    const bias = put(core, floats(seed + 2, k, kind), [k]);
    const [output, unbiased] = [core.tensor([n, k]), core.tensor([n, k])];
    core.dense({ input, weight, bias, output });
    core.dense({ input, weight, output: unbiased });
    return { output: await core.download(output), unbiased: await core.download(unbiased) };
  });

  same("denseGradient()", fc.record({ ...sizes, content }), async (core, o) => {
    const { n, d, k, content: { seed, kind } } = o;
    const operands = {
      outputGradient: put(core, floats(seed, n * k, kind), [n, k]),
      input: put(core, floats(seed + 1, n * d, kind), [n, d]),
      weight: put(core, floats(seed + 2, k * d, kind), [k, d]),
      weightGradient: put(core, floats(seed + 3, k * d, kind), [k, d]), // to be overwritten
      biasGradient: core.tensor([k]),
      inputGradient: core.tensor([n, d]),
    };
    core.denseGradient(operands);
    return {
      weightGradient: await core.download(operands.weightGradient),
      biasGradient: await core.download(operands.biasGradient),
      inputGradient: await core.download(operands.inputGradient),
    };
  });

  // Beyond the blocks that a core may cut a product into: long sums, many rows, many columns.
  for (const [n, d, k] of [[5, 1030, 49], [9, 530, 3], [61, 70, 50], [260, 512, 48]]) {
    Deno.test(`${name}: products of ${n}×${d}→${k} as specified ${how}`, async () => {
      const results = await Promise.all([await create(), reference()].map(async (core) => {
        const input = put(core, floats(1, n * d, "ordinary"), [n, d]);
        const weight = put(core, floats(2, k * d, "ordinary"), [k, d]);
        const bias = put(core, floats(3, k, "ordinary"), [k]);
        const output = core.tensor([n, k]);
        core.dense({ input, weight, bias, output });
        const outputGradient = put(core, floats(4, n * k, "ordinary"), [n, k]);
        const [weightGradient, inputGradient] = [core.tensor([k, d]), core.tensor([n, d])];
        core.denseGradient({ outputGradient, input, weight, weightGradient, inputGradient });
        return await Promise.all(
          [output, weightGradient, inputGradient].map((tensor) => core.download(tensor)),
        );
      }));
      ["output", "weight gradient", "input gradient"].forEach((what, i) =>
        check(results[0][i], results[1][i], what)
      );
    });
  }

  const scale = fc.constantFrom(1, 30, 1000);
  same(
    "softmaxCrossEntropy()",
    fc.record({ n: axis, k: filledAxis, content, scale }),
    async (core, { n, k, content: { seed, kind }, scale }) => {
      const logits = put(core, floats(seed, n * k, kind).map((z) => z * scale), [n, k]);
      const labels = core.uploadIntegers(integers(seed, n, k), [n], { below: k });
      const [losses, again] = [core.tensor([n]), core.tensor([n])];
      const gradient = core.tensor([n, k]);
      const probabilities = core.tensor([n, k]);
      const predicted = core.integers([n], k);
      core.argmax({ input: logits, output: predicted });
      core.softmax({ logits, probabilities });
      core.softmaxCrossEntropy({ logits, labels, losses: again });
      core.softmaxCrossEntropy({ logits, labels, losses, gradient });
      core.softmaxCrossEntropy({ logits, labels, gradient: logits });
      const results = {
        losses: await core.download(losses),
        gradient: await core.download(gradient),
        probabilities: await core.download(probabilities),
        predicted: await core.downloadIntegers(predicted),
      };
      assertSameBits(await core.download(logits), results.gradient, "gradient in place");
      assertSameBits(await core.download(again), results.losses, "losses alone");
      return results;
    },
  );

  same("columnSums()", fc.record({ n: axis, k: axis, content }), async (core, o) => {
    const { n, k, content: { seed, kind } } = o;
    const output = core.tensor([k]);
    core.columnSums({ input: put(core, floats(seed, n * k, kind), [n, k]), output });
    return { output: await core.download(output) };
  });

  const factor = fc.double({ min: 0, max: 0.999, noNaN: true });
  const decay = fc.oneof(fc.constant(0), factor);
  const common = { learningRate: factor, l2: decay, decay };
  const moments = { beta1: factor, gain1: factor, beta2: factor, gain2: factor };
  const denominator = {
    rootGain: fc.oneof(fc.constant(1), factor),
    rootShift: fc.constantFrom(0, 1e-8, 1e-3),
    rootScale: factor,
    epsilon: fc.constantFrom(1e-8, 1e-3),
  };
  const rule: fc.Arbitrary<UpdateRule> = fc.oneof(
    fc.record({ kind: fc.constant("sgd" as const), ...common }),
    fc.record({
      kind: fc.constant("momentum" as const),
      momentum: factor,
      gain: fc.oneof(fc.constant(1), factor),
      lookahead: decay,
      ...common,
    }),
    fc.record({
      kind: fc.constant("adam" as const),
      ...moments,
      stepSize: factor,
      gradientShare: decay,
      ...denominator,
      l2: decay,
      decay,
    }),
    fc.record({
      kind: fc.constant("rmsprop" as const),
      beta2: factor,
      gain2: factor,
      momentum: decay,
      ...denominator,
      ...common,
    }),
    fc.record({ kind: fc.constant("lion" as const), ...moments, ...common }),
  );
  same(
    "update()",
    fc.record({ rule, n: axis, d: axis, content }),
    async (core, { rule, n, d, content: { seed, kind } }) => {
      // Views between guards: an update must not touch its neighbours.
      const guarded = (seed: number): [FloatTensor, FloatTensor] => {
        const whole = put(core, floats(seed, (n + 2) * d, kind), [n + 2, d]);
        return [whole, core.rows(whole, 1, n + 1)];
      };
      const [parameters, theta] = guarded(seed);
      const count = SLOTS[rule.kind];
      const slots = Array.from({ length: count }, (_, i) => guarded(seed + 1 + i));
      const gradient = put(core, floats(seed + 5, n * d, kind), [n, d]);
      core.update({ parameters: theta, gradient, slots: slots.map(([, view]) => view), rule });
      const results: Results = { parameters: await core.download(parameters) };
      for (const [i, [whole]] of slots.entries()) results[`slot${i}`] = await core.download(whole);
      return results;
    },
  );
}
