/** Bytes in memory as a file that is read in part: later, as from a disk, and not once closed. */
export function inMemory(bytes: Uint8Array) {
  let isOpen = true;
  return {
    size: bytes.length,
    async read(position: number, into: Uint8Array<ArrayBuffer>): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve, 0));
      const end = position + into.length;
      if (!isOpen) throw new Error("Cannot read from a file that is closed");
      if (!Number.isSafeInteger(position) || position < 0 || end > bytes.length) {
        throw new RangeError(`Cannot read bytes ${position} to ${end} of ${bytes.length}`);
      }
      into.set(bytes.subarray(position, end));
    },
    [Symbol.dispose]: () => void (isOpen = false),
  };
}
