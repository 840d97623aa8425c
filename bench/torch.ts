import { fileURLToPath } from "node:url";

/** What a PyTorch script of this folder printed. */
export interface TorchRun<R> {
  version: string;
  results: R;
}

/** Runs one; `undefined`, and a word why, where PyTorch is absent. */
export function runTorch<R>(script: string, argument: unknown): TorchRun<R> | undefined {
  const path = fileURLToPath(new URL(script, import.meta.url));
  try {
    const { success, stdout, stderr } = new Deno.Command("/usr/bin/python3", {
      args: [path, JSON.stringify(argument)],
    }).outputSync();
    const text = new TextDecoder();
    if (success) return JSON.parse(text.decode(stdout));
    const reason = text.decode(stderr).trim().split("\n").at(-1);
    console.log(`  PyTorch skipped (Debian: python3-torch): ${reason}`);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    console.log("  PyTorch skipped: there is no /usr/bin/python3");
  }
  return undefined;
}
