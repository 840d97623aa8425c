import assert from "node:assert/strict";
import type { Core, FloatTensor } from "../ops.ts";
import { type Window, windowsAlong } from "../window.ts";
import { floats } from "./arrays.ts";
import type { CoreUnderTest } from "./core_under_test.ts";
import { ACTIVATIONS } from "./suite_layers.ts";

/** Arrays by name, with their shapes. */
type Inputs = Record<string, { shape: number[]; data: Float32Array }>;
type Tensors = Record<string, FloatTensor>;

/** An operation with its gradient. */
interface Differentiable {
  what: string;
  inputs: Inputs;
  /** Computes the output from the inputs. */
  forward: (core: Core, inputs: Tensors) => FloatTensor;
  /** Computes the inputs' gradients from the output's; what the forward pass made is at hand. */
  backward: (core: Core, inputs: Tensors, output: FloatTensor, gradient: FloatTensor) => Tensors;
}

/** Half the difference of an input: truncation and the rounding of outputs both stay near 1e-4. */
const H = 0.0078125;

const normal = (seed: number, shape: number[]) => {
  const size = shape.reduce((a, b) => a * b);
  return { shape, data: floats(seed, size, "ordinary") };
};

function batchNormalization(): Differentiable {
  const [n, k] = [6, 3];
  const epsilon = 1e-3;
  let statistics: { mean: FloatTensor; variance: FloatTensor };
  return {
    what: "batch normalisation",
    inputs: { input: normal(1, [n, k]), scale: normal(2, [k]), shift: normal(3, [k]) },
    forward(core, { input, scale, shift }) {
      statistics = { mean: core.tensor([k]), variance: core.tensor([k]) };
      const output = core.tensor([n, k]);
      core.batchStatistics({ input, ...statistics });
      core.normalize({ input, ...statistics, scale, shift, epsilon, output });
      return output;
    },
    backward(core, { input, scale }, _, outputGradient) {
      const gradients = {
        input: core.tensor([n, k]),
        scale: core.tensor([k]),
        shift: core.tensor([k]),
      };
      core.normalizeGradient({
        input,
        ...statistics,
        scale,
        epsilon,
        outputGradient,
        inputGradient: gradients.input,
        scaleGradient: gradients.scale,
        shiftGradient: gradients.shift,
      });
      return gradients;
    },
  };
}

const IMAGE: [number, number] = [5, 6];
const WINDOW: Window = { size: [3, 2], stride: [2, 1], padding: [1, 1] };

function convolution(): Differentiable {
  const [n, c, k] = [2, 2, 3];
  const [oh, ow] = windowsAlong(IMAGE, WINDOW);
  const width = WINDOW.size[0] * WINDOW.size[1] * c;
  let patches: FloatTensor;
  return {
    what: "a convolution",
    inputs: {
      input: normal(1, [n, ...IMAGE, c]),
      weight: normal(2, [k, width]),
      bias: normal(3, [k]),
    },
    forward(core, { input, weight, bias }) {
      patches = core.tensor([n * oh * ow, width]);
      const output = core.tensor([n * oh * ow, k]);
      core.patches({ input, window: WINDOW, output: patches });
      core.dense({ input: patches, weight, bias, output });
      return output;
    },
    backward(core, { input, weight }, _, outputGradient) {
      const gradients = {
        input: core.tensor(input.shape),
        weight: core.tensor([k, width]),
        bias: core.tensor([k]),
      };
      const inputGradient = core.tensor([n * oh * ow, width]);
      core.denseGradient({
        outputGradient,
        input: patches,
        weight,
        weightGradient: gradients.weight,
        biasGradient: gradients.bias,
        inputGradient,
      });
      core.patchesGradient({
        outputGradient: inputGradient,
        window: WINDOW,
        inputGradient: gradients.input,
      });
      return gradients;
    },
  };
}

function pooling(kind: "max" | "average"): Differentiable {
  const shape = [2, ...IMAGE, 3];
  // Apart by more than the difference, so that no other element becomes the greatest.
  const size = shape.reduce((a, b) => a * b);
  const data = new Float32Array(size).map((_, i) => ((i * 37) % size) / 8);
  const pooled = [2, ...windowsAlong(IMAGE, WINDOW), 3];
  return {
    what: `${kind} pooling`,
    inputs: { input: { shape, data } },
    forward(core, { input }) {
      const output = core.tensor(pooled);
      if (kind === "max") core.maxPool({ input, window: WINDOW, output });
      else core.averagePool({ input, window: WINDOW, output });
      return output;
    },
    backward(core, { input }, _, outputGradient) {
      const inputGradient = core.tensor(shape);
      const operands = { window: WINDOW, outputGradient, inputGradient };
      if (kind === "max") core.maxPoolGradient({ input, ...operands });
      else core.averagePoolGradient(operands);
      return { input: inputGradient };
    },
  };
}

function elementwise(
  what: string,
  forward: (core: Core, input: FloatTensor, output: FloatTensor) => void,
  backward: (core: Core, o: Record<"x" | "y" | "g" | "dx", FloatTensor>) => void,
): Differentiable {
  const shape = [4, 7];
  const input = normal(1, shape);
  // Away from 0, where some have a kink.
  input.data = input.data.map((x) => x + Math.sign(x) * 4 * H);
  return {
    what,
    inputs: { input },
    forward(core, { input }) {
      const output = core.tensor(shape);
      forward(core, input, output);
      return output;
    },
    backward(core, { input: x }, y, g) {
      const dx = core.tensor(shape);
      backward(core, { x, y, g, dx });
      return { input: dx };
    },
  };
}

const MASK = { kind: "dropout", rate: 0.3, key: [5, 6], step: 7 } as const;

const OPERATIONS: readonly (() => Differentiable)[] = [
  ...ACTIVATIONS.map((activation) => () =>
    elementwise(
      activation.kind,
      (core, input, output) => core.activate({ input, output, activation }),
      (core, { x, y, g, dx }) =>
        core.activationGradient({
          input: x,
          output: y,
          outputGradient: g,
          inputGradient: dx,
          activation,
        }),
    )
  ),
  () =>
    elementwise(
      "dropout",
      (core, input, output) => core.dropout({ input, output, mask: MASK }),
      (core, { g, dx }) => core.dropout({ input: g, output: dx, mask: MASK }),
    ),
  batchNormalization,
  convolution,
  () => pooling("max"),
  () => pooling("average"),
];

/** Gradients of the operations between dense layers against central differences. */
export function testLayerGradients({ name, create }: CoreUnderTest): void {
  for (const make of OPERATIONS) {
    const { what, inputs, forward, backward } = make();
    Deno.test(`${name}: the gradients of ${what} equal finite differences`, async () => {
      const core = await create();
      const put = (arrays: Inputs): Tensors =>
        Object.fromEntries(
          Object.entries(arrays).map(([key, { data, shape }]) => [key, core.upload(data, shape)]),
        );
      const tensors = put(inputs);
      const output = forward(core, tensors);
      const weights = floats(9, output.shape.reduce((a, b) => a * b), "ordinary");
      const gradients = backward(core, tensors, output, core.upload(weights, output.shape));
      /** The loss: the outputs, weighed. */
      const lossAt = async (arrays: Inputs): Promise<number> => {
        const values = await core.download(forward(core, put(arrays)));
        return values.reduce((sum, value, i) => sum + value * weights[i], 0);
      };
      for (const [key, { shape, data }] of Object.entries(inputs)) {
        const gradient = await core.download(gradients[key]);
        for (let i = 0; i < data.length; i++) {
          const shifted = (by: number) => {
            const changed = data.slice();
            changed[i] += by;
            return lossAt({ ...inputs, [key]: { shape, data: changed } });
          };
          const difference = (await shifted(H) - await shifted(-H)) / (2 * H);
          assert.ok(
            Math.abs(difference - gradient[i]) < 2e-3 * (1 + Math.abs(difference)),
            `${key}[${i}]: gradient ${gradient[i]}, finite difference ${difference}`,
          );
        }
      }
    });
  }
}
