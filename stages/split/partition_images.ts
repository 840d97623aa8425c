import { stream } from "../../core/random/stream.ts";
import type { Partition } from "../../data/partition.ts";
import type { Sample } from "../../data/samples.ts";
import { dealGroups } from "./deal_groups.ts";
import { DEFAULT_RATIOS, DEFAULT_VALIDATION, type SplitParams } from "./params.ts";
import { stratify } from "./stratify.ts";

/** How a split was made, and the share of each class that each partition should have. */
export interface Split {
  method: "ratios" | "folds" | "published";
  partition: Partition[];
  /** Exact share, of the class's images, that a partition should have; undefined: as published. */
  shares: Record<Partition, number> | undefined;
}

/**
 * Decides what each image is used for.
 *
 * @param published The source's own parts, by id; undefined where it has none.
 * @throws {RangeError} if a class or the groups do not allow the split that is asked for.
 */
export function partitionImages(
  samples: readonly Sample[],
  params: SplitParams,
  published?: ReadonlyMap<string, string>,
): Split {
  const random = stream(params.seed, "split");
  const deal = (indices: readonly number[], weights: readonly number[], parts: string, n: number) =>
    (params.group ? dealGroups : stratify)({
      labels: indices.map((i) => samples[i]!.label),
      groups: indices.map((i) => samples[i]!.group),
      weights,
      parts,
      random: random.sub(n),
    });
  const all = samples.map((_, i) => i);
  if (params.folds === undefined && !params.published) {
    const shares = params.ratios ?? DEFAULT_RATIOS;
    const { train, validation, test } = shares;
    const dealt = deal(all, [train, validation, test], "partitions", 0);
    return { method: "ratios", partition: dealt.map(toPartition), shares };
  }
  const isTest = params.folds === undefined
    ? publishedTest(samples, published)
    : deal(all, Array(params.folds).fill(1), "folds", 0).map((fold) => fold + 1 === params.fold);
  const partition: Partition[] = samples.map(() => "test");
  const rest = all.filter((i) => !isTest[i]);
  const validation = params.validation ?? DEFAULT_VALIDATION;
  const weights = [1 - validation, validation];
  const dealt = deal(rest, weights, "partitions outside of the test set", 1);
  for (const [k, i] of rest.entries()) partition[i] = toPartition(dealt[k]!);
  if (params.folds === undefined) return { method: "published", partition, shares: undefined };
  const test = 1 / params.folds;
  return {
    method: "folds",
    partition,
    shares: { train: (1 - test) * (1 - validation), validation: (1 - test) * validation, test },
  };
}

function toPartition(index: number): Partition {
  return index === 0 ? "train" : index === 1 ? "validation" : "test";
}

function publishedTest(
  samples: readonly Sample[],
  published: ReadonlyMap<string, string> | undefined,
): boolean[] {
  if (published === undefined) {
    throw new RangeError(
      "Cannot split dataset as published as its source has no test set of its own: " +
        "give `ratios` or `folds`",
    );
  }
  const isTest = samples.map(({ id }) => {
    const part = published.get(id);
    if (part !== "train" && part !== "test") {
      throw new RangeError(
        `Cannot split dataset as published as image ${JSON.stringify(id)} must be in train or ` +
          `test: current value is ${part}`,
      );
    }
    return part === "test";
  });
  const tested = new Set(samples.filter((_, i) => isTest[i]).map(({ label }) => label));
  for (const { label } of samples) {
    if (!tested.has(label)) {
      throw new RangeError(
        `Cannot split dataset as published as class ${JSON.stringify(label)} has no test image`,
      );
    }
  }
  return isTest;
}
