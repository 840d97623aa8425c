const f32 = new Float32Array(1);
const bits = new Uint32Array(f32.buffer);

/** A binary32 number in WGSL, by its bits, so that no compiler's reading of decimals counts. */
export function literal(x: number): string {
  f32[0] = x;
  return `bitcast<f32>(0x${bits[0].toString(16)}u)`;
}
