/**
 * Scores besides the headline, and how far the probabilities can be trusted.
 *
 * @module
 */
import type { NumberFormat } from "../../../../data/text/numbers.ts";
import type { Block, Figure, Table } from "../../blocks.ts";
import {
  calibrationChart,
  calibrationData,
  type CalibrationRow,
} from "../../figures/calibration.ts";
import type { ModelResult } from "../../model/results.ts";
import { strong, type Text } from "../../rich.ts";
import { columns, indexOfBest, type SectionContext } from "../context.ts";
import { orEmpty } from "./to_best.ts";

/** The blocks. */
export function scores(context: SectionContext): Block[] {
  const { note, t } = context;
  const shown = columnsOf(context);
  const classesOnly = note.models.filter(({ source }) => source?.probabilities === false);
  const missing = note.models.some((model) =>
    !classesOnly.includes(model) && shown.some(({ name }) => Number.isNaN(model.scores[name].mean))
  );
  return [
    { kind: "heading", id: "scores", text: t.results.scores },
    table(shown, context),
    ...(missing ? [{ kind: "paragraph", text: t.results.scoreMissing } as const] : []),
    ...classesOnly.map((model): Block => ({
      kind: "paragraph",
      text: t.results.classesOnly(context.titleOf(model)),
    })),
    ...overReplicates(context),
    ...figure(context),
  ];
}

/** A score that the table shows. */
interface ScoreColumn {
  /** Name of the metric. */
  name: string;
  header: Text;
  best: "highest" | "lowest";
  format: NumberFormat;
}

function columnsOf({ note: { evaluation, classes }, t, number }: SectionContext): ScoreColumn[] {
  const { topK } = evaluation;
  const s = t.results.scoreNames;
  const share = (name: string, header: Text) =>
    ({ name, header, best: "highest", format: "percent" }) as const;
  const score = (name: string, header: Text, best: ScoreColumn["best"] = "highest") =>
    ({ name, header, best, format: "decimal3" }) as const;
  return [
    share("balancedAccuracy", s.balancedAccuracy),
    // With as many answers as classes, one of them is right.
    ...(topK < classes.length ? [share("topKAccuracy", s.topK(number(topK)))] : []),
    score("cohenKappa", s.cohenKappa),
    score("matthewsCorrelation", s.matthewsCorrelation),
    score("macroRocAuc", s.rocAuc),
    score("macroAveragePrecision", s.averagePrecision),
    score("brierScore", s.brier, "lowest"),
    score("calibrationError", s.calibrationError, "lowest"),
  ];
}

function table(shown: readonly ScoreColumn[], context: SectionContext): Table {
  const { note, t, number, titleOf } = context;
  const best = shown.map(({ name, best }) => {
    const means = note.models.map(({ scores }) => scores[name].mean);
    return means[indexOfBest(means, best)];
  });
  const cell = (model: ModelResult, { name, format }: ScoreColumn, i: number): Text => {
    const { mean } = model.scores[name];
    const text = number(mean, format);
    return note.models.length > 1 && mean === best[i] ? strong(text) : text;
  };
  return {
    kind: "table",
    name: "scores",
    caption: t.results.scoresTable(
      t.summary.replicates(number(note.models[0].replicates.length)),
    ),
    columns: columns(t.ui.model, ...shown.map(({ header }) => header)),
    rows: note.models.map((model) => [
      titleOf(model),
      ...shown.map((score, i) => cell(model, score, i)),
    ]),
    data: {
      columns: [
        "model",
        "score",
        "mean",
        "standard_deviation",
        "low",
        "high",
        "replicates_low",
        "replicates_high",
      ],
      rows: note.models.flatMap((model) =>
        Object.entries(model.scores).map(([name, own]) => [
          model.name,
          name,
          ...[own.mean, own.deviation, own.low, own.high].map(orEmpty),
          ...[own.overReplicates?.low ?? NaN, own.overReplicates?.high ?? NaN].map(orEmpty),
        ])
      ),
    },
  };
}

/** Intervals of the accuracy by Student's t, where there are replicates. */
function overReplicates({ note, t, number, interval, titleOf, list }: SectionContext): Block[] {
  const intervals = note.models.flatMap((model) => {
    const own = model.accuracy.overReplicates;
    return own === null ? [] : [`${titleOf(model)} ${interval(own.low, own.high, "percent")}`];
  });
  if (intervals.length === 0) return [];
  const level = number(note.evaluation.confidence, "percent0");
  return [{
    kind: "paragraph",
    text: t.results.overReplicates({
      level,
      intervals: list(intervals),
      splits: note.split.varies,
    }),
  }];
}

/** Nothing where no model gives probabilities. */
function figure({ note, t, number, titleOf }: SectionContext): Figure[] {
  const models = note.models.filter(({ calibration }) =>
    calibration.some(({ count }) => count > 0)
  );
  if (models.length === 0) return [];
  const rows = models.map((model): CalibrationRow => ({
    model: titleOf(model),
    bins: model.calibration,
  }));
  const errors = models.map((model) =>
    `${titleOf(model)}${t.ui.colon}${number(model.scores.calibrationError.mean, "decimal3")}`
  );
  return [{
    kind: "figure",
    name: "calibration",
    caption: t.results.calibrationFigure,
    alt: t.results.calibrationFigureAlt(errors.join(t.ui.valueSeparator)),
    drawing: {
      kind: "chart",
      spec: calibrationChart(rows, {
        confidence: t.results.confidence,
        accuracy: t.results.accuracy,
      }),
    },
    data: calibrationData(rows, models.map(({ name }) => name)),
  }];
}
