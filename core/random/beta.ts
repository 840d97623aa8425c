import { exp } from "../math/exp.ts";
import { log } from "../math/log.ts";
import type { Random } from "./stream.ts";

/**
 * A draw of Gamma(shape, 1), the same bits on every machine: Marsaglia & Tsang 2000, and for shapes
 * below 1 their G(shape + 1)·U^(1/shape).
 */
function gamma(random: Random, shape: number): number {
  if (shape < 1) {
    const power = exp(log(1 - random.float64()) / shape);
    return gamma(random, shape + 1) * power;
  }
  const d = shape - 1 / 3;
  const c = 1 / (3 * Math.sqrt(d));
  while (true) {
    const x = random.normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (log(1 - random.float64()) < x * x / 2 + d - d * v + d * log(v)) return d * v;
  }
}

/**
 * A draw of Beta(α, β) in [0, 1].
 *
 * @throws {RangeError} unless both are above 0 and finite.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { stream } from "./stream.ts";
 *
 * const share = beta(stream(1, "mixup"), 0.2, 0.2);
 * assert.ok(share >= 0 && share <= 1);
 * ```
 */
export function beta(random: Random, α: number, β: number): number {
  for (const value of [α, β]) {
    if (!(value > 0 && value < Infinity)) {
      throw new RangeError(
        `Cannot draw from a beta distribution as both numbers must be above 0: current value is ${value}`,
      );
    }
  }
  const [x, y] = [gamma(random, α), gamma(random, β)];
  // Of tiny shapes both may come out as 0: the distribution is then all at its ends.
  return x + y > 0 ? x / (x + y) : Number(random.float64() < α / (α + β));
}
