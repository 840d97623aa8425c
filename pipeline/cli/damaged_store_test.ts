/** A store whose bytes changed on the disk, seen through the whole program. */
import assert from "node:assert/strict";
import { ProjectCopy } from "../../testing/project_copy.ts";
import { SMALLEST_STUDY } from "../../testing/studies.ts";
import { DONE } from "./exit_codes.ts";

Deno.test("a damaged note, table or overview is set aside and written again", async () => {
  using copy = ProjectCopy.make({ smallest: SMALLEST_STUDY });
  assert.equal((await copy.run(["run"])).code, DONE);
  const files = ["note.md", "tables/classes.csv"].map((name) => `reports/smallest/${name}`);
  const before = files.map((file) => copy.read(file));
  const lock = copy.read("lock.json");
  const { outputs } = JSON.parse(lock).studies.smallest.nodes["report.note"];
  const artifact = (digest: string) => `.constat/store/artifacts/${digest.slice(0, 2)}/${digest}`;
  const manifest: { files: { path: string; digest: string }[] } = JSON.parse(
    copy.read(artifact(outputs.note)),
  );
  const digestOf = (name: string) => manifest.files.find(({ path }) => path === name)!.digest;
  for (const digest of [digestOf("note.md"), digestOf("tables/classes.csv"), outputs.overview]) {
    const path = artifact(digest);
    Deno.chmodSync(copy.path(path), 0o644);
    copy.write(path, copy.read(path).replace(/\d/, (digit) => digit === "7" ? "8" : "7"));
    const { code, stderr } = await copy.run(["run"]);
    assert.equal(code, DONE, stderr);
    assert.match(stderr, new RegExp(`mend .*${digest.slice(0, 12)}`));
    assert.deepEqual(files.map((file) => copy.read(file)), before);
    assert.equal(copy.read("lock.json"), lock);
  }
  assert.equal([...Deno.readDirSync(copy.path(".constat/store/damaged"))].length, 3);
});
