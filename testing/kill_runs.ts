/**
 * Kills runs of a project copy with `kill -9` at random times, and tells what was under way.
 *
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import { removeIfThere } from "../pipeline/engine/atomic.ts";
import { listFiles } from "../pipeline/engine/store.ts";
import { sha256File } from "../pipeline/digest.ts";
import { ProjectCopy } from "./project_copy.ts";
import { SMALLEST_STUDY } from "./studies.ts";

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
 * Kills so many runs of a small study, each at a uniformly random time of an undisturbed run, and
 * holds a plain rerun to that run's result: same digests, nothing left behind.
 */
export async function killAndRerun(kills: number): Promise<void> {
  // Enough epochs that training takes its share of the time.
  const study = SMALLEST_STUDY.replace("epochs: 2", "epochs: 60, patience: 60");
  using copy = ProjectCopy.make({ killed: study });
  const store = copy.path(".constat/store");
  await copy.run(["run"]); // Fills the cache of compiled modules.
  removeIfThere(store);
  const started = performance.now();
  assert.equal((await copy.run(["run"])).code, 0);
  const whole = performance.now() - started;
  const undisturbed = outcome(copy);
  const seen = new Map<string, number>();
  for (let count = 0; count < kills;) {
    removeIfThere(store);
    removeIfThere(copy.path("lock.json"));
    const target = TARGETS[count % TARGETS.length]!;
    const kill = await killRun(copy, ["run"], target, Math.random() * whole);
    if (kill === undefined) continue; // It had ended, or no child was there.
    count++;
    for (const during of kill.during) seen.set(during, (seen.get(during) ?? 0) + 1);
    console.log(`kill ${count}: ${target} after ${Math.round(kill.at)} ms, ${kill.during}`);
    const again = await copy.run(["run"]);
    assert.equal(again.code, 0, again.stderr);
    assert.deepEqual(outcome(copy), undisturbed);
    assert.deepEqual(listFiles(join(store, "scratch")), []);
    assert.deepEqual(listFiles(join(store, "locks")), []);
    assert.deepEqual(listFiles(copy.path(".constat/scratch")), []);
  }
  console.log(`kills met: ${[...seen].map(([during, n]) => `${during} ${n}×`).sort().join(", ")}`);
}

/** Digest of everything that a run leaves for its user but pages, which hold measured times. */
function outcome(copy: ProjectCopy): Record<string, string> {
  const files = listFiles(copy.path("reports"))
    .filter((path) => !/note.*\.(md|html)$/.test(path)).map((path) => `reports/${path}`);
  return Object.fromEntries(
    ["lock.json", ...files].map((path) => [path, sha256File(copy.path(path)).digest]),
  );
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
