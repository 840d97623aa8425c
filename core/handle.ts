import type { FloatTensor, IntegerTensor, Shape, Tensor } from "./ops.ts";

/** The memory behind an array; its views share it. */
export interface Storage {
  freed: boolean;
}

/** What a core knows of a tensor that it handed out. */
export class Handle<S extends Storage = Storage> {
  readonly core: object;
  readonly type: Tensor["type"];
  readonly shape: Shape;
  /** Exclusive bound of the values of an integer tensor; 0 for floats. */
  readonly below: number;
  /** Number of elements. */
  readonly size: number;
  readonly storage: S;
  /** Where the array begins in its storage, in elements. */
  readonly offset: number;
  /** Whether another handle owns the storage. */
  readonly isView: boolean;
  /** In a step of a repetition: elements from where it is in one step to where in the next. */
  readonly advance: number;
  /** All elements that it is in any step, from (inclusive) and to (exclusive). */
  readonly reach: { from: number; to: number };

  constructor(
    core: object,
    type: Tensor["type"],
    shape: Shape,
    below: number,
    storage: S,
    viewFrom?: number,
    steps?: { advance: number; reach: { from: number; to: number } },
  ) {
    this.core = core;
    this.type = type;
    this.shape = Object.freeze([...shape]);
    this.below = below;
    this.size = sizeOf(shape);
    this.storage = storage;
    this.offset = viewFrom ?? 0;
    this.isView = viewFrom !== undefined;
    this.advance = steps?.advance ?? 0;
    this.reach = steps?.reach ?? { from: this.offset, to: this.offset + this.size };
  }

  /** This handle as callers see it. */
  asFloats(): FloatTensor {
    return this as unknown as FloatTensor;
  }

  /** This handle as callers see it. */
  asIntegers(): IntegerTensor {
    return this as unknown as IntegerTensor;
  }
}

/** Number of elements of a shape. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((size, axis) => size * axis, 1);
}

/** A shape for messages: `[32, 15]`. */
export function formatShape(shape: Shape): string {
  return `[${shape.join(", ")}]`;
}

/**
 * Checks that a shape has one or more axes, each an integer ≥ 0, and below 2³¹ elements.
 *
 * @throws {RangeError} otherwise.
 */
export function checkShape(action: string, shape: Shape): void {
  if (shape.length === 0 || !shape.every((axis) => Number.isInteger(axis) && axis >= 0)) {
    throw new RangeError(
      `${action} as its shape must be one or more integers from 0 up: current shape is ${
        formatShape(shape)
      }`,
    );
  }
  if (sizeOf(shape) >= 0x80000000) {
    throw new RangeError(
      `${action} as it must have fewer than 2^31 elements: current shape is ${formatShape(shape)}`,
    );
  }
}

/**
 * The handle behind a tensor.
 *
 * @throws {TypeError} if it is no tensor of this core, or not of this type.
 * @throws {ReferenceError} if it was freed.
 */
export function resolve<S extends Storage>(
  core: object,
  operation: string,
  name: string,
  tensor: Tensor,
  type?: Tensor["type"],
): Handle<S> {
  if (!(tensor instanceof Handle) || tensor.core !== core) {
    throw new TypeError(
      `Cannot compute ${operation} as ${name} must be a tensor of this core: upload it here first`,
    );
  }
  if (type !== undefined && tensor.type !== type) {
    throw new TypeError(
      `Cannot compute ${operation} as ${name} must hold ${type}: current type is ${tensor.type}`,
    );
  }
  if (tensor.storage.freed) {
    throw new ReferenceError(
      `Cannot compute ${operation} as ${name} ${formatShape(tensor.shape)} was freed`,
    );
  }
  return tensor as Handle<S>;
}
