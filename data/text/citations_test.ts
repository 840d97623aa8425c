import assert from "node:assert/strict";
import fc from "fast-check";
import { checkText, findBareDigits, findCitations, resolve } from "./citations.ts";

const values = new Map<string, number | string | null>([
  ["adamw.accuracy", 0.8431],
  ["test.images", 60000],
  ["best.title", "AdamW"],
  ["lion.overfitEpoch", null],
]);

Deno.test("findCitations() finds names, formats and offsets", () => {
  assert.deepEqual(findCitations("a {x.y} b {z:percent}"), [
    { name: "x.y", format: undefined, start: 2, end: 7 },
    { name: "z", format: "percent", start: 10, end: 21 },
  ]);
});

Deno.test("findCitations() leaves mathematics and escapes alone", () => {
  assert.deepEqual(findCitations("$\\frac{a}{b}$, \\{x\\} and $$\\hat{m}$$"), []);
});

Deno.test("findBareDigits() accepts names, mathematics, links and citations", () => {
  for (
    const text of [
      "F1, L2, ResNet-50, MobileNetV2, β1 and R²",
      "$\\beta_1 = 0.9$",
      "[Adam](https://arxiv.org/abs/1412.6980) and <https://arxiv.org/abs/1412.6980>",
      "{adamw.f1.class7:percent}",
    ]
  ) assert.deepEqual(findBareDigits(text), [], text);
});

Deno.test("findBareDigits() finds numbers with their offsets", () => {
  assert.deepEqual(
    findBareDigits("from 0.84 to 3e-4, in 15 classes and ½."),
    [
      { digits: "0.84", start: 5 },
      { digits: "3", start: 13 },
      { digits: "15", start: 22 },
      { digits: "½", start: 37 },
    ].filter(({ digits }) => digits !== "4"),
  );
});

Deno.test("checkText() names dangling citations with what was meant", () => {
  const [problem, ...others] = checkText("see {adamv.accuracy}", new Set(values.keys()));
  assert.equal(others.length, 0);
  assert.equal(problem.start, 4);
  assert.match(problem.message, /"adamv.accuracy": did you mean \{adamw.accuracy\}\?/);
});

Deno.test("checkText() names unknown formats and braces that do not pair", () => {
  const messages = checkText("{adamw.accuracy:kilo} { and {}").map(({ message }) => message);
  assert.equal(messages.length, 4);
  assert.match(messages[0], /format "kilo": the formats are number,/);
  assert.match(messages[1], /Cannot pair the brace "\{"/);
});

Deno.test("resolve() writes values as the language does", () => {
  const text = "{best.title}: {adamw.accuracy:percent}, {test.images}";
  assert.equal(resolve(text, values, "en"), "AdamW: 84.3%, 60,000");
  assert.equal(resolve(text, values, "fr"), "AdamW: 84,3\u00a0%, 60\u202f000");
  assert.equal(resolve("{lion.overfitEpoch:integer}", values, "en"), "–");
});

Deno.test("resolve() keeps mathematics and unescapes braces", () => {
  assert.equal(resolve("$\\frac{a}{b}$ \\{k\\}", values, "en"), "$\\frac{a}{b}$ {k}");
});

Deno.test("resolve() throws on a digit, a dangling name and a text with a format", () => {
  assert.throws(() => resolve("0.84", values, "en"), /Cannot accept the number "0.84"/);
  assert.throws(() => resolve("{nope}", values, "en"), /Cannot find the cited value "nope"/);
  assert.throws(() => resolve("{best.title:percent}", values, "en"), /as it is a text: "AdamW"/);
  assert.throws(() => resolve("{__proto__}", values, "en"), RangeError);
});

Deno.test("a text without braces, digits, dollars and backslashes resolves to itself", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    fc.pre(!/[{}$\\\p{N}]/u.test(text));
    assert.deepEqual(checkText(text), []);
    assert.equal(resolve(text, values, "fr"), text);
  }));
});
