/**
 * What it takes to compute the note again.
 *
 * @module
 */
import type { Block, Section } from "../blocks.ts";
import { code } from "../rich.ts";
import { toYaml } from "../yaml.ts";
import { columns, type SectionContext } from "./context.ts";

/** The table lists so many files; its CSV file lists all of them. */
const FILES_SHOWN = 10;

/** The section. */
export function provenance(context: SectionContext): Section {
  const { note, t, number } = context;
  const p = t.provenance;
  const { files } = note.dataset;
  const blocks: Block[] = [
    { kind: "paragraph", text: p.intro },
    {
      kind: "code",
      syntax: "sh",
      text: `./constat run ${note.name}\n./constat verify ${note.name}`,
    },
  ];
  blocks.push({ kind: "paragraph", text: p.tools(Deno.version.deno) });
  if (files.length > 0) {
    const shown = files.slice(0, FILES_SHOWN);
    blocks.push({ kind: "heading", id: "files", text: p.files }, {
      kind: "table",
      name: "files",
      caption: shown.length === files.length
        ? p.filesCaption
        : p.filesFirst(number(shown.length), number(files.length)),
      columns: columns(p.file, p.size, { header: p.checksum, align: "left" }),
      rows: shown.map((file) => [file.name, number(file.size), code(file.sha256)]),
      data: {
        columns: ["name", "size", "sha256"],
        rows: files.map((file) => [file.name, file.size, file.sha256]),
      },
    });
  }
  blocks.push(
    { kind: "heading", id: "params", text: p.params },
    { kind: "paragraph", text: p.paramsIntro },
    { kind: "code", syntax: "yaml", text: toYaml(note.params) },
  );
  return {
    id: "provenance",
    title: t.titles.provenance,
    blocks: [...blocks, ...context.author("provenance")],
  };
}
