/**
 * What is wrong with a study file: every problem, each with its place.
 *
 * @module
 */

/** One thing that is wrong with a study. */
export interface Problem {
  /** The study file, as the path was given. */
  file: string;
  /** Line, from 1; `undefined` when the problem has no line (an option, an unreadable file). */
  line?: number;
  /** Column, from 1, in UTF-16 units. */
  column?: number;
  /** The command-line option to blame instead of a line: `--set train.learningRate=-1`. */
  option?: string;
  /** Path of the value: `train.learningRate`; empty for the whole file. */
  path: string;
  /** The value found, as plain JSON; `undefined` where there is none. */
  value?: unknown;
  /** What is wrong: `expected a number greater than 0, found -1`. */
  message: string;
  /** What to do about it. */
  hint?: string;
}

/**
 * A study that cannot be planned. Its message shows every problem, one a line, as
 * `reports/x/study.yaml:12:5: train.learningRate: expected a number greater than 0, found -1`.
 */
export class StudyError extends Error {
  override name = "StudyError";
  /** In the order of the file; problems of options come last. */
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(renderProblem).join("\n"));
    this.problems = problems;
  }
}

/** One problem on one line: where, what, and what to do. */
export function renderProblem(problem: Problem): string {
  const where = problem.option ??
    (problem.line === undefined
      ? problem.file
      : `${problem.file}:${problem.line}:${problem.column}`);
  return [where, problem.path, problem.message].filter((part) => part !== "").join(": ") +
    (problem.hint === undefined ? "" : ` (${problem.hint})`);
}
