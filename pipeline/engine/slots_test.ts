import assert from "node:assert/strict";
import { Slots } from "./slots.ts";

/** Whether a promise has settled by the next turns of the loop. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol();
  const turn = new Promise((done) => setTimeout(() => done(open), 1));
  return await Promise.race([promise, turn]) !== open;
}

Deno.test("slots let so many jobs run at once", async () => {
  const slots = new Slots({ jobs: 2, memoryMiB: 1000 });
  const first = await slots.take(1);
  await slots.take(1);
  const third = slots.take(1);
  assert.equal(await settled(third), false);
  first[Symbol.dispose]();
  assert.equal(await settled(third), true);
});

Deno.test("slots let only as many jobs run as memory holds, in order", async () => {
  const slots = new Slots({ jobs: 8, memoryMiB: 1000 });
  const first = await slots.take(600);
  const second = slots.take(600);
  const small = slots.take(100);
  assert.equal(await settled(second), false);
  assert.equal(await settled(small), false, "it may not overtake, or a large job would starve");
  first[Symbol.dispose]();
  assert.equal(await settled(small), true);
});

Deno.test("a job that is larger than the machine runs alone", async () => {
  const slots = new Slots({ jobs: 8, memoryMiB: 1000 });
  using _large = await slots.take(5000);
  assert.equal(await settled(slots.take(1)), false);
});
