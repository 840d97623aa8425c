/**
 * Errors with the training images nearest to them.
 *
 * @module
 */
import type { Block, Figure, Table } from "../../blocks.ts";
import type { NeighboursModel } from "../../model/interpretation.ts";
import type { PicturesModel } from "../../model/note.ts";
import type { CaptionedCell } from "../../pictures/captioned_sheet.ts";
import { pictureOf } from "../../pictures/picture_of.ts";
import { code, type Text } from "../../rich.ts";
import { columns, type SectionContext } from "../context.ts";

/** Pixels that an image takes on the page. */
const SIZE = 48;

type NearError = NeighboursModel["errors"][number];

/** The blocks. */
export function neighbours(context: SectionContext): Block[] {
  const { note, t, number } = context;
  const found = note.interpretation.neighbours;
  if (found === undefined) return [];
  const i = t.interpretability;
  return [
    { kind: "heading", id: "neighbours", text: i.neighbours },
    {
      kind: "paragraph",
      text: i.neighboursText({
        metric: i.metrics[found.metric],
        images: number(found.errors.length),
      }),
    },
    ...(note.pictures === undefined ? [] : [figure(found, note.pictures, context)]),
    table(found, context),
  ];
}

function answerOf({ predicted, probability }: NearError, { note, t, number }: SectionContext) {
  return t.interpretability.wrong({
    predicted: note.classes[predicted].title,
    probability: number(probability, "percent"),
  });
}

function figure(
  { model, errors }: NeighboursModel,
  pictures: PicturesModel,
  context: SectionContext,
): Figure {
  const { note, t, titleOf } = context;
  const i = t.interpretability;
  const rowOf = new Map(pictures.ids.map((id, row) => [id, row]));
  const cell = (id: string, caption?: string): CaptionedCell => {
    const row = rowOf.get(id);
    return row === undefined ? {} : { picture: pictureOf(pictures.images, row), caption };
  };
  return {
    kind: "figure",
    name: "neighbours",
    caption: i.neighboursFigure(titleOf(note.models[model])),
    alt: i.neighboursFigureAlt(
      errors.map((error) => `${note.classes[error.label].title} (${answerOf(error, context)})`)
        .join(t.interpretability.separator),
    ),
    drawing: {
      kind: "captioned",
      rows: errors.map((error) => ({
        title: note.classes[error.label].title,
        subtitle: answerOf(error, context),
        cells: [
          cell(error.id),
          ...error.neighbours.map(({ id, label }) => cell(id, note.classes[label].title)),
        ],
      })),
      groups: [{ from: 0, heading: i.error }, { from: 1, heading: i.nearest }],
      size: SIZE,
    },
    data: {
      columns: ["id", "label", "predicted", "place", "neighbour", "neighbour_label", "distance"],
      rows: errors.flatMap(({ id, label, predicted, neighbours }) =>
        neighbours.map((own, place) => [
          id,
          note.classes[label].name,
          note.classes[predicted].name,
          place + 1,
          own.id,
          note.classes[own.label].name,
          own.distance,
        ])
      ),
    },
  };
}

/** How many neighbours are of each class, the class of the nearest first. */
function classesOf({ neighbours }: NearError): [label: number, count: number][] {
  const counts = new Map<number, number>();
  for (const { label } of neighbours) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts];
}

function table({ model, errors }: NeighboursModel, context: SectionContext): Table {
  const { note, t, number, titleOf } = context;
  const i = t.interpretability;
  const same = ({ label, neighbours }: NearError) =>
    neighbours.filter((own) => own.label === label).length;
  return {
    kind: "table",
    name: "neighbours",
    caption: i.neighboursTable(titleOf(note.models[model])),
    columns: columns(
      i.image,
      { header: i.truth, align: "left" },
      { header: i.predicted, align: "left" },
      i.probability,
      { header: i.nearestClasses, align: "left" },
      i.distance,
    ),
    rows: errors.map((error): Text[] => [
      code(error.id),
      note.classes[error.label].title,
      note.classes[error.predicted].title,
      number(error.probability, "percent"),
      classesOf(error).map(([label, count]) => `${note.classes[label].title} (${number(count)})`)
        .join(t.ui.valueSeparator),
      number(error.neighbours[0].distance, "decimal3"),
    ]),
    data: {
      columns: [
        "id",
        "label",
        "predicted",
        "probability",
        "nearest_of_label",
        "nearest",
        "distance",
      ],
      rows: errors.map((error) => [
        error.id,
        note.classes[error.label].name,
        note.classes[error.predicted].name,
        error.probability,
        same(error),
        error.neighbours.length,
        error.neighbours[0].distance,
      ]),
    },
  };
}
