import { ACTIVATION } from "./shaders/activation.ts";
import { ARITHMETIC } from "./shaders/arithmetic.ts";
import { COMMON } from "./shaders/common.ts";
import { DENSE } from "./shaders/dense.ts";
import { DROPOUT } from "./shaders/dropout.ts";
import { ELEMENTARY } from "./shaders/elementary.ts";
import { NORMALIZATION } from "./shaders/normalization.ts";
import { REGULARIZATION } from "./shaders/regularization.ts";
import { ROWS } from "./shaders/rows.ts";
import { SOFTMAX } from "./shaders/softmax.ts";
import { UPDATE } from "./shaders/update.ts";
import { WINDOWS } from "./shaders/windows.ts";

const PRELUDE = COMMON + ARITHMETIC + ELEMENTARY;
const PLACES = "iiiiiiiiiiii";

/**
 * Kernels: the WGSL that they are in, and for each word that they are called with whether it is an
 * integer (`i`) or a binary32 (`f`).
 */
export const KERNELS = {
  gemm: { code: COMMON + DENSE, parameters: "iiiiiiiiiiii" },
  gather: { code: COMMON + ROWS, parameters: "iiiii" },
  copy: { code: COMMON + ROWS, parameters: "iii" },
  argmax: { code: COMMON + ROWS, parameters: "iiii" },
  columnSums: { code: COMMON + ROWS, parameters: "iiii" },
  softmax: { code: PRELUDE + SOFTMAX, parameters: "iiii" },
  softmaxCrossEntropy: { code: PRELUDE + SOFTMAX, parameters: "iiiiiif" },
  softTargetCrossEntropy: { code: PRELUDE + SOFTMAX, parameters: "iiiiiiiifffff" },
  mix2: { code: PRELUDE + REGULARIZATION, parameters: "iiiiff" },
  sumSquares: { code: PRELUDE + REGULARIZATION, parameters: "iiii" },
  clipFactor: { code: PRELUDE + REGULARIZATION, parameters: "iif" },
  penalize: { code: PRELUDE + REGULARIZATION, parameters: "iiiiiiffff" },
  shrink: { code: PRELUDE + REGULARIZATION, parameters: "iif" },
  sgd: { code: PRELUDE + UPDATE, parameters: "iiifff" },
  momentum: { code: PRELUDE + UPDATE, parameters: "iiiiffffff" },
  adam: { code: PRELUDE + UPDATE, parameters: "iiiiiffffffffffff" },
  rmsprop: { code: PRELUDE + UPDATE, parameters: "iiiiiffffffffff" },
  lion: { code: PRELUDE + UPDATE, parameters: "iiiifffffff" },
  activate: { code: PRELUDE + ACTIVATION, parameters: "iiiif" },
  activationGradient: { code: PRELUDE + ACTIVATION, parameters: "iiiiiif" },
  batchStatistics: { code: PRELUDE + NORMALIZATION, parameters: "iiiiif" },
  normalize: { code: PRELUDE + NORMALIZATION, parameters: "iiiiiiiif" },
  normalizeGradient: { code: PRELUDE + NORMALIZATION, parameters: "iiiiiiiiiiff" },
  moveAverage: { code: PRELUDE + NORMALIZATION, parameters: "iiiff" },
  dropout: { code: COMMON + DROPOUT, parameters: "iiiiiiif" },
  patches: { code: PRELUDE + WINDOWS, parameters: `ii${PLACES}` },
  patchesGradient: { code: PRELUDE + WINDOWS, parameters: `ii${PLACES}` },
  maxPool: { code: PRELUDE + WINDOWS, parameters: `ii${PLACES}` },
  maxPoolGradient: { code: PRELUDE + WINDOWS, parameters: `iii${PLACES}` },
  averagePool: { code: PRELUDE + WINDOWS, parameters: `ii${PLACES}f` },
  averagePoolGradient: { code: PRELUDE + WINDOWS, parameters: `ii${PLACES}f` },
} as const satisfies Record<string, { code: string; parameters: string }>;

/** Name of a kernel, which is its entry point's. */
export type KernelName = keyof typeof KERNELS;
