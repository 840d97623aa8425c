/**
 * What notes say in English.
 *
 * @module
 */
import { concepts, words } from "./en/concepts.ts";
import { claims, metrics, tuning } from "./en/evaluation.ts";
import { fitted } from "./en/fitted.ts";
import { heads } from "./en/heads.ts";
import { interpretability } from "./en/interpretability.ts";
import { results } from "./en/results.ts";
import { dataset, limits, method, provenance, question } from "./en/setting.ts";
import { sweeps } from "./en/sweeps.ts";
import { trainings } from "./en/trainings.ts";
import { summary, titles, ui } from "./en/ui.ts";

export const en = {
  ui,
  titles,
  summary,
  question,
  dataset,
  concepts,
  fitted,
  heads,
  words,
  method,
  metrics,
  tuning,
  results,
  trainings,
  sweeps,
  interpretability,
  claims,
  limits,
  provenance,
};
