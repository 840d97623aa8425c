import { Allocator } from "../allocator.ts";
import { BaseCore, checkKinds } from "../base_core.ts";
import type { Handle } from "../handle.ts";
import type * as ops from "../ops.ts";
import * as operands from "../operands.ts";
import * as regularized from "../regularization_operands.ts";
import { memoryArena } from "./arena.ts";
import { type Block, pointer } from "./block.ts";
import * as calls from "./layer_calls.ts";
import type { Instruction } from "./instructions.ts";
import type { Kernels } from "./kernels.ts";
import { type LoadedKernels, loadKernels, type MultiplyAddBuild } from "./load.ts";
import { type Argument, Program, type Varying } from "./program.ts";
import { recruit, type Team } from "./team.ts";
import { updateScalars } from "./update.ts";

export { coreAssets } from "./load.ts";

/** Options for {@linkcode createWasmCore}. */
export interface WasmCoreOptions {
  /** Reads one of {@linkcode coreAssets}: `Deno.readFile`, or a step's `asset`. */
  read: (url: URL) => Promise<Uint8Array<ArrayBuffer>>;
  /**
   * How products are added. Default: `auto`, fused where the machine is, else emulated; the bits
   * are the same. `separate` is for tests.
   */
  multiplyAdd?: MultiplyAddBuild | "auto";
  /**
   * Threads that share the work, this one among them; the bits do not depend on their number. Where
   * there is no shared memory, or no worker can be started, it is one. More than one must be ended
   * by {@linkcode ops.Core.dispose}, or the process waits for them. Default: 1.
   */
  threads?: number;
}

/**
 * The contract in WebAssembly: SIMD kernels compiled from AssemblyScript, on one thread or more.
 *
 * @throws {RangeError} if the fused kernels are asked for on a machine that does not fuse, or the
 * number of threads is not an integer from 1 to 64.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const core = await createWasmCore({ read: Deno.readFile });
 * assert.match(core.name, /^wasm/); // `wasm (fused)`, where the machine adds so.
 * ```
 */
export async function createWasmCore(options: WasmCoreOptions): Promise<ops.Core> {
  const { read, multiplyAdd, threads = 1 } = options;
  if (!Number.isInteger(threads) || threads < 1 || threads > 64) {
    throw new RangeError(
      `Cannot create a core as the number of threads must be an integer from 1 to 64: current value is ${threads}`,
    );
  }
  if (threads > 1) {
    const loaded = await loadKernels(read, multiplyAdd, true);
    const core = new WasmCore(loaded);
    if (await core.share(loaded.module, threads)) return core;
  }
  return new WasmCore(await loadKernels(read, multiplyAdd));
}

/** Where the program's place is written in the block where threads meet. */
const MEETING_ARGUMENTS = 256;

class WasmCore extends BaseCore<Block> implements ops.Core {
  #threads = 1;
  #team: Team | undefined;
  readonly #multiplyAdd: MultiplyAddBuild;
  /** Where threads meet. */
  readonly #meeting: number;
  readonly #memory: WebAssembly.Memory;
  readonly #kernels: Kernels;
  readonly #allocator: Allocator;
  #scratch = { pointer: 0, bytes: 0 };
  /** Scratch that was too small. */
  readonly #retired: number[] = [];
  /** A repetition's step while its body runs, and the rules that change from step to step. */
  #recording: { program: Program; rules: Map<ops.Rule, ops.Rule[]> } | undefined;

  constructor({ kernels, memory, multiplyAdd }: LoadedKernels) {
    super();
    this.#multiplyAdd = multiplyAdd;
    this.#memory = memory;
    this.#kernels = kernels;
    this.#allocator = new Allocator(memoryArena(memory));
    this.#meeting = this.#allocator.allocate(kernels.meetingBytes.value);
    kernels.join(0, 1, this.#meeting);
  }

  get name(): string {
    const threads = this.#threads > 1 ? `, ${this.#threads} threads` : "";
    return `wasm (${this.#multiplyAdd}${threads})`;
  }

  /** Shares the work with other threads from now on; tells whether they could be started. */
  async share(module: WebAssembly.Module, threads: number): Promise<boolean> {
    const meeting = this.#meeting;
    try {
      this.#team = await recruit({ module, memory: this.#memory, threads, meeting });
    } catch {
      return false;
    }
    this.#threads = threads;
    this.#kernels.join(0, threads, meeting);
    return true;
  }

  override dispose(): void {
    super.dispose();
    this.#team?.dismiss();
    this.#team = undefined;
    this.#threads = 1;
    this.#kernels.join(0, 1, this.#meeting);
  }

  protected override allocate(size: number): Block {
    return { freed: false, pointer: this.#allocator.allocate(size * 4) };
  }

  protected override release(block: Block): void {
    this.#allocator.free(block.pointer);
  }

  /** An array's elements; valid until the memory grows. */
  #bits(handle: Handle<Block>): Int32Array {
    return new Int32Array(this.#memory.buffer, pointer(handle), handle.size);
  }

  protected override put(handle: Handle<Block>, data: Float32Array | Int32Array): void {
    this.#bits(handle).set(new Int32Array(data.buffer, data.byteOffset, data.length));
  }

  // deno-lint-ignore require-await -- nothing to wait for; other cores do.
  protected override async get(
    handle: Handle<Block>,
    into: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  ): Promise<void> {
    new Int32Array(into.buffer).set(this.#bits(handle));
  }

  protected override move(from: Handle<Block>, to: Handle<Block>): void {
    this.#bits(to).set(this.#bits(from));
  }

  /**
   * Room for so many floats, used within one operation. What was too small is kept as long as a
   * program that is being recorded may name it.
   */
  #room(floats: number): number {
    if (floats * 4 > this.#scratch.bytes) {
      if (this.#scratch.bytes > 0) this.#retired.push(this.#scratch.pointer);
      this.#scratch = { pointer: 0, bytes: 0 };
      if (!this.#recording) this.#freeRetired();
      const pointer = this.#allocator.allocate(floats * 4);
      this.#scratch = { pointer, bytes: floats * 4 };
    }
    return this.#scratch.pointer;
  }

  #freeRetired(): void {
    for (const pointer of this.#retired.splice(0)) this.#allocator.free(pointer);
  }

  /** Room for a product. */
  #gemmRoom(): number {
    return this.#room(this.#kernels.gemmScratch.value / 4 * this.#threads);
  }

  /** Room for a row of k floats. */
  #rowRoom(k: number): number {
    return this.#room(Math.ceil(k / 16) * 16 * this.#threads);
  }

  /** Calls a kernel, or records the call. */
  #call(name: Instruction, values: readonly Argument[], varying?: Varying): void {
    if (this.#recording) return this.#recording.program.add(name, values, varying);
    if (this.#threads > 1) {
      const program = new Program(1);
      program.add(name, values, varying);
      return this.#start(program);
    }
    const kernel = this.#kernels[name] as (...values: number[]) => void;
    kernel(...values.map((value) => typeof value === "number" ? value : pointer(value)));
  }

  /** The arguments, from the first on, that a rule gives in each step of a repetition. */
  #varying<R extends ops.Rule>(
    rule: R,
    first: number,
    row: (rule: R) => number[],
  ): Varying | undefined {
    const rules = this.#recording?.rules.get(rule) as R[] | undefined;
    return rules && { first, rows: rules.map(row) };
  }

  /** Runs a program in all threads. */
  #start(program: Program): void {
    const at = this.#allocator.allocate(program.bytes(this.#threads));
    try {
      const argumentsAt = this.#meeting + MEETING_ARGUMENTS;
      program.write(this.#memory, at, this.#threads, argumentsAt);
      this.#kernels.start();
    } finally {
      this.#allocator.free(at);
    }
  }

  protected override eachStep(
    steps: number,
    run: (index: number, rule: ops.Step["rule"]) => void,
  ): void {
    if (steps === 0) return;
    const program = new Program(steps);
    const rules = new Map<ops.Rule, ops.Rule[]>();
    this.#recording = { program, rules };
    try {
      run(0, (of) => {
        const list = Array.from({ length: steps }, (_, i) => of(i));
        for (const rule of list) checkKinds(list[0], rule);
        rules.set(list[0], list);
        return list[0];
      });
    } finally {
      this.#recording = undefined;
    }
    try {
      this.#start(program);
    } finally {
      this.#freeRetired();
    }
  }

  gatherRows(o: ops.GatherRows): void {
    const { source, indices, output } = operands.gatherRows<Block>(this, o);
    if (output.size === 0) return;
    const bytes = output.size / indices.size * 4;
    this.#call("gather", [source, indices, output, indices.size, bytes]);
  }

  dense(o: ops.Dense): void {
    const { input, weight, bias, output } = operands.dense<Block>(this, o);
    const [n, d] = input.shape;
    const k = weight.shape[0];
    const scratch = this.#gemmRoom();
    const sides = [input, d * 4, 4, weight, 4, d * 4];
    this.#call("gemm", [...sides, output, k * 4, bias, n, k, d, scratch]);
  }

  denseGradient(o: ops.DenseGradient): void {
    const h = operands.denseGradient<Block>(this, o);
    const [n, k] = h.outputGradient.shape;
    const g = h.outputGradient;
    const scratch = this.#gemmRoom();
    if (h.input && h.weightGradient) {
      const d = h.input.shape[1];
      const sides = [g, 4, k * 4, h.input, d * 4, 4];
      this.#call("gemm", [...sides, h.weightGradient, d * 4, 0, k, d, n, scratch]);
    }
    if (h.weight && h.inputGradient) {
      const d = h.weight.shape[1];
      const sides = [g, k * 4, 4, h.weight, d * 4, 4];
      this.#call("gemm", [...sides, h.inputGradient, d * 4, 0, n, d, k, scratch]);
    }
    if (h.biasGradient) this.#call("columnSums", [g, h.biasGradient, n, k]);
  }

  softmax(o: ops.Softmax): void {
    const { logits, probabilities } = operands.softmax<Block>(this, o);
    const [n, k] = logits.shape;
    if (k > 0) this.#call("softmax", [logits, probabilities, n, k, this.#rowRoom(k)]);
  }

  softmaxCrossEntropy(o: ops.SoftmaxCrossEntropy): void {
    const { logits, labels, losses, gradient } = operands.softmaxCrossEntropy<Block>(this, o);
    const [n, k] = logits.shape;
    const arrays = [logits, labels, losses, gradient];
    this.#call("softmaxCrossEntropy", [...arrays, n, k, Math.fround(1 / n), this.#rowRoom(k)]);
  }

  softTargetCrossEntropy(o: ops.SoftTargetCrossEntropy): void {
    const h = regularized.softTargetCrossEntropy<Block>(this, o);
    const [n, k] = h.logits.shape;
    const arrays = [h.logits, h.labels, h.others, h.classWeights, h.losses, h.gradient];
    const fixed = [...arrays, n, k, Math.fround(1 / n), h.uniform, h.certain, this.#rowRoom(k)];
    const varying = this.#varying(h.mixture, fixed.length, regularized.mixtureScalars);
    const shares = regularized.mixtureScalars(h.mixture);
    this.#call("softTargetCrossEntropy", [...fixed, ...shares], varying);
  }

  mix(o: ops.Mix): void {
    const { input, others, output, mixture } = regularized.mix<Block>(this, o);
    const fixed = [input, others, output, input.size];
    const varying = this.#varying(mixture, fixed.length, regularized.mixtureScalars);
    this.#call("mix", [...fixed, ...regularized.mixtureScalars(mixture)], varying);
  }

  sumSquares(o: ops.SumSquares): void {
    const { input, sums, anew } = regularized.sumSquares<Block>(this, o);
    this.#call("sumSquares", [input, sums, input.size, Number(anew)]);
  }

  clipFactor(o: ops.ClipFactor): void {
    const { sums, factor, limit } = regularized.clipFactor<Block>(this, o);
    this.#call("clipFactor", [sums, factor, limit]);
  }

  penalize(o: ops.Penalize): void {
    const h = regularized.penalize<Block>(this, o);
    const arrays = [h.parameters, h.gradient, h.coefficients, h.factor];
    const fixed = [...arrays, h.parameters.size, h.width];
    const varying = this.#varying(h.penalty, fixed.length, regularized.penaltyScalars);
    this.#call("penalize", [...fixed, ...regularized.penaltyScalars(h.penalty)], varying);
  }

  shrink(o: ops.Shrink): void {
    const { parameters, shrinkage } = regularized.shrink<Block>(this, o);
    const fixed = [parameters, parameters.size];
    const varying = this.#varying(shrinkage, fixed.length, regularized.shrinkageScalars);
    this.#call("shrink", [...fixed, ...regularized.shrinkageScalars(shrinkage)], varying);
  }

  argmax(o: ops.ArgMax): void {
    const { input, output } = operands.argmax<Block>(this, o);
    this.#call("argmax", [input, output, ...input.shape]);
  }

  columnSums(o: ops.ColumnSums): void {
    const { input, output } = operands.columnSums<Block>(this, o);
    this.#call("columnSums", [input, output, ...input.shape]);
  }

  activate(o: ops.Activate): void {
    this.#call(...calls.activate(this, o));
  }

  activationGradient(o: ops.ActivationGradient): void {
    this.#call(...calls.activationGradient(this, o));
  }

  batchStatistics(o: ops.BatchStatistics): void {
    this.#call(...calls.batchStatistics(this, o));
  }

  normalize(o: ops.Normalize): void {
    this.#call(...calls.normalize(this, o));
  }

  normalizeGradient(o: ops.NormalizeGradient): void {
    this.#call(...calls.normalizeGradient(this, o));
  }

  moveAverage(o: ops.MoveAverage): void {
    this.#call(...calls.moveAverage(this, o));
  }

  dropout(o: ops.Dropout): void {
    const [name, values] = calls.dropout(this, o);
    this.#call(name, values, this.#varying(o.mask, 3, calls.maskArguments));
  }

  patches(o: ops.Patches): void {
    this.#call(...calls.patches(this, o));
  }

  patchesGradient(o: ops.PatchesGradient): void {
    this.#call(...calls.patchesGradient(this, o));
  }

  maxPool(o: ops.Pool): void {
    this.#call(...calls.pool(this, "maxPool", o));
  }

  maxPoolGradient(o: ops.MaxPoolGradient): void {
    this.#call(...calls.maxPoolGradient(this, o));
  }

  averagePool(o: ops.Pool): void {
    this.#call(...calls.pool(this, "averagePool", o));
  }

  averagePoolGradient(o: ops.AveragePoolGradient): void {
    this.#call(...calls.averagePoolGradient(this, o));
  }

  update(o: ops.Update): void {
    const { parameters, gradient, slots, rule } = operands.update<Block>(this, o);
    const arrays = [parameters, gradient, ...slots, parameters.size];
    const varying = this.#varying(rule, arrays.length, (later) => {
      operands.checkRule(later);
      return updateScalars(later);
    });
    this.#call(rule.kind, [...arrays, ...updateScalars(rule)], varying);
  }
}
