import { type ClassScores, scoreClasses } from "./class_scores.ts";

/** What a classifier answered, for {@linkcode createAnswers}. */
export interface AnswersOptions {
  /** Number of classes k. */
  classes: number;
  /** Right class of each sample `[n]`, in [0, k). */
  labels: Int32Array;
  /** Class given to each sample `[n]`, in [0, k). */
  predicted: Int32Array;
  /** Probability of each class for each sample `[n, k]`, row-major, in [0, 1]. */
  probabilities: Float32Array;
  /** Whether the classifier gave classes alone, so that the probabilities say nothing. */
  classesOnly?: boolean;
}

/**
 * Answers of a classifier on samples, and what several metrics need of them, computed once.
 *
 * A sample may stand in the answers more than once or not at all: bootstrap resamples are views
 * that share what was computed of each sample.
 */
export interface Answers extends Readonly<AnswersOptions> {
  /** Rows of the arrays that count, in order. At least one. */
  readonly rows: Int32Array;
  /** Counts `[k, k]`, row-major: a row for each right class, a column for each class given. */
  readonly confusion: Int32Array;
  /** Precision, recall and F1 of each class. */
  readonly classScores: readonly ClassScores[];
  /**
   * What a function makes of the arrays, a value for each of their rows `[n]`. A function is called
   * once for all views: pass the same one each time.
   */
  perRow(compute: (arrays: AnswersOptions) => Float64Array): Float64Array;
  /** What a function makes of these answers; called once, as for {@linkcode perRow}. */
  once<T>(compute: (answers: Answers) => T): T;
  /**
   * These rows of the arrays, in this order; a row may stand twice.
   *
   * @throws {RangeError} if there is none.
   */
  at(rows: Int32Array): Answers;
}

/**
 * Takes a classifier's answers.
 *
 * @throws {RangeError} if there is no sample, the lengths do not fit, a class is not in [0, k) or a
 * probability not in [0, 1].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const answers = createAnswers({
 *   classes: 2,
 *   labels: new Int32Array([0, 1, 1]),
 *   predicted: new Int32Array([0, 1, 0]),
 *   probabilities: new Float32Array([0.75, 0.25, 0.25, 0.75, 0.5, 0.5]),
 * });
 * assert.deepEqual([...answers.confusion], [1, 0, 1, 1]);
 * ```
 */
export function createAnswers(options: AnswersOptions): Answers {
  const { classes, labels, predicted, probabilities } = options;
  const n = labels.length;
  if (predicted.length !== n || probabilities.length !== n * classes) {
    throw new RangeError(
      `Cannot compute metrics as ${n} labels of ${classes} classes need ${n} predictions and ${
        n * classes
      } probabilities: current numbers are ${predicted.length} and ${probabilities.length}`,
    );
  }
  checkClasses("label", labels, classes);
  checkClasses("prediction", predicted, classes);
  checkProbabilities(probabilities, classes);
  return new View(new Source(options), Int32Array.from(labels, (_, i) => i));
}

function checkClasses(what: string, values: Int32Array, classes: number): void {
  const wrong = values.findIndex((value) => value < 0 || value >= classes);
  if (wrong >= 0) {
    throw new RangeError(
      `Cannot compute metrics as each ${what} must be from 0 to ${classes - 1}: ` +
        `the value at ${wrong} is ${values[wrong]}`,
    );
  }
}

function checkProbabilities(probabilities: Float32Array, classes: number): void {
  const wrong = probabilities.findIndex((p) => !(p >= 0 && p <= 1));
  if (wrong >= 0) {
    throw new RangeError(
      `Cannot compute metrics as each probability must be in [0, 1]: the value of sample ${
        Math.floor(wrong / classes)
      }, class ${wrong % classes} is ${probabilities[wrong]}`,
    );
  }
}

/** The arrays behind all views of one classifier's answers. */
class Source {
  readonly options: AnswersOptions;
  #cells: Int32Array | undefined;
  readonly #perRow = new Map<unknown, Float64Array>();

  constructor(options: AnswersOptions) {
    this.options = options;
  }

  /** Where each row counts in the confusion matrix. */
  get cells(): Int32Array {
    const { labels, predicted, classes } = this.options;
    return this.#cells ??= labels.map((label, row) => label * classes + predicted[row]);
  }

  perRow(compute: (arrays: AnswersOptions) => Float64Array): Float64Array {
    let values = this.#perRow.get(compute);
    if (values === undefined) this.#perRow.set(compute, values = compute(this.options));
    return values;
  }
}

class View implements Answers {
  readonly rows: Int32Array;
  readonly #source: Source;
  #confusion: Int32Array | undefined;
  #classScores: ClassScores[] | undefined;
  #once: Map<unknown, unknown> | undefined;

  constructor(source: Source, rows: Int32Array) {
    if (rows.length === 0) {
      throw new RangeError("Cannot compute metrics as there is no sample");
    }
    this.#source = source;
    this.rows = rows;
  }

  get classes(): number {
    return this.#source.options.classes;
  }

  get labels(): Int32Array {
    return this.#source.options.labels;
  }

  get predicted(): Int32Array {
    return this.#source.options.predicted;
  }

  get probabilities(): Float32Array {
    return this.#source.options.probabilities;
  }

  get classesOnly(): boolean {
    return this.#source.options.classesOnly ?? false;
  }

  get confusion(): Int32Array {
    return this.#confusion ??= countConfusion(this.#source.cells, this);
  }

  get classScores(): readonly ClassScores[] {
    return this.#classScores ??= scoreClasses(this.confusion, this.classes);
  }

  perRow(compute: (arrays: AnswersOptions) => Float64Array): Float64Array {
    return this.#source.perRow(compute);
  }

  once<T>(compute: (answers: Answers) => T): T {
    const known = this.#once ??= new Map();
    if (!known.has(compute)) known.set(compute, compute(this));
    return known.get(compute) as T;
  }

  at(rows: Int32Array): Answers {
    return new View(this.#source, rows);
  }
}

function countConfusion(cells: Int32Array, { rows, classes }: Answers): Int32Array {
  const counts = new Int32Array(classes * classes);
  for (let i = 0; i < rows.length; i++) counts[cells[rows[i]]]++;
  return counts;
}
