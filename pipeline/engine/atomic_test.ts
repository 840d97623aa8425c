import assert from "node:assert/strict";
import { join } from "node:path";
import { moveFile } from "./atomic.ts";
import { listFiles } from "./store.ts";

Deno.test("moveFile() copies where a rename cannot, over what a killed one left", () => {
  const folder = Deno.makeTempDirSync();
  const [here, there] = [join(folder, "here"), join(folder, "there", "b")];
  // Two file systems, as the kernel tells them apart: nothing is renamed between folders.
  const rename = (from: string, to: string) => {
    if (from === here) throw Object.assign(new Error("Invalid cross-device link"), CODE);
    Deno.renameSync(from, to);
  };
  try {
    Deno.mkdirSync(join(folder, "there"));
    Deno.writeTextFileSync(here, "whole");
    Deno.writeTextFileSync(there, "old");
    Deno.writeTextFileSync(join(folder, "there", ".b"), "what a killed process left behind");
    moveFile(here, there, rename);
    assert.deepEqual(listFiles(folder), ["there/b"]);
    assert.equal(Deno.readTextFileSync(there), "whole");
    assert.throws(() => moveFile(join(folder, "none"), there), Deno.errors.NotFound);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

const CODE = { code: "EXDEV" };
