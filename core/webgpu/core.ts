import { Allocator } from "../allocator.ts";
import { BaseCore } from "../base_core.ts";
import type { Handle, Storage } from "../handle.ts";
import * as layers from "../layer_operands.ts";
import * as operands from "../operands.ts";
import type * as ops from "../ops.ts";
import * as regularized from "../regularization_operands.ts";
import { maskScalars } from "../random/dropout_mask.ts";
import { activationArguments } from "../wasm/activations.ts";
import { updateScalars } from "../wasm/update.ts";
import { BufferArena } from "./arena.ts";
import { Commands, groupRows, groupsFor } from "./commands.ts";
import { openDevice } from "./device.ts";
import { type Arithmetic, askArithmetic } from "./probe.ts";
import { TILE } from "./shaders/dense.ts";

/** Where an array is in the one buffer, in elements. */
interface Place extends Storage {
  element: number;
}

/** Options for {@linkcode createWebGpuCore}. */
export interface WebGpuCoreOptions {
  /** Where to look for an adapter. Default: `navigator.gpu`. */
  gpu?: GPU;
}

/** A core on WebGPU, which knows how its adapter computes. */
export interface WebGpuCore extends ops.Core {
  /** What the probe found. */
  readonly arithmetic: Arithmetic;
  /** The adapter's own name. */
  readonly adapter: string;
}

/**
 * The contract in WGSL, in the same order of operations as the specification, without atomics.
 *
 * All arrays lie in one buffer; operations are dispatches with the arrays' places in it, gathered
 * into submissions of thousands; only a download waits for the device. WGSL leaves open whether
 * `fma` rounds once, how exact a quotient is, what drivers fuse and fold: what can be made exact on
 * any adapter is (`shaders/common.ts`, `shaders/arithmetic.ts`), and a probe asks for the rest.
 * Where it finds fused multiply-adds, the bits are the specification's; where it finds separate
 * ones, they are those of the builds that add products in two roundings.
 *
 * @throws {NoAdapterError} if this machine has no adapter.
 *
 * @example
 * ```ts ignore
 * using core = await createWebGpuCore();
 * core.name; // "webgpu (fused)"
 * ```
 */
export async function createWebGpuCore(options: WebGpuCoreOptions = {}): Promise<WebGpuCore> {
  const { device, adapter } = await openDevice(options.gpu);
  const arithmetic = await askArithmetic(device);
  return new GpuCore(device, adapter, arithmetic);
}

/** The word for an array that is not named. */
const NONE = 0xffffffff;

class GpuCore extends BaseCore<Place> implements WebGpuCore {
  readonly name: string;
  readonly adapter: string;
  readonly arithmetic: Arithmetic;
  readonly #device: GPUDevice;
  readonly #commands: Commands;
  readonly #arena: BufferArena;
  readonly #allocator: Allocator;
  /** What went wrong on the device, said at the next download. */
  #failure: string | undefined;

  constructor(device: GPUDevice, adapter: string, arithmetic: Arithmetic) {
    super();
    this.name = `webgpu (${arithmetic.multiplyAdd})`;
    this.adapter = adapter;
    this.arithmetic = arithmetic;
    this.#device = device;
    this.#commands = new Commands(device);
    this.#arena = new BufferArena(device, this.#commands);
    this.#allocator = new Allocator(this.#arena);
    device.addEventListener("uncapturederror", (event) => {
      event.preventDefault();
      this.#failure ??= (event as GPUUncapturedErrorEvent).error.message;
    });
    device.lost.then(({ reason, message }) => {
      if (reason !== "destroyed") this.#failure ??= `the device was lost: ${message}`;
    });
  }

  override dispose(): void {
    super.dispose();
    this.#device.destroy();
  }

  protected override allocate(size: number): Place {
    return { freed: false, element: this.#allocator.allocate(size * 4) / 4 };
  }

  protected override release(place: Place): void {
    this.#allocator.free(place.element * 4);
  }

  protected override put(handle: Handle<Place>, data: Float32Array | Int32Array): void {
    if (handle.size === 0) return;
    this.#commands.flush();
    const { buffer, byteOffset, byteLength } = data;
    this.#device.queue.writeBuffer(
      this.#arena.buffer,
      at(handle) * 4,
      buffer as ArrayBuffer,
      byteOffset,
      byteLength,
    );
  }

  protected override async get(
    handle: Handle<Place>,
    into: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  ): Promise<void> {
    if (handle.size === 0) return;
    const size = handle.size * 4;
    const staging = this.#device.createBuffer({
      size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
    this.#commands.encode((encoder) =>
      encoder.copyBufferToBuffer(this.#arena.buffer, at(handle) * 4, staging, 0, size)
    );
    this.#commands.flush();
    try {
      await staging.mapAsync(GPUMapMode.READ);
    } catch (cause) {
      throw new Error(`Cannot read from ${this.adapter}: ${this.#failure ?? cause}`, { cause });
    }
    if (this.#failure !== undefined) {
      throw new Error(`Cannot compute on ${this.adapter}: ${this.#failure}`);
    }
    new Uint8Array(into.buffer).set(new Uint8Array(staging.getMappedRange()));
    staging.destroy();
  }

  protected override move(from: Handle<Place>, to: Handle<Place>): void {
    this.#commands.dispatch("copy", [at(from), at(to), from.size], groupsFor(from.size));
  }

  gatherRows(o: ops.GatherRows): void {
    const { source, indices, output } = operands.gatherRows<Place>(this, o);
    if (output.size === 0) return;
    const words = [at(source), at(indices), at(output), output.size, output.size / indices.size];
    this.#commands.dispatch("gather", words, groupsFor(output.size));
  }

  dense(o: ops.Dense): void {
    const { input, weight, bias, output } = operands.dense<Place>(this, o);
    const [n, d] = input.shape;
    const k = weight.shape[0];
    this.#gemm([at(input), d, 1, at(weight), d, 1], output, bias, n, k, d);
  }

  denseGradient(o: ops.DenseGradient): void {
    const h = operands.denseGradient<Place>(this, o);
    const g = h.outputGradient;
    const [n, k] = g.shape;
    if (h.input && h.weightGradient) {
      const d = h.input.shape[1];
      this.#gemm([at(g), 1, k, at(h.input), 1, d], h.weightGradient, undefined, k, d, n);
    }
    if (h.weight && h.inputGradient) {
      const d = h.weight.shape[1];
      this.#gemm([at(g), k, 1, at(h.weight), 1, d], h.inputGradient, undefined, n, d, k);
    }
    if (h.biasGradient) this.#columnSums(g, h.biasGradient);
  }

  /**
   * C [m, n] = start + A [m, p] · B [p, n]; `sides` are A's place with its strides by row and step,
   * then B's with those by column and step.
   */
  #gemm(
    sides: readonly number[],
    c: Handle<Place>,
    start: Handle<Place> | undefined,
    m: number,
    n: number,
    p: number,
  ): void {
    const groups = groupRows(Math.ceil(n / TILE) * Math.ceil(m / TILE));
    this.#commands.dispatch("gemm", [...sides, at(c), n, at(start), m, n, p], groups);
  }

  softmax(o: ops.Softmax): void {
    const { logits, probabilities } = operands.softmax<Place>(this, o);
    const [n, k] = logits.shape;
    if (k === 0) return;
    this.#commands.dispatch("softmax", [at(logits), at(probabilities), n, k], groupRows(n));
  }

  softmaxCrossEntropy(o: ops.SoftmaxCrossEntropy): void {
    const h = operands.softmaxCrossEntropy<Place>(this, o);
    const [n, k] = h.logits.shape;
    const arrays = [at(h.logits), at(h.labels), at(h.losses), at(h.gradient)];
    this.#commands.dispatch("softmaxCrossEntropy", [...arrays, n, k, 1 / n], groupRows(n));
  }

  softTargetCrossEntropy(o: ops.SoftTargetCrossEntropy): void {
    const h = regularized.softTargetCrossEntropy<Place>(this, o);
    const [n, k] = h.logits.shape;
    const arrays = [h.logits, h.labels, h.others, h.classWeights, h.losses, h.gradient].map(at);
    const shares = regularized.mixtureScalars(h.mixture);
    const words = [...arrays, n, k, 1 / n, h.uniform, h.certain, ...shares];
    this.#commands.dispatch("softTargetCrossEntropy", words, groupRows(n));
  }

  mix(o: ops.Mix): void {
    const { input, others, output, mixture } = regularized.mix<Place>(this, o);
    const shares = regularized.mixtureScalars(mixture);
    const words = [at(input), at(others), at(output), input.size, ...shares];
    this.#commands.dispatch("mix2", words, groupsFor(input.size));
  }

  sumSquares(o: ops.SumSquares): void {
    const { input, sums, anew } = regularized.sumSquares<Place>(this, o);
    const words = [at(input), at(sums), input.size, Number(anew)];
    this.#commands.dispatch("sumSquares", words, groupsFor(sums.size));
  }

  clipFactor(o: ops.ClipFactor): void {
    const { sums, factor, limit } = regularized.clipFactor<Place>(this, o);
    this.#commands.dispatch("clipFactor", [at(sums), at(factor), limit], groupsFor(1));
  }

  penalize(o: ops.Penalize): void {
    const h = regularized.penalize<Place>(this, o);
    const arrays = [h.parameters, h.gradient, h.coefficients, h.factor].map(at);
    const scalars = regularized.penaltyScalars(h.penalty);
    const words = [...arrays, h.parameters.size, h.width, ...scalars];
    this.#commands.dispatch("penalize", words, groupsFor(h.parameters.size));
  }

  shrink(o: ops.Shrink): void {
    const { parameters, shrinkage } = regularized.shrink<Place>(this, o);
    const words = [at(parameters), parameters.size, ...regularized.shrinkageScalars(shrinkage)];
    this.#commands.dispatch("shrink", words, groupsFor(parameters.size));
  }

  argmax(o: ops.ArgMax): void {
    const { input, output } = operands.argmax<Place>(this, o);
    const words = [at(input), at(output), ...input.shape];
    this.#commands.dispatch("argmax", words, groupsFor(input.shape[0]));
  }

  columnSums(o: ops.ColumnSums): void {
    const { input, output } = operands.columnSums<Place>(this, o);
    this.#columnSums(input, output);
  }

  #columnSums(input: Handle<Place>, output: Handle<Place>): void {
    const words = [at(input), at(output), ...input.shape];
    this.#commands.dispatch("columnSums", words, groupsFor(input.shape[1]));
  }

  update(o: ops.Update): void {
    const { parameters, gradient, slots, rule } = operands.update<Place>(this, o);
    const arrays = [parameters, gradient, ...slots].map(at);
    const words = [...arrays, parameters.size, ...updateScalars(rule)];
    this.#commands.dispatch(rule.kind, words, groupsFor(parameters.size));
  }

  activate(o: ops.Activate): void {
    const { input, output, activation } = layers.activate<Place>(this, o);
    const words = [at(input), at(output), input.size, ...activationArguments(activation)];
    this.#commands.dispatch("activate", words, groupsFor(input.size));
  }

  activationGradient(o: ops.ActivationGradient): void {
    const h = layers.activationGradient<Place>(this, o);
    const arrays = [h.input, h.output, h.outputGradient, h.inputGradient].map(at);
    const words = [...arrays, h.input.size, ...activationArguments(h.activation)];
    this.#commands.dispatch("activationGradient", words, groupsFor(h.input.size));
  }

  batchStatistics(o: ops.BatchStatistics): void {
    const { input, mean, variance } = layers.batchStatistics<Place>(this, o);
    const [n, k] = input.shape;
    const words = [at(input), at(mean), at(variance), n, k, n];
    this.#commands.dispatch("batchStatistics", words, groupsFor(k));
  }

  normalize(o: ops.Normalize): void {
    const h = layers.normalize<Place>(this, o);
    const arrays = [h.input, h.mean, h.variance, h.scale, h.shift, h.output].map(at);
    const words = [...arrays, ...h.input.shape, h.epsilon];
    this.#commands.dispatch("normalize", words, groupsFor(h.input.size));
  }

  normalizeGradient(o: ops.NormalizeGradient): void {
    const h = layers.normalizeGradient<Place>(this, o);
    const [n, k] = h.input.shape;
    const inputs = [h.input, h.mean, h.variance, h.scale, h.outputGradient];
    const outputs = [h.scaleGradient, h.shiftGradient, h.inputGradient];
    const words = [...[...inputs, ...outputs].map(at), n, k, h.epsilon, n];
    this.#commands.dispatch("normalizeGradient", words, groupsFor(k));
  }

  moveAverage(o: ops.MoveAverage): void {
    const { average, value, rate, factor } = layers.moveAverage<Place>(this, o);
    const words = [at(average), at(value), average.size, rate, factor];
    this.#commands.dispatch("moveAverage", words, groupsFor(average.size));
  }

  dropout(o: ops.Dropout): void {
    const { input, output, mask } = layers.dropout<Place>(this, o);
    const { threshold, scale } = maskScalars(mask);
    const words = [at(input), at(output), input.size, ...mask.key, mask.step, threshold, scale];
    this.#commands.dispatch("dropout", words, groupsFor(Math.ceil(input.size / 4)));
  }

  patches(o: ops.Patches): void {
    const { input, output, places } = layers.patches<Place>(this, o);
    const words = [at(input), at(output), ...sizes(places)];
    this.#commands.dispatch("patches", words, groupsFor(output.size));
  }

  patchesGradient(o: ops.PatchesGradient): void {
    const { outputGradient, inputGradient, places } = layers.patchesGradient<Place>(this, o);
    const words = [at(outputGradient), at(inputGradient), ...sizes(places)];
    this.#commands.dispatch("patchesGradient", words, groupsFor(inputGradient.size));
  }

  maxPool(o: ops.Pool): void {
    const { input, output, places } = layers.pool<Place>(this, "maxPool", o);
    const words = [at(input), at(output), ...sizes(places)];
    this.#commands.dispatch("maxPool", words, groupsFor(output.size));
  }

  maxPoolGradient(o: ops.MaxPoolGradient): void {
    const h = layers.maxPoolGradient<Place>(this, o);
    const arrays = [h.input, h.outputGradient, h.inputGradient].map(at);
    const words = [...arrays, ...sizes(h.places)];
    this.#commands.dispatch("maxPoolGradient", words, groupsFor(h.inputGradient.size));
  }

  averagePool(o: ops.Pool): void {
    const { input, output, places } = layers.pool<Place>(this, "averagePool", o);
    const words = [at(input), at(output), ...sizes(places), area(places)];
    this.#commands.dispatch("averagePool", words, groupsFor(output.size));
  }

  averagePoolGradient(o: ops.AveragePoolGradient): void {
    const h = layers.averagePoolGradient<Place>(this, o);
    const { outputGradient, inputGradient, places } = h;
    const words = [at(outputGradient), at(inputGradient), ...sizes(places), area(places)];
    this.#commands.dispatch("averagePoolGradient", words, groupsFor(inputGradient.size));
  }
}

/** Where an array begins, in elements. */
function at(handle: Handle<Place> | undefined): number {
  return handle ? handle.storage.element + handle.offset : NONE;
}

/** Sizes of places as `shaders/windows.ts` has them. */
function sizes(
  { images, height, width, channels, along, size, stride, padding }: layers.Places,
): number[] {
  return [images, height, width, channels, ...along, ...size, ...stride, ...padding];
}

function area({ size }: layers.Places): number {
  return size[0] * size[1];
}
