/**
 * What it takes each model to get to its best epoch.
 *
 * @module
 */
import type { Block, Figure, Table } from "../../blocks.ts";
import { dotsChart, dotsData, type DotsRow } from "../../figures/dots.ts";
import type { ReplicateResult } from "../../model.ts";
import { columns, mean, type SectionContext } from "../context.ts";

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

const COSTS = ["bestEpoch", "stepsToBest", "samplesToBest", "multiplyAddsToBest"] as const;

function table({ note, t, number, titleOf }: SectionContext): Table {
  const r = t.results;
  const average = (replicates: readonly ReplicateResult[], key: typeof COSTS[number]) =>
    mean(replicates.map((own) => own[key]));
  return {
    kind: "table",
    name: "cost",
    caption: r.costTable,
    columns: columns(t.ui.model, r.epochs, r.steps, r.samples, r.multiplyAdds, r.parameters),
    rows: note.models.map((model) => [
      titleOf(model),
      number(average(model.replicates, "bestEpoch")),
      number(average(model.replicates, "stepsToBest"), "integer"),
      number(average(model.replicates, "samplesToBest"), "integer"),
      number(average(model.replicates, "multiplyAddsToBest"), "scientific"),
      number(model.parameters),
    ]),
    data: {
      columns: ["model", "epochs", "steps", "samples", "multiply_adds", "parameters"],
      rows: note.models.map((model) => [
        model.name,
        ...COSTS.map((key) => average(model.replicates, key)),
        model.parameters,
      ]),
    },
  };
}

function figure({ note, t, number, titleOf }: SectionContext): Figure {
  const rows = note.models.map((model): DotsRow => ({
    model: titleOf(model),
    mean: mean(model.replicates.map(({ bestEpoch }) => bestEpoch)),
    replicates: model.replicates.map(({ label, bestEpoch }) => ({ label, value: bestEpoch })),
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
    data: dotsData(rows, note.models.map(({ name }) => name), "epochs"),
  };
}
