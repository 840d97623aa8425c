/** A peer's program that prints JSON. */
export interface PeerProgram {
  /** `PyTorch`. */
  name: string;
  /** How it comes to a machine: `Debian: python3-torch`. */
  source: string;
  command: string;
  args: string[];
}

/** What a peer's program printed; `undefined`, and a word why, where it is absent or does not run. */
export function runPeer<R>({ name, source, command, args }: PeerProgram): R | undefined {
  let reason = `there is no ${command}`;
  try {
    const text = new TextDecoder();
    const { success, stdout, stderr } = new Deno.Command(command, { args }).outputSync();
    if (success) return JSON.parse(text.decode(stdout));
    const lines = text.decode(stderr).trim().split("\n");
    reason = lines.find((line) => line.startsWith("error: ")) ?? lines.at(-1)!; // Deno's, Python's
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  console.log(`  ${name} skipped (${source}): ${reason}`);
  return undefined;
}
