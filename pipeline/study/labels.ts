/**
 * Labels and ids: how nodes and what they write are named.
 *
 * @module
 */
import type { PointLabel, Scope } from "../stage.ts";
import type { Model } from "./points.ts";
import type { Setting } from "./settings.ts";
import type { DraftNode, Written } from "./draft.ts";

/** The label of what stands at no point in particular. */
export const NO_LABEL: PointLabel = Object.freeze({ model: "", replicate: "", candidate: "" });

/**
 * Where an artifact stands, as seen by a reader of a scope: of the artifact's point, the parts
 * below the reader's own, without those that the artifact does not depend on. A part is empty or
 * exactly as `ModelFacts` has it. So a reader that runs once for each model sees no
 * model, a split that all seeds share has no replicate, and renaming a model, or adding one,
 * leaves what only its own steps read as it was.
 */
export function artifactLabel(written: Written, reader: Scope, models: number): PointLabel {
  const { scope, point, depends } = written;
  const has = (setting: Setting) => setting.coordinates.some(([name]) => depends.has(name));
  const rank = RANK[reader];
  // With one model there is no telling what depends on it.
  const hasModel = scope !== "study" && (depends.has("") || models === 1);
  return {
    model: rank > RANK.model && hasModel ? point.model.name : "",
    replicate: rank > RANK.replicate && has(point.replicate) ? point.replicate.label : "",
    candidate: rank > RANK.try && has(point.candidate) ? point.candidate.label : "",
  };
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
  const ofModels = valuesOf(models);
  const ofTrained = valuesOf(models.filter(({ file }) => file === undefined));
  const ofReplicates = new Map(models.map((model) => [model, valuesOf(model.replicates)]));
  const ofCandidates = new Map(models.map((model) => [model, valuesOf(model.candidates)]));
  return nodes.map(({ use: { step }, points }) => {
    const rank = RANK[step.scope as Scope];
    const own = [...new Set(points.map((point) => point.model))];
    const all = (values: ReadonlyMap<Model, Values>) => union(own.map((m) => values.get(m)!));
    const parts: string[] = [];
    // What no model from a file asks for is told from other models' alone.
    const others = own.some(({ file }) => file !== undefined) ? ofModels : ofTrained;
    if (rank <= RANK.model) parts.push(told(valuesOf(own), others));
    if (rank <= RANK.replicate) {
      parts.push(told(valuesOf(points.map((point) => point.replicate)), all(ofReplicates)));
    }
    if (rank <= RANK.try) {
      parts.push(told(valuesOf(points.map((point) => point.candidate)), all(ofCandidates)));
    }
    const bracket = parts.filter((part) => part !== "").join(", ");
    const base = bracket === "" ? step.name : `${step.name}[${bracket}]`;
    let id = base;
    for (let n = 2; used.has(id); n++) id = `${base}#${n}`;
    used.add(id);
    return id;
  });
}

/** The values of each varied parameter, by its short name. */
type Values = ReadonlyMap<string, ReadonlySet<string>>;

function valuesOf(places: readonly Pick<Setting, "coordinates">[]): Values {
  const found = new Map<string, Set<string>>();
  for (const { coordinates } of new Set(places)) {
    for (const [name, value] of coordinates) {
      const values = found.get(name);
      if (values === undefined) found.set(name, new Set([value]));
      else values.add(value);
    }
  }
  return found;
}

function union(parts: readonly Values[]): Values {
  if (parts.length === 1) return parts[0];
  const all = new Map<string, Set<string>>();
  for (const [name, values] of parts.flatMap((part) => [...part])) {
    all.set(name, all.get(name)?.union(values) ?? new Set(values));
  }
  return all;
}

/** What tells some values from all. */
function told(own: Values, all: Values): string {
  const parts: string[] = [];
  for (const [name, values] of own) {
    if (values.size === all.get(name)!.size) continue;
    const joined = [...values].join("+");
    parts.push(name === "" ? joined : `${name}=${joined}`);
  }
  return parts.join(" ");
}
