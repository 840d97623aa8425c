/** A study of profile `gpu`, on whatever adapter there is, a device in software too. */
import assert from "node:assert/strict";
import { ProjectCopy } from "../../testing/project_copy.ts";
import { needs } from "../../testing/require.ts";
import { SMALLEST_STUDY } from "../../testing/studies.ts";
import { webgpuAdapter } from "../../testing/webgpu_adapter.ts";
import { DIFFERENT, DONE } from "./exit_codes.ts";

Deno.test({
  name: "a study of profile gpu is verified within its tolerance, and no further",
  ...needs(await webgpuAdapter()),
  async fn(test) {
    using copy = ProjectCopy.make({ smallest: `${SMALLEST_STUDY}profile: gpu\n` });
    const made = await copy.run(["run"]);
    assert.equal(made.code, DONE, made.stderr);
    const lock = copy.read("lock.json"), note = copy.read("reports/smallest/note.md");
    const verify = async () => {
      const { code, stdout } = await copy.run(["verify"]);
      copy.write("lock.json", lock);
      copy.write("reports/smallest/note.md", note);
      return { code, stdout };
    };

    await test.step("the note tells of it, and on what it ran", () => {
      assert.match(note, /ran on WebGPU/);
      assert.match(note, /\(.*cores; .+\)/);
      assert.equal(JSON.parse(lock).studies.smallest.profile, "gpu");
    });

    await test.step("the same adapter gives the same bits", async () => {
      const { code, stdout } = await verify();
      assert.equal(code, DONE, stdout);
      assert.match(stdout, /within the tolerance of its profile gpu/);
    });

    await test.step("another adapter's last digits are accepted", async () => {
      const elsewhere = JSON.parse(lock);
      const fit = Object.keys(elsewhere.studies.smallest.nodes).find((id) =>
        id.startsWith("train.fit")
      )!;
      elsewhere.studies.smallest.nodes[fit].outputs.weights = "0".repeat(64);
      copy.write("lock.json", JSON.stringify(elsewhere));
      assert.match(note, /0\.\d\d\d/);
      copy.write("reports/smallest/note.md", note.replace(/0\.(\d\d)\d/, "0.$15"));
      const { code, stdout } = await verify();
      assert.equal(code, DONE, stdout);
    });

    await test.step("a number far away is not", async () => {
      copy.write("reports/smallest/note.md", note.replace(/0\.\d\d\d/, "7.000"));
      const { code, stdout } = await verify();
      assert.equal(code, DIFFERENT, stdout);
      assert.match(stdout, /note\.md, line \d+/);
    });

    await test.step("nor is what comes before training", async () => {
      const elsewhere = JSON.parse(lock);
      const embed = Object.keys(elsewhere.studies.smallest.nodes).find((id) =>
        id.startsWith("embed.")
      )!;
      elsewhere.studies.smallest.nodes[embed].outputs.embeddings = "0".repeat(64);
      copy.write("lock.json", JSON.stringify(elsewhere));
      const { code, stdout } = await verify();
      assert.equal(code, DIFFERENT, stdout);
      assert.match(stdout, /embed\..*embeddings/);
    });
  },
});
