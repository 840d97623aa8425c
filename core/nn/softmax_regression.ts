import type { Core } from "../ops.ts";
import type { Head } from "./head.ts";
import { dense } from "./layers/dense.ts";
import { createNetwork } from "./network/network.ts";
import { checkSizes, type HeadSizes } from "./sizes.ts";

/**
 * Softmax regression (multinomial logistic regression): logits X·Wᵀ + b, mean cross-entropy.
 *
 * Parameters are `weight` `[classes, inputs]` and `bias` `[classes]`, PyTorch's `nn.Linear`; its
 * default initialisation too: uniform in [−1/√d, 1/√d), first the weights row by row, then the
 * biases. The number of multiply-adds is n·d·k for a forward pass and twice that with gradients.
 *
 * @throws {RangeError} unless inputs and classes are integers ≥ 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { adam } from "../optim/adam.ts";
 * import { resolveHyperparameters } from "../optim/hyperparameters.ts";
 * import { stream } from "../random/stream.ts";
 * import { createReferenceCore } from "../reference/core.ts";
 *
 * const core = createReferenceCore();
 * const n = 3;
 * const x = new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]);
 * const features = core.upload(x, [n, 4]);
 * const labels = core.uploadIntegers(new Int32Array([0, 1, 2]), [n], { below: 3 });
 *
 * const head = createSoftmaxRegression(core, { inputs: 4, classes: 3 });
 * head.initialize(stream(1, "init"));
 * const values = resolveHyperparameters(adam, { learningRate: 0.1 });
 * const shuffle = stream(1, "shuffle");
 * for (let epoch = 0; epoch < 10; epoch++) {
 *   const rows = shuffle.sub(epoch).permutation(n);
 *   await head.trainEpoch({ features, labels, rows, batchSize: 32, optimizer: adam, values });
 * }
 * const { loss } = await head.evaluate({ features, labels });
 * assert(loss < Math.log(3), "it has learnt");
 * ```
 */
export function createSoftmaxRegression(core: Core, sizes: HeadSizes): Head {
  const { inputs, classes } = sizes;
  checkSizes("softmax regression", sizes);
  return createNetwork(core, {
    name: "softmax",
    inputs: [inputs],
    layers: [dense({ outputs: classes })],
    classes,
  });
}
