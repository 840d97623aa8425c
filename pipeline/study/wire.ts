/**
 * Wires the steps of every point into nodes.
 *
 * @module
 */
import type { Scope } from "../stage.ts";
import type { DraftInput, DraftNode, Point, Written } from "./draft.ts";
import { artifactLabel, NO_LABEL } from "./labels.ts";
import type { Problems } from "./problems.ts";
import type { CheckedUse } from "./step_uses.ts";
import { WiringProblems } from "./wiring_problems.ts";

/**
 * The nodes of a study, in an order in which each follows those it reads; equal steps with equal
 * inputs are one node. Stops after the first stage with a problem, and notes it.
 *
 * @param points In the study's order.
 * @param stages Names of the stages, in order.
 * @param differing Names of those whose section is not the same for every model.
 */
export function wire(
  points: readonly Point[],
  stages: readonly string[],
  differing: ReadonlySet<string>,
  problems: Problems,
): DraftNode[] {
  const wiring = new Wiring(points, differing, new WiringProblems(problems, stages));
  for (let stage = 0; stage < stages.length && problems.size === 0; stage++) {
    wiring.walk(stage, stages[stage]);
  }
  return wiring.nodes;
}

/** What a step that runs for each try made of the same use and inputs before. */
interface Repeat {
  readonly sources: readonly (Written | undefined)[];
  readonly made: Written;
  readonly outputs: readonly (readonly [port: string, output: Written])[];
}

class Wiring {
  readonly nodes: DraftNode[] = [];
  readonly #points: readonly Point[];
  readonly #differing: ReadonlySet<string>;
  readonly #problems: WiringProblems;
  readonly #models: number;
  readonly #groups: Readonly<Record<Scope, readonly (readonly Point[])[]>>;
  readonly #byIdentity = new Map<string, DraftNode>();
  readonly #repeats = new Map<CheckedUse, Repeat[]>();

  constructor(points: readonly Point[], differing: ReadonlySet<string>, problems: WiringProblems) {
    this.#points = points;
    this.#differing = differing;
    this.#problems = problems;
    this.#groups = {
      try: points.map((point) => [point]),
      replicate: groupBy(points, (a, b) => a.model === b.model && a.replicate === b.replicate),
      model: groupBy(points, (a, b) => a.model === b.model),
      study: [points],
    };
    // With one model that the study makes itself, all that it makes is that model's.
    this.#models = this.#groups.model.filter(([{ model }]) => model.file === undefined).length;
  }

  /**
   * Takes the points through one stage's steps. Points may ask for different steps, so a step that
   * runs for several points at once waits until all of them have come to it.
   */
  walk(stage: number, name: string): void {
    const next = new Map(this.#points.map((point) => [point, 0]));
    const current = (point: Point) => point.uses[stage][next.get(point)!] as CheckedUse | undefined;
    while (true) {
      const waiting = this.#points.filter((point) => current(point) !== undefined);
      if (waiting.length === 0) return;
      const firsts = new Map<string, CheckedUse>();
      for (const point of waiting) {
        const use = current(point)!;
        if (!firsts.has(use.step.name)) firsts.set(use.step.name, use);
      }
      let moved = false;
      for (const { step } of firsts.values()) {
        for (const group of this.#groups[step.scope as Scope]) {
          const uses = group.map(current);
          if (!uses.every((use) => use?.step.name === step.name)) continue;
          this.#add(group, name, uses as CheckedUse[]);
          if (this.#problems.size > 0) return;
          for (const point of group) next.set(point, next.get(point)! + 1);
          moved = true;
        }
        if (moved) break;
      }
      if (moved) continue;
      const use = current(waiting[0])!;
      const group = this.#groups[use.step.scope as Scope].find((g) => g.includes(waiting[0]))!;
      const other = group.find((point) => current(point)?.step.name !== use.step.name)!;
      return this.#problems.unevenSteps(use, waiting[0], other);
    }
  }

  #add(group: readonly Point[], stage: string, uses: readonly CheckedUse[]): void {
    const [use] = uses;
    const [point] = group;
    const { step } = use;
    const scope: Scope = step.scope;
    const odd = uses.findIndex((other) => other.canonical !== use.canonical);
    if (odd > 0) return this.#problems.varyingParams(use, uses[odd], point, group[odd]);
    const repeat = scope === "try" ? this.#repeat(point, use) : undefined;
    if (repeat !== undefined) {
      repeat.made.node.points.push(point);
      for (const [port, output] of repeat.outputs) point.written.set(port, output);
      return;
    }

    const depends = new Set<string>(this.#differing.has(stage) || use.isOutside ? [""] : []);
    for (const open of point.model.varied.get(stage) ?? []) depends.add(open.name);
    const inputs: Record<string, DraftInput[]> = {};
    let identity = `${step.name} ${use.canonical}`;
    for (const port of Object.keys(step.inputs)) {
      const sources = this.#sources(use, port, group);
      if (sources === undefined) return;
      const isMany = step.inputs[port].many === true;
      const list = new Map<string, DraftInput>();
      for (const source of sources) {
        const label = isMany ? artifactLabel(source, scope, this.#models) : NO_LABEL;
        // No part of a label has a line break: values that could are written with escapes.
        const { model, replicate, candidate } = label;
        const key = [source.node.index, source.port, model, replicate, candidate].join("\n");
        if (!list.has(key)) list.set(key, { node: source.node, port: source.port, label });
        source.depends.forEach((name) => depends.add(name));
      }
      inputs[port] = [...list.values()];
      identity += `\n\n${port}\n${[...list.keys()].join("\n")}`;
    }

    forgetBelow(scope, point, depends);
    let node = this.#byIdentity.get(identity);
    if (node === undefined) {
      node = { index: this.nodes.length, use, inputs, labels: [], points: [] };
      this.nodes.push(node);
      this.#byIdentity.set(identity, node);
    }
    this.#write(group, use, { node, port: "", scope, point, depends });
  }

  #write(group: readonly Point[], use: CheckedUse, made: Written): void {
    const { node, scope, point } = made;
    const sources = Object.keys(use.step.inputs).map((port) => point.written.get(port));
    const outputs = Object.keys(use.step.outputs).map((port) => [port, { ...made, port }] as const);
    node.points.push(...group);
    node.labels.push(artifactLabel(made, "study", this.#models));
    for (const [port, output] of outputs) {
      for (const at of group) at.written.set(port, output);
    }
    if (scope !== "try") return;
    const repeats = this.#repeats.get(use);
    const repeat = { sources, made, outputs };
    if (repeats === undefined) this.#repeats.set(use, [repeat]);
    else repeats.push(repeat);
  }

  /** The same step with the same inputs at an earlier point that no label tells from this one. */
  #repeat(point: Point, use: CheckedUse): Repeat | undefined {
    const ports = Object.keys(use.step.inputs);
    return this.#repeats.get(use)?.find(({ sources, made }) =>
      (made.point.model === point.model || !made.depends.has("")) &&
      ports.every((port, i) => point.written.get(port) === sources[i])
    );
  }

  /** What an input port reads: one output, or each point's for a gathering port. */
  #sources(use: CheckedUse, port: string, group: readonly Point[]): Written[] | undefined {
    const { many, optional, format } = use.step.inputs[port];
    const sources: Written[] = [];
    let missing: Point | undefined;
    for (const point of group) {
      const source = point.written.get(port);
      if (source === undefined) missing ??= point;
      else if (sources.at(-1) !== source) sources.push(source);
    }
    if (missing !== undefined && !optional) {
      this.#problems.missingPort(use, port, missing, sources.length > 0);
      return undefined;
    }
    const wrong = sources.find(({ node }) => node.use.step.outputs[port].format !== format);
    if (wrong !== undefined) {
      this.#problems.wrongFormat(use, port, wrong);
      return undefined;
    }
    if (many) return sources;
    const other = sources.find(({ node }) => node !== sources[0].node);
    if (other !== undefined || (missing !== undefined && sources.length > 0)) {
      this.#problems.ambiguousPort(use, port, sources[0], other);
      return undefined;
    }
    return sources.slice(0, 1);
  }
}

/** Takes away what a step of a scope gathers or has one choice of. */
function forgetBelow(scope: Scope, { replicate, candidate }: Point, depends: Set<string>): void {
  if (scope === "study") depends.clear();
  if (scope === "try") return;
  for (const [name] of candidate.coordinates) depends.delete(name);
  if (scope === "replicate") return;
  for (const [name] of replicate.coordinates) depends.delete(name);
}

/** Runs of neighbours that belong together; points are in the study's order. */
function groupBy(points: readonly Point[], together: (a: Point, b: Point) => boolean) {
  const groups: Point[][] = [];
  for (const point of points) {
    const last = groups.at(-1);
    if (last !== undefined && together(last[0], point)) last.push(point);
    else groups.push([point]);
  }
  return groups;
}
