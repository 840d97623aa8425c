/** A stretch of free memory, in bytes. */
interface Gap {
  from: number;
  to: number;
}

const PAGE = 65536;
const ALIGNMENT = 64;
/** WebAssembly's limit: 2¹⁶ pages of 64 KiB. */
const LIMIT = 0x100000000;

/**
 * Blocks of a WebAssembly memory: first fit, 64-byte aligned, neighbouring gaps joined. The first
 * page stays unused, so that no block begins at 0.
 */
export class Allocator {
  readonly #memory: WebAssembly.Memory;
  readonly #sizes = new Map<number, number>();
  #gaps: Gap[];
  /** What lies beyond was never handed out, and is zero as WebAssembly made it. */
  #touched = PAGE;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
    this.#gaps = [{ from: PAGE, to: Math.max(memory.buffer.byteLength, PAGE) }];
  }

  /**
   * A block of so many bytes, filled with zeros.
   *
   * @returns Where it begins.
   * @throws {RangeError} if the memory would exceed 4 GiB, or the machine has no more.
   */
  allocate(bytes: number): number {
    const size = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    let index = this.#gaps.findIndex(({ from, to }) => to - from >= size);
    if (index < 0) {
      this.#grow(size, bytes);
      index = this.#gaps.length - 1;
    }
    const gap = this.#gaps[index];
    const pointer = gap.from;
    gap.from += size;
    if (gap.from === gap.to) this.#gaps.splice(index, 1);
    this.#sizes.set(pointer, size);
    const used = Math.min(pointer + size, this.#touched) - pointer;
    if (used > 0) new Uint8Array(this.#memory.buffer, pointer, used).fill(0);
    this.#touched = Math.max(this.#touched, pointer + size);
    return pointer;
  }

  /** Gives a block back. */
  free(pointer: number): void {
    const size = this.#sizes.get(pointer);
    if (size === undefined) {
      throw new ReferenceError(`Cannot free ${pointer} as no block begins there`);
    }
    this.#sizes.delete(pointer);
    const index = this.#gaps.findIndex(({ from }) => from > pointer);
    const at = index < 0 ? this.#gaps.length : index;
    this.#gaps.splice(at, 0, { from: pointer, to: pointer + size });
    this.#join(at);
    this.#join(at - 1);
  }

  /** Makes the last gap large enough. */
  #grow(size: number, bytes: number): void {
    const end = this.#memory.buffer.byteLength;
    const last = this.#gaps.at(-1);
    const open = last?.to === end ? end - last.from : 0;
    const pages = Math.ceil((size - open) / PAGE);
    const total = end + pages * PAGE;
    if (total > LIMIT) {
      throw new RangeError(
        `Cannot allocate ${bytes} bytes as a WebAssembly memory holds at most 4 GiB: it would need ${total} bytes`,
      );
    }
    try {
      this.#memory.grow(pages);
    } catch (cause) {
      throw new RangeError(
        `Cannot allocate ${bytes} bytes as the machine gives no more memory: ${end} bytes are in use`,
        { cause },
      );
    }
    if (open > 0) last!.to = total;
    else this.#gaps.push({ from: end, to: total });
  }

  /** Joins a gap with the next one if they touch. */
  #join(index: number): void {
    const gap = this.#gaps[index], next = this.#gaps[index + 1];
    if (!gap || !next || gap.to !== next.from) return;
    gap.to = next.to;
    this.#gaps.splice(index + 1, 1);
  }
}
