import { madd } from "./madd";

/** exp32 of core/math, four lanes at a time; the steps are numbered there. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const magic = f32x4.splat(12582912);
  const n = f32x4.sub(madd(x, f32x4.splat(1.4426950216293335), magic), magic);
  const minus = f32x4.neg(n);
  const r = madd(
    minus,
    f32x4.splat(0.000001428606765330187),
    madd(minus, f32x4.splat(0.693145751953125), x),
  );
  let p = f32x4.splat(0.00019841270113829523);
  p = madd(p, r, f32x4.splat(0.0013888889225199819));
  p = madd(p, r, f32x4.splat(0.008333333767950535));
  p = madd(p, r, f32x4.splat(0.0416666679084301));
  p = madd(p, r, f32x4.splat(0.1666666716337204));
  p = madd(p, r, f32x4.splat(0.5));
  p = madd(p, r, f32x4.splat(1));
  p = madd(p, r, f32x4.splat(1));
  const exponent = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(exponent, 1);
  p = f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(exponent, half)));
  const small = f32x4.lt(x, f32x4.splat(-87.33654022216797));
  const great = f32x4.gt(x, f32x4.splat(88.72283172607422));
  p = v128.bitselect(f32x4.splat(0), p, small);
  p = v128.bitselect(f32x4.splat(Infinity), p, great);
  return v128.bitselect(x, p, f32x4.ne(x, x));
}

/** log32 of core/math, four lanes at a time; the steps are numbered there. */
export function log4(x: v128): v128 {
  const subnormal = f32x4.lt(x, f32x4.splat(1.1754943508222875e-38));
  const scaled = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, subnormal);
  const e = i32x4.shr_s(i32x4.sub(scaled, i32x4.splat(0x3f3504f3)), 23);
  const m = i32x4.sub(scaled, i32x4.shl(e, 23));
  const k = f32x4.convert_i32x4_s(i32x4.add(e, v128.and(i32x4.splat(-23), subnormal)));
  const f = f32x4.sub(m, f32x4.splat(1));
  const s = f32x4.div(f, f32x4.add(f, f32x4.splat(2)));
  const z = f32x4.mul(s, s);
  let p = f32x4.splat(0.2222222238779068);
  p = madd(p, z, f32x4.splat(0.2857142984867096));
  p = madd(p, z, f32x4.splat(0.4000000059604645));
  p = madd(p, z, f32x4.splat(0.6666666865348816));
  const h = f32x4.mul(f32x4.mul(f32x4.splat(0.5), f), f);
  const low = f32x4.mul(k, f32x4.splat(0.000001428606765330187));
  const t = madd(s, f32x4.add(h, f32x4.mul(p, z)), low);
  let y = madd(k, f32x4.splat(0.693145751953125), f32x4.sub(f, f32x4.sub(h, t)));
  const zero = f32x4.splat(0);
  y = v128.bitselect(f32x4.splat(-Infinity), y, f32x4.eq(x, zero));
  y = v128.bitselect(x, y, f32x4.eq(x, f32x4.splat(Infinity)));
  const valid = f32x4.ge(x, zero);
  return v128.bitselect(y, f32x4.splat(NaN), valid);
}

/** 2ⁿ of integers n in [−126, 127]. */
// @ts-ignore: decorator
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}
