/**
 * Which classes are taken for which, and some of the images concerned.
 *
 * @module
 */
import { type ConfusedPair, mostConfused } from "../../../../core/metrics/most_confused.ts";
import type { Block, Figure, Table } from "../../blocks.ts";
import { confusionChart, confusionData } from "../../figures/confusion.ts";
import type { ModelResult } from "../../model/results.ts";
import { pictureOf } from "../../pictures/picture_of.ts";
import { columns, type SectionContext } from "../context.ts";

/** Pairs that the table lists. */
const PAIRS_LISTED = 10;
/** Pairs that the sheet of errors shows, with images of each and training images of each class. */
const PAIRS_SHOWN = 8;
const IMAGES_SHOWN = 8;
const EXAMPLES_SHOWN = 3;
/** Pixels that an image takes on the page. */
const SIZE = 36;

/** The blocks. */
export function confusion(context: SectionContext): Block[] {
  const { note, t } = context;
  const sum = note.classes.map((_, i) =>
    note.classes.map((_, j) => note.models.reduce((all, own) => all + own.confusion[i][j], 0))
  );
  const pairs = mostConfused(sum, PAIRS_LISTED);
  const errors = errorsFigure(pairs, context);
  return [
    { kind: "heading", id: "confusion", text: t.results.confusion },
    ...note.models.map((model) => matrix(model, context)),
    { kind: "heading", id: "pairs", text: t.results.pairs },
    table(pairs, context),
    ...(errors === undefined ? [] : [errors]),
  ];
}

function matrix(model: ModelResult, context: SectionContext): Figure {
  const { note, t, titleOf } = context;
  const pairs = mostConfused(model.confusion, 3).map((pair) => pairTitle(pair, context));
  return {
    kind: "figure",
    name: `confusion-${model.name}`,
    caption: t.results.confusionFigure(titleOf(model)),
    alt: t.results.confusionFigureAlt({
      model: titleOf(model),
      pairs: pairs.length === 0 ? t.ui.none : pairs.join(t.ui.valueSeparator),
    }),
    drawing: {
      kind: "chart",
      spec: confusionChart(model.confusion, note.classes.map(({ title }) => title), {
        truth: t.results.truth,
        predicted: t.results.predicted,
        share: t.results.share,
      }),
    },
    data: confusionData(model.confusion, note.classes.map(({ name }) => name)),
  };
}

function table(pairs: readonly ConfusedPair[], context: SectionContext): Table {
  const { note, t, number } = context;
  const r = t.results;
  return {
    kind: "table",
    name: "confused-pairs",
    caption: r.pairsTable(number(pairs.length)),
    columns: columns(r.truth, { header: r.predicted, align: "left" }, r.count, r.countShare),
    rows: pairs.map(({ label, predicted, count, share }) => [
      note.classes[label].title,
      note.classes[predicted].title,
      number(count),
      number(share, "percent"),
    ]),
    data: {
      columns: ["label", "predicted", "count", "share"],
      rows: pairs.map(({ label, predicted, count, share }) => [
        note.classes[label].name,
        note.classes[predicted].name,
        count,
        share,
      ]),
    },
  };
}

function errorsFigure(pairs: readonly ConfusedPair[], context: SectionContext): Figure | undefined {
  const { note: { pictures, classes }, t } = context;
  if (pictures === undefined) return undefined;
  const rows = pairs.map((pair) => ({
    pair,
    images: (pictures.errors.get(`${pair.label} ${pair.predicted}`) ?? []).slice(0, IMAGES_SHOWN),
  })).filter(({ images }) => images.length > 0).slice(0, PAIRS_SHOWN);
  if (rows.length === 0) return undefined;
  const titles = rows.map(({ pair }) => pairTitle(pair, context));
  const errors = Math.max(...rows.map(({ images }) => images.length));
  const cells = (images: readonly number[], count: number) =>
    Array.from(
      { length: count },
      (_, i) => i < images.length ? { picture: pictureOf(pictures.images, images[i]) } : {},
    );
  const examples = (index: number) => cells(pictures.samples[index], EXAMPLES_SHOWN);
  return {
    kind: "figure",
    name: "errors",
    caption: t.results.errorsFigure,
    alt: t.results.errorsFigureAlt(titles.join(t.ui.valueSeparator)),
    drawing: {
      kind: "captioned",
      rows: rows.map(({ pair, images }, i) => ({
        title: titles[i],
        cells: [...cells(images, errors), ...examples(pair.label), ...examples(pair.predicted)],
      })),
      groups: [
        { from: 0, heading: t.results.count },
        { from: errors, heading: t.results.truth },
        { from: errors + EXAMPLES_SHOWN, heading: t.results.predicted },
      ],
      size: SIZE,
    },
    data: {
      columns: ["label", "predicted", "place", "id"],
      rows: rows.flatMap(({ pair, images }) =>
        images.map((image, place) => [
          classes[pair.label].name,
          classes[pair.predicted].name,
          place + 1,
          pictures.ids[image],
        ])
      ),
    },
  };
}

function pairTitle({ label, predicted }: ConfusedPair, { note, t }: SectionContext): string {
  return t.results.pair(note.classes[label].title, note.classes[predicted].title);
}
