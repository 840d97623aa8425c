/**
 * Wires the steps of every point into nodes.
 *
 * @module
 */
import type { PointLabel, Scope } from "../stage.ts";
import { artifactLabel, NO_LABEL } from "./labels.ts";
import type { Model, Setting } from "./points.ts";
import type { Problems } from "./problems.ts";
import type { CheckedUse } from "./step_uses.ts";

/** A point of the study with what the walk knows there. */
export interface Point {
  readonly model: Model;
  readonly replicate: Setting;
  readonly candidate: Setting;
  /** The steps of each stage. */
  readonly uses: readonly (readonly CheckedUse[])[];
  /** What the nearest earlier step wrote, by port. */
  readonly written: Map<string, Written>;
}

/** An output as later steps of a point see it. */
export interface Written {
  readonly node: DraftNode;
  readonly port: string;
  readonly scope: Scope;
  readonly point: Point;
  /** Short names of the varied values that it depends on; `""` stands for the model. */
  readonly depends: ReadonlySet<string>;
}

/** One input of a node. */
export interface DraftInput {
  readonly node: DraftNode;
  readonly port: string;
  readonly label: PointLabel;
}

/** A node before it has an id. */
export interface DraftNode {
  readonly index: number;
  readonly use: CheckedUse;
  readonly inputs: Readonly<Record<string, readonly DraftInput[]>>;
  /** Label of each point set that it stands for; several where points turned out equal. */
  readonly labels: PointLabel[];
  /** The points that it stands for. */
  readonly points: Point[];
}

/** Scopes from the most often to once. */
const SCOPES: readonly Scope[] = ["try", "replicate", "model", "study"];

/** Makes nodes of the steps at every point; equal steps with equal inputs are one node. */
export class Wiring {
  /** In an order in which each node follows the nodes it reads. */
  readonly nodes: DraftNode[] = [];
  readonly #points: readonly Point[];
  readonly #stages: readonly string[];
  readonly #differing: ReadonlySet<string>;
  readonly #problems: Problems;
  readonly #byIdentity = new Map<string, DraftNode>();
  readonly #groups: Readonly<Record<Scope, readonly (readonly Point[])[]>>;

  /**
   * @param stages Names of the stages, in order.
   * @param differing Names of those whose section is not the same for every model.
   */
  constructor(
    points: readonly Point[],
    stages: readonly string[],
    differing: ReadonlySet<string>,
    problems: Problems,
  ) {
    this.#points = points;
    this.#stages = stages;
    this.#differing = differing;
    this.#problems = problems;
    this.#groups = {
      try: points.map((point) => [point]),
      replicate: groupBy(points, (a, b) => a.model === b.model && a.replicate === b.replicate),
      model: groupBy(points, (a, b) => a.model === b.model),
      study: [points],
    };
  }

  /** Walks every stage, in order; stops at the first one with a problem. */
  run(): void {
    for (let stage = 0; stage < this.#stages.length; stage++) {
      this.#walk(stage);
      if (this.#problems.size > 0) return;
    }
  }

  /**
   * Takes the points through one stage's steps. Points may ask for different steps, so a step that
   * runs for several points at once waits until all of them have come to it.
   */
  #walk(stage: number): void {
    const next = new Map(this.#points.map((point) => [point, 0]));
    const current = (point: Point) => point.uses[stage][next.get(point)!] as CheckedUse | undefined;
    while (true) {
      const waiting = this.#points.filter((point) => current(point) !== undefined);
      if (waiting.length === 0) return;
      const names = [...new Set(waiting.map((point) => current(point)!.step.name))];
      let moved = false;
      for (const name of names) {
        const { step: { scope } } = current(
          waiting.find((point) => current(point)?.step.name === name)!,
        )!;
        for (const group of this.#groups[scope as Scope]) {
          if (!group.every((point) => current(point)?.step.name === name)) continue;
          this.#add(group, stage, group.map((point) => current(point)!));
          if (this.#problems.size > 0) return;
          for (const point of group) next.set(point, next.get(point)! + 1);
          moved = true;
        }
        if (moved) break;
      }
      if (!moved) return this.#refuseUneven(waiting, current(waiting[0])!);
    }
  }

  #add(group: readonly Point[], stage: number, uses: readonly CheckedUse[]): void {
    const [use] = uses;
    const { step } = use;
    const scope: Scope = step.scope;
    const odd = uses.findIndex((other) => other.canonical !== use.canonical);
    if (odd > 0) return this.#refuseParams(use, uses[odd], group[0], group[odd]);

    const depends = new Set<string>();
    if (scope === "try") {
      const name = this.#stages[stage];
      if (this.#differing.has(name)) depends.add("");
      for (const open of group[0].model.varied.get(name) ?? []) depends.add(open.name);
    }
    const inputs: Record<string, DraftInput[]> = {};
    let identity = `${step.name} ${use.canonical}`;
    for (const port of Object.keys(step.inputs)) {
      const sources = this.#sources(use, port, group);
      if (sources === undefined) return;
      const isMany = step.inputs[port].many === true;
      const list = new Map<string, DraftInput>();
      for (const source of sources) {
        const label = isMany ? artifactLabel(source, scope, this.#groups.model.length) : NO_LABEL;
        const { model, replicate, candidate } = label;
        const key = JSON.stringify([source.node.index, source.port, model, replicate, candidate]);
        if (!list.has(key)) list.set(key, { node: source.node, port: source.port, label });
        if (scope === "try") source.depends.forEach((name) => depends.add(name));
      }
      inputs[port] = [...list.values()];
      identity += ` ${port} ${[...list.keys()].join("")}`;
    }

    let node = this.#byIdentity.get(identity);
    if (node === undefined) {
      node = { index: this.nodes.length, use, inputs, labels: [], points: [] };
      this.nodes.push(node);
      this.#byIdentity.set(identity, node);
    }
    node.points.push(...group);
    const made: Written = { node, port: "", scope, point: group[0], depends };
    node.labels.push(artifactLabel(made, "study", this.#groups.model.length));
    for (const port of Object.keys(step.outputs)) {
      const output = { ...made, port };
      for (const point of group) point.written.set(port, output);
    }
  }

  /** What an input port reads: one output, or each point's for a gathering port. */
  #sources(use: CheckedUse, port: string, group: readonly Point[]): Written[] | undefined {
    const { step, section: { tree } } = use;
    const { many, optional, format } = step.inputs[port];
    const sources: Written[] = [];
    let missing: Point | undefined;
    for (const point of group) {
      const source = point.written.get(port);
      if (source === undefined) missing ??= point;
      else if (sources.at(-1) !== source) sources.push(source);
    }
    const refuse = (message: string, hint?: string) => {
      this.#problems.addAt(tree.keyAt, tree.path, message, hint === undefined ? {} : { hint });
      return undefined;
    };
    if (missing !== undefined && !optional) {
      return refuse(
        `${step.name} reads the port ${port}, which no earlier step writes` +
          (sources.length > 0 ? ` for ${describe(missing, "try")}` : ""),
        this.#whoWrites(port, missing),
      );
    }
    const wrong = sources.find(({ node }) => node.use.step.outputs[port].format !== format);
    if (wrong !== undefined) {
      const { name, outputs } = wrong.node.use.step;
      return refuse(
        `${step.name} reads the port ${port} as ${format}, but ${name} writes it as ` +
          outputs[port].format,
      );
    }
    if (many) return sources;
    const other = sources.find(({ node }) => node !== sources[0].node);
    if (other !== undefined || (missing !== undefined && sources.length > 0)) {
      const parts = [sources[0], other].map((s) =>
        s === undefined ? "nothing" : describe(s.point, s.scope)
      );
      return refuse(
        `${step.name} runs ${OFTEN[step.scope as Scope]} and reads one ${port}, but there are ` +
          `several: from ${parts.join(" and ")}`,
        "what varies must be chosen by an earlier step, or the step must gather the port",
      );
    }
    return sources.slice(0, 1);
  }

  #whoWrites(port: string, point: Point): string {
    const later = point.uses.flat().find(({ step }) => Object.hasOwn(step.outputs, port));
    if (later !== undefined) return `${later.step.name} writes it, but comes later`;
    const left = this.#stages.filter((_, i) => point.uses[i].length === 0);
    return left.length === 0
      ? "no step of this study writes it"
      : `no step of this study writes it; without steps here: ${left.join(", ")}`;
  }

  #refuseParams(a: CheckedUse, b: CheckedUse, at: Point, other: Point): void {
    const { step, section: { tree } } = a;
    const differing = Object.keys({ ...a.params as object, ...b.params as object })
      .filter((key) =>
        JSON.stringify((a.params as Record<string, unknown>)[key]) !==
          JSON.stringify((b.params as Record<string, unknown>)[key])
      );
    this.#problems.addAt(
      tree.keyAt,
      tree.path,
      `${step.name} runs ${OFTEN[step.scope as Scope]}, but its params differ between ` +
        `${describe(at, "try")} and ${describe(other, "try")}: ${differing.join(", ")}`,
      { hint: "give it one value, outside sweep, tune and the models that differ" },
    );
  }

  #refuseUneven(waiting: readonly Point[], { step, section: { tree } }: CheckedUse): void {
    const group = this.#groups[step.scope as Scope].find((g) => g.includes(waiting[0]))!;
    const without = group.find((point) => !waiting.includes(point)) ?? group.at(-1)!;
    this.#problems.addAt(
      tree.keyAt,
      tree.path,
      `${step.name} runs ${OFTEN[step.scope as Scope]}, but ${describe(without, "try")} does ` +
        `not ask for it as ${describe(waiting[0], "try")} does`,
      { hint: "ask for it everywhere or nowhere" },
    );
  }
}

const OFTEN: Readonly<Record<Scope, string>> = {
  try: "once for each try",
  replicate: "once for each replicate",
  model: "once for each model",
  study: "once for the study",
};

/** A point in words, down to a scope: `adam, seed=1, learningRate=0.001`. */
function describe({ model, replicate, candidate }: Point, scope: Scope): string {
  const parts = [candidate.label, replicate.label, model.display].slice(SCOPES.indexOf(scope));
  return parts.reverse().filter((part) => part !== "").join(", ") || "the study";
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
