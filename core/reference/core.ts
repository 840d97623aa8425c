import { BaseCore } from "../base_core.ts";
import type { Handle, Storage } from "../handle.ts";
import * as layers from "../layer_operands.ts";
import * as operands from "../operands.ts";
import type * as ops from "../ops.ts";
import { FUSED, type MultiplyAdd } from "../math/multiply_add.ts";
import { activation, activationGradient } from "./activation.ts";
import * as dense from "./dense.ts";
import { dropout } from "./dropout.ts";
import * as normalization from "./normalization.ts";
import * as regularized from "../regularization_operands.ts";
import * as regularization from "./regularization.ts";
import * as rows from "./rows.ts";
import * as softmax from "./softmax.ts";
import { update } from "./update.ts";
import * as windows from "./windows.ts";

interface Memory extends Storage {
  buffer: ArrayBuffer;
}

/** Options for {@linkcode createReferenceCore}. */
export interface ReferenceCoreOptions {
  /** How products are added. Default: fused, as the specification says; else for tests only. */
  multiplyAdd?: MultiplyAdd;
}

/**
 * The contract in plain TypeScript: slow and obviously right, what the other cores are held to.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const core = createReferenceCore();
 * const input = core.upload(new Float32Array([1, 2]), [1, 2]);
 * const weight = core.upload(new Float32Array([3, 4]), [1, 2]);
 * const output = core.tensor([1, 1]);
 * core.dense({ input, weight, output });
 * assert.deepEqual([...await core.download(output)], [11]);
 * ```
 */
export function createReferenceCore(options: ReferenceCoreOptions = {}): ops.Core {
  return new ReferenceCore(options.multiplyAdd ?? FUSED);
}

function floats(handle: Handle<Memory>): Float32Array<ArrayBuffer>;
function floats(handle: Handle<Memory> | undefined): Float32Array<ArrayBuffer> | undefined;
function floats(handle: Handle<Memory> | undefined): Float32Array<ArrayBuffer> | undefined {
  return handle && new Float32Array(handle.storage.buffer, handle.offset * 4, handle.size);
}

function integers(handle: Handle<Memory>): Int32Array<ArrayBuffer> {
  return new Int32Array(handle.storage.buffer, handle.offset * 4, handle.size);
}

class ReferenceCore extends BaseCore<Memory> implements ops.Core {
  readonly name: string;
  readonly #multiplyAdd: MultiplyAdd;

  constructor(multiplyAdd: MultiplyAdd) {
    super();
    this.#multiplyAdd = multiplyAdd;
    this.name = multiplyAdd === FUSED ? "reference" : "reference (separate)";
  }

  protected override allocate(size: number): Memory {
    return { freed: false, buffer: new ArrayBuffer(size * 4) };
  }

  protected override release(memory: Memory): void {
    memory.buffer = new ArrayBuffer(0);
  }

  protected override put(handle: Handle<Memory>, data: Float32Array | Int32Array): void {
    // Integers of either type move as bits, so that no NaN changes on the way.
    integers(handle).set(new Int32Array(data.buffer, data.byteOffset, data.length));
  }

  // deno-lint-ignore require-await -- nothing to wait for; other cores do.
  protected override async get(
    handle: Handle<Memory>,
    into: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  ): Promise<void> {
    new Int32Array(into.buffer).set(integers(handle));
  }

  protected override move(from: Handle<Memory>, to: Handle<Memory>): void {
    integers(to).set(integers(from));
  }

  gatherRows(o: ops.GatherRows): void {
    const { source, indices, output } = operands.gatherRows<Memory>(this, o);
    rows.gather(
      integers(source),
      integers(indices),
      integers(output),
      source.size / source.shape[0],
    );
  }

  dense(o: ops.Dense): void {
    const { input, weight, bias, output } = operands.dense<Memory>(this, o);
    const [n, d] = input.shape;
    dense.forward(
      this.#multiplyAdd,
      floats(input),
      floats(weight),
      floats(bias),
      floats(output),
      { n, d, k: weight.shape[0] },
    );
  }

  denseGradient(o: ops.DenseGradient): void {
    const handles = operands.denseGradient<Memory>(this, o);
    const g = floats(handles.outputGradient);
    const [n, k] = handles.outputGradient.shape;
    const { input, weight, weightGradient, biasGradient, inputGradient } = handles;
    if (input && weightGradient) {
      const sizes = { n, d: input.shape[1], k };
      dense.weightGradient(this.#multiplyAdd, g, floats(input), floats(weightGradient), sizes);
    }
    if (weight && inputGradient) {
      const sizes = { n, d: weight.shape[1], k };
      dense.inputGradient(this.#multiplyAdd, g, floats(weight), floats(inputGradient), sizes);
    }
    if (biasGradient) rows.columnSums(g, floats(biasGradient), n, k);
  }

  softmax(o: ops.Softmax): void {
    const { logits, probabilities } = operands.softmax<Memory>(this, o);
    const [n, k] = logits.shape;
    softmax.softmax(this.#multiplyAdd, floats(logits), floats(probabilities), n, k);
  }

  softmaxCrossEntropy(o: ops.SoftmaxCrossEntropy): void {
    const h = operands.softmaxCrossEntropy<Memory>(this, o);
    const [n, k] = h.logits.shape;
    const [losses, gradient] = [floats(h.losses), floats(h.gradient)];
    softmax.crossEntropy(
      this.#multiplyAdd,
      floats(h.logits),
      integers(h.labels),
      losses,
      gradient,
      n,
      k,
    );
  }

  softTargetCrossEntropy(o: ops.SoftTargetCrossEntropy): void {
    const h = regularized.softTargetCrossEntropy<Memory>(this, o);
    const [n, k] = h.logits.shape;
    const targets = {
      y: integers(h.labels),
      others: h.others && integers(h.others),
      classWeights: floats(h.classWeights),
      shares: regularized.mixtureScalars(h.mixture),
      uniform: h.uniform,
      certain: h.certain,
    };
    const [losses, gradient] = [floats(h.losses), floats(h.gradient)];
    softmax.softTargetCrossEntropy(
      this.#multiplyAdd,
      floats(h.logits),
      targets,
      losses,
      gradient,
      n,
      k,
    );
  }

  mix(o: ops.Mix): void {
    const { input, others, output, mixture } = regularized.mix<Memory>(this, o);
    const shares = regularized.mixtureScalars(mixture);
    const arrays = [floats(input), floats(others), floats(output)] as const;
    regularization.mix(this.#multiplyAdd, ...arrays, shares);
  }

  sumSquares(o: ops.SumSquares): void {
    const { input, sums, anew } = regularized.sumSquares<Memory>(this, o);
    regularization.sumSquares(this.#multiplyAdd, floats(input), floats(sums), anew);
  }

  clipFactor(o: ops.ClipFactor): void {
    const { sums, factor, limit } = regularized.clipFactor<Memory>(this, o);
    floats(factor)[0] = regularization.clipFactor(floats(sums), limit);
  }

  penalize(o: ops.Penalize): void {
    const h = regularized.penalize<Memory>(this, o);
    regularization.penalize(
      this.#multiplyAdd,
      floats(h.parameters),
      floats(h.gradient),
      floats(h.coefficients),
      h.width,
      floats(h.factor)?.[0],
      regularized.penaltyScalars(h.penalty),
    );
  }

  shrink(o: ops.Shrink): void {
    const { parameters, shrinkage } = regularized.shrink<Memory>(this, o);
    const [amount] = regularized.shrinkageScalars(shrinkage);
    regularization.shrink(floats(parameters), amount);
  }

  argmax(o: ops.ArgMax): void {
    const { input, output } = operands.argmax<Memory>(this, o);
    rows.argmax(floats(input), integers(output), input.shape[0], input.shape[1]);
  }

  columnSums(o: ops.ColumnSums): void {
    const { input, output } = operands.columnSums<Memory>(this, o);
    rows.columnSums(floats(input), floats(output), input.shape[0], input.shape[1]);
  }

  activate(o: ops.Activate): void {
    const h = layers.activate<Memory>(this, o);
    const [x, y] = [floats(h.input), floats(h.output)];
    const of = activation(h.activation, this.#multiplyAdd);
    for (let i = 0; i < x.length; i++) y[i] = of(x[i]);
  }

  activationGradient(o: ops.ActivationGradient): void {
    const h = layers.activationGradient<Memory>(this, o);
    const [x, y, g, dx] = [h.input, h.output, h.outputGradient, h.inputGradient].map((handle) =>
      floats(handle)
    );
    const of = activationGradient(h.activation, this.#multiplyAdd);
    for (let i = 0; i < x.length; i++) dx[i] = of(x[i], y[i], g[i]);
  }

  batchStatistics(o: ops.BatchStatistics): void {
    const { input, mean, variance } = layers.batchStatistics<Memory>(this, o);
    const [n, k] = input.shape;
    const arrays = [floats(input), floats(mean), floats(variance)] as const;
    normalization.statistics(this.#multiplyAdd, ...arrays, { n, k });
  }

  normalize(o: ops.Normalize): void {
    const h = layers.normalize<Memory>(this, o);
    const [n, k] = h.input.shape;
    const columns = {
      mean: floats(h.mean),
      variance: floats(h.variance),
      scale: floats(h.scale),
      shift: floats(h.shift),
    };
    const [x, y] = [floats(h.input), floats(h.output)];
    normalization.normalize(this.#multiplyAdd, x, columns, h.epsilon, y, { n, k });
  }

  normalizeGradient(o: ops.NormalizeGradient): void {
    const h = layers.normalizeGradient<Memory>(this, o);
    const [n, k] = h.input.shape;
    normalization.normalizeGradient(
      this.#multiplyAdd,
      floats(h.input),
      { mean: floats(h.mean), variance: floats(h.variance), scale: floats(h.scale) },
      h.epsilon,
      floats(h.outputGradient),
      floats(h.scaleGradient),
      floats(h.shiftGradient),
      floats(h.inputGradient),
      { n, k },
    );
  }

  moveAverage(o: ops.MoveAverage): void {
    const { average, value, rate, factor } = layers.moveAverage<Memory>(this, o);
    const [a, v] = [floats(average), floats(value)];
    normalization.moveAverage(this.#multiplyAdd, a, v, rate, factor);
  }

  dropout(o: ops.Dropout): void {
    const { input, output, mask, threshold, scale } = layers.dropout<Memory>(this, o);
    dropout(floats(input), floats(output), mask, threshold, scale);
  }

  patches(o: ops.Patches): void {
    const { input, output, places } = layers.patches<Memory>(this, o);
    windows.patches(floats(input), floats(output), places);
  }

  patchesGradient(o: ops.PatchesGradient): void {
    const { outputGradient, inputGradient, places } = layers.patchesGradient<Memory>(this, o);
    windows.patchesGradient(floats(outputGradient), floats(inputGradient), places);
  }

  maxPool(o: ops.Pool): void {
    const { input, output, places } = layers.pool<Memory>(this, "maxPool", o);
    windows.maxPool(floats(input), floats(output), places);
  }

  maxPoolGradient(o: ops.MaxPoolGradient): void {
    const h = layers.maxPoolGradient<Memory>(this, o);
    const [x, g, dx] = [h.input, h.outputGradient, h.inputGradient].map((handle) => floats(handle));
    windows.maxPoolGradient(x, g, dx, h.places);
  }

  averagePool(o: ops.Pool): void {
    const { input, output, places } = layers.pool<Memory>(this, "averagePool", o);
    windows.averagePool(floats(input), floats(output), places);
  }

  averagePoolGradient(o: ops.AveragePoolGradient): void {
    const { outputGradient, inputGradient, places } = layers.averagePoolGradient<Memory>(this, o);
    windows.averagePoolGradient(floats(outputGradient), floats(inputGradient), places);
  }

  update(o: ops.Update): void {
    const { parameters, gradient, slots, rule } = operands.update<Memory>(this, o);
    const state = slots.map((slot) => floats(slot));
    update(this.#multiplyAdd, floats(parameters), floats(gradient), state, rule);
  }
}
