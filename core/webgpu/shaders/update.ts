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
/** What a second moment makes of the step's divisor, its scalars from a word on. */
fn denominator(v: f32, first: u32) -> f32 {
  let root = squareRoot(madd(v, number(first), number(first + 1u)));
  return madd(root, number(first + 2u), number(first + 3u));
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

// Words: parameters, gradient, velocity, elements, l2, decay, rate, momentum, gain, lookahead.
@compute @workgroup_size(64)
fn momentum(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(3u)) { return; }
  let theta = load(word(0u) + i);
  let g = coupled(load(word(1u) + i), theta, number(4u));
  let v = madd(number(7u), load(word(2u) + i), mul(number(8u), g));
  store(word(2u) + i, v);
  var direction = v;
  if (magnitude(number(9u)) != 0u) { direction = madd(number(9u), v, g); }
  store(word(0u) + i, madd(minus(number(6u)), direction, decayed(theta, number(5u))));
}

// Words: parameters, gradient, mean, variance, elements, l2, decay, beta1, gain1, beta2, gain2,
// step size, gradient share, root gain, root shift, root scale, epsilon.
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
  var direction = m;
  if (magnitude(number(12u)) != 0u) { direction = madd(number(12u), g, m); }
  let step = divide(direction, denominator(v, 13u));
  store(word(0u) + i, madd(minus(number(11u)), step, decayed(theta, number(6u))));
}

// Words: parameters, gradient, variance, velocity, elements, l2, decay, rate, beta2, gain2, momentum,
// root gain, root shift, root scale, epsilon.
@compute @workgroup_size(64)
fn rmsprop(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(4u)) { return; }
  let theta = load(word(0u) + i);
  let g = coupled(load(word(1u) + i), theta, number(5u));
  let v = madd(number(8u), load(word(2u) + i), mul(mul(number(9u), g), g));
  store(word(2u) + i, v);
  let b = madd(number(10u), load(word(3u) + i), divide(g, denominator(v, 11u)));
  store(word(3u) + i, b);
  store(word(0u) + i, madd(minus(number(7u)), b, decayed(theta, number(6u))));
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
