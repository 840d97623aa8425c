/**
 * A file that is read in part and still held to its digest.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { InputFile } from "../stage.ts";
import { DamagedArtifactError } from "./errors.ts";

/** What is checked at once. */
const BLOCK = 65536;
/** What is hashed at once: whole blocks. */
const PIECE = 16 * BLOCK;

/**
 * Opens a file and holds it to its digest: once as a whole, in pieces so that memory stays bounded,
 * and then each block that is read to what that block was, by its CRC-32. So whoever uses the bytes
 * uses those of the digest, even where the file changes in between.
 *
 * @param digest Expected SHA-256, lowercase hexadecimal.
 * @throws {DamagedArtifactError} if the bytes are not those of the digest.
 */
export function openInputFile(path: string, digest: string): InputFile {
  const hash = createHash("sha256");
  const piece = new Uint8Array(PIECE);
  const sums: number[] = [];
  let size = 0;
  using file = Deno.openSync(path, { read: true });
  while (true) {
    const length = fill(file, piece);
    const bytes = piece.subarray(0, length);
    hash.update(bytes);
    for (let at = 0; at < length; at += BLOCK) sums.push(crc32(bytes.subarray(at, at + BLOCK)));
    size += length;
    if (length < PIECE) break;
  }
  const found = hash.digest("hex");
  if (found !== digest) throw new DamagedArtifactError(digest, path, found);
  return new CheckedFile(path, digest, size, sums);
}

class CheckedFile implements InputFile {
  readonly size: number;
  readonly #path: string;
  readonly #digest: string;
  /** Checksum of each block. */
  readonly #sums: readonly number[];
  /** Open files that no read is using: reads at once need a place in the file each. */
  readonly #idle: Deno.FsFile[] = [];
  readonly #edge = new Uint8Array(BLOCK);
  #isClosed = false;

  constructor(path: string, digest: string, size: number, sums: readonly number[]) {
    this.#path = path;
    this.#digest = digest;
    this.size = size;
    this.#sums = sums;
  }

  async read(position: number, into: Uint8Array<ArrayBuffer>): Promise<void> {
    const end = position + into.length;
    if (!Number.isSafeInteger(position) || position < 0 || end > this.size) {
      throw new RangeError(
        `Cannot read bytes ${position} to ${end} as the file has ${this.size}: ${this.#path}`,
      );
    }
    if (this.#isClosed) throw new Deno.errors.BadResource(`The file is closed: ${this.#path}`);
    const file = this.#idle.pop() ?? Deno.openSync(this.#path, { read: true });
    try {
      file.seekSync(position, Deno.SeekMode.Start);
      for (let at = 0; at < into.length;) {
        const length = await file.read(into.subarray(at));
        if (length === null) throw this.#damaged();
        at += length;
      }
      this.#check(file, position, into);
    } finally {
      if (this.#isClosed) file.close();
      else this.#idle.push(file);
    }
  }

  /** Holds what was read to its blocks; of one that was read in part, the rest is read for it. */
  #check(file: Deno.FsFile, position: number, into: Uint8Array<ArrayBuffer>): void {
    const end = position + into.length;
    for (let block = Math.floor(position / BLOCK); block * BLOCK < end; block++) {
      const from = block * BLOCK, to = Math.min(from + BLOCK, this.size);
      if (from >= position && to <= end) {
        this.#hold(block, into.subarray(from - position, to - position));
        continue;
      }
      const whole = this.#edge.subarray(0, to - from);
      file.seekSync(from, Deno.SeekMode.Start);
      if (fill(file, whole) < whole.length) throw this.#damaged();
      this.#hold(block, whole);
      const [first, last] = [Math.max(from, position), Math.min(to, end)];
      into.set(whole.subarray(first - from, last - from), first - position);
    }
  }

  #hold(block: number, bytes: Uint8Array<ArrayBuffer>): void {
    if (crc32(bytes) !== this.#sums[block]) throw this.#damaged();
  }

  #damaged(): DamagedArtifactError {
    const why = "its bytes changed while they were in use";
    return new DamagedArtifactError(this.#digest, this.#path, undefined, why);
  }

  [Symbol.dispose](): void {
    this.#isClosed = true;
    for (const file of this.#idle.splice(0)) file.close();
  }
}

/** Reads until the array is full or the file ends; how many bytes were read. */
function fill(file: Deno.FsFile, into: Uint8Array): number {
  let at = 0;
  while (at < into.length) {
    const length = file.readSync(into.subarray(at));
    if (length === null) break;
    at += length;
  }
  return at;
}
