import assert from "node:assert/strict";
import { canonicalSource } from "./source_form.ts";

const form = (text: string) => canonicalSource("a.ts", text);

Deno.test("canonicalSource() drops comments, types and layout", () => {
  assert.equal(
    form(
      `/** Adds. */\nexport function add(a: number, b: number): number {\n  return a + b; // sum\n}`,
    ),
    form(`export function add(a,b){return a+b}\ninterface Unused { x: string }`),
  );
});

Deno.test("canonicalSource() keeps what computes", () => {
  assert.notEqual(form("export const a = 1;"), form("export const a = 2;"));
  assert.notEqual(form("export const a = `x  y`;"), form("export const a = `x y`;"));
  // A line break after return changes the meaning, though the tokens are the same.
  assert.notEqual(form("function f() { return 1 }"), form("function f() { return\n1 }"));
  assert.notEqual(form("f(/a b/);"), form("f(/a  b/);"));
});

Deno.test("canonicalSource() erases type imports and keeps value imports", () => {
  assert.equal(
    form(`import type { A } from "./a.ts"; export const x: A = 1;`),
    form("export const x = 1;"),
  );
  assert.notEqual(
    form(`import { a } from "./a.ts"; a();`),
    form(`import { a } from "./b.ts"; a();`),
  );
});

Deno.test("canonicalSource() names the file that does not parse", () => {
  assert.throws(() => canonicalSource("stages/x.ts", "export const = 1"), /stages\/x\.ts/);
});

Deno.test("canonicalSource() reads JSON by value", () => {
  assert.equal(
    canonicalSource("a.json", `{"b": 1, "a": 2}`),
    canonicalSource("a.json", `{"a":2,"b":1}`),
  );
});

Deno.test("canonicalSource() tells apart what a printer of source might not", () => {
  for (
    const [a, b] of [
      ["(a?.b).c", "a?.b.c"],
      ["(a?.b)()", "a?.b()"],
      [`import("./a", { with: { type: "json" } })`, `import("./a", { with: { type: "text" } })`],
      [`export * from "./a" with { type: "json" }`, `export * from "./a" with { type: "text" }`],
      [`export * from "./a.ts"`, `export * as a from "./a.ts"`],
      ["x = 1n", "x = 1"],
      ["/a/u", "/a/v"],
      ["a ** b ** c", "(a ** b) ** c"],
      ["a && (b ?? c)", "(a && b) ?? c"],
      ["class A { static #a = 1 }", "class A { #a = 1 }"],
      ["{ using a = b }", "{ const a = b }"],
      ["String.raw`\\n`", "String.raw`\n`"],
    ] as const
  ) assert.notEqual(form(a), form(b), a);
  assert.equal(form("f(a,\n  b)"), form("f((a), b); // c"));
  assert.equal(form("x = { start: 1, end: 2n }"), form("x = {start:1, end:2n}"));
  assert.notEqual(form("x = { start: 1 }"), form("x = { end: 1 }"));
});

Deno.test("canonicalSource() refuses an import that only a run can name", () => {
  assert.doesNotThrow(() => form(`await import("yaml")`));
  for (const source of ["name", "`npm:${name}`", `"ya" + "ml"`]) {
    assert.throws(
      () => form(`await import(${source})`),
      /a\.ts: an import\(\) must name its module/,
    );
  }
});
