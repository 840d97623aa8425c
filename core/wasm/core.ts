import { BaseCore } from "../base_core.ts";
import type { Handle, Storage } from "../handle.ts";
import type * as ops from "../ops.ts";
import * as operands from "../operands.ts";
import { Allocator } from "./allocator.ts";
import type { Kernels } from "./kernels.ts";
import { type LoadedKernels, loadKernels, type MultiplyAddBuild } from "./load.ts";
import { update } from "./update.ts";

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
}

/**
 * The contract in WebAssembly: SIMD kernels compiled from AssemblyScript, one thread.
 *
 * @throws {RangeError} if the fused kernels are asked for on a machine that does not fuse.
 *
 * @example
 * ```ts
 * const core = await createWasmCore({ read: Deno.readFile });
 * core.name; // "wasm (fused)"
 * ```
 */
export async function createWasmCore(options: WasmCoreOptions): Promise<ops.Core> {
  return new WasmCore(await loadKernels(options.read, options.multiplyAdd));
}

interface Block extends Storage {
  pointer: number;
}

/** Where an array begins, in bytes; 0 for none. */
function at(handle: Handle<Block> | undefined): number {
  return handle ? handle.storage.pointer + handle.offset * 4 : 0;
}

class WasmCore extends BaseCore<Block> implements ops.Core {
  readonly name: string;
  readonly #memory: WebAssembly.Memory;
  readonly #kernels: Kernels;
  readonly #allocator: Allocator;
  #scratch = { pointer: 0, bytes: 0 };

  constructor({ kernels, memory, multiplyAdd }: LoadedKernels) {
    super();
    this.name = `wasm (${multiplyAdd})`;
    this.#memory = memory;
    this.#kernels = kernels;
    this.#allocator = new Allocator(memory);
  }

  protected override allocate(size: number): Block {
    return { freed: false, pointer: this.#allocator.allocate(size * 4) };
  }

  protected override release(block: Block): void {
    this.#allocator.free(block.pointer);
  }

  /** An array's elements; valid until the memory grows. */
  #bits(handle: Handle<Block>): Int32Array {
    return new Int32Array(this.#memory.buffer, at(handle), handle.size);
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

  /** Room for so many floats, used within one operation. */
  #room(floats: number): number {
    if (floats * 4 > this.#scratch.bytes) {
      if (this.#scratch.bytes > 0) this.#allocator.free(this.#scratch.pointer);
      this.#scratch = { pointer: 0, bytes: 0 };
      const pointer = this.#allocator.allocate(floats * 4);
      this.#scratch = { pointer, bytes: floats * 4 };
    }
    return this.#scratch.pointer;
  }

  /** Room for a product. */
  #gemmRoom(): number {
    return this.#room(this.#kernels.gemmScratch.value / 4);
  }

  gatherRows(o: ops.GatherRows): void {
    const { source, indices, output } = operands.gatherRows<Block>(this, o);
    if (output.size === 0) return;
    const bytes = output.size / indices.size * 4;
    this.#kernels.gather(at(source), at(indices), at(output), indices.size, bytes);
  }

  dense(o: ops.Dense): void {
    const { input, weight, bias, output } = operands.dense<Block>(this, o);
    const [n, d] = input.shape;
    const k = weight.shape[0];
    const scratch = this.#gemmRoom();
    const [x, w, b] = [at(input), at(weight), at(bias)];
    this.#kernels.gemm(x, d * 4, 4, w, 4, d * 4, at(output), k * 4, b, n, k, d, scratch);
  }

  denseGradient(o: ops.DenseGradient): void {
    const h = operands.denseGradient<Block>(this, o);
    const [n, k] = h.outputGradient.shape;
    const g = at(h.outputGradient);
    const scratch = this.#gemmRoom();
    const { gemm, columnSums } = this.#kernels;
    if (h.input && h.weightGradient) {
      const d = h.input.shape[1];
      gemm(g, 4, k * 4, at(h.input), d * 4, 4, at(h.weightGradient), d * 4, 0, k, d, n, scratch);
    }
    if (h.weight && h.inputGradient) {
      const d = h.weight.shape[1];
      gemm(g, k * 4, 4, at(h.weight), d * 4, 4, at(h.inputGradient), d * 4, 0, n, d, k, scratch);
    }
    if (h.biasGradient) columnSums(g, at(h.biasGradient), n, k);
  }

  softmax(o: ops.Softmax): void {
    const { logits, probabilities } = operands.softmax<Block>(this, o);
    const [n, k] = logits.shape;
    if (k > 0) this.#kernels.softmax(at(logits), at(probabilities), n, k, this.#room(k));
  }

  softmaxCrossEntropy(o: ops.SoftmaxCrossEntropy): void {
    const h = operands.softmaxCrossEntropy<Block>(this, o);
    const [n, k] = h.logits.shape;
    this.#kernels.softmaxCrossEntropy(
      at(h.logits),
      at(h.labels),
      at(h.losses),
      at(h.gradient),
      n,
      k,
      Math.fround(1 / n),
      this.#room(k),
    );
  }

  argmax(o: ops.ArgMax): void {
    const { input, output } = operands.argmax<Block>(this, o);
    this.#kernels.argmax(at(input), at(output), input.shape[0], input.shape[1]);
  }

  columnSums(o: ops.ColumnSums): void {
    const { input, output } = operands.columnSums<Block>(this, o);
    this.#kernels.columnSums(at(input), at(output), input.shape[0], input.shape[1]);
  }

  update(o: ops.Update): void {
    const { parameters, gradient, slots, rule } = operands.update<Block>(this, o);
    update(this.#kernels, at(parameters), at(gradient), slots.map(at), parameters.size, rule);
  }
}
