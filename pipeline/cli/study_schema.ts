/**
 * Writes `reports/study.schema.json`, with which editors complete and check study files:
 * `deno run --allow-read --allow-write pipeline/cli/study_schema.ts`.
 *
 * @module
 */
import { join } from "node:path";
import { studyJsonSchema } from "../study/json_schema.ts";
import { REPORTS } from "./project.ts";
import { STAGES } from "./stages.ts";

/** Where the schema is committed. */
export const SCHEMA_PATH = join(REPORTS, "study.schema.json");

/** The schema's text: keys in the order in which editors should offer them. */
export function studySchemaText(): string {
  return JSON.stringify(studyJsonSchema(STAGES), null, 2) + "\n";
}

if (import.meta.main) await Deno.writeTextFile(SCHEMA_PATH, studySchemaText());
