import type { Random } from "../../random/stream.ts";
import {
  type BinnedSamples,
  type GrownTree,
  type TreeGrower,
  type TreeLimits,
  weightedRows,
} from "../tree_grower.ts";

/** A split, and how good it is. */
interface Split {
  score: number;
  feature: number;
  bin: number;
}

/**
 * {@linkcode TreeGrower} in plain TypeScript, slow and obviously right: it counts the weights on both
 * sides of every split anew.
 */
export function createReferenceGrower(samples: BinnedSamples, limits: TreeLimits): TreeGrower {
  return { grow: (weights, random) => new Growth(samples, limits, weights, random).tree() };
}

class Growth {
  readonly #samples: BinnedSamples;
  readonly #limits: TreeLimits;
  readonly #weights: Int32Array;
  readonly #random: Random;
  readonly #order: number[];
  readonly #features: number[] = [];
  readonly #bins: number[] = [];
  readonly #links: number[] = [];
  readonly #leaves: number[][] = [];

  constructor(samples: BinnedSamples, limits: TreeLimits, weights: Int32Array, random: Random) {
    this.#samples = samples;
    this.#limits = limits;
    this.#weights = weights;
    this.#random = random;
    this.#order = Array.from({ length: samples.dimension }, (_, j) => j);
  }

  tree(): GrownTree {
    this.#grow([...weightedRows(this.#weights)], 0);
    return {
      features: Int32Array.from(this.#features),
      bins: Int32Array.from(this.#bins),
      links: Int32Array.from(this.#links),
      leaves: Int32Array.from(this.#leaves.flat()),
    };
  }

  #grow(rows: readonly number[], depth: number): void {
    const node = this.#features.length;
    const split = this.#bestSplit(rows, depth);
    this.#features.push(split?.feature ?? -1);
    this.#bins.push(split?.bin ?? 0);
    this.#links.push(this.#leaves.length);
    if (split === undefined) {
      this.#leaves.push(this.#totals(rows));
      return;
    }
    const isLeft = (row: number) => this.#code(row, split.feature) <= split.bin;
    this.#grow(rows.filter(isLeft), depth + 1);
    this.#links[node] = this.#features.length;
    this.#grow(rows.filter((row) => !isLeft(row)), depth + 1);
  }

  #bestSplit(rows: readonly number[], depth: number): Split | undefined {
    const { maxDepth, maxFeatures, minLeaf } = this.#limits;
    const isPure = this.#totals(rows).filter((weight) => weight > 0).length === 1;
    if (isPure || depth >= maxDepth || rows.length < 2 * minLeaf) return undefined;
    let best: Split | undefined;
    let varies = false;
    const d = this.#samples.dimension;
    for (let j = 0; j < d && (j < maxFeatures || !varies); j++) {
      const drawn = j + this.#random.integer(d - j);
      [this.#order[j], this.#order[drawn]] = [this.#order[drawn], this.#order[j]];
      const feature = this.#order[j];
      const codes = [...new Set(rows.map((row) => this.#code(row, feature)))].sort((a, b) => a - b);
      varies ||= codes.length > 1;
      for (let i = 1; i < codes.length; i++) {
        const left = rows.filter((row) => this.#code(row, feature) < codes[i]);
        const right = rows.filter((row) => this.#code(row, feature) >= codes[i]);
        if (left.length < minLeaf || right.length < minLeaf) continue;
        const score = purity(this.#totals(left)) + purity(this.#totals(right));
        if (best !== undefined && score <= best.score) continue;
        best = { score, feature, bin: Math.floor((codes[i - 1] + codes[i]) / 2) };
      }
    }
    return best;
  }

  #code(row: number, feature: number): number {
    return this.#samples.codes[feature * this.#samples.rows + row];
  }

  /** Weights of the classes. */
  #totals(rows: readonly number[]): number[] {
    const totals = new Array<number>(this.#samples.classes).fill(0);
    for (const row of rows) totals[this.#samples.labels[row]] += this.#weights[row];
    return totals;
  }
}

function purity(totals: readonly number[]): number {
  const squares = totals.reduce((sum, weight) => sum + weight * weight, 0);
  return squares / totals.reduce((sum, weight) => sum + weight, 0);
}
