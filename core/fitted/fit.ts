import { fitCentroid } from "../centroid/centroid.ts";
import { fitForest } from "../forest/fit_forest.ts";
import { forestArrays } from "../forest/forest_arrays.ts";
import { createWasmGrower, forestAssets } from "../forest/wasm_grower.ts";
import { fitKnn } from "../neighbors/knn.ts";
import type { FittedArrays, LabelledRows } from "./fitted_head.ts";
import type { FittedDescription } from "./registry.ts";

/** Files that {@linkcode fitArrays} reads: a step that uses it declares them. */
export const fittedAssets: readonly URL[] = forestAssets;

/** What fitting may use. */
export interface FitContext {
  /** What a forest draws by. */
  seed: number;
  /** Reads one of {@linkcode fittedAssets}. */
  read(url: URL): Promise<Uint8Array<ArrayBuffer>>;
  /** Tells how far it is; waited for. */
  progress(done: number, total: number, unit: string): Promise<void>;
}

/** What fitting gives. */
export interface FitResult {
  /** What the head is loaded from. */
  arrays: FittedArrays;
  /**
   * For a forest on bootstrap samples: its accuracy on training samples, each answered by the trees
   * that were not grown on it; `null` else.
   */
  outOfBag: { samples: number; accuracy: number } | null;
}

/**
 * Fits a head.
 *
 * @throws {RangeError} if it cannot be fitted to these samples with these options.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const samples = {
 *   x: new Float32Array([0, 2, 8]),
 *   labels: new Int32Array([0, 0, 1]),
 *   dimension: 1,
 *   classes: 2,
 * };
 * const centroid = { name: "centroid", metric: "euclidean", shrinkage: 0 } as const;
 * const { arrays } = await fitArrays(centroid, samples, {
 *   seed: 1,
 *   read: Deno.readFile,
 *   progress: () => Promise.resolve(),
 * });
 * assert.deepEqual([...arrays.centroids.data], [1, 8]);
 * ```
 */
export async function fitArrays(
  description: FittedDescription,
  samples: LabelledRows,
  { seed, read, progress }: FitContext,
): Promise<FitResult> {
  switch (description.name) {
    case "forest": {
      const { forest, outOfBag } = await fitForest(samples, description, {
        seed,
        createGrower: (binned, limits) => createWasmGrower(binned, limits, read),
        afterTree: (tree) => progress(tree, description.trees, "trees"),
      });
      return { arrays: forestArrays(forest), outOfBag };
    }
    case "knn":
      return { arrays: fitKnn(samples, description), outOfBag: null };
    case "centroid":
      return { arrays: fitCentroid(samples, description), outOfBag: null };
  }
}
