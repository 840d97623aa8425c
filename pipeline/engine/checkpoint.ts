/**
 * A step's checkpoint as a file: the SHA-256 of what follows, then that.
 *
 * @module
 */
import { join } from "node:path";
import { sha256 } from "../digest.ts";
import type { Checkpoint } from "../stage.ts";
import { writeFileAtomic } from "./atomic.ts";

const NAME = "checkpoint";
/** Hexadecimal digits of the digest. */
const DIGITS = 64;

/**
 * Opens the checkpoint of a node.
 *
 * @param place Its folder, and how many seconds lie between two; without, the step may have none.
 */
export function openCheckpoint(place?: { folder: string; seconds: number }): Checkpoint {
  if (place === undefined) {
    const refuse = () => {
      throw new TypeError("Cannot keep a checkpoint as the step does not declare `checkpointed`");
    };
    return { isDue: refuse, write: refuse, read: refuse };
  }
  const { folder, seconds } = place;
  const path = join(folder, NAME);
  let last = performance.now();
  return {
    isDue: () => performance.now() - last >= seconds * 1000,
    // deno-lint-ignore require-await -- async is what turns a throw into a rejection.
    async write(data) {
      const digest = new TextEncoder().encode(sha256(data));
      const whole = new Uint8Array(DIGITS + data.length);
      whole.set(digest);
      whole.set(data, DIGITS);
      writeFileAtomic(path, whole, folder);
      last = performance.now();
    },
    // deno-lint-ignore require-await -- as above.
    async read() {
      let whole: Uint8Array<ArrayBuffer>;
      try {
        whole = Deno.readFileSync(path);
      } catch (error) {
        if (error instanceof Deno.errors.NotFound) return undefined;
        throw error;
      }
      const data = whole.slice(DIGITS);
      const digest = new TextDecoder().decode(whole.subarray(0, DIGITS));
      return sha256(data) === digest ? data : undefined;
    },
  };
}
