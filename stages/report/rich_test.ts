import assert from "node:assert/strict";
import fc from "fast-check";
import { inlineRenderer } from "./html/inline.ts";
import { code, link, rich, toMarkdown } from "./rich.ts";

Deno.test("any text that is inserted in Markdown comes out of HTML as itself", async () => {
  const { inline } = await inlineRenderer();
  const plain = (html: string) =>
    html.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
  const text = fc.string({ unit: fc.constantFrom(..."ab \\`*_{}[]()<>#|$~&!+-.1\"':/") });
  fc.assert(fc.property(text, (inserted) => {
    const html = inline(rich`x${inserted}y`);
    assert.doesNotMatch(html, /<[a-z/]/i);
    assert.equal(plain(html), `x${inserted}y`);
  }));
});

Deno.test("code() fences whatever backticks a text has", async () => {
  const { inline } = await inlineRenderer();
  assert.equal(inline(code("a`b``c")), "<code>a`b``c</code>");
  assert.equal(code("a|b").markdown, "a\\|b");
});

Deno.test("link() takes web addresses alone", () => {
  assert.equal(
    link("a", "https://example.org/?q=(x)").markdown,
    "[a](<https://example.org/?q=(x)>)",
  );
  for (const url of ["javascript:alert(1)", "https://a b", "data:text/html,x", ""]) {
    assert.equal(link("a", url).markdown, "a");
  }
});

Deno.test("rich`` keeps markup and the backslashes of formulas", () => {
  assert.equal(
    toMarkdown(rich`**a** $\frac{1}{2}$ ${rich`_b_`} ${"_c_"}`),
    "**a** $\\frac{1}{2}$ _b_ \\_c\\_",
  );
});
