import type { PointLabel } from "../../../pipeline/stage.ts";

/** An artifact with the point that wrote it. */
export interface Labelled<T> {
  label: PointLabel;
  value: T;
}

/** The artifact of a model's replicate; one that several share has no name of its own. */
export function find<T>(
  all: readonly Labelled<T>[],
  port: string,
  model: string,
  replicate: string,
): T {
  const found = all.find(({ label }) =>
    (label.model === model || label.model === "") &&
    (label.replicate === replicate || label.replicate === "")
  );
  if (found === undefined) throw missing(port, model, replicate);
  return found.value;
}

/** For what the note lacks. */
export function missing(port: string, model: string, replicate: string): RangeError {
  return new RangeError(
    `Cannot write the note as there is no ${port} of the model ${JSON.stringify(model)}` +
      (replicate === "" ? "" : `, ${replicate}`),
  );
}
