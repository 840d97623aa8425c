/**
 * The kernels' cases measured on peers, each in processes of its own, one for each number of threads.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { CASES } from "./kernels_cases.ts";
import { runPeer } from "./peer.ts";
import type { Sample } from "./sample.ts";
import { runTorch } from "./torch.ts";

/** What a peer's script prints: its version, and times by the cases' names. */
interface Measured {
  version: string;
  results: Record<string, Sample>;
}

/** A peer's times by the number of threads. */
export interface Peer {
  name: string;
  version: string;
  byThreads: ReadonlyMap<number, Record<string, Sample>>;
}

/** A script of this folder in a process of Deno. */
function runScript(
  script: string,
  name: string,
  source: string,
  threads: number,
  ...more: string[]
) {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const args = ["run", "--allow-all", "--no-check", path, String(threads), ...more];
  return runPeer<Measured>({ name, source, command: Deno.execPath(), args });
}

const ANY = [...new Set([1, navigator.hardwareConcurrency])];

const PEERS: readonly {
  name: string;
  threads: readonly number[];
  measure: (threads: number) => Measured | undefined;
}[] = [
  {
    name: "PyTorch",
    threads: ANY,
    measure: (threads) => runTorch("kernels_torch.py", CASES, threads),
  },
  {
    name: "TensorFlow.js",
    threads: [1], // under Deno it has no more
    measure: (threads) =>
      runScript(
        "kernels_tfjs.ts",
        "TensorFlow.js",
        "npm: @tensorflow/tfjs-backend-wasm",
        threads,
      ),
  },
  {
    name: "TensorFlow.js, transposing by hand",
    threads: [1],
    measure: (threads) =>
      runScript(
        "kernels_tfjs.ts",
        "TensorFlow.js",
        "npm: @tensorflow/tfjs-backend-wasm",
        threads,
        "by-hand",
      ),
  },
  {
    name: "jax-js",
    threads: ANY,
    measure: (threads) => runScript("kernels_jax.ts", "jax-js", "npm: @jax-js/jax", threads),
  },
];

/** Measures every peer that this machine has, and says which it has not. */
export function measurePeers(): Peer[] {
  return PEERS.flatMap(({ name, threads, measure }) => {
    const byThreads = new Map<number, Record<string, Sample>>();
    let version = "";
    for (const count of threads) {
      const measured = measure(count);
      if (measured === undefined) return [];
      version = measured.version;
      byThreads.set(count, measured.results);
    }
    return [{ name, version, byThreads }];
  });
}

/** A peer's time for a case with the number of threads that serves it best. */
export function best({ byThreads }: Peer, name: string): Sample & { threads: number } {
  const taken = [...byThreads].map(([threads, results]) => ({ threads, ...results[name] }));
  return taken.reduce((a, b) => b.median < a.median ? b : a);
}
