import { needs } from "../../testing/require.ts";
import { webgpuAdapter } from "../../testing/webgpu_adapter.ts";
import { assertSameBits } from "../testing/arrays.ts";
import { createWebGpuCore } from "./core.ts";

const options = needs(await webgpuAdapter());

Deno.test({
  name: "products have more tiles than a dispatch has workgroups along an axis",
  ...options,
  async fn() {
    using core = await createWebGpuCore();
    const rows = 65_536 * 64 + 5;
    const input = core.upload(new Float32Array(rows).map((_, i) => i % 1000), [rows, 1]);
    const weight = core.upload(new Float32Array([2]), [1, 1]);
    const output = core.tensor([rows, 1]);
    core.dense({ input, weight, output });
    assertSameBits(
      await core.download(output),
      new Float32Array(rows).map((_, i) => 2 * (i % 1000)),
      "output",
    );
  },
});
