/** A stream's key, its block of four words, and how many words were drawn. */
const STATE: usize = memory.data(32, 16);

/** Begins the stream of a key: the words of core/random/stream.ts. */
export function begin(key0: i32, key1: i32): void {
  store<i32>(STATE, key0, 16);
  store<i32>(STATE, key1, 20);
  store<u32>(STATE, 0, 24);
}

/** Uniform integer in [0, n), by rejection; n > 0. */
export function integer(n: i32): i32 {
  const size = <u64>n;
  const limit: u64 = 0x100000000 - 0x100000000 % size;
  let word = <u64>nextWord();
  while (word >= limit) word = <u64>nextWord();
  return <i32>(word % size);
}

// @ts-ignore: decorator
@inline
function nextWord(): u32 {
  const position = load<u32>(STATE, 24);
  if ((position & 3) == 0) nextBlock(position >> 2);
  store<u32>(STATE, position + 1, 24);
  return load<u32>(STATE + ((position & 3) << 2));
}

/** Philox4x32-10 (Salmon et al. 2011) at counter `[block, 0, 0, 0]`. */
function nextBlock(block: u32): void {
  let c0 = block, c1: u32 = 0, c2: u32 = 0, c3: u32 = 0;
  let k0 = load<u32>(STATE, 16), k1 = load<u32>(STATE, 20);
  for (let round = 0; round < 10; round++) {
    const a = <u64>0xd2511f53 * <u64>c0, b = <u64>0xcd9e8d57 * <u64>c2;
    c0 = <u32>(b >> 32) ^ c1 ^ k0;
    c1 = <u32>b;
    c2 = <u32>(a >> 32) ^ c3 ^ k1;
    c3 = <u32>a;
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  store<u32>(STATE, c0);
  store<u32>(STATE, c1, 4);
  store<u32>(STATE, c2, 8);
  store<u32>(STATE, c3, 12);
}
