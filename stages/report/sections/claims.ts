/**
 * What the study claimed, and what became of it.
 *
 * @module
 */
import type { JudgedComparison, Verdict } from "../../../data/artifacts/claims.ts";
import type { NumberFormat } from "../../../data/text/numbers.ts";
import type { Block, Section } from "../blocks.ts";
import { code, rich, type Text } from "../rich.ts";
import { columns, type SectionContext } from "./context.ts";

/** The section. */
export function claims(context: SectionContext): Section {
  const { note, t, prose } = context;
  const blocks: Block[] = note.claims.length === 0
    ? [{ kind: "paragraph", text: t.claims.none }]
    : [
      { kind: "paragraph", text: t.claims.reading },
      {
        kind: "list",
        ordered: true,
        items: note.claims.map((claim) =>
          rich`${prose(claim.text)} **${verdictOf(claim.verdict, context)}**`
        ),
      },
      table(context),
    ];
  return { id: "claims", title: t.titles.claims, blocks: [...blocks, ...context.author("claims")] };
}

/** A verdict in words. */
export function verdictOf(verdict: Verdict, { t }: SectionContext): string {
  return t.claims.verdicts[verdict];
}

function table(context: SectionContext): Block {
  const { note, t, number } = context;
  const comparisons = note.claims.flatMap((claim, i) =>
    claim.comparisons.map((comparison) => ({ id: claim.id, index: i + 1, ...comparison }))
  );
  const side = ({ name, value }: Side) => name ?? (value === null ? "–" : number(value));
  const rows = comparisons.map((own): Text[] => {
    const { left, right, verdict, reason } = own;
    const relation = t.claims.relations[own.relation];
    const quantity = left.name ?? right.name ?? "";
    const missing = reason === "missing-value" || reason === "missing-test"
      ? rich` (${t.claims.missing[reason]})`
      : "";
    return [
      number(own.index),
      rich`${code(side(left))} ${relation} ${code(side(right))}${margin(own, context)}`,
      `${show(left.value, quantity, context)} ${relation} ${show(right.value, quantity, context)}`,
      testOf(own, context),
      rich`**${verdictOf(verdict, context)}**${missing}`,
    ];
  });
  return {
    kind: "table",
    name: "claims",
    caption: t.claims.caption,
    columns: columns(
      t.claims.number,
      { header: t.claims.comparison, align: "left" },
      { header: t.claims.values, align: "left" },
      { header: t.claims.test, align: "left" },
      { header: t.claims.verdict, align: "left" },
    ),
    rows,
    data: {
      columns: [
        "id",
        "left",
        "left_value",
        "relation",
        "right",
        "right_value",
        "margin",
        "test",
        "alpha",
        "p",
        "low",
        "high",
        "verdict",
        "reason",
      ],
      rows: comparisons.map((own) => [
        own.id,
        own.left.name,
        own.left.value ?? "",
        own.relation,
        own.right.name ?? "",
        own.right.value ?? "",
        own.margin,
        own.test,
        own.alpha,
        own.p ?? "",
        own.low ?? "",
        own.high ?? "",
        own.verdict,
        own.reason,
      ]),
    },
  };
}

type Side = { name: string | null; value: number | null };

function margin({ margin, left }: JudgedComparison, context: SectionContext): Text {
  if (margin === 0) return "";
  const points = formatOf(left.name) === "percent";
  const size = context.number(points ? margin * 100 : margin);
  return rich` (${points ? context.t.claims.points(size) : context.t.claims.margin(size)})`;
}

function testOf({ test, p, low, high, left }: JudgedComparison, context: SectionContext): Text {
  const { t, number, interval } = context;
  const name = t.claims.tests[test];
  if (p !== null) return `${name}, p = ${number(p, "pvalue")}`.replace("= <", "<");
  if (low === null || high === null) return name;
  const format = formatOf(left.name);
  return `${name} ${interval(low, high, format === "percent" ? "points" : format)}`;
}

function show(value: number | null, quantity: string, { number }: SectionContext): string {
  return value === null ? "–" : number(value, formatOf(quantity));
}

/** Scores are shown as the tables show them. */
function formatOf(quantity: string): NumberFormat {
  const name = quantity.slice(quantity.lastIndexOf(".") + 1);
  if (/^(accuracy|validationAccuracy|trainAccuracy)/.test(name)) return "percent";
  return /(Precision|Recall|F1|[lL]oss)/.test(name) ? "decimal3" : "number";
}
