/** Runs that are killed or started twice: the result is that of one undisturbed run. */
import assert from "node:assert/strict";
import { listFiles } from "../engine/store.ts";
import { killAndRerun, killRun } from "../../testing/kill_runs.ts";
import { ProjectCopy } from "../../testing/project_copy.ts";
import { needs } from "../../testing/require.ts";
import { SMALL_STUDY, SMALLEST_STUDY } from "../../testing/studies.ts";

Deno.test({
  name: "a run that was killed with -9 at a random time is finished by a plain rerun",
  ...needs("setsid"),
  fn: () => killAndRerun(3, 2),
});

Deno.test({
  name: "a training that was killed goes on from its last checkpoint, to the same bits",
  ...needs("setsid"),
  async fn() {
    const study = SMALLEST_STUDY.replace("epochs: 2", "epochs: 2500, patience: 2500");
    using copy = ProjectCopy.make({ long: study });
    const run = ["--checkpoint-seconds", "0", "run"];
    for (const target of ["child", "group"] as const) {
      const kill = await killRun(copy, run, target, { done: 600 });
      assert.match(String(kill?.during), /train\.fit/);
    }
    const { code, stdout, stderr } = await copy.run(["--json", ...run]);
    assert.equal(code, 0, stderr);
    const events = stdout.trim().split("\n").map((line) => JSON.parse(line));
    const first = events.find(({ type, unit }) => type === "node.progress" && unit === "epochs");
    assert.ok(first.done > 600, `went on at epoch ${first.done}`);
    const lock = copy.read("lock.json");
    // The whole training once more, from nothing, is held to the record.
    const forced = await copy.run(["run", "--force", "train.fit"]);
    assert.equal(forced.code, 0, forced.stderr);
    assert.equal(copy.read("lock.json"), lock);
    assert.deepEqual(listFiles(copy.path(".constat/store/checkpoints")), []);
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

Deno.test("runs of two studies at once both end in the lock", async () => {
  using copy = ProjectCopy.make({ one: SMALLEST_STUDY, two: SMALLEST_STUDY });
  for (const run of await Promise.all([copy.run(["run", "one"]), copy.run(["run", "two"])])) {
    assert.equal(run.code, 0, run.stderr);
  }
  assert.deepEqual(Object.keys(JSON.parse(copy.read("lock.json")).studies), ["one", "two"]);
});
