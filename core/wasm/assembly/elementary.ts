import { constant } from "./constant";
import { madd } from "./madd";

/** 1.5·2²³, and what is 254 units of its last place below it; log₂ e; ln 2 in two words. */
const MAGIC: usize = memory.data<f32>([12582912]);
const BIASED_MAGIC: usize = memory.data<f32>([12582658]);
const LOG2E: usize = memory.data<f32>([1.4426950216293335]);
const LN2: usize = memory.data<f32>([0.693145751953125, 0.000001428606765330187]);
const EXP_SERIES: usize = memory.data<f32>([
  0.00019841270113829523,
  0.0013888889225199819,
  0.008333333767950535,
  0.0416666679084301,
  0.1666666716337204,
  0.5,
  1,
]);
/** The least x of exp32 with a result, and one beyond the greatest. */
const EXP_ENDS: usize = memory.data<f32>([-87.33654022216797, 89]);

/** exp32 of core/math, four lanes at a time; the steps are numbered there. */
// @ts-ignore: decorator
@inline
export function exp4(x: v128): v128 {
  const y = finiteExp4(f32x4.pmin(x, constant(EXP_ENDS, 1)));
  return v128.andnot(y, f32x4.lt(x, constant(EXP_ENDS)));
}

/** exp4 of what is neither below the least x with a result nor above 89, where it is +∞; or NaN. */
// @ts-ignore: decorator
@inline
function finiteExp4(x: v128): v128 {
  const magic = constant(MAGIC);
  const shifted = madd(x, constant(LOG2E), magic);
  const n = f32x4.sub(shifted, magic);
  const minus = f32x4.neg(n);
  const r = madd(minus, constant(LN2, 1), madd(minus, constant(LN2), x));
  let p = constant(EXP_SERIES);
  p = madd(p, r, constant(EXP_SERIES, 1));
  p = madd(p, r, constant(EXP_SERIES, 2));
  p = madd(p, r, constant(EXP_SERIES, 3));
  p = madd(p, r, constant(EXP_SERIES, 4));
  p = madd(p, r, constant(EXP_SERIES, 5));
  p = madd(p, r, constant(EXP_SERIES, 6));
  p = madd(p, r, constant(EXP_SERIES, 6));
  // The last bits of the shifted number are n: with 127 each, the exponents of 2^h and 2^(n−h).
  const exponents = i32x4.sub(shifted, constant(BIASED_MAGIC));
  const half = i32x4.shr_u(exponents, 1);
  const rest = i32x4.sub(exponents, half);
  return f32x4.mul(f32x4.mul(p, i32x4.shl(half, 23)), i32x4.shl(rest, 23));
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

const ONE: usize = memory.data<f32>([1]);
const TWO: usize = memory.data<f32>([2]);
const TANH_SMALL: usize = memory.data<f32>([0.625]);
const TANH_SERIES: usize = memory.data<f32>([
  -0.005717045161873102,
  0.02065058797597885,
  -0.05374349653720856,
  0.13331490755081177,
  -0.3333328366279602,
]);

/** tanh32 of core/math, four lanes at a time; the steps are numbered there. */
// @ts-ignore: decorator
@inline
export function tanh4(x: v128): v128 {
  const a = f32x4.abs(x), one = constant(ONE);
  const z = f32x4.mul(a, a);
  let p = constant(TANH_SERIES);
  p = madd(p, z, constant(TANH_SERIES, 1));
  p = madd(p, z, constant(TANH_SERIES, 2));
  p = madd(p, z, constant(TANH_SERIES, 3));
  p = madd(p, z, constant(TANH_SERIES, 4));
  const near = madd(a, f32x4.mul(z, p), a);
  const e = finiteExp4(f32x4.pmin(f32x4.add(a, a), constant(EXP_ENDS, 1)));
  const far = f32x4.sub(one, f32x4.div(constant(TWO), f32x4.add(e, one)));
  return withSign(v128.bitselect(near, far, f32x4.le(a, constant(TANH_SMALL))), x);
}

/** Up to the first, erf32 is a polynomial; from the second on, ±1. */
const ERF_ENDS: usize = memory.data<f32>([0.875, 4]);
const ERF_SERIES: usize = memory.data<f32>([
  -0.0006203255034051836,
  0.005032181274145842,
  -0.026791462674736977,
  0.11282455176115036,
  -0.3761255145072937,
  0.12837915122509003,
]);
const ERF_TAIL: usize = memory.data<f32>([
  -0.00019990120199508965,
  0.0030819943640381098,
  -0.022381024435162544,
  0.10425019264221191,
  0.6368206739425659,
  1.1278893947601318,
  0.00014421263767872006,
]);

/** erf32 of core/math, four lanes at a time; the steps are numbered there. */
// @ts-ignore: decorator
@inline
export function erf4(x: v128): v128 {
  const a = f32x4.abs(x);
  const z = f32x4.mul(a, a);
  let p = constant(ERF_SERIES);
  p = madd(p, z, constant(ERF_SERIES, 1));
  p = madd(p, z, constant(ERF_SERIES, 2));
  p = madd(p, z, constant(ERF_SERIES, 3));
  p = madd(p, z, constant(ERF_SERIES, 4));
  p = madd(p, z, constant(ERF_SERIES, 5));
  const near = madd(a, p, a);
  const b = f32x4.pmin(a, constant(ERF_ENDS, 1));
  let q = constant(ERF_TAIL);
  q = madd(q, b, constant(ERF_TAIL, 1));
  q = madd(q, b, constant(ERF_TAIL, 2));
  q = madd(q, b, constant(ERF_TAIL, 3));
  q = madd(q, b, constant(ERF_TAIL, 4));
  q = madd(q, b, constant(ERF_TAIL, 5));
  q = madd(q, b, constant(ERF_TAIL, 6));
  const far = f32x4.sub(constant(ONE), finiteExp4(f32x4.neg(q)));
  return withSign(v128.bitselect(near, far, f32x4.le(a, constant(ERF_ENDS))), x);
}

const SIGN: usize = memory.data<i32>([i32.MIN_VALUE]);

/** Magnitudes, none of them negative, with the signs of x. */
// @ts-ignore: decorator
@inline
function withSign(magnitude: v128, x: v128): v128 {
  return v128.or(magnitude, v128.and(x, constant(SIGN)));
}
