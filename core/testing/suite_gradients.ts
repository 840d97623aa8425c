import assert from "node:assert/strict";
import { mean } from "../nn/mean.ts";
import type { Core } from "../ops.ts";
import { floats, integers } from "./arrays.ts";
import type { CoreUnderTest } from "./core_under_test.ts";

const [N, D, K] = [6, 5, 4];

/** Mean loss of a dense layer's softmax at given arrays. */
async function lossAt(
  core: Core,
  arrays: Record<"input" | "weight" | "bias", Float32Array>,
): Promise<number> {
  const logits = core.tensor([N, K]);
  const losses = core.tensor([N]);
  const labels = core.uploadIntegers(integers(9, N, K), [N], { below: K });
  core.dense({
    input: core.upload(arrays.input, [N, D]),
    weight: core.upload(arrays.weight, [K, D]),
    bias: core.upload(arrays.bias, [K]),
    output: logits,
  });
  core.softmaxCrossEntropy({ logits, labels, losses });
  return mean(await core.download(losses));
}

/** Gradients against central differences of the loss. */
export function testGradients({ name, create }: CoreUnderTest): void {
  Deno.test(`${name}: gradients equal finite differences`, async () => {
    const core = await create();
    const arrays = {
      input: floats(1, N * D, "ordinary"),
      weight: floats(2, K * D, "ordinary"),
      bias: floats(3, K, "ordinary"),
    };
    const logits = core.tensor([N, K]);
    const labels = core.uploadIntegers(integers(9, N, K), [N], { below: K });
    const input = core.upload(arrays.input, [N, D]);
    const weight = core.upload(arrays.weight, [K, D]);
    const gradients = {
      input: core.tensor([N, D]),
      weight: core.tensor([K, D]),
      bias: core.tensor([K]),
    };
    core.dense({ input, weight, bias: core.upload(arrays.bias, [K]), output: logits });
    core.softmaxCrossEntropy({ logits, labels, gradient: logits });
    core.denseGradient({
      outputGradient: logits,
      input,
      weight,
      weightGradient: gradients.weight,
      biasGradient: gradients.bias,
      inputGradient: gradients.input,
    });
    const h = 0.0078125; // 2⁻⁷: truncation and the rounding of losses both stay near 1e-5
    for (const what of ["input", "weight", "bias"] as const) {
      const gradient = await core.download(gradients[what]);
      for (let i = 0; i < gradient.length; i++) {
        const shifted = (by: number) => {
          const changed = arrays[what].slice();
          changed[i] += by;
          return lossAt(core, { ...arrays, [what]: changed });
        };
        const difference = (await shifted(h) - await shifted(-h)) / (2 * h);
        assert.ok(
          Math.abs(difference - gradient[i]) < 2e-4,
          `${what}[${i}]: gradient ${gradient[i]}, finite difference ${difference}`,
        );
      }
    }
  });

  Deno.test(`${name}: probabilities sum to 1, whatever the logits' size`, async () => {
    const core = await create();
    for (const scale of [1e-30, 1, 100, 1e30]) {
      const logits = core.upload(floats(4, N * K, "ordinary").map((z) => z * scale), [N, K]);
      core.softmax({ logits, probabilities: logits });
      const probabilities = await core.download(logits);
      for (let i = 0; i < N; i++) {
        const sum = probabilities.slice(i * K, (i + 1) * K).reduce((a, b) => a + b, 0);
        assert.ok(Math.abs(sum - 1) < 1e-6, `${scale}: ${sum}`);
      }
    }
  });
}
