/**
 * What happens inside trainings: gradients by layer, dead units, the objective and the weights.
 *
 * @module
 */
import type { Block, Figure, Table } from "../../blocks.ts";
import { type Line, linesChart, linesData } from "../../figures/lines.ts";
import type { HistoryRow } from "../../model/history.ts";
import type { ModelResult } from "../../model/results.ts";
import type { Text } from "../../rich.ts";
import { columns, mean, type SectionContext, trainedModels } from "../context.ts";
import { curvePoints } from "./curve_points.ts";

/** A model with what its figure's lines are of: layers, or activations. */
interface Layered {
  model: ModelResult;
  names: readonly string[];
}

/** With more rows than these, there is no table: the figure's CSV file has every number. */
const MOST_ROWS = 24;

/** A number that a history tells of each layer, or of each activation. */
interface Measure {
  /** Name of its files. */
  name: string;
  of(row: HistoryRow): ReadonlyMap<string, number>;
  /** Whose number it is, as the CSV files call it. */
  part: "layer" | "activation";
  /** How the table writes it. */
  format: "number" | "percent";
  /** How the figure's axis does, for Vega. */
  axis: { format: string; logarithmic?: boolean };
  texts(t: SectionContext["t"]): SectionContext["t"]["trainings"]["gradient" | "dead"];
}

const GRADIENT: Measure = {
  name: "gradient-norms",
  of: ({ gradientNorms }) => gradientNorms,
  part: "layer",
  format: "number",
  axis: { format: "~g", logarithmic: true },
  texts: ({ trainings }) => trainings.gradient,
};

const DEAD: Measure = {
  name: "dead-units",
  of: ({ deadUnits }) => deadUnits,
  part: "activation",
  format: "percent",
  axis: { format: ".0%" },
  texts: ({ trainings }) => trainings.dead,
};

/** The blocks; none where every model has one layer, and no history is a full one. */
export function trainings(context: SectionContext): Block[] {
  const { note, t } = context;
  const models = trainedModels(note);
  const full = models.filter(isFull);
  const layered = layeredBy(GRADIENT, models)
    .filter(({ model, names }) => names.length > 1 || isFull(model));
  const blocks = [
    ...measured(GRADIENT, layered, context),
    ...measured(DEAD, layeredBy(DEAD, models), context),
    ...(full.length > 0
      ? [
        { kind: "paragraph", text: t.trainings.objective } as const,
        modelsFigure("objective", full, context),
        modelsFigure("norm", full, context),
      ]
      : []),
  ];
  if (blocks.length === 0) return [];
  return [{ kind: "heading", id: "trainings", text: t.trainings.heading }, ...blocks];
}

function measured(measure: Measure, all: readonly Layered[], context: SectionContext): Block[] {
  if (all.length === 0) return [];
  const reading: Block = { kind: "paragraph", text: measure.texts(context.t).reading };
  if (measure === DEAD && isZero(measure, all)) {
    const models = context.list(all.map(({ model }) => context.titleOf(model)));
    return [reading, { kind: "paragraph", text: context.t.trainings.noneDead(models) }];
  }
  return [
    reading,
    layersFigure(measure, all, context),
    ...(countLines(all) <= MOST_ROWS ? [layersTable(measure, all, context)] : []),
  ];
}

/** Whether a measure is zero in every epoch of every model. */
function isZero({ of }: Measure, all: readonly Layered[]): boolean {
  return all.every(({ model }) =>
    histories(model).flat().every((row) => [...of(row).values()].every((value) => value === 0))
  );
}

function countLines(all: readonly Layered[]): number {
  return all.reduce((sum, { names }) => sum + names.length, 0);
}

function isFull({ replicates }: ModelResult): boolean {
  return replicates.some(({ history }) => history.some(({ full }) => full));
}

/** The models of which histories tell something by layer. */
function layeredBy({ of }: Measure, models: readonly ModelResult[]): Layered[] {
  return models.map((model) => {
    const rows = histories(model).flat();
    return { model, names: [...new Set(rows.flatMap((row) => [...of(row).keys()]))] };
  }).filter(({ names }) => names.length > 0);
}

function histories({ replicates }: ModelResult): (readonly HistoryRow[])[] {
  return replicates.map(({ history }) => history);
}

function layersFigure(
  measure: Measure,
  all: readonly Layered[],
  { t, list, titleOf }: SectionContext,
): Figure {
  const texts = measure.texts(t);
  const panels = all.map(({ model, names }) => ({
    name: model.name,
    title: titleOf(model),
    lines: names.map((name): Line => ({
      name,
      points: curvePoints(histories(model), (row) => measure.of(row).get(name) ?? NaN),
    })),
  }));
  return {
    kind: "figure",
    name: measure.name,
    caption: texts.figure,
    alt: texts.figureAlt(list(all.map(({ model }) => titleOf(model)))),
    drawing: {
      kind: "chart",
      spec: linesChart(panels, { epoch: t.results.epoch, value: texts.axis, ...measure.axis }),
    },
    data: linesData(panels, ["model", measure.part]),
  };
}

/** One line a model. */
function modelsFigure(
  value: "objective" | "norm",
  models: readonly ModelResult[],
  { t, titleOf }: SectionContext,
): Figure {
  const own = models.map((model): Line => ({
    name: titleOf(model),
    points: curvePoints(histories(model), (row) => row[value]),
  }));
  const objective = value === "objective";
  const spec = linesChart([{ title: "", lines: own }], {
    epoch: t.results.epoch,
    value: objective ? t.trainings.objectiveAxis : t.trainings.normAxis,
    format: "~g",
  });
  const named = models.map(({ name }, i): Line => ({ ...own[i], name }));
  const { columns, rows } = linesData([{ name: "", lines: named }], ["", "model"]);
  return {
    kind: "figure",
    name: objective ? "objective" : "weight-norms",
    caption: objective ? t.trainings.objectiveFigure : t.trainings.normFigure,
    alt: objective ? t.trainings.objectiveFigureAlt : t.trainings.normFigureAlt,
    drawing: { kind: "chart", spec },
    data: { columns: columns.slice(1), rows: rows.map((row) => row.slice(1)) },
  };
}

/** Which epochs the table tells, of so many with the best one; 0 where none is. */
const EPOCHS: readonly ((length: number, best: number) => number)[] = [
  () => 1,
  (length, best) => best === 0 ? length : best,
  (length) => length,
];

function layersTable(
  measure: Measure,
  all: readonly Layered[],
  { t, titleOf, number }: SectionContext,
): Table {
  const texts = measure.texts(t);
  const rows = all.flatMap(({ model, names }) =>
    names.map((name) => ({
      model,
      name,
      values: EPOCHS.map((which) =>
        mean(model.replicates.flatMap(({ history, bestEpoch }) => {
          const row = history.at(which(history.length, bestEpoch) - 1);
          return row === undefined ? [] : [measure.of(row).get(name) ?? NaN];
        }))
      ),
    }))
  );
  return {
    kind: "table",
    name: measure.name,
    caption: texts.table,
    columns: columns(
      t.ui.model,
      { header: texts.part, align: "left" },
      t.trainings.firstEpoch,
      t.results.bestEpoch,
      t.trainings.lastEpoch,
    ),
    rows: rows.map(({ model, name, values }): Text[] => [
      titleOf(model),
      name,
      ...values.map((value) => number(value, measure.format)),
    ]),
    data: {
      columns: ["model", measure.part, "first_epoch", "best_epoch", "last_epoch"],
      rows: rows.map(({ model, name, values }) => [
        model.name,
        name,
        ...values.map((value) => Number.isFinite(value) ? value : ""),
      ]),
    },
  };
}
