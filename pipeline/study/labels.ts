/**
 * Labels and ids: how nodes and what they write are named.
 *
 * @module
 */
import type { PointLabel, Scope } from "../stage.ts";
import type { Model, Setting } from "./points.ts";
import type { DraftNode, Written } from "./wire.ts";

/** The label of what stands at no point in particular. */
export const NO_LABEL: PointLabel = Object.freeze({ model: "", replicate: "", candidate: "" });

/**
 * Where an artifact stands, as seen by a reader of a scope: the parts below the reader's own
 * point, of which the artifact's writer is told apart. A reader that runs once for each model sees
 * no model; an artifact that no tuned value reaches has no candidate. So renaming a model or
 * adding one leaves what only its own steps read as it was.
 */
export function artifactLabel(written: Written, reader: Scope, models: number): PointLabel {
  const { scope, point, depends } = written;
  const told = (own: Setting) =>
    own.coordinates.filter(([name]) => depends.has(name)).map(([n, v]) => `${n}=${v}`).join(" ");
  const rank = RANK[reader];
  let { model, replicate, candidate } = NO_LABEL;
  if (rank > RANK.model && scope !== "study") {
    if (scope !== "try" || depends.has("") || models === 1) model = point.model.name;
  }
  if (rank > RANK.replicate) {
    if (scope === "try") replicate = told(point.replicate);
    if (scope === "replicate") replicate = point.replicate.label;
  }
  if (rank > RANK.try && scope === "try") candidate = told(point.candidate);
  return { model, replicate, candidate };
}

const RANK: Readonly<Record<Scope, number>> = { try: 0, replicate: 1, model: 2, study: 3 };

/** The parts on which all labels of a node agree. */
export function commonLabel(labels: readonly PointLabel[]): PointLabel {
  const part = (of: (label: PointLabel) => string) =>
    labels.every((label) => of(label) === of(labels[0])) ? of(labels[0]) : "";
  return {
    model: part((label) => label.model),
    replicate: part((label) => label.replicate),
    candidate: part((label) => label.candidate),
  };
}

/**
 * A unique id for each node: its step, and in brackets what tells its points from the others
 * (`train.fit[adamw, seed=1, learningRate=0.001]`); a node of all points has no bracket, and one
 * that some points share names them all (`augment.apply[adam+adamw]`).
 */
export function nodeIds(nodes: readonly DraftNode[], models: readonly Model[]): string[] {
  const used = new Set<string>();
  return nodes.map((node) => {
    const { step } = node.use;
    const parts = idParts(node, models);
    const base = parts.length === 0 ? step.name : `${step.name}[${parts.join(", ")}]`;
    let id = base;
    for (let n = 2; used.has(id); n++) id = `${base}#${n}`;
    used.add(id);
    return id;
  });
}

function idParts({ use, points }: DraftNode, models: readonly Model[]): string[] {
  const rank = RANK[use.step.scope as Scope];
  const own = [...new Set(points.map((point) => point.model))];
  const parts: string[] = [];
  if (rank <= RANK.model) parts.push(told(own, models));
  if (rank <= RANK.replicate) {
    parts.push(told(points.map((p) => p.replicate), own.flatMap((model) => model.replicates)));
  }
  if (rank <= RANK.try) {
    parts.push(told(points.map((p) => p.candidate), own.flatMap((model) => model.candidates)));
  }
  return parts.filter((part) => part !== "");
}

/** What has a place among the values that vary. */
interface Placed {
  readonly coordinates: Setting["coordinates"];
}

/** What tells some places from all. */
function told(own: readonly Placed[], all: readonly Placed[]): string {
  const allValues = coordinateValues(all);
  const parts: string[] = [];
  for (const [name, values] of coordinateValues(own)) {
    if (values.size === allValues.get(name)!.size) continue;
    const joined = [...values].join("+");
    parts.push(name === "" ? joined : `${name}=${joined}`);
  }
  return parts.join(" ");
}

function coordinateValues(places: readonly Placed[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { coordinates } of new Set(places)) {
    for (const [name, value] of coordinates) {
      if (!found.has(name)) found.set(name, new Set());
      found.get(name)!.add(value);
    }
  }
  return found;
}
