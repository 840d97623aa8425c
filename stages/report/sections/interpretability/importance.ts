/**
 * Permutation importance of the representation's dimensions.
 *
 * @module
 */
import type { Block, Figure, Table } from "../../blocks.ts";
import { classesChart } from "../../figures/classes.ts";
import { importanceData, importanceMap } from "../../figures/importance.ts";
import type { ImportanceGroup, ImportanceModel } from "../../model/interpretation.ts";
import type { Text } from "../../rich.ts";
import { bestModel, columns, mean, type SectionContext } from "../context.ts";

/** Groups that the table lists. */
const LISTED = 10;
/** Groups that the figure draws where they have no place in the image. */
const DRAWN = 25;

/** The blocks. */
export function importance(context: SectionContext): Block[] {
  const { note, t, number } = context;
  const all = note.interpretation.importance;
  if (all.length === 0) return [];
  const best = all.find(({ model }) => model === bestModel(note)) ?? all[0];
  const placed = all.every(({ groups }) => groups.every(({ place }) => place !== undefined));
  const i = t.interpretability;
  return [
    { kind: "heading", id: "importance", text: i.importance },
    { kind: "paragraph", text: i.importanceText },
    { kind: "math", tex: "I_g = \\frac{1}{R} \\sum_{r=1}^{R} \\left(L_{g,r} - L\\right)." },
    {
      kind: "paragraph",
      text: i.importanceReading({
        groups: number(best.groups.length),
        repeats: number(best.repeats),
        placed,
      }),
    },
    placed ? map(all, context) : chart(all, context),
    table(best, context),
  ];
}

function byRise(groups: readonly ImportanceGroup[]): ImportanceGroup[] {
  return groups.toSorted((a, b) => b.rise.mean - a.rise.mean);
}

/** Three decimals, unless they would leave nothing to see. */
function formatOf({ groups }: Pick<ImportanceModel, "groups">): "decimal3" | "number" {
  return groups.some(({ rise }) => Math.abs(rise.mean) >= 0.02) ? "decimal3" : "number";
}

/** A group as a reader calls it, counted from one. */
function nameOf({ name, place }: ImportanceGroup, { t, number }: SectionContext): string {
  const i = t.interpretability;
  if (place !== undefined) {
    return i.cell({ row: number(place.row + 1), column: number(place.column + 1) });
  }
  const [from, to] = name.split("-").slice(1).map((index) => number(Number(index) + 1));
  return to === undefined ? i.dimension(from) : i.dimensions({ from, to });
}

function alt(all: readonly ImportanceModel[], context: SectionContext): string {
  const { note, t, number, titleOf } = context;
  const values = all.map(({ model, groups }) => {
    const [first] = byRise(groups);
    return `${titleOf(note.models[model])}${t.ui.colon}${nameOf(first, context)} (${
      number(first.rise.mean, formatOf({ groups }))
    })`;
  });
  return t.interpretability.importanceFigureAlt(values.join(t.interpretability.separator));
}

function data(all: readonly ImportanceModel[], { note }: SectionContext) {
  return importanceData(all, note.models.map(({ name }) => name));
}

function map(all: readonly ImportanceModel[], context: SectionContext): Figure {
  const { note, t, titleOf } = context;
  const { row, column, rise, importanceMapFigure } = t.interpretability;
  return {
    kind: "figure",
    name: "importance",
    caption: importanceMapFigure,
    alt: alt(all, context),
    drawing: {
      kind: "chart",
      spec: importanceMap(all, all.map(({ model }) => titleOf(note.models[model])), {
        row,
        column,
        rise,
      }),
    },
    data: data(all, context),
  };
}

function chart(all: readonly ImportanceModel[], context: SectionContext): Figure {
  const { note, t, number, titleOf } = context;
  const groups = [...new Map(all.flatMap((own) => own.groups.map((g) => [g.name, g]))).values()];
  const rises = all.map(({ groups }) => new Map(groups.map(({ name, rise }) => [name, rise.mean])));
  const means = groups.map(({ name }) => mean(rises.flatMap((own) => own.get(name) ?? [])));
  const order = means.map((_, i) => i).sort((a, b) => means[b] - means[a] || a - b).slice(0, DRAWN);
  const scores = groups.flatMap(({ name }, index) =>
    rises.flatMap((own, model) => {
      const score = own.get(name);
      return score === undefined ? [] : [{ class: index, model, score }];
    })
  );
  return {
    kind: "figure",
    name: "importance",
    caption: t.interpretability.importanceFigure(number(order.length)),
    alt: alt(all, context),
    drawing: {
      kind: "chart",
      spec: classesChart(scores, {
        models: all.map(({ model }) => titleOf(note.models[model])),
        titles: groups.map((group) => nameOf(group, context)),
        order,
        title: t.interpretability.rise,
        format: "~g",
        zero: true,
      }),
    },
    data: data(all, context),
  };
}

function table(own: ImportanceModel, context: SectionContext): Table {
  const { note, t, number, titleOf } = context;
  const i = t.interpretability;
  const listed = byRise(own.groups).slice(0, LISTED);
  const rise = (value: number) => number(value, formatOf(own));
  return {
    kind: "table",
    name: "importance",
    caption: i.importanceTable({
      model: titleOf(note.models[own.model]),
      count: number(listed.length),
      all: number(own.groups.length),
    }),
    columns: columns(i.group, i.dimensionCount, i.rise, i.deviation, i.drop, i.deviation),
    rows: listed.map((group): Text[] => [
      nameOf(group, context),
      number(group.dimensions),
      rise(group.rise.mean),
      rise(group.rise.deviation),
      number(100 * group.drop.mean, "decimal1"),
      number(100 * group.drop.deviation, "decimal1"),
    ]),
    data: importanceData([own], note.models.map(({ name }) => name)),
  };
}
