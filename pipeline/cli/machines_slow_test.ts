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

/** The text with each pair's first part, which must be there, as its second. */
function replaced(text: string, ...pairs: [from: string, to: string][]): string {
  for (const [from, to] of pairs) {
    assert(text.includes(from), from);
    text = text.replace(from, to);
  }
  return text;
}

const STUDY = Deno.readTextFileSync(`${ROOT}/reports/optimizers/study.yaml`);

/** The smallest study with everything that `evaluate` computes only where it is asked for. */
const EXPLAINED_STUDY = replaced(SMALLEST_STUDY, [
  "bootstrap: {samples: 100}",
  "bootstrap: {samples: 100}, validation: true, importance: {groups: 441, repeats: 1}, " +
  "occlusion: {images: 1}, neighbours: {images: 1}",
]);

// Emulated rounding is slow: `constat verify optimizers --v8-flags=--no-enable-fma3` does it for every
// seed and epoch, in about ten minutes.
Deno.test("the first study, with two seeds and few epochs, has one lock with three threads a node and without fused hardware", async () => {
  using copy = ProjectCopy.make({
    optimizers: replaced(STUDY, ["epochs: 100", "epochs: 2"], [
      "sweep: [1, 2, 3, 4, 5]",
      "sweep: [1, 2]",
    ]),
  });
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
    using copy = ProjectCopy.make({ smallest: EXPLAINED_STUDY });
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
