import { BaseCore } from "../base_core.ts";
import type { Handle, Storage } from "../handle.ts";
import * as operands from "../operands.ts";
import type * as ops from "../ops.ts";
import { FUSED, type MultiplyAdd } from "../math/multiply_add.ts";
import * as dense from "./dense.ts";
import * as rows from "./rows.ts";
import * as softmax from "./softmax.ts";
import { update } from "./update.ts";

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
 * const core = createReferenceCore();
 * const input = core.upload(new Float32Array([1, 2]), [1, 2]);
 * const weight = core.upload(new Float32Array([3, 4]), [1, 2]);
 * const output = core.tensor([1, 1]);
 * core.dense({ input, weight, output });
 * await core.download(output); // Float32Array [11]
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

  argmax(o: ops.ArgMax): void {
    const { input, output } = operands.argmax<Memory>(this, o);
    rows.argmax(floats(input), integers(output), input.shape[0], input.shape[1]);
  }

  columnSums(o: ops.ColumnSums): void {
    const { input, output } = operands.columnSums<Memory>(this, o);
    rows.columnSums(floats(input), floats(output), input.shape[0], input.shape[1]);
  }

  update(o: ops.Update): void {
    const { parameters, gradient, slots, rule } = operands.update<Memory>(this, o);
    const state = slots.map((slot) => floats(slot));
    update(this.#multiplyAdd, floats(parameters), floats(gradient), state, rule);
  }
}
