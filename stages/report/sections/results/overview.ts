/**
 * The models' results on the test set, one row each.
 *
 * @module
 */
import type { Block, Figure, Table } from "../../blocks.ts";
import { dotsChart, dotsData, type DotsRow } from "../../figures/dots.ts";
import { strong, type Text } from "../../rich.ts";
import { bestModel, columns, indexOfBest, type SectionContext, trainedModels } from "../context.ts";
import { meanToBest, orEmpty } from "./to_best.ts";

/** The blocks. */
export function overview(context: SectionContext): Block[] {
  const { note, t, number, interval, titleOf } = context;
  const best = note.models[bestModel(note)];
  return [
    {
      kind: "paragraph",
      text: t.results.best({
        model: titleOf(best),
        accuracy: number(best.accuracy.mean, "percent"),
        interval: interval(best.accuracy.low, best.accuracy.high, "percent"),
        level: number(note.evaluation.confidence, "percent0"),
      }),
    },
    table(context),
    figure(context),
  ];
}

function table({ note, t, number, interval, titleOf }: SectionContext): Table {
  const r = t.results;
  const isTrained = trainedModels(note).length > 0;
  const bestEpochs = note.models.map((model) => meanToBest(model.replicates, "bestEpoch"));
  const work = note.models.map((model) => meanToBest(model.replicates, "multiplyAddsToBest"));
  const bold = (values: readonly number[], which: "highest" | "lowest") => {
    const best = indexOfBest(values, which);
    return (text: string, i: number): Text =>
      values.filter(Number.isFinite).length > 1 && values[i] === values[best] ? strong(text) : text;
  };
  const marks = {
    accuracy: bold(note.models.map(({ accuracy }) => accuracy.mean), "highest"),
    macroF1: bold(note.models.map(({ macroF1 }) => macroF1.mean), "highest"),
    logLoss: bold(note.models.map(({ logLoss }) => logLoss.mean), "lowest"),
    epochs: bold(bestEpochs, "lowest"),
    work: bold(work, "lowest"),
  };
  return {
    kind: "table",
    name: "results",
    caption: r.table(t.summary.replicates(number(note.models[0].replicates.length))),
    columns: columns(
      t.ui.model,
      r.accuracy,
      r.interval,
      r.deviation,
      r.macroF1,
      r.logLoss,
      ...(isTrained ? [r.epochsToBest, r.multiplyAdds] : []),
    ),
    rows: note.models.map((model, i) => [
      titleOf(model),
      marks.accuracy(number(model.accuracy.mean, "percent"), i),
      interval(model.accuracy.low, model.accuracy.high, "percent"),
      number(model.replicates.length > 1 ? model.accuracy.deviation : NaN, "percent"),
      marks.macroF1(number(model.macroF1.mean, "decimal3"), i),
      marks.logLoss(number(model.logLoss.mean, "decimal3"), i),
      ...(isTrained
        ? [
          marks.epochs(number(bestEpochs[i]), i),
          marks.work(number(work[i], "scientific"), i),
        ]
        : []),
    ]),
    data: {
      columns: [
        "model",
        "accuracy",
        "accuracy_low",
        "accuracy_high",
        "accuracy_standard_deviation",
        "macro_f1",
        "log_loss",
        "epochs_to_best",
        "multiply_adds_to_best",
        "parameters",
      ],
      rows: note.models.map((model, i) => [
        model.name,
        model.accuracy.mean,
        model.accuracy.low,
        model.accuracy.high,
        model.accuracy.deviation,
        model.macroF1.mean,
        orEmpty(model.logLoss.mean),
        orEmpty(bestEpochs[i]),
        orEmpty(work[i]),
        orEmpty(model.parameters),
      ]),
    },
  };
}

function figure({ note, t, number, interval, titleOf }: SectionContext): Figure {
  const rows = note.models.map((model): DotsRow => ({
    model: titleOf(model),
    mean: model.accuracy.mean,
    low: model.accuracy.low,
    high: model.accuracy.high,
    replicates: model.replicates.map(({ label, accuracy }) => ({ label, value: accuracy })),
  }));
  const values = note.models.map((model) =>
    `${titleOf(model)}${t.ui.colon}${number(model.accuracy.mean, "percent")} ` +
    interval(model.accuracy.low, model.accuracy.high, "percent")
  );
  return {
    kind: "figure",
    name: "accuracy",
    caption: t.results.accuracyFigure,
    alt: t.results.accuracyFigureAlt({ values: values.join(t.ui.valueSeparator) }),
    drawing: {
      kind: "chart",
      spec: dotsChart(rows, { title: t.results.accuracy, format: ".1~%", zero: false }),
    },
    data: dotsData(rows, note.models.map(({ name }) => name), "accuracy"),
  };
}
