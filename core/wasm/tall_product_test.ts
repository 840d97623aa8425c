import { createReferenceCore } from "../reference/core.ts";
import { assertSameBits, floats } from "../testing/arrays.ts";
import type { Core } from "../ops.ts";
import { createWasmCore } from "./core.ts";

Deno.test("a product of many rows has the specified bits", async () => {
  // Rows times tiles of rows is beyond 2³¹: patches of a batch of images are as many.
  const [n, d, k] = [131_072, 3, 2];
  const product = async (core: Core) => {
    const input = core.upload(floats(1, n * d, "ordinary"), [n, d]);
    const weight = core.upload(floats(2, k * d, "ordinary"), [k, d]);
    const output = core.tensor([n, k]);
    core.dense({ input, weight, output });
    return await core.download(output);
  };
  const wasm = await createWasmCore({ read: Deno.readFile });
  assertSameBits(await product(wasm), await product(createReferenceCore()), "product");
});
