import fc from "fast-check";
import type { Core, FloatTensor } from "../ops.ts";
import { type Window, windowsAlong } from "../window.ts";
import { assertSameBits, floats } from "./arrays.ts";
import type { CoreUnderTest } from "./core_under_test.ts";
import { ACTIVATIONS } from "./suite_layers.ts";
import { byHand, type Repeat } from "./suite_repeat.ts";

/** Sizes of a repetition: each step has so many images. */
interface Sizes {
  steps: number;
  images: number;
  channels: number;
  outputs: number;
  seed: number;
}

const IMAGE = [6, 5] as const;
const KERNEL: Window = { size: [3, 3], stride: [1, 1], padding: [1, 1] };
const POOL: Window = { size: [2, 2], stride: [2, 1], padding: [1, 0] };

/** A convolution's block and its gradients, every step on images of its own. */
async function pass(
  core: Core,
  repeat: Repeat,
  { steps, images, channels, outputs: k, seed }: Sizes,
): Promise<Record<string, Float32Array>> {
  const [height, width] = IMAGE;
  const pooled = windowsAlong(IMAGE, POOL);
  const places = height * width;
  const [n, inputs] = [images * places, 9 * channels];
  const put = (number: number, shape: number[]) =>
    core.upload(floats(seed + number, shape.reduce((a, b) => a * b), "ordinary"), shape);

  const input = put(1, [steps * images, height, width, channels]);
  const [weight, scale, shift] = [put(2, [k, inputs]), put(3, [k]), put(4, [k])];
  const [mean, variance, average] = [core.tensor([k]), core.tensor([k]), core.tensor([k])];
  const patches = core.tensor([n, inputs]);
  // One row of these is one place of one image; all steps' rows lie one after the other.
  const rows = (width = k): FloatTensor => core.tensor([steps * n, width]);
  const [convolved, normalized, dropped] = [rows(), rows(), rows()];
  const activated = ACTIVATIONS.map(() => rows());
  const ofPool = [steps * images, ...pooled, k];
  const [greatest, means] = [core.tensor(ofPool), core.tensor(ofPool)];
  const [byGreatest, byMeans] = [rows(), rows()];
  const byActivated = ACTIVATIONS.map(() => rows());
  const [byConvolved, byPatches] = [core.tensor([n, k]), core.tensor([n, inputs])];
  const ofColumns = [steps, k];
  const [byScale, byShift] = [core.tensor(ofColumns), core.tensor(ofColumns)];
  const byInput = core.tensor(input.shape);

  repeat(core, steps, (step) => {
    const of = (tensor: FloatTensor) => step.rows(tensor, n);
    const asImages = (tensor: FloatTensor) => core.reshape(of(tensor), [images, height, width, k]);
    const asColumn = (tensor: FloatTensor) => core.reshape(step.rows(tensor, 1), [k]);
    const statistics = { mean, variance, scale, epsilon: 1e-3 };
    const mask = step.rule((i) =>
      ({ kind: "dropout", rate: 0.25 + i / 100, key: [seed, 0xfffffffe], step: i }) as const
    );
    core.patches({ input: step.rows(input, images), window: KERNEL, output: patches });
    core.dense({ input: patches, weight, output: of(convolved) });
    core.batchStatistics({ input: of(convolved), mean, variance });
    core.moveAverage({ average, value: mean, rate: 0.1, factor: 1.1 });
    core.normalize({ input: of(convolved), ...statistics, shift, output: of(normalized) });
    ACTIVATIONS.forEach((activation, i) => {
      const [x, y] = [of(normalized), of(activated[i])];
      core.activate({ input: x, output: y, activation });
      core.activationGradient({
        input: x,
        output: y,
        outputGradient: x,
        inputGradient: of(byActivated[i]),
        activation,
      });
    });
    core.dropout({ input: of(activated.at(-1)!), output: of(dropped), mask });
    const [most, mid] = [step.rows(greatest, images), step.rows(means, images)];
    core.maxPool({ input: asImages(dropped), window: POOL, output: most });
    core.averagePool({ input: asImages(dropped), window: POOL, output: mid });
    core.maxPoolGradient({
      input: asImages(dropped),
      window: POOL,
      outputGradient: most,
      inputGradient: asImages(byGreatest),
    });
    core.averagePoolGradient({
      window: POOL,
      outputGradient: mid,
      inputGradient: asImages(byMeans),
    });
    core.dropout({ input: of(byMeans), output: of(byMeans), mask });
    core.normalizeGradient({
      input: of(convolved),
      ...statistics,
      outputGradient: of(byMeans),
      scaleGradient: asColumn(byScale),
      shiftGradient: asColumn(byShift),
      inputGradient: byConvolved,
    });
    core.denseGradient({ outputGradient: byConvolved, weight, inputGradient: byPatches });
    core.patchesGradient({
      outputGradient: byPatches,
      window: KERNEL,
      inputGradient: step.rows(byInput, images),
    });
  });
  const results: Record<string, Float32Array> = {};
  const tensors = { convolved, average, normalized, dropped, greatest, means, byGreatest, byMeans };
  const gradients = { byScale, byShift, byInput };
  for (const [what, tensor] of Object.entries({ ...tensors, ...gradients })) {
    results[what] = await core.download(tensor);
  }
  for (const [i, { kind }] of ACTIVATIONS.entries()) {
    results[kind] = await core.download(activated[i]);
    results[`${kind}, gradient`] = await core.download(byActivated[i]);
  }
  return results;
}

/** Repetitions of the operations between dense layers against the same steps by hand. */
export function testLayerRepeat({ name, create }: CoreUnderTest): void {
  const sizes: fc.Arbitrary<Sizes> = fc.record({
    steps: fc.integer({ min: 0, max: 4 }),
    images: fc.integer({ min: 1, max: 3 }),
    channels: fc.constantFrom(1, 2, 4),
    outputs: fc.constantFrom(1, 3, 4, 5, 17),
    seed: fc.nat(1e9),
  });
  Deno.test(`${name}: repeat() of layers equals steps by hand to the bit`, async () => {
    const core = await create();
    const repeat: Repeat = (core, steps, body) => core.repeat(steps, body);
    const property = fc.asyncProperty(sizes, async (sizes) => {
      core.reset();
      const expected = await pass(core, byHand, sizes);
      core.reset();
      const results = await pass(core, repeat, sizes);
      for (const [what, value] of Object.entries(expected)) {
        assertSameBits(results[what], value, what);
      }
    });
    await fc.assert(property, { numRuns: 15 });
  });
}
