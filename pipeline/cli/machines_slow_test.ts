/** The same study gives the same digests on other machines: other threads, no fused hardware, arm64. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { ProjectCopy } from "../../testing/project_copy.ts";
import { needs } from "../../testing/require.ts";
import { SMALLEST_STUDY } from "../../testing/studies.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Where Debian's cross packages put the libraries that an arm64 program loads. */
const SYSROOT = "/usr/aarch64-linux-gnu";

/** Runs all studies of a copy in an empty store and returns the lock's text. */
async function lockOf(copy: ProjectCopy, args: string[]): Promise<string> {
  for (const path of [".constat/store", "lock.json"]) {
    try {
      Deno.removeSync(copy.path(path), { recursive: true });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  const { code, stderr, stdout } = await copy.run(["run", ...args]);
  assert.equal(code, 0, stderr + stdout);
  return copy.read("lock.json");
}

const STUDY = Deno.readTextFileSync(`${ROOT}/reports/optimizers/study.yaml`);

Deno.test("the whole first study has the committed lock with one job too", async () => {
  using copy = ProjectCopy.make({ optimizers: STUDY });
  const committed = JSON.parse(Deno.readTextFileSync(`${ROOT}/lock.json`)).studies.optimizers;
  assert.deepEqual(JSON.parse(await lockOf(copy, ["--jobs", "1"])).studies.optimizers, committed);
});

// Emulated rounding is slow: with every epoch, `constat verify optimizers --v8-flags=--no-enable-fma3`
// takes about ten minutes.
Deno.test("the first study's nodes, in few epochs, have one lock with three threads each and without fused hardware", async () => {
  assert(STUDY.includes("epochs: 100"));
  using copy = ProjectCopy.make({ optimizers: STUDY.replace("epochs: 100", "epochs: 2") });
  const fused = await lockOf(copy, []);
  assert.equal(await lockOf(copy, ["--threads", "3"]), fused);
  assert.equal(await lockOf(copy, ["--v8-flags", "--no-enable-fma3"]), fused);
});

Deno.test({
  name: "a small study has the same lock on arm64",
  ...needs("qemu-aarch64", "npm", {
    name: "the arm64 C library",
    path: `${SYSROOT}/lib/libgcc_s.so.1`,
    remedy: "Debian: libc6-arm64-cross, libgcc-s1-arm64-cross",
  }),
  async fn() {
    const { stdout, success } = new Deno.Command(`${ROOT}/scripts/arm64-deno`).outputSync();
    assert(success, "Deno for arm64 could not be brought");
    const deno = new TextDecoder().decode(stdout).trim();
    using copy = ProjectCopy.make({ smallest: SMALLEST_STUDY });
    const here = await lockOf(copy, []);
    const there = await lockOf(copy, [
      "--node-prefix",
      `qemu-aarch64 -L ${SYSROOT}`,
      "--node-deno",
      deno,
      "--threads",
      "2",
    ]);
    assert.equal(there, here);
  },
});
