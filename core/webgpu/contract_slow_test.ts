import { SEPARATE } from "../math/multiply_add.ts";
import { createReferenceCore } from "../reference/core.ts";
import { testCore } from "../testing/contract_suite.ts";
import { needs } from "../../testing/require.ts";
import { webgpuAdapter } from "../../testing/webgpu_adapter.ts";
import { createWebGpuCore } from "./core.ts";

if (!needs(await webgpuAdapter()).ignore) {
  const core = await createWebGpuCore();
  const multiplyAdd = core.arithmetic.multiplyAdd === "separate" ? SEPARATE : undefined;
  testCore({
    name: core.name,
    create: () => {
      core.reset();
      return Promise.resolve(core);
    },
    reference: () => createReferenceCore({ multiplyAdd }),
  });
}
