/**
 * What all shaders begin with.
 *
 * All arrays lie in one buffer, so that any of them may be read and written in one dispatch. `P` are
 * the words that a dispatch is called with; the last is zero, which no compiler knows.
 *
 * WGSL lets a driver fuse, reassociate and fold constants. `pin` hides a result behind that zero:
 * what is pinned is rounded as it is written. So every operation is pinned but the multiply-adds of
 * a long sum, which have nothing that could be folded.
 */
export const COMMON = /* wgsl */ `
struct Words { w: array<vec4<u32>, 16> }
@group(0) @binding(0) var<storage, read_write> heap: array<u32>;
@group(0) @binding(1) var<uniform> P: Words;

const NONE = 0xffffffffu;
const NAN = 0x7fc00000u;
const INFINITY = 0x7f800000u;

fn word(i: u32) -> u32 { return P.w[i >> 2u][i & 3u]; }
fn number(i: u32) -> f32 { return bitcast<f32>(word(i)); }
fn load(i: u32) -> f32 { return bitcast<f32>(heap[i]); }
fn store(i: u32, x: f32) { heap[i] = bitcast<u32>(x); }

fn pin(x: f32) -> f32 { return bitcast<f32>(bitcast<u32>(x) ^ P.w[15].w); }
/** Not as constants, which may not be infinite. */
fn nan() -> f32 { return bitcast<f32>(NAN ^ P.w[15].w); }
fn infinity() -> f32 { return bitcast<f32>(INFINITY ^ P.w[15].w); }
fn add(a: f32, b: f32) -> f32 { return pin(a + b); }
fn sub(a: f32, b: f32) -> f32 { return pin(a - b); }
fn mul(a: f32, b: f32) -> f32 { return pin(a * b); }
fn madd(a: f32, b: f32, c: f32) -> f32 { return pin(fma(a, b, c)); }
fn minus(a: f32) -> f32 { return bitcast<f32>(bitcast<u32>(a) ^ 0x80000000u); }

fn magnitude(x: f32) -> u32 { return bitcast<u32>(x) & 0x7fffffffu; }
fn isNan(x: f32) -> bool { return magnitude(x) > INFINITY; }
/** The order of the integers is that of the numbers. */
fn rank(x: f32) -> i32 {
  let m = i32(magnitude(x));
  return select(m, -m, bitcast<u32>(x) >> 31u == 1u);
}
fn greater(a: f32, b: f32) -> bool { return !isNan(a) && !isNan(b) && rank(a) > rank(b); }
fn isLow(x: f32) -> bool { return !isNan(x) && rank(x) <= 0; }

/** The element or the workgroup of a dispatch over many, whose workgroups go in rows of 65,535. */
fn element(id: vec3<u32>) -> u32 { return id.y * 4194240u + id.x; }
fn groupIndex(group: vec3<u32>) -> u32 { return group.y * 65535u + group.x; }
`;
