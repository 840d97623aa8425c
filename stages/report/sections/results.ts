/**
 * What came out.
 *
 * @module
 */
import type { Section } from "../blocks.ts";
import type { SectionContext } from "./context.ts";
import { classes } from "./results/classes.ts";
import { confusion } from "./results/confusion.ts";
import { cost } from "./results/cost.ts";
import { curves } from "./results/curves.ts";
import { fitted } from "./results/fitted.ts";
import { folds } from "./results/folds.ts";
import { overview } from "./results/overview.ts";
import { scores } from "./results/scores.ts";
import { sweeps } from "./results/sweeps.ts";
import { testCurves } from "./results/test_curves.ts";
import { tests } from "./results/tests.ts";
import { trainings } from "./results/trainings.ts";

/** The section. */
export function results(context: SectionContext): Section {
  return {
    id: "results",
    title: context.t.titles.results,
    blocks: [
      { kind: "heading", id: "overview", text: context.t.results.overview },
      ...overview(context),
      ...folds(context),
      ...tests(context),
      ...curves(context),
      ...trainings(context),
      ...testCurves(context),
      ...cost(context),
      ...fitted(context),
      ...classes(context),
      ...sweeps(context),
      ...confusion(context),
      ...scores(context),
      ...context.author("results"),
    ],
  };
}
