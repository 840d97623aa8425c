/**
 * A table of text with aligned columns.
 *
 * @module
 */

/** Lays out rows below a heading; the last column is not padded. */
export function textTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [heading, ...rows];
  const widths = heading.map((_, column) =>
    Math.max(...lines.map((line) => [...(line[column] ?? "")].length))
  );
  const format = (line: readonly string[]) =>
    line.map((cell, column) =>
      column === line.length - 1 ? cell : cell + " ".repeat(widths[column]! - [...cell].length)
    ).join("  ").trimEnd();
  const rule = widths.map((width) => "─".repeat(width)).join("  ");
  return [format(heading), rule, ...rows.map(format)].join("\n");
}
