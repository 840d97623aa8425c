import assert from "node:assert/strict";
import { join } from "node:path";
import { findStudies, resolveStudies } from "./find.ts";

async function withProject(names: string[], run: (root: string) => Promise<void>) {
  const root = await Deno.makeTempDir();
  try {
    for (const name of names) {
      const folder = join(root, "reports", name);
      await Deno.mkdir(folder, { recursive: true });
      await Deno.writeTextFile(join(folder, "study.yaml"), "format: 1\n");
    }
    await run(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("findStudies() lists folders with a study file by name", async () => {
  await withProject(["zeta", "Alpha", "beta", "_draft", ".old"], async (root) => {
    await Deno.mkdir(join(root, "reports", "empty"));
    await Deno.writeTextFile(join(root, "reports", "study.schema.json"), "{}");
    const found = await findStudies(root);
    assert.deepEqual(found.map(({ name }) => name), ["Alpha", "beta", "zeta"]);
    assert.equal(found[1].path, join(root, "reports", "beta", "study.yaml"));
  });
  await withProject([], async (root) => assert.deepEqual(await findStudies(root), []));
});

Deno.test("resolveStudies() takes names and paths, each study once", async () => {
  await withProject(["optimizers", "fashion"], async (root) => {
    const names = async (...asked: string[]) =>
      (await resolveStudies(root, asked)).map(({ name }) => name);
    assert.deepEqual(await names(), ["fashion", "optimizers"]);
    assert.deepEqual(await names("optimizers"), ["optimizers"]);
    const folder = join(root, "reports", "optimizers");
    assert.deepEqual(await names(folder, `${folder}/study.yaml`, "optimizers"), ["optimizers"]);
    await assert.rejects(names("optimisers"), {
      name: "RangeError",
      message: /Cannot find the study "optimisers" below .*reports: did you mean optimizers\?$/,
    });
    await assert.rejects(names("zzz"), /known: fashion, optimizers$/);
  });
});
