/**
 * What opens a note: its question and the box that sums it up.
 *
 * @module
 */
import type { Block } from "../blocks.ts";
import { join, rich, strong } from "../rich.ts";
import { verdictOf } from "./claims.ts";
import { bestModel, type SectionContext } from "./context.ts";

/** The blocks before the first section. */
export function lead(context: SectionContext): Block[] {
  const { note, t, number, interval, translate, prose, titleOf } = context;
  const best = note.models[bestModel(note)];
  const accuracy = best.accuracy;
  const items: [string, ReturnType<typeof rich>][] = [
    [
      t.summary.best,
      t.summary.bestValue({
        model: titleOf(best),
        value: number(accuracy.mean, "percent"),
        interval: interval(accuracy.low, accuracy.high, "percent"),
        level: number(note.evaluation.confidence, "percent0"),
        images: number(note.evaluation.images),
        replicates: t.summary.replicates(number(best.replicates.length)),
      }),
    ],
    [t.summary.compared, rich`${context.list(note.models.map(titleOf))}`],
    [
      t.summary.data,
      t.summary.dataValue({
        title: translate({ ...note.dataset.title }),
        images: number(note.dataset.images),
        classes: number(note.classes.length),
      }),
    ],
  ];
  if (note.claims.length > 0) {
    const held = note.claims.filter((claim) => claim.verdict === "holds").length;
    items.push([
      t.summary.verdicts,
      t.summary.verdictsValue(number(held), number(note.claims.length)),
    ]);
  }
  const verdicts: Block[] = note.claims.length === 0 ? [] : [{
    kind: "list",
    items: note.claims.map((claim) =>
      join([strong(verdictOf(claim.verdict, context)), prose(claim.text)], t.ui.colon)
    ),
  }];
  return [{
    kind: "callout",
    tone: "summary",
    title: t.summary.title,
    blocks: [{ kind: "definitions", items }, ...verdicts],
  }];
}
