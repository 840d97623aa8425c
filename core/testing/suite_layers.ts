import fc from "fast-check";
import assert from "node:assert/strict";
import type { Activation } from "../nn/activations.ts";
import type { Core, FloatTensor } from "../ops.ts";
import { type Window, windowsAlong } from "../window.ts";
import { type Agreement, agreement } from "./agreement.ts";
import { assertSameBits, axis, filledAxis, floats } from "./arrays.ts";
import type { CoreUnderTest } from "./core_under_test.ts";

type Results = Record<string, Float32Array>;

/** Every activation, with parameters that are not exact in binary32. */
export const ACTIVATIONS: readonly Activation[] = [
  { kind: "sigmoid" },
  { kind: "tanh" },
  { kind: "relu" },
  { kind: "leakyRelu", slope: 0.01 },
  { kind: "elu", alpha: 0.7 },
  { kind: "gelu" },
];

const pair = (arbitrary: fc.Arbitrary<number>) => fc.tuple(arbitrary, arbitrary);

/** Images and a window over them. */
const overImages = (content: Agreement["content"]) =>
  fc.record({
    n: fc.nat(3),
    /** By how much the image is larger than the window. */
    room: pair(fc.nat(6)),
    channels: fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 17),
    size: pair(fc.integer({ min: 1, max: 5 })),
    stride: pair(fc.integer({ min: 1, max: 3 })),
    padding: pair(fc.nat(2)),
    content,
  });

type OverImages = ReturnType<typeof overImages> extends fc.Arbitrary<infer T> ? T : never;

function imageOf({ size, room }: OverImages): [number, number] {
  return [size[0] + room[0], size[1] + room[1]];
}

/** A window whose padding is at most half its size, or, for patches, less than its size. */
function windowOf({ size, stride, padding }: OverImages, most: (size: number) => number): Window {
  const cut = (axis: 0 | 1) => Math.min(padding[axis], most(size[axis]));
  return { size, stride, padding: [cut(0), cut(1)] };
}

/** Each operation between dense layers on fuzzed shapes and values, to the bit. */
export function testLayers(subject: CoreUnderTest): void {
  const { name, create, reference, tolerance } = subject;
  const { how, check, content, runs } = agreement(subject);
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
          check(results[what], value, what);
        }
      });
      await fc.assert(property, runs(60));
    });
  const put = (core: Core, data: Float32Array, shape: readonly number[]) =>
    core.upload(data, shape, { allowNonFinite: true });
  /** A view between guards: an operation must not touch its neighbours. */
  const guarded = (core: Core, shape: readonly number[]): [FloatTensor, FloatTensor] => {
    const row = [shape[0] + 2, ...shape.slice(1)];
    const whole = core.upload(new Float32Array(row.reduce((a, b) => a * b)).fill(7), row);
    return [whole, core.rows(whole, 1, shape[0] + 1)];
  };

  const activation = fc.constantFrom(...ACTIVATIONS);
  same(
    "activate() and activationGradient()",
    fc.record({ activation, n: axis, k: axis, content }),
    async (core, { activation, n, k, content: { seed, kind } }) => {
      const input = put(core, floats(seed, n * k, kind), [n, k]);
      const outputGradient = put(core, floats(seed + 1, n * k, kind), [n, k]);
      const [guardedOutput, output] = guarded(core, [n, k]);
      const [guardedGradient, inputGradient] = guarded(core, [n, k]);
      core.activate({ input, output, activation });
      core.activationGradient({ input, output, outputGradient, inputGradient, activation });
      const results = {
        output: await core.download(guardedOutput),
        inputGradient: await core.download(guardedGradient),
      };
      core.activationGradient({
        input,
        output,
        outputGradient,
        inputGradient: outputGradient,
        activation,
      });
      core.activate({ input, output: input, activation });
      const inPlace = [await core.download(input), await core.download(outputGradient)];
      assertSameBits(inPlace[0], results.output.slice(k, (n + 1) * k), "in place");
      assertSameBits(inPlace[1], results.inputGradient.slice(k, (n + 1) * k), "gradient in place");
      return results;
    },
  );

  // Of two or three rows some are nearly equal: their gradient is a difference of large numbers.
  const rows = tolerance ? filledAxis.filter((n) => n > 3) : filledAxis;
  same(
    "batch normalisation",
    fc.record({ n: rows, k: axis, content }),
    async (core, { n, k, content: { seed, kind } }) => {
      const input = put(core, floats(seed, n * k, kind), [n, k]);
      const outputGradient = put(core, floats(seed + 1, n * k, kind), [n, k]);
      const column = (number: number) => put(core, floats(seed + number, k, kind), [k]);
      const [mean, variance, scale, shift] = [column(2), column(3), column(4), column(5)];
      const [average, other] = [column(6), column(7)];
      const [output, inputGradient] = [guarded(core, [n, k]), guarded(core, [n, k])];
      const [scaleGradient, shiftGradient] = [core.tensor([k]), core.tensor([k])];
      const epsilon = 1e-5;
      core.batchStatistics({ input, mean, variance });
      core.normalize({ input, mean, variance, scale, shift, epsilon, output: output[1] });
      const gradient = { input, mean, variance, scale, epsilon, scaleGradient, shiftGradient };
      core.normalizeGradient({ ...gradient, outputGradient, inputGradient: inputGradient[1] });
      core.moveAverage({ average, value: other, rate: 0.1, factor: 1.1 });
      const results = {
        mean: await core.download(mean),
        variance: await core.download(variance),
        output: await core.download(output[0]),
        scaleGradient: await core.download(scaleGradient),
        shiftGradient: await core.download(shiftGradient),
        inputGradient: await core.download(inputGradient[0]),
        average: await core.download(average),
      };
      core.normalizeGradient({ ...gradient, outputGradient });
      core.normalizeGradient({ ...gradient, outputGradient, inputGradient: outputGradient });
      assertSameBits(
        await core.download(outputGradient),
        results.inputGradient.slice(k, (n + 1) * k),
        "gradient in place",
      );
      return results;
    },
  );

  const word = fc.integer({ min: 0, max: 0xffffffff });
  same(
    "dropout()",
    fc.record({
      n: axis,
      k: axis,
      rate: fc.constantFrom(0, 0.1, 0.5, 0.999),
      key: fc.tuple(word, word),
      step: word,
      content,
    }),
    async (core, { n, k, rate, key, step, content: { seed, kind } }) => {
      const input = put(core, floats(seed, n * k, kind), [n, k]);
      const [whole, output] = guarded(core, [n, k]);
      const mask = { kind: "dropout", rate, key, step } as const;
      core.dropout({ input, output, mask });
      core.dropout({ input, output: input, mask });
      return { output: await core.download(whole), inPlace: await core.download(input) };
    },
  );

  same("patches() and patchesGradient()", overImages(content), async (core, o) => {
    const { n, channels, content: { seed, kind } } = o;
    const image = imageOf(o);
    const window = windowOf(o, (size) => size - 1);
    const [oh, ow] = windowsAlong(image, window);
    const shape = [n, ...image, channels];
    const rows = [n * oh * ow, window.size[0] * window.size[1] * channels];
    const input = put(core, floats(seed, n * image[0] * image[1] * channels, kind), shape);
    const [output, inputGradient] = [guarded(core, rows), guarded(core, shape)];
    core.patches({ input, window, output: output[1] });
    const outputGradient = put(core, floats(seed + 1, rows[0] * rows[1], kind), rows);
    core.patchesGradient({ outputGradient, window, inputGradient: inputGradient[1] });
    return {
      output: await core.download(output[0]),
      inputGradient: await core.download(inputGradient[0]),
    };
  });

  same("pooling", overImages(content), async (core, o) => {
    const { n, channels, content: { seed, kind } } = o;
    const image = imageOf(o);
    const window = windowOf(o, (size) => Math.floor(size / 2));
    const shape = [n, ...image, channels];
    const pooled = [n, ...windowsAlong(image, window), channels];
    const data = floats(seed, n * image[0] * image[1] * channels, kind);
    for (let i = 1; i < data.length; i += 3) data[i] = data[i - 1]; // ties
    const input = put(core, data, shape);
    const outputGradient = put(
      core,
      floats(seed + 1, pooled.reduce((a, b) => a * b), kind),
      pooled,
    );
    const [greatest, mean] = [guarded(core, pooled), guarded(core, pooled)];
    const [byGreatest, byMean] = [guarded(core, shape), guarded(core, shape)];
    core.maxPool({ input, window, output: greatest[1] });
    core.averagePool({ input, window, output: mean[1] });
    core.maxPoolGradient({ input, window, outputGradient, inputGradient: byGreatest[1] });
    core.averagePoolGradient({ window, outputGradient, inputGradient: byMean[1] });
    return {
      greatest: await core.download(greatest[0]),
      mean: await core.download(mean[0]),
      byGreatest: await core.download(byGreatest[0]),
      byMean: await core.download(byMean[0]),
    };
  });

  Deno.test(`${name}: repeat() draws each step's own mask`, async () => {
    const core = await create();
    const [steps, m, k] = [5, 3, 7];
    const input = core.upload(floats(1, m * k, "ordinary"), [m, k]);
    const mask = (step: number) =>
      ({ kind: "dropout", rate: 0.5, key: [1, 0xffffffff], step: 0xfffffff0 + step }) as const;
    const [output, expected] = [core.tensor([steps * m, k]), core.tensor([steps * m, k])];
    core.repeat(steps, (step) => {
      core.dropout({ input, output: step.rows(output, m), mask: step.rule(mask) });
    });
    for (let i = 0; i < steps; i++) {
      core.dropout({ input, output: core.rows(expected, i * m, (i + 1) * m), mask: mask(i) });
    }
    const found = await core.download(output);
    assertSameBits(found, await core.download(expected), "output");
    const kept = (step: number) => found.slice(step * m * k, (step + 1) * m * k).map((y) => +!!y);
    assert.notDeepEqual(kept(0), kept(1));
  });

  Deno.test(`${name}: dropout keeps the share that it should, with the mean`, async () => {
    const core = await create();
    const size = 20000;
    const input = core.upload(new Float32Array(size).fill(1), [size]);
    const output = core.tensor([size]);
    for (const rate of [0, 0.2, 0.5]) {
      core.dropout({ input, output, mask: { kind: "dropout", rate, key: [3, 4], step: 1 } });
      const data = await core.download(output);
      const dropped = data.filter((y) => y === 0).length / size;
      assert.ok(Math.abs(dropped - rate) < 0.015, `${dropped}`);
      const mean = data.reduce((a, b) => a + b) / size;
      assert.ok(Math.abs(mean - 1) < 0.03, `${mean}`);
    }
  });

  Deno.test(`${name}: reshape() is another view of the same elements`, async () => {
    const core = await create();
    const data = floats(1, 24, "ordinary");
    const array = core.upload(data, [4, 6]);
    const view = core.reshape(core.rows(array, 1, 3), [3, 2, 2]);
    assert.deepEqual(view.shape, [3, 2, 2]);
    assertSameBits(await core.download(view), data.slice(6, 18), "view");
    const output = core.tensor([8]);
    core.repeat(2, (step) => {
      const rows = core.reshape(step.rows(array, 2), [3, 4]);
      core.columnSums({ input: rows, output: core.reshape(step.rows(output, 4), [4]) });
    });
    const sums = core.tensor([4]);
    core.columnSums({ input: core.reshape(core.rows(array, 2, 4), [3, 4]), output: sums });
    assertSameBits((await core.download(output)).slice(4), await core.download(sums), "second");
  });
}
