/**
 * Kills runs of a project copy with `kill -9` at random times, and tells what was under way.
 *
 * @module
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Phase } from "../pipeline/engine/events.ts";
import { removeIfThere } from "../pipeline/engine/atomic.ts";
import { listFiles } from "../pipeline/engine/store.ts";
import { sha256File } from "../pipeline/digest.ts";
import { ProjectCopy } from "./project_copy.ts";
import { SMALLEST_STUDY } from "./studies.ts";

/** Whom a kill hits. */
export const TARGETS = ["child", "parent", "group"] as const;
export type Target = (typeof TARGETS)[number];

/**
 * When to kill: after so many milliseconds, when the nth node enters a phase, or when a node has done
 * so many of its units (epochs, images).
 */
export type Moment = number | { phase: Phase; nth: number } | { done: number };

/** A run whose trainings leave what they need to go on as often as they can. */
const RUN = ["--checkpoint-seconds", "0", "run"];

/** What a kill met. */
export interface Kill {
  target: Target;
  at: Moment;
  /** What the running nodes were doing by the last events, such as `train.fit computing`. */
  during: string[];
  /** Exit code of the run, where it was not the one killed. */
  code: number;
}

/**
 * Kills so many runs of a small study, each at a uniformly random time of an undisturbed run, and
 * holds a plain rerun to that run's result: same digests, nothing left behind.
 *
 * @param inPhases Further kills, as a node's outputs are hashed or published: moments so short that
 * a random time seldom meets them.
 */
export async function killAndRerun(kills: number, inPhases: number): Promise<void> {
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
  const nodes = Object.keys(JSON.parse(copy.read("lock.json")).studies.killed.nodes).length;
  const seen = new Map<string, number>();
  let misses = 0;
  for (let count = 0; count < kills + inPhases;) {
    removeIfThere(store);
    removeIfThere(copy.path("lock.json"));
    const uniform = count < kills;
    // A node's process has ended when its outputs are hashed and published.
    const targets = uniform ? TARGETS : TARGETS.filter((target) => target !== "child");
    const target = targets[count % targets.length]!;
    const at: Exclude<Moment, { done: number }> = uniform ? Math.round(Math.random() * whole) : {
      phase: count % 4 < 2 ? "hashing" : "publishing",
      nth: 1 + Math.floor(Math.random() * nodes),
    };
    const kill = await killRun(copy, RUN, target, at);
    if (kill === undefined) { // It had ended, or no child was there.
      assert(++misses < 20 * kills, "hardly a kill meets a run: the test is broken");
      continue;
    }
    count++;
    for (const during of kill.during) seen.set(during, (seen.get(during) ?? 0) + 1);
    const when = typeof at === "number" ? `after ${at} ms` : `at ${at.phase} no. ${at.nth}`;
    console.log(`kill ${count}: ${target} ${when}, ${kill.during}`);
    const again = await copy.run(["run"]);
    assert.equal(again.code, 0, again.stderr);
    assert.deepEqual(outcome(copy), undisturbed);
    assert.deepEqual(listFiles(join(store, "scratch")), []);
    assert.deepEqual(listFiles(join(store, "locks")), []);
    assert.deepEqual(listFiles(join(store, "checkpoints")), []);
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
  at: Moment,
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
  let entered = 0;
  const reached = Promise.withResolvers<void>();
  const note = (line: string) => {
    lines.push(line);
    if (typeof at === "number") return;
    const event = JSON.parse(line);
    if ("done" in at) {
      if (event.done >= at.done) reached.resolve();
    } else if (event.phase === at.phase && ++entered === at.nth) reached.resolve();
  };
  if (typeof at === "number") setTimeout(reached.resolve, at);
  const reading = (async () => {
    let rest = "";
    for await (const piece of process.stdout.pipeThrough(new TextDecoderStream())) {
      const parts = (rest + piece).split("\n");
      rest = parts.pop() ?? "";
      parts.forEach(note);
    }
  })();
  let ended = false;
  const status = process.status.then((status) => {
    ended = true;
    return status;
  });
  await Promise.race([reached.promise, status]);
  const running = underWay(lines);
  const pids = [...running.values()].flatMap(({ pid }) => pid === undefined ? [] : [pid]);
  const hit = !ended && strike(process.pid, target, pids);
  const { code } = await status;
  await reading;
  return hit ? { target, at, during: describe(running), code } : undefined;
}

function strike(leader: number, target: Target, nodes: readonly number[]): boolean {
  const pid = {
    child: nodes[Math.floor(Math.random() * nodes.length)],
    parent: leader,
    group: -leader,
  }[target];
  if (pid === undefined) return false;
  try {
    Deno.kill(pid, "SIGKILL");
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false; // It ended in the meantime.
    throw error;
  }
}

/** A node that runs, by the events so far. */
interface UnderWay {
  phase: string;
  /** Its process, while it computes. */
  pid?: number;
}

function underWay(lines: readonly string[]): Map<string, UnderWay> {
  const running = new Map<string, UnderWay>();
  for (const line of lines) {
    const { type, node, phase, pid } = JSON.parse(line);
    if (type === "node.started") running.set(node, { phase: "starting" });
    if (type === "node.phase") running.set(node, { phase, pid });
    if (type === "node.finished" || type === "node.failed") running.delete(node);
  }
  return running;
}

function describe(running: ReadonlyMap<string, UnderWay>): string[] {
  const names = [...running].map(([node, { phase }]) => `${node.replace(/\[.*/, "")} ${phase}`);
  return names.length > 0 ? names : ["between nodes"];
}
