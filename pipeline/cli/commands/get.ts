/**
 * `constat get`: copies a study's artifacts out of the store under readable names.
 *
 * @module
 */
import { dirname, join, relative, resolve } from "node:path";
import type { NodeRecord } from "../../engine/record.ts";
import type { Store } from "../../engine/store.ts";
import type { Format } from "../../stage.ts";
import { DONE } from "../exit_codes.ts";
import { type GlobalOptions, loadPlans, openEngine } from "../project.ts";
import { UsageError } from "../usage_error.ts";
import { findNodes } from "./why.ts";

/** Options of `get`. */
export interface GetOptions extends GlobalOptions {
  output?: string;
}

const EXTENSIONS: Record<Exclude<Format, "tree">, string> = {
  safetensors: ".safetensors",
  csv: ".csv",
  json: ".json",
};

/**
 * Copies artifacts of a node (or of every node whose id starts so).
 *
 * @param port Only this output; all of them without.
 */
export async function get(
  study: string,
  node: string,
  port: string | undefined,
  options: GetOptions,
): Promise<number> {
  const plan = (await loadPlans([study]))[0]!;
  const ids = findNodes(plan, node);
  await using engine = openEngine(options);
  const statuses = engine.status(plan);
  // Files of many nodes get a folder of their own, so that they do not litter the current one.
  const folder = resolve(options.output ?? (ids.length > 1 ? `${study}-${fileName(node)}` : "."));
  for (const id of ids) {
    const status = statuses.get(id);
    if (status?.status !== "cached") {
      throw new UsageError(`${id} has no result yet: \`constat run ${study}\` makes it`);
    }
    const ports = Object.keys(status.record.outputs);
    if (port !== undefined && !ports.includes(port)) {
      throw new UsageError(`${id} has no output ${port}: it has ${ports.join(", ")}`);
    }
    for (const name of port === undefined ? ports : [port]) {
      for (const path of copyOut(engine.store, status.record, id, name, folder)) {
        console.log(relative(Deno.cwd(), path));
      }
    }
  }
  return DONE;
}

function copyOut(
  store: Store,
  record: NodeRecord,
  id: string,
  port: string,
  folder: string,
): string[] {
  const output = record.outputs[port]!;
  const base = join(folder, `${fileName(id)}.${port}`);
  const files = output.format === "tree"
    ? store.readTree(output.digest).files.map((file) => ({
      digest: file.digest,
      path: join(base, file.path),
    }))
    : [{ digest: output.digest, path: base + EXTENSIONS[output.format] }];
  for (const { digest, path } of files) {
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.writeFileSync(path, store.readArtifact(digest));
  }
  return files.map((file) => file.path);
}

/** `train.fit[adam, seed=1]` as `train.fit-adam-seed=1`. */
function fileName(id: string): string {
  return id.replace(/[^\w.=+-]+/g, "-").replace(/-+$/, "");
}
