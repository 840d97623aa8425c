/**
 * Sections of stages, resolved and validated at each point.
 *
 * @module
 */
import type { z } from "zod";
import type { AnyStage } from "../stage.ts";
import type { Model } from "./points.ts";
import type { Setting } from "./settings.ts";
import type { Problems } from "./problems.ts";
import { isVariation, type MapTree, type ScalarTree, type Tree } from "./tree.ts";
import { checkKeys } from "./unknown_keys.ts";
import { choose } from "./variation.ts";
import { PARSE_OPTIONS, parseTree } from "./zod_problems.ts";

/** A stage's section as it stands at one or more points; equal choices share one object. */
export interface Section {
  readonly stage: AnyStage;
  /** As the stage's schema returned it; `undefined` leaves the stage out. */
  readonly value: unknown;
  /** What it was read from, or an empty map where the file has no such section. */
  readonly tree: Tree;
}

/** Resolves sections and remembers each, so that an equal section is read and planned once. */
export class SectionReader {
  readonly #root: MapTree;
  readonly #problems: Problems;
  readonly #absent = new Map<AnyStage, Section | undefined>();
  readonly #present = new Map<Tree, Map<string, Section | undefined>>();

  constructor(root: MapTree, problems: Problems) {
    this.#root = root;
    this.#problems = problems;
  }

  /**
   * The section of a stage at a point; `undefined` after noting what is wrong with it.
   */
  at(
    stage: AnyStage,
    model: Model,
    replicate: Setting,
    candidate: Setting,
  ): Section | undefined {
    const tree = model.sections.get(stage.name);
    if (tree === undefined) return this.#readAbsent(stage);
    let key = "";
    const choices = new Map<Tree, ScalarTree>();
    for (const { tree: varied } of model.varied.get(stage.name)!) {
      const chosen = replicate.choices.get(varied) ?? candidate.choices.get(varied)!;
      choices.set(varied, chosen);
      key += `${chosen.path} `;
    }
    let byChoice = this.#present.get(tree);
    if (byChoice === undefined) this.#present.set(tree, byChoice = new Map());
    if (!byChoice.has(key)) byChoice.set(key, this.#read(stage, choose(tree, choices)));
    return byChoice.get(key);
  }

  /** Leaves a stage out. */
  none(stage: AnyStage): Section {
    return { stage, value: undefined, tree: this.#emptyTree(stage) };
  }

  #read(stage: AnyStage, tree: Tree): Section | undefined {
    // A malformed sweep is told by who reads sweeps.
    if (hasVariation(tree)) return undefined;
    checkKeys(stage.section, tree, this.#problems);
    const parsed = parseTree(stage.section, tree, this.#problems);
    return parsed && { stage, value: parsed.value, tree };
  }

  #readAbsent(stage: AnyStage): Section | undefined {
    if (!this.#absent.has(stage)) this.#absent.set(stage, this.#defaults(stage));
    return this.#absent.get(stage);
  }

  /** The section that nobody wrote: its own default, else an empty map's. */
  #defaults(stage: AnyStage): Section | undefined {
    const { at } = this.#root;
    const tree = this.#emptyTree(stage);
    const own = stage.section.safeParse(undefined, PARSE_OPTIONS);
    if (own.success) return { stage, value: own.data, tree };
    const empty = stage.section.safeParse({}, PARSE_OPTIONS);
    if (empty.success) return { stage, value: empty.data, tree };
    const missing = (empty.error.issues as z.core.$ZodIssue[]).map(({ path, message }) =>
      path.length === 0 ? message : `${path.join(".")} ${message}`
    );
    this.#problems.addAt(at, stage.name, `this section is missing: ${missing.join("; ")}`);
    return undefined;
  }

  #emptyTree({ name }: AnyStage): Tree {
    const { at } = this.#root;
    return { kind: "map", entries: new Map(), path: name, at, keyAt: at };
  }
}

function hasVariation(tree: Tree): boolean {
  if (tree.kind === "scalar") return false;
  if (tree.kind === "list") return tree.items.some(hasVariation);
  return isVariation(tree) || [...tree.entries.values()].some(hasVariation);
}
