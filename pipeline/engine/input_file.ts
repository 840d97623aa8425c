/**
 * A file that is read in part and still held to its digest.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { InputFile } from "../stage.ts";
import { DamagedArtifactError } from "./errors.ts";

/** What is checked at once. */
const BLOCK = 65536;
/** What is hashed at once: whole blocks. */
const PIECE = 16 * BLOCK;
/** Words of a block's checksum. */
const LANES = 4;

/**
 * Opens a file and holds it to its digest: once as a whole, in pieces so that memory stays bounded,
 * and then each block that is read to what that block was. So whoever uses the bytes uses those of
 * the digest, even where the file changes in between.
 *
 * @param digest Expected SHA-256, lowercase hexadecimal.
 * @throws {DamagedArtifactError} if the bytes are not those of the digest.
 */
export function openInputFile(path: string, digest: string): InputFile {
  const hash = createHash("sha256");
  const piece = new Uint8Array(PIECE);
  const sums: Uint32Array[] = [];
  let size = 0;
  using file = Deno.openSync(path, { read: true });
  while (true) {
    const length = fill(file, piece);
    const bytes = piece.subarray(0, length);
    hash.update(bytes);
    for (let at = 0; at < length; at += BLOCK) sums.push(checksum(bytes.subarray(at, at + BLOCK)));
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
  readonly #sums: readonly Uint32Array[];
  /** Open files that no read is using: reads at once need a place in the file each. */
  readonly #idle: Deno.FsFile[] = [];
  readonly #edge = new Uint8Array(BLOCK);
  #isClosed = false;

  constructor(path: string, digest: string, size: number, sums: readonly Uint32Array[]) {
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
    const expected = this.#sums[block];
    if (checksum(bytes).some((word, i) => word !== expected[i])) throw this.#damaged();
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

/**
 * A checksum of a block: four lanes of FNV-1a over 32-bit words (Fowler, Noll & Vo), the bytes after
 * the last word as one more. Each step is a bijection of its lane, so a change of one word is
 * always seen, and any other change but by a chance of 2⁻³² or less.
 */
function checksum(bytes: Uint8Array<ArrayBuffer>): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >>> 2);
  const PRIME = 0x01000193;
  let a = 0x811c9dc5, b = a, c = a, d = a;
  const whole = words.length & -LANES;
  for (let i = 0; i < whole; i += LANES) {
    a = Math.imul(a ^ words[i], PRIME);
    b = Math.imul(b ^ words[i + 1], PRIME);
    c = Math.imul(c ^ words[i + 2], PRIME);
    d = Math.imul(d ^ words[i + 3], PRIME);
  }
  for (let i = whole; i < words.length; i++) a = Math.imul(a ^ words[i], PRIME);
  for (let i = words.length * 4; i < aligned.length; i++) a = Math.imul(a ^ aligned[i], PRIME);
  return Uint32Array.of(a, b, c, d);
}
