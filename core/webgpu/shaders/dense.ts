/** Rows and columns of a workgroup's tile of the result. */
export const TILE = 64;
/** Steps of the sum that a workgroup loads at once. */
const STEPS = 16;
/** Distance between two steps in the workgroup's memory: odd, so that its banks are met in turn. */
const PITCH = 17;

/** Loads one side's share of a block: along the axis whose elements are neighbours in memory. */
function side(tile: string, first: number, from: string, size: string): string {
  return `
    {
      let isRow = word(${first + 2}u) == 1u;
      let step = select(local.y, local.x, isRow);
      let line = select(local.x, local.y, isRow);
      if (begin + step < p) {
        ${tile}[step * ${PITCH}u + line] = fetch(
          word(${first}u) + (begin + step) * word(${first + 2}u),
          ${from} + 4u * line, ${size}, word(${first + 1}u),
        );
      }
    }`;
}

/** Adds the products of one step of a block. */
function step(k: string): string {
  return `
      {
        let a = aTile[${k} * ${PITCH}u + local.y];
        let b = bTile[${k} * ${PITCH}u + local.x];
        c0 = fma(a.xxxx, b, c0);
        c1 = fma(a.yyyy, b, c1);
        c2 = fma(a.zzzz, b, c2);
        c3 = fma(a.wwww, b, c3);
      }`;
}

/**
 * C [m, n] = start + A [m, p] · B [p, n], each side with two strides, in elements.
 *
 * A workgroup of 16 × 16 has a tile of 64 × 64, an invocation 4 × 4 elements of it, each with one
 * accumulator. Both sides come through the workgroup's memory, 16 steps of the sum at a time. A full
 * block is written out, as compilers bound and check every loop; in the last one only those steps
 * are taken that there are, as adding even a zero would not be nothing.
 *
 * Words: a, its strides by row and step, b, its strides by column and step, c, its stride by row,
 * start or NONE, m, n, p.
 */
export const DENSE = /* wgsl */ `
var<workgroup> aTile: array<vec4<f32>, ${PITCH * STEPS}>;
var<workgroup> bTile: array<vec4<f32>, ${PITCH * STEPS}>;

fn elementOf(at: u32, line: u32, lines: u32, stride: u32) -> f32 {
  if (line >= lines) { return 0.0; }
  return load(at + line * stride);
}
/** Four lines' elements of a step; nothing beyond the last line is read. */
fn fetch(at: u32, line: u32, lines: u32, stride: u32) -> vec4<f32> {
  return vec4<f32>(
    elementOf(at, line, lines, stride), elementOf(at, line + 1u, lines, stride),
    elementOf(at, line + 2u, lines, stride), elementOf(at, line + 3u, lines, stride),
  );
}
fn put(row: u32, m: u32, column: u32, n: u32, c: vec4<f32>) {
  if (row >= m) { return; }
  let at = word(6u) + row * word(7u) + column;
  if (column < n) { store(at, c.x); }
  if (column + 1u < n) { store(at + 1u, c.y); }
  if (column + 2u < n) { store(at + 2u, c.z); }
  if (column + 3u < n) { store(at + 3u, c.w); }
}

@compute @workgroup_size(16, 16)
fn gemm(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let m = word(9u);
  let n = word(10u);
  let p = word(11u);
  let across = (n + ${TILE - 1}u) / ${TILE}u;
  let down = (m + ${TILE - 1}u) / ${TILE}u;
  let tile = groupIndex(group);
  if (tile >= across * down) { return; }
  let top = tile / across * ${TILE}u;
  let left = tile % across * ${TILE}u;
  let row = top + 4u * local.y;
  let column = left + 4u * local.x;
  var c0 = vec4<f32>(pin(0.0));
  if (word(8u) != NONE) { c0 = fetch(word(8u), column, n, 1u); }
  var c1 = c0;
  var c2 = c0;
  var c3 = c0;
  for (var begin = 0u; begin < p; begin += ${STEPS}u) {${side("aTile", 0, "top", "m")}${
  side("bTile", 3, "left", "n")
}
    workgroupBarrier();
    if (p - begin >= ${STEPS}u) {${Array.from({ length: STEPS }, (_, k) => step(`${k}u`)).join("")}
    } else {
      for (var k = 0u; k < p - begin; k++) {${step("k")}
      }
    }
    workgroupBarrier();
  }
  put(row, m, column, n, c0);
  put(row + 1u, m, column, n, c1);
  put(row + 2u, m, column, n, c2);
  put(row + 3u, m, column, n, c3);
}
`;
