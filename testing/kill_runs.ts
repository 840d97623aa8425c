/**
 * Kills runs of a project copy with `kill -9` at random times, and tells what was under way.
 *
 * @module
 */
import type { ProjectCopy } from "./project_copy.ts";

/** Whom a kill hits. */
export const TARGETS = ["child", "parent", "group"] as const;
export type Target = (typeof TARGETS)[number];

/** What a kill met. */
export interface Kill {
  target: Target;
  /** Milliseconds after the start. */
  at: number;
  /** What the running nodes were doing by the last events, such as `train.fit computing`. */
  during: string[];
  /** Exit code of the run, where it was not the one killed. */
  code: number;
}

/**
 * Starts a run in a process group of its own and kills as asked after so many milliseconds.
 * Returns undefined if the run had ended by then.
 */
export async function killRun(
  copy: ProjectCopy,
  args: readonly string[],
  target: Target,
  at: number,
): Promise<Kill | undefined> {
  // setsid makes the run the leader of a group, so that a group's kill spares the test; it starts
  // the run in its own place, so the process is the run's.
  const process = new Deno.Command("setsid", {
    args: [Deno.execPath(), ...copy.commandLine(["--json", ...args])],
    cwd: copy.root,
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const lines: string[] = [];
  const reading = (async () => {
    let rest = "";
    for await (const piece of process.stdout.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + piece).split("\n");
      rest = parts.pop() ?? "";
      lines.push(...parts);
    }
  })();
  let ended = false;
  const status = process.status.then((status) => {
    ended = true;
    return status;
  });
  await Promise.race([new Promise((done) => setTimeout(done, at)), status]);
  const during = underWay(lines);
  const hit = !ended && strike(process.pid, target);
  const { code } = await status;
  await reading;
  return hit ? { target, at, during, code } : undefined;
}

function strike(leader: number, target: Target): boolean {
  try {
    if (target === "parent") Deno.kill(leader, "SIGKILL");
    else if (target === "group") Deno.kill(-leader, "SIGKILL");
    else {
      const nodes = children(leader);
      const child = nodes[Math.floor(Math.random() * nodes.length)];
      if (child === undefined) return false;
      Deno.kill(child, "SIGKILL");
    }
    return true;
  } catch {
    return false; // It ended in the meantime.
  }
}

/** Process ids of the children of a process. */
function children(pid: number): number[] {
  const found: number[] = [];
  for (const { name } of Deno.readDirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = Deno.readTextFileSync(`/proc/${name}/stat`);
      // The name in parentheses may hold anything: the parent's id is the second field after it.
      const parent = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1];
      if (Number(parent) === pid) found.push(Number(name));
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

/** What each running node was doing, by the events so far. */
function underWay(lines: readonly string[]): string[] {
  const running = new Map<string, string>();
  for (const line of lines) {
    const event = JSON.parse(line);
    if (event.type === "node.started") running.set(event.node, "starting");
    if (event.type === "node.phase") running.set(event.node, event.phase);
    if (event.type === "node.finished" || event.type === "node.failed") running.delete(event.node);
  }
  const names = [...running].map(([node, phase]) => `${node.replace(/\[.*/, "")} ${phase}`);
  return names.length > 0 ? names : ["between nodes"];
}
