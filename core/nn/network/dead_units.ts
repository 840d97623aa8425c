import { sizeOf } from "../../handle.ts";
import type { Core } from "../../ops.ts";
import type { StreamedSamples } from "../feature_source.ts";
import type { DeadUnits, Samples } from "../head.ts";
import type { LayerStack } from "./layer_stack.ts";
import { readParts } from "./readings.ts";

/** Counts the units of each activation that may die which are zero for all samples. */
export async function countDeadUnits(
  core: Core,
  stack: LayerStack,
  samples: Samples | StreamedSamples,
  classes: number,
): Promise<DeadUnits[]> {
  const dying = stack.layers.flatMap(({ shaped }, layer) =>
    shaped.mayDie ? [{ layer, units: shaped.output.shape.at(-1)! }] : []
  );
  if (dying.length === 0) return [];
  const alive = dying.map(({ units }) => new Uint8Array(units));
  for await (const part of readParts(core, stack, samples, classes)) {
    const sums = dying.map(({ units }) => core.tensor([part.batches, units]));
    try {
      await part.read((batch, passes) => {
        // Sums of what is not negative: zero where all of it is.
        dying.forEach(({ layer, units }, i) => {
          const { output: reached } = passes[layer];
          const input = core.reshape(reached, [sizeOf(reached.shape) / units, units]);
          const output = core.reshape(batch.window(sums[i]), [units]);
          core.columnSums({ input, output });
        });
      });
      for (const [i, tensor] of sums.entries()) {
        (await core.download(tensor)).forEach((sum, at) => {
          if (sum !== 0) alive[i][at % alive[i].length] = 1;
        });
      }
    } finally {
      for (const tensor of sums) core.free(tensor);
    }
  }
  return dying.map(({ layer, units }, i) => ({
    layer,
    name: stack.nameOf(layer),
    units,
    dead: alive[i].reduce((count, own) => count + 1 - own, 0),
  }));
}
