/** Dropout: an invocation a counter of Philox4x32-10, which gives four elements' words. */
export const DROPOUT = /* wgsl */ `
/** High word of the product of two words. */
fn multiplyHigh(a: u32, b: u32) -> u32 {
  let al = a & 0xffffu;
  let ah = a >> 16u;
  let bl = b & 0xffffu;
  let bh = b >> 16u;
  let middle = ah * bl + ((al * bl) >> 16u);
  let other = al * bh + (middle & 0xffffu);
  return ah * bh + (middle >> 16u) + (other >> 16u);
}

// Words: input, output, elements, key, step, threshold, scale.
@compute @workgroup_size(64)
fn dropout(@builtin(global_invocation_id) id: vec3<u32>) {
  let block = element(id);
  let n = word(2u);
  if (block * 4u >= n) { return; }
  var c = vec4<u32>(block, word(5u), 2u, 0u);
  var key = vec2<u32>(word(3u), word(4u));
  for (var round = 0u; round < 10u; round++) {
    c = vec4<u32>(
      multiplyHigh(0xcd9e8d57u, c.z) ^ c.y ^ key.x,
      0xcd9e8d57u * c.z,
      multiplyHigh(0xd2511f53u, c.x) ^ c.w ^ key.y,
      0xd2511f53u * c.x,
    );
    key += vec2<u32>(0x9e3779b9u, 0xbb67ae85u);
  }
  for (var j = 0u; j < min(4u, n - block * 4u); j++) {
    let i = block * 4u + j;
    if (c[j] >= word(6u)) { store(word(1u) + i, mul(load(word(0u) + i), number(7u))); }
    else { store(word(1u) + i, 0.0); }
  }
}
`;
