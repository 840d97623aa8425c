import type { Activation } from "../nn/activations.ts";
import type { Core, FloatTensor } from "../ops.ts";
import type { Window } from "../window.ts";
import { assertClose } from "./arrays.ts";
import type { CoreUnderTest } from "./core_under_test.ts";
import fixture from "./testdata/layers.json" with { type: "json" };

type Tensors = Readonly<Record<string, FloatTensor>>;
type Numbers = Readonly<Record<string, { shape: number[]; data: number[] }>>;

/** What a core makes of a case: its arrays by the fixture's names. */
type Compute = (core: Core, inputs: Tensors, options: unknown) => Tensors;

/** An operation from one array to another, and its gradient. */
function throughOne(
  core: Core,
  { input, outputGradient }: Tensors,
  forward: (operands: { input: FloatTensor; output: FloatTensor }) => void,
  backward: (
    operands: Record<"input" | "output" | "outputGradient" | "inputGradient", FloatTensor>,
  ) => void,
): Tensors {
  const [output, inputGradient] = [core.tensor(outputGradient.shape), core.tensor(input.shape)];
  forward({ input, output });
  backward({ input, output, outputGradient, inputGradient });
  return { output, inputGradient };
}

const OPERATIONS: Readonly<Record<string, Compute>> = {
  activation(core, inputs, options) {
    const activation = options as Activation;
    return throughOne(
      core,
      inputs,
      (operands) => core.activate({ ...operands, activation }),
      (operands) => core.activationGradient({ ...operands, activation }),
    );
  },

  maxPool(core, inputs, options) {
    const window = options as Window;
    return throughOne(
      core,
      inputs,
      (operands) => core.maxPool({ ...operands, window }),
      ({ output: _, ...operands }) => core.maxPoolGradient({ ...operands, window }),
    );
  },

  averagePool(core, inputs, options) {
    const window = options as Window;
    return throughOne(
      core,
      inputs,
      (operands) => core.averagePool({ ...operands, window }),
      ({ outputGradient, inputGradient }) =>
        core.averagePoolGradient({ outputGradient, inputGradient, window }),
    );
  },

  convolution(core, { input, weight, bias, outputGradient: gradient }, options) {
    const window = options as Window;
    const [k, width] = weight.shape;
    const rows = gradient.shape[0] * gradient.shape[1] * gradient.shape[2];
    const [patches, byPatches] = [core.tensor([rows, width]), core.tensor([rows, width])];
    const output = core.tensor([rows, k]);
    const outputGradient = core.reshape(gradient, [rows, k]);
    const inputGradient = core.tensor(input.shape);
    const [weightGradient, biasGradient] = [core.tensor([k, width]), core.tensor([k])];
    core.patches({ input, window, output: patches });
    core.dense({ input: patches, weight, bias, output });
    core.denseGradient({
      outputGradient,
      input: patches,
      weight,
      weightGradient,
      biasGradient,
      inputGradient: byPatches,
    });
    core.patchesGradient({ outputGradient: byPatches, window, inputGradient });
    return { output, inputGradient, weightGradient, biasGradient };
  },

  normalization(core, inputs, options) {
    const { epsilon, rate } = options as { epsilon: number; rate: number };
    const { scale, shift, averageMean, averageVariance } = inputs;
    const [k] = scale.shape;
    const n = inputs.first.shape.reduce((a, b) => a * b) / k;
    const [first, input, outputGradient] = [inputs.first, inputs.second, inputs.outputGradient].map(
      (tensor) => core.reshape(tensor, [n, k]),
    );
    const [mean, variance] = [core.tensor([k]), core.tensor([k])];
    const [scaleGradient, shiftGradient] = [core.tensor([k]), core.tensor([k])];
    const [output, inputGradient, evaluated] = [1, 2, 3].map(() => core.tensor([n, k]));
    for (const batch of [first, input]) {
      core.batchStatistics({ input: batch, mean, variance });
      core.moveAverage({ average: averageMean, value: mean, rate, factor: 1 });
      // PyTorch's average is of the sample's variance, divided by n − 1.
      core.moveAverage({ average: averageVariance, value: variance, rate, factor: n / (n - 1) });
    }
    const layer = { scale, shift, epsilon };
    core.normalize({ input, mean, variance, ...layer, output });
    core.normalizeGradient({
      input,
      mean,
      variance,
      scale,
      epsilon,
      outputGradient,
      scaleGradient,
      shiftGradient,
      inputGradient,
    });
    const averages = { mean: averageMean, variance: averageVariance };
    core.normalize({ input: first, ...averages, ...layer, output: evaluated });
    return {
      output,
      inputGradient,
      scaleGradient,
      shiftGradient,
      averageMean,
      averageVariance,
      evaluated,
    };
  },
};

/** Root of the mean square. */
function magnitude(data: Float32Array): number {
  return Math.sqrt(data.reduce((sum, x) => sum + x * x, 0) / data.length);
}

/** The operations between dense layers against PyTorch's, forward and backward. */
export function testLayerPeers({ name, create, tolerance }: CoreUnderTest): void {
  const share = Math.max(1e-5, tolerance?.relative ?? 0);
  for (const { title, operation, options, inputs, expected } of fixture.cases) {
    Deno.test(`${name}: ${title} as PyTorch's`, async () => {
      const core = await create();
      const tensors = Object.fromEntries(
        Object.entries(inputs as unknown as Numbers).map((
          [key, { shape, data }],
        ) => [key, core.upload(new Float32Array(data), shape)]),
      );
      const found = OPERATIONS[operation](core, tensors, options);
      for (const [what, { data }] of Object.entries(expected as unknown as Numbers)) {
        const wanted = new Float32Array(data);
        // A number that is small among large ones is a difference of such.
        const near = { relative: share, absolute: share * magnitude(wanted) };
        assertClose(await core.download(found[what]), wanted, near, what);
      }
    });
  }
}
