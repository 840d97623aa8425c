/**
 * What it takes each model to get to its best epoch.
 *
 * @module
 */
import type { Block, Figure, Table } from "../../blocks.ts";
import { dotsChart, dotsData, type DotsRow } from "../../figures/dots.ts";
import { columns, type SectionContext } from "../context.ts";
import { meanToBest, orEmpty, type ToBest, withBest } from "./to_best.ts";

/** The blocks. */
export function cost(context: SectionContext): Block[] {
  const { t } = context;
  return [
    { kind: "heading", id: "cost", text: t.results.cost },
    table(context),
    figure(context),
    { kind: "measured", text: t.provenance.measured },
  ];
}

const COSTS: readonly ToBest[] = [
  "bestEpoch",
  "stepsToBest",
  "samplesToBest",
  "multiplyAddsToBest",
];

function table({ note, t, number, titleOf }: SectionContext): Table {
  const r = t.results;
  return {
    kind: "table",
    name: "cost",
    caption: r.costTable,
    columns: columns(t.ui.model, r.epochs, r.steps, r.samples, r.multiplyAdds, r.parameters),
    rows: note.trained.map((model) => [
      titleOf(model),
      number(meanToBest(model.replicates, "bestEpoch")),
      number(meanToBest(model.replicates, "stepsToBest"), "integer"),
      number(meanToBest(model.replicates, "samplesToBest"), "integer"),
      number(meanToBest(model.replicates, "multiplyAddsToBest"), "scientific"),
      number(model.parameters),
    ]),
    data: {
      columns: ["model", "epochs", "steps", "samples", "multiply_adds", "parameters"],
      rows: note.trained.map((model) => [
        model.name,
        ...COSTS.map((key) => orEmpty(meanToBest(model.replicates, key))),
        model.parameters,
      ]),
    },
  };
}

function figure({ note, t, number, titleOf }: SectionContext): Figure {
  const models = note.trained.filter((model) => withBest(model.replicates).length > 0);
  const rows = models.map((model): DotsRow => ({
    model: titleOf(model),
    mean: meanToBest(model.replicates, "bestEpoch"),
    replicates: withBest(model.replicates)
      .map(({ label, bestEpoch }) => ({ label, value: bestEpoch })),
  }));
  const values = rows.map(({ model, mean }) => `${model}${t.ui.colon}${number(mean)}`);
  return {
    kind: "figure",
    name: "cost",
    caption: t.results.costFigure,
    alt: t.results.costFigureAlt(values.join(t.ui.valueSeparator)),
    drawing: {
      kind: "chart",
      spec: dotsChart(rows, { title: t.results.bestEpoch, format: "~f", zero: true }),
    },
    data: dotsData(rows, models.map(({ name }) => name), "epochs"),
  };
}
