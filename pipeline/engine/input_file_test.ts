import assert from "node:assert/strict";
import fc from "fast-check";
import { sha256 } from "../digest.ts";
import { DamagedArtifactError } from "./errors.ts";
import { openInputFile } from "./input_file.ts";

/** A file of so many bytes, gone after the test. */
class TemporaryFile {
  readonly path = Deno.makeTempFileSync();
  readonly bytes: Uint8Array<ArrayBuffer>;

  constructor(size: number) {
    this.bytes = Uint8Array.from({ length: size }, (_, i) => (i * 2654435761) >>> 13);
    Deno.writeFileSync(this.path, this.bytes);
  }

  /** Changes the byte at a place. */
  spoil(at: number): void {
    using file = Deno.openSync(this.path, { write: true });
    file.seekSync(at, Deno.SeekMode.Start);
    file.writeSync(Uint8Array.of(this.bytes[at] ^ 0x10));
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.path);
  }
}

const BLOCK = 65536;

Deno.test("any part of a file is read, wherever blocks end, many at once", async () => {
  for (const size of [0, 1, 5, BLOCK - 1, BLOCK, 3 * BLOCK + 7, 17 * BLOCK + 2]) {
    using temporary = new TemporaryFile(size);
    const { bytes, path } = temporary;
    using file = openInputFile(path, sha256(bytes));
    assert.equal(file.size, size);
    const parts = fc.array(fc.tuple(fc.nat(size), fc.nat(size)), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(parts, fc.nat(3), async (parts, shift) => {
        await Promise.all(parts.map(async (ends) => {
          const [from, to] = ends.sort((a, b) => a - b);
          const into = new Uint8Array(shift + to - from).subarray(shift);
          await file.read(from, into);
          assert.deepEqual(into, bytes.subarray(from, to));
        }));
      }),
      { numRuns: 20 },
    );
    await assert.rejects(file.read(size, new Uint8Array(1)), {
      name: "RangeError",
      message: `Cannot read bytes ${size} to ${size + 1} as the file has ${size}: ${path}`,
    });
  }
});

Deno.test("a file that is not that of its digest cannot be opened", () => {
  using temporary = new TemporaryFile(3 * BLOCK);
  const digest = sha256(temporary.bytes);
  temporary.spoil(2 * BLOCK);
  assert.throws(() => openInputFile(temporary.path, digest), DamagedArtifactError);
});

Deno.test("a byte that changes after the file was opened is seen when it is read", async () => {
  using temporary = new TemporaryFile(4 * BLOCK + 3);
  const { bytes, path } = temporary;
  using file = openInputFile(path, sha256(bytes));
  const read = async (from: number, to: number) => {
    const into = new Uint8Array(to - from);
    await file.read(from, into);
    return into;
  };
  await read(0, file.size);
  for (const at of [BLOCK + 5, 4 * BLOCK + 2]) {
    temporary.spoil(at);
    await assert.rejects(read(at, at + 1), DamagedArtifactError);
    await assert.rejects(read(at - 4, at + 1), /changed while they were in use/);
    await assert.rejects(read(0, file.size), DamagedArtifactError);
    // What else the block holds cannot be told from what changed.
    await assert.rejects(read(at - 2, at - 1), DamagedArtifactError);
    Deno.writeFileSync(path, bytes);
  }
  assert.deepEqual(await read(0, file.size), bytes);
  Deno.truncateSync(path, 10);
  await assert.rejects(read(0, BLOCK), DamagedArtifactError);
});

Deno.test("a file that was closed gives nothing", async () => {
  using temporary = new TemporaryFile(10);
  const file = openInputFile(temporary.path, sha256(temporary.bytes));
  await file.read(0, new Uint8Array(4));
  file[Symbol.dispose]();
  await assert.rejects(file.read(0, new Uint8Array(4)), /The file is closed/);
});
