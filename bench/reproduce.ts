/**
 * The first study from nothing, packages there: seconds, and peak memory summed over its processes.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url)).replace(/\/$/, "");
const STUDY = "optimizers";
const SAMPLE_MS = 20;

/** Measures and prints one run in an empty store. */
export async function reproduce(): Promise<void> {
  console.log(`reproduce: constat run ${STUDY} in an empty store`);
  const store = await Deno.makeTempDir({ prefix: "constat-reproduce-" });
  try {
    const started = performance.now();
    const run = new Deno.Command(join(ROOT, "constat"), {
      args: ["run", STUDY, "--store", store],
      cwd: ROOT,
      stdout: "null",
      stderr: "null",
    }).spawn();
    let peak = 0;
    const timer = setInterval(() => peak = Math.max(peak, residentMemory(run.pid)), SAMPLE_MS);
    const { code } = await run.status;
    clearInterval(timer);
    if (code !== 0) throw new Error(`constat run ended with exit code ${code}`);
    const seconds = (performance.now() - started) / 1000;
    console.log(`  wall clock   ${seconds.toFixed(1)} s (bar: under 180 s on two cores)`);
    console.log(
      peak === 0
        ? "  peak memory  not told by this system"
        : `  peak memory  ${
          (peak / 1e6).toFixed(0)
        } MB, summed over processes (bar: under 1500 MB)`,
    );
  } finally {
    await Deno.remove(store, { recursive: true });
  }
}

/** Bytes resident in a process and all below it, as /proc tells; shared pages count in each. */
function residentMemory(root: number): number {
  const children = new Map<number, number[]>();
  const resident = new Map<number, number>();
  try {
    for (const { name } of Deno.readDirSync("/proc")) {
      if (!/^\d+$/.test(name)) continue;
      const status = statusOf(name);
      const parent = Number(status.match(/^PPid:\s+(\d+)/m)?.[1]);
      const kilobytes = Number(status.match(/^VmRSS:\s+(\d+)/m)?.[1] ?? 0);
      resident.set(Number(name), 1024 * kilobytes);
      children.set(parent, [...children.get(parent) ?? [], Number(name)]);
    }
  } catch {
    return 0; // No /proc: another system.
  }
  const sum = (pid: number): number =>
    (resident.get(pid) ?? 0) + (children.get(pid) ?? []).reduce((all, pid) => all + sum(pid), 0);
  return sum(root);
}

function statusOf(pid: string): string {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/status`);
  } catch {
    return ""; // It ended while we looked.
  }
}
