/**
 * Checks of the shapes and places of operands.
 *
 * @module
 */
import { formatShape, type Handle } from "./handle.ts";

type Axis = number | string;

/** Checks a shape against a pattern of sizes and names; a name binds at its first use. */
export class Shapes {
  readonly #operation: string;
  readonly #sizes = new Map<string, { size: number; by: string }>();

  constructor(operation: string) {
    this.#operation = operation;
  }

  match(name: string, handle: Handle, pattern: readonly Axis[]): void {
    const { shape } = handle;
    if (shape.length !== pattern.length) this.#fail(name, handle, pattern, "");
    pattern.forEach((axis, i) => {
      const bound = typeof axis === "string" ? this.#sizes.get(axis) : { size: axis, by: "" };
      if (bound === undefined) {
        this.#sizes.set(axis as string, { size: shape[i], by: name });
      } else if (bound.size !== shape[i]) {
        const why = bound.by ? ` with ${axis} = ${bound.size} from ${bound.by}` : "";
        this.#fail(name, handle, pattern, why);
      }
    });
  }

  #fail(name: string, handle: Handle, pattern: readonly Axis[], why: string): never {
    throw new RangeError(
      `Cannot compute ${this.#operation} as ${name} must have shape [${
        pattern.join(", ")
      }]${why}: current shape is ${formatShape(handle.shape)}`,
    );
  }
}

/** Fails where an output has a common element with an input. */
export function apart(
  operation: string,
  output: [string, Handle],
  inputs: [string, Handle?][],
): void {
  const [outputName, out] = output;
  for (const [name, input] of inputs) {
    if (input === undefined || input.storage !== out.storage) continue;
    if (input.reach.from < out.reach.to && out.reach.from < input.reach.to) {
      throw new RangeError(
        `Cannot compute ${operation} as ${outputName} must not overlap ${name}: both are of one array`,
      );
    }
  }
}

/** Fails unless an output has the same elements as an input, or no common one. */
export function sameOrApart(
  operation: string,
  output: [string, Handle],
  input: [string, Handle],
): void {
  const [a, b] = [output[1], input[1]];
  const same = a.offset === b.offset && a.size === b.size && a.advance === b.advance;
  if (a.storage === b.storage && same) return;
  apart(operation, output, [input]);
}
