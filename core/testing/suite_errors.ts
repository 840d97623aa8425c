import assert from "node:assert/strict";
import type { CoreUnderTest } from "./core_under_test.ts";

/** What every core refuses, and in which words. */
export function testErrors({ name, create, reference }: CoreUnderTest): void {
  const refuses = (
    what: string,
    error: string,
    message: string,
    act: (core: Awaited<ReturnType<typeof create>>) => unknown,
  ) =>
    Deno.test(`${name}: refuses ${what}`, async () => {
      const core = await create();
      await assert.rejects(async () => await act(core), { name: error, message });
    });

  refuses(
    "an embedding that is not finite",
    "RangeError",
    "Cannot upload embeddings [2, 3] as its values must be finite: the value at [1, 1] is NaN",
    (core) => core.upload(new Float32Array([1, 2, 3, 4, NaN, 6]), [2, 3], { name: "embeddings" }),
  );
  refuses(
    "an infinite weight",
    "RangeError",
    "Cannot upload weight [2] as its values must be finite: the value at [0] is -Infinity",
    (core) => core.write(core.tensor([2]), new Float32Array([-Infinity, 6]), { name: "weight" }),
  );
  refuses(
    "a label out of range",
    "RangeError",
    "Cannot upload labels [3] as its values must be from 0 to 14: the value at [2] is 15",
    (core) => core.uploadIntegers(new Int32Array([0, 1, 15]), [3], { name: "labels", below: 15 }),
  );
  refuses(
    "a negative label",
    "RangeError",
    "Cannot upload labels [1] as its values must be from 0 to 1: the value at [0] is -1",
    (core) => core.writeIntegers(core.integers([1], 2), new Int32Array([-1]), "labels"),
  );
  refuses(
    "values that do not fill the shape",
    "RangeError",
    "Cannot upload tensor as shape [2, 2] needs 4 values: current number is 3",
    (core) => core.upload(new Float32Array(3), [2, 2]),
  );
  refuses(
    "a shape that is none",
    "RangeError",
    "Cannot create a tensor as its shape must be one or more integers from 0 up: current shape is [2, -1]",
    (core) => core.tensor([2, -1]),
  );
  refuses(
    "an array of 2^31 elements",
    "RangeError",
    "Cannot create a tensor as it must have fewer than 2^31 elements: current shape is [65536, 32768]",
    (core) => core.tensor([65536, 32768]),
  );
  refuses(
    "weights of another dimension",
    "RangeError",
    "Cannot compute dense as weight must have shape [k, d] with d = 3 from input: current shape is [4, 2]",
    (core) =>
      core.dense({
        input: core.tensor([5, 3]),
        weight: core.tensor([4, 2]),
        output: core.tensor([5, 4]),
      }),
  );
  refuses(
    "an array of another rank",
    "RangeError",
    "Cannot compute dense as input must have shape [n, d]: current shape is [5]",
    (core) =>
      core.dense({
        input: core.tensor([5]),
        weight: core.tensor([4, 2]),
        output: core.tensor([5, 4]),
      }),
  );
  refuses(
    "labels beyond the logits",
    "RangeError",
    "Cannot compute softmaxCrossEntropy as labels must be below the 3 columns of logits: current bound is 4",
    (core) =>
      core.softmaxCrossEntropy({ logits: core.tensor([2, 3]), labels: core.integers([2], 4) }),
  );
  refuses(
    "indices beyond the rows",
    "RangeError",
    "Cannot compute gatherRows as indices must be below the 3 rows of source: current bound is 5",
    (core) =>
      core.gatherRows({
        source: core.tensor([3, 2]),
        indices: core.integers([4], 5),
        output: core.tensor([4, 2]),
      }),
  );
  refuses(
    "gathered labels with a smaller bound",
    "RangeError",
    "Cannot compute gatherRows as output must allow the values of source, below 7: current bound is 6",
    (core) =>
      core.gatherRows({
        source: core.integers([3], 7),
        indices: core.integers([2], 3),
        output: core.integers([2], 6),
      }),
  );
  refuses(
    "an output that overlaps an input",
    "RangeError",
    "Cannot compute denseGradient as weightGradient must not overlap outputGradient: both are of one array",
    (core) => {
      const both = core.tensor([3, 2]);
      core.denseGradient({
        outputGradient: core.rows(both, 0, 2),
        input: core.tensor([2, 2]),
        weightGradient: core.rows(both, 1, 3),
      });
    },
  );
  refuses(
    "a weight gradient without the input",
    "TypeError",
    "Cannot compute denseGradient as input is missing",
    (core) =>
      core.denseGradient({
        outputGradient: core.tensor([2, 2]),
        weightGradient: core.tensor([2, 2]),
      }),
  );
  refuses(
    "rows outside the array",
    "RangeError",
    "Cannot view rows as they must lie in those of the tensor [3, 2]: current rows are 2 to 4",
    (core) => core.rows(core.tensor([3, 2]), 2, 4),
  );
  refuses(
    "an argmax of no column",
    "RangeError",
    "Cannot compute argmax as input must have a column: current shape is [3, 0]",
    (core) => core.argmax({ input: core.tensor([3, 0]), output: core.integers([3], 1) }),
  );
  refuses(
    "an update with another number of slots",
    "RangeError",
    "Cannot compute update as rule momentum has 1 slots: current number is 0",
    (core) =>
      core.update({
        parameters: core.tensor([2]),
        gradient: core.tensor([2]),
        slots: [],
        rule: {
          kind: "momentum",
          learningRate: 1,
          momentum: 0.9,
          gain: 1,
          lookahead: 0,
          l2: 0,
          decay: 0,
        },
      }),
  );
  refuses(
    "an update by a rate that is no number",
    "RangeError",
    "Cannot compute update as learningRate of rule sgd must be finite: current value is NaN",
    (core) =>
      core.update({
        parameters: core.tensor([2]),
        gradient: core.tensor([2]),
        slots: [],
        rule: { kind: "sgd", learningRate: NaN, l2: 0, decay: 0 },
      }),
  );
  refuses(
    "a freed array",
    "ReferenceError",
    "Cannot compute columnSums as input [2, 2] was freed",
    (core) => {
      const input = core.tensor([2, 2]);
      const view = core.rows(input, 0, 2);
      core.free(input);
      core.columnSums({ input: view, output: core.tensor([2]) });
    },
  );
  refuses(
    "an array from before a reset",
    "ReferenceError",
    "Cannot compute download as tensor [2] was freed",
    (core) => {
      const tensor = core.tensor([2]);
      core.reset();
      return core.download(tensor);
    },
  );
  refuses(
    "an array of another core",
    "TypeError",
    "Cannot compute columnSums as input must be a tensor of this core: upload it here first",
    (core) => {
      const input = reference().tensor([2, 2]);
      core.columnSums({ input, output: core.tensor([2]) });
    },
  );
}
