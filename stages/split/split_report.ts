import { type Partition, PARTITIONS } from "../../data/partition.ts";
import type { Sample } from "../../data/samples.ts";
import type { SplitParams } from "./params.ts";
import type { Split } from "./partition_images.ts";

type Counts = Record<Partition, number>;

/** What a note tells about a split: the `splitReport` port. */
export interface SplitReport {
  method: Split["method"];
  /** Whether groups were kept together. */
  grouped: boolean;
  seed: number;
  folds?: number;
  fold?: number;
  /** Exact share of each partition; missing where the source's own parts decide. */
  shares?: Counts;
  images: number;
  partitions: Counts;
  classes: ({ label: string; images: number } & Counts)[];
  /** Greatest |images − exact share| of any class in any partition; missing as `shares`. */
  largestDeviation?: number;
  duplicates: {
    /** Sets of equal images within one partition. */
    within: number;
    /** Sets of equal images in several partitions. */
    across: number;
    /** The first hundred of the latter. */
    sets: { id: string; label: string; partition: Partition }[][];
  };
  groups: {
    total: number;
    /** Groups with images in several partitions. */
    shared: number;
  };
}

const MAX_SETS = 100;

/** Tells how images, classes, groups and equal images fell. */
export function splitReport(
  samples: readonly Sample[],
  { method, partition, shares }: Split,
  duplicates: readonly (readonly number[])[],
  params: SplitParams,
): SplitReport {
  const across = duplicates.filter((set) => new Set(set.map((i) => partition[i])).size > 1);
  const byClass = new Map<string, Counts & { images: number }>();
  const byGroup = new Map<string, Set<Partition>>();
  const partitions = { train: 0, validation: 0, test: 0 };
  for (const [i, { label, group }] of samples.entries()) {
    const part = partition[i]!;
    const counts = byClass.get(label) ?? { images: 0, train: 0, validation: 0, test: 0 };
    byClass.set(label, counts);
    counts.images++;
    counts[part]++;
    partitions[part]++;
    if (group !== "") byGroup.set(group, (byGroup.get(group) ?? new Set()).add(part));
  }
  const classes = [...byClass].map(([label, counts]) => ({ label, ...counts }));
  const deviations = shares === undefined
    ? []
    : classes.flatMap((counts) =>
      PARTITIONS.map((part) => Math.abs(counts[part] - counts.images * shares[part]))
    );
  return {
    method,
    grouped: params.group,
    seed: params.seed,
    ...(method === "folds" ? { folds: params.folds, fold: params.fold } : {}),
    ...(shares === undefined
      ? {}
      : { shares, largestDeviation: Math.round(Math.max(...deviations) * 1e9) / 1e9 }),
    images: samples.length,
    partitions,
    classes,
    duplicates: {
      within: duplicates.length - across.length,
      across: across.length,
      sets: across.slice(0, MAX_SETS).map((set) =>
        set.map((i) => ({
          id: samples[i]!.id,
          label: samples[i]!.label,
          partition: partition[i]!,
        }))
      ),
    },
    groups: {
      total: byGroup.size,
      shared: [...byGroup.values()].filter(({ size }) => size > 1).length,
    },
  };
}
