/** Steps for the engine's own tests: small, quick, and each with one way to behave. */
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { defineStep } from "../../stage.ts";
import { scale } from "./helper.ts";

export const source = defineStep({
  name: "toy.source",
  module: new URL("./source.ts", import.meta.url).href,
  scope: "try",
  params: z.object({ value: z.number() }),
  inputs: {},
  outputs: { number: { format: "json" } },
  run: async ({ params, outputs }) => await outputs.number.json({ value: params.value }),
});

export const times = defineStep({
  name: "toy.times",
  module: new URL("./times.ts", import.meta.url).href,
  scope: "try",
  params: z.object({ factor: z.number() }),
  inputs: { number: { format: "json" } },
  outputs: { number: { format: "json" } },
  async run({ params, inputs, outputs, progress }) {
    const { value } = await inputs.number.json<{ value: number }>();
    await progress(1, 1, "numbers");
    await outputs.number.json({ value: scale(value, params.factor) });
  },
});

export const sum = defineStep({
  name: "toy.sum",
  module: new URL("./sum.ts", import.meta.url).href,
  scope: "study",
  params: z.object({}),
  inputs: { number: { format: "json", many: true } },
  outputs: { total: { format: "json" }, parts: { format: "tree" } },
  async run({ inputs, outputs }) {
    let total = 0;
    for (const handle of inputs.number) {
      const { value } = await handle.json<{ value: number }>();
      total += value;
      await outputs.parts.file(`by model/${handle.label.model}.txt`).text(`${value}\n`);
    }
    await outputs.total.json({ total });
  },
});

/** Reads an asset after a while, and leaves a checkpoint before. */
export const keeper = defineStep({
  name: "toy.keeper",
  module: new URL("./keeper.ts", import.meta.url).href,
  scope: "study",
  params: z.object({ path: z.string(), wait: z.number(), way: z.string() }),
  inputs: {},
  outputs: { out: { format: "json" } },
  assets: ({ path }) => [pathToFileURL(path)],
  checkpointed: true,
  async run({ params: { path, wait, way }, outputs, asset, checkpoint }) {
    const found = await checkpoint.read();
    await checkpoint.write(new TextEncoder().encode("half way"));
    await new Promise((done) => setTimeout(done, wait));
    await asset(pathToFileURL(path));
    if (way === "throws") throw new RangeError("the value -3 is out of range");
    if (way === "exits") Deno.exit(7);
    const value = way === "random" ? crypto.randomUUID() : way;
    await outputs.out.json(way === "told" ? { resumed: found !== undefined } : { value });
  },
});

/** Reads an asset after a while. */
export const reader = defineStep({
  name: "toy.reader",
  module: new URL("./reader.ts", import.meta.url).href,
  scope: "study",
  params: z.object({ path: z.string(), wait: z.number() }),
  inputs: { number: { format: "json", optional: true } },
  outputs: { out: { format: "json" } },
  assets: ({ path }) => [pathToFileURL(path)],
  async run({ params, outputs, asset }) {
    await new Promise((done) => setTimeout(done, params.wait));
    const bytes = await asset(pathToFileURL(params.path));
    await outputs.out.json({ text: new TextDecoder().decode(bytes) });
  },
});

/** Misbehaves as its param says. */
export const rogue = defineStep({
  name: "toy.rogue",
  module: new URL("./rogue.ts", import.meta.url).href,
  scope: "study",
  params: z.object({ way: z.string(), path: z.string().optional() }),
  inputs: {},
  outputs: { out: { format: "json" } },
  async run({ params, outputs }) {
    if (params.way === "throws") throw new RangeError("the value -3 is out of range");
    if (params.way === "reads") Deno.readTextFileSync(params.path!);
    if (params.way === "writes") Deno.writeTextFileSync(params.path!, "x");
    if (params.way === "fetches") await fetch("http://127.0.0.1:8123/");
    if (params.way === "spawns") new Deno.Command("true").outputSync();
    if (params.way === "exits") Deno.exit(7);
    if (params.way === "rejects") {
      void Promise.reject(new RangeError("nobody waits for this"));
      await new Promise((done) => setTimeout(done, 5000));
    }
    if (params.way === "silent") return;
    if (params.way === "env") {
      await outputs.out.json({ home: Deno.env.get("HOME") ?? null });
      return;
    }
    await outputs.out.json(params.way === "random" ? { value: crypto.randomUUID() } : {});
  },
});
