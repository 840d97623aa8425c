/**
 * Operands of the operations of regularisation, resolved and checked as those in `operands.ts`.
 *
 * @module
 */
import { type Handle, resolve, type Storage } from "./handle.ts";
import { softmaxCrossEntropy } from "./operands.ts";
import type * as ops from "./ops.ts";
import type { Mixture, Penalty, Shrinkage } from "./optim/penalty.ts";
import { apart, sameOrApart, Shapes } from "./shapes.ts";

/** Sums that {@linkcode ops.Core.sumSquares} keeps. */
export const LANES = 64;

function fail(op: string, what: string, range: string, value: unknown): never {
  throw new RangeError(
    `Cannot compute ${op} as ${what} must be ${range}: current value is ${value}`,
  );
}

/** The shares of a mixture as kernels take them. */
export function mixtureScalars({ share }: Mixture): [share: number, rest: number] {
  if (!(share >= 0 && share <= 1)) fail("mix", "the share", "in [0, 1]", share);
  return [share, 1 - share];
}

/** The numbers of a penalty as kernels take them. */
export function penaltyScalars({ kind: _, ...numbers }: Penalty): number[] {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isFinite(value)) fail("penalize", name, "finite", value);
  }
  const { bound, l1, l2, decay } = numbers;
  if (bound < 0) fail("penalize", "bound", "0 or more", bound);
  return [bound, l1, l2, decay];
}

/** The number of a shrinkage as kernels take it. */
export function shrinkageScalars({ amount }: Shrinkage): [amount: number] {
  if (!(amount >= 0 && amount < Infinity)) fail("shrink", "amount", "0 or more", amount);
  return [amount];
}

/** Operands of {@linkcode ops.SoftTargetCrossEntropy}, which tells its shapes and its formula. */
export function softTargetCrossEntropy<S extends Storage>(
  core: object,
  o: ops.SoftTargetCrossEntropy,
) {
  const op = "softTargetCrossEntropy";
  const plain = softmaxCrossEntropy<S>(core, o, op);
  const classWeights = o.classWeights &&
    resolve<S>(core, op, "classWeights", o.classWeights, "f32");
  const others = o.others && resolve<S>(core, op, "others", o.others, "i32");
  const smoothing = o.smoothing ?? 0;
  if (!(smoothing >= 0 && smoothing < 1)) fail(op, "smoothing", "in [0, 1)", smoothing);
  if (others && !o.mixture) throw new TypeError(`Cannot compute ${op} as mixture is missing`);
  const [n, k] = plain.logits.shape;
  const shapes = new Shapes(op);
  if (classWeights) shapes.match("classWeights", classWeights, [k]);
  if (others) {
    shapes.match("others", others, [n]);
    if (others.below > k && n > 0) {
      throw new RangeError(
        `Cannot compute ${op} as others must be below the ${k} columns of logits: current bound is ${others.below}`,
      );
    }
  }
  const inputs: [string, Handle?][] = [["classWeights", classWeights]];
  if (plain.losses) apart(op, ["losses", plain.losses], inputs);
  if (plain.gradient) apart(op, ["gradient", plain.gradient], inputs);
  const mixture: Mixture = o.mixture ?? { kind: "mixture", share: 1 };
  const [uniform, certain] = [smoothing / k, 1 - smoothing];
  return { ...plain, classWeights, others, mixture, uniform, certain };
}

/** Operands of {@linkcode ops.Mix}, which tells its shapes and its formula. */
export function mix<S extends Storage>(core: object, o: ops.Mix) {
  const op = "mix";
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const others = resolve<S>(core, op, "others", o.others, "f32");
  const output = resolve<S>(core, op, "output", o.output, "f32");
  const shapes = new Shapes(op);
  shapes.match("others", others, input.shape);
  shapes.match("output", output, input.shape);
  sameOrApart(op, ["output", output], ["input", input]);
  sameOrApart(op, ["output", output], ["others", others]);
  return { input, others, output, mixture: o.mixture };
}

/** Operands of {@linkcode ops.SumSquares}, which tells its shapes and its formula. */
export function sumSquares<S extends Storage>(core: object, o: ops.SumSquares) {
  const op = "sumSquares";
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const sums = resolve<S>(core, op, "sums", o.sums, "f32");
  new Shapes(op).match("sums", sums, [LANES]);
  apart(op, ["sums", sums], [["input", input]]);
  return { input, sums, anew: o.anew };
}

/** Operands of {@linkcode ops.ClipFactor}, which tells its shapes and its formula. */
export function clipFactor<S extends Storage>(core: object, o: ops.ClipFactor) {
  const op = "clipFactor";
  const sums = resolve<S>(core, op, "sums", o.sums, "f32");
  const factor = resolve<S>(core, op, "factor", o.factor, "f32");
  const shapes = new Shapes(op);
  shapes.match("sums", sums, [LANES]);
  shapes.match("factor", factor, [1]);
  apart(op, ["factor", factor], [["sums", sums]]);
  if (!(o.limit > 0 && o.limit < Infinity)) fail(op, "limit", "above 0 and finite", o.limit);
  return { sums, factor, limit: o.limit };
}

/** Operands of {@linkcode ops.Penalize}, which tells its shapes and its formula. */
export function penalize<S extends Storage>(core: object, o: ops.Penalize) {
  const op = "penalize";
  const parameters = resolve<S>(core, op, "parameters", o.parameters, "f32");
  const gradient = resolve<S>(core, op, "gradient", o.gradient, "f32");
  const coefficients = o.coefficients &&
    resolve<S>(core, op, "coefficients", o.coefficients, "f32");
  const factor = o.factor && resolve<S>(core, op, "factor", o.factor, "f32");
  const shapes = new Shapes(op);
  shapes.match("gradient", gradient, parameters.shape);
  if (coefficients) shapes.match("coefficients", coefficients, [parameters.shape[0] ?? 1]);
  if (factor) shapes.match("factor", factor, [1]);
  const inputs: [string, Handle?][] = [["coefficients", coefficients], ["factor", factor]];
  apart(op, ["gradient", gradient], [["parameters", parameters], ...inputs]);
  apart(op, ["parameters", parameters], inputs);
  /** Elements of a row. */
  const width = coefficients && coefficients.size > 0
    ? parameters.size / coefficients.size
    : parameters.size;
  return { parameters, gradient, coefficients, factor, penalty: o.penalty, width };
}

/** Operands of {@linkcode ops.Shrink}, which tells its shapes and its formula. */
export function shrink<S extends Storage>(core: object, o: ops.Shrink) {
  const parameters = resolve<S>(core, "shrink", "parameters", o.parameters, "f32");
  return { parameters, shrinkage: o.shrinkage };
}
