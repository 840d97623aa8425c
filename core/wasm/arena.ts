import type { Arena } from "../allocator.ts";

const PAGE = 65536;

/**
 * A WebAssembly memory as an arena.
 *
 * @param limit Bytes that it may have. Default: 4 GiB, WebAssembly's own limit of 2¹⁶ pages.
 */
export function memoryArena(memory: WebAssembly.Memory, limit = 0x100000000): Arena {
  return {
    kind: "a WebAssembly memory",
    page: PAGE,
    limit,
    get bytes() {
      return memory.buffer.byteLength;
    },
    grow: (bytes) => void memory.grow(bytes / PAGE),
    clear: (from, bytes) => void new Uint8Array(memory.buffer, from, bytes).fill(0),
  };
}
