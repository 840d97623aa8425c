/** Columns and rows of a workgroup's tile of the result, and steps of the sum that it loads at once. */
export const TILE = 64;
const STEPS = 16;

/**
 * C [m, n] = start + A [m, p] · B [p, n], each with two strides, in elements.
 *
 * A workgroup of 16 × 16 has a tile of 64 × 64, an invocation 4 × 4 elements of it, each with one
 * accumulator. Both sides come through the workgroup's memory, 16 steps of the sum at a time; in the
 * last block only those steps are taken that there are, as adding even a zero would not be nothing.
 *
 * Words: a, aRow, aStep, b, bStep, bColumn, c, cRow, start or NONE, m, n, p.
 */
export const DENSE = /* wgsl */ `
var<workgroup> aTile: array<f32, ${TILE * STEPS}>;
var<workgroup> bTile: array<f32, ${TILE * STEPS}>;

@compute @workgroup_size(16, 16)
fn gemm(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let m = word(9u);
  let n = word(10u);
  let p = word(11u);
  let top = group.y * ${TILE}u;
  let left = group.x * ${TILE}u;
  let at = local.y * 16u + local.x;
  var c: array<f32, 16>;
  for (var j = 0u; j < 4u; j++) {
    let column = left + local.x + 16u * j;
    var c0 = pin(0.0);
    if (word(8u) != NONE && column < n) { c0 = load(word(8u) + column); }
    for (var i = 0u; i < 4u; i++) { c[4u * i + j] = c0; }
  }
  for (var first = 0u; first < p; first += ${STEPS}u) {
    for (var i = at; i < ${TILE * STEPS}u; i += 256u) {
      let k = first + i % ${STEPS}u;
      let row = top + i / ${STEPS}u;
      if (row < m && k < p) { aTile[i] = load(word(0u) + row * word(1u) + k * word(2u)); }
      let step = first + i / ${TILE}u;
      let column = left + i % ${TILE}u;
      if (column < n && step < p) { bTile[i] = load(word(3u) + step * word(4u) + column * word(5u)); }
    }
    workgroupBarrier();
    let steps = min(${STEPS}u, p - first);
    for (var k = 0u; k < steps; k++) {
      let b0 = bTile[k * ${TILE}u + local.x];
      let b1 = bTile[k * ${TILE}u + local.x + 16u];
      let b2 = bTile[k * ${TILE}u + local.x + 32u];
      let b3 = bTile[k * ${TILE}u + local.x + 48u];
      for (var i = 0u; i < 4u; i++) {
        let x = aTile[(local.y + 16u * i) * ${STEPS}u + k];
        c[4u * i] = fma(x, b0, c[4u * i]);
        c[4u * i + 1u] = fma(x, b1, c[4u * i + 1u]);
        c[4u * i + 2u] = fma(x, b2, c[4u * i + 2u]);
        c[4u * i + 3u] = fma(x, b3, c[4u * i + 3u]);
      }
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < 4u; i++) {
    for (var j = 0u; j < 4u; j++) {
      let row = top + local.y + 16u * i;
      let column = left + local.x + 16u * j;
      if (row < m && column < n) { store(word(6u) + row * word(7u) + column, c[4u * i + j]); }
    }
  }
}
`;
