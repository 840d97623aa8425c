/** How far two vectors are from each other, by name. */
export const DISTANCES = {
  /** √Σ (a − b)². */
  euclidean: (a: Float32Array, b: Float32Array): number => {
    let sum = 0;
    for (let j = 0; j < a.length; j++) sum += (a[j] - b[j]) * (a[j] - b[j]);
    return Math.sqrt(sum);
  },
  /** 1 − Σ ab / (√Σ a² √Σ b²), in [0, 2]; 1 where a vector is zero and has no direction. */
  cosine: (a: Float32Array, b: Float32Array): number => {
    let product = 0, ofA = 0, ofB = 0;
    for (let j = 0; j < a.length; j++) {
      product += a[j] * b[j];
      ofA += a[j] * a[j];
      ofB += b[j] * b[j];
    }
    if (ofA === 0 || ofB === 0) return 1;
    return Math.min(2, Math.max(0, 1 - product / (Math.sqrt(ofA) * Math.sqrt(ofB))));
  },
} satisfies Record<string, (a: Float32Array, b: Float32Array) => number>;

/** Name of a distance. */
export type DistanceName = keyof typeof DISTANCES;

/** A vector near another one. */
export interface Neighbour {
  /** Which one, in the order in which they were given. */
  index: number;
  distance: number;
}

/** Options of {@linkcode NearestRows}. */
export interface NearestRowsOptions {
  /** Vectors whose neighbours are wanted. */
  queries: readonly Float32Array[];
  /** How many neighbours of each. */
  count: number;
  distance: DistanceName;
}

/**
 * The exact nearest neighbours of some vectors among others that are given one by one. Sums are in
 * binary64, in the order of the dimensions; of two that are equally near, the one that was given
 * first is the nearer.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const rows = new NearestRows({
 *   queries: [new Float32Array([0, 0])],
 *   count: 1,
 *   distance: "euclidean",
 * });
 * rows.add(new Float32Array([3, 4]));
 * rows.add(new Float32Array([0, 1]));
 * assert.deepEqual(rows.nearest[0], [{ index: 1, distance: 1 }]);
 * ```
 */
export class NearestRows {
  /** Of each query, from near to far. */
  readonly nearest: readonly Neighbour[][];
  readonly #options: NearestRowsOptions;
  #added = 0;

  constructor(options: NearestRowsOptions) {
    this.#options = options;
    this.nearest = options.queries.map(() => []);
  }

  /** Takes another vector; it is not kept. */
  add(row: Float32Array): void {
    const { queries, count, distance } = this.#options;
    const index = this.#added++;
    queries.forEach((query, i) => {
      const own = this.nearest[i];
      const found = { index, distance: DISTANCES[distance](query, row) };
      let at = own.length;
      while (at > 0 && found.distance < own[at - 1].distance) at--;
      if (at >= count) return;
      own.splice(at, 0, found);
      if (own.length > count) own.pop();
    });
  }
}
