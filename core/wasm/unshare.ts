/** The import of the kernels' memory: its names, its kind, and that it is shared with a maximum. */
const SHARED_IMPORT = new TextEncoder().encode("\x03env\x06memory\x02\x03");

/**
 * The kernels for a memory that is not shared: one byte of the module says so (WebAssembly 2.0,
 * §5.3.6, and its threads' limits).
 *
 * @throws {TypeError} if the bytes are not those of the kernels.
 */
export function unshare(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const at = bytes.findIndex((_, i) => SHARED_IMPORT.every((byte, j) => bytes[i + j] === byte));
  if (at < 0) throw new TypeError("Cannot read the kernels as they import no shared memory");
  const copy = bytes.slice();
  copy[at + SHARED_IMPORT.length - 1] = 0x01;
  return copy;
}
