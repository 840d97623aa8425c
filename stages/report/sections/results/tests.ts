/**
 * Whether the models' differences are more than chance.
 *
 * @module
 */
import type { Block, Figure, Table } from "../../blocks.ts";
import { differencesChart, differencesData } from "../../figures/differences.ts";
import type { PairResult } from "../../model/results.ts";
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
      r.discordance,
      r.p,
      r.corrected,
      r.seedsP,
      r.significant,
      r.detectable,
    ),
    rows: note.pairs.map((pair) => [
      pairTitle(pair, context),
      number(pair.difference, "points"),
      interval(pair.low, pair.high, "points"),
      orDash(pair.discordance, (value) => number(value, "percent")),
      orDash(pair.p, (value) => number(value, "pvalue")),
      orDash(pair.corrected, (value) => number(value, "pvalue")),
      orDash(pair.seedsP, (value) => number(value, "pvalue")),
      pair.significant ? r.yes : r.no,
      orDash(pair.detectable, (value) => `±${number(value * 100, "decimal1")}`),
    ]),
    data: {
      columns: [
        "left",
        "right",
        "difference",
        "low",
        "high",
        "discordance",
        "p",
        "p_holm",
        "p_replicates",
        "significant",
        "detectable",
      ],
      rows: note.pairs.map((pair) => [
        note.models[pair.left].name,
        note.models[pair.right].name,
        pair.difference,
        pair.low,
        pair.high,
        pair.discordance ?? "",
        pair.p ?? "",
        pair.corrected ?? "",
        pair.seedsP ?? "",
        String(pair.significant),
        pair.detectable ?? "",
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
    detectable: pair.detectable === null ? null : pair.detectable * 100,
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

function orDash(value: number | null, show: (value: number) => string): string {
  return value === null ? "–" : show(value);
}

function pairTitle({ left, right }: PairResult, { note, t, titleOf }: SectionContext): string {
  return t.results.pairOf(titleOf(note.models[left]), titleOf(note.models[right]));
}
