import { begin, integer } from "./random";
import { bestBin, bestFeature, forget, trySplits } from "./split";

/**
 * Grows one tree on binned samples; core/forest/tree_grower.ts says what it computes. Nodes are
 * numbered in preorder: the left child of a node is the next one.
 *
 * @param codes Bins u8 [d, n], a feature's together.
 * @param rows Rows of the tree's samples i32 [m]; changes their order.
 * @param tags Weight of each, and its class in the high half, i64 [m]; likewise.
 * @param m At least 1.
 * @param maxDepth 0 for a leaf alone.
 * @param scratch 4 (d + 5m + 2k) bytes.
 * @param features Feature of each node i32 [2m − 1], −1 of a leaf.
 * @param bins Last bin on the left of each node i32 [2m − 1], 0 of a leaf.
 * @param links Right child of each node, number of each leaf, i32 [2m − 1].
 * @param leaves Weights of the classes in each leaf i32 [m, k].
 * @returns Number of nodes.
 */
export function grow(
  codes: usize, n: i32, d: i32, k: i32,
  rows: usize, tags: usize, m: i32,
  key0: i32, key1: i32, maxFeatures: i32, maxDepth: i32, minLeaf: i32,
  scratch: usize, features: usize, bins: usize, links: usize, leaves: usize,
): i32 {
  const order = scratch;
  const next = order + (<usize>d << 2);
  const totals = next + (<usize>m << 2);
  const left = totals + (<usize>k << 2);
  // Of each node that waits: its slots from, to; its depth; whose right child it is, −1 of none.
  const stack = left + (<usize>k << 2);
  for (let j = 0; j < d; j++) store<i32>(order + (<usize>j << 2), j);
  begin(key0, key1);
  memory.fill(left, 0, <usize>k << 2);
  let top = stack;
  push(top, 0, m, 0, -1);
  let nodes = 0, leafCount = 0;
  while (top >= stack) {
    const from = load<i32>(top), to = load<i32>(top, 4);
    const depth = load<i32>(top, 8), parent = load<i32>(top, 12);
    top -= 16;
    const node = nodes++;
    if (parent >= 0) store<i32>(links + (<usize>parent << 2), node);

    memory.fill(totals, 0, <usize>k << 2);
    let total: i64 = 0;
    for (let i = from; i < to; i++) {
      const tag = load<i64>(tags + (<usize>i << 3));
      const at = totals + (<usize>(tag >> 32) << 2);
      store<i32>(at, load<i32>(at) + <i32>tag);
      total += <i64><i32>tag;
    }
    let squares: i64 = 0, present = 0;
    for (let c = 0; c < k; c++) {
      const own = <i64>load<i32>(totals + (<usize>c << 2));
      squares += own * own;
      present += <i32>(own > 0);
    }

    forget();
    if (present > 1 && depth < maxDepth && to - from >= 2 * minLeaf) {
      let varies = false;
      for (let j = 0; j < d && (j < maxFeatures || !varies); j++) {
        const a = order + (<usize>j << 2);
        const b = order + (<usize>(j + integer(d - j)) << 2);
        const feature = load<i32>(b);
        store<i32>(b, load<i32>(a));
        store<i32>(a, feature);
        if (
          trySplits(
            feature, codes + <usize>feature * <usize>n, rows, tags, next, from, to,
            totals, left, total, squares, minLeaf,
          )
        ) varies = true;
        memory.fill(left, 0, <usize>k << 2);
      }
    }
    const place = <usize>node << 2;
    store<i32>(features + place, bestFeature);
    if (bestFeature < 0) {
      store<i32>(bins + place, 0);
      store<i32>(links + place, leafCount);
      memory.copy(leaves + (<usize>leafCount * <usize>k << 2), totals, <usize>k << 2);
      leafCount++;
      continue;
    }
    store<i32>(bins + place, bestBin);
    const middle = part(codes + <usize>bestFeature * <usize>n, bestBin, rows, tags, from, to);
    push(top += 16, middle, to, depth + 1, node);
    push(top += 16, from, middle, depth + 1, -1);
  }
  return nodes;
}

// @ts-ignore: decorator
@inline
function push(at: usize, from: i32, to: i32, depth: i32, parent: i32): void {
  store<i32>(at, from);
  store<i32>(at, to, 4);
  store<i32>(at, depth, 8);
  store<i32>(at, parent, 12);
}

/** Brings the slots up to a bin to the front; returns the first one of the others. */
function part(codes: usize, bin: i32, rows: usize, tags: usize, from: i32, to: i32): i32 {
  let middle = from;
  for (let i = from; i < to; i++) {
    const row = load<i32>(rows + (<usize>i << 2));
    if (<i32>load<u8>(codes + <usize>row) > bin) continue;
    const a = rows + (<usize>middle << 2), b = tags + (<usize>middle << 3);
    const tag = load<i64>(tags + (<usize>i << 3));
    store<i32>(rows + (<usize>i << 2), load<i32>(a));
    store<i64>(tags + (<usize>i << 3), load<i64>(b));
    store<i32>(a, row);
    store<i64>(b, tag);
    middle++;
  }
  return middle;
}
