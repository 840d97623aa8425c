import type { DropoutMask } from "../random/dropout_mask.ts";
import { philox } from "../random/philox.ts";

/** x × scale where the mask keeps an element, else +0; see `core/random/dropout_mask.ts`. */
export function dropout(
  x: Float32Array,
  y: Float32Array,
  { key, step }: DropoutMask,
  threshold: number,
  scale: number,
): void {
  for (let i = 0; i < x.length; i += 4) {
    const words = philox([i / 4, step, 2, 0], key);
    for (let j = i; j < Math.min(i + 4, x.length); j++) {
      y[j] = words[j - i] >= threshold ? x[j] * scale : 0;
    }
  }
}
