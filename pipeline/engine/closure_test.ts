import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { ClosureFinder, packageOf } from "./closure.ts";
import { FileIndex } from "./file_index.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");
const STEPS = new URL("./testdata/times.ts", import.meta.url).href;

function finder(root = ROOT) {
  return new ClosureFinder(root, new FileIndex(root));
}

Deno.test("a closure holds a module's imports and packages, not what is imported for types", () => {
  const closures = finder();
  closures.prepare([STEPS]);
  const closure = closures.of([STEPS]);
  assert.deepEqual(Object.keys(closure.files), [
    "pipeline/engine/testdata/helper.ts",
    "pipeline/engine/testdata/steps.ts",
    "pipeline/engine/testdata/times.ts",
    "pipeline/stage.ts",
  ]);
  assert.match(Object.keys(closure.packages).join(), /^zod@/);
  assert.match(Object.values(closure.packages)[0]!, /^sha512-/);
});

Deno.test("a closure follows dynamic imports and changes with code alone", () => {
  const root = Deno.makeTempDirSync();
  try {
    Deno.writeTextFileSync(join(root, "deno.json"), "{}");
    Deno.writeTextFileSync(join(root, "deno.lock"), `{"version":"5"}`);
    const write = (name: string, text: string) => Deno.writeTextFileSync(join(root, name), text);
    write("a.ts", `export async function run() { return (await import("./b.ts")).b; }`);
    write("b.ts", `export const b: number = 1; // one`);
    const url = pathToFileURL(join(root, "a.ts")).href;
    const digest = () => {
      const closures = finder(root);
      closures.prepare([url]);
      assert.deepEqual(Object.keys(closures.of([url]).files), ["a.ts", "b.ts"]);
      return closures.of([url]).digest;
    };
    const before = digest();
    write("b.ts", `/** One. */\nexport const b = 1;`);
    assert.equal(digest(), before);
    write("b.ts", `export const b = 2;`);
    assert.notEqual(digest(), before);
    write("a.ts", `export { b } from "./missing.ts";`);
    assert.throws(digest, /missing\.ts/);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

Deno.test("a graph is read anew though another one has taken in the change", async () => {
  const root = Deno.makeTempDirSync();
  try {
    Deno.writeTextFileSync(join(root, "deno.json"), "{}");
    Deno.writeTextFileSync(join(root, "deno.lock"), `{"version":"5"}`);
    const write = (name: string, text: string) => Deno.writeTextFileSync(join(root, name), text);
    write("shared.ts", `export const x = 1;`);
    write("one.ts", `export { x } from "./shared.ts";`);
    write("two.ts", `export { x } from "./shared.ts";`);
    write("more.ts", `export const more = 1;`);
    const index = join(root, "index.json");
    const files = (name: string) => {
      const files = new FileIndex(root, index);
      const closures = new ClosureFinder(root, files);
      const url = pathToFileURL(join(root, name)).href;
      closures.prepare([url]);
      const found = Object.keys(closures.of([url]).files);
      files.save(root);
      return found;
    };
    const settle = () => new Promise((done) => setTimeout(done, 2_100));
    await settle(); // Younger files are not trusted at all.
    files("one.ts");
    assert.deepEqual(files("two.ts"), ["shared.ts", "two.ts"]);
    write("shared.ts", `export { more as x } from "./more.ts";`);
    await settle();
    assert.deepEqual(files("one.ts"), ["more.ts", "one.ts", "shared.ts"]);
    assert.deepEqual(files("two.ts"), ["more.ts", "shared.ts", "two.ts"]);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});

Deno.test("packageOf() reads names and versions from paths and specifiers", () => {
  const folder = "file:///p/node_modules/.deno";
  assert.equal(packageOf(`${folder}/zod@4.6.7/node_modules/zod/index.js`), "zod@4.6.7");
  assert.equal(
    packageOf(`${folder}/@resvg+resvg-wasm@2.6.2/node_modules/@resvg/resvg-wasm/index.mjs`),
    "@resvg/resvg-wasm@2.6.2",
  );
  assert.equal(packageOf("npm:/zod@4.6.7"), "zod@4.6.7");
  assert.equal(packageOf("file:///p/core/ops.ts"), undefined);
});
