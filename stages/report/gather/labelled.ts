import type { PointLabel } from "../../../pipeline/stage.ts";

/** An artifact with the point that wrote it. */
export interface Labelled<T> {
  label: PointLabel;
  value: T;
}

/** The artifact of a model's replicate, if it has one; one that several share has no name of its own. */
export function lookUp<T>(
  all: readonly Labelled<T>[],
  model: string,
  replicate: string,
): T | undefined {
  return all.find(({ label }) =>
    (label.model === model || label.model === "") &&
    (label.replicate === replicate || label.replicate === "")
  )?.value;
}

/**
 * As {@linkcode lookUp}, of an artifact that there must be.
 *
 * @throws {RangeError} if there is none.
 */
export function find<T>(
  all: readonly Labelled<T>[],
  port: string,
  model: string,
  replicate: string,
): T {
  const found = lookUp(all, model, replicate);
  if (found === undefined) throw missing(port, model, replicate);
  return found;
}

/** For what the note lacks. */
export function missing(port: string, model: string, replicate: string): RangeError {
  return new RangeError(
    `Cannot write the note as there is no ${port} of the model ${JSON.stringify(model)}` +
      (replicate === "" ? "" : `, ${replicate}`),
  );
}
