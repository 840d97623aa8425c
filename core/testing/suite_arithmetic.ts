import fc from "fast-check";
import type { Core } from "../ops.ts";
import { ERF32_GREAT, ERF32_SMALL } from "../math/erf32.ts";
import { EXP32_GREATEST, EXP32_LEAST } from "../math/exp32.ts";
import { TANH32_SMALL } from "../math/tanh32.ts";
import { stream } from "../random/stream.ts";
import { agreement } from "./agreement.ts";
import { assertSameBits } from "./arrays.ts";
import type { CoreUnderTest } from "./core_under_test.ts";
import { ACTIVATIONS } from "./suite_layers.ts";

/** a·b + c for each operand triple: a dense layer of one input and one output each. */
async function multiplyAdds(core: Core, operands: number[][]): Promise<Float32Array> {
  const output = core.tensor([operands.length, 1]);
  operands.forEach(([a, b, c], i) =>
    core.dense({
      input: core.upload(new Float32Array([a]), [1, 1]),
      weight: core.upload(new Float32Array([b]), [1, 1]),
      bias: core.upload(new Float32Array([c]), [1]),
      output: core.rows(output, i, i + 1),
    })
  );
  return await core.download(output);
}

/** x and its neighbours in binary32. */
function around(x: number): number[] {
  const values = new Float32Array(7).fill(x);
  const bits = new Int32Array(values.buffer);
  bits.forEach((_, i) => bits[i] += i - 3);
  return [...values];
}

/** How a single multiply-add rounds. */
function testRounding({ name, create, reference }: CoreUnderTest): void {
  Deno.test(`${name}: multiply-adds round as specified next to ties`, async () => {
    const [core, expected] = [await create(), reference()];
    // (1 + i·2⁻¹²)(1 + j·2⁻¹²) with i·j odd lies halfway between two binary32 numbers; the addend
    // is a few quarters of binary64's last bit.
    const odd = fc.nat(499).map((i) => 1 + (2 * i + 1) / 4096);
    const quarters = fc.integer({ min: -9, max: 9 }).map((m) => m / 0x40000000000000);
    const sign = fc.constantFrom(1, -1);
    const size = fc.constantFrom(1, 2.3283064365386963e-10, 1.1754943508222875e-38); // 2⁻³², 2⁻¹²⁶
    const triple = fc.tuple(odd, odd, quarters, sign, size).map((
      [a, b, c, sign, size],
    ) => [sign * a, b * size, c * size]);
    const lists = fc.array(triple, { minLength: 100, maxLength: 100 });
    const property = fc.asyncProperty(lists, async (list) => {
      core.reset();
      expected.reset();
      const what = "multiply-add";
      assertSameBits(await multiplyAdds(core, list), await multiplyAdds(expected, list), what);
    });
    await fc.assert(property, { numRuns: 20 });
  });
}

/** What lies beneath the operations: single multiply-adds, exponentials and logarithms. */
export function testArithmetic(subject: CoreUnderTest): void {
  const { name, create, reference, tolerance } = subject;
  const { how, check } = agreement(subject);
  if (tolerance === undefined) testRounding(subject);

  Deno.test(`${name}: exponentials and logarithms as specified ${how}`, async () => {
    const [core, expected] = [await create(), reference()];
    const random = stream(1, "test");
    // Of the logits 0 and x < −17, the second probability is exp32(x); of x > −17, the first loss
    // is log32(1 + exp32(x)).
    const points = [...around(EXP32_LEAST), ...around(-EXP32_GREATEST)];
    while (points.length < 30000) points.push(-90 * random.float64(), -20 * random.float64());
    const n = points.length;
    const logits = new Float32Array(points.flatMap((x) => [0, x]));
    const results = await Promise.all([core, expected].map(async (core) => {
      const tensor = core.upload(logits, [n, 2]);
      const losses = core.tensor([n]);
      core.softmaxCrossEntropy({ logits: tensor, labels: core.integers([n], 2), losses });
      core.softmax({ logits: tensor, probabilities: tensor });
      return { probabilities: await core.download(tensor), losses: await core.download(losses) };
    }));
    check(results[0].probabilities, results[1].probabilities, "probabilities");
    check(results[0].losses, results[1].losses, "losses");
  });

  Deno.test(`${name}: activations at the ends of their pieces as specified ${how}`, async () => {
    const [core, expected] = [await create(), reference()];
    const random = stream(3, "test");
    // Where an exponential vanishes or overflows: of x, of 2x (tanh), of −x²/2 (GELU's density);
    // where tanh32 and erf32 change their formula, the latter of x·√½ (GELU).
    const ends = [EXP32_LEAST, EXP32_GREATEST, 89, EXP32_GREATEST / 2, TANH32_SMALL];
    ends.push(Math.sqrt(-2 * EXP32_LEAST), ERF32_SMALL * Math.SQRT2, ERF32_GREAT * Math.SQRT2);
    const points = ends.flatMap((x) => [...around(x), ...around(-x)]);
    while (points.length < 10000) points.push(200 * random.float64() - 100, random.normal());
    const size = points.length;
    for (const activation of ACTIVATIONS) {
      const results = await Promise.all([core, expected].map(async (core) => {
        const input = core.upload(new Float32Array(points), [size]);
        const [output, inputGradient] = [core.tensor([size]), core.tensor([size])];
        core.activate({ input, output, activation });
        const outputGradient = core.upload(new Float32Array(size).fill(1), [size]);
        core.activationGradient({ input, output, outputGradient, inputGradient, activation });
        return [await core.download(output), await core.download(inputGradient)];
      }));
      check(results[0][0], results[1][0], activation.kind);
      check(results[0][1], results[1][1], `gradient of ${activation.kind}`);
    }
  });

  Deno.test(`${name}: logarithms of sums over many columns as specified ${how}`, async () => {
    const [core, expected] = [await create(), reference()];
    const random = stream(2, "test");
    for (const k of [3, 10, 100, 1000]) {
      const logits = new Float32Array(50 * k).map(() => 4 * random.float64());
      const results = await Promise.all([core, expected].map(async (core) => {
        const losses = core.tensor([50]);
        const labels = core.integers([50], k);
        core.softmaxCrossEntropy({ logits: core.upload(logits, [50, k]), labels, losses });
        return await core.download(losses);
      }));
      check(results[0], results[1], `losses of ${k} columns`);
    }
  });
}
