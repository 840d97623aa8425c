/**
 * What sine and cosine share: the reduction of the argument and the series on [−π/4, π/4].
 *
 * @module
 */
const TWO_OVER_PI = 0.6366197723675814;
// π/2 in three parts; the first two have 33 bits, so that their products with k are exact.
const HALF_PI_1 = 1.5707963267341256;
const HALF_PI_2 = 6.077100506303966e-11;
const HALF_PI_3 = 2.0222662487959506e-21;

/** Greatest magnitude of an argument. */
export const GREATEST_ANGLE = 1048576;

/** −1/3!, 1/5!, … without the first: for n = 19, 17, … 5. */
const SINE = [
  -1 / 121645100408832000,
  1 / 355687428096000,
  -1 / 1307674368000,
  1 / 6227020800,
  -1 / 39916800,
  1 / 362880,
  -1 / 5040,
  1 / 120,
];

/** 1/4!, −1/6!, …: for n = 18, 16, … 4. */
const COSINE = [
  -1 / 6402373705728000,
  1 / 20922789888000,
  -1 / 87178291200,
  1 / 479001600,
  -1 / 3628800,
  1 / 40320,
  -1 / 720,
  1 / 24,
];

/**
 * x = quadrant·π/2 + angle + rest with |angle| ≤ π/4 (Cody & Waite 1980).
 *
 * @throws {RangeError} if |x| > 2²⁰, where three parts of π/2 no longer suffice.
 */
export function reduce(x: number): { quadrant: number; angle: number; rest: number } {
  if (Math.abs(x) > GREATEST_ANGLE) {
    throw new RangeError(
      `Cannot reduce an angle as its magnitude must be at most 2^20 radians: current value is ${x}`,
    );
  }
  const k = Math.floor(x * TWO_OVER_PI + 0.5);
  const a = x - k * HALF_PI_1;
  const b = k * HALF_PI_2;
  const high = a - b;
  const lost = (a - high) - b; // a - b exactly is high + lost: |a| >= |b| or high is exact
  const c = k * HALF_PI_3 - lost;
  const angle = high - c;
  return { quadrant: k & 3, angle, rest: (high - angle) - c };
}

/** sin(angle + rest) for |angle| ≤ π/4. */
export function sineSeries(angle: number, rest: number): number {
  const z = angle * angle;
  let p = 0;
  for (const coefficient of SINE) p = p * z + coefficient;
  const cube = z * angle;
  return angle - ((z * (0.5 * rest - cube * p) - rest) - cube * (-1 / 6));
}

/** cos(angle + rest) for |angle| ≤ π/4. */
export function cosineSeries(angle: number, rest: number): number {
  const z = angle * angle;
  let p = 0;
  for (const coefficient of COSINE) p = p * z + coefficient;
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (((1 - w) - half) + (z * z * p - angle * rest));
}
