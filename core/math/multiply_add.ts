import { fma32 } from "./fma32.ts";

/** a·b + c of binary32 numbers. */
export type MultiplyAdd = (a: number, b: number, c: number) => number;

/** One rounding: the specification. */
export const FUSED: MultiplyAdd = fma32;

/** Two roundings: what a GPU without a fused operation computes; for tests only. */
export const SEPARATE: MultiplyAdd = (a, b, c) => Math.fround(Math.fround(a * b) + c);
