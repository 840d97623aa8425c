import assert from "node:assert/strict";
import { EXP32_LEAST, EXP32_SERIES, LN2_HIGH, LN2_LOW, LOG2E } from "../math/exp32.ts";
import { ERF32_GREAT, ERF32_SERIES, ERF32_SMALL, ERF32_TAIL } from "../math/erf32.ts";
import { LOG32_SERIES } from "../math/log32.ts";
import { TANH32_SERIES, TANH32_SMALL } from "../math/tanh32.ts";
import { BUILDS, compileKernels } from "./build.ts";
import { digest } from "./digest.ts";
import { isStale } from "./is_stale.ts";
import { CORE_BUILD, MODULES, STAMP } from "./stamp.ts";

const here = new URL("./", import.meta.url);

async function withCopy(check: (folder: URL) => Promise<void>): Promise<void> {
  const folder = new URL(`file://${await Deno.makeTempDir()}/`);
  try {
    await Deno.mkdir(new URL("testdata/", folder));
    for (const path of [STAMP, ...Object.keys(MODULES)]) {
      await Deno.copyFile(new URL(path, here), new URL(path, folder));
    }
    await check(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const build of BUILDS) {
  const { folder, modules: [first] } = { ...build, modules: Object.keys(build.modules) };

  Deno.test(`the committed kernels are those of their sources: ${first}`, async () => {
    assert.equal(await isStale(build), undefined);
    const { modules, stamp } = await compileKernels(build);
    for (const [path, bytes] of Object.entries(modules)) {
      const committed = await Deno.readFile(new URL(path, folder));
      assert.equal(await digest(committed), await digest(bytes), path);
    }
    assert.deepEqual(JSON.parse(await Deno.readTextFile(new URL(STAMP, folder))), stamp);
  });

  Deno.test(`the sources' list names every file of the folder: ${first}`, async () => {
    const files: string[] = [];
    for await (const { name } of Deno.readDir(new URL("assembly/", folder))) files.push(name);
    // Some stand for one of several builds, and tsconfig.json serves editors.
    const others = new Set([...Object.values(build.modules).flatMap(Object.keys), "tsconfig.json"]);
    assert.deepEqual(files.sort(), [...build.sources, ...others].sort());
  });
}

// One bit of a small term shows in one result of a million: so the text is compared too. Where
// exp32 overflows is no number of the kernels': their products do.
Deno.test("the kernels' constants are those of the specification", async () => {
  const source = await Deno.readTextFile(new URL("assembly/elementary.ts", here));
  const numbers = new Set(source.match(/-?\d+(\.\d+)?(e-\d+)?/g)?.map(Number));
  const bounds = [EXP32_LEAST, LOG2E, LN2_HIGH, LN2_LOW];
  const others = [TANH32_SMALL, ERF32_SMALL, ERF32_GREAT];
  const series = [EXP32_SERIES, LOG32_SERIES, TANH32_SERIES, ERF32_SERIES, ERF32_TAIL];
  for (const constant of [...bounds, ...others, ...series.flat()]) {
    assert.ok(numbers.has(constant), `${constant} is missing`);
  }
});

Deno.test("isStale() names what differs", async () => {
  await withCopy(async (folder) => {
    assert.equal(await isStale(CORE_BUILD, folder), undefined);
    await Deno.writeFile(new URL("core.wasm", folder), new Uint8Array([0]));
    assert.equal(await isStale(CORE_BUILD, folder), "core.wasm is not what was built");
    await Deno.remove(new URL("core.wasm", folder));
    assert.equal(await isStale(CORE_BUILD, folder), "core.wasm is missing");
    const stamp = JSON.parse(await Deno.readTextFile(new URL(STAMP, folder)));
    const write = (changed: unknown) =>
      Deno.writeTextFile(new URL(STAMP, folder), JSON.stringify(changed));
    await write({ ...stamp, sources: { ...stamp.sources, "assembly/gemm.ts": "00" } });
    assert.equal(await isStale(CORE_BUILD, folder), "assembly/gemm.ts changed");
    await write({ ...stamp, compiler: "npm:assemblyscript@0.1.0" });
    assert.match(
      await isStale(CORE_BUILD, folder) ?? "",
      /^the compiler is now npm:assemblyscript@/,
    );
    await Deno.writeTextFile(new URL(STAMP, folder), "{");
    assert.equal(await isStale(CORE_BUILD, folder), "build.json is not JSON");
    await Deno.remove(new URL(STAMP, folder));
    assert.equal(await isStale(CORE_BUILD, folder), "build.json is missing");
  });
});
