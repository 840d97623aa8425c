/**
 * What the kernels are measured on.
 *
 * @module
 */
import { stream } from "../core/random/stream.ts";

/** A product C [m, n] over p, or a step of m samples with p inputs and n classes. */
export interface Case {
  name: string;
  /** Which side of a product lies transposed: none, the right one, the left one. */
  kind: "NN" | "NT" | "TN" | "step";
  m: number;
  n: number;
  p: number;
  /** Steps of an epoch that is timed as a whole. */
  steps: number;
}

/** Products of square matrices and of dense layers, and whole steps of softmax regression. */
export const CASES: readonly Case[] = [
  { name: "GEMM 512×512×512", kind: "NN", m: 512, n: 512, p: 512, steps: 1 },
  { name: "forward 256×2048→1000", kind: "NT", m: 256, n: 1000, p: 2048, steps: 1 },
  { name: "weight gradient 256×2048→1000", kind: "TN", m: 1000, n: 2048, p: 256, steps: 1 },
  { name: "input gradient 256×2048→1000", kind: "NN", m: 256, n: 2048, p: 1000, steps: 1 },
  { name: "forward 32×2048→15", kind: "NT", m: 32, n: 15, p: 2048, steps: 1 },
  { name: "weight gradient 32×2048→15", kind: "TN", m: 15, n: 2048, p: 32, steps: 1 },
  { name: "softmax step 256×2048→1000", kind: "step", m: 256, n: 1000, p: 2048, steps: 4 },
  { name: "softmax step 32×2048→15", kind: "step", m: 32, n: 15, p: 2048, steps: 100 },
  { name: "softmax step 128×784→10", kind: "step", m: 128, n: 10, p: 784, steps: 100 },
];

/** So many normal numbers, the same for the same seed. */
export function normal(seed: number, size: number): Float32Array<ArrayBuffer> {
  const random = stream(seed, "test");
  return new Float32Array(size).map(() => random.normal());
}

/** The samples of an epoch and their order, the same for every core and peer. */
export function samples({ m, n, p, steps }: Case) {
  const count = m * steps;
  const random = stream(3, "test");
  const labels = new Int32Array(count).map(() => random.integer(n));
  return { count, features: normal(1, count * p), labels, rows: random.permutation(count) };
}
