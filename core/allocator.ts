/** A stretch of free memory, in bytes. */
interface Gap {
  from: number;
  to: number;
}

/** Memory that blocks are handed out of. */
export interface Arena {
  /** How many bytes it has now. */
  readonly bytes: number;
  /** It grows by multiples of this. */
  readonly page: number;
  /** How many bytes it may have. */
  readonly limit: number;
  /** What may have no more, for messages: `a WebAssembly memory`. */
  readonly kind: string;
  /**
   * Makes it so many bytes larger.
   *
   * @throws {Error} if the machine has no more.
   */
  grow(bytes: number): void;
  /** Fills bytes with zeros. */
  clear(from: number, bytes: number): void;
}

const ALIGNMENT = 64;

/**
 * Blocks of an arena: first fit, 64-byte aligned, neighbouring gaps joined. The first page stays
 * unused, so that no block begins at 0.
 */
export class Allocator {
  readonly #arena: Arena;
  readonly #sizes = new Map<number, number>();
  #gaps: Gap[];
  /** What lies beyond was never handed out, and is zero as the arena made it. */
  #touched: number;

  constructor(arena: Arena) {
    this.#arena = arena;
    this.#touched = arena.page;
    this.#gaps = [{ from: arena.page, to: Math.max(arena.bytes, arena.page) }];
  }

  /**
   * A block of so many bytes, filled with zeros.
   *
   * @returns Where it begins.
   * @throws {RangeError} if the arena would exceed its limit, or the machine has no more.
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
    if (used > 0) this.#arena.clear(pointer, used);
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
    const { bytes: end, page, limit, kind } = this.#arena;
    const last = this.#gaps.at(-1);
    const open = last?.to === end ? end - last.from : 0;
    const more = Math.ceil((size - open) / page) * page;
    const total = end + more;
    if (total > limit) {
      throw new RangeError(
        `Cannot allocate ${bytes} bytes as ${kind} holds at most ${
          formatBytes(limit)
        }: it would need ${total} bytes`,
      );
    }
    try {
      this.#arena.grow(more);
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

function formatBytes(bytes: number): string {
  const unit = bytes >= 2 ** 30 ? "GiB" : "MiB";
  return `${Number((bytes / (unit === "GiB" ? 2 ** 30 : 2 ** 20)).toFixed(2))} ${unit}`;
}
