import assert from "node:assert/strict";
import { Slots } from "./slots.ts";

/** Whether a promise has settled by the next turns of the loop. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol();
  const turn = new Promise((done) => setTimeout(() => done(open), 5));
  return await Promise.race([promise, turn]) !== open;
}

Deno.test("slots let so many jobs run at once", async () => {
  const slots = new Slots({ jobs: 2, memoryMiB: 1000 });
  const first = await slots.take({ memoryMiB: 1 });
  await slots.take({ memoryMiB: 1 });
  const third = slots.take({ memoryMiB: 1 });
  assert.equal(await settled(third), false);
  first[Symbol.dispose]();
  assert.equal(await settled(third), true);
});

Deno.test("slots let only as many jobs run as memory holds, in order", async () => {
  const slots = new Slots({ jobs: 8, memoryMiB: 1000 });
  const first = await slots.take({ memoryMiB: 600 });
  const second = slots.take({ memoryMiB: 600 });
  const small = slots.take({ memoryMiB: 100 });
  assert.equal(await settled(second), false);
  assert.equal(await settled(small), false, "it may not overtake, or a large job would starve");
  first[Symbol.dispose]();
  assert.equal(await settled(small), true);
});

Deno.test("a job that is larger than the machine runs alone", async () => {
  const slots = new Slots({ jobs: 8, memoryMiB: 1000 });
  using _large = await slots.take({ memoryMiB: 5000 });
  assert.equal(await settled(slots.take({ memoryMiB: 1 })), false);
});

Deno.test("a job that can use threads gets the cores that nobody waits for", async () => {
  const slots = new Slots({ jobs: 4, memoryMiB: 1000 });
  const need = { memoryMiB: 1, parallel: true };
  const alone = await slots.take(need);
  assert.equal(alone.threads, 4);
  alone[Symbol.dispose]();
  const both = await Promise.all([slots.take(need), slots.take(need)]);
  assert.deepEqual(both.map(({ threads }) => threads), [2, 2]);
  for (const slot of both) slot[Symbol.dispose]();
  const mixed = await Promise.all([slots.take({ memoryMiB: 1 }), slots.take(need)]);
  assert.deepEqual(mixed.map(({ threads }) => threads), [1, 3]);
  for (const slot of mixed) slot[Symbol.dispose]();
  const many = await Promise.all([1, 2, 3, 4].map(() => slots.take(need)));
  assert.deepEqual(many.map(({ threads }) => threads), [1, 1, 1, 1]);
  const fifth = slots.take(need);
  assert.equal(await settled(fifth), false);
  many[0][Symbol.dispose]();
  assert.equal((await fifth).threads, 1);
});

Deno.test("threads can be fixed, for jobs that can use them", async () => {
  const slots = new Slots({ jobs: 2, memoryMiB: 1000 }, 3);
  const large = await slots.take({ memoryMiB: 1, parallel: true });
  assert.equal(large.threads, 3);
  const small = slots.take({ memoryMiB: 1 });
  assert.equal(await settled(small), false, "no core is free");
  large[Symbol.dispose]();
  assert.equal((await small).threads, 1);
});
