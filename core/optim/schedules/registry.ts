import { constant } from "./constant.ts";
import { cosine } from "./cosine.ts";
import { exponential } from "./exponential.ts";
import { oneCycle } from "./one_cycle.ts";
import { plateau } from "./plateau.ts";
import type { Schedule } from "./schedule.ts";
import { step } from "./step.ts";

/** Every schedule by name: a new one is a file beside this one, and a line here. */
export const SCHEDULES = {
  constant,
  step,
  exponential,
  cosine,
  oneCycle,
  plateau,
} satisfies Record<string, Schedule>;

/** Name of a schedule. */
export type ScheduleName = keyof typeof SCHEDULES;
