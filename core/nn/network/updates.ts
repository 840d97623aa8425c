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
  readonly #arrays: readonly UpdatedArray[];
  readonly #clipping: { limit: number; sums: FloatTensor; factor: FloatTensor } | undefined;
  readonly #coefficients: FloatTensor | undefined;
  /** Sums of squares of each gradient that is changed before the optimiser's rule. */
  readonly #squares: readonly (FloatTensor | undefined)[];

  constructor(core: Core, arrays: readonly UpdatedArray[], options: UpdatesOptions) {
    this.#core = core;
    this.#arrays = arrays;
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
    this.#squares = arrays.map((array) =>
      this.#isChanged(array) ? core.tensor([LANES]) : undefined
    );
    this.#held.push(...this.#squares.filter((sums) => sums !== undefined));
  }

  /** Names the operations of one batch. */
  apply(batch: Batch): void {
    const core = this.#core;
    // At every batch, as a repetition cannot tell its last one.
    this.#squares.forEach((sums, i) => {
      if (sums) core.sumSquares({ input: this.#arrays[i].gradient, sums, anew: true });
    });
    if (this.#clipping) {
      const { sums, factor, limit } = this.#clipping;
      this.#arrays.forEach(({ gradient }, i) => {
        core.sumSquares({ input: gradient, sums, anew: i === 0 });
      });
      core.clipFactor({ sums, limit, factor });
    }
    for (const array of this.#arrays) this.#update(batch, array);
  }

  /**
   * Σg² of the loss's gradient at the last batch, for each array: as it was before clipping and
   * penalties.
   */
  squares(): Promise<number[]> {
    return Promise.all(this.#arrays.map(async ({ gradient }, i) => {
      const sums = this.#squares[i];
      if (sums) return (await this.#core.download(sums)).reduce((all, sum) => all + sum, 0);
      return (await this.#core.download(gradient)).reduce((all, g) => all + g * g, 0);
    }));
  }

  /** What is added to the gradient of an array before the rule, and what bounds it. */
  #penaltyOf({ isWeight, isLast }: UpdatedArray) {
    const {
      regularization: { l1 = 0, l1Form = "proximal", penalizeBiases = true, clipValue = 0 },
    } = this.#options;
    const isPenalized = isWeight || penalizeBiases;
    return {
      isPenalized,
      coefficients: isPenalized && isLast ? this.#coefficients : undefined,
      added: isPenalized && l1Form === "subgradient" ? l1 : 0,
      shrunk: isPenalized && l1Form === "proximal" ? l1 : 0,
      bound: clipValue,
    };
  }

  /** Whether a gradient is clipped or penalised before the optimiser's rule. */
  #isChanged(array: UpdatedArray): boolean {
    const { coefficients, added, bound } = this.#penaltyOf(array);
    return Boolean(this.#clipping || coefficients) || added !== 0 || bound !== 0;
  }

  #update(batch: Batch, array: UpdatedArray): void {
    const core = this.#core;
    const { parameters, gradient, slots } = array;
    const { isPenalized, coefficients, added, shrunk, bound } = this.#penaltyOf(array);
    if (this.#isChanged(array)) {
      const penalty = batch.rule((i) => {
        // What the optimiser makes of a weight decay of 1, times each row's own.
        const { l2, decay } = coefficients ? this.#rule(i, 1) : { l2: 0, decay: 0 };
        return { kind: "penalty", bound, l1: added, l2, decay };
      });
      const factor = this.#clipping?.factor;
      core.penalize({ parameters, gradient, penalty, coefficients, factor });
    }
    const own = isPenalized && !coefficients ? undefined : 0;
    const rule = batch.rule((i) => this.#rule(i, own));
    core.update({ parameters, gradient, slots, rule });
    if (shrunk !== 0) {
      const shrinkage = batch.rule((i) => ({
        kind: "shrinkage",
        amount: this.#rateAt(i) * shrunk,
      }));
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
