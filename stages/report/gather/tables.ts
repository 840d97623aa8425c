/**
 * The tables that a note draws curves of.
 *
 * @module
 */
import { parseCells, parseCsv } from "../../../data/formats/csv.ts";
import type { HistoryRow, TestCurveRow } from "../model/history.ts";

/** Loss and accuracy on the test images by epoch. */
export async function parseTestCurve(text: string): Promise<TestCurveRow[]> {
  const rows = await parseCsv(text, {
    epoch: "number",
    test_loss: "number?",
    test_accuracy: "number?",
  }, "test curve");
  return rows.map(({ epoch, test_loss, test_accuracy }) => ({
    epoch,
    loss: test_loss ?? NaN,
    accuracy: test_accuracy ?? NaN,
  }));
}

/** The artifact `history`; what it does not tell is NaN. */
export async function parseHistory(text: string): Promise<HistoryRow[]> {
  const { columns, rows } = await parseCells(text, "history");
  const named = (what: string) =>
    columns.filter((column) => column.startsWith(`${what} `))
      .map((column) => ({ column, name: column.slice(what.length + 1) }));
  const [gradients, dead] = [named("gradient_norm"), named("dead_units")];
  const full = columns.includes("train_loss_at_end");
  return rows.map(({ cells }): HistoryRow => {
    const value = (column: string) => {
      const cell = cells[columns.indexOf(column)] ?? "";
      return cell === "" ? NaN : Number(cell);
    };
    const values = (of: typeof gradients) =>
      new Map(of.map(({ column, name }) => [name, value(column)]));
    return {
      epoch: value("epoch"),
      trainLoss: value("train_loss"),
      trainAccuracy: value("train_accuracy"),
      validationLoss: value("validation_loss"),
      validationAccuracy: value("validation_accuracy"),
      objective: value("objective"),
      absoluteSum: value("weights_absolute_sum"),
      norm: value("weights_norm"),
      gradientNorms: values(gradients),
      deadUnits: values(dead),
      full,
    };
  });
}

/** Log loss by the name of a class. */
export async function parseLosses(text: string): Promise<Map<string, number>> {
  const columns = { class: "text", log_loss: "number?" } as const;
  const rows = await parseCsv(text, columns, "validation losses");
  return new Map(rows.map((row) => [row.class, row.log_loss ?? NaN]));
}
