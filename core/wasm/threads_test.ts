import assert from "node:assert/strict";
import { train, type Trained } from "../testing/train.ts";
import { createWasmCore } from "./core.ts";
import { loadKernels } from "./load.ts";

const read = (url: URL) => Deno.readFile(url);

async function trainOn(threads: number, multiplyAdd?: "emulated"): Promise<[string, Trained]> {
  using core = await createWasmCore({ read, threads, multiplyAdd });
  return [core.name, await train(core)];
}

Deno.test("trainings do not depend on the number of threads", async () => {
  const [, expected] = await trainOn(1);
  for (const threads of [2, 3, 5]) {
    const [name, trained] = await trainOn(threads);
    assert.match(name, new RegExp(`${threads} threads`));
    assert.deepEqual(trained, expected);
  }
  const [, emulated] = await trainOn(2, "emulated");
  assert.deepEqual(emulated, expected);
});

Deno.test("many programs, one right after the other, find every thread in its place", async () => {
  using core = await createWasmCore({ read, threads: 4 });
  const [n, k] = [64, 3];
  const input = core.upload(new Float32Array(n * k).fill(1), [n, k]);
  const output = core.tensor([k]);
  for (let i = 0; i < 2000; i++) {
    core.columnSums({ input, output });
    const scratch = core.tensor([1 + i % 7, 100]); // takes the memory of the last program
    core.free(scratch);
  }
  assert.deepEqual(await core.download(output), new Float32Array(k).fill(n));
});

Deno.test("threads that have fallen asleep wake again", async () => {
  using core = await createWasmCore({ read, threads: 2 });
  const input = core.upload(new Float32Array([1, 2, 3, 4]), [2, 2]);
  const output = core.tensor([2]);
  for (const pause of [0, 5, 100]) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    core.columnSums({ input, output });
    assert.deepEqual(await core.download(output), new Float32Array([4, 6]));
  }
});

Deno.test("memory that grows is every thread's", async () => {
  using core = await createWasmCore({ read, threads: 2 });
  for (let i = 0; i < 3; i++) {
    const input = core.upload(new Float32Array(3e6).fill(1), [1000, 3000]);
    const output = core.tensor([3000]);
    core.columnSums({ input, output });
    assert.ok((await core.download(output)).every((sum) => sum === 1000));
  }
});

Deno.test("where no worker starts, one thread does all", async () => {
  const { Worker } = globalThis;
  globalThis.Worker = class {
    constructor() {
      throw new Deno.errors.NotCapable("no workers here");
    }
  } as unknown as typeof Worker;
  try {
    const [name, trained] = await trainOn(2);
    assert.doesNotMatch(name, /threads/);
    assert.deepEqual(trained, (await trainOn(1))[1]);
  } finally {
    globalThis.Worker = Worker;
  }
});

Deno.test("one thread needs no shared memory", async () => {
  const { memory } = await loadKernels(read);
  assert.ok(memory.buffer instanceof ArrayBuffer);
  const { memory: shared } = await loadKernels(read, "auto", true);
  assert.ok(shared.buffer instanceof SharedArrayBuffer);
});

Deno.test("createWasmCore() refuses half a thread, none, and too many", async () => {
  for (const threads of [0, 1.5, 65]) {
    await assert.rejects(createWasmCore({ read, threads }), {
      name: "RangeError",
      message:
        `Cannot create a core as the number of threads must be an integer from 1 to 64: current value is ${threads}`,
    });
  }
});
