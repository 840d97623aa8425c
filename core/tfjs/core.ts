import * as tf from "@tensorflow/tfjs-core";
import { BaseCore } from "../base_core.ts";
import type { Handle, Storage } from "../handle.ts";
import * as layers from "../layer_operands.ts";
import * as operands from "../operands.ts";
import type * as ops from "../ops.ts";
import { dropout } from "../reference/dropout.ts";
import { activation, activationGradient } from "./activation.ts";
import { type Backend, openBackend, type TfjsBackend } from "./backend.ts";
import * as dense from "./dense.ts";
import * as normalization from "./normalization.ts";
import * as softmax from "./softmax.ts";
import * as regularized from "../regularization_operands.ts";
import * as regularization from "./regularization.ts";
import { update } from "./update.ts";
import * as windows from "./windows.ts";

/** An array's elements in one row; all zero while there is no tensor. */
interface Held extends Storage {
  size: number;
  tensor?: tf.Tensor1D;
}

/** Options for {@linkcode createTfjsCore}. */
export interface TfjsCoreOptions {
  /** Where TensorFlow.js computes; `webgpu` needs an adapter. */
  backend: TfjsBackend;
}

/**
 * The contract in TensorFlow.js: a second opinion, by other people's kernels, on what the
 * operations compute. It agrees with the other cores to a few roundings, not to the bit, and not at
 * all where a value is not finite, subnormal or about to overflow.
 *
 * Operations are queued in their order; only a download waits for them. The backend belongs to the
 * process, so disposing of a core frees its arrays alone.
 *
 * @throws {Error} if this machine lacks the backend.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const core = await createTfjsCore({ backend: "wasm" });
 * const input = core.upload(new Float32Array([1, 2]), [1, 2]);
 * const weight = core.upload(new Float32Array([3, 4]), [1, 2]);
 * const output = core.tensor([1, 1]);
 * core.dense({ input, weight, output });
 * assert.deepEqual([...await core.download(output)], [11]);
 * ```
 */
export async function createTfjsCore({ backend }: TfjsCoreOptions): Promise<ops.Core> {
  return new TfjsCore(await openBackend(backend));
}

class TfjsCore extends BaseCore<Held> implements ops.Core {
  readonly name: string;
  readonly #backend: Backend;

  constructor(backend: Backend) {
    super();
    this.#backend = backend;
    this.name = `tfjs (${backend.name})`;
  }

  protected override allocate(size: number): Held {
    return { freed: false, size };
  }

  protected override release(held: Held): void {
    held.tensor?.dispose();
    held.tensor = undefined;
  }

  protected override put(handle: Handle<Held>, data: Float32Array | Int32Array): void {
    this.#set(handle, () => tf.tensor1d(data.slice(), dtype(handle)));
  }

  protected override async get(
    handle: Handle<Held>,
    into: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  ): Promise<void> {
    this.#backend.select();
    // A tensor of its own: what is written to the array meanwhile does not take it away.
    const tensor = tf.tidy(() => tf.clone(read(handle)));
    try {
      into.set(await tensor.data());
    } finally {
      tensor.dispose();
    }
    this.#backend.check();
  }

  protected override move(from: Handle<Held>, to: Handle<Held>): void {
    this.#set(to, () => read(from));
  }

  /** Computes an array anew and frees what was made on the way. */
  #set(output: Handle<Held>, compute: () => tf.Tensor): void {
    this.#setAll([output], () => [compute()]);
  }

  /** Computes arrays anew, all empty or none. */
  #setAll(outputs: readonly Handle<Held>[], compute: () => tf.Tensor[]): void {
    if (outputs.every(({ size }) => size === 0)) return;
    this.#backend.select();
    tf.tidy(() => compute().forEach((value, i) => write(outputs[i], value)));
  }

  gatherRows(o: ops.GatherRows): void {
    const { source, indices, output } = operands.gatherRows<Held>(this, o);
    this.#set(output, () => tf.gather(read(source), read<tf.Tensor1D>(indices)));
  }

  dense(o: ops.Dense): void {
    const { input, weight, bias, output } = operands.dense<Held>(this, o);
    this.#set(output, () => dense.forward(read(input), read(weight), bias && read(bias)));
  }

  denseGradient(o: ops.DenseGradient): void {
    const h = operands.denseGradient<Held>(this, o);
    const g = () => read<tf.Tensor2D>(h.outputGradient);
    const { input, weight, weightGradient, biasGradient, inputGradient } = h;
    if (input && weightGradient) {
      this.#set(weightGradient, () => dense.weightGradient(g(), read(input)));
    }
    if (biasGradient) this.#set(biasGradient, () => dense.columnSums(g()));
    if (weight && inputGradient) {
      this.#set(inputGradient, () => dense.inputGradient(g(), read(weight)));
    }
  }

  softmax(o: ops.Softmax): void {
    const { logits, probabilities } = operands.softmax<Held>(this, o);
    this.#set(probabilities, () => softmax.softmax(read(logits)));
  }

  softmaxCrossEntropy(o: ops.SoftmaxCrossEntropy): void {
    const { logits, labels, losses, gradient } = operands.softmaxCrossEntropy<Held>(this, o);
    // The losses first: the gradient may take the place of the logits.
    if (losses) this.#set(losses, () => softmax.losses(read(logits), read(labels)));
    if (gradient) this.#set(gradient, () => softmax.gradient(read(logits), read(labels)));
  }

  softTargetCrossEntropy(o: ops.SoftTargetCrossEntropy): void {
    const h = regularized.softTargetCrossEntropy<Held>(this, o);
    const soft = () => ({
      y: read<tf.Tensor1D>(h.labels),
      others: h.others && read<tf.Tensor1D>(h.others),
      classWeights: h.classWeights && read<tf.Tensor1D>(h.classWeights),
      shares: regularized.mixtureScalars(h.mixture),
      uniform: h.uniform,
      certain: h.certain,
    });
    if (h.losses) this.#set(h.losses, () => softmax.softLosses(read(h.logits), soft()));
    if (h.gradient) this.#set(h.gradient, () => softmax.softGradient(read(h.logits), soft()));
  }

  mix(o: ops.Mix): void {
    const { input, others, output, mixture } = regularized.mix<Held>(this, o);
    const shares = regularized.mixtureScalars(mixture);
    this.#set(output, () => regularization.mix(read(input), read(others), shares));
  }

  sumSquares(o: ops.SumSquares): void {
    const { input, sums, anew } = regularized.sumSquares<Held>(this, o);
    this.#set(sums, () => regularization.sumSquares(read(input), read(sums), anew));
  }

  clipFactor(o: ops.ClipFactor): void {
    const { sums, factor, limit } = regularized.clipFactor<Held>(this, o);
    this.#set(factor, () => regularization.clipFactor(read(sums), limit));
  }

  penalize(o: ops.Penalize): void {
    const h = regularized.penalize<Held>(this, o);
    regularized.penaltyScalars(h.penalty);
    this.#setAll([h.parameters, h.gradient], () => {
      const [coefficients, factor] = [h.coefficients, h.factor].map((array) =>
        array && read(array)
      );
      const [theta, g] = [read(h.parameters), read(h.gradient)];
      const after = regularization.penalize(theta, g, coefficients, factor, h.penalty);
      return [after.parameters, after.gradient];
    });
  }

  shrink(o: ops.Shrink): void {
    const { parameters, shrinkage } = regularized.shrink<Held>(this, o);
    const [amount] = regularized.shrinkageScalars(shrinkage);
    this.#set(parameters, () => regularization.shrink(read(parameters), amount));
  }

  argmax(o: ops.ArgMax): void {
    const { input, output } = operands.argmax<Held>(this, o);
    this.#set(output, () => tf.argMax(read(input), 1));
  }

  columnSums(o: ops.ColumnSums): void {
    const { input, output } = operands.columnSums<Held>(this, o);
    this.#set(output, () => dense.columnSums(read(input)));
  }

  activate(o: ops.Activate): void {
    const { input, output } = layers.activate<Held>(this, o);
    this.#set(output, () => activation(o.activation, read(input)));
  }

  activationGradient(o: ops.ActivationGradient): void {
    const { input, output, outputGradient, inputGradient } = layers.activationGradient<Held>(
      this,
      o,
    );
    this.#set(
      inputGradient,
      () => activationGradient(o.activation, read(input), read(output), read(outputGradient)),
    );
  }

  batchStatistics(o: ops.BatchStatistics): void {
    const h = layers.batchStatistics<Held>(this, o);
    this.#setAll([h.mean, h.variance], () => {
      const { mean, variance } = normalization.statistics(read(h.input));
      return [mean, variance];
    });
  }

  normalize(o: ops.Normalize): void {
    const h = layers.normalize<Held>(this, o);
    this.#set(h.output, () => {
      const columns = {
        mean: read<tf.Tensor1D>(h.mean),
        variance: read<tf.Tensor1D>(h.variance),
        scale: read<tf.Tensor1D>(h.scale),
        shift: read<tf.Tensor1D>(h.shift),
      };
      return normalization.normalize(read(h.input), columns, h.epsilon);
    });
  }

  normalizeGradient(o: ops.NormalizeGradient): void {
    const h = layers.normalizeGradient<Held>(this, o);
    const outputs = [h.scaleGradient, h.shiftGradient];
    if (h.inputGradient) outputs.push(h.inputGradient);
    this.#setAll(outputs, () => {
      const columns = {
        mean: read<tf.Tensor1D>(h.mean),
        variance: read<tf.Tensor1D>(h.variance),
        scale: read<tf.Tensor1D>(h.scale),
      };
      const { scale, shift, input } = normalization.normalizeGradient(
        read(h.input),
        columns,
        h.epsilon,
        read(h.outputGradient),
      );
      return [scale, shift, input].slice(0, outputs.length);
    });
  }

  moveAverage(o: ops.MoveAverage): void {
    const { average, value, rate, factor } = layers.moveAverage<Held>(this, o);
    this.#set(average, () => normalization.moveAverage(read(average), read(value), rate, factor));
  }

  dropout(o: ops.Dropout): void {
    const { input, output, mask, threshold, scale } = layers.dropout<Held>(this, o);
    // Which elements are kept is a matter of random words, not of arithmetic: zeros and ones from
    // the specification's own generator.
    const kept = new Float32Array(input.size);
    dropout(kept.slice().fill(1), kept, mask, threshold, 1);
    this.#set(output, () => {
      const mask = tf.tensor(kept, [...input.shape]);
      return tf.mul(tf.mul(read(input), mask), scale);
    });
  }

  patches(o: ops.Patches): void {
    const { input, output, places } = layers.patches<Held>(this, o);
    this.#set(output, () => windows.patches(read(input), places));
  }

  patchesGradient(o: ops.PatchesGradient): void {
    const { outputGradient, inputGradient, places } = layers.patchesGradient<Held>(this, o);
    this.#set(inputGradient, () => windows.patchesGradient(read(outputGradient), places));
  }

  maxPool(o: ops.Pool): void {
    const { input, output, places } = layers.pool<Held>(this, "maxPool", o);
    this.#set(output, () => windows.maxPool(read(input), places));
  }

  maxPoolGradient(o: ops.MaxPoolGradient): void {
    const { input, outputGradient, inputGradient, places } = layers.maxPoolGradient<Held>(this, o);
    this.#set(
      inputGradient,
      () => windows.maxPoolGradient(read(input), read(outputGradient), places),
    );
  }

  averagePool(o: ops.Pool): void {
    const { input, output, places } = layers.pool<Held>(this, "averagePool", o);
    this.#set(output, () => windows.averagePool(read(input), places));
  }

  averagePoolGradient(o: ops.AveragePoolGradient): void {
    const { outputGradient, inputGradient, places } = layers.averagePoolGradient<Held>(this, o);
    this.#set(inputGradient, () => windows.averagePoolGradient(read(outputGradient), places));
  }

  update(o: ops.Update): void {
    const { parameters, gradient, slots, rule } = operands.update<Held>(this, o);
    this.#setAll([parameters, ...slots], () => {
      const state = slots.map((slot) => read(slot));
      const after = update(read(parameters), read(gradient), state, rule);
      return [after.parameters, ...after.slots];
    });
  }
}

function dtype({ type }: Handle<Held>): "float32" | "int32" {
  return type === "f32" ? "float32" : "int32";
}

/** What an array or a view holds, in its shape. */
function read<T extends tf.Tensor = tf.Tensor>(handle: Handle<Held>): T;
function read(handle: Handle<Held>): tf.Tensor {
  const { storage, offset, size } = handle;
  const shape = [...handle.shape];
  if (storage.tensor === undefined) return tf.zeros(shape, dtype(handle));
  const whole = size === storage.size;
  return tf.reshape(whole ? storage.tensor : tf.slice1d(storage.tensor, offset, size), shape);
}

/** Replaces what an array or a view holds; a view's neighbours are copied with it. */
function write({ storage, offset, size, type }: Handle<Held>, value: tf.Tensor): void {
  const before = storage.tensor;
  let tensor: tf.Tensor1D = tf.reshape(value, [size]);
  if (size < storage.size) {
    const old = before ??
      tf.zeros<tf.Rank.R1>([storage.size], type === "f32" ? "float32" : "int32");
    const end = offset + size;
    const parts = [tf.slice1d(old, 0, offset), tensor, tf.slice1d(old, end, storage.size - end)];
    tensor = tf.concat1d(parts.filter((part) => part.size > 0));
  }
  storage.tensor = tf.keep(tensor);
  before?.dispose();
}
