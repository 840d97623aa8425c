/**
 * What is measured, with its formulas, and how models are compared.
 *
 * @module
 */
import type { Block, Section } from "../blocks.ts";
import type { SectionContext } from "./context.ts";

/** The section. */
export function metrics(context: SectionContext): Section {
  const { note: { classes, evaluation, models }, t, number, language } = context;
  const m = t.metrics;
  const { accuracy, precision, recall } = t.words;
  // Both languages abbreviate true positives by their own words.
  const tp = language === "fr" ? "\\mathrm{VP}" : "\\mathrm{TP}";
  const blocks: Block[] = [
    { kind: "paragraph", text: m.accuracy },
    {
      kind: "math",
      tex: `\\text{${accuracy}} = \\frac{1}{N} \\sum_{i=1}^{N} ` +
        "\\left[\\operatorname*{arg\\,max}_k\\, p_{i,k} = y_i\\right].",
    },
    { kind: "paragraph", text: m.perClass },
    {
      kind: "math",
      tex: `\\text{${precision}} = \\frac{${tp}}{${tp} + \\mathrm{FP}}, \\quad ` +
        `\\text{${recall}} = \\frac{${tp}}{${tp} + \\mathrm{FN}}, \\quad ` +
        `\\mathrm{F1} = \\frac{2\\,${tp}}{2\\,${tp} + \\mathrm{FP} + \\mathrm{FN}}.`,
    },
    { kind: "paragraph", text: m.averages },
    { kind: "paragraph", text: m.logLoss },
    {
      kind: "paragraph",
      text: m.further({
        ...(evaluation.topK < classes.length && { topK: number(evaluation.topK) }),
        bins: number(evaluation.bins),
      }),
    },
    {
      kind: "paragraph",
      text: m.bootstrap(number(evaluation.draws), number(evaluation.confidence, "percent0")),
    },
  ];
  if (models.length > 1) {
    blocks.push(
      { kind: "paragraph", text: m.mcnemar },
      { kind: "paragraph", text: m.holm(number(evaluation.alpha)) },
      ...(models[0].replicates.length > 1 ? [{ kind: "paragraph", text: m.seeds } as const] : []),
      { kind: "paragraph", text: m.detectable(number(evaluation.power, "percent0")) },
    );
  }
  return {
    id: "metrics",
    title: t.titles.metrics,
    blocks: [...blocks, ...context.author("metrics")],
  };
}
