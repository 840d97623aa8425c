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

/** tanh32 of core/math, four lanes at a time; the steps are numbered there. */
export function tanh4(x: v128): v128 {
  const a = f32x4.abs(x);
  const z = f32x4.mul(a, a);
  let p = f32x4.splat(-0.005717045161873102);
  p = madd(p, z, f32x4.splat(0.02065058797597885));
  p = madd(p, z, f32x4.splat(-0.05374349653720856));
  p = madd(p, z, f32x4.splat(0.13331490755081177));
  p = madd(p, z, f32x4.splat(-0.3333328366279602));
  const near = madd(a, f32x4.mul(z, p), a);
  const one = f32x4.splat(1);
  const e = f32x4.add(exp4(f32x4.mul(f32x4.splat(2), a)), one);
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), e));
  return withSign(v128.bitselect(near, far, f32x4.le(a, f32x4.splat(0.625))), x);
}

/** erf32 of core/math, four lanes at a time; the steps are numbered there. */
export function erf4(x: v128): v128 {
  const a = f32x4.abs(x);
  const z = f32x4.mul(a, a);
  let p = f32x4.splat(-0.0006203255034051836);
  p = madd(p, z, f32x4.splat(0.005032181274145842));
  p = madd(p, z, f32x4.splat(-0.026791462674736977));
  p = madd(p, z, f32x4.splat(0.11282455176115036));
  p = madd(p, z, f32x4.splat(-0.3761255145072937));
  p = madd(p, z, f32x4.splat(0.12837915122509003));
  const near = madd(a, p, a);
  const great = f32x4.splat(4);
  const b = v128.bitselect(great, a, f32x4.gt(a, great));
  let q = f32x4.splat(-0.00019990120199508965);
  q = madd(q, b, f32x4.splat(0.0030819943640381098));
  q = madd(q, b, f32x4.splat(-0.022381024435162544));
  q = madd(q, b, f32x4.splat(0.10425019264221191));
  q = madd(q, b, f32x4.splat(0.6368206739425659));
  q = madd(q, b, f32x4.splat(1.1278893947601318));
  q = madd(q, b, f32x4.splat(0.00014421263767872006));
  const far = f32x4.sub(f32x4.splat(1), exp4(f32x4.neg(q)));
  return withSign(v128.bitselect(near, far, f32x4.le(a, f32x4.splat(0.875))), x);
}

/** Magnitudes with the signs of x. */
// @ts-ignore: decorator
@inline
function withSign(magnitude: v128, x: v128): v128 {
  return v128.bitselect(x, magnitude, i32x4.splat(i32.MIN_VALUE));
}
