import type { SectionContext } from "./context.ts";

/** The value that is kept, or those of the replicates, each with their number. */
export function keptText(
  kept: ReadonlyMap<unknown, readonly unknown[]>,
  context: SectionContext,
): string {
  const { t: { ui }, number } = context;
  const all = [...kept].sort(([, a], [, b]) => b.length - a.length);
  return all.map(([value, choices]) =>
    show(value, context) + (all.length === 1 ? "" : ` (${number(choices.length)})`)
  ).join(ui.valueSeparator);
}

/** A tuned value as a note writes it. */
export function show(value: unknown, { number }: SectionContext): string {
  return typeof value === "number" ? number(value) : String(value);
}
