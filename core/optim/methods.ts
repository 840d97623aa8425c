import { lbfgs } from "./lbfgs.ts";
import type { Method, Optimizer } from "./optimizer.ts";
import { type OptimizerName, OPTIMIZERS } from "./registry.ts";

/** Every way to train by name: the optimisers, and what is none of them. */
export const METHODS = { ...OPTIMIZERS, lbfgs } as const;

/** Name of a way to train. */
export type MethodName = keyof typeof METHODS;

/** Whether a way to train is an optimiser: an elementwise update by the gradients of batches. */
export function isOptimizer(name: MethodName): name is OptimizerName {
  return Object.hasOwn(OPTIMIZERS, name);
}

/** The method of a name, its hyperparameters by any. */
export function methodOf(name: MethodName): Method<string> {
  return METHODS[name] as Method<string>;
}

/** Whether each of its steps takes all training samples, whatever the batch size. */
export function takesAll(name: MethodName): boolean {
  if (!isOptimizer(name)) return true;
  const optimizer: Optimizer = OPTIMIZERS[name];
  return optimizer.fullBatch ?? false;
}
