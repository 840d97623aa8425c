import type { Hyperparameter, Optimizer } from "./optimizer.ts";

/** A hyperparameter's range for readers: `[0, 1)`. */
export function formatRange({ minimum, maximum, exclusive }: Hyperparameter): string {
  const open = exclusive === "minimum" || exclusive === "both" ? "(" : "[";
  const close = exclusive === "maximum" || exclusive === "both" ? ")" : "]";
  return `${open}${minimum}, ${maximum}${close}`;
}

/** Whether a value lies in a hyperparameter's range. */
export function isInRange(value: number, hyperparameter: Hyperparameter): boolean {
  const { minimum, maximum, exclusive } = hyperparameter;
  if (!(value >= minimum && value <= maximum)) return false;
  if (value === minimum && (exclusive === "minimum" || exclusive === "both")) return false;
  return !(value === maximum && (exclusive === "maximum" || exclusive === "both"));
}

/**
 * All values of an optimiser's hyperparameters: those given, and defaults for the rest.
 *
 * @throws {RangeError} if the optimiser has no such hyperparameter, or a value is out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { adam } from "./adam.ts";
 *
 * const values = resolveHyperparameters(adam, { learningRate: 0.01 });
 * assert.equal(values.learningRate, 0.01);
 * assert.equal(values.beta1, 0.9);
 * ```
 */
export function resolveHyperparameters(
  optimizer: Optimizer,
  given: Readonly<Record<string, number | undefined>>,
): Record<string, number> {
  const known = Object.keys(optimizer.hyperparameters);
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(optimizer.hyperparameters, name)) {
      throw new RangeError(
        `Cannot set ${name} as optimizer ${optimizer.name} has only ${known.join(", ")}`,
      );
    }
  }
  return Object.fromEntries(known.map((name) => {
    const hyperparameter: Hyperparameter = optimizer.hyperparameters[name];
    const value = given[name] ?? hyperparameter.default;
    if (!isInRange(value, hyperparameter)) {
      throw new RangeError(
        `Cannot set ${name} of optimizer ${optimizer.name} as it must be in ${
          formatRange(hyperparameter)
        }: current value is ${value}`,
      );
    }
    return [name, value];
  }));
}
