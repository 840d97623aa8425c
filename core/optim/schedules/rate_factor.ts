import type { Moment, Schedule } from "./schedule.ts";
import { type ScheduleName, SCHEDULES } from "./registry.ts";

/** A schedule with all its values. */
export interface ScheduleDescription {
  name: ScheduleName;
  /** Values of all the schedule's hyperparameters. */
  values: Readonly<Record<string, number>>;
  /** Epochs of linear warm-up, 0 for none; need not be whole. */
  warmUp: number;
}

/**
 * What the learning rate is multiplied by at a moment: the schedule's factor and, in the W steps of
 * the warm-up, (t + 1) ÷ W besides.
 *
 * Goyal et al., *Accurate, large minibatch SGD: training ImageNet in 1 hour*, 2017 (warm-up).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const halved = { name: "step", values: { every: 2, factor: 0.5 }, warmUp: 1 } as const;
 * const at = (step: number) => ({ step, stepsPerEpoch: 4, epochs: 6, watched: [] });
 * assert.equal(rateFactor(halved, at(0)), 0.25); // The first of the four steps of the warm-up.
 * assert.equal(rateFactor(halved, at(4)), 1);
 * assert.equal(rateFactor(halved, at(8)), 0.5); // After two epochs.
 * ```
 */
export function rateFactor({ name, values, warmUp }: ScheduleDescription, at: Moment): number {
  const schedule: Schedule = SCHEDULES[name];
  const factor = schedule.factor(values, at);
  const warm = warmUp * at.stepsPerEpoch;
  return at.step + 1 < warm ? factor * ((at.step + 1) / warm) : factor;
}
