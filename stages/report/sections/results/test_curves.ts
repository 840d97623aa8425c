/**
 * Loss and accuracy on the test images by epoch, where the study asks for them: a diagnostic.
 *
 * @module
 */
import type { Block, Figure, Table } from "../../blocks.ts";
import { curvesChart, curvesData, type CurvesRow } from "../../figures/curves.ts";
import type { HistoryRow, TestCurveRow } from "../../model/history.ts";
import type { ModelResult } from "../../model/results.ts";
import { columns, mean, type SectionContext } from "../context.ts";
import { curvePoints } from "./curve_points.ts";

/** The blocks; none where no model has such curves. */
export function testCurves(context: SectionContext): Block[] {
  const { note: { models }, t } = context;
  const traced = models.filter(({ replicates }) => replicates.every(({ testCurve }) => testCurve));
  if (traced.length === 0) return [];
  return [
    { kind: "heading", id: "test-curves", text: t.results.testCurves },
    {
      kind: "callout",
      tone: "warning",
      title: t.results.testCurvesTitle,
      blocks: [{ kind: "paragraph", text: t.results.testCurvesReading }],
    },
    figure("loss", traced, context),
    figure("accuracy", traced, context),
    table(traced, context),
  ];
}

function figure(
  value: "loss" | "accuracy",
  models: readonly ModelResult[],
  { t, list, titleOf }: SectionContext,
): Figure {
  const r = t.results;
  const loss = value === "loss";
  const validated = (row: HistoryRow) => loss ? row.validationLoss : row.validationAccuracy;
  const rows = models.map((model): CurvesRow => ({
    model: titleOf(model),
    train: curvePoints(model.replicates.map(({ history }) => history), validated),
    validation: curvePoints(
      model.replicates.map(({ testCurve }) => testCurve!),
      (row: TestCurveRow) => row[value],
    ),
    best: mean(model.replicates.map(({ bestEpoch }) => bestEpoch)),
  }));
  const titles = list(models.map(titleOf));
  const labels = {
    epoch: r.epoch,
    value: loss ? r.loss : r.accuracy,
    train: r.validation,
    validation: t.ui.partition.test,
    best: r.keptEpoch,
    overfit: "",
  };
  return {
    kind: "figure",
    name: loss ? "test-loss-curves" : "test-accuracy-curves",
    caption: loss ? r.testLossFigure : r.testAccuracyFigure,
    alt: loss ? r.testLossFigureAlt(titles) : r.testAccuracyFigureAlt(titles),
    drawing: { kind: "chart", spec: curvesChart(rows, labels, loss ? ".2f" : ".0%") },
    data: curvesData(rows, models.map(({ name }) => name), ["validation", "test"]),
  };
}

/** The accuracy of the epoch that was kept, and the highest of any epoch. */
function table(models: readonly ModelResult[], context: SectionContext): Table {
  const { t: { results: r, ui }, number, titleOf } = context;
  const highest = (curve: readonly TestCurveRow[]) =>
    curve.reduce((a, b) => b.accuracy > a.accuracy ? b : a);
  const own = models.map((model) => {
    const curves = model.replicates.map(({ testCurve, bestEpoch }) => ({
      kept: testCurve!.find(({ epoch }) => epoch === bestEpoch) ?? { epoch: 0, accuracy: NaN },
      highest: highest(testCurve!),
    }));
    const over = (which: "kept" | "highest", value: "epoch" | "accuracy") =>
      mean(curves.map((curve) => curve[which][value]));
    return { model, curves, over };
  });
  return {
    kind: "table",
    name: "test-curves",
    caption: r.testCurvesTable,
    columns: columns(
      ui.model,
      r.keptEpoch,
      r.accuracyThere,
      r.highestEpoch,
      r.accuracyThere,
    ),
    rows: own.map(({ model, over }) => [
      titleOf(model),
      number(over("kept", "epoch"), "decimal1"),
      number(over("kept", "accuracy"), "percent"),
      number(over("highest", "epoch"), "decimal1"),
      number(over("highest", "accuracy"), "percent"),
    ]),
    data: {
      columns: [
        "model",
        "replicate",
        "kept_epoch",
        "accuracy",
        "highest_epoch",
        "highest_accuracy",
      ],
      rows: own.flatMap(({ model, curves }) =>
        curves.map(({ kept, highest }, i) => [
          model.name,
          model.replicates[i].label,
          kept.epoch,
          Number.isNaN(kept.accuracy) ? "" : kept.accuracy,
          highest.epoch,
          highest.accuracy,
        ])
      ),
    },
  };
}
