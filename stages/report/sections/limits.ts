/**
 * What the results do not tell.
 *
 * @module
 */
import type { Section } from "../blocks.ts";
import type { Text } from "../rich.ts";
import type { SectionContext } from "./context.ts";

/** Under so many replicates their spread is known but roughly. */
const FEW_REPLICATES = 10;

/** The section: what the design of the study limits, then the author's own words. */
export function limits(context: SectionContext): Section {
  const { note, t, number, list, translate, titleOf } = context;
  const l = t.limits;
  const items: Text[] = [l.oneDataset(translate({ ...note.dataset.title }))];
  if (!note.split.varies) items.push(l.oneSplit);
  if (note.split.grouped) items.push(l.grouped);
  const detectable = note.pairs.flatMap((pair) => pair.detectable ?? []);
  if (detectable.length > 0) {
    items.push(l.smallTest({
      images: number(note.evaluation.images),
      difference: number(100 * Math.min(...detectable), "decimal1"),
    }));
  }
  const count = note.models[0].replicates.length;
  if (count > 1 && count < FEW_REPLICATES) items.push(l.few(number(count)));
  const edge = note.models.filter((model) => (model.tuning?.atEdge.length ?? 0) > 0);
  if (edge.length > 0) items.push(l.atEdge(list(edge.map(titleOf))));
  if (note.dataset.pretrainedOn.length > 0) items.push(l.pretrained);
  items.push(note.training.head === "softmax" ? l.frozen : l.frozenHead);
  return {
    id: "limits",
    title: t.titles.limits,
    blocks: [...context.author("limits"), { kind: "list", items }],
  };
}
