import { dot, squaredDistance, squaredNorm } from "./distances.ts";
import type { Core } from "../ops.ts";

/** How far apart two samples are; `cosine` is 1 − cos of their angle, 1 where one is zero. */
export type NeighborMetric = "euclidean" | "cosine";

/** The nearest of the rows to each query. */
export interface Neighbors {
  /** Rows `[queries, k]`, nearest first; of equally near ones the first row first. */
  rows: Int32Array<ArrayBuffer>;
  /** Distances `[queries, k]`. */
  distances: Float64Array<ArrayBuffer>;
}

/** Finds neighbours among the rows that it was made for. */
export interface NeighborSearch {
  /** @param x `[n, d]`, finite, row-major. */
  find(x: Float32Array<ArrayBuffer>, n: number, k: number): Promise<Neighbors>;
}

/** Products that are computed at a time. */
const PRODUCTS = 1 << 22;

/**
 * Neighbours by distances in binary64: `√Σ (x − y)²` or `1 − Σ x y ÷ √(Σ x² Σ y²)`, sums in the order
 * of the features.
 *
 * A core's product in binary32 is a sieve: with the bound of its rounding (Higham 2002, §3.1) it tells
 * which rows cannot be among the k nearest, and only the others' distances are computed. So the answer
 * is that of all distances in binary64, whatever core computed the products.
 *
 * @param rows `[count, d]`, finite, row-major.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { createReferenceCore } from "../reference/core.ts";
 *
 * using core = createReferenceCore();
 * const search = createNeighborSearch(core, new Float32Array([0, 1, 9]), 3, "euclidean");
 * const { rows, distances } = await search.find(new Float32Array([2]), 1, 2);
 * assert.deepEqual([...rows], [1, 0]);
 * assert.deepEqual([...distances], [1, 2]);
 * ```
 */
export function createNeighborSearch(
  core: Core,
  rows: Float32Array<ArrayBuffer>,
  count: number,
  metric: NeighborMetric,
): NeighborSearch {
  const d = rows.length / count;
  const squares = Float64Array.from({ length: count }, (_, j) => squaredNorm(rows, j * d, d));
  const norms = squares.map(Math.sqrt);
  const isCosine = metric === "cosine";
  // Nearer is greater: x·y − ½‖y‖², or x·y ÷ ‖y‖.
  const weights = isCosine
    ? rows.map((value, at) => {
      const norm = norms[Math.floor(at / d)];
      return norm === 0 ? 0 : value / norm;
    })
    : rows;
  const bias = Float32Array.from(squares, (square) => isCosine ? 0 : -square / 2);
  const sizes = isCosine ? norms.map(Math.sign) : norms;
  const upload = (data: Float32Array<ArrayBuffer>, shape: number[]) =>
    core.upload(data, shape, { allowNonFinite: true });
  const weight = upload(weights, [count, d]);
  const offsets = upload(bias, [count]);

  /** Rows that may be among the k nearest to a query, ascending. */
  function candidates(products: Float32Array, square: number, k: number): number[] {
    // Four times the bound, and more than the rounding of distances in binary64.
    const norm = Math.sqrt(square);
    const slope = (d + 4) * 2 ** -22;
    const rest = (d + 4) * (2 ** -48 * square + 2 ** -140);
    const least = new LeastOfGreatest(k);
    for (let j = 0; j < count; j++) {
      const lower = products[j] - (slope * sizes[j] * (norm + sizes[j]) + rest);
      if (lower > least.value && lower < Infinity) least.add(lower);
    }
    const bound = least.value;
    const kept: number[] = [];
    for (let j = 0; j < count; j++) {
      const upper = products[j] + (slope * sizes[j] * (norm + sizes[j]) + rest);
      // A product beyond binary32 is no number, or tells nothing.
      if (!(upper < bound) || upper === -Infinity) kept.push(j);
    }
    return kept;
  }

  function distance(x: Float32Array, at: number, square: number, j: number): number {
    if (!isCosine) return Math.sqrt(squaredDistance(x, at, rows, j * d, d));
    if (square === 0 || squares[j] === 0) return 1;
    const cosine = dot(x, at, rows, j * d, d) / Math.sqrt(square * squares[j]);
    return Math.max(0, 1 - cosine);
  }

  return {
    async find(x, n, k) {
      const found: Neighbors = {
        rows: new Int32Array(n * k),
        distances: new Float64Array(n * k),
      };
      const batch = Math.max(1, Math.min(n, Math.floor(PRODUCTS / count)));
      const input = core.tensor([batch, d]);
      const output = core.tensor([batch, count]);
      for (let from = 0; from < n; from += batch) {
        const size = Math.min(batch, n - from);
        const [own, products] = [core.rows(input, 0, size), core.rows(output, 0, size)];
        core.write(own, x.slice(from * d, (from + size) * d));
        core.dense({ input: own, weight, bias: offsets, output: products });
        const all = await core.download(products);
        for (let i = 0; i < size; i++) {
          const at = (from + i) * d;
          const square = squaredNorm(x, at, d);
          const near = candidates(all.subarray(i * count, (i + 1) * count), square, k)
            .map((row) => ({ row, distance: distance(x, at, square, row) }))
            .sort((a, b) => a.distance - b.distance || a.row - b.row);
          for (let j = 0; j < k; j++) {
            found.rows[(from + i) * k + j] = near[j].row;
            found.distances[(from + i) * k + j] = near[j].distance;
          }
        }
      }
      core.free(input);
      core.free(output);
      return found;
    },
  };
}

/** The k-th greatest of some numbers: a heap of the k greatest, the least of them first. */
class LeastOfGreatest {
  readonly #heap: Float64Array;

  constructor(k: number) {
    this.#heap = new Float64Array(k).fill(-Infinity);
  }

  /** −∞ for fewer than k. */
  get value(): number {
    return this.#heap[0];
  }

  /** @param value Above {@linkcode LeastOfGreatest.value}. */
  add(value: number): void {
    const heap = this.#heap;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) child++;
      if (child >= heap.length || heap[child] >= value) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = value;
  }
}
