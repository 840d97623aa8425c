/**
 * Whether the models' differences are more than chance.
 *
 * @module
 */
import type { Block, Figure, Table } from "../../blocks.ts";
import { differencesChart, differencesData } from "../../figures/differences.ts";
import type { PairResult } from "../../model.ts";
import { columns, type SectionContext } from "../context.ts";

/** The blocks. */
export function tests(context: SectionContext): Block[] {
  const { note, t } = context;
  const heading: Block = { kind: "heading", id: "tests", text: t.results.tests };
  if (note.pairs.length === 0) {
    return [heading, { kind: "paragraph", text: t.results.noPair }];
  }
  return [heading, table(context), figure(context)];
}

function table(context: SectionContext): Table {
  const { note, t, number, interval } = context;
  const r = t.results;
  return {
    kind: "table",
    name: "tests",
    caption: r.testsTable(number(note.evaluation.alpha)),
    columns: columns(
      r.pairHeader,
      r.differenceHeader,
      r.interval,
      r.onlyFirst,
      r.onlySecond,
      r.p,
      r.corrected,
      r.significant,
      r.detectable,
    ),
    rows: note.pairs.map((pair) => [
      pairTitle(pair, context),
      number(pair.difference, "points"),
      interval(pair.low, pair.high, "points"),
      number(pair.onlyLeft),
      number(pair.onlyRight),
      number(pair.p, "pvalue"),
      number(pair.corrected, "pvalue"),
      pair.significant ? r.yes : r.no,
      `±${number(pair.detectable * 100, "decimal1")}`,
    ]),
    data: {
      columns: [
        "left",
        "right",
        "difference",
        "low",
        "high",
        "only_left",
        "only_right",
        "p",
        "p_holm",
        "significant",
        "detectable",
      ],
      rows: note.pairs.map((pair) => [
        note.models[pair.left].name,
        note.models[pair.right].name,
        pair.difference,
        pair.low,
        pair.high,
        pair.onlyLeft,
        pair.onlyRight,
        pair.p,
        pair.corrected,
        String(pair.significant),
        pair.detectable,
      ]),
    },
  };
}

function figure(context: SectionContext): Figure {
  const { note, t, number, interval } = context;
  const rows = note.pairs.map((pair) => ({
    left: note.models[pair.left].name,
    right: note.models[pair.right].name,
    pair: pairTitle(pair, context),
    difference: pair.difference * 100,
    low: pair.low * 100,
    high: pair.high * 100,
    detectable: pair.detectable * 100,
    significant: pair.significant,
  }));
  const values = note.pairs.map((pair) =>
    `${pairTitle(pair, context)}${t.ui.colon}${number(pair.difference, "points")} ` +
    interval(pair.low, pair.high, "points")
  );
  return {
    kind: "figure",
    name: "differences",
    caption: t.results.testsFigure,
    alt: t.results.testsFigureAlt(values.join(t.ui.valueSeparator)),
    drawing: { kind: "chart", spec: differencesChart(rows, t.results.differencePoints) },
    data: differencesData(rows),
  };
}

function pairTitle({ left, right }: PairResult, { note, t, titleOf }: SectionContext): string {
  return t.results.pairOf(titleOf(note.models[left]), titleOf(note.models[right]));
}
