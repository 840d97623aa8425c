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
  momentum: { code: 8, parameters: "iiiiffff" },
  adam: { code: 9, parameters: "iiiiifffffffff" },
  lion: { code: 10, parameters: "iiiifffffff" },
} as const satisfies { [Name in keyof Kernels]?: { code: number; parameters: string } };

/** Name of a kernel that a program may call. */
export type Instruction = keyof typeof INSTRUCTIONS;
