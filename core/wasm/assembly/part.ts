/** Loads and stores of one to four floats, so that no kernel touches what lies behind an array. */

/** The first `count` (1 … 4, or more) floats; zeros in the lanes that are left. */
// @ts-ignore: decorator
@inline
export function loadPart(from: usize, count: i32): v128 {
  return count >= 4 ? v128.load(from) : loadSome(from, count);
}

/** Stores the first `count` (1 … 4, or more) lanes. */
// @ts-ignore: decorator
@inline
export function storePart(to: usize, value: v128, count: i32): void {
  if (count >= 4) v128.store(to, value);
  else storeSome(to, value, count);
}

function loadSome(from: usize, count: i32): v128 {
  let value = f32x4.splat(0);
  if (count > 0) value = v128.load_lane<f32>(from, value, 0);
  if (count > 1) value = v128.load_lane<f32>(from + 4, value, 1);
  if (count > 2) value = v128.load_lane<f32>(from + 8, value, 2);
  return value;
}

function storeSome(to: usize, value: v128, count: i32): void {
  if (count > 0) v128.store_lane<f32>(to, value, 0);
  if (count > 1) v128.store_lane<f32>(to + 4, value, 1);
  if (count > 2) v128.store_lane<f32>(to + 8, value, 2);
}
