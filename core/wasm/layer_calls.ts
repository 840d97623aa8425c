/**
 * Kernel calls of the operations between dense layers.
 *
 * @module
 */
import * as layers from "../layer_operands.ts";
import type * as ops from "../ops.ts";
import { type DropoutMask, maskScalars } from "../random/dropout_mask.ts";
import { activationArguments } from "./activations.ts";
import type { Block } from "./block.ts";
import type { Instruction } from "./instructions.ts";
import type { PlaceSizes } from "./kernels.ts";
import type { Argument } from "./program.ts";

/** A kernel and its arguments. */
export type Call = [name: Instruction, values: Argument[]];

/** Kernel call of {@linkcode ops.Activate}, which tells its shapes and its formula. */
export function activate(core: object, o: ops.Activate): Call {
  const { input, output, activation } = layers.activate<Block>(core, o);
  return ["activate", [input, output, input.size, ...activationArguments(activation)]];
}

/** Kernel call of {@linkcode ops.ActivationGradient}, which tells its shapes and its formula. */
export function activationGradient(core: object, o: ops.ActivationGradient): Call {
  const h = layers.activationGradient<Block>(core, o);
  const arrays = [h.input, h.output, h.outputGradient, h.inputGradient];
  const parameters = activationArguments(h.activation);
  return ["activationGradient", [...arrays, h.input.size, ...parameters]];
}

/** Kernel call of {@linkcode ops.BatchStatistics}, which tells its shapes and its formula. */
export function batchStatistics(core: object, o: ops.BatchStatistics): Call {
  const { input, mean, variance } = layers.batchStatistics<Block>(core, o);
  return ["batchStatistics", [input, mean, variance, ...input.shape]];
}

/** Kernel call of {@linkcode ops.Normalize}, which tells its shapes and its formula. */
export function normalize(core: object, o: ops.Normalize): Call {
  const h = layers.normalize<Block>(core, o);
  const arrays = [h.input, h.mean, h.variance, h.scale, h.shift, h.output];
  return ["normalize", [...arrays, ...h.input.shape, h.epsilon]];
}

/** Kernel call of {@linkcode ops.NormalizeGradient}, which tells its shapes and its formula. */
export function normalizeGradient(core: object, o: ops.NormalizeGradient): Call {
  const h = layers.normalizeGradient<Block>(core, o);
  const inputs = [h.input, h.mean, h.variance, h.scale, h.outputGradient];
  const outputs = [h.scaleGradient, h.shiftGradient, h.inputGradient];
  return ["normalizeGradient", [...inputs, ...outputs, ...h.input.shape, h.epsilon]];
}

/** Kernel call of {@linkcode ops.MoveAverage}, which tells its shapes and its formula. */
export function moveAverage(core: object, o: ops.MoveAverage): Call {
  const { average, value, rate, factor } = layers.moveAverage<Block>(core, o);
  return ["moveAverage", [average, value, average.size, rate, factor]];
}

/** What of a dropout's arguments changes from step to step, after the arrays and their size. */
export function maskArguments(mask: DropoutMask): number[] {
  const { threshold, scale } = maskScalars(mask);
  return [...mask.key, mask.step, threshold, scale];
}

/** Kernel call of {@linkcode ops.Dropout}, which tells its shapes and its formula. */
export function dropout(core: object, o: ops.Dropout): Call {
  const { input, output, mask } = layers.dropout<Block>(core, o);
  return ["dropout", [input, output, input.size, ...maskArguments(mask)]];
}

function sizes(
  { images, height, width, channels, along, size, stride, padding }: layers.Places,
): PlaceSizes {
  return [images, height, width, channels, ...along, ...size, ...stride, ...padding];
}

/** Kernel call of {@linkcode ops.Patches}, which tells its shapes and its formula. */
export function patches(core: object, o: ops.Patches): Call {
  const { input, output, places } = layers.patches<Block>(core, o);
  return ["patches", [input, output, ...sizes(places)]];
}

/** Kernel call of {@linkcode ops.PatchesGradient}, which tells its shapes and its formula. */
export function patchesGradient(core: object, o: ops.PatchesGradient): Call {
  const { outputGradient, inputGradient, places } = layers.patchesGradient<Block>(core, o);
  return ["patchesGradient", [outputGradient, inputGradient, ...sizes(places)]];
}

/** Kernel call of {@linkcode ops.Pool}, which tells its shapes and its formula. */
export function pool(core: object, name: "maxPool" | "averagePool", o: ops.Pool): Call {
  const { input, output, places } = layers.pool<Block>(core, name, o);
  return [name, [input, output, ...sizes(places)]];
}

/** Kernel call of {@linkcode ops.MaxPoolGradient}, which tells its shapes and its formula. */
export function maxPoolGradient(core: object, o: ops.MaxPoolGradient): Call {
  const h = layers.maxPoolGradient<Block>(core, o);
  const arrays = [h.input, h.outputGradient, h.inputGradient];
  return ["maxPoolGradient", [...arrays, ...sizes(h.places)]];
}

/** Kernel call of {@linkcode ops.AveragePoolGradient}, which tells its shapes and its formula. */
export function averagePoolGradient(core: object, o: ops.AveragePoolGradient): Call {
  const { outputGradient, inputGradient, places } = layers.averagePoolGradient<Block>(core, o);
  return ["averagePoolGradient", [outputGradient, inputGradient, ...sizes(places)]];
}
