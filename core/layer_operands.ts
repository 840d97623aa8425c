/**
 * Operands of the operations between dense layers, resolved and checked as those in `operands.ts`.
 *
 * @module
 */
import { formatShape, type Handle, resolve, type Storage } from "./handle.ts";
import type * as ops from "./ops.ts";
import { maskScalars } from "./random/dropout_mask.ts";
import { apart, sameOrApart, Shapes } from "./shapes.ts";
import { type Window, windowsAlong } from "./window.ts";

/** Where windows are: images, their axes, and how many windows lie along them. */
export interface Places extends Window {
  images: number;
  height: number;
  width: number;
  channels: number;
  /** Windows along the height and the width. */
  along: readonly [number, number];
}

function finite(operation: string, numbers: Record<string, number>): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (Number.isFinite(value)) continue;
    throw new RangeError(
      `Cannot compute ${operation} as ${name} must be finite: current value is ${value}`,
    );
  }
}

function hasRows(operation: string, name: string, handle: Handle): void {
  if (handle.shape[0] > 0) return;
  throw new RangeError(`Cannot compute ${operation} as ${name} must have a row: it has none`);
}

function checkActivation(operation: string, activation: ops.Activate["activation"]): void {
  const { kind, ...parameters } = activation;
  finite(`${operation} ${kind}`, parameters);
}

/** Operands of {@linkcode ops.Activate}, which tells its shapes and its formula. */
export function activate<S extends Storage>(core: object, o: ops.Activate) {
  const op = "activate";
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const output = resolve<S>(core, op, "output", o.output, "f32");
  checkActivation(op, o.activation);
  new Shapes(op).match("output", output, input.shape);
  sameOrApart(op, ["output", output], ["input", input]);
  return { input, output, activation: o.activation };
}

/** Operands of {@linkcode ops.ActivationGradient}, which tells its shapes and its formula. */
export function activationGradient<S extends Storage>(core: object, o: ops.ActivationGradient) {
  const op = "activationGradient";
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const output = resolve<S>(core, op, "output", o.output, "f32");
  const outputGradient = resolve<S>(core, op, "outputGradient", o.outputGradient, "f32");
  const inputGradient = resolve<S>(core, op, "inputGradient", o.inputGradient, "f32");
  checkActivation(op, o.activation);
  const shapes = new Shapes(op);
  shapes.match("output", output, input.shape);
  shapes.match("outputGradient", outputGradient, input.shape);
  shapes.match("inputGradient", inputGradient, input.shape);
  apart(op, ["inputGradient", inputGradient], [["input", input], ["output", output]]);
  sameOrApart(op, ["inputGradient", inputGradient], ["outputGradient", outputGradient]);
  return { input, output, outputGradient, inputGradient, activation: o.activation };
}

/** Operands of {@linkcode ops.BatchStatistics}, which tells its shapes and its formula. */
export function batchStatistics<S extends Storage>(core: object, o: ops.BatchStatistics) {
  const op = "batchStatistics";
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const mean = resolve<S>(core, op, "mean", o.mean, "f32");
  const variance = resolve<S>(core, op, "variance", o.variance, "f32");
  const shapes = new Shapes(op);
  shapes.match("input", input, ["n", "k"]);
  shapes.match("mean", mean, ["k"]);
  shapes.match("variance", variance, ["k"]);
  hasRows(op, "input", input);
  apart(op, ["mean", mean], [["input", input], ["variance", variance]]);
  apart(op, ["variance", variance], [["input", input]]);
  return { input, mean, variance };
}

function checkEpsilon(operation: string, epsilon: number): void {
  if (Math.fround(epsilon) > 0 && Number.isFinite(epsilon)) return;
  throw new RangeError(
    `Cannot compute ${operation} as epsilon must be finite and greater than 0: current value is ${epsilon}`,
  );
}

/** Operands of {@linkcode ops.Normalize}, which tells its shapes and its formula. */
export function normalize<S extends Storage>(core: object, o: ops.Normalize) {
  const op = "normalize";
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const mean = resolve<S>(core, op, "mean", o.mean, "f32");
  const variance = resolve<S>(core, op, "variance", o.variance, "f32");
  const scale = resolve<S>(core, op, "scale", o.scale, "f32");
  const shift = resolve<S>(core, op, "shift", o.shift, "f32");
  const output = resolve<S>(core, op, "output", o.output, "f32");
  const columns = Object.entries({ mean, variance, scale, shift });
  const shapes = new Shapes(op);
  shapes.match("input", input, ["n", "k"]);
  for (const [name, column] of columns) shapes.match(name, column, ["k"]);
  shapes.match("output", output, ["n", "k"]);
  checkEpsilon(op, o.epsilon);
  sameOrApart(op, ["output", output], ["input", input]);
  apart(op, ["output", output], columns);
  return { input, mean, variance, scale, shift, epsilon: o.epsilon, output };
}

/** Operands of {@linkcode ops.NormalizeGradient}, which tells its shapes and its formula. */
export function normalizeGradient<S extends Storage>(core: object, o: ops.NormalizeGradient) {
  const op = "normalizeGradient";
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const mean = resolve<S>(core, op, "mean", o.mean, "f32");
  const variance = resolve<S>(core, op, "variance", o.variance, "f32");
  const scale = resolve<S>(core, op, "scale", o.scale, "f32");
  const outputGradient = resolve<S>(core, op, "outputGradient", o.outputGradient, "f32");
  const scaleGradient = resolve<S>(core, op, "scaleGradient", o.scaleGradient, "f32");
  const shiftGradient = resolve<S>(core, op, "shiftGradient", o.shiftGradient, "f32");
  const inputGradient = o.inputGradient &&
    resolve<S>(core, op, "inputGradient", o.inputGradient, "f32");
  const shapes = new Shapes(op);
  shapes.match("input", input, ["n", "k"]);
  const columns = Object.entries({ mean, variance, scale });
  const columnGradients = Object.entries({ scaleGradient, shiftGradient });
  for (const [name, column] of [...columns, ...columnGradients]) shapes.match(name, column, ["k"]);
  shapes.match("outputGradient", outputGradient, ["n", "k"]);
  if (inputGradient) shapes.match("inputGradient", inputGradient, ["n", "k"]);
  hasRows(op, "input", input);
  checkEpsilon(op, o.epsilon);
  const read: [string, Handle][] = [["input", input], ...columns];
  const grads: [string, Handle][] = [["outputGradient", outputGradient]];
  apart(op, ["scaleGradient", scaleGradient], [...read, ...grads, columnGradients[1]]);
  apart(op, ["shiftGradient", shiftGradient], [...read, ...grads]);
  if (inputGradient) {
    apart(op, ["inputGradient", inputGradient], [...read, ...columnGradients]);
    sameOrApart(op, ["inputGradient", inputGradient], grads[0]);
  }
  const { epsilon } = o;
  return {
    input,
    mean,
    variance,
    scale,
    epsilon,
    outputGradient,
    scaleGradient,
    shiftGradient,
    inputGradient,
  };
}

/** Operands of {@linkcode ops.MoveAverage}, which tells its shapes and its formula. */
export function moveAverage<S extends Storage>(core: object, o: ops.MoveAverage) {
  const op = "moveAverage";
  const average = resolve<S>(core, op, "average", o.average, "f32");
  const value = resolve<S>(core, op, "value", o.value, "f32");
  new Shapes(op).match("value", value, average.shape);
  finite(op, { rate: o.rate, factor: o.factor });
  apart(op, ["average", average], [["value", value]]);
  return { average, value, rate: o.rate, factor: o.factor };
}

/** Operands of {@linkcode ops.Dropout}, which tells its shapes and its formula. */
export function dropout<S extends Storage>(core: object, o: ops.Dropout) {
  const op = "dropout";
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const output = resolve<S>(core, op, "output", o.output, "f32");
  new Shapes(op).match("output", output, input.shape);
  sameOrApart(op, ["output", output], ["input", input]);
  return { input, output, mask: o.mask, ...maskScalars(o.mask) };
}

/** Where the windows lie over images `[n, h, w, c]`. */
function places(operation: string, name: string, images: Handle, window: Window): Places {
  new Shapes(operation).match(name, images, ["n", "h", "w", "c"]);
  const [count, height, width, channels] = images.shape;
  const along = windowsAlong([height, width], window);
  return { ...window, images: count, height, width, channels, along };
}

function patchShape({ images, along, size, channels }: Places): number[] {
  return [images * along[0] * along[1], size[0] * size[1] * channels];
}

function poolShape({ images, along, channels }: Places): number[] {
  return [images, ...along, channels];
}

/** Operands of {@linkcode ops.Patches}, which tells its shapes and its formula. */
export function patches<S extends Storage>(core: object, o: ops.Patches) {
  const op = "patches";
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const output = resolve<S>(core, op, "output", o.output, "f32");
  const where = places(op, "input", input, o.window);
  new Shapes(op).match("output", output, patchShape(where));
  apart(op, ["output", output], [["input", input]]);
  return { input, output, places: where };
}

/** Operands of {@linkcode ops.PatchesGradient}, which tells its shapes and its formula. */
export function patchesGradient<S extends Storage>(core: object, o: ops.PatchesGradient) {
  const op = "patchesGradient";
  const outputGradient = resolve<S>(core, op, "outputGradient", o.outputGradient, "f32");
  const inputGradient = resolve<S>(core, op, "inputGradient", o.inputGradient, "f32");
  const where = places(op, "inputGradient", inputGradient, o.window);
  new Shapes(op).match("outputGradient", outputGradient, patchShape(where));
  apart(op, ["inputGradient", inputGradient], [["outputGradient", outputGradient]]);
  return { outputGradient, inputGradient, places: where };
}

/** Every window of a pooling must hold an element of the image. */
function checkFilled(operation: string, { size, padding, height, width }: Places): void {
  if (height === 0 || width === 0) {
    throw new RangeError(
      `Cannot compute ${operation} as images must have an element: current size is ${
        formatShape([height, width])
      }`,
    );
  }
  for (const axis of [0, 1]) {
    if (2 * padding[axis] <= size[axis]) continue;
    throw new RangeError(
      `Cannot compute ${operation} as the padding must be at most half the window's size ${
        size[axis]
      }: current value is ${padding[axis]}`,
    );
  }
}

/** Operands of {@linkcode ops.Pool}, which tells its shapes and its formula. */
export function pool<S extends Storage>(core: object, op: "maxPool" | "averagePool", o: ops.Pool) {
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const output = resolve<S>(core, op, "output", o.output, "f32");
  const where = places(op, "input", input, o.window);
  checkFilled(op, where);
  new Shapes(op).match("output", output, poolShape(where));
  apart(op, ["output", output], [["input", input]]);
  return { input, output, places: where };
}

/** Operands of {@linkcode ops.MaxPoolGradient}, which tells its shapes and its formula. */
export function maxPoolGradient<S extends Storage>(core: object, o: ops.MaxPoolGradient) {
  const op = "maxPoolGradient";
  const input = resolve<S>(core, op, "input", o.input, "f32");
  const outputGradient = resolve<S>(core, op, "outputGradient", o.outputGradient, "f32");
  const inputGradient = resolve<S>(core, op, "inputGradient", o.inputGradient, "f32");
  const where = places(op, "input", input, o.window);
  checkFilled(op, where);
  new Shapes(op).match("inputGradient", inputGradient, input.shape);
  new Shapes(op).match("outputGradient", outputGradient, poolShape(where));
  const inputs: [string, Handle][] = [["input", input], ["outputGradient", outputGradient]];
  apart(op, ["inputGradient", inputGradient], inputs);
  return { input, outputGradient, inputGradient, places: where };
}

/** Operands of {@linkcode ops.AveragePoolGradient}, which tells its shapes and its formula. */
export function averagePoolGradient<S extends Storage>(core: object, o: ops.AveragePoolGradient) {
  const op = "averagePoolGradient";
  const outputGradient = resolve<S>(core, op, "outputGradient", o.outputGradient, "f32");
  const inputGradient = resolve<S>(core, op, "inputGradient", o.inputGradient, "f32");
  const where = places(op, "inputGradient", inputGradient, o.window);
  checkFilled(op, where);
  new Shapes(op).match("outputGradient", outputGradient, poolShape(where));
  apart(op, ["inputGradient", inputGradient], [["outputGradient", outputGradient]]);
  return { outputGradient, inputGradient, places: where };
}
