const PI_HIGH = 3.141592653589793;
const PI_LOW = 1.2246467991473532e-16;

/** atan(i/8) for i = 0 … 8, in two words. */
const HIGH = [
  0,
  0.12435499454676144,
  0.24497866312686414,
  0.35877067027057225,
  0.4636476090008061,
  0.5585993153435624,
  0.6435011087932844,
  0.7188299996216245,
  0.7853981633974483,
];
const LOW = [
  0,
  -3.1253241424539383e-18,
  1.0698755618734451e-17,
  -2.4623815582638635e-17,
  2.2698777452961687e-17,
  -5.4556305485916264e-18,
  1.5834785051444286e-17,
  -2.1478388444456983e-17,
  3.061616997868383e-17,
];

/** ±1/n for n = 17, 15, … 3. */
const SERIES = [1 / 17, -1 / 15, 1 / 13, -1 / 11, 1 / 9, -1 / 7, 1 / 5, -1 / 3];

/**
 * The angle of the point (x, y) in (−π, π], in binary64, within 2 ULP, the same bits on every
 * machine. Zeros and infinities as ECMAScript and C have them.
 *
 * With q the smaller of |x|, |y| over the greater and c the nearest eighth,
 * atan q = atan c + atan((q − c)/(1 + qc)), the last by its Taylor series of degree 17.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(atan2(1, 1), 0.7853981633974483);
 * ```
 */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const sign = y < 0 || Object.is(y, -0) ? -1 : 1;
  const left = x < 0 || Object.is(x, -0);
  let ax = Math.abs(x), ay = Math.abs(y);
  if (ay === 0) return sign * (left ? PI_HIGH : 0);
  if (ax === Infinity && ay === Infinity) ax = ay = 1;
  const steep = ay > ax;
  const [small, great] = steep ? [ax, ay] : [ay, ax];
  const [high, low] = arctangent(small, great);
  // steep: π/2 − angle; left: π − angle; in both, π/2 + angle.
  if (steep) {
    const sum = left ? 1 : -1;
    return sign * (PI_HIGH / 2 + (sum * high + (PI_LOW / 2 + sum * low)));
  }
  return sign * (left ? PI_HIGH - (high - (PI_LOW - low)) : high + low);
}

/** atan(small/great) in two words, for 0 ≤ small ≤ great, great > 0. */
function arctangent(small: number, great: number): [number, number] {
  const q = small / great;
  const i = Math.floor(q * 8 + 0.5);
  const c = i / 8;
  // c has three bits: c·great and c·small lose little, and small − c·great next to nothing.
  const t = i === 0 ? q : (small - c * great) / (great + c * small);
  const z = t * t;
  let p = 0;
  for (const coefficient of SERIES) p = (p + coefficient) * z;
  return [HIGH[i], LOW[i] + (t + t * p)];
}
