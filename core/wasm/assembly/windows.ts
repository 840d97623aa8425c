import { loadPart, storePart } from "./part";
import { partFrom, partTo } from "./threads";

/**
 * Patches and pooling over images [n, h, w, c], as the contract has them. Of the sizes, h and w are
 * the image's, oh and ow how many windows lie along it, kh and kw the window's, sh and sw its stride,
 * ph and pw its padding. Forward, each thread has rows of windows; backward, images.
 */

/** What a window sees at each of its places. */
export function patches(
  x: usize, output: usize,
  n: i32, h: i32, w: i32, c: i32, oh: i32, ow: i32,
  kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32,
): void {
  const rows = partTo(n * oh, 1);
  const line = <usize>(kw * c) << 2;
  for (let row = partFrom(n * oh, 1); row < rows; row++) {
    const top = row % oh * sh - ph;
    let to = output + <usize>row * <usize>ow * <usize>kh * line;
    for (let place = 0; place < ow; place++) {
      const left = place * sw - pw;
      const before = max(0, -left), inside = max(0, min(kw, w - left) - before);
      for (let v = 0; v < kh; v++) {
        const y = top + v;
        if (y < 0 || y >= h || inside <= 0) memory.fill(to, 0, line);
        else {
          const from = x + (<usize>((row / oh * h + y) * w + left + before) * <usize>c << 2);
          const head = <usize>(before * c) << 2, body = <usize>(inside * c) << 2;
          if (head > 0) memory.fill(to, 0, head);
          copy(from, to + head, inside * c);
          if (head + body < line) memory.fill(to + head + body, 0, line - head - body);
        }
        to += line;
      }
    }
  }
}

/** Copies so many floats. */
// @ts-ignore: decorator
@inline
function copy(from: usize, to: usize, count: i32): void {
  for (; count >= 4; count -= 4) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
  }
  for (; count > 0; count--) {
    store<f32>(to, load<f32>(from));
    from += 4;
    to += 4;
  }
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

/** The greatest element under each window. */
export function maxPool(
  x: usize, output: usize,
  n: i32, h: i32, w: i32, c: i32, oh: i32, ow: i32,
  kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32,
): void {
  const rows = partTo(n * oh, 1);
  for (let row = partFrom(n * oh, 1); row < rows; row++) {
    const top = row % oh * sh - ph;
    const y0 = max(0, top), y1 = min(h, top + kh);
    const image = x + (<usize>(row / oh * h * w * c) << 2);
    for (let place = 0; place < ow; place++) {
      const left = place * sw - pw;
      const x0 = max(0, left), x1 = min(w, left + kw);
      const to = output + (<usize>((row * ow + place) * c) << 2);
      for (let channel = 0; channel < c; channel += 4) {
        const some = c - channel;
        let best = loadPart(image + (<usize>((y0 * w + x0) * c + channel) << 2), some);
        for (let y = y0; y < y1; y++) {
          for (let column = x0; column < x1; column++) {
            const value = loadPart(image + (<usize>((y * w + column) * c + channel) << 2), some);
            best = v128.bitselect(value, best, f32x4.gt(value, best));
          }
        }
        storePart(to + (<usize>channel << 2), best, some);
      }
    }
  }
}

/** Each window's gradient to the element that was taken. */
export function maxPoolGradient(
  x: usize, g: usize, dx: usize,
  n: i32, h: i32, w: i32, c: i32, oh: i32, ow: i32,
  kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32,
): void {
  const images = partTo(n, 1);
  const size = <usize>(h * w * c) << 2;
  for (let image = partFrom(n, 1); image < images; image++) {
    const base = x + <usize>image * size, gradients = dx + <usize>image * size;
    memory.fill(gradients, 0, size);
    let from = g + (<usize>(image * oh * ow * c) << 2);
    for (let top = -ph; top < oh * sh - ph; top += sh) {
      const y0 = max(0, top), y1 = min(h, top + kh);
      for (let left = -pw; left < ow * sw - pw; left += sw) {
        const x0 = max(0, left), x1 = min(w, left + kw);
        for (let channel = 0; channel < c; channel++) {
          let winner = <usize>((y0 * w + x0) * c + channel) << 2;
          let best = load<f32>(base + winner);
          for (let y = y0; y < y1; y++) {
            for (let column = x0; column < x1; column++) {
              const at = <usize>((y * w + column) * c + channel) << 2;
              const value = load<f32>(base + at);
              if (value > best) {
                best = value;
                winner = at;
              }
            }
          }
          store<f32>(gradients + winner, load<f32>(gradients + winner) + load<f32>(from));
          from += 4;
        }
      }
    }
  }
}

/** The mean under each window. */
export function averagePool(
  x: usize, output: usize,
  n: i32, h: i32, w: i32, c: i32, oh: i32, ow: i32,
  kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32,
): void {
  const count = f32x4.splat(<f32>(kh * kw));
  const rows = partTo(n * oh, 1);
  for (let row = partFrom(n * oh, 1); row < rows; row++) {
    const top = row % oh * sh - ph;
    const y0 = max(0, top), y1 = min(h, top + kh);
    const image = x + (<usize>(row / oh * h * w * c) << 2);
    for (let place = 0; place < ow; place++) {
      const left = place * sw - pw;
      const x0 = max(0, left), x1 = min(w, left + kw);
      const to = output + (<usize>((row * ow + place) * c) << 2);
      for (let channel = 0; channel < c; channel += 4) {
        const some = c - channel;
        let sum = f32x4.splat(0);
        for (let y = y0; y < y1; y++) {
          for (let column = x0; column < x1; column++) {
            const from = image + (<usize>((y * w + column) * c + channel) << 2);
            sum = f32x4.add(sum, loadPart(from, some));
          }
        }
        storePart(to + (<usize>channel << 2), f32x4.div(sum, count), some);
      }
    }
  }
}

/** Each window's gradient to all of its elements in equal parts. */
export function averagePoolGradient(
  g: usize, dx: usize,
  n: i32, h: i32, w: i32, c: i32, oh: i32, ow: i32,
  kh: i32, kw: i32, sh: i32, sw: i32, ph: i32, pw: i32,
): void {
  const count = f32x4.splat(<f32>(kh * kw));
  const images = partTo(n, 1);
  const size = <usize>(h * w * c) << 2;
  for (let image = partFrom(n, 1); image < images; image++) {
    const gradients = dx + <usize>image * size;
    memory.fill(gradients, 0, size);
    let from = g + (<usize>(image * oh * ow * c) << 2);
    for (let top = -ph; top < oh * sh - ph; top += sh) {
      const y0 = max(0, top), y1 = min(h, top + kh);
      for (let left = -pw; left < ow * sw - pw; left += sw) {
        const x0 = max(0, left), x1 = min(w, left + kw);
        for (let channel = 0; channel < c; channel += 4) {
          const some = c - channel;
          const part = f32x4.div(loadPart(from + (<usize>channel << 2), some), count);
          for (let y = y0; y < y1; y++) {
            for (let column = x0; column < x1; column++) {
              const to = gradients + (<usize>((y * w + column) * c + channel) << 2);
              storePart(to, f32x4.add(loadPart(to, some), part), some);
            }
          }
        }
        from += <usize>c << 2;
      }
    }
  }
}
