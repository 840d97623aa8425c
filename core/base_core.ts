import { checkShape, formatShape, Handle, resolve, sizeOf, type Storage } from "./handle.ts";
import type {
  FloatTensor,
  IntegerTensor,
  Rule,
  Shape,
  Step,
  Tensor,
  UploadIntegersOptions,
  UploadOptions,
} from "./ops.ts";
import { checkBound, checkFloats, checkIntegers } from "./values.ts";

/** The part of a core that makes, moves and frees arrays, over four primitives of its memory. */
export abstract class BaseCore<S extends Storage> {
  readonly #live = new Set<S>();
  #repeating = false;

  /** Memory for so many elements of 32 bits, all zero. */
  protected abstract allocate(size: number): S;
  /** Gives memory back. */
  protected abstract release(storage: S): void;
  /** Replaces an array's elements. */
  protected abstract put(handle: Handle<S>, data: Float32Array | Int32Array): void;
  /** Copies an array's elements out, once all earlier operations are done. */
  protected abstract get(
    handle: Handle<S>,
    into: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  ): Promise<void>;
  /** Copies one array's elements to another of the same size. */
  protected abstract move(from: Handle<S>, to: Handle<S>): void;

  /** Runs each step of a repetition. A core that repeats what it recorded overrides it. */
  protected eachStep(steps: number, run: (index: number, rule: Step["rule"]) => void): void {
    for (let i = 0; i < steps; i++) {
      run(i, (of) => {
        const rule = of(i);
        checkKinds(of(0), rule);
        return rule;
      });
    }
  }

  #notRepeating(what: string): void {
    if (this.#repeating) {
      throw new TypeError(
        `Cannot ${what} in the body of repeat() as it holds operations alone: do it before or after`,
      );
    }
  }

  repeat(steps: number, body: (step: Step) => void): void {
    this.#notRepeating("repeat");
    if (!Number.isInteger(steps) || steps < 0) {
      throw new RangeError(
        `Cannot repeat as the number of steps must be an integer from 0 up: current value is ${steps}`,
      );
    }
    this.#repeating = true;
    try {
      this.eachStep(steps, (index, rule) => {
        body({ rule, rows: (tensor, size) => this.#window(tensor, size, index, steps) });
      });
    } finally {
      this.#repeating = false;
    }
  }

  #window<T extends Tensor>(tensor: T, size: number, index: number, steps: number): T {
    const handle = resolve<S>(this, "repeat", "tensor", tensor);
    const { type, shape, below, storage, offset } = handle;
    if (!Number.isInteger(size) || size < 0 || size * steps > shape[0]) {
      throw new RangeError(
        `Cannot repeat as ${steps} steps of ${size} rows must lie in the tensor ${
          formatShape(shape)
        }`,
      );
    }
    const advance = size * sizeOf(shape.slice(1));
    const view = [size, ...shape.slice(1)];
    const reach = { from: offset, to: offset + steps * advance };
    const from = offset + index * advance;
    const window = new Handle(this, type, view, below, storage, from, { advance, reach });
    return window as unknown as T;
  }

  #create(shape: Shape, below: number, name = "a tensor"): Handle<S> {
    this.#notRepeating("create a tensor");
    const storage = this.#allocateFor(shape, name);
    this.#live.add(storage);
    return new Handle(this, below > 0 ? "i32" : "f32", shape, below, storage);
  }

  #allocateFor(shape: Shape, name: string): S {
    try {
      return this.allocate(sizeOf(shape));
    } catch (cause) {
      if (!(cause instanceof RangeError)) throw cause;
      const size = (sizeOf(shape) * 4 / 2 ** 30).toFixed(2);
      throw new RangeError(
        `Cannot hold ${name} ${formatShape(shape)} of ${size} GiB: ${cause.message}`,
        { cause },
      );
    }
  }

  tensor(shape: Shape): FloatTensor {
    checkShape("Cannot create a tensor", shape);
    return this.#create(shape, 0).asFloats();
  }

  integers(shape: Shape, below: number): IntegerTensor {
    checkShape("Cannot create a tensor", shape);
    checkBound("a tensor", below);
    return this.#create(shape, below).asIntegers();
  }

  upload(data: Float32Array, shape: Shape, options: UploadOptions = {}): FloatTensor {
    checkFloats(options.name ?? "tensor", data, shape, options.allowNonFinite ?? false);
    const handle = this.#create(shape, 0, options.name);
    this.put(handle, data);
    return handle.asFloats();
  }

  uploadIntegers(data: Int32Array, shape: Shape, options: UploadIntegersOptions): IntegerTensor {
    checkIntegers(options.name ?? "tensor", data, shape, options.below);
    const handle = this.#create(shape, options.below, options.name);
    this.put(handle, data);
    return handle.asIntegers();
  }

  write(tensor: FloatTensor, data: Float32Array, options: UploadOptions = {}): void {
    this.#notRepeating("write");
    const name = options.name ?? "tensor";
    const handle = resolve<S>(this, "write", name, tensor, "f32");
    checkFloats(name, data, handle.shape, options.allowNonFinite ?? false);
    this.put(handle, data);
  }

  writeIntegers(tensor: IntegerTensor, data: Int32Array, name = "tensor"): void {
    this.#notRepeating("write");
    const handle = resolve<S>(this, "write", name, tensor, "i32");
    checkIntegers(name, data, handle.shape, handle.below);
    this.put(handle, data);
  }

  async download(tensor: FloatTensor): Promise<Float32Array<ArrayBuffer>> {
    this.#notRepeating("download");
    const handle = resolve<S>(this, "download", "tensor", tensor, "f32");
    const data = new Float32Array(handle.size);
    await this.get(handle, data);
    const bits = new Uint32Array(data.buffer);
    for (let i = 0; i < bits.length; i++) {
      if ((bits[i] & 0x7fffffff) > 0x7f800000) bits[i] = 0x7fc00000;
    }
    return data;
  }

  async downloadIntegers(tensor: IntegerTensor): Promise<Int32Array<ArrayBuffer>> {
    this.#notRepeating("download");
    const handle = resolve<S>(this, "download", "tensor", tensor, "i32");
    const data = new Int32Array(handle.size);
    await this.get(handle, data);
    return data;
  }

  rows<T extends Tensor>(tensor: T, from: number, to: number): T {
    const handle = resolve<S>(this, "rows", "tensor", tensor);
    const { type, shape, below, storage, offset } = handle;
    const whole = Number.isInteger(from) && Number.isInteger(to);
    if (!whole || from < 0 || from > to || to > shape[0]) {
      throw new RangeError(
        `Cannot view rows as they must lie in those of the tensor ${
          formatShape(shape)
        }: current rows are ${from} to ${to}`,
      );
    }
    const width = sizeOf(shape.slice(1));
    const view = [to - from, ...shape.slice(1)];
    const begin = offset + from * width;
    const steps = handle.advance === 0 ? undefined : handle;
    return new Handle(this, type, view, below, storage, begin, steps) as unknown as T;
  }

  reshape<T extends Tensor>(tensor: T, shape: Shape): T {
    const handle = resolve<S>(this, "reshape", "tensor", tensor);
    checkShape("Cannot reshape a tensor", shape);
    if (sizeOf(shape) !== handle.size) {
      throw new RangeError(
        `Cannot reshape a tensor as ${formatShape(shape)} must have as many elements as ${
          formatShape(handle.shape)
        }`,
      );
    }
    const { type, below, storage, offset } = handle;
    const steps = handle.advance === 0 ? undefined : handle;
    return new Handle(this, type, shape, below, storage, offset, steps) as unknown as T;
  }

  copy(from: FloatTensor, to: FloatTensor): void {
    this.#notRepeating("copy");
    const source = resolve<S>(this, "copy", "from", from, "f32");
    const target = resolve<S>(this, "copy", "to", to, "f32");
    if (formatShape(source.shape) !== formatShape(target.shape)) {
      throw new RangeError(
        `Cannot copy as both tensors must have one shape: current shapes are ${
          formatShape(source.shape)
        } and ${formatShape(target.shape)}`,
      );
    }
    this.move(source, target);
  }

  free(tensor: Tensor): void {
    this.#notRepeating("free");
    const { storage, isView } = resolve<S>(this, "free", "tensor", tensor);
    if (isView) return;
    storage.freed = true;
    this.#live.delete(storage);
    this.release(storage);
  }

  reset(): void {
    this.#notRepeating("reset");
    for (const storage of this.#live) {
      storage.freed = true;
      this.release(storage);
    }
    this.#live.clear();
  }

  dispose(): void {
    this.reset();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }
}

/** Checks that two steps' rules are of one kind. */
export function checkKinds(first: Rule, other: Rule): void {
  if (first.kind === other.kind) return;
  throw new TypeError(
    `Cannot repeat as the rules of all steps must be of one kind: they are ${first.kind} and ${other.kind}`,
  );
}
