/**
 * Precision, recall and F1 of each class, as a classification report for each model.
 *
 * @module
 */
import { oneVsRest } from "../../../../core/metrics/one_vs_rest.ts";
import type { Block, Figure, Table } from "../../blocks.ts";
import { classesChart, classesData } from "../../figures/classes.ts";
import type { ModelResult, Scores } from "../../model/results.ts";
import { code, rich, type Text } from "../../rich.ts";
import { columns, indexOfBest, mean, type SectionContext } from "../context.ts";

/** Most classes that the figure draws: those of lowest mean F1. */
const MOST_CLASSES = 40;

/** The blocks. */
export function classes(context: SectionContext): Block[] {
  const { note, t } = context;
  return [
    { kind: "heading", id: "classes", text: t.results.perClass },
    figure(context),
    ...note.models.flatMap((model): Block[] => [
      report(model, context),
      { kind: "paragraph", text: range(model, context) },
    ]),
  ];
}

function figure({ note, t, number, titleOf }: SectionContext): Figure {
  const titles = note.classes.map(({ title }) => title);
  const means = note.classes.map((_, i) => mean(note.models.map((model) => model.classes[i].f1)));
  const order = means.map((_, i) => i).sort((a, b) => means[a] - means[b] || a - b)
    .slice(0, MOST_CLASSES);
  const scores = note.classes.flatMap((_, i) =>
    note.models.map((own, model) => ({ class: i, model, score: own.classes[i].f1 }))
  );
  return {
    kind: "figure",
    name: "classes",
    caption: order.length === note.classes.length
      ? t.results.perClassFigure
      : t.results.perClassFigureOf(number(order.length)),
    alt: t.results.perClassFigureAlt({
      worst: titles[order[0]],
      best: titles[order[order.length - 1]],
    }),
    drawing: {
      kind: "chart",
      spec: classesChart(scores, {
        models: note.models.map(titleOf),
        titles,
        order,
        title: t.results.f1,
      }),
    },
    data: classesData(
      scores,
      note.classes.map(({ name }) => name),
      note.models.map(({ name }) => name),
      "f1",
    ),
  };
}

function report(model: ModelResult, { note, t, number, titleOf }: SectionContext): Table {
  const r = t.results;
  const total = model.classes.reduce((sum, { support }) => sum + support, 0);
  const scores = ({ precision, recall, f1 }: Scores) => [precision, recall, f1];
  const cells = (values: readonly number[]): Text[] =>
    values.map((value) => number(value, "decimal"));
  // Each image has one class and is given one: a false positive of one is a false negative of another.
  const micro = [model.accuracy.mean, model.accuracy.mean, model.accuracy.mean];
  const counts = oneVsRest(Int32Array.from(model.confusion.flat()), note.classes.length);
  const extremes = (which: "minimum" | "maximum"): number[] =>
    (["precision", "recall", "f1"] as const).map((key) => {
      const values = model.classes.map((own) => own[key]);
      return which === "minimum" ? Math.min(...values) : Math.max(...values);
    });
  return {
    kind: "table",
    name: `report-${model.name}`,
    caption: r.report(titleOf(model)),
    columns: columns(t.ui.class, r.precision, r.recall, r.f1, r.support),
    rows: [
      ...model.classes.map((own, i) => [
        note.classes[i].title,
        ...cells(scores(own)),
        number(own.support),
      ]),
      [t.ui.minimum, ...cells(extremes("minimum")), ""],
      [t.ui.maximum, ...cells(extremes("maximum")), ""],
      [r.macro, ...cells(scores(model.macro)), number(total)],
      [r.weighted, ...cells(scores(model.weighted)), number(total)],
      [r.micro, ...cells(micro), number(total)],
    ],
    footerRows: 5,
    data: {
      columns: [
        "class",
        "precision",
        "recall",
        "f1",
        "support",
        "true_positives",
        "false_positives",
        "false_negatives",
        "true_negatives",
      ],
      rows: [
        ...model.classes.map((own, i) => [
          note.classes[i].name,
          ...scores(own),
          own.support,
          counts[i].truePositives,
          counts[i].falsePositives,
          counts[i].falseNegatives,
          counts[i].trueNegatives,
        ]),
        ["macro avg", ...scores(model.macro), total, "", "", "", ""],
        ["weighted avg", ...scores(model.weighted), total, "", "", "", ""],
        ["micro avg", ...micro, total, "", "", "", ""],
      ],
    },
  };
}

/** "Precision ranges from 0.68 (Irish wolfhound) to 1 (Pomeranian) …" */
function range(model: ModelResult, { note, t, number }: SectionContext): Text {
  const fromTo = (key: "precision" | "recall") => {
    const values = model.classes.map((own) => own[key]);
    const low = indexOfBest(values, "lowest");
    const high = indexOfBest(values, "highest");
    return t.results.fromTo(
      number(values[low], "decimal"),
      code(note.classes[low].title),
      number(values[high], "decimal"),
      code(note.classes[high].title),
    );
  };
  return rich`${t.results.range({ precision: fromTo("precision"), recall: fromTo("recall") })}`;
}
