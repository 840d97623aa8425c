/**
 * Patches and pooling: an invocation an element of what is written. Backward, it visits the windows
 * that cover its element, by ascending place.
 */
export const WINDOWS = /* wgsl */ `
/** Sizes of the images, of the places along them and of the window, from a word on. */
struct Places {
  n: u32, h: u32, w: u32, c: u32, oh: u32, ow: u32,
  kh: u32, kw: u32, sh: u32, sw: u32, ph: u32, pw: u32,
}
fn places(i: u32) -> Places {
  return Places(
    word(i), word(i + 1u), word(i + 2u), word(i + 3u), word(i + 4u), word(i + 5u),
    word(i + 6u), word(i + 7u), word(i + 8u), word(i + 9u), word(i + 10u), word(i + 11u),
  );
}

/** The first place whose window may cover a line of an image, and the one after the last. */
fn covering(line: u32, size: u32, stride: u32, padding: u32, along: u32) -> vec2<u32> {
  let end = line + padding;
  var first = 0u;
  if (end + 1u > size) { first = (end + 1u - size + stride - 1u) / stride; }
  return vec2<u32>(first, min(along, end / stride + 1u));
}

// Words: input, output, places.
@compute @workgroup_size(64)
fn patches(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  let q = places(2u);
  let width = q.kh * q.kw * q.c;
  if (i >= q.n * q.oh * q.ow * width) { return; }
  let place = i / width;
  let channel = i % q.c;
  let u = i % width / q.c % q.kw;
  let v = i % width / (q.c * q.kw);
  let y = i32(place / q.ow % q.oh * q.sh + v) - i32(q.ph);
  let x = i32(place % q.ow * q.sw + u) - i32(q.pw);
  var value = 0u;
  if (y >= 0 && y < i32(q.h) && x >= 0 && x < i32(q.w)) {
    let image = place / (q.oh * q.ow);
    value = heap[word(0u) + ((image * q.h + u32(y)) * q.w + u32(x)) * q.c + channel];
  }
  heap[word(1u) + i] = value;
}

// Words: output's gradient, input's gradient, places.
@compute @workgroup_size(64)
fn patchesGradient(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  let q = places(2u);
  if (i >= q.n * q.h * q.w * q.c) { return; }
  let channel = i % q.c;
  let x = i / q.c % q.w;
  let y = i / (q.c * q.w) % q.h;
  let image = i / (q.c * q.w * q.h);
  let rows = covering(y, q.kh, q.sh, q.ph, q.oh);
  let columns = covering(x, q.kw, q.sw, q.pw, q.ow);
  var sum = pin(0.0);
  for (var row = rows.x; row < rows.y; row++) {
    for (var column = columns.x; column < columns.y; column++) {
      let v = y + q.ph - row * q.sh;
      let u = x + q.pw - column * q.sw;
      let place = (image * q.oh + row) * q.ow + column;
      sum = add(sum, load(word(0u) + ((place * q.kh + v) * q.kw + u) * q.c + channel));
    }
  }
  store(word(1u) + i, sum);
}

/** The lines of an image under a window: the first, and the one after the last. */
fn under(place: u32, size: u32, stride: u32, padding: u32, lines: u32) -> vec2<u32> {
  let start = i32(place * stride) - i32(padding);
  return vec2<u32>(u32(max(start, 0)), u32(min(start + i32(size), i32(lines))));
}

/** Where the greatest element of an image under a window is. */
fn winner(input: u32, q: Places, image: u32, row: u32, column: u32, channel: u32) -> u32 {
  let ys = under(row, q.kh, q.sh, q.ph, q.h);
  let xs = under(column, q.kw, q.sw, q.pw, q.w);
  var best = ((image * q.h + ys.x) * q.w + xs.x) * q.c + channel;
  for (var y = ys.x; y < ys.y; y++) {
    for (var x = xs.x; x < xs.y; x++) {
      let at = ((image * q.h + y) * q.w + x) * q.c + channel;
      if (greater(load(input + at), load(input + best))) { best = at; }
    }
  }
  return best;
}

// Words: input, output, places.
@compute @workgroup_size(64)
fn maxPool(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  let q = places(2u);
  if (i >= q.n * q.oh * q.ow * q.c) { return; }
  let place = i / q.c;
  let best = winner(
    word(0u), q, place / (q.oh * q.ow), place / q.ow % q.oh, place % q.ow, i % q.c,
  );
  heap[word(1u) + i] = heap[word(0u) + best];
}

// Words: input, output's gradient, input's gradient, places.
@compute @workgroup_size(64)
fn maxPoolGradient(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  let q = places(3u);
  if (i >= q.n * q.h * q.w * q.c) { return; }
  let channel = i % q.c;
  let image = i / (q.c * q.w * q.h);
  let rows = covering(i / (q.c * q.w) % q.h, q.kh, q.sh, q.ph, q.oh);
  let columns = covering(i / q.c % q.w, q.kw, q.sw, q.pw, q.ow);
  var sum = pin(0.0);
  for (var row = rows.x; row < rows.y; row++) {
    for (var column = columns.x; column < columns.y; column++) {
      if (winner(word(0u), q, image, row, column, channel) == i) {
        sum = add(sum, load(word(1u) + ((image * q.oh + row) * q.ow + column) * q.c + channel));
      }
    }
  }
  store(word(2u) + i, sum);
}

// Words: input, output, places, elements of a window as a number.
@compute @workgroup_size(64)
fn averagePool(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  let q = places(2u);
  if (i >= q.n * q.oh * q.ow * q.c) { return; }
  let place = i / q.c;
  let image = place / (q.oh * q.ow);
  let ys = under(place / q.ow % q.oh, q.kh, q.sh, q.ph, q.h);
  let xs = under(place % q.ow, q.kw, q.sw, q.pw, q.w);
  var sum = pin(0.0);
  for (var y = ys.x; y < ys.y; y++) {
    for (var x = xs.x; x < xs.y; x++) {
      sum = add(sum, load(word(0u) + ((image * q.h + y) * q.w + x) * q.c + i % q.c));
    }
  }
  store(word(1u) + i, divide(sum, number(14u)));
}

// Words: output's gradient, input's gradient, places, elements of a window as a number.
@compute @workgroup_size(64)
fn averagePoolGradient(@builtin(global_invocation_id) id: vec3<u32>) {
  let i = element(id);
  let q = places(2u);
  if (i >= q.n * q.h * q.w * q.c) { return; }
  let image = i / (q.c * q.w * q.h);
  let rows = covering(i / (q.c * q.w) % q.h, q.kh, q.sh, q.ph, q.oh);
  let columns = covering(i / q.c % q.w, q.kw, q.sw, q.pw, q.ow);
  var sum = pin(0.0);
  for (var row = rows.x; row < rows.y; row++) {
    for (var column = columns.x; column < columns.y; column++) {
      let g = load(word(0u) + ((image * q.oh + row) * q.ow + column) * q.c + i % q.c);
      sum = add(sum, divide(g, number(14u)));
    }
  }
  store(word(1u) + i, sum);
}
`;
