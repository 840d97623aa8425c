import { hashText } from "./hash_text.ts";

/**
 * What random numbers are for. Streams of one seed and different purposes are independent, so that
 * drawing more for one leaves the others as they were.
 */
export type Purpose =
  | "augment"
  | "bootstrap"
  | "data"
  | "dropout"
  | "forest"
  | "importance"
  | "init"
  | "mixup"
  | "search"
  | "shuffle"
  | "split"
  | "test";

/**
 * A 64-bit FNV-1a hash of a purpose's characters (Fowler, Noll & Vo), as two 32-bit words, the
 * least significant first.
 *
 * @throws {RangeError} if the purpose is not of lowercase ASCII letters.
 */
export function hashPurpose(purpose: string): [number, number] {
  if (!/^[a-z]+$/.test(purpose)) {
    throw new RangeError(
      `Cannot hash purpose as it must consist of lowercase letters: current value is ${
        JSON.stringify(purpose)
      }`,
    );
  }
  return hashText(purpose);
}
