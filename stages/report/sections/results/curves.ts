/**
 * Learning curves and the epochs that matter.
 *
 * @module
 */
import type { Block, Figure, Table } from "../../blocks.ts";
import { type CurvePoint, curvesChart, curvesData, type CurvesRow } from "../../figures/curves.ts";
import type { HistoryRow } from "../../model/history.ts";
import type { ModelResult } from "../../model/results.ts";
import type { Text } from "../../rich.ts";
import { columns, mean, type SectionContext, trainedModels } from "../context.ts";
import { curvePoints } from "./curve_points.ts";

/** The blocks; none where no model is trained by mini-batches. */
export function curves(context: SectionContext): Block[] {
  const { t, note } = context;
  if (trainedModels(note).length === 0) return [];
  return [
    { kind: "heading", id: "curves", text: t.results.curves },
    figure("loss", context),
    figure("accuracy", context),
    table(context),
  ];
}

function points(model: ModelResult, value: (row: HistoryRow) => number): CurvePoint[] {
  return curvePoints(model.replicates.map(({ history }) => history), value);
}

function overfitEpochs(model: ModelResult): number[] {
  return model.replicates.flatMap(({ overfitEpoch }) =>
    overfitEpoch === null ? [] : [overfitEpoch]
  );
}

function figure(value: "loss" | "accuracy", context: SectionContext): Figure {
  const { note, t, list, titleOf } = context;
  const r = t.results;
  const loss = value === "loss";
  const trained = trainedModels(note);
  const rows = trained.map((model): CurvesRow => {
    const overfit = overfitEpochs(model);
    return {
      model: titleOf(model),
      train: points(model, (row) => loss ? row.trainLoss : row.trainAccuracy),
      validation: points(model, (row) => loss ? row.validationLoss : row.validationAccuracy),
      best: mean(model.replicates.map(({ bestEpoch }) => bestEpoch)),
      ...(overfit.length > 0 ? { overfit: mean(overfit) } : {}),
    };
  });
  const models = list(trained.map(titleOf));
  const marked = rows.some(({ overfit }) => overfit !== undefined);
  // With the loss as what early stopping watches, both are usually the same epoch.
  const agree = rows.every(({ best, overfit }) => overfit === best);
  const labels = {
    epoch: r.epoch,
    value: loss ? r.loss : r.accuracy,
    train: r.training,
    validation: r.validation,
    best: agree ? r.bestAndOverfit : r.bestEpoch,
    overfit: r.overfitEpoch,
  };
  return {
    kind: "figure",
    name: loss ? "loss-curves" : "accuracy-curves",
    caption: loss
      ? r.lossFigure({ stopped: agree ? r.markersAgree : marked ? r.markers : r.bestMarker })
      : r.accuracyCurves,
    alt: loss ? r.lossFigureAlt(models) : r.accuracyCurvesAlt(models),
    drawing: {
      kind: "chart",
      spec: curvesChart(agree ? rows.map(withoutOverfit) : rows, labels, loss ? ".2f" : ".0%"),
    },
    data: curvesData(rows, trained.map(({ name }) => name)),
  };
}

function withoutOverfit({ overfit: _, ...row }: CurvesRow): CurvesRow {
  return row;
}

function table({ note, t, number, interval, titleOf }: SectionContext): Table {
  const r = t.results;
  const trained = trainedModels(note);
  const range = (values: readonly number[]): Text => {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return low === high ? number(low) : `${number(mean(values))} ${interval(low, high)}`;
  };
  return {
    kind: "table",
    name: "epochs",
    caption: r.curvesTable,
    columns: columns(t.ui.model, r.bestEpoch, r.overfitEpoch, r.stopEpoch, r.stopped),
    rows: trained.map((model) => {
      const overfit = overfitEpochs(model);
      const stops = [...new Set(model.replicates.flatMap(({ stopped }) => stopped ?? []))];
      return [
        titleOf(model),
        range(model.replicates.map(({ bestEpoch }) => bestEpoch)),
        overfit.length === 0
          ? r.never
          : overfit.length === model.replicates.length
          ? range(overfit)
          : r.neverFor(
            range(overfit),
            number(overfit.length),
            number(model.replicates.length),
          ),
        range(model.replicates.map(({ epochs }) => epochs)),
        stops.map((stop) => r.stops[stop]).join(t.ui.valueSeparator),
      ];
    }),
    data: {
      columns: ["model", "replicate", "best_epoch", "overfit_epoch", "epochs", "stopped"],
      rows: trained.flatMap((model) =>
        model.replicates.map((own) => [
          model.name,
          own.label,
          own.bestEpoch,
          own.overfitEpoch ?? "",
          own.epochs,
          own.stopped ?? "",
        ])
      ),
    },
  };
}
