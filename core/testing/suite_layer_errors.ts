import assert from "node:assert/strict";
import type { Core, Rule, Step } from "../ops.ts";
import type { UpdateRule } from "../optim/rules.ts";
import type { Window } from "../window.ts";
import type { CoreUnderTest } from "./core_under_test.ts";

/** What every core refuses of the operations between dense layers, and in which words. */
export function testLayerErrors({ name, create }: CoreUnderTest): void {
  const refuses = (what: string, message: string, act: (core: Core) => unknown) =>
    Deno.test(`${name}: refuses ${what}`, async () => {
      const core = await create();
      assert.throws(() => act(core), { name: "RangeError", message });
    });

  refuses(
    "a view of another number of elements",
    "Cannot reshape a tensor as [5] must have as many elements as [2, 3]",
    (core) => core.reshape(core.tensor([2, 3]), [5]),
  );
  refuses(
    "an activation's number that is not finite",
    "Cannot compute activate elu as alpha must be finite: current value is NaN",
    (core) => {
      const input = core.tensor([2]);
      core.activate({ input, output: input, activation: { kind: "elu", alpha: NaN } });
    },
  );
  refuses(
    "an activation's output of another shape",
    "Cannot compute activate as output must have shape [2, 3]: current shape is [3, 2]",
    (core) =>
      core.activate({
        input: core.tensor([2, 3]),
        output: core.tensor([3, 2]),
        activation: { kind: "relu" },
      }),
  );
  refuses(
    "an activation's output that is half its input",
    "Cannot compute activate as output must not overlap input: both are of one array",
    (core) => {
      const array = core.tensor([3, 2]);
      const [input, output] = [core.rows(array, 0, 2), core.rows(array, 1, 3)];
      core.activate({ input, output, activation: { kind: "relu" } });
    },
  );
  refuses(
    "an activation's gradient in the place of its input",
    "Cannot compute activationGradient as inputGradient must not overlap input: both are of one array",
    (core) => {
      const [input, output, outputGradient] = [1, 2, 3].map(() => core.tensor([2]));
      const activation = { kind: "tanh" } as const;
      core.activationGradient({ input, output, outputGradient, inputGradient: input, activation });
    },
  );
  refuses(
    "a mean and a variance in one array",
    "Cannot compute batchStatistics as mean must not overlap variance: both are of one array",
    (core) => {
      const mean = core.tensor([2]);
      core.batchStatistics({ input: core.tensor([3, 2]), mean, variance: mean });
    },
  );
  refuses(
    "statistics of no row",
    "Cannot compute batchStatistics as input must have a row: it has none",
    (core) =>
      core.batchStatistics({
        input: core.tensor([0, 2]),
        mean: core.tensor([2]),
        variance: core.tensor([2]),
      }),
  );
  refuses(
    "an epsilon of 0",
    "Cannot compute normalize as epsilon must be finite and greater than 0: current value is 0",
    (core) => {
      const [input, output] = [core.tensor([3, 2]), core.tensor([3, 2])];
      const [mean, variance, scale, shift] = [1, 2, 3, 4].map(() => core.tensor([2]));
      core.normalize({ input, mean, variance, scale, shift, epsilon: 0, output });
    },
  );
  refuses(
    "gradients of a normalisation in one array",
    "Cannot compute normalizeGradient as scaleGradient must not overlap shiftGradient: both are of one array",
    (core) => {
      const [input, outputGradient] = [core.tensor([3, 2]), core.tensor([3, 2])];
      const [mean, variance, scale, both] = [1, 2, 3, 4].map(() => core.tensor([2]));
      core.normalizeGradient({
        input,
        mean,
        variance,
        scale,
        epsilon: 1,
        outputGradient,
        scaleGradient: both,
        shiftGradient: both,
      });
    },
  );
  refuses(
    "an average that moves by no number",
    "Cannot compute moveAverage as rate must be finite: current value is NaN",
    (core) =>
      core.moveAverage({
        average: core.tensor([2]),
        value: core.tensor([2]),
        rate: NaN,
        factor: 1,
      }),
  );
  const drop = (core: Core, rate: number, step: number) => {
    const input = core.tensor([2]);
    core.dropout({ input, output: input, mask: { kind: "dropout", rate, key: [1, 2], step } });
  };
  refuses(
    "to drop everything",
    "Cannot compute dropout as its rate must be in [0, 1): current value is 1",
    (core) => drop(core, 1, 0),
  );
  refuses(
    "a mask of half a step",
    "Cannot compute dropout as its key and step must be integers in [0, 2^32): current value is 0.5",
    (core) => drop(core, 0.5, 0.5),
  );
  const pool = (core: Core, image: number[], size: [number, number], padding: [number, number]) => {
    const input = core.tensor([1, ...image, 1]);
    core.maxPool({ input, window: { size, stride: [1, 1], padding }, output: core.tensor([1]) });
  };
  refuses(
    "a window larger than the image",
    "Cannot slide a window as it must fit in the image: its width is 4, that of the image with its padding 3",
    (core) => pool(core, [3, 3], [2, 4], [0, 0]),
  );
  refuses(
    "a padding as large as the window",
    "Cannot slide a window as its padding along the height must be an integer from 0 to 1: current value is 2",
    (core) => pool(core, [3, 3], [2, 2], [2, 0]),
  );
  refuses(
    "a pooling's gradient in the place of its input",
    "Cannot compute maxPoolGradient as inputGradient must not overlap input: both are of one array",
    (core) => {
      const input = core.tensor([1, 2, 2, 1]);
      const window: Window = { size: [2, 2], stride: [1, 1], padding: [0, 0] };
      const outputGradient = core.tensor([1, 1, 1, 1]);
      core.maxPoolGradient({ input, window, outputGradient, inputGradient: input });
    },
  );
  refuses(
    "to pool with a padding of more than half the window",
    "Cannot compute maxPool as the padding must be at most half the window's size 3: current value is 2",
    (core) => pool(core, [3, 3], [3, 3], [2, 0]),
  );
  refuses(
    "to pool an image without elements",
    "Cannot compute maxPool as images must have an element: current size is [0, 3]",
    (core) => pool(core, [0, 3], [2, 2], [1, 1]),
  );
  refuses(
    "patches of another shape",
    "Cannot compute patches as output must have shape [4, 8]: current shape is [4, 7]",
    (core) =>
      core.patches({
        input: core.tensor([1, 3, 3, 2]),
        window: { size: [2, 2], stride: [1, 1], padding: [0, 0] },
        output: core.tensor([4, 7]),
      }),
  );

  Deno.test(`${name}: refuses a mask among the rules of updates`, async () => {
    const core = await create();
    const [parameters, gradient] = [core.tensor([2]), core.tensor([2])];
    const body = (step: Step) => {
      const rule = step.rule((i): Rule =>
        i === 0
          ? { kind: "sgd", learningRate: 0.1, l2: 0, decay: 0 }
          : { kind: "dropout", rate: 0.5, key: [1, 2], step: i }
      );
      core.update({ parameters, gradient, slots: [], rule: rule as UpdateRule });
    };
    assert.throws(() => core.repeat(2, body), {
      name: "TypeError",
      message:
        "Cannot repeat as the rules of all steps must be of one kind: they are sgd and dropout",
    });
  });
}
