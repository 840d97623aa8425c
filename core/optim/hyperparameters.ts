import type { Hyperparameter } from "./optimizer.ts";

/** What a hyperparameter must be, for readers: `a number in [0, 1)`. */
export function formatExpected(hyperparameter: Hyperparameter): string {
  const { integer = false } = hyperparameter;
  return `${integer ? "an integer" : "a number"} in ${formatRange(hyperparameter)}`;
}

/**
 * A hyperparameter's range for readers: `[0, 1)`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { adam } from "./adam.ts";
 *
 * assert.equal(formatRange(adam.hyperparameters.beta1), "[0, 1)");
 * ```
 */
export function formatRange({ minimum, maximum, exclusive }: Hyperparameter): string {
  const open = exclusive === "minimum" || exclusive === "both" ? "(" : "[";
  const close = exclusive === "maximum" || exclusive === "both" ? ")" : "]";
  return `${open}${minimum}, ${maximum}${close}`;
}

/**
 * Whether a value lies in a hyperparameter's range, and is whole where it must be.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { adam } from "./adam.ts";
 *
 * const { beta1 } = adam.hyperparameters; // [0, 1)
 * assert.ok(isInRange(0, beta1) && !isInRange(1, beta1));
 * ```
 */
export function isInRange(value: number, hyperparameter: Hyperparameter): boolean {
  const { minimum, maximum, exclusive, integer = false } = hyperparameter;
  if (integer && !Number.isInteger(value)) return false;
  if (!(value >= minimum && value <= maximum)) return false;
  if (value === minimum && (exclusive === "minimum" || exclusive === "both")) return false;
  return !(value === maximum && (exclusive === "maximum" || exclusive === "both"));
}

/**
 * All values of the hyperparameters of an optimiser or a schedule: those given, and defaults for the
 * rest.
 *
 * @param kind What it is, for errors. Default: `optimizer`.
 * @throws {RangeError} if it has no such hyperparameter, or a value is out of range.
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
  owner: { name: string; hyperparameters: Readonly<Record<string, Hyperparameter>> },
  given: Readonly<Record<string, number | undefined>>,
  kind = "optimizer",
): Record<string, number> {
  const known = Object.keys(owner.hyperparameters);
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(owner.hyperparameters, name)) {
      throw new RangeError(
        `Cannot set ${name} as ${kind} ${owner.name} has only ${known.join(", ")}`,
      );
    }
  }
  return Object.fromEntries(known.map((name) => {
    const hyperparameter = owner.hyperparameters[name];
    const value = given[name] ?? hyperparameter.default;
    if (!isInRange(value, hyperparameter)) {
      throw new RangeError(
        `Cannot set ${name} of ${kind} ${owner.name} as it must be ${
          formatExpected(hyperparameter)
        }: current value is ${value}`,
      );
    }
    return [name, value];
  }));
}
