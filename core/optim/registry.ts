import { adam } from "./adam.ts";
import { adamw } from "./adamw.ts";
import { lion } from "./lion.ts";
import { sgd } from "./sgd.ts";
import type { Optimizer } from "./optimizer.ts";

/** Every optimiser by name: a new one is a file beside this one, and a line here. */
export const OPTIMIZERS = { sgd, adam, adamw, lion } satisfies Record<string, Optimizer>;

/** Name of an optimiser. */
export type OptimizerName = keyof typeof OPTIMIZERS;
