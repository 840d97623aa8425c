/**
 * Patches and pooling.
 *
 * @module
 */
import * as tf from "@tensorflow/tfjs-core";
import type { Places } from "../layer_operands.ts";

type Pair = [number, number];

/** A window's geometry as convolutions and pooling take it. */
function geometry({ size, stride, padding: [rows, columns] }: Places) {
  const around: Pair[] = [[0, 0], [rows, rows], [columns, columns], [0, 0]];
  const pad = around as Parameters<typeof tf.conv2d>[3];
  return { size: [...size] as Pair, strides: [...stride] as Pair, around, pad };
}

/** Filters that each take one element of a window: `[kh, kw, c, kh·kw·c]`. */
function takingEach({ size, channels }: Places): tf.Tensor4D {
  const elements = size[0] * size[1] * channels;
  return tf.reshape(tf.eye(elements), [...size, channels, elements]);
}

/** What a window sees at each place: a convolution by filters that each take one element. */
export function patches(x: tf.Tensor4D, places: Places): tf.Tensor {
  const { strides, pad } = geometry(places);
  return tf.conv2d(x, takingEach(places), strides, pad);
}

/** The gradient of that convolution by its input. */
export function patchesGradient(g: tf.Tensor, places: Places): tf.Tensor {
  const { strides, pad } = geometry(places);
  const { images, height, width, channels, along, size } = places;
  const dy: tf.Tensor4D = tf.reshape(g, [images, ...along, size[0] * size[1] * channels]);
  const shape: [number, number, number, number] = [images, height, width, channels];
  return tf.conv2dTranspose(dy, takingEach(places), shape, strides, pad);
}

/** The greatest element under each window. */
export function maxPool(x: tf.Tensor4D, places: Places): tf.Tensor {
  const { size, strides, pad } = geometry(places);
  return tf.maxPool(x, size, strides, pad);
}

/** No element of an image is less. */
const LOWEST = -3.4028234663852886e38;

/**
 * Its gradient, handed to the first among the greatest of each window's patch. Both backends have a
 * kernel for it: that of wasm loses the gradient of windows without an element above zero, that of
 * webgpu hands it to another among equals.
 */
export function maxPoolGradient(x: tf.Tensor4D, g: tf.Tensor, places: Places): tf.Tensor {
  const { strides, around } = geometry(places);
  const { size, channels } = places;
  const elements = size[0] * size[1];
  const seen = tf.conv2d(tf.pad(x, around, LOWEST), takingEach(places), strides, "valid");
  const greatest = tf.argMax(tf.reshape(seen, [-1, elements, channels]), 1);
  const each = tf.expandDims(tf.range(0, elements, 1, "int32"), 1);
  const isTaken = tf.equal(tf.expandDims(greatest, 1), each);
  const taken = tf.mul(tf.cast(isTaken, "float32"), tf.reshape(g, [-1, 1, channels]));
  return patchesGradient(taken, places);
}

/** The mean under each window, zeros around the image: its own padding would not count. */
export function averagePool(x: tf.Tensor4D, places: Places): tf.Tensor {
  const { size, strides, around } = geometry(places);
  return tf.avgPool(tf.pad(x, around), size, strides, "valid");
}

/** Its gradient. */
export function averagePoolGradient(g: tf.Tensor, places: Places): tf.Tensor {
  const { size, strides, around } = geometry(places);
  const { images, height, width, channels, padding } = places;
  const input = tf.pad(tf.zeros<tf.Rank.R4>([images, height, width, channels]), around);
  const attributes = { filterSize: size, strides, pad: "valid" };
  const dx: tf.Tensor = tf.engine().runKernel(tf.AvgPoolGrad, { dy: g, input }, attributes);
  return tf.slice(dx, [0, ...padding, 0], [images, height, width, channels]);
}
