/**
 * A 64-bit FNV-1a hash of a text's UTF-16 units (Fowler, Noll & Vo), as two 32-bit words, the least
 * significant first.
 */
export function hashText(text: string): [number, number] {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  }
  return [Number(hash & 0xffffffffn), Number(hash >> 32n)];
}
