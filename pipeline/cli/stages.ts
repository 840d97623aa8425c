/**
 * The stages, in the order in which a study's data flows through them: a new stage is one line.
 *
 * @module
 */
import type { AnyStage } from "../stage.ts";
import data from "../../stages/data/stage.ts";
import split from "../../stages/split/stage.ts";
import augment from "../../stages/augment/stage.ts";
import embed from "../../stages/embed/stage.ts";
import train from "../../stages/train/stage.ts";
import evaluate from "../../stages/evaluate/stage.ts";
import claims from "../../stages/claims/stage.ts";
import report from "../../stages/report/stage.ts";

export const STAGES: readonly AnyStage[] = [
  data,
  split,
  augment,
  embed,
  train,
  evaluate,
  claims,
  report,
];
