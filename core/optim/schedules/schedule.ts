/**
 * How the learning rate changes while a training goes on.
 *
 * A schedule is a function of where the training stands, without state of its own: a training that
 * is resumed has the rates of one that was never interrupted.
 *
 * @module
 */
import { cos } from "../../math/cos.ts";
import type { Hyperparameter } from "../optimizer.ts";

/** Where a training stands as a step is taken. */
export interface Moment {
  /** Steps taken before, from 0. */
  step: number;
  /** Steps of each epoch, at least 1. */
  stepsPerEpoch: number;
  /** Most epochs that the training may take. */
  epochs: number;
  /** The watched value at the end of each epoch so far; the smaller, the better. */
  watched: readonly number[];
}

/** A schedule, as declared. */
export interface Schedule<H extends string = string> {
  /** As study files spell it: `oneCycle`. */
  name: string;
  /** For readers, within a sentence: `one cycle`. */
  title: string;
  /** The rate η_t of step t = 0, 1, … as TeX, where η is the learning rate and n the steps an epoch. */
  formula: string;
  /** The paper or the handbook that defines it. */
  source: string;
  hyperparameters: Readonly<Record<H, Hyperparameter>>;
  /** What the learning rate is multiplied by. */
  factor(values: Readonly<Record<H, number>>, at: Moment): number;
}

/** Declares a schedule. */
export function defineSchedule<H extends string>(schedule: Schedule<H>): Schedule<H> {
  return schedule;
}

/** The epoch that a moment is in, from 0. */
export function epochOf({ step, stepsPerEpoch }: Moment): number {
  return Math.floor(step / stepsPerEpoch);
}

/**
 * From `from` to `to` along half a cosine, as `share` goes from 0 to 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.ok(Math.abs(cosineBetween(1, 0, 0.5) - 0.5) < 1e-12);
 * ```
 */
export function cosineBetween(from: number, to: number, share: number): number {
  return to + (from - to) * (1 + cos(Math.PI * share)) / 2;
}
