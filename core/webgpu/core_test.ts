import assert from "node:assert/strict";
import { needs } from "../../testing/require.ts";
import { webgpuAdapter } from "../../testing/webgpu_adapter.ts";
import { SEPARATE } from "../math/multiply_add.ts";
import { createReferenceCore } from "../reference/core.ts";
import { assertSameBits, floats } from "../testing/arrays.ts";
import { train } from "../testing/train.ts";
import { createWasmCore } from "../wasm/core.ts";
import { createWebGpuCore } from "./core.ts";

const options = needs(await webgpuAdapter());

Deno.test({
  name: "trainings on WebGPU have the bits of the kernels that add products as it does",
  ...options,
  async fn() {
    using core = await createWebGpuCore();
    const { multiplyAdd } = core.arithmetic;
    assert.notEqual(multiplyAdd, "inexact", core.arithmetic.faults.join());
    using wasm = await createWasmCore({
      read: (url) => Deno.readFile(url),
      multiplyAdd: multiplyAdd === "separate" ? "separate" : "auto",
    });
    assert.deepEqual(await train(core), await train(wasm));
  },
});

Deno.test({
  name: "quotients and roots are rounded once, whatever the numbers",
  ...options,
  async fn() {
    using core = await createWebGpuCore();
    const separate = core.arithmetic.multiplyAdd === "separate";
    const reference = createReferenceCore(separate ? { multiplyAdd: SEPARATE } : {});
    const size = 200_000;
    // Adam's first step: the root of g², and a quotient by it.
    const rule = {
      kind: "adam",
      beta1: 0,
      gain1: 1,
      beta2: 0,
      gain2: 1,
      stepSize: 1,
      gradientShare: 0,
      rootGain: 1,
      rootShift: 0,
      rootScale: 1,
      epsilon: 0,
      l2: 0,
      decay: 0,
    } as const;
    const run = async (on: typeof reference) => {
      const put = (seed: number) =>
        on.upload(floats(seed, size, "wild"), [size], { allowNonFinite: true });
      const [parameters, gradient, ...slots] = [put(1), put(2), put(3), put(4)];
      on.update({ parameters, gradient, slots, rule });
      return await on.download(parameters);
    };
    assertSameBits(await run(core), await run(reference), "parameters");
  },
});

Deno.test({
  name: "arrays survive the growth of their buffer, and one that is too large is refused",
  ...options,
  async fn() {
    using core = await createWebGpuCore();
    const data = floats(1, 1000, "ordinary");
    const first = core.upload(data, [1000]);
    for (let i = 0; i < 5; i++) core.tensor([1000, 50 << i]);
    assertSameBits(await core.download(first), data, "first");
    assert.throws(() => core.tensor([2 ** 15, 2 ** 15, 1]), {
      name: "RangeError",
      message:
        /^Cannot hold a tensor \[32768, 32768, 1\] of 4\.00 GiB: Cannot allocate 4294967296 bytes as a buffer of this WebGPU adapter holds at most /,
    });
    assertSameBits(await core.download(first), data, "first");
  },
});

Deno.test("without an adapter the message says what to do", async () => {
  const gpu = { requestAdapter: () => Promise.resolve(null) } as unknown as GPU;
  await assert.rejects(createWebGpuCore({ gpu }), {
    name: "NoAdapterError",
    message:
      "Cannot compute on WebGPU as this machine has no adapter: install a driver with Vulkan, Metal or Direct3D 12 (in software: Debian's mesa-vulkan-drivers), or take the profile auto or exact",
  });
});
