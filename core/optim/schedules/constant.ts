import { defineSchedule } from "./schedule.ts";

/**
 * The same learning rate at every step. Robbins & Monro, *A stochastic approximation method*, 1951.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const at = { step: 7, stepsPerEpoch: 4, epochs: 6, watched: [] };
 * assert.equal(constant.factor({}, at), 1);
 * ```
 */
export const constant = defineSchedule({
  name: "constant",
  title: "constant",
  formula: String.raw`\eta_t = \eta`,
  source: "Robbins & Monro 1951, doi:10.1214/aoms/1177729586",
  hyperparameters: {},
  factor: () => 1,
});
