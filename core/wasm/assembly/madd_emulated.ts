/**
 * a·b + c, rounded once on any machine: as fma32 in core/math, two lanes at a time.
 */
export function madd(a: v128, b: v128, c: v128): v128 {
  const low = f32x4.demote_f64x2_zero(roundToOdd(
    f64x2.promote_low_f32x4(a),
    f64x2.promote_low_f32x4(b),
    f64x2.promote_low_f32x4(c),
  ));
  const high = f32x4.demote_f64x2_zero(roundToOdd(
    f64x2.promote_low_f32x4(upper(a)),
    f64x2.promote_low_f32x4(upper(b)),
    f64x2.promote_low_f32x4(upper(c)),
  ));
  return v128.shuffle<f32>(low, high, 0, 1, 4, 5);
}

// @ts-ignore: decorator
@inline
function upper(a: v128): v128 {
  return v128.shuffle<f32>(a, a, 2, 3, 2, 3);
}

/** The exact product plus c in binary64, rounded to odd. */
// @ts-ignore: decorator
@inline
function roundToOdd(a: v128, b: v128, c: v128): v128 {
  const product = f64x2.mul(a, b);
  const sum = f64x2.add(product, c);
  const part = f64x2.sub(sum, product);
  const error = f64x2.add(f64x2.sub(product, f64x2.sub(sum, part)), f64x2.sub(c, part));
  // With an infinity or a NaN, error is NaN, and the comparison is false.
  const inexact = f64x2.gt(f64x2.abs(error), f64x2.splat(0));
  const even = i64x2.eq(v128.and(sum, i64x2.splat(1)), i64x2.splat(0));
  // One step away from zero where the error has the sum's sign, else one towards it.
  const step = v128.or(i64x2.shr_s(v128.xor(sum, error), 63), i64x2.splat(1));
  return i64x2.add(sum, v128.and(step, v128.and(inexact, even)));
}
