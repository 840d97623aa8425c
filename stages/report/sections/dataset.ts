/**
 * The images: where they come from, how many there are of each class, what they look like.
 *
 * @module
 */
import type { Block, Figure, Section, Table } from "../blocks.ts";
import { link, rich, type Text } from "../rich.ts";
import { columns, type SectionContext } from "./context.ts";

/** Most rows of the sheet of samples. */
const MOST_ROWS = 20;

/** The section. */
export function dataset(context: SectionContext): Section {
  const { note: { dataset: card, pictures }, t, list, translate } = context;
  const blocks: Block[] = [
    { kind: "paragraph", text: t.ui.typeset(translate({ ...card.description })) },
    { kind: "definitions", items: facts(context) },
  ];
  if (card.pretrainedOn.length > 0) {
    blocks.push({
      kind: "callout",
      tone: "warning",
      title: t.dataset.pretrainedTitle,
      blocks: [{ kind: "paragraph", text: t.dataset.pretrained(list(card.pretrainedOn)) }],
    });
  }
  blocks.push(
    pictures === undefined
      ? { kind: "paragraph", text: t.dataset.notRedistributable }
      : samplesFigure(context),
  );
  blocks.push(countsTable(context), { kind: "paragraph", text: balance(context) });
  return {
    id: "dataset",
    title: t.titles.dataset,
    blocks: [...blocks, ...context.author("dataset")],
  };
}

function facts({ note: { dataset: card }, t, number, translate }: SectionContext) {
  const items: [Text, Text][] = [
    [t.dataset.name, rich`${translate({ ...card.title })}`],
    [
      t.dataset.images,
      t.dataset.imagesValue({
        count: number(card.images),
        height: number(card.height),
        width: number(card.width),
        channels: card.channels === 1 ? t.dataset.grey : t.dataset.colour,
      }),
    ],
    [t.dataset.classes, number(card.classes)],
  ];
  if (card.groups > 0) items.push([t.dataset.groups, t.dataset.groupsValue(number(card.groups))]);
  items.push([t.dataset.licence, card.licence]);
  if (card.url !== "") items.push([t.dataset.source, link(card.url, card.url)]);
  if (card.citation !== "") items.push([t.dataset.citation, card.citation]);
  return items;
}

function countsTable({ note, t, number }: SectionContext): Table {
  const { counts, totals, varies } = note.split;
  const partitions = (["train", "validation", "test"] as const).filter((p) => totals[p] > 0);
  const total = (row: Readonly<Record<string, number>>) =>
    partitions.reduce((sum, partition) => sum + row[partition], 0);
  return {
    kind: "table",
    name: "classes",
    caption: varies
      ? t.dataset.countsVary
      : t.dataset.counts({ classes: number(note.classes.length) }),
    columns: columns(t.ui.class, ...partitions.map((p) => t.ui.partition[p]), t.ui.total),
    rows: [
      ...counts.map((row, i) => [
        note.classes[i].title,
        ...partitions.map((partition) => number(row[partition])),
        number(total(row)),
      ]),
      [t.ui.total, ...partitions.map((p) => number(totals[p])), number(total(totals))],
    ],
    footerRows: 1,
    data: {
      columns: ["class", ...partitions, "total"],
      rows: counts.map((row, i) => [
        note.classes[i].name,
        ...partitions.map((partition) => row[partition]),
        total(row),
      ]),
    },
  };
}

/** Whether accuracy sums up the errors fairly: the largest class under one and a half of the least. */
function balance({ note, t, number }: SectionContext): Text {
  const sizes = note.split.counts.map(({ train, validation, test }) => train + validation + test);
  const least = Math.min(...sizes);
  const most = Math.max(...sizes);
  const values = { least: number(least), most: number(most) };
  if (least === most) return t.dataset.equal(number(least));
  return most <= 1.5 * least ? t.dataset.balanced(values) : t.dataset.unbalanced(values);
}

function samplesFigure({ note, t, number, list }: SectionContext): Figure {
  const { samples, images, ids } = note.pictures!;
  const n = note.classes.length;
  const shown = Math.min(n, MOST_ROWS);
  const rows = Array.from({ length: shown }, (_, i) => Math.floor((i + 0.5) * n / shown));
  const count = number(Math.max(...rows.map((index) => samples[index].length)));
  return {
    kind: "figure",
    name: "samples",
    caption: shown === n
      ? t.dataset.samples({ count })
      : t.dataset.samplesOf({ count, shown: number(shown), classes: number(n) }),
    alt: t.dataset.samplesAlt(list(rows.map((index) => note.classes[index].title))),
    drawing: {
      kind: "sheet",
      images,
      rows: rows.map((index) => ({ title: note.classes[index].title, images: samples[index] })),
      columns: 2,
      size: 30,
    },
    data: {
      columns: ["class", "place", "id"],
      rows: rows.flatMap((index) =>
        samples[index].map((image, place) => [note.classes[index].name, place + 1, ids[image]])
      ),
    },
  };
}
