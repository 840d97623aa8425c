/**
 * The tables that a note draws curves of.
 *
 * @module
 */
import { parseCsv } from "../../../data/formats/csv.ts";
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
  const rows = await parseCsv(text, {
    epoch: "number",
    train_loss: "number?",
    train_accuracy: "number?",
    validation_loss: "number?",
    validation_accuracy: "number?",
  }, "history");
  return rows.map((row) => ({
    epoch: row.epoch,
    trainLoss: row.train_loss ?? NaN,
    trainAccuracy: row.train_accuracy ?? NaN,
    validationLoss: row.validation_loss ?? NaN,
    validationAccuracy: row.validation_accuracy ?? NaN,
  }));
}

/** Log loss by the name of a class. */
export async function parseLosses(text: string): Promise<Map<string, number>> {
  const columns = { class: "text", log_loss: "number?" } as const;
  const rows = await parseCsv(text, columns, "validation losses");
  return new Map(rows.map((row) => [row.class, row.log_loss ?? NaN]));
}
