/** One pass of an optimiser, an invocation an element; formulas in core/optim/rules.ts. */
export const UPDATE = /* wgsl */ `
fn coupled(g: f32, theta: f32, l2: f32) -> f32 {
  if (magnitude(l2) == 0u) { return g; }
  return madd(l2, theta, g);
}
fn decayed(theta: f32, decay: f32) -> f32 {
  if (magnitude(decay) == 0u) { return theta; }
  return madd(minus(decay), theta, theta);
}

// Words: parameters, gradient, elements, l2, decay, rate.
@compute @workgroup_size(64)
fn sgd(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(2u)) { return; }
  let theta = load(word(0u) + i);
  let g = coupled(load(word(1u) + i), theta, number(3u));
  store(word(0u) + i, madd(minus(number(5u)), g, decayed(theta, number(4u))));
}

// Words: parameters, gradient, velocity, elements, l2, decay, rate, momentum.
@compute @workgroup_size(64)
fn momentum(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(3u)) { return; }
  let theta = load(word(0u) + i);
  let g = coupled(load(word(1u) + i), theta, number(4u));
  let v = madd(number(7u), load(word(2u) + i), g);
  store(word(2u) + i, v);
  store(word(0u) + i, madd(minus(number(6u)), v, decayed(theta, number(5u))));
}

// Words: parameters, gradient, mean, variance, elements, l2, decay, beta1, gain1, beta2, gain2,
// step size, root scale, epsilon.
@compute @workgroup_size(64)
fn adam(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(4u)) { return; }
  let theta = load(word(0u) + i);
  let g = coupled(load(word(1u) + i), theta, number(5u));
  let m = madd(number(7u), load(word(2u) + i), mul(number(8u), g));
  let v = madd(number(9u), load(word(3u) + i), mul(mul(number(10u), g), g));
  store(word(2u) + i, m);
  store(word(3u) + i, v);
  let step = divide(m, madd(squareRoot(v), number(12u), number(13u)));
  store(word(0u) + i, madd(minus(number(11u)), step, decayed(theta, number(6u))));
}

// Words: parameters, gradient, mean, elements, l2, decay, rate, beta1, gain1, beta2, gain2.
@compute @workgroup_size(64)
fn lion(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(3u)) { return; }
  let theta = load(word(0u) + i);
  let g = coupled(load(word(1u) + i), theta, number(4u));
  let m = load(word(2u) + i);
  let c = madd(number(7u), m, mul(number(8u), g));
  store(word(2u) + i, madd(number(9u), m, mul(number(10u), g)));
  var sign = c;
  if (!isNan(c) && magnitude(c) != 0u) { sign = signed(1.0, c); }
  store(word(0u) + i, madd(minus(number(6u)), sign, decayed(theta, number(5u))));
}
`;
