/**
 * Artifacts of other stages whose shapes only a note reads: the fields that it uses.
 *
 * @module
 */
import type { Partition } from "../../../data/partition.ts";

/** The artifact `classes`. */
export interface Classes {
  names: string[];
  titles: string[];
}

/** The artifact `splitReport`. */
export interface SplitReport {
  method: "ratios" | "folds" | "published";
  grouped: boolean;
  folds?: number;
  partitions: Record<Partition, number>;
  classes: ({ label: string } & Record<Partition, number>)[];
  /** In images; missing where the source's own parts decide. */
  largestDeviation?: number;
  duplicates: {
    /** Sets of equal images in several partitions. */
    across: number;
  };
  groups: {
    /** Groups with images in several partitions. */
    shared: number;
  };
}
