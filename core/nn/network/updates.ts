import { LANES } from "../../regularization_operands.ts";
import type { Core, FloatTensor, Tensor } from "../../ops.ts";
import type { Optimizer } from "../../optim/optimizer.ts";
import type { UpdateRule } from "../../optim/rules.ts";
import type { Batch } from "./batches.ts";
import type { Regularization } from "../regularization.ts";

/** A trained array, with what an update of it needs. */
export interface UpdatedArray {
  parameters: FloatTensor;
  gradient: FloatTensor;
  slots: readonly FloatTensor[];
  /** Whether it is a layer's weights, rather than biases or batch normalisation's numbers. */
  isWeight: boolean;
  /** Whether its rows are the classes'. */
  isLast: boolean;
}

/** How arrays are updated. */
export interface UpdatesOptions {
  optimizer: Optimizer;
  /** Values of all the optimiser's hyperparameters. */
  values: Readonly<Record<string, number>>;
  regularization: Regularization;
  /** What the learning rate is multiplied by at a batch. */
  rateFactor(batch: number): number;
  /** Steps that the optimiser has made before the first batch. */
  steps: number;
}

/**
 * The end of a training step: from gradients, through clipping, penalties and the optimiser's rule,
 * to new parameters. Its own arrays are made beforehand; within {@linkcode Core.repeat} none is.
 *
 * In this order: the norm of all gradients together is clipped, then each element, then the
 * penalties' gradients are added, the optimiser's weight decay last; a proximal L1 step follows the
 * update.
 */
export class Updates {
  readonly #core: Core;
  readonly #options: UpdatesOptions;
  readonly #held: Tensor[] = [];
  readonly #clipping: { limit: number; sums: FloatTensor; factor: FloatTensor } | undefined;
  readonly #coefficients: FloatTensor | undefined;

  constructor(core: Core, options: UpdatesOptions) {
    this.#core = core;
    this.#options = options;
    const { clipNorm, classDecay } = options.regularization;
    if (clipNorm !== undefined) {
      const [sums, factor] = [core.tensor([LANES]), core.tensor([1])];
      this.#held.push(sums, factor);
      this.#clipping = { limit: clipNorm, sums, factor };
    }
    if (classDecay !== undefined) {
      this.#coefficients = core.upload(classDecay, [classDecay.length], { name: "classDecay" });
      this.#held.push(this.#coefficients);
    }
  }

  /** Names the operations of one batch. */
  apply(batch: Batch, arrays: readonly UpdatedArray[]): void {
    const core = this.#core;
    if (this.#clipping) {
      const { sums, factor, limit } = this.#clipping;
      arrays.forEach(({ gradient }, i) => {
        core.sumSquares({ input: gradient, sums, anew: i === 0 });
      });
      core.clipFactor({ sums, limit, factor });
    }
    for (const array of arrays) this.#update(batch, array);
  }

  #update(batch: Batch, { parameters, gradient, slots, isWeight, isLast }: UpdatedArray): void {
    const core = this.#core;
    const {
      regularization: { l1 = 0, l1Form = "proximal", penalizeBiases = true, clipValue = 0 },
    } = this.#options;
    const isPenalized = isWeight || penalizeBiases;
    const coefficients = isPenalized && isLast ? this.#coefficients : undefined;
    const added = isPenalized && l1Form === "subgradient" ? l1 : 0;
    if (this.#clipping || coefficients || added !== 0 || clipValue !== 0) {
      const penalty = batch.rule((i) => {
        // What the optimiser makes of a weight decay of 1, times each row's own.
        const { l2, decay } = coefficients ? this.#rule(i, 1) : { l2: 0, decay: 0 };
        return { kind: "penalty", bound: clipValue, l1: added, l2, decay };
      });
      const factor = this.#clipping?.factor;
      core.penalize({ parameters, gradient, penalty, coefficients, factor });
    }
    const own = isPenalized && !coefficients ? undefined : 0;
    const rule = batch.rule((i) => this.#rule(i, own));
    core.update({ parameters, gradient, slots, rule });
    if (isPenalized && l1Form === "proximal" && l1 !== 0) {
      const shrinkage = batch.rule((i) => ({ kind: "shrinkage", amount: this.#rateAt(i) * l1 }));
      core.shrink({ parameters, shrinkage });
    }
  }

  #rateAt(batch: number): number {
    return this.#options.values.learningRate * this.#options.rateFactor(batch);
  }

  /** The optimiser's rule at a batch, with its weight decay or another. */
  #rule(batch: number, weightDecay?: number): UpdateRule {
    const { optimizer, values, steps } = this.#options;
    const changed: Record<string, number> = { ...values, learningRate: this.#rateAt(batch) };
    if (weightDecay !== undefined) changed.weightDecay = weightDecay;
    return optimizer.rule(changed, steps + batch + 1);
  }

  /** Gives the arrays back. */
  dispose(): void {
    for (const tensor of this.#held.splice(0)) this.#core.free(tensor);
  }
}
