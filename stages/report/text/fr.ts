/**
 * What notes say in French.
 *
 * @module
 */
import type { en } from "./en.ts";
import { concepts, words } from "./fr/concepts.ts";
import { claims, metrics, tuning } from "./fr/evaluation.ts";
import { fitted } from "./fr/fitted.ts";
import { heads } from "./fr/heads.ts";
import { interpretability } from "./fr/interpretability.ts";
import { results } from "./fr/results.ts";
import { dataset, limits, method, provenance, question } from "./fr/setting.ts";
import { sweeps } from "./fr/sweeps.ts";
import { trainings } from "./fr/trainings.ts";
import { summary, titles, ui } from "./fr/ui.ts";

export const fr: typeof en = {
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
