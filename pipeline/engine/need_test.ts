import assert from "node:assert/strict";
import { z } from "zod";
import { defineStep } from "../stage.ts";
import { needOf } from "./need.ts";

const label = { model: "", replicate: "", candidate: "" };
const MIB = 2 ** 20;

/** A node that reads one artifact of 3 MiB and two of 1 and 2 MiB by a gathering port. */
const node = (resources: Parameters<typeof defineStep>[0]["resources"]) => ({
  id: "toy.step",
  step: defineStep({
    name: "toy.step",
    module: import.meta.url,
    scope: "study",
    params: z.strictObject({ limit: z.number() }),
    inputs: { one: { format: "csv" }, many: { format: "csv", many: true } },
    outputs: { out: { format: "csv" } },
    resources: resources as never,
    run: () => Promise.resolve(),
  }),
  params: { limit: 10 },
  inputs: {
    one: [{ node: "a", port: "3", label }],
    many: [{ node: "b", port: "1", label }, { node: "c", port: "2", label }],
  },
  label,
});
const sized = ({ port }: { port: string }) =>
  ({ format: "csv", digest: port, size: Number(port) * MIB }) as const;

Deno.test("a node needs what its step says, a quarter of a GiB and one thread by default", () => {
  assert.deepEqual(needOf(node(undefined), sized), { memoryMiB: 256, parallel: false });
  const said = needOf(node({ memoryMiB: 700, parallel: true }), sized);
  assert.deepEqual(said, { memoryMiB: 700, parallel: true });
});

Deno.test("what a node needs may follow from its params and the sizes of its inputs", () => {
  const need = needOf(
    node({
      memoryMiB: ({ params, inputMiB }) =>
        (params as { limit: number }).limit + 100 * inputMiB.one + 1000 * inputMiB.many,
    }),
    sized,
  );
  assert.deepEqual(need, { memoryMiB: 3310, parallel: false });
});
