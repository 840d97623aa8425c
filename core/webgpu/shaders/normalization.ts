/** Batch normalisation: an invocation a column, or an element. */
export const NORMALIZATION = /* wgsl */ `
// Words: input, mean, variance, rows, columns, rows as a number.
@compute @workgroup_size(64)
fn batchStatistics(@builtin(global_invocation_id) id: vec3<u32>) {
  let j = element(id);
  let n = word(3u);
  let k = word(4u);
  if (j >= k) { return; }
  var sum = pin(0.0);
  for (var i = 0u; i < n; i++) { sum = add(sum, load(word(0u) + i * k + j)); }
  let m = divide(sum, number(5u));
  var squares = pin(0.0);
  for (var i = 0u; i < n; i++) {
    let c = sub(load(word(0u) + i * k + j), m);
    squares = madd(c, c, squares);
  }
  store(word(1u) + j, m);
  store(word(2u) + j, divide(squares, number(5u)));
}

fn inverseDeviation(variance: f32, epsilon: f32) -> f32 {
  return divide(1.0, squareRoot(add(variance, epsilon)));
}

// Words: input, mean, variance, scale, shift, output, rows, columns, epsilon.
@compute @workgroup_size(64)
fn normalize(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  let k = word(7u);
  if (i >= word(6u) * k) { return; }
  let j = i % k;
  let s = inverseDeviation(load(word(2u) + j), number(8u));
  let h = mul(sub(load(word(0u) + i), load(word(1u) + j)), s);
  store(word(5u) + i, madd(h, load(word(3u) + j), load(word(4u) + j)));
}

// Words: input, mean, variance, scale, output's gradient, scale's, shift's, input's or NONE, rows,
// columns, epsilon, rows as a number.
@compute @workgroup_size(64)
fn normalizeGradient(@builtin(global_invocation_id) id: vec3<u32>) {
  let j = element(id);
  let n = word(8u);
  let k = word(9u);
  if (j >= k) { return; }
  let m = load(word(1u) + j);
  let s = inverseDeviation(load(word(2u) + j), number(10u));
  var sum = pin(0.0);
  var product = pin(0.0);
  for (var i = 0u; i < n; i++) {
    let g = load(word(4u) + i * k + j);
    sum = add(sum, g);
    product = madd(g, mul(sub(load(word(0u) + i * k + j), m), s), product);
  }
  store(word(6u) + j, sum);
  store(word(5u) + j, product);
  if (word(7u) == NONE) { return; }
  let byShift = divide(sum, number(11u));
  let byScale = divide(product, number(11u));
  let factor = mul(load(word(3u) + j), s);
  for (var i = 0u; i < n; i++) {
    let at = i * k + j;
    let h = mul(sub(load(word(0u) + at), m), s);
    let rest = madd(minus(h), byScale, sub(load(word(4u) + at), byShift));
    store(word(7u) + at, mul(rest, factor));
  }
}

// Words: average, value, elements, rate, factor.
@compute @workgroup_size(64)
fn moveAverage(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(2u)) { return; }
  let a = load(word(0u) + i);
  let v = mul(number(4u), load(word(1u) + i));
  store(word(0u) + i, madd(number(3u), sub(v, a), a));
}
`;
