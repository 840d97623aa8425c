import type { Core, FloatTensor } from "../ops.ts";
import type { UpdateRule } from "./rules.ts";

/** A number that steers an optimiser or a schedule. */
export interface Hyperparameter {
  default: number;
  /** Least value. */
  minimum: number;
  /** Greatest value. */
  maximum: number;
  /** Bounds that are themselves not allowed. */
  exclusive?: "minimum" | "maximum" | "both";
  /** Whether it must be whole. */
  integer?: boolean;
  /** Whether it is a choice: 1 for yes, 0 for no. */
  flag?: boolean;
  /** What it is, with its symbol. */
  description: string;
}

/** What every way to train has, whether it updates element by element or not. */
export interface Method<H extends string> {
  /** As study files spell it: `adamw`. */
  name: string;
  /** For readers: `AdamW`. */
  title: string;
  /** The update as TeX, in the symbols of the hyperparameters' descriptions. */
  formula(values: Readonly<Record<H, number>>): string;
  /** The paper that defines it. */
  source: string;
  hyperparameters: Readonly<Record<H, Hyperparameter>>;
}

/** An optimiser, as declared. */
export interface OptimizerOptions<H extends string> extends Method<H> {
  /** Names of its state arrays, each of the parameters' shape and zero at first. */
  slots: readonly string[];
  /** Whether each step takes all training samples, whatever the batch size. Default: false. */
  fullBatch?: boolean;
  /** The elementwise update at step t = 1, 2, …. */
  rule(values: Readonly<Record<H, number>>, step: number): UpdateRule;
}

/** An optimiser: its state's shape and its rule, without state of its own. */
// deno-lint-ignore no-explicit-any -- variance: a registry holds optimisers of every hyperparameter.
export interface Optimizer<H extends string = any> extends OptimizerOptions<H> {
  /** State for parameters, before the first step. */
  init(core: Core, parameters: FloatTensor): FloatTensor[];
}

/** Declares an optimiser. */
export function defineOptimizer<H extends string>(options: OptimizerOptions<H>): Optimizer<H> {
  return {
    ...options,
    init: (core, parameters) => options.slots.map(() => core.tensor(parameters.shape)),
  };
}
