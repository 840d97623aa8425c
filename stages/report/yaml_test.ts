import assert from "node:assert/strict";
import fc from "fast-check";
import { parse } from "yaml";
import { toYaml } from "./yaml.ts";

Deno.test("toYaml() reads back as the same value", () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (value) => {
    assert.deepEqual(JSON.stringify(parse(toYaml(value))), JSON.stringify(value));
  }));
});

Deno.test("toYaml() writes lists of plain values on one line", () => {
  assert.equal(
    toYaml({ train: { seed: [1, 2], optimizer: "adam", no: "yes" }, empty: {} }),
    'train:\n  seed: [1, 2]\n  optimizer: adam\n  "no": "yes"\nempty: {}\n',
  );
});
