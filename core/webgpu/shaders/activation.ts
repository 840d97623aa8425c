import { literal } from "./literal.ts";

/** √½ and 1/√(2π), rounded to binary32. */
const ROOT_HALF = literal(0.7071067690849304);
const DENSITY = literal(0.3989422917366028);

/**
 * Activations and their gradients; formulas in core/nn/activations.ts, the kinds' numbers in
 * core/wasm/activations.ts.
 */
export const ACTIVATION = /* wgsl */ `
fn normal(x: f32) -> f32 { return mul(0.5, add(1.0, erf32(mul(x, ${ROOT_HALF})))); }

// Words: input, output, elements, kind, parameter.
@compute @workgroup_size(64)
fn activate(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(2u)) { return; }
  let x = load(word(0u) + i);
  let parameter = number(4u);
  var y = x;
  switch word(3u) {
    case 0u: { y = divide(1.0, add(1.0, exp32(minus(x)))); }
    case 1u: { y = tanh32(x); }
    case 2u: { if (isLow(x)) { y = 0.0; } }
    case 3u: { if (isLow(x)) { y = mul(parameter, x); } }
    case 4u: { if (isLow(x)) { y = mul(parameter, sub(exp32(x), 1.0)); } }
    default: { y = mul(x, normal(x)); }
  }
  store(word(1u) + i, y);
}

// Words: input, output, output's gradient, input's gradient, elements, kind, parameter.
@compute @workgroup_size(64)
fn activationGradient(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(4u)) { return; }
  let x = load(word(0u) + i);
  let y = load(word(1u) + i);
  let g = load(word(2u) + i);
  let parameter = number(6u);
  var d = g;
  switch word(5u) {
    case 0u: { d = mul(g, mul(y, sub(1.0, y))); }
    case 1u: { d = mul(g, madd(minus(y), y, 1.0)); }
    case 2u: { if (isLow(x)) { d = 0.0; } }
    case 3u: { if (isLow(x)) { d = mul(parameter, g); } }
    case 4u: { if (isLow(x)) { d = mul(g, add(y, parameter)); } }
    default: {
      let density = mul(exp32(mul(mul(-0.5, x), x)), ${DENSITY});
      d = mul(g, madd(x, density, normal(x)));
    }
  }
  store(word(3u) + i, d);
}
`;
