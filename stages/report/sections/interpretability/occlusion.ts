/**
 * Occlusion maps of some test images.
 *
 * @module
 */
import { spreadOverPixels } from "../../../../core/interpret/occlusion.ts";
import type { Block, Figure, Table } from "../../blocks.ts";
import type { OcclusionModel } from "../../model/interpretation.ts";
import type { PicturesModel } from "../../model/note.ts";
import type { CaptionedRow } from "../../pictures/captioned_sheet.ts";
import { divergingPicture, divergingScale } from "../../pictures/diverging.ts";
import { pictureOf } from "../../pictures/picture_of.ts";
import { code, type Text } from "../../rich.ts";
import { bestModel, columns, type SectionContext } from "../context.ts";

/** With more models than these, the most accurate one alone is shown. */
const MOST_MODELS = 3;
/** Pixels that an image takes on the page. */
const SIZE = 64;
/** The scale of an image's maps ends no earlier, so that noise is not drawn as if it told something. */
const LEAST_LIMIT = 0.001;

type Image = OcclusionModel["images"][number];

/** The blocks. */
export function occlusion(context: SectionContext): Block[] {
  const { note, t, number } = context;
  const all = note.interpretation.occlusion.filter(({ images }) => images.length > 0);
  const shown = all.length <= MOST_MODELS
    ? all
    : all.filter(({ model }) => model === bestModel(note));
  if (shown.length === 0) return [];
  const [{ patch, stride, images }] = shown;
  const right = images.filter(isRight).length;
  return [
    { kind: "heading", id: "occlusion", text: t.interpretability.occlusion },
    {
      kind: "paragraph",
      text: t.interpretability.occlusionText({
        patch: number(patch),
        stride: number(stride),
        images: number(Math.max(right, images.length - right)),
      }),
    },
    ...shown.flatMap((own): Block[] => [
      ...(note.pictures === undefined ? [] : [figure(own, note.pictures, context)]),
      table(own, context),
    ]),
  ];
}

function isRight({ label, predicted }: Pick<Image, "label" | "predicted">): boolean {
  return label === predicted;
}

function figure(
  own: OcclusionModel,
  pictures: PicturesModel,
  context: SectionContext,
): Figure {
  const { note, t, number, titleOf } = context;
  const i = t.interpretability;
  const model = note.models[own.model];
  const { height, width } = own;
  const rows = own.images.map(({ labelFalls, predictedFalls, ...image }): CaptionedRow => {
    const label = spreadOverPixels(labelFalls.flat(), own, own);
    const predicted = spreadOverPixels(predictedFalls.flat(), own, own);
    const shown = isRight(image) ? [label] : [label, predicted];
    const limit = Math.max(LEAST_LIMIT, ...shown.map(greatestSize));
    const row = pictures.ids.indexOf(image.id);
    return {
      title: note.classes[image.label].title,
      subtitle: answerOf(image, context),
      cells: [
        row < 0 ? {} : { picture: pictureOf(pictures.images, row) },
        ...shown.map((values, place) => ({
          picture: divergingPicture(values, { width, height, limit }),
          ...(place === 0 && { caption: i.ends(number(100 * limit, "decimal1")) }),
        })),
      ],
    };
  });
  return {
    kind: "figure",
    name: `occlusion-${model.name}`,
    caption: i.occlusionFigure({ model: titleOf(model), fill: own.fill.join(", ") }),
    alt: i.occlusionFigureAlt({
      model: titleOf(model),
      images: own.images.map((image) =>
        `${note.classes[image.label].title} (${answerOf(image, context)})`
      ).join(t.interpretability.separator),
    }),
    drawing: {
      kind: "captioned",
      rows,
      groups: [
        { from: 0, heading: i.image },
        { from: 1, heading: i.truth },
        { from: 2, heading: i.predicted },
      ],
      size: SIZE,
      columns: rows.length > 4 ? 2 : 1,
      scale: {
        colours: divergingScale(41),
        low: i.rises,
        middle: i.unchanged,
        high: i.falls,
      },
    },
    data: {
      columns: ["id", "label", "predicted", "top", "left", "label_fall", "predicted_fall"],
      rows: own.images.flatMap(({ id, label, predicted, labelFalls, predictedFalls }) =>
        own.tops.flatMap((top, y) =>
          own.lefts.map((left, x) => [
            id,
            note.classes[label].name,
            note.classes[predicted].name,
            top,
            left,
            labelFalls[y][x],
            predictedFalls[y][x],
          ])
        )
      ),
    },
  };
}

function greatestSize(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function answerOf(
  { label, predicted, probabilityPredicted }: Pick<
    Image,
    "label" | "predicted" | "probabilityPredicted"
  >,
  { note, t, number }: SectionContext,
): string {
  const probability = number(probabilityPredicted, "percent");
  return label === predicted
    ? t.interpretability.right(probability)
    : t.interpretability.wrong({ predicted: note.classes[predicted].title, probability });
}

function table(own: OcclusionModel, context: SectionContext): Table {
  const { note, t, number, titleOf } = context;
  const i = t.interpretability;
  const model = note.models[own.model];
  const found = own.images.map((image) => ({ image, ...greatest(image, own) }));
  return {
    kind: "table",
    name: `occlusion-${model.name}`,
    caption: i.occlusionTable(titleOf(model)),
    columns: columns(
      i.image,
      { header: i.truth, align: "left" },
      { header: i.predicted, align: "left" },
      i.probability,
      i.fall,
      i.place,
    ),
    rows: found.map(({ image, fall, top, left }): Text[] => [
      code(image.id),
      note.classes[image.label].title,
      note.classes[image.predicted].title,
      number(image.probabilityPredicted, "percent"),
      number(100 * fall, "decimal1"),
      i.placeValue({
        top: number(top + 1),
        bottom: number(top + own.patch),
        left: number(left + 1),
        right: number(left + own.patch),
      }),
    ]),
    data: {
      columns: ["id", "label", "predicted", "probability", "greatest_fall", "top", "left"],
      rows: found.map(({ image, fall, top, left }) => [
        image.id,
        note.classes[image.label].name,
        note.classes[image.predicted].name,
        image.probabilityPredicted,
        fall,
        top,
        left,
      ]),
    },
  };
}

/** The greatest fall of the class given, the first among equals, and where. */
function greatest({ predictedFalls }: Image, { tops, lefts }: OcclusionModel) {
  const all = tops.flatMap((top, y) =>
    lefts.map((left, x) => ({ top, left, fall: predictedFalls[y][x] }))
  );
  return all.reduce((most, own) => own.fall > most.fall ? own : most);
}
