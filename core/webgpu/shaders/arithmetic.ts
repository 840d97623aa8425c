/**
 * Division and square root as IEEE 754 has them, on any adapter: an estimate in floating point, then
 * the exact remainder modulo 2³², which is small, in integers.
 */
export const ARITHMETIC = /* wgsl */ `
/** Significand in [2²³, 2²⁴) and exponent of its last place, of a finite number that is not 0. */
struct Parts { m: u32, e: i32 }
fn parts(magnitude: u32) -> Parts {
  let exponent = i32(magnitude >> 23u);
  if (exponent > 0) { return Parts((magnitude & 0x7fffffu) | 0x800000u, exponent - 150); }
  let shift = countLeadingZeros(magnitude) - 8u;
  return Parts(magnitude << shift, -149 - i32(shift));
}

fn divide(a: f32, b: f32) -> f32 {
  let sign = (bitcast<u32>(a) ^ bitcast<u32>(b)) & 0x80000000u;
  let x = magnitude(a);
  let y = magnitude(b);
  if (x > INFINITY || y > INFINITY) { return nan(); }
  if (x == INFINITY || y == 0u) {
    if (y == INFINITY || x == 0u) { return nan(); }
    return bitcast<f32>(sign | INFINITY);
  }
  if (y == INFINITY || x == 0u) { return bitcast<f32>(sign); }
  let p = parts(x);
  let d = parts(y);
  var n = p.m;
  var e = p.e - d.e;
  if (n < d.m) {
    n <<= 1u;
    e -= 1;
  }
  // q is the quotient's 25 bits, r what remains of n·2²⁴.
  var q = u32(f32(n) / f32(d.m) * 16777216.0);
  var r = bitcast<i32>((n << 24u) - q * d.m);
  let m = i32(d.m);
  while (r < 0) {
    q -= 1u;
    r += m;
  }
  while (r >= m) {
    q += 1u;
    r -= m;
  }
  let exponent = e + 127;
  if (exponent >= 255) { return bitcast<f32>(sign | INFINITY); }
  // Of q, the last bit goes in a normal result, more in a subnormal one.
  let drop = u32(select(1, min(2 - exponent, 31), exponent < 1));
  var s = q >> drop;
  let rest = q & ((1u << drop) - 1u);
  let half = 1u << (drop - 1u);
  if (rest > half || (rest == half && (r != 0 || (s & 1u) == 1u))) { s += 1u; }
  if (exponent < 1) { return bitcast<f32>(sign | s); }
  return bitcast<f32>(sign | ((u32(exponent) << 23u) + (s - 0x800000u)));
}

fn squareRoot(x: f32) -> f32 {
  let bits = bitcast<u32>(x);
  if (magnitude(x) == 0u) { return x; }
  if (isNan(x) || bits >> 31u == 1u) { return nan(); }
  if (bits == INFINITY) { return x; }
  let p = parts(bits);
  // x = m·2ᵉ with e odd, so that m·2²⁵ has the root's 25 bits.
  let isEven = (p.e & 1) == 0;
  let m = select(p.m, p.m << 1u, isEven);
  let e = select(p.e, p.e - 1, isEven);
  var s = u32(sqrt(f32(m) * 2.0) * 4096.0);
  var r = bitcast<i32>((m << 25u) - s * s);
  while (r < 0) {
    r += i32(2u * s) - 1;
    s -= 1u;
  }
  while (r > i32(2u * s)) {
    r -= i32(2u * s) + 1;
    s += 1u;
  }
  var root = s >> 1u;
  if ((s & 1u) == 1u && (r != 0 || (root & 1u) == 1u)) { root += 1u; }
  // root·2·2^((e − 25) / 2); a carry into the exponent is right as it is.
  let exponent = (e - 25) / 2 + 1 + 150;
  return bitcast<f32>((u32(exponent) << 23u) + (root - 0x800000u));
}
`;
