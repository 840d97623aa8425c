import type { StreamedSamples } from "../../core/nn/feature_source.ts";
import type { Samples } from "../../core/nn/head.ts";
import { shuffledWindows } from "../../core/nn/row_windows.ts";
import type { Random } from "../../core/random/stream.ts";

/** The samples with the order of an epoch: of all of them, or within windows. */
export function shuffled(samples: Samples | StreamedSamples, random: Random) {
  if (!("source" in samples)) {
    return { ...samples, rows: random.permutation(samples.labels.shape[0]) };
  }
  const { rows = range(samples.source.rows), layout } = samples;
  return { ...samples, windows: shuffledWindows(rows, layout, random) };
}

/** Number of samples of an epoch. */
export function countRows(samples: Samples | StreamedSamples): number {
  if (!("source" in samples)) return samples.labels.shape[0];
  return samples.rows?.length ?? samples.source.rows;
}

function range(n: number): Int32Array {
  return Int32Array.from({ length: n }, (_, i) => i);
}
