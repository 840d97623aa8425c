/**
 * SHA-256 of bytes and files, as lowercase hexadecimal.
 *
 * @module
 */
import { createHash } from "node:crypto";

const CHUNK = 1 << 20;

/** SHA-256 of bytes or of a text's UTF-8. */
export function sha256(data: Uint8Array | string): string {
  // node:crypto is several times as fast as crypto.subtle in Deno.
  return createHash("sha256").update(data).digest("hex");
}

/** SHA-256 and size of a file, read in pieces so that memory stays bounded. */
export function sha256File(path: string): { digest: string; size: number } {
  const hash = createHash("sha256");
  const buffer = new Uint8Array(CHUNK);
  let size = 0;
  using file = Deno.openSync(path, { read: true });
  for (let n = file.readSync(buffer); n !== null; n = file.readSync(buffer)) {
    hash.update(buffer.subarray(0, n));
    size += n;
  }
  return { digest: hash.digest("hex"), size };
}
