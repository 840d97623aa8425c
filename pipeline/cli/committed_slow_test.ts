/** What is committed is what the code computes: the notes, the lock, the fixtures. */
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { needs } from "../../testing/require.ts";
import { readLock } from "./lock_file.ts";
import { loadPlans, openEngine } from "./project.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

function run(command: string, args: string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = new Deno.Command(command, { args, cwd: ROOT, env }).outputSync();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}

// One node at a time: `make reproduce`, which wrote the lock, runs as many as there are cores.
Deno.test("the committed notes and the lock equal what is recomputed with one job", () => {
  const { code, text } = run("./constat", ["verify", "optimizers", "--jobs", "1"]);
  assert.equal(code, 0, text);
  assert.match(text, /all equal to the lock and the committed note/);
});

Deno.test("the lock's keys are those of the sources as they stand, in every study", async () => {
  const lock = readLock(ROOT);
  await using engine = openEngine({});
  for (const plan of await loadPlans([])) {
    const nodes = lock.studies[plan.study]?.nodes;
    assert(nodes, `${plan.study} is not in the lock: run \`make reproduce\``);
    const stale = `${plan.study} is locked from other sources: run \`make reproduce\``;
    const keys = engine.keysFor(plan, ({ node, port }) => {
      const digest = nodes[node]?.outputs[port];
      assert(digest, stale);
      return digest;
    });
    for (const [id, key] of keys) assert.equal(nodes[id]?.key, key, `${id}: ${stale}`);
  }
});

const python = "/usr/bin/python3";
const torch = run(python, ["-c", "import torch, sklearn, skimage"]).code === 0;

Deno.test({
  name: "make fixtures leaves every fixture as it is committed",
  ...needs({
    name: "Debian's Python packages of the fixtures",
    path: torch ? python : undefined,
    remedy: "python3-torch, python3-sklearn, python3-skimage",
  }),
  fn() {
    const made = run("make", ["fixtures"]);
    assert.equal(made.code, 0, made.text);
    const changed = run("git", ["status", "--porcelain", "--", "*testdata*"]);
    assert.equal(changed.text, "", "a fixture is not what its script makes");
  },
});
