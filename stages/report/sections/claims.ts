/**
 * What the study claimed, and what became of it.
 *
 * @module
 */
import type { Block, Section } from "../blocks.ts";
import type { ClaimResult } from "../model.ts";
import { rich, strong, type Text } from "../rich.ts";
import { columns, type SectionContext } from "./context.ts";

/** The section. */
export function claims(context: SectionContext): Section {
  const { note, t } = context;
  const blocks: Block[] = note.claims.length === 0
    ? [{ kind: "paragraph", text: t.claims.none }]
    : [{ kind: "paragraph", text: t.claims.reading }, table(context)];
  return { id: "claims", title: t.titles.claims, blocks: [...blocks, ...context.author("claims")] };
}

/** A claim's verdict in words. */
export function verdictOf({ verdict }: ClaimResult, { t }: SectionContext): string {
  return Object.hasOwn(t.claims.verdicts, verdict) ? t.claims.verdicts[verdict] : verdict;
}

function table(context: SectionContext): Block {
  const { note, t, number, translate } = context;
  const rows = note.claims.map((claim): Text[] => {
    const { relations, tests } = t.claims;
    const relation = Object.hasOwn(relations, claim.relation)
      ? relations[claim.relation]
      : claim.relation;
    const test = Object.hasOwn(tests, claim.test) ? tests[claim.test] : claim.test;
    return [
      translate(claim.text),
      rich`${claim.left.text} ${relation} ${claim.right.text}`,
      rich`${number(claim.left.value)} ${relation} ${number(claim.right.value)}`,
      claim.p === null ? test : rich`${test}, p = ${number(claim.p, "pvalue")}`,
      strong(verdictOf(claim, context)),
    ];
  });
  return {
    kind: "table",
    name: "claims",
    caption: t.claims.caption,
    columns: columns(
      t.claims.claim,
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
        "test",
        "p",
        "verdict",
      ],
      rows: note.claims.map((claim) => [
        claim.id,
        claim.left.text,
        claim.left.value,
        claim.relation,
        claim.right.text,
        claim.right.value,
        claim.test,
        claim.p ?? "",
        claim.verdict,
      ]),
    },
  };
}
