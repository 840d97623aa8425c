import assert from "node:assert/strict";
import { authorMarkdown } from "./author_text.ts";
import { inlineRenderer } from "./html/inline.ts";

const values = new Map<string, number | string>([["a.accuracy", 0.5], ["best.title", "<b>*x*"]]);

Deno.test("authorMarkdown() resolves citations and escapes texts", () => {
  assert.equal(
    authorMarkdown("{best.title}: {a.accuracy:percent}", values, "en"),
    "\\<b\\>\\*x\\*: 50.0%",
  );
});

Deno.test("authorMarkdown() lets neither HTML, images nor headings through", async () => {
  const text = "# Title\n\n<script>alert()</script> ![x](https://example.org/x.png)\n\nUnder\n===";
  const markdown = authorMarkdown(text, values, "en");
  assert.doesNotMatch(markdown, /(?<!\\)<script|(?<!\\)!\[|^#|^=/m);
  const html = (await inlineRenderer()).blocks(markdown);
  assert.doesNotMatch(html, /<(script|img|h\d)/);
});

Deno.test("authorMarkdown() keeps lists, code, links and formulas", async () => {
  const text = "- `<a>` : oui ?\n- [lien](https://example.org/a?b) et $x ; y$";
  const markdown = authorMarkdown(text, values, "fr");
  assert.equal(
    markdown,
    "- `<a>`\u00a0: oui\u202f?\n- [lien](https://example.org/a?b) et $x ; y$",
  );
  const html = (await inlineRenderer()).blocks(markdown);
  assert.match(html, /<li><code>&lt;a&gt;<\/code>/);
  assert.match(html, /<math /);
});
