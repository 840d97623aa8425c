import assert from "node:assert/strict";
import type { Core } from "../ops.ts";
import type { CoreUnderTest } from "./contract_suite.ts";

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
}
