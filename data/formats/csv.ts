/**
 * Tables as CSV (RFC 4180): a header row, commas, quotes where needed, `\n` after each row.
 *
 * @module
 */

/**
 * What a column holds: `text`; `number`, as `String(number)` writes it, so that it reads back
 * equal; or `number?`, which may also be empty and is then `null`.
 */
export type ColumnType = "text" | "number" | "number?";

/** A row of a table with these columns. */
export type CsvRow<C extends Readonly<Record<string, ColumnType>>> = {
  [Name in keyof C]: C[Name] extends "text" ? string
    : C[Name] extends "number" ? number
    : number | null;
};

/** A value that a table can hold; `null` is an empty cell. */
export type CsvValue = string | number | boolean | null;

/**
 * Reads a table. Columns that are not asked for are left out.
 *
 * @param columns The columns to read and what they hold.
 * @param name How messages call the file.
 * @throws {SyntaxError} if the text is no such table, with the line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const rows = await parseCsv("id,loss\na,0.5\n", { id: "text", loss: "number" });
 * assert.deepEqual(rows, [{ id: "a", loss: 0.5 }]);
 * ```
 */
export async function parseCsv<const C extends Readonly<Record<string, ColumnType>>>(
  text: string,
  columns: C,
  name = "CSV table",
): Promise<CsvRow<C>[]> {
  const fail = (line: number, why: string) =>
    new SyntaxError(`Cannot read ${name} at line ${line}: ${why}`);
  const { columns: names, rows } = await parseCells(text, name);
  const wanted = Object.entries(columns).map(([column, type]) => {
    const index = names.indexOf(column);
    if (index < 0) throw fail(1, `column ${JSON.stringify(column)} is missing, found ${names}`);
    return { column, type, index };
  });
  return rows.map(({ cells, line }) => {
    const row = Object.fromEntries(wanted.map(({ column, type, index }) => {
      const cell = cells[index]!;
      const value = type === "text" ? cell : toNumber(cell, type);
      if (value === undefined) {
        throw fail(line, `column ${JSON.stringify(column)} must hold a number: ${cell}`);
      }
      return [column, value];
    }));
    return row as CsvRow<C>;
  });
}

/** A table as it is written. */
export interface CsvCells {
  /** Names of the columns, each once. */
  columns: string[];
  rows: {
    /** As many as there are columns. */
    cells: string[];
    /** Line of the file that it ends in, from 1. */
    line: number;
  }[];
}

/**
 * Reads a table whose columns are not known before.
 *
 * @param name How messages call the file.
 * @throws {SyntaxError} if the text is no table, with the line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { columns, rows } = await parseCells("id,cat\na,0.5\n");
 * assert.deepEqual(columns, ["id", "cat"]);
 * assert.deepEqual(rows, [{ cells: ["a", "0.5"], line: 2 }]);
 * ```
 */
export async function parseCells(text: string, name = "CSV table"): Promise<CsvCells> {
  const { CsvError, parse } = await import("csv-parse/sync");
  const fail = (line: number, why: string) =>
    new SyntaxError(`Cannot read ${name} at line ${line}: ${why}`);
  let records: { record: string[]; info: { lines: number } }[];
  try {
    // The package's types do not know of `info`, which wraps each record.
    records = parse(text, { bom: true, info: true, record_delimiter: ["\r\n", "\n"] }) as never;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw fail(Number(error.lines), error.message);
  }
  const [header, ...body] = records;
  if (header === undefined) throw fail(1, "it is empty, a header row was expected");
  const columns = header.record;
  const twice = columns.find((column, i) => columns.indexOf(column) !== i);
  if (twice !== undefined) throw fail(1, `column ${JSON.stringify(twice)} stands twice`);
  return { columns, rows: body.map(({ record, info }) => ({ cells: record, line: info.lines })) };
}

/**
 * Writes a table. Numbers are written with as few digits as read back equal.
 *
 * @throws {RangeError} if a row is not as long as the header, or a column stands twice.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const text = await stringifyCsv(["id", "loss"], [["a", 0.1 + 0.2], ['say "b"', null]]);
 * assert.equal(text, 'id,loss\na,0.30000000000000004\n"say ""b""",\n');
 * ```
 */
export async function stringifyCsv(
  columns: readonly string[],
  rows: readonly (readonly CsvValue[])[],
): Promise<string> {
  const { stringify } = await import("csv-stringify/sync");
  if (new Set(columns).size !== columns.length) {
    throw new RangeError(`Cannot write CSV as a column stands twice: ${columns}`);
  }
  const wrong = rows.findIndex((row) => row.length !== columns.length);
  if (wrong >= 0) {
    throw new RangeError(
      `Cannot write CSV as row ${wrong} must have ${columns.length} cells: ` +
        `current length is ${rows[wrong]!.length}`,
    );
  }
  return stringify([columns, ...rows] as CsvValue[][], {
    record_delimiter: "\n",
    // A lone carriage return would otherwise read back as the end of a row elsewhere.
    quoted_match: /\r/,
    cast: { boolean: String, number: String },
  });
}

function toNumber(cell: string, type: "number" | "number?"): number | null | undefined {
  if (cell === "") return type === "number?" ? null : undefined;
  if (cell === "NaN") return NaN;
  const value = cell.trim() === cell ? Number(cell) : NaN;
  return Number.isNaN(value) ? undefined : value;
}
