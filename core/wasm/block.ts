import type { Handle, Storage } from "../handle.ts";

/** The WebAssembly memory behind an array. */
export interface Block extends Storage {
  /** Where it begins, in bytes. */
  pointer: number;
}

/** Where an array begins, in bytes; 0 for none. */
export function pointer(handle: Handle<Block> | undefined): number {
  return handle ? handle.storage.pointer + handle.offset * 4 : 0;
}
