/**
 * Wall-clock times of whole commands, in turns.
 *
 * @module
 */

/** A command to time. */
export interface Timed {
  name: string;
  command: string;
  args: string[];
  cwd: string;
}

/** Runs commands in turns (a b a b …) after one round of warm-up; seconds of each, by name. */
export function timeInTurns(commands: readonly Timed[], rounds: number): Map<string, number[]> {
  const times = new Map<string, number[]>(commands.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const { name, command, args, cwd } of commands) {
      const started = performance.now();
      const { success, stderr } = new Deno.Command(command, {
        args,
        cwd,
        stdout: "null",
        stderr: "piped",
      }).outputSync();
      if (!success) throw new Error(`${name} failed: ${new TextDecoder().decode(stderr)}`);
      if (round >= 0) times.get(name)!.push((performance.now() - started) / 1000);
    }
  }
  return times;
}

/** The middle value; the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** `0.152 s (0.148 to 0.171)`. */
export function describeTimes(values: readonly number[]): string {
  const seconds = (value: number) => value.toFixed(3);
  return `${seconds(median(values))} s (${seconds(Math.min(...values))} to ${
    seconds(Math.max(...values))
  })`;
}

/** Whether a program is on the PATH. */
export function hasProgram(name: string): boolean {
  return new Deno.Command("sh", { args: ["-c", `command -v ${name}`], stdout: "null" })
    .outputSync().success;
}
