/**
 * Scores of each fold of a cross-validation, and of all of them.
 *
 * @module
 */
import { standsBeside } from "../../../../data/artifacts/stands_beside.ts";
import type { Block, Table } from "../../blocks.ts";
import type { ModelResult } from "../../model/results.ts";
import { columns, type SectionContext } from "../context.ts";
import { orEmpty } from "./to_best.ts";

/** The blocks; none where models are not tested on several folds. */
export function folds(context: SectionContext): Block[] {
  const { note: { models, split }, t } = context;
  if (split.method !== "folds" || models.some(({ pooled }) => pooled === undefined)) return [];
  return [
    { kind: "heading", id: "folds", text: t.results.folds },
    {
      kind: "paragraph",
      text: t.results.foldsReading({
        // Each fold once, and no seed beside it.
        complete: models.every(({ replicates }) =>
          replicates.length === split.folds &&
          replicates.every(({ label }) => !label.includes(" "))
        ),
      }),
    },
    table(context),
  ];
}

function table({ note, t, number, interval, titleOf }: SectionContext): Table {
  const { models, evaluation: { confidence } } = note;
  const r = t.results;
  const percent = (value: number) => number(value, "percent");
  const level = number(confidence, "percent0");
  const [{ replicates }] = models;
  // Predictions from a file are of folds alone, where seeds may repeat trainings.
  const accuracyAt = ({ replicates }: ModelResult, label: string) =>
    replicates.find((own) => standsBeside(label, own.label))?.accuracy ?? NaN;
  const of = (label: string, text: (model: ModelResult) => string) => [
    label,
    "",
    ...models.map(text),
  ];
  const summary = [
    of(t.ui.mean, ({ accuracy }) => percent(accuracy.mean)),
    of(r.standardDeviation, ({ accuracy }) => percent(accuracy.deviation)),
    of(
      r.intervalOver.images(level),
      ({ accuracy: { low, high } }) => interval(low, high, "percent"),
    ),
    of(
      r.intervalOver.folds(level),
      ({ accuracy: { overReplicates: own } }) =>
        own === null ? number(NaN) : interval(own.low, own.high, "percent"),
    ),
    of(r.pooled, ({ pooled }) => percent(pooled!.accuracy ?? NaN)),
  ];
  return {
    kind: "table",
    name: "folds",
    caption: r.foldsTable,
    columns: columns(t.ui.replicate, r.testImages, ...models.map(titleOf)),
    rows: [
      ...replicates.map(({ label, images }) => [
        label.replaceAll("=", " = "),
        number(images),
        ...models.map((model) => percent(accuracyAt(model, label))),
      ]),
      ...summary,
    ],
    footerRows: summary.length,
    data: data(note.models),
  };
}

function data(models: readonly ModelResult[]): Table["data"] {
  const names = Object.keys(models[0].scores);
  const cells = (value: (name: string) => number) => names.map((name) => orEmpty(value(name)));
  return {
    columns: ["model", "replicate", "images", ...names],
    rows: models.flatMap(({ name, replicates, scores, pooled }) => [
      ...replicates.map((own) => [
        name,
        own.label,
        own.images,
        ...cells((score) => own.scores[score] ?? NaN),
      ]),
      [name, "mean", "", ...cells((score) => scores[score].mean)],
      [name, "standard_deviation", "", ...cells((score) => scores[score].deviation)],
      [name, "pooled", "", ...cells((score) => pooled![score] ?? NaN)],
    ]),
  };
}
