import { ERF32_GREAT, ERF32_SERIES, ERF32_SMALL, ERF32_TAIL } from "../../math/erf32.ts";
import {
  EXP32_GREATEST,
  EXP32_LEAST,
  EXP32_SERIES,
  LN2_HIGH,
  LN2_LOW,
  LOG2E,
} from "../../math/exp32.ts";
import { LOG32_SERIES } from "../../math/log32.ts";
import { TANH32_SERIES, TANH32_SMALL } from "../../math/tanh32.ts";
import { literal } from "./literal.ts";

/** p = series[0], then p = fma(p, x, ·) with the others. */
function horner(series: readonly number[], x: string): string {
  const [first, ...others] = series;
  const steps = others.map((c) => `  p = madd(p, ${x}, ${literal(c)});`).join("\n");
  return `  var p = ${literal(first)};\n${steps}`;
}

/** exp32, log32, tanh32 and erf32 of core/math; the steps are numbered there. */
export const ELEMENTARY = /* wgsl */ `
fn powerOfTwo(n: i32) -> f32 { return bitcast<f32>(u32(n + 127) << 23u); }

fn exp32(x: f32) -> f32 {
  if (isNan(x)) { return x; }
  if (rank(x) < rank(${literal(EXP32_LEAST)})) { return 0.0; }
  if (rank(x) > rank(${literal(EXP32_GREATEST)})) { return infinity(); }
  let n = sub(madd(x, ${literal(LOG2E)}, 12582912.0), 12582912.0);
  let r = madd(minus(n), ${literal(LN2_LOW)}, madd(minus(n), ${literal(LN2_HIGH)}, x));
${horner(EXP32_SERIES, "r")}
  let whole = i32(n);
  let half = whole >> 1u;
  return mul(mul(p, powerOfTwo(half)), powerOfTwo(whole - half));
}

fn log32(x: f32) -> f32 {
  if (isNan(x) || rank(x) < 0) { return nan(); }
  if (magnitude(x) == 0u) { return minus(infinity()); }
  if (bitcast<u32>(x) == INFINITY) { return x; }
  var bits = bitcast<i32>(x);
  var exponent = 0;
  if (bits < 0x800000) {
    // x · 2²³, exactly, whatever an adapter does to subnormal numbers.
    let p = parts(u32(bits));
    bits = bitcast<i32>((u32(p.e + 173) << 23u) | (p.m & 0x7fffffu));
    exponent = -23;
  }
  let e = (bits - 0x3f3504f3) >> 23u;
  exponent += e;
  let k = f32(exponent);
  let f = sub(bitcast<f32>(bits - (e << 23u)), 1.0);
  let s = divide(f, add(f, 2.0));
  let z = mul(s, s);
${horner(LOG32_SERIES, "z")}
  let h = mul(mul(0.5, f), f);
  let t = madd(s, add(h, mul(p, z)), mul(k, ${literal(LN2_LOW)}));
  return madd(k, ${literal(LN2_HIGH)}, sub(f, sub(h, t)));
}

/** A magnitude with the sign of x. */
fn signed(m: f32, x: f32) -> f32 {
  return bitcast<f32>((bitcast<u32>(m) & 0x7fffffffu) | (bitcast<u32>(x) & 0x80000000u));
}

fn tanh32(x: f32) -> f32 {
  let a = bitcast<f32>(magnitude(x));
  if (!isNan(x) && rank(a) <= rank(${literal(TANH32_SMALL)})) {
    let z = mul(a, a);
  ${horner(TANH32_SERIES, "z")}
    return signed(madd(a, mul(z, p), a), x);
  }
  let e = add(exp32(mul(2.0, a)), 1.0);
  return signed(sub(1.0, divide(2.0, e)), x);
}

fn erf32(x: f32) -> f32 {
  let a = bitcast<f32>(magnitude(x));
  if (!isNan(x) && rank(a) <= rank(${literal(ERF32_SMALL)})) {
    let z = mul(a, a);
  ${horner(ERF32_SERIES, "z")}
    return signed(madd(a, p, a), x);
  }
  let b = select(a, ${literal(ERF32_GREAT)}, greater(a, ${literal(ERF32_GREAT)}));
${horner(ERF32_TAIL, "b")}
  return signed(sub(1.0, exp32(minus(p))), x);
}
`;
