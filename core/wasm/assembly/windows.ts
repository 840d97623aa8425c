import { partFrom, partTo } from "./threads";

/**
 * Patches and pooling over images [n, h, w, c], as the contract has them. Of the sizes, h and w are
 * the image's, oh and ow how many windows lie along it, kh and kw the window's, sh and sw its stride,
 * ph and pw its padding. Forward, each thread has rows of windows; backward, images.
 */

/** What a window sees at each of its places: line by line of the windows, along a row of places. */
export function patches(
  x: usize, output: usize,
  n: i32, h: i32, w: i32, c: i32, oh: i32, ow: i32,
  kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32,
): void {
  const pixel = <usize>c << 2, line = <usize>kw * pixel, patch = <usize>kh * line;
  // Places from `first` on and before `last` lie within the image's width.
  const last = w + pw < kw ? 0 : min(ow, (w + pw - kw) / sw + 1);
  const first = min(last, (pw + sw - 1) / sw);
  const rows = partTo(n * oh, 1);
  for (let row = partFrom(n * oh, 1); row < rows; row++) {
    const top = row % oh * sh - ph;
    const image = x + <usize>(row / oh * h * w) * pixel;
    for (let v = 0; v < kh; v++) {
      let to = output + <usize>row * <usize>ow * patch + <usize>v * line;
      const y = top + v;
      if (y < 0 || y >= h) {
        for (let place = 0; place < ow; place++) {
          clear(to, kw * c);
          to += patch;
        }
        continue;
      }
      const from = image + <usize>(y * w) * pixel;
      for (let place = 0; place < first; place++) {
        edge(from, to, place * sw - pw, w, c, kw);
        to += patch;
      }
      let inner = from + <usize>(first * sw - pw) * pixel;
      const count = kw * c, stride = <usize>sw * pixel;
      if (count >= 4 && count <= 8) {
        const second = <usize>(count - 4) << 2;
        for (let place = first; place < last; place++) {
          v128.store(to, v128.load(inner));
          v128.store(to + second, v128.load(inner + second));
          inner += stride;
          to += patch;
        }
      } else {
        for (let place = first; place < last; place++) {
          copy(inner, to, count);
          inner += stride;
          to += patch;
        }
      }
      for (let place = last; place < ow; place++) {
        edge(from, to, place * sw - pw, w, c, kw);
        to += patch;
      }
    }
  }
}

/** A line of a window that begins at column `left` of a line of the image, zeros beyond it. */
function edge(from: usize, to: usize, left: i32, w: i32, c: i32, kw: i32): void {
  clear(to, kw * c);
  const before = max(0, -left), inside = min(kw, w - left) - before;
  if (inside <= 0) return;
  copy(from + (<usize>((left + before) * c) << 2), to + (<usize>(before * c) << 2), inside * c);
}

/** Copies so many floats; the last vector may overlap the one before. */
// @ts-ignore: decorator
@inline
function copy(from: usize, to: usize, count: i32): void {
  if (count >= 4) {
    const last = <usize>(count - 4) << 2;
    for (let at: usize = 0; at < last; at += 16) v128.store(to + at, v128.load(from + at));
    v128.store(to + last, v128.load(from + last));
    return;
  }
  if (count >= 2) store<i64>(to, load<i64>(from));
  if (count == 1) store<i32>(to, load<i32>(from));
  else if (count == 3) store<i32>(to, load<i32>(from, 8), 8);
}

/** Sets so many floats to +0, as {@linkcode copy} does. */
// @ts-ignore: decorator
@inline
function clear(to: usize, count: i32): void {
  if (count >= 4) {
    const last = <usize>(count - 4) << 2;
    for (let at: usize = 0; at < last; at += 16) v128.store(to + at, i32x4.splat(0));
    v128.store(to + last, i32x4.splat(0));
    return;
  }
  if (count >= 2) store<i64>(to, 0);
  if (count == 1) store<i32>(to, 0);
  else if (count == 3) store<i32>(to, 0, 8);
}

/** Sum of the patches' gradients over the places that cover each element. */
export function patchesGradient(
  g: usize, dx: usize,
  n: i32, h: i32, w: i32, c: i32, oh: i32, ow: i32,
  kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32,
): void {
  const images = partTo(n, 1);
  const size = <usize>(h * w * c) << 2, line = <usize>(kw * c) << 2;
  for (let image = partFrom(n, 1); image < images; image++) {
    const base = dx + <usize>image * size;
    memory.fill(base, 0, size);
    let from = g + <usize>image * <usize>(oh * ow * kh) * line;
    for (let top = -ph; top < oh * sh - ph; top += sh) {
      for (let left = -pw; left < ow * sw - pw; left += sw) {
        const before = max(0, -left), inside = max(0, min(kw, w - left) - before);
        for (let v = 0; v < kh; v++) {
          const y = top + v;
          if (y >= 0 && y < h && inside > 0) {
            const to = base + (<usize>((y * w + left + before) * c) << 2);
            add(from + (<usize>(before * c) << 2), to, inside * c);
          }
          from += line;
        }
      }
    }
  }
}

/** Adds so many floats. */
// @ts-ignore: decorator
@inline
function add(from: usize, to: usize, count: i32): void {
  for (; count >= 4; count -= 4) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    from += 16;
    to += 16;
  }
  for (; count > 0; count--) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    from += 4;
    to += 4;
  }
}

// Pooling goes through the channels four at a time; where their number is no multiple of four, the
// last four are some that were there before and the rest. Images of fewer channels go one by one. A
// window is the elements from (y0, x0) to before (y1, x1) of an image; a corner is its first.

/** The greatest element under each window. */
export function maxPool(
  x: usize, output: usize,
  n: i32, h: i32, w: i32, c: i32, oh: i32, ow: i32,
  kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32,
): void {
  const pixel = <usize>c << 2, line = <usize>w * pixel;
  const rows = partTo(n * oh, 1);
  let to = output + <usize>(partFrom(n * oh, 1) * ow) * pixel;
  for (let row = partFrom(n * oh, 1); row < rows; row++) {
    const top = row % oh * sh - ph, y0 = max(0, top), y1 = min(h, top + kh);
    const from = x + <usize>(row / oh * h + y0) * line;
    for (let place = 0; place < ow; place++) {
      const left = place * sw - pw, x0 = max(0, left), x1 = min(w, left + kw);
      const corner = from + <usize>x0 * pixel;
      if (c < 4) {
        for (let at: usize = 0; at < pixel; at += 4) {
          const best = greatest<One>(corner + at, y1 - y0, x1 - x0, line, pixel);
          v128.store_lane<f32>(to + at, best, 0);
        }
      } else {
        for (let channel = 0; channel < c; channel += 4) {
          const at = <usize>min(channel, c - 4) << 2;
          v128.store(to + at, greatest<Four>(corner + at, y1 - y0, x1 - x0, line, pixel));
        }
      }
      to += pixel;
    }
  }
}

// How many channels a vector holds, as types.
class One {}
class Four {}

// @ts-ignore: decorator
@inline
function loadChannels<N>(from: usize): v128 {
  return idof<N>() == idof<One>() ? v128.load32_zero(from) : v128.load(from);
}

/** The greatest of a window's elements, from the first, replaced by each later one that is greater. */
// @ts-ignore: decorator
@inline
function greatest<N>(corner: usize, height: i32, width: i32, line: usize, pixel: usize): v128 {
  let best = loadChannels<N>(corner);
  for (let y = 0; y < height; y++) {
    let at = corner;
    for (let x = 0; x < width; x++) {
      best = f32x4.pmax(best, loadChannels<N>(at));
      at += pixel;
    }
    corner += line;
  }
  return best;
}

/** Each window's gradient to the element that was taken. */
export function maxPoolGradient(
  x: usize, g: usize, dx: usize,
  n: i32, h: i32, w: i32, c: i32, oh: i32, ow: i32,
  kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32,
): void {
  const pixel = <usize>c << 2, line = <usize>w * pixel, size = <usize>h * line;
  // From an element to its gradient.
  const across = dx - x;
  const images = partTo(n, 1);
  for (let image = partFrom(n, 1); image < images; image++) {
    const base = x + <usize>image * size;
    memory.fill(base + across, 0, size);
    let from = g + <usize>(image * oh * ow) * pixel;
    for (let top = -ph; top < oh * sh - ph; top += sh) {
      const y0 = max(0, top), y1 = min(h, top + kh);
      for (let left = -pw; left < ow * sw - pw; left += sw) {
        const x0 = max(0, left), x1 = min(w, left + kw);
        const corner = base + <usize>y0 * line + <usize>x0 * pixel;
        if (c < 4) {
          for (let at: usize = 0; at < pixel; at += 4) {
            const gradient = v128.load32_zero(from + at);
            addToTaken<One>(corner + at, across, gradient, y1 - y0, x1 - x0, line, pixel);
          }
        } else {
          for (let channel = 0; channel < c; channel += 4) {
            const at = <usize>min(channel, c - 4) << 2;
            const gradient = lastLanes(v128.load(from + at), c - channel);
            addToTaken<Four>(corner + at, across, gradient, y1 - y0, x1 - x0, line, pixel);
          }
        }
        from += pixel;
      }
    }
  }
}

/**
 * Adds gradients to the elements of a window that were taken: each is the first with the bits of the
 * greatest. To the others +0 is added, which changes nothing: no sum that begins with +0 is −0.
 */
// @ts-ignore: decorator
@inline
function addToTaken<N>(
  corner: usize, across: usize, gradient: v128, height: i32, width: i32, line: usize, pixel: usize,
): void {
  const best = greatest<N>(corner, height, width, line, pixel);
  for (let y = 0; y < height; y++) {
    let at = corner;
    for (let x = 0; x < width; x++) {
      const taken = i32x4.eq(loadChannels<N>(at), best);
      addChannels<N>(at + across, v128.and(gradient, taken));
      gradient = v128.andnot(gradient, taken);
      at += pixel;
    }
    corner += line;
  }
}

// @ts-ignore: decorator
@inline
function addChannels<N>(to: usize, value: v128): void {
  const sum = f32x4.add(loadChannels<N>(to), value);
  if (idof<N>() == idof<One>()) v128.store_lane<f32>(to, sum, 0);
  else v128.store(to, sum);
}

/** Only the last so many lanes, +0 in the others. */
// @ts-ignore: decorator
@inline
function lastLanes(value: v128, count: i32): v128 {
  if (count >= 4) return value;
  return v128.and(value, i32x4.ge_s(i32x4(0, 1, 2, 3), i32x4.splat(4 - count)));
}

/** The mean under each window. */
export function averagePool(
  x: usize, output: usize,
  n: i32, h: i32, w: i32, c: i32, oh: i32, ow: i32,
  kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32,
): void {
  const pixel = <usize>c << 2, line = <usize>w * pixel;
  const count = f32x4.splat(<f32>(kh * kw));
  const rows = partTo(n * oh, 1);
  let to = output + <usize>(partFrom(n * oh, 1) * ow) * pixel;
  for (let row = partFrom(n * oh, 1); row < rows; row++) {
    const top = row % oh * sh - ph, y0 = max(0, top), y1 = min(h, top + kh);
    const from = x + <usize>(row / oh * h + y0) * line;
    for (let place = 0; place < ow; place++) {
      const left = place * sw - pw, x0 = max(0, left), x1 = min(w, left + kw);
      const corner = from + <usize>x0 * pixel;
      if (c < 4) {
        for (let at: usize = 0; at < pixel; at += 4) {
          const total = sum<One>(corner + at, y1 - y0, x1 - x0, line, pixel);
          v128.store_lane<f32>(to + at, f32x4.div(total, count), 0);
        }
      } else {
        for (let channel = 0; channel < c; channel += 4) {
          const at = <usize>min(channel, c - 4) << 2;
          const total = sum<Four>(corner + at, y1 - y0, x1 - x0, line, pixel);
          v128.store(to + at, f32x4.div(total, count));
        }
      }
      to += pixel;
    }
  }
}

/** The sum of a window's elements. */
// @ts-ignore: decorator
@inline
function sum<N>(corner: usize, height: i32, width: i32, line: usize, pixel: usize): v128 {
  let sum = f32x4.splat(0);
  for (let y = 0; y < height; y++) {
    let at = corner;
    for (let x = 0; x < width; x++) {
      sum = f32x4.add(sum, loadChannels<N>(at));
      at += pixel;
    }
    corner += line;
  }
  return sum;
}

/** Each window's gradient to all of its elements in equal parts. */
export function averagePoolGradient(
  g: usize, dx: usize,
  n: i32, h: i32, w: i32, c: i32, oh: i32, ow: i32,
  kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32,
): void {
  const pixel = <usize>c << 2, line = <usize>w * pixel, size = <usize>h * line;
  const count = f32x4.splat(<f32>(kh * kw));
  const images = partTo(n, 1);
  for (let image = partFrom(n, 1); image < images; image++) {
    const base = dx + <usize>image * size;
    memory.fill(base, 0, size);
    let from = g + <usize>(image * oh * ow) * pixel;
    for (let top = -ph; top < oh * sh - ph; top += sh) {
      const y0 = max(0, top), y1 = min(h, top + kh);
      for (let left = -pw; left < ow * sw - pw; left += sw) {
        const x0 = max(0, left), x1 = min(w, left + kw);
        const corner = base + <usize>y0 * line + <usize>x0 * pixel;
        if (c < 4) {
          for (let at: usize = 0; at < pixel; at += 4) {
            const part = f32x4.div(v128.load32_zero(from + at), count);
            addToAll<One>(corner + at, part, y1 - y0, x1 - x0, line, pixel);
          }
        } else {
          for (let channel = 0; channel < c; channel += 4) {
            const at = <usize>min(channel, c - 4) << 2;
            const part = lastLanes(f32x4.div(v128.load(from + at), count), c - channel);
            addToAll<Four>(corner + at, part, y1 - y0, x1 - x0, line, pixel);
          }
        }
        from += pixel;
      }
    }
  }
}

/** Adds to all elements of a window. */
// @ts-ignore: decorator
@inline
function addToAll<N>(
  corner: usize, part: v128, height: i32, width: i32, line: usize, pixel: usize,
): void {
  for (let y = 0; y < height; y++) {
    let at = corner;
    for (let x = 0; x < width; x++) {
      addChannels<N>(at, part);
      at += pixel;
    }
    corner += line;
  }
}
