/**
 * `constat export`: writes heads, trained or fitted, as files that other programs run.
 *
 * @module
 */
import { join, relative, resolve } from "node:path";
import { sha256 } from "../../digest.ts";
import { chooseModels } from "../evaluated_models.ts";
import { DONE } from "../exit_codes.ts";
import { headFiles } from "../head_files.ts";
import { type GlobalOptions, loadPlans, openEngine } from "../project.ts";
import { textTable } from "../render/table.ts";
import { readTrainedHead, StudyResults } from "../trained_head.ts";

/** Options of `export`. */
export interface ExportOptions extends GlobalOptions {
  output?: string;
  replicate?: string;
  set?: string[];
}

/**
 * Writes the head of a model as `.safetensors` and `.onnx`.
 *
 * @param model Name of the model; every model of the study without.
 */
export async function exportHeads(
  study: string,
  model: string | undefined,
  options: ExportOptions,
): Promise<number> {
  const plan = (await loadPlans([study], options.set ?? []))[0]!;
  const { replicate } = options;
  const models = chooseModels(plan, { model, replicate })
    // Of all models, those that have a head; the one that is named is refused where it has none.
    .filter(({ node }) => model !== undefined || node.inputs.weights !== undefined);
  await using engine = openEngine(options);
  const results = new StudyResults(engine, plan);
  const folder = resolve(options.output ?? ".");
  const written: Written[] = [];
  for (const own of models) {
    const head = await readTrainedHead(results, own);
    const base = [study, own.model, own.replicate].filter((part) => part !== "").join("-")
      .replace(/[^\w.=+-]+/g, "-");
    const files = await headFiles(study, own, head);
    Deno.mkdirSync(folder, { recursive: true });
    for (const [extension, bytes] of Object.entries(files)) {
      const path = join(folder, `${base}.${extension}`);
      Deno.writeFileSync(path, bytes);
      written.push({
        file: relative(Deno.cwd(), path),
        model: own.model,
        replicate: own.replicate,
        head: head.summary.head,
        bytes: bytes.length,
        sha256: sha256(bytes),
      });
    }
  }
  report(written, options);
  return DONE;
}

/** A file that was written. */
interface Written {
  file: string;
  model: string;
  replicate: string;
  head: string;
  bytes: number;
  sha256: string;
}

function report(written: readonly Written[], { json }: GlobalOptions): void {
  if (json) {
    for (const file of written) console.log(JSON.stringify({ type: "export.file", ...file }));
    return;
  }
  const rows = written.map(({ file, model, replicate, head, sha256 }) => [
    [model, replicate].filter((part) => part !== "").join(" "),
    head,
    sha256.slice(0, 12),
    file,
  ]);
  console.log(textTable(["model", "head", "SHA-256", "file"], rows));
}
