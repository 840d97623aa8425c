import { adam } from "./adam.ts";
import { adamw } from "./adamw.ts";
import { gd } from "./gd.ts";
import { lion } from "./lion.ts";
import { momentum } from "./momentum.ts";
import { nadam } from "./nadam.ts";
import { nesterov } from "./nesterov.ts";
import type { Optimizer } from "./optimizer.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";
import { sgdw } from "./sgdw.ts";

/** Every optimiser by name: a new one is a file beside this one, and a line here. */
export const OPTIMIZERS = {
  gd,
  sgd,
  sgdw,
  momentum,
  nesterov,
  rmsprop,
  adam,
  adamw,
  nadam,
  lion,
} satisfies Record<string, Optimizer>;

/** Name of an optimiser. */
export type OptimizerName = keyof typeof OPTIMIZERS;
