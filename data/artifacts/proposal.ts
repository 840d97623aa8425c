import type { TunedValues } from "./choice.ts";

/** The artifact `proposal`: what a candidate of a later round tries. */
export interface Proposal {
  /** From 1. */
  round: number;
  values: TunedValues;
}
