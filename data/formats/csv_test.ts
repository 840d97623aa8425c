import assert from "node:assert/strict";
import fc from "fast-check";
import { parseCsv, stringifyCsv } from "./csv.ts";

Deno.test("what is written reads back equal", async () => {
  const row = fc.tuple(
    fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("a\rb", '"', " x ", "=1", "__proto__")),
    fc.double({ noNaN: true }).map((value) => value + 0), // no -0: it is written as 0
    fc.option(fc.double({ noNaN: true }).map((value) => value + 0)),
  );
  await fc.assert(fc.asyncProperty(fc.array(row), async (rows) => {
    const text = await stringifyCsv(["__proto__", "value", "maybe"], rows);
    const columns = JSON.parse('{"__proto__": "text", "value": "number", "maybe": "number?"}');
    const read = await parseCsv(text, columns);
    assert.deepEqual(read.map((record) => Object.values(record)), rows);
  }));
});

Deno.test("numbers that are not finite, empty cells and booleans are written in words", async () => {
  const text = await stringifyCsv(["a"], [[NaN], [-Infinity], [null], [true], [1e21]]);
  assert.equal(text, "a\nNaN\n-Infinity\n\ntrue\n1e+21\n");
  const read = await parseCsv("a\nNaN\n-Infinity\n", { a: "number" });
  assert.deepEqual(read, [{ a: NaN }, { a: -Infinity }]);
});

Deno.test("columns are found by name, wherever they stand", async () => {
  const rows = await parseCsv("\ufeffextra,id\r\n1,a\r\n2,b\r\n", { id: "text" });
  assert.deepEqual(rows, [{ id: "a" }, { id: "b" }]);
});

Deno.test("a damaged table is refused with its line", async () => {
  const cases: [string, RegExp][] = [
    ["", /Cannot read t\.csv at line 1: it is empty/],
    ["id\na\n", /at line 1: column "n" is missing, found id/],
    ["n,n\n1,2\n", /at line 1: column "n" stands twice/],
    ["id,n\na,1\nb\n", /at line 3: Invalid Record Length/],
    ['id,n\na,1\n"b,2\n', /at line 3: Quote Not Closed/],
    ["id,n\na,1\nb,two\n", /at line 3: column "n" must hold a number: two/],
    ["id,n\na,\n", /at line 2: column "n" must hold a number/],
    ["id,n\na, 1\n", /at line 2: column "n" must hold a number/],
  ];
  for (const [text, message] of cases) {
    await assert.rejects(parseCsv(text, { n: "number" }, "t.csv"), message);
  }
});

Deno.test("rows that do not fit the header are refused", async () => {
  await assert.rejects(
    stringifyCsv(["a", "b"], [["1", "2"], ["1"]]),
    /row 1 must have 2 cells: current length is 1/,
  );
  await assert.rejects(stringifyCsv(["a", "a"], []), /a column stands twice: a,a/);
});
