import { sizeOf } from "../../handle.ts";
import { type Layer, shapedLayer } from "./layer.ts";

/**
 * Images `[height, width, channels]` as features `[d]`; features stay as they are.
 *
 * A core keeps channels last. What is saved of the layers after it has the order of PyTorch's
 * `nn.Flatten`, channels first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.deepEqual(flatten().shaped({ shape: [7, 7, 32] }).output.shape, [1568]);
 * ```
 */
export function flatten(): Layer {
  return {
    name: "flatten",
    form: { kind: "flatten" },
    shaped: (extent) =>
      shapedLayer({
        output: extent.shape.length === 1
          ? extent
          : { shape: [sizeOf(extent.shape)], image: extent.shape },
        inPlace: true,
        passesOn: () => true,
        forward() {},
        backward() {},
      }),
  };
}
