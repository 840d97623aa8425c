import type { Activation } from "../../../core/nn/activations.ts";
import type { Head, Parameters } from "../../../core/nn/head.ts";
import { averagePooling } from "../../../core/nn/layers/average_pooling.ts";
import { batchNormalization } from "../../../core/nn/layers/batch_normalization.ts";
import { convolution } from "../../../core/nn/layers/convolution.ts";
import { dense } from "../../../core/nn/layers/dense.ts";
import { dropout } from "../../../core/nn/layers/dropout.ts";
import { flatten } from "../../../core/nn/layers/flatten.ts";
import { maxPooling } from "../../../core/nn/layers/max_pooling.ts";
import { createNetwork } from "../../../core/nn/network/network.ts";
import { createHead, type HeadDescription } from "../../../core/nn/registry.ts";
import type { HeadSizes } from "../../../core/nn/sizes.ts";
import type { Core } from "../../../core/ops.ts";
import { stream } from "../../../core/random/stream.ts";

/** Number of classes of these heads. */
export const CLASSES = 3;

const ACTIVATIONS: readonly Activation[] = [
  { kind: "sigmoid" },
  { kind: "tanh" },
  { kind: "relu" },
  { kind: "leakyRelu", slope: 0.2 },
  { kind: "leakyRelu", slope: 0 },
  { kind: "elu", alpha: 1.5 },
  { kind: "gelu" },
];

const image = [8, 9, 3] as const;
const sized = (description: HeadDescription, sizes: Partial<HeadSizes> = {}) => (core: Core) =>
  createHead(core, description, { inputs: 6, classes: CLASSES, ...sizes });
const onImages = { inputs: 8 * 9 * 3, image };

/** Heads of every layer, activation and order of channels, by what is special about them. */
export const HEADS: Readonly<Record<string, (core: Core) => Head>> = {
  "softmax regression": sized({ name: "softmax" }),
  "transfer": sized({ name: "transfer" }),
  ...Object.fromEntries(
    ACTIVATIONS.map((activation) => [
      `mlp with ${Object.values(activation).join(" ")}`,
      sized({ name: "mlp", hidden: [7, 5], activation }),
    ]),
  ),
  "mlp with batch normalisation and dropout": sized({
    name: "mlp",
    hidden: [7],
    activation: { kind: "tanh" },
    batchNorm: true,
    dropout: 0.5,
  }),
  "cnn on grey images": sized(
    { name: "cnn", channels: [4], hidden: [5] },
    { inputs: 72, image: [8, 9, 1] },
  ),
  "cnn on RGB images": sized({ name: "cnn", channels: [4, 5], hidden: [], pooling: "average" }, {
    ...onImages,
  }),
  "cnn with batch normalisation": sized(
    { name: "cnn", kernel: 5, channels: [4], hidden: [6], batchNorm: true, dropout: 0.2 },
    onImages,
  ),
  "a network of what heads do not ask for": (core) =>
    createNetwork(core, {
      name: "odd",
      inputs: image,
      layers: [
        convolution({ channels: 5, size: 3, stride: 2, padding: 2 }),
        maxPooling({ size: 3, stride: 2, padding: 1 }),
        averagePooling({ size: 2, stride: 1, padding: 1 }),
        flatten(),
        batchNormalization({ epsilon: 0.01 }),
        dropout({ rate: 0.5 }),
        dense({ outputs: CLASSES }),
      ],
      classes: CLASSES,
    }),
};

/**
 * Parameters that tell every element of every array from the others: weights as they start, and
 * statistics, scales and biases that are not 0 or 1. Variances are positive.
 */
export async function randomParameters(head: Head): Promise<Parameters> {
  const random = stream(7, "init");
  head.initialize(random);
  const parameters = await head.save();
  for (const [name, { shape, data }] of Object.entries(parameters)) {
    if (shape.length > 1) continue;
    data.forEach((_, i) => data[i] = random.normal());
    if (name.endsWith("running_var")) data.forEach((value, i) => data[i] = 0.5 + Math.abs(value));
  }
  return parameters;
}
