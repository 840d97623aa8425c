import assert from "node:assert/strict";
import { Session } from "../engine/session.ts";
import { ProjectCopy } from "../../testing/project_copy.ts";
import { SMALLEST_STUDY } from "../../testing/studies.ts";
import { DONE, FAILED } from "./exit_codes.ts";

Deno.test("gc removes what no study needs, and nothing while a run is under way", async () => {
  using copy = ProjectCopy.make({ smallest: SMALLEST_STUDY });
  assert.equal((await copy.run(["run", "--set", "train.epochs=1"])).code, DONE);
  assert.equal((await copy.run(["run"])).code, DONE);

  const session = await Session.open(copy.path(".constat/store/scratch"));
  const refused = await copy.run(["gc"]);
  assert.equal(refused.code, FAILED);
  assert.match(refused.stderr, new RegExp(`while process ${Deno.pid} writes to it`));
  session.close();

  // The training, and what read it: the data, the split and the embedding are shared.
  const { code, stdout } = await copy.run(["gc"]);
  assert.equal(code, DONE);
  assert.match(stdout, /removed 4 records/);
  assert.match((await copy.run(["status"])).stdout, /7 of 7 nodes cached/);
});
