/** Runs that are killed at random times: a plain rerun gives what an undisturbed run gives. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { killRun, TARGETS } from "../../testing/kill_runs.ts";
import { ProjectCopy } from "../../testing/project_copy.ts";
import { needs } from "../../testing/require.ts";
import { SMALL_STUDY } from "../../testing/studies.ts";
import { sha256File } from "../digest.ts";
import { removeIfThere } from "../engine/atomic.ts";
import { listFiles } from "../engine/store.ts";

/** Kills in the fast tier; the slow tier sets more. */
const KILLS = Number(Deno.env.get("CONSTAT_KILLS") ?? 4);

/** Digest of everything that a run leaves behind for its user. */
function outcome(copy: ProjectCopy): Record<string, string> {
  const files = listFiles(copy.path("reports/small"))
    // Other times are measured in another run: all else must be equal.
    .filter((path) => !/^note.*\.(md|html)$/.test(path));
  return Object.fromEntries([
    ["lock.json", sha256File(copy.path("lock.json")).digest],
    ...files.map((path) => [path, sha256File(copy.path(join("reports/small", path))).digest]),
  ]);
}

Deno.test({
  name: `${KILLS} kills at random times, each followed by a plain rerun`,
  ...needs("setsid"),
  async fn() {
    using copy = ProjectCopy.make({ small: SMALL_STUDY });
    const store = copy.path(".constat/store");
    const started = performance.now();
    assert.equal((await copy.run(["run"])).code, 0);
    const whole = performance.now() - started;
    const undisturbed = outcome(copy);
    for (let kills = 0; kills < KILLS;) {
      removeIfThere(store);
      removeIfThere(copy.path("lock.json"));
      const target = TARGETS[kills % TARGETS.length]!;
      const kill = await killRun(copy, ["run"], target, Math.random() * whole);
      if (kill === undefined) continue; // It had ended, or no child was there.
      kills++;
      console.log(`kill ${kills}: ${target} after ${Math.round(kill.at)} ms, ${kill.during}`);
      const again = await copy.run(["run"]);
      assert.equal(again.code, 0, again.stderr);
      assert.deepEqual(outcome(copy), undisturbed);
      assert.deepEqual(listFiles(join(store, "scratch")), []);
      assert.deepEqual(listFiles(join(store, "locks")), []);
      assert.deepEqual(listFiles(copy.root).filter((path) => path.endsWith(".tmp")), []);
    }
  },
});

Deno.test("two runs started together finish, and each node is computed once", async () => {
  using copy = ProjectCopy.make({ small: SMALL_STUDY });
  const runs = await Promise.all([copy.run(["run", "--json"]), copy.run(["run", "--json"])]);
  const computed = runs.flatMap(({ code, stdout, stderr }) => {
    assert.equal(code, 0, stderr);
    return stdout.trim().split("\n").map((line) => JSON.parse(line))
      .filter((event) => event.type === "node.finished").map((event) => event.node as string);
  });
  assert.equal(computed.length, new Set(computed).size);
  assert.equal(
    new Set(computed).size,
    Object.keys(
      JSON.parse(copy.read("lock.json")).studies.small.nodes,
    ).length,
  );
});
