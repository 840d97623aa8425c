import type { Arena } from "../allocator.ts";
import type { Commands } from "./commands.ts";

/** Bytes by which the buffer grows at least. */
const PAGE = 65536;

/** One buffer of a device that holds all arrays; it grows by moving into a larger one. */
export class BufferArena implements Arena {
  readonly kind = "a buffer of this WebGPU adapter";
  readonly page = PAGE;
  readonly limit: number;
  readonly #device: GPUDevice;
  readonly #commands: Commands;
  #buffer: GPUBuffer;
  #used: number = PAGE;

  constructor(device: GPUDevice, commands: Commands) {
    this.#device = device;
    this.#commands = commands;
    const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
    // Places are 32-bit words that count elements of 4 bytes: 16 GiB would still be named.
    this.limit = Math.floor(Math.min(maxBufferSize, maxStorageBufferBindingSize) / PAGE) * PAGE;
    this.#buffer = this.#create(PAGE);
    commands.bind(this.#buffer);
  }

  /** The buffer as it is now. */
  get buffer(): GPUBuffer {
    return this.#buffer;
  }

  get bytes(): number {
    return this.#used;
  }

  grow(bytes: number): void {
    this.#used += bytes;
    if (this.#used <= this.#buffer.size) return;
    const old = this.#buffer;
    // Twice as large, so that moving costs no more than filling.
    this.#buffer = this.#create(Math.min(Math.max(this.#used, 2 * old.size), this.limit));
    this.#commands.encode((encoder) =>
      encoder.copyBufferToBuffer(old, 0, this.#buffer, 0, old.size)
    );
    this.#commands.bind(this.#buffer);
    old.destroy();
  }

  clear(from: number, bytes: number): void {
    this.#commands.encode((encoder) => encoder.clearBuffer(this.#buffer, from, bytes));
  }

  #create(size: number): GPUBuffer {
    return this.#device.createBuffer({
      size,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
  }
}
