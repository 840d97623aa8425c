/** Regularisation; formulas in core/ops.ts and core/optim/penalty.ts. */
export const REGULARIZATION = /* wgsl */ `
fn signOf(x: f32) -> f32 {
  if (isNan(x) || magnitude(x) == 0u) { return x; }
  return signed(1.0, x);
}

// Words: input, others, output, elements, share, rest.
@compute @workgroup_size(64)
fn mix2(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(3u)) { return; }
  let second = mul(number(5u), load(word(1u) + i));
  store(word(2u) + i, madd(number(4u), load(word(0u) + i), second));
}

// Words: input, sums, elements, whether anew.
@compute @workgroup_size(64)
fn sumSquares(@builtin(global_invocation_id) id: vec3<u32>) {
  let lane = element(id);
  if (lane >= 64u) { return; }
  var sum = load(word(1u) + lane);
  if (word(3u) != 0u) { sum = pin(0.0); }
  for (var i = lane; i < word(2u); i += 64u) {
    let x = load(word(0u) + i);
    sum = madd(x, x, sum);
  }
  store(word(1u) + lane, sum);
}

// Words: sums, factor, limit.
@compute @workgroup_size(64)
fn clipFactor(@builtin(global_invocation_id) id: vec3<u32>) {
  if (element(id) != 0u) { return; }
  var sum = pin(0.0);
  for (var lane = 0u; lane < 64u; lane++) { sum = add(sum, load(word(0u) + lane)); }
  let value = divide(number(2u), add(squareRoot(sum), pin(1e-6)));
  var factor = pin(1.0);
  if (greater(factor, value)) { factor = value; }
  store(word(1u), factor);
}

// Words: parameters, gradient, coefficients or NONE, factor or NONE, elements, elements a row, bound,
// l1, l2, decay.
@compute @workgroup_size(64)
fn penalize(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(4u)) { return; }
  let theta = load(word(0u) + i);
  var g = load(word(1u) + i);
  var c = pin(1.0);
  if (word(2u) != NONE) { c = load(word(2u) + i / word(5u)); }
  if (word(3u) != NONE) { g = mul(g, load(word(3u))); }
  let bound = number(6u);
  if (magnitude(bound) != 0u) {
    if (greater(g, bound)) { g = bound; } else if (greater(minus(bound), g)) { g = minus(bound); }
  }
  if (magnitude(number(7u)) != 0u) { g = madd(number(7u), signOf(theta), g); }
  if (magnitude(number(8u)) != 0u) { g = madd(mul(number(8u), c), theta, g); }
  if (magnitude(number(9u)) != 0u) {
    store(word(0u) + i, madd(minus(mul(number(9u), c)), theta, theta));
  }
  store(word(1u) + i, g);
}

// Words: parameters, elements, amount.
@compute @workgroup_size(64)
fn shrink(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(1u)) { return; }
  let theta = load(word(0u) + i);
  let amount = number(2u);
  var moved = pin(0.0);
  if (isNan(theta)) { moved = theta; }
  if (greater(theta, amount)) { moved = sub(theta, amount); }
  if (greater(minus(amount), theta)) { moved = add(theta, amount); }
  store(word(0u) + i, moved);
}
`;
