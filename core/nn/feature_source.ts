/**
 * Samples that no core holds as a whole: read a block of rows at a time.
 *
 * @module
 */
import type { WindowLayout } from "./row_windows.ts";

/** Where features lie: a file, or whatever else is read in blocks. */
export interface FeatureSource {
  /** Number of samples n. */
  readonly rows: number;
  /** Number of features d. */
  readonly dimension: number;
  /**
   * Reads rows `from` (inclusive) to `to` (exclusive) into the beginning of an array. Several reads
   * may run at once. Who reads takes the values as they are: the source checks those that matter.
   */
  read(from: number, to: number, into: Float32Array<ArrayBuffer>): Promise<void>;
}

/** Labelled samples of a source. */
export interface StreamedSamples {
  source: FeatureSource;
  /** Class of each of the source's rows `[n]`. */
  labels: Int32Array;
  /** Number of classes. */
  classes: number;
  /** Which rows, ascending. Default: all of them. */
  rows?: Int32Array;
  /** How they are read. */
  layout: WindowLayout;
}
