/**
 * Inline Markdown and authors' texts as HTML, with mathematics as MathML.
 *
 * @module
 */
import type { Text } from "../rich.ts";
import { toMarkdown } from "../rich.ts";

/** Turns texts into HTML. */
export interface InlineRenderer {
  /** One line of text, without a paragraph around it. */
  inline(text: Text): string;
  /** An author's paragraphs and lists. */
  blocks(markdown: string): string;
  /** A formula on its own line. */
  display(tex: string): string;
}

/** Loads the renderer; raw HTML in a text is shown as text. */
export async function inlineRenderer(): Promise<InlineRenderer> {
  const { default: MarkdownIt } = await import("markdown-it");
  const { default: katex } = await import("katex");

  const formula = (tex: string, displayMode: boolean) => {
    try {
      return katex.renderToString(tex, { displayMode, output: "mathml", strict: "ignore" });
    } catch (cause) {
      throw new RangeError(`Cannot typeset the formula ${JSON.stringify(tex)}`, { cause });
    }
  };

  const markdown = new MarkdownIt("commonmark", {
    html: false,
    linkify: false,
    typographer: false,
  });
  markdown.enable("table").disable(["image", "heading", "lheading", "html_block", "html_inline"]);
  markdown.inline.ruler.after("escape", "mathematics", (state, quiet) => {
    const { src, pos } = state;
    if (src[pos] !== "$") return false;
    const fence = src[pos + 1] === "$" ? "$$" : "$";
    const from = pos + fence.length;
    let end = src.indexOf(fence, from);
    while (end > 0 && src[end - 1] === "\\") end = src.indexOf(fence, end + 1);
    if (end <= from) return false;
    if (!quiet) {
      const token = state.push("mathematics", "math", 0);
      token.content = src.slice(from, end);
      token.markup = fence;
    }
    state.pos = end + fence.length;
    return true;
  });
  markdown.renderer.rules.mathematics = (tokens, i) =>
    formula(tokens[i].content, tokens[i].markup === "$$");
  const outside = markdown.renderer.rules.link_open;
  markdown.renderer.rules.link_open = (tokens, i, options, env, self) => {
    tokens[i].attrSet("rel", "noreferrer");
    return outside?.(tokens, i, options, env, self) ?? self.renderToken(tokens, i, options);
  };

  return {
    inline: (text) => markdown.renderInline(toMarkdown(text)),
    blocks: (text) => markdown.render(text).trimEnd(),
    display: (tex) => formula(tex, true),
  };
}
