import { argmax } from "../fitted/argmax.ts";
import type { LabelledRows } from "../fitted/fitted_head.ts";
import { stream } from "../random/stream.ts";
import { binFeatures } from "./bin_features.ts";
import { type ClassWeight, classWeights } from "./class_weights.ts";
import { type Forest, leafOf } from "./forest.ts";
import {
  type BinnedSamples,
  GREATEST_WEIGHT,
  type GrownTree,
  type TreeGrower,
  type TreeLimits,
} from "./tree_grower.ts";

/** Options of {@linkcode fitForest}. */
export interface ForestOptions {
  /** Number of trees, from 1 up. */
  trees: number;
  /** Features that are looked at for each split: a number, or of d all, √d or log₂ d, rounded down. */
  maxFeatures: number | "all" | "sqrt" | "log2";
  /** Splits on the way to a leaf, at most; `null` for no bound. */
  maxDepth: number | null;
  /** Training samples in a leaf, at least; one that was drawn twice is one. */
  minLeaf: number;
  /** Bins of a feature, at most, in [2, 256]. */
  bins: number;
  /** Whether each tree is grown on a sample of its own, n samples drawn with replacement. */
  bootstrap: boolean;
  classWeight: ClassWeight;
}

/** A forest with what is known of it from its training alone. */
export interface FittedForest {
  forest: Forest;
  /**
   * Of the training samples that some tree was not grown on, answered by those trees; `null` where
   * there is no such sample.
   */
  outOfBag: { samples: number; accuracy: number } | null;
}

/** How a forest is grown. */
export interface FitForestContext {
  seed: number;
  createGrower(samples: BinnedSamples, limits: TreeLimits): Promise<TreeGrower> | TreeGrower;
  /** Called after each tree with its number; waited for. */
  afterTree?(tree: number): Promise<void>;
}

/** Depth that no tree reaches. */
const NO_BOUND = 0x7fffffff;

/**
 * Features that are looked at for each split.
 *
 * @throws {RangeError} if a number is asked for that is not in [1, d].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(resolveMaxFeatures("sqrt", 1764), 42);
 * assert.equal(resolveMaxFeatures("log2", 1764), 10);
 * ```
 */
export function resolveMaxFeatures(asked: ForestOptions["maxFeatures"], dimension: number): number {
  if (asked === "all") return dimension;
  if (asked === "sqrt") return Math.floor(Math.sqrt(dimension));
  if (asked === "log2") return Math.max(1, 31 - Math.clz32(dimension));
  if (asked >= 1 && asked <= dimension) return asked;
  throw new RangeError(
    `Cannot grow a forest as maxFeatures must be in [1, ${dimension}], the dimension of the ` +
      `embeddings: current value is ${asked}`,
  );
}

/**
 * Grows a random forest (Breiman 2001) on features in bins of about equally many samples.
 *
 * Tree t draws by `stream(seed, "forest").sub(t)`: its n samples by `.sub(0)`, its features by
 * `.sub(1)`; so the first trees of a forest are those of a smaller one. What a tree is, says
 * {@linkcode TreeGrower}.
 *
 * @throws {RangeError} if an option is out of its range, or there is no sample.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { predictForest } from "./forest.ts";
 * import { createReferenceGrower } from "./reference/tree_grower.ts";
 *
 * const x = new Float32Array([0, 1, 2, 10, 11, 12]);
 * const labels = new Int32Array([0, 0, 0, 1, 1, 1]);
 * const { forest } = await fitForest({ x, labels, dimension: 1, classes: 2 }, {
 *   trees: 10,
 *   maxFeatures: "sqrt",
 *   maxDepth: null,
 *   minLeaf: 1,
 *   bins: 256,
 *   bootstrap: false,
 *   classWeight: "uniform",
 * }, { seed: 1, createGrower: createReferenceGrower });
 * assert.deepEqual([...predictForest(forest, new Float32Array([-5, 20]), 2)], [1, 0, 0, 1]);
 * ```
 */
export async function fitForest(
  samples: LabelledRows,
  options: ForestOptions,
  { seed, createGrower, afterTree }: FitForestContext,
): Promise<FittedForest> {
  const { x, labels, dimension: d, classes: k } = samples;
  const n = labels.length;
  const { bins, bootstrap, maxDepth, minLeaf, trees } = options;
  checkRange("the number of samples", n, 1, GREATEST_WEIGHT);
  checkRange("trees", trees, 1, 10_000);
  checkRange("bins", bins, 2, 256);
  checkRange("minLeaf", minLeaf, 1, n);
  if (maxDepth !== null) checkRange("maxDepth", maxDepth, 0, NO_BOUND);
  const limits = {
    maxFeatures: resolveMaxFeatures(options.maxFeatures, d),
    maxDepth: maxDepth ?? NO_BOUND,
    minLeaf,
  };
  const { edges, codes } = binFeatures(x, n, d, bins);
  const grower = await createGrower({ rows: n, dimension: d, classes: k, codes, labels }, limits);
  const weights = classWeights(labels, k, options.classWeight);
  const random = stream(seed, "forest");
  const builder = new ForestBuilder(d, k, edges);
  const votes = new Float64Array(bootstrap ? n * k : 0);
  for (let t = 0; t < trees; t++) {
    const own = random.sub(t);
    const counts = new Int32Array(n).fill(bootstrap ? 0 : 1);
    if (bootstrap) {
      const draw = own.sub(0);
      for (let i = 0; i < n; i++) counts[draw.integer(n)]++;
    }
    builder.add(grower.grow(counts.map((count, i) => count * weights[labels[i]]), own.sub(1)));
    if (bootstrap) vote(builder.last(), samples, counts, votes);
    await afterTree?.(t + 1);
  }
  return { forest: builder.forest(), outOfBag: score(votes, labels, k) };
}

/** Adds a tree's answers on the samples that it was not grown on. */
function vote(tree: Forest, samples: LabelledRows, counts: Int32Array, votes: Float64Array): void {
  const { x, dimension: d, classes: k } = samples;
  counts.forEach((count, i) => {
    if (count > 0) return;
    const leaf = leafOf(tree, tree.roots[0], x, i * d);
    for (let c = 0; c < k; c++) votes[i * k + c] += tree.shares[leaf * k + c];
  });
}

function score(votes: Float64Array, labels: Int32Array, k: number): FittedForest["outOfBag"] {
  let [samples, correct] = [0, 0];
  for (let i = 0; i * k < votes.length; i++) {
    const own = votes.subarray(i * k, (i + 1) * k);
    if (own.every((sum) => sum === 0)) continue;
    samples++;
    if (argmax(own) === labels[i]) correct++;
  }
  return samples === 0 ? null : { samples, accuracy: correct / samples };
}

/** Puts trees together; equal shares of leaves are one row. */
class ForestBuilder {
  readonly #dimension: number;
  readonly #classes: number;
  readonly #edges: readonly Float32Array[];
  readonly #roots: number[] = [];
  readonly #trees: Omit<GrownTree, "leaves">[] = [];
  readonly #shares: number[] = [];
  readonly #rows = new Map<string, number>();
  #nodes = 0;

  constructor(dimension: number, classes: number, edges: readonly Float32Array[]) {
    this.#dimension = dimension;
    this.#classes = classes;
    this.#edges = edges;
  }

  add({ features, bins, links, leaves }: GrownTree): void {
    const rows = Array.from(
      { length: leaves.length / this.#classes },
      (_, i) => this.#row(leaves.subarray(i * this.#classes, (i + 1) * this.#classes)),
    );
    this.#roots.push(this.#nodes);
    this.#trees.push({
      features,
      bins,
      links: links.map((link, i) => features[i] < 0 ? rows[link] : this.#nodes + link),
    });
    this.#nodes += features.length;
  }

  /** The tree that was added last, alone. */
  last(): Forest {
    const tree = this.#trees.at(-1)!;
    const first = this.#roots.at(-1)!;
    const links = tree.links.map((link, i) => tree.features[i] < 0 ? link : link - first);
    return this.#assemble([0], [{ ...tree, links }]);
  }

  forest(): Forest {
    return this.#assemble(this.#roots, this.#trees);
  }

  /** Row of a leaf's shares. */
  #row(weights: Int32Array): number {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const shares = Array.from(weights, (weight) => Math.fround(weight / total));
    const key = shares.join();
    const known = this.#rows.get(key);
    if (known !== undefined) return known;
    const row = this.#rows.size;
    this.#rows.set(key, row);
    this.#shares.push(...shares);
    return row;
  }

  #assemble(roots: readonly number[], trees: readonly Omit<GrownTree, "leaves">[]): Forest {
    const nodes = trees.reduce((sum, { features }) => sum + features.length, 0);
    const forest: Forest = {
      dimension: this.#dimension,
      classes: this.#classes,
      roots: Int32Array.from(roots),
      features: new Int32Array(nodes),
      thresholds: new Float32Array(nodes),
      links: new Int32Array(nodes),
      shares: Float32Array.from(this.#shares),
    };
    let at = 0;
    for (const { features, bins, links } of trees) {
      forest.features.set(features, at);
      forest.links.set(links, at);
      features.forEach((feature, i) => {
        if (feature >= 0) forest.thresholds[at + i] = this.#edges[feature][bins[i]];
      });
      at += features.length;
    }
    return forest;
  }
}

function checkRange(name: string, value: number, minimum: number, maximum: number): void {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
  throw new RangeError(
    `Cannot grow a forest as ${name} must be an integer in [${minimum}, ${maximum}]: current value ` +
      `is ${value}`,
  );
}
