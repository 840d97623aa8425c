/**
 * The works that the note cites.
 *
 * @module
 */
import type { Block, Section } from "../blocks.ts";
import { walk } from "../blocks.ts";
import { citedIn, referenceEntry } from "../references.ts";
import { link, rich, type Text, toMarkdown } from "../rich.ts";
import type { SectionContext } from "./context.ts";

/** The section, for the blocks that come before it. */
export function references(blocks: readonly Block[], context: SectionContext): Section {
  const { note: { dataset }, t } = context;
  const cited = citedIn([...walk(blocks)].map(markdownOf).join("\n"));
  const items: Text[] = cited.map(referenceEntry);
  if (dataset.citation !== "") {
    items.push(
      dataset.url === ""
        ? dataset.citation
        : rich`${dataset.citation} ${link(dataset.url.replace(/^https?:\/\//, ""), dataset.url)}`,
    );
  }
  return { id: "references", title: t.titles.references, blocks: [{ kind: "list", items }] };
}

function markdownOf(block: Block): string {
  if (block.kind === "list") return block.items.map(toMarkdown).join("\n");
  return block.kind === "paragraph" || block.kind === "measured" ? toMarkdown(block.text) : "";
}
