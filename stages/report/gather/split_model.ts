import type { SplitModel } from "../model/note.ts";
import type { Classes, SplitReport } from "./artifacts.ts";
import { distinctBy } from "./distinct.ts";
import type { Labelled } from "./labelled.ts";

/** How the images were shared out, over the splits of all replicates. */
export function splitModel(
  reports: readonly Labelled<SplitReport>[],
  { names }: Classes,
): SplitModel {
  const all = distinctBy(reports, ({ value }) => JSON.stringify(value)).map(({ value }) => value);
  const [first] = all;
  const byLabel = new Map(first.classes.map((counts) => [counts.label, counts]));
  const deviations = all.flatMap((r) =>
    r.largestDeviation === undefined ? [] : [r.largestDeviation]
  );
  return {
    totals: first.partitions,
    counts: names.map((name) => {
      const { train, validation, test } = byLabel.get(name) ?? { train: 0, validation: 0, test: 0 };
      return { train, validation, test };
    }),
    deviation: deviations.length === 0 ? null : Math.max(...deviations),
    duplicates: Math.max(...all.map(({ duplicates }) => duplicates.across)),
    sharedGroups: Math.max(...all.map(({ groups }) => groups.shared)),
    method: first.method,
    ...(first.folds === undefined ? {} : { folds: first.folds }),
    grouped: first.grouped,
    varies: all.length > 1,
  };
}
