/** Operations on whole rows and columns. */
export const ROWS = /* wgsl */ `
// Words: source, indices, output, elements, elements a row.
@compute @workgroup_size(64)
fn gather(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(3u)) { return; }
  let width = word(4u);
  heap[word(2u) + i] = heap[word(0u) + heap[word(1u) + i / width] * width + i % width];
}

// Words: from, to, elements.
@compute @workgroup_size(64)
fn copy(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i < word(2u)) { heap[word(1u) + i] = heap[word(0u) + i]; }
}

// Words: input, output, rows, columns.
@compute @workgroup_size(64)
fn argmax(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  if (i >= word(2u)) { return; }
  let k = word(3u);
  let row = word(0u) + i * k;
  var best = 0u;
  for (var j = 1u; j < k; j++) {
    if (greater(load(row + j), load(row + best))) { best = j; }
  }
  heap[word(1u) + i] = best;
}

// Words: input, output, rows, columns.
@compute @workgroup_size(64)
fn columnSums(@builtin(global_invocation_id) id: vec3<u32>) {
  let j = element(id);
  let k = word(3u);
  if (j >= k) { return; }
  var sum = pin(0.0);
  for (var i = 0u; i < word(2u); i++) { sum = add(sum, load(word(0u) + i * k + j)); }
  store(word(1u) + j, sum);
}
`;
