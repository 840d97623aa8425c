import type { Kernels } from "./kernels.ts";

/**
 * Kernels that a program may call: their number in `assembly/program.ts`, and for each parameter
 * whether it is an integer (`i`) or a binary32 (`f`).
 */
export const INSTRUCTIONS = {
  gemm: { code: 1, parameters: "iiiiiiiiiiiii" },
  gather: { code: 2, parameters: "iiiii" },
  argmax: { code: 3, parameters: "iiii" },
  columnSums: { code: 4, parameters: "iiii" },
  softmax: { code: 5, parameters: "iiiii" },
  softmaxCrossEntropy: { code: 6, parameters: "iiiiiifi" },
  sgd: { code: 7, parameters: "iiifff" },
  momentum: { code: 8, parameters: "iiiiffffff" },
  adam: { code: 9, parameters: "iiiiiffffffffffff" },
  lion: { code: 10, parameters: "iiiifffffff" },
  activate: { code: 11, parameters: "iiiif" },
  activationGradient: { code: 12, parameters: "iiiiiif" },
  batchStatistics: { code: 13, parameters: "iiiii" },
  normalize: { code: 14, parameters: "iiiiiiiif" },
  normalizeGradient: { code: 15, parameters: "iiiiiiiiiif" },
  moveAverage: { code: 16, parameters: "iiiff" },
  dropout: { code: 17, parameters: "iiiiiiif" },
  patches: { code: 18, parameters: "iiiiiiiiiiiiii" },
  patchesGradient: { code: 19, parameters: "iiiiiiiiiiiiii" },
  maxPool: { code: 20, parameters: "iiiiiiiiiiiiii" },
  maxPoolGradient: { code: 21, parameters: "iiiiiiiiiiiiiii" },
  averagePool: { code: 22, parameters: "iiiiiiiiiiiiii" },
  averagePoolGradient: { code: 23, parameters: "iiiiiiiiiiiiii" },
  rmsprop: { code: 24, parameters: "iiiiiffffffffff" },
  softTargetCrossEntropy: { code: 25, parameters: "iiiiiiiifffiff" },
  mix: { code: 26, parameters: "iiiiff" },
  sumSquares: { code: 27, parameters: "iiii" },
  clipFactor: { code: 28, parameters: "iif" },
  penalize: { code: 29, parameters: "iiiiiiffff" },
  shrink: { code: 30, parameters: "iif" },
} as const satisfies { [Name in keyof Kernels]?: { code: number; parameters: string } };

/** Name of a kernel that a program may call. */
export type Instruction = keyof typeof INSTRUCTIONS;
