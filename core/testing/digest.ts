/**
 * Prints the core that this machine takes and the digest of a training on it, of random numbers
 * and of elementary functions: for comparing machines.
 *
 * `deno run --allow-read core/testing/digest.ts`
 *
 * @module
 */
import { atan2 } from "../math/atan2.ts";
import { exp } from "../math/exp.ts";
import { log } from "../math/log.ts";
import { sin } from "../math/sin.ts";
import { stream } from "../random/stream.ts";
import { createWasmCore } from "../wasm/core.ts";
import { digest } from "../wasm/digest.ts";
import { train } from "./train.ts";

/** The digest of all that the core computes in a moment. */
export async function digestCore(): Promise<{ core: string; digest: string }> {
  const core = await createWasmCore({ read: (url) => Deno.readFile(url) });
  const { arrays, numbers } = await train(core);
  const random = stream(1, "test");
  const values = new Float64Array(2000);
  for (let i = 0; i < values.length; i += 5) {
    const x = random.normal() * 20;
    values.set([x, exp(x), log(Math.abs(x)), sin(x), atan2(x, random.normal())], i);
  }
  const parts = [
    ...Object.values(arrays).map((array) => new Uint8Array(array.slice().buffer)),
    new TextEncoder().encode(JSON.stringify(numbers)),
    new Uint8Array(values.buffer),
  ];
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return { core: core.name, digest: await digest(all) };
}

if (import.meta.main) console.log(JSON.stringify(await digestCore()));
