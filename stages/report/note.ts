/**
 * `report.note`: the methodology note of a study.
 *
 * @module
 */
import { defineStep } from "../../pipeline/stage.ts";
import { gather } from "./gather/gather.ts";
import { overview } from "./overview.ts";
import { NoteParams } from "./params.ts";
import { readArtifacts } from "./gather/read.ts";
import { renderNote } from "./render.ts";

export default defineStep({
  name: "report.note",
  module: import.meta.url,
  scope: "study",
  params: NoteParams,
  inputs: {
    dataset: { format: "json" },
    classes: { format: "json" },
    images: { format: "safetensors", many: true },
    samples: { format: "csv", many: true },
    partition: { format: "csv", many: true },
    splitReport: { format: "json", many: true },
    // Models whose predictions come from a file have neither.
    embedReport: { format: "json", many: true, optional: true },
    history: { format: "csv", many: true, optional: true },
    testCurves: { format: "csv", many: true, optional: true },
    choice: { format: "json", many: true, optional: true },
    predictions: { format: "csv", many: true },
    metrics: { format: "json", many: true },
    validationLosses: { format: "csv", many: true, optional: true },
    importance: { format: "csv", many: true, optional: true },
    occlusion: { format: "json", many: true, optional: true },
    neighbours: { format: "csv", many: true, optional: true },
    comparison: { format: "json" },
    claims: { format: "json", optional: true },
  },
  outputs: { note: { format: "tree" }, overview: { format: "json" } },
  resources: { memoryMiB: 600 },
  async run({ params, inputs, outputs, progress }) {
    const note = gather(params, await readArtifacts(params, inputs));
    const files = await renderNote(note, {
      progress: (done, total) => progress(done, total, "figures and pages"),
    });
    for (const [path, text] of files) await outputs.note.file(path).text(text);
    await outputs.overview.json(overview(note));
  },
});
