/** First slot + 1 of each bin's list, 0 where it is empty; and which bins are not, a bit a bin. */
const HEADS: usize = memory.data(1024, 16);
const OCCUPIED: usize = memory.data(32, 16);

/** The best split so far of the node that is being looked at. */
export let bestScore: f64 = -1;
export let bestFeature: i32 = -1;
export let bestBin: i32 = 0;

/** Forgets the best split. */
export function forget(): void {
  bestScore = -1;
  bestFeature = -1;
}

/**
 * Tries every split of one feature, and keeps it where it is better than the best so far.
 *
 * The slots of a node are put into lists by their bin, and taken from them in the order of the bins;
 * so a small node costs as much as it has samples, whatever the number of bins. With L and T the
 * weights of the classes on the left and in the node, the sums of squares are kept up to date:
 * Σ(L + w)² = ΣL² + w(2L + w), and Σ(T − L)² = ΣT² − 2ΣTL + ΣL². All are integers below 2⁵³.
 *
 * @param codes Bins of the feature u8 [n].
 * @param rows Row of each slot i32 [m].
 * @param tags Weight of each slot, and its class in the high half, i64 [m].
 * @param next Scratch i32 [m].
 * @param totals Weights of the classes in the node i32 [k].
 * @param left Scratch i32 [k], zeros before and after.
 * @returns Whether the feature has more than one bin in the node.
 */
export function trySplits(
  feature: i32, codes: usize, rows: usize, tags: usize, next: usize, from: i32, to: i32,
  totals: usize, left: usize, total: i64, totalSquares: i64, minLeaf: i32,
): bool {
  for (let i = from; i < to; i++) {
    const bin = <usize>load<u8>(codes + <usize>load<u32>(rows + (<usize>i << 2)));
    const head = HEADS + (bin << 2);
    const word = OCCUPIED + (bin >> 6 << 3);
    store<i32>(next + (<usize>i << 2), load<i32>(head));
    store<i32>(head, i + 1);
    store<u64>(word, load<u64>(word) | <u64>1 << bin);
  }
  const count = to - from;
  let squares: i64 = 0, products: i64 = 0, weight: i64 = 0;
  let seen = 0, last = -1, bins = 0;
  for (let w = 0; w < 4; w++) {
    let bits = load<u64>(OCCUPIED + (<usize>w << 3));
    store<u64>(OCCUPIED + (<usize>w << 3), 0);
    for (; bits != 0; bits &= bits - 1) {
      const bin = (w << 6) + <i32>ctz(bits);
      if (seen >= minLeaf && count - seen >= minLeaf) {
        const rest = totalSquares - 2 * products + squares;
        const score = <f64>squares / <f64>weight + <f64>rest / <f64>(total - weight);
        if (score > bestScore) {
          bestScore = score;
          bestFeature = feature;
          bestBin = (last + bin) >> 1;
        }
      }
      const head = HEADS + (<usize>bin << 2);
      let slot = load<i32>(head);
      store<i32>(head, 0);
      while (slot != 0) {
        const at = <usize>(slot - 1);
        const tag = load<i64>(tags + (at << 3));
        const own = <i64><i32>tag;
        const c = <usize>(tag >> 32) << 2;
        const before = load<i32>(left + c);
        squares += own * (2 * <i64>before + own);
        products += own * <i64>load<i32>(totals + c);
        weight += own;
        store<i32>(left + c, before + <i32>own);
        seen++;
        slot = load<i32>(next + (at << 2));
      }
      last = bin;
      bins++;
    }
  }
  return bins > 1;
}
