import { defineSchedule } from "./schedule.ts";

/** The same learning rate at every step. Robbins & Monro, *A stochastic approximation method*, 1951. */
export const constant = defineSchedule({
  name: "constant",
  title: "constant",
  formula: String.raw`\eta_t = \eta`,
  source: "Robbins & Monro 1951, doi:10.1214/aoms/1177729586",
  hyperparameters: {},
  factor: () => 1,
});
