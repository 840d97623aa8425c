import type { Random } from "../../core/random/stream.ts";
import type { StratifyOptions } from "./stratify.ts";

/** Options of {@linkcode dealGroups}. */
export interface DealGroupsOptions extends StratifyOptions {
  /** Group of each image. */
  groups: readonly string[];
}

/** With more groups than this, single moves balance well enough and pairs are too many to try. */
const MAX_GROUPS_TO_SWAP = 300;
const MAX_PASSES = 100;

/**
 * Deals whole groups into parts, as near to each class's exact share of each part as it finds.
 *
 * Groups in random order each go where the fewest parts lack a class and the misfit
 * Σ (count − exact)² / exact, over parts and classes, becomes least; then groups are moved, or
 * swapped by pairs, as long as that lessens it.
 *
 * @returns The part of each image.
 * @throws {RangeError} if there are too few groups, or a class has no image in some part.
 */
export function dealGroups(options: DealGroupsOptions): number[] {
  const { labels, groups, weights, parts, random } = options;
  if (groups.includes("")) {
    throw new RangeError(
      "Cannot split dataset by groups as it has none: leave `group` out, or take another source",
    );
  }
  const names = [...new Set(groups)];
  if (names.length < weights.length) {
    throw new RangeError(
      `Cannot split dataset by groups as there must be at least ${weights.length} groups for ` +
        `${weights.length} ${parts}: current number is ${names.length}`,
    );
  }
  const classes = [...new Set(labels)];
  const counts = countByGroup(labels, groups, classes, names);
  const assigned = balance(counts, weights, random);
  const partOf = new Map(names.map((name, g) => [name, assigned[g]!]));
  const dealt = groups.map((group) => partOf.get(group)!);
  for (const label of classes) {
    const reached = new Set(dealt.filter((_, i) => labels[i] === label));
    if (reached.size < weights.length) {
      const has = new Set(groups.filter((_, i) => labels[i] === label)).size;
      throw new RangeError(
        `Cannot split dataset by groups as images of class ${JSON.stringify(label)}, which ` +
          `stands in ${has} groups, do not reach all ${weights.length} ${parts}: try another ` +
          "seed, other ratios, or `group: false`",
      );
    }
  }
  return dealt;
}

/** Number of images of each class in each group. */
function countByGroup(
  labels: readonly string[],
  groups: readonly string[],
  classes: readonly string[],
  names: readonly string[],
): Float64Array[] {
  const classIndex = new Map(classes.map((label, c) => [label, c]));
  const groupIndex = new Map(names.map((name, g) => [name, g]));
  const counts = names.map(() => new Float64Array(classes.length));
  for (const [i, label] of labels.entries()) {
    counts[groupIndex.get(groups[i]!)!]![classIndex.get(label)!]!++;
  }
  return counts;
}

/** A change of the number of classes that miss a part, and of the misfit where that is equal. */
interface Growth {
  empty: number;
  misfit: number;
}

/** Whether growths together are negative, by more than rounding. */
function isLess(...growths: readonly Growth[]): boolean {
  const empty = growths.reduce((sum, growth) => sum + growth.empty, 0);
  const misfit = growths.reduce((sum, growth) => sum + growth.misfit, 0);
  return empty < 0 || (empty === 0 && misfit < -1e-9);
}

/** The part of each group. */
function balance(
  counts: readonly Float64Array[],
  weights: readonly number[],
  random: Random,
): number[] {
  const width = counts[0]!.length;
  const total = new Float64Array(width);
  for (const count of counts) count.forEach((n, c) => total[c]! += n);
  const sum = weights.reduce((sum, weight) => sum + weight, 0);
  const exact = weights.map((weight) => total.map((n) => n * weight / sum));
  const filled = weights.map(() => new Float64Array(width));

  /** By how much the misfit of a part grows when `plus` joins it and `minus` leaves. */
  const growth = (part: number, plus?: Float64Array, minus?: Float64Array): Growth => {
    let empty = 0;
    let misfit = 0;
    for (let c = 0; c < width; c++) {
      const step = (plus?.[c] ?? 0) - (minus?.[c] ?? 0);
      const before = filled[part]![c]!;
      if (step === 0) continue;
      if (before === 0) empty--;
      else if (before + step === 0) empty++;
      misfit += step * (step + 2 * (before - exact[part]![c]!)) / exact[part]![c]!;
    }
    return { empty, misfit };
  };
  const put = (part: number, count: Float64Array, sign: 1 | -1) =>
    count.forEach((n, c) => filled[part]![c]! += sign * n);

  const order = random.permutation(counts.length);
  const assigned: number[] = new Array(counts.length);
  for (const g of order) {
    const growths = weights.map((_, part) => growth(part, counts[g]));
    let best = 0;
    for (const part of weights.keys()) {
      const { empty, misfit } = growths[best]!;
      const less = { empty: growths[part]!.empty - empty, misfit: growths[part]!.misfit - misfit };
      if (isLess(less)) best = part;
    }
    assigned[g] = best;
    put(best, counts[g]!, 1);
  }
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    let improved = false;
    for (const g of order) {
      const from = assigned[g]!;
      for (const to of weights.keys()) {
        if (to === from || assigned[g] !== from) continue;
        if (!isLess(growth(to, counts[g]), growth(from, undefined, counts[g]))) continue;
        put(from, counts[g]!, -1);
        put(to, counts[g]!, 1);
        assigned[g] = to;
        improved = true;
      }
    }
    if (counts.length <= MAX_GROUPS_TO_SWAP) {
      for (const g of order) {
        for (const h of order) {
          const [a, b] = [assigned[g]!, assigned[h]!];
          if (a === b) continue;
          const change = growth(a, counts[h], counts[g]);
          if (!isLess(change, growth(b, counts[g], counts[h]))) continue;
          put(a, counts[g]!, -1);
          put(a, counts[h]!, 1);
          put(b, counts[h]!, -1);
          put(b, counts[g]!, 1);
          [assigned[g], assigned[h]] = [b, a];
          improved = true;
        }
      }
    }
    if (!improved) break;
  }
  return assigned;
}
