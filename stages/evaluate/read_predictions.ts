import { parseCells } from "../../data/formats/csv.ts";

/** Predictions of a file, image by image of the test set in its order. */
export interface FilePredictions {
  /** Class index of each image `[n]`. */
  predicted: Int32Array<ArrayBuffer>;
  /** `[n, k]`; missing where the file has none. */
  probabilities?: Float32Array<ArrayBuffer>;
}

/** What a file of predictions is held to. */
export interface ReadPredictionsOptions {
  /** How messages call the file. */
  name: string;
  /** Names of the classes. */
  classes: readonly string[];
  /** Ids of the test images, in order. */
  ids: readonly string[];
  /** Class index of each. */
  labels: Int32Array;
  /** Ids of other images that the file may have too; their rows are passed over. Default: none. */
  others?: ReadonlySet<string>;
}

/** How far probabilities of an image may be from adding up to 1. */
const SUM_TOLERANCE = 1e-3;

/** Columns that are no class's probability. */
const OWN_COLUMNS = ["id", "label", "predicted"];

/**
 * Reads a table of predictions: `id`, then `predicted` (a class's name), or a probability for each
 * class in a column of its name, or both; and `label` if you like, which must be the study's. Rows
 * may stand in any order. Without `predicted`, the class is that of the greatest probability, the
 * first among equals. Probabilities are rounded to binary32 and otherwise taken as they are.
 *
 * @throws {SyntaxError} if the text is no table.
 * @throws {RangeError} if a column is neither one of these nor a class, a class or an image is
 * missing or stands twice, an id is of no test image, or a value is out of its range; with the line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const { predicted } = await readPredictions("id,predicted\na1,cat\n", {
 *   name: "notebook.csv",
 *   classes: ["cat", "dog"],
 *   ids: ["a1"],
 *   labels: new Int32Array([1]),
 * });
 * assert.deepEqual([...predicted], [0]);
 * ```
 */
export async function readPredictions(
  text: string,
  { name, classes, ids, labels, others }: ReadPredictionsOptions,
): Promise<FilePredictions> {
  const { columns, rows } = await parseCells(text, name);
  const fail = (line: number, why: string) => new RangeError(`${name}:${line}: ${why}`);
  const listed = classes.length <= 24 ? `: ${classes.join(", ")}` : ` of ${classes.length}`;
  const indexOf = new Map(classes.map((own, i) => [own, i]));
  const column = (own: string) => columns.indexOf(own);
  if (column("id") < 0) throw fail(1, `expected a column id, found ${columns.join(", ")}`);
  const given = columns.filter((own) => !OWN_COLUMNS.includes(own) || classColumn(own));
  const stranger = given.find((own) => !indexOf.has(own));
  if (stranger !== undefined) {
    throw fail(
      1,
      `column ${JSON.stringify(stranger)} is neither id, label, predicted nor a class${listed}`,
    );
  }
  const absent = classes.find((own) => given.length > 0 && !given.includes(own));
  if (absent !== undefined) {
    throw fail(
      1,
      `there is no column for class ${JSON.stringify(absent)}: expected the probability of every ` +
        `class, or of none`,
    );
  }
  const hasProbabilities = given.length > 0;
  const hasPredicted = column("predicted") >= 0 && !classColumn("predicted");
  if (!hasProbabilities && !hasPredicted) {
    throw fail(1, "expected a column predicted, or one for each class, found neither");
  }

  const rowOf = new Map(ids.map((id, i) => [id, i]));
  const lineOf = new Map<string, number>();
  const k = classes.length;
  const places = classes.map(column);
  const predicted = new Int32Array(ids.length);
  const probabilities = new Float32Array(hasProbabilities ? ids.length * k : 0);
  for (const { cells, line } of rows) {
    const id = cells[column("id")];
    const told = JSON.stringify(id);
    const row = rowOf.get(id);
    const isOther = others?.has(id) ?? false;
    if (row === undefined && !isOther) {
      throw fail(line, `id ${told} is of no test image of the study`);
    }
    const earlier = lineOf.get(id);
    if (earlier !== undefined) throw fail(line, `id ${told} stands in line ${earlier} already`);
    lineOf.set(id, line);
    if (row === undefined) continue;
    const classAt = (name: string) => {
      const found = indexOf.get(cells[column(name)]);
      if (found !== undefined) return found;
      throw fail(
        line,
        `${name} of ${told} must be one of the classes${listed}; current value is ` +
          JSON.stringify(cells[column(name)]),
      );
    };
    if (column("label") >= 0 && !classColumn("label") && classAt("label") !== labels[row]) {
      throw fail(
        line,
        `label of ${told} must be the study's, ${JSON.stringify(classes[labels[row]])}; current ` +
          `value is ${JSON.stringify(cells[column("label")])}`,
      );
    }
    const own = probabilities.subarray(row * k, (row + 1) * k);
    if (hasProbabilities) readRow(own, places.map((place) => cells[place]), line, told);
    predicted[row] = hasPredicted
      ? classAt("predicted")
      : own.reduce((best, p, i) => p > own[best] ? i : best, 0);
  }
  const missing = ids.filter((id) => !lineOf.has(id));
  if (missing.length > 0) {
    throw new RangeError(
      `${name}: ${missing.length} of ${ids.length} test images are missing, the first is ` +
        JSON.stringify(missing[0]),
    );
  }
  return { predicted, ...(hasProbabilities ? { probabilities } : {}) };

  /** A class of such a name has the column, where the file has one for every class. */
  function classColumn(own: string): boolean {
    return indexOf.has(own) && classes.every((name) => columns.includes(name));
  }

  function readRow(into: Float32Array, cells: readonly string[], line: number, told: string) {
    let sum = 0;
    cells.forEach((cell, i) => {
      const value = cell.trim() === "" ? NaN : Number(cell);
      if (!(value >= 0 && value <= 1)) {
        throw fail(
          line,
          `the probability of class ${JSON.stringify(classes[i])} for ${told} must be in [0, 1]: ` +
            `current value is ${cell === "" ? "empty" : cell}`,
        );
      }
      sum += value;
      into[i] = value;
    });
    if (Math.abs(sum - 1) > SUM_TOLERANCE) {
      throw fail(
        line,
        `the probabilities of ${told} must sum to 1 within ${SUM_TOLERANCE}: current sum is ${sum}`,
      );
    }
  }
}
