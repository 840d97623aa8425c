import { type LbfgsOptions, type LbfgsState, lbfgsStep } from "../optim/lbfgs_step.ts";
import type { Valued } from "../optim/objective.ts";
import type { Head, Parameters, Samples } from "./head.ts";
import type { TrainingLoss } from "./regularization.ts";

/** What {@linkcode ConvexFit} brings down. */
export interface ConvexObjective {
  samples: Samples;
  /** λ of the penalty λ/2·‖θ‖², added to the mean loss. */
  weightDecay: number;
  /** Whether it binds biases. */
  penalizeBiases: boolean;
  loss: TrainingLoss;
}

/** What one iteration came to. */
export interface Iteration {
  /** Of the new parameters, over all samples, the penalty not counted. */
  loss: number;
  accuracy: number;
  objective: number;
  /** Greatest absolute value of the objective's gradient. */
  slope: number;
  /** Evaluations of the loss and its gradient. */
  evaluations: number;
  /** Whether no step brings the objective down any more. */
  stuck: boolean;
}

/**
 * L-BFGS on a head's parameters: products on the head's core in binary32, all else in binary64 and
 * in a fixed order.
 */
export class ConvexFit {
  readonly #head: Head;
  readonly #options: LbfgsOptions;
  readonly #objective: ConvexObjective;
  #shapes: Parameters = {};
  #state: LbfgsState | undefined;
  #evaluations = 0;
  /** Loss and accuracy at points that were evaluated. */
  readonly #seen = new WeakMap<Float64Array, { loss: number; accuracy: number }>();

  constructor(head: Head, options: LbfgsOptions, objective: ConvexObjective) {
    this.#head = head;
    this.#options = options;
    this.#objective = objective;
  }

  /** Where it is, to go on from; empty before the first iteration. */
  get pairs(): LbfgsState["pairs"] {
    return this.#state?.pairs ?? [];
  }

  /**
   * One iteration; the head then has the new parameters.
   *
   * @param pairs What an earlier process had gathered, to go on from at the head's parameters.
   */
  async step(pairs?: LbfgsState["pairs"]): Promise<Iteration> {
    this.#evaluations = 0;
    if (this.#state === undefined) {
      this.#shapes = await this.#head.save();
      this.#state = { at: await this.#evaluate(flatten(this.#shapes)), pairs: pairs ?? [] };
      // That process has counted it.
      if (pairs) this.#evaluations = 0;
    }
    const next = await lbfgsStep(
      this.#state,
      (point) => this.#evaluate(point),
      this.#options,
    );
    this.#state = next ?? this.#state;
    const { point, value, gradient } = this.#state.at;
    this.#head.load(this.#unflatten(point));
    return {
      ...this.#seen.get(point)!,
      objective: value,
      slope: gradient.reduce((most, g) => Math.max(most, Math.abs(g)), 0),
      evaluations: this.#evaluations,
      stuck: next === undefined,
    };
  }

  async #evaluate(point: Float64Array): Promise<Valued> {
    this.#evaluations++;
    const { samples, weightDecay, penalizeBiases, loss: kind } = this.#objective;
    const rounded = Float64Array.from(point, Math.fround);
    if (!rounded.every(Number.isFinite)) {
      return { point: rounded, value: NaN, gradient: rounded.map(() => NaN) };
    }
    this.#head.load(this.#unflatten(rounded));
    const { loss, accuracy, gradients } = await this.#head.gradient(samples, kind);
    const gradient = flatten(gradients);
    let penalty = 0, at = 0;
    for (const { shape, data } of Object.values(this.#shapes)) {
      // Of what is trained, weights alone have more than one axis.
      const isBound = penalizeBiases || shape.length > 1;
      for (let i = 0; i < data.length; i++, at++) {
        if (!isBound) continue;
        penalty += rounded[at] * rounded[at];
        gradient[at] += weightDecay * rounded[at];
      }
    }
    this.#seen.set(rounded, { loss, accuracy });
    return { point: rounded, value: loss + weightDecay / 2 * penalty, gradient };
  }

  #unflatten(point: Float64Array): Parameters {
    const parameters: Parameters = {};
    let at = 0;
    for (const [name, { shape, data }] of Object.entries(this.#shapes)) {
      parameters[name] = { shape, data: Float32Array.from(point.subarray(at, at += data.length)) };
    }
    return parameters;
  }
}

function flatten(parameters: Parameters): Float64Array {
  const arrays = Object.values(parameters).map(({ data }) => data);
  const flat = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const data of arrays) {
    flat.set(data, at);
    at += data.length;
  }
  return flat;
}
