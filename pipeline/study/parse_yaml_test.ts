import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { isForbiddenKey, parseYaml } from "./parse_yaml.ts";
import { StudyError } from "./study_error.ts";
import { child, toPlain, type Tree } from "./tree.ts";

function refusal(text: string): string {
  try {
    parseYaml("s.yaml", text);
  } catch (error) {
    if (error instanceof StudyError) return error.message;
    throw error;
  }
  return "";
}

const scalar = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true })
    .filter((x) => !Number.isInteger(x) || Number.isSafeInteger(x)),
  fc.boolean(),
  fc.constant(null),
);
const value = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string().filter((key) => !isForbiddenKey(key)), tie("value"), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).value;

Deno.test("parseYaml() gives back what was written", () => {
  fc.assert(fc.property(value, (written) => {
    const { tree } = parseYaml("s.yaml", stringify(written, { aliasDuplicateObjects: false }));
    const read = tree === undefined ? null : toPlain(tree);
    assert.equal(JSON.stringify(read), JSON.stringify(written));
  }));
});

Deno.test("parseYaml() remembers where each value and key stands", () => {
  const { tree, source } = parseYaml("s.yaml", "train:\n  epochs: 100\n  seeds: [1, 2]\n");
  const place = (at: Tree["at"]) => source.position(at as number);
  const epochs = child(child(tree!, "train")!, "epochs")!;
  const second = child(child(child(tree!, "train")!, "seeds")!, 1)!;
  assert.deepEqual(place(epochs.at), { line: 2, column: 11 });
  assert.deepEqual(place(epochs.keyAt), { line: 2, column: 3 });
  assert.deepEqual(place(second.at), { line: 3, column: 14 });
  assert.equal(second.path, "train.seeds[1]");
});

Deno.test("parseYaml() refuses what no study needs, with its place", () => {
  const bomb = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
  for (const [name, of] of ["ba", "cb", "dc", "ed"]) {
    bomb.push(`${name}: &${name} [${Array(10).fill(`*${of}`).join(", ")}]`);
  }
  const cases: [text: string, message: string][] = [
    ["a: 1\n\tb: 2\n", "s.yaml:2:1: Tabs are not allowed as indentation (indent with spaces)"],
    [
      "a:\n  b: 1\n  b: 2\n",
      "s.yaml:3:3: a.b: the key stands here a second time (keep one of them)",
    ],
    ["a: {__proto__: 1}", "s.yaml:1:5: a.__proto__: this key is not allowed (choose another name)"],
    ["constructor: 1", "s.yaml:1:1: constructor: this key is not allowed (choose another name)"],
    [
      "? [a]\n: 1",
      "s.yaml:1:3: expected a name before the colon (a list or a map cannot be a key)",
    ],
    ["a: .inf", "s.yaml:1:4: a: expected a finite number, found .inf"],
    [
      "a: 9007199254740993",
      "s.yaml:1:4: a: the integer 9007199254740993 is too large (quote it if it is a text)",
    ],
    ["a: !!js 1", "s.yaml:1:4: Unresolved tag: tag:yaml.org,2002:js"],
    [
      "a: *b",
      "s.yaml:1:4: a: unknown alias *b (its anchor must stand before it; quote a text that starts with *)",
    ],
    [
      "a: 1\n---\nb: 2\n",
      "s.yaml:2:1: the file holds a second document (keep one document: remove the line `---`)",
    ],
    [
      "a: {b: 1",
      "s.yaml:1:9: Flow map in block collection must be sufficiently indented and end with a }",
    ],
  ];
  for (const [text, message] of cases) assert.equal(refusal(text), message, text);
  assert.match(refusal(bomb.join("\n")), /^s\.yaml:\d:\d+: e: more than 50000 values/);
  assert.match(refusal("a: &a {b: *a, c: *a}"), /: a: nested deeper than 64 levels/);
  assert.match(refusal("[".repeat(30_000)), /nested deeper than 64 levels/);
});

Deno.test("parseYaml() lets an alias stand for its anchor", () => {
  const { tree } = parseYaml("s.yaml", "a: &x {lr: 0.1}\nb: *x\nc: &x 2\nd: *x\n");
  assert.deepEqual(toPlain(tree!), { a: { lr: 0.1 }, b: { lr: 0.1 }, c: 2, d: 2 });
});

Deno.test("parseYaml() tells slips of the pen in plain words", () => {
  const cases: [text: string, message: RegExp][] = [
    ["a: 1\ntrain:\n  epochs: 5\n   batchSize: 3", /^s\.yaml:3:11: this value goes on in deeper/],
    ["title: Adam: the best", /^s\.yaml:1:8: a second key on one line \(put a text .* in quotes\)/],
    ["a: 1\ndata:letterforms\n", /^s\.yaml:2:1: a key without a value \(write `key: value`/],
    ["a\nb: 1", /^s\.yaml:1:1: this line is no key with its value \(write `key: value`/],
    ["a: @b", /\(put it in quotes\)$/],
  ];
  for (const [text, message] of cases) {
    const told = refusal(text);
    assert.match(told, message);
    assert.equal(told.split("\n").length, 1, told);
  }
});
