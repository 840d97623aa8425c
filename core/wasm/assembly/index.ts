import { madd } from "./madd";

export { activate, activationGradient } from "./activations";
export { dropout } from "./dropout";
export { gemm, gemmScratch } from "./gemm";
export { batchStatistics, moveAverage, normalize, normalizeGradient } from "./normalization";
export { clipFactor, mix, penalize, shrink, sumSquares } from "./regularization";
export { argmax, columnSums, gather } from "./rows";
export { softmax, softmaxCrossEntropy, softTargetCrossEntropy } from "./softmax";
export { serve, start } from "./serve";
export { join, meetingBytes } from "./threads";
export { adam, lion, momentum, rmsprop, sgd } from "./update";
export {
  averagePool, averagePoolGradient, maxPool, maxPoolGradient, patches, patchesGradient,
} from "./windows";

/** One multiply-add, so that its rounding can be asked. */
export function probe(a: f32, b: f32, c: f32): f32 {
  return f32x4.extract_lane(madd(f32x4.splat(a), f32x4.splat(b), f32x4.splat(c)), 0);
}
