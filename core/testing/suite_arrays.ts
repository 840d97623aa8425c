import assert from "node:assert/strict";
import fc from "fast-check";
import { assertSameBits, floats, integers } from "./arrays.ts";
import type { CoreUnderTest } from "./core_under_test.ts";

/** How arrays are made, moved, viewed and freed. */
export function testArrays({ name, create }: CoreUnderTest): void {
  Deno.test(`${name}: what is uploaded comes back`, async () => {
    const core = await create();
    const wild = floats(1, 1001, "wild");
    const tensor = core.upload(wild, [7, 11, 13], { allowNonFinite: true });
    assert.deepEqual(tensor.shape, [7, 11, 13]);
    const canonical = wild.map((value) => Number.isNaN(value) ? NaN : value);
    assertSameBits(await core.download(tensor), canonical, "values");
    const labels = integers(1, 10, 3);
    const below = core.uploadIntegers(labels, [10], { below: 3 });
    assert.deepEqual(await core.downloadIntegers(below), labels);
    assert.equal(below.below, 3);
  });

  Deno.test(`${name}: NaNs come back canonical`, async () => {
    const core = await create();
    const data = new Float32Array(3);
    new Uint32Array(data.buffer).set([0xffc00001, 0x7f800001, 0x7fffffff]);
    const tensor = core.upload(data, [3], { allowNonFinite: true });
    const bits = new Uint32Array((await core.download(tensor)).buffer);
    assert.deepEqual([...bits], [0x7fc00000, 0x7fc00000, 0x7fc00000]);
  });

  Deno.test(`${name}: a new array is zero, also where another one was`, async () => {
    const core = await create();
    for (let i = 0; i < 3; i++) {
      const tensor = core.tensor([5, 5]);
      assertSameBits(await core.download(tensor), new Float32Array(25), "values");
      core.write(tensor, floats(i, 25, "ordinary"));
      core.free(tensor);
    }
  });

  Deno.test(`${name}: writing, copying and viewing rows`, async () => {
    const core = await create();
    const tensor = core.tensor([4, 3]);
    const other = core.tensor([2, 3]);
    const data = floats(2, 6, "ordinary");
    core.write(other, data);
    core.copy(other, core.rows(tensor, 1, 3));
    const expected = new Float32Array(12);
    expected.set(data, 3);
    assertSameBits(await core.download(tensor), expected, "values");
    const inner = core.rows(core.rows(tensor, 1, 3), 1, 2);
    assert.deepEqual(inner.shape, [1, 3]);
    assertSameBits(await core.download(inner), data.subarray(3), "inner view");
    const labels = core.integers([4], 9);
    core.writeIntegers(core.rows(labels, 2, 4), new Int32Array([8, 7]));
    assert.deepEqual([...await core.downloadIntegers(labels)], [0, 0, 8, 7]);
    core.free(inner); // a view: nothing happens
    core.free(core.rows(tensor, 0, 4));
    assertSameBits(await core.download(tensor), expected, "values");
  });

  Deno.test(`${name}: arrays live and die in any order without touching each other`, async () => {
    const core = await create();
    const commands = fc.array(fc.record({ size: fc.nat(400), victim: fc.nat(9) }), {
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(commands, async (list) => {
        core.reset();
        const live: { tensor: ReturnType<typeof core.tensor>; data: Float32Array }[] = [];
        for (const [seed, { size, victim }] of list.entries()) {
          const data = floats(seed, size, "ordinary");
          live.push({ tensor: core.upload(data, [size]), data });
          if (victim < live.length) core.free(live.splice(victim, 1)[0].tensor);
          for (const { tensor, data } of live) {
            assertSameBits(await core.download(tensor), data, "values");
          }
        }
      }),
      { numRuns: 20 },
    );
  });
}
