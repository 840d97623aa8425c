/**
 * Patches and pooling, window by window.
 *
 * @module
 */
import type { Places } from "../layer_operands.ts";

const { fround } = Math;

/** Calls with each place's number and its elements: their place in the window, −1 beyond the image. */
function eachPlace(
  { images, height, width, channels, along, size, stride, padding }: Places,
  visit: (place: number, elements: Int32Array) => void,
): void {
  const elements = new Int32Array(size[0] * size[1]);
  let place = 0;
  for (let image = 0; image < images; image++) {
    for (let y = 0; y < along[0]; y++) {
      for (let x = 0; x < along[1]; x++) {
        let at = 0;
        for (let v = 0; v < size[0]; v++) {
          for (let u = 0; u < size[1]; u++) {
            const row = y * stride[0] - padding[0] + v;
            const column = x * stride[1] - padding[1] + u;
            const inside = row >= 0 && row < height && column >= 0 && column < width;
            elements[at++] = inside ? ((image * height + row) * width + column) * channels : -1;
          }
        }
        visit(place++, elements);
      }
    }
  }
}

/** Rows of what a window sees at each place. */
export function patches(input: Float32Array, output: Float32Array, places: Places): void {
  const { channels } = places;
  eachPlace(places, (place, elements) => {
    const row = place * elements.length * channels;
    elements.forEach((element, at) => {
      for (let c = 0; c < channels; c++) {
        output[row + at * channels + c] = element < 0 ? 0 : input[element + c];
      }
    });
  });
}

/** Sum of the patches' gradients over the places that cover each element. */
export function patchesGradient(g: Float32Array, dx: Float32Array, places: Places): void {
  const { channels } = places;
  dx.fill(0);
  eachPlace(places, (place, elements) => {
    const row = place * elements.length * channels;
    elements.forEach((element, at) => {
      if (element < 0) return;
      for (let c = 0; c < channels; c++) dx[element + c] += g[row + at * channels + c];
    });
  });
}

/** Which element of a window is the greatest, the first among equals. */
function greatest(input: Float32Array, elements: Int32Array, c: number): number {
  let best = -1;
  for (const element of elements) {
    if (element >= 0 && (best < 0 || input[element + c] > input[best])) best = element + c;
  }
  return best;
}

/** The greatest element under each window. */
export function maxPool(input: Float32Array, output: Float32Array, places: Places): void {
  const { channels } = places;
  eachPlace(places, (place, elements) => {
    for (let c = 0; c < channels; c++) {
      output[place * channels + c] = input[greatest(input, elements, c)];
    }
  });
}

/** Each window's gradient to the element that was taken. */
export function maxPoolGradient(
  input: Float32Array,
  g: Float32Array,
  dx: Float32Array,
  places: Places,
): void {
  const { channels } = places;
  dx.fill(0);
  eachPlace(places, (place, elements) => {
    for (let c = 0; c < channels; c++) {
      dx[greatest(input, elements, c)] += g[place * channels + c];
    }
  });
}

/** The mean under each window. */
export function averagePool(input: Float32Array, output: Float32Array, places: Places): void {
  const { channels } = places;
  eachPlace(places, (place, elements) => {
    for (let c = 0; c < channels; c++) {
      let sum = 0;
      for (const element of elements) {
        if (element >= 0) sum = fround(sum + input[element + c]);
      }
      output[place * channels + c] = sum / elements.length;
    }
  });
}

/** Each window's gradient to all of its elements in equal parts. */
export function averagePoolGradient(g: Float32Array, dx: Float32Array, places: Places): void {
  const { channels } = places;
  dx.fill(0);
  eachPlace(places, (place, elements) => {
    for (let c = 0; c < channels; c++) {
      const part = fround(g[place * channels + c] / elements.length);
      for (const element of elements) if (element >= 0) dx[element + c] += part;
    }
  });
}
