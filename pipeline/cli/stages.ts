/**
 * The stages, in the order in which a study's data flows through them: a new stage is one line.
 *
 * @module
 */
import type { AnyStage } from "../stage.ts";
import data from "../../stages/data/stage.ts";
import split from "../../stages/split/stage.ts";

export const STAGES: readonly AnyStage[] = [
  data,
  split,
];
