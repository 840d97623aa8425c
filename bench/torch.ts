import { fileURLToPath } from "node:url";
import { runPeer } from "./peer.ts";

/** What a PyTorch script of this folder printed. */
export interface TorchRun<R> {
  version: string;
  results: R;
}

/** Runs one; `undefined`, and a word why, where PyTorch is absent. */
export function runTorch<R>(script: string, ...values: unknown[]): TorchRun<R> | undefined {
  const path = fileURLToPath(new URL(script, import.meta.url));
  return runPeer({
    name: "PyTorch",
    source: "Debian: python3-torch",
    command: "/usr/bin/python3",
    args: [path, ...values.map((value) => JSON.stringify(value))],
  });
}
