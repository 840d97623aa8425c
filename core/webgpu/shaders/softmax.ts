/** Exponentials that a workgroup holds at a time. */
const CHUNK = 1024;

/**
 * A workgroup has a row. Its invocations compute the exponentials side by side; the first adds them,
 * one after the other.
 */
export const SOFTMAX = /* wgsl */ `
var<workgroup> exponentials: array<f32, ${CHUNK}>;
var<workgroup> top: f32;
var<workgroup> total: f32;

/** The greatest of a row and the sum of its exponentials, for all invocations. */
fn measure(z: u32, k: u32, local: u32) {
  if (local == 0u) {
    var m = load(z);
    for (var j = 1u; j < k; j++) {
      if (greater(load(z + j), m)) { m = load(z + j); }
    }
    top = m;
    total = pin(0.0);
  }
  workgroupBarrier();
  for (var first = 0u; first < k; first += ${CHUNK}u) {
    let count = min(${CHUNK}u, k - first);
    for (var j = local; j < count; j += 64u) {
      exponentials[j] = exp32(sub(load(z + first + j), top));
    }
    workgroupBarrier();
    if (local == 0u) {
      var sum = total;
      for (var j = 0u; j < count; j++) { sum = add(sum, exponentials[j]); }
      total = sum;
    }
    workgroupBarrier();
  }
}

// Words: logits, probabilities, rows, columns.
@compute @workgroup_size(64)
fn softmax(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_id) local: vec3<u32>) {
  let i = groupIndex(group);
  let k = word(3u);
  if (i >= word(2u)) { return; }
  let z = word(0u) + i * k;
  measure(z, k, local.x);
  for (var j = local.x; j < k; j += 64u) {
    store(word(1u) + i * k + j, divide(exp32(sub(load(z + j), top)), total));
  }
}

// Words: logits, labels, losses or NONE, gradient or NONE, rows, columns, 1/n.
@compute @workgroup_size(64)
fn softmaxCrossEntropy(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
) {
  let i = groupIndex(group);
  let k = word(5u);
  if (i >= word(4u)) { return; }
  let z = word(0u) + i * k;
  let label = heap[word(1u) + i];
  measure(z, k, local.x);
  if (local.x == 0u && word(2u) != NONE) {
    store(word(2u) + i, sub(log32(total), sub(load(z + label), top)));
  }
  storageBarrier();
  workgroupBarrier();
  if (word(3u) == NONE) { return; }
  for (var j = local.x; j < k; j += 64u) {
    let p = divide(exp32(sub(load(z + j), top)), total);
    let g = select(p, sub(p, 1.0), j == label);
    store(word(3u) + i * k + j, mul(g, number(6u)));
  }
}

// Words: logits, labels, others or NONE, class weights or NONE, losses or NONE, gradient or NONE, rows,
// columns, 1/n, uniform share, certain share, share, rest.
@compute @workgroup_size(64)
fn softTargetCrossEntropy(
  @builtin(workgroup_id) group: vec3<u32>,
  @builtin(local_invocation_id) local: vec3<u32>,
) {
  let i = groupIndex(group);
  let k = word(7u);
  if (i >= word(6u)) { return; }
  let z = word(0u) + i * k;
  let label = heap[word(1u) + i];
  let mixed = word(2u) != NONE;
  var other = label;
  var a = pin(1.0);
  var b = pin(0.0);
  if (word(3u) != NONE) { a = load(word(3u) + label); }
  if (mixed) {
    other = heap[word(2u) + i];
    b = pin(1.0);
    if (word(3u) != NONE) { b = load(word(3u) + other); }
    a = mul(number(11u), a);
    b = mul(number(12u), b);
  }
  let whole = add(a, b);
  let base = mul(whole, number(9u));
  let ownTarget = mul(number(10u), a);
  let otherTarget = mul(number(10u), b);
  measure(z, k, local.x);
  if (local.x == 0u && word(4u) != NONE) {
    var s = pin(0.0);
    if (magnitude(number(9u)) != 0u) {
      for (var j = 0u; j < k; j++) { s = madd(base, sub(load(z + j), top), s); }
    }
    s = madd(ownTarget, sub(load(z + label), top), s);
    if (mixed) { s = madd(otherTarget, sub(load(z + other), top), s); }
    store(word(4u) + i, madd(whole, log32(total), minus(s)));
  }
  storageBarrier();
  workgroupBarrier();
  if (word(5u) == NONE) { return; }
  for (var j = local.x; j < k; j += 64u) {
    let p = divide(exp32(sub(load(z + j), top)), total);
    var u = madd(whole, p, minus(base));
    if (j == label) { u = sub(u, ownTarget); }
    if (mixed && j == other) { u = sub(u, otherTarget); }
    store(word(5u) + i * k + j, mul(u, number(8u)));
  }
}
`;
