import assert from "node:assert/strict";
import { readPredictions } from "./read_predictions.ts";

const options = {
  name: "notebook.csv",
  classes: ["cat", "dog"],
  ids: ["a", "b", "c"],
  labels: new Int32Array([0, 1, 1]),
};
const read = (...lines: string[]) => readPredictions(`${lines.join("\n")}\n`, options);

Deno.test("readPredictions() takes rows in any order, classes or probabilities or both", async () => {
  const probabilities = ["c,0.25,0.75", "a,1,0", "b,0.5,0.5"];
  const given = await read("id,cat,dog", ...probabilities);
  assert.deepEqual([...given.probabilities!], [1, 0, 0.5, 0.5, 0.25, 0.75]);
  assert.deepEqual([...given.predicted], [0, 0, 1], "the first among equals");

  const classes = await read("predicted,id", "dog,c", "cat,a", "dog,b");
  assert.deepEqual([...classes.predicted], [0, 1, 1]);
  assert.equal(classes.probabilities, undefined);

  const both = await read(
    "id,label,predicted,dog,cat",
    "a,cat,dog,0.1,0.9",
    "b,dog,cat,0,1",
    "c,dog,dog,1,0",
  );
  assert.deepEqual([...both.predicted], [1, 0, 1]);
  assert.deepEqual([...both.probabilities!], [0.9, 0.1, 1, 0, 0, 1].map(Math.fround));
  await read("id,cat,dog", "a,0.9995,0.001", "b,1,0", "c,1,0");
});

Deno.test("rows of other images are passed over where the file may have them", async () => {
  const lines = "id,predicted\nx,cat\nb,dog\na,cat\nc,dog\ny,?\n";
  await assert.rejects(readPredictions(lines, options), /notebook\.csv:2: id "x" is of no test/);
  const others = new Set(["x", "y", "a"]);
  const { predicted } = await readPredictions(lines, { ...options, others });
  assert.deepEqual([...predicted], [0, 1, 1]);
  const twice = `${lines}x,dog\n`;
  await assert.rejects(
    readPredictions(twice, { ...options, others }),
    /notebook\.csv:7: id "x" stands in line 2 already/,
  );
});

Deno.test("a class may be called as a column is", async () => {
  const given = await readPredictions("id,label,predicted\na,0.75,0.25\n", {
    name: "notebook.csv",
    classes: ["predicted", "label"],
    ids: ["a"],
    labels: new Int32Array([0]),
  });
  assert.deepEqual([...given.probabilities!], [0.25, 0.75]);
  assert.deepEqual([...given.predicted], [1]);
});

const WHOLE = ["id,cat,dog", "a,1,0", "b,1,0", "c,1,0"];
const BAD: Record<string, [lines: string[], says: RegExp]> = {
  "no column id": [
    ["name,cat,dog"],
    /^notebook\.csv:1: expected a column id, found name, cat, dog/,
  ],
  "neither classes nor probabilities": [
    ["id,label"],
    /:1: expected a column predicted, or one for/,
  ],
  "a column that is no class": [["id,cat,dgo"], /:1: column "dgo" is neither .*: cat, dog/],
  "a class without a column": [["id,cat"], /:1: there is no column for class "dog": expected/],
  "an image that is missing": [WHOLE.slice(0, 3), /: 1 of 3 test images are missing, .* "c"/],
  "an image that is none of the test": [[...WHOLE, "d,1,0"], /:5: id "d" is of no test image/],
  "an image twice": [[...WHOLE, "a,1,0"], /:5: id "a" stands in line 2 already/],
  "a class that is unknown": [
    ["id,predicted", "a,cow"],
    /:2: predicted of "a" .*: cat, dog; .*"cow"/,
  ],
  "another label than the study's": [
    ["id,label,predicted", "a,dog,cat"],
    /:2: label of "a" must be the study's, "cat"; current value is "dog"/,
  ],
  "a probability above 1": [
    ["id,cat,dog", "a,1.5,0"],
    /:2: the probability of class "cat" for "a" must be in \[0, 1\]: current value is 1\.5/,
  ],
  "a probability below 0": [
    ["id,cat,dog", "a,1,-1e-9"],
    /"dog" for "a" .*: current value is -1e-9/,
  ],
  "NaN": [["id,cat,dog", "a,NaN,1"], /"cat" for "a" must be in \[0, 1\]: current value is NaN/],
  "a word": [["id,cat,dog", "a,much,1"], /current value is much/],
  "an empty cell": [["id,cat,dog", "a,,1"], /current value is empty/],
  "a sum of 1.2": [
    ["id,cat,dog", "a,0.8,0.4"],
    /:2: the probabilities of "a" must sum to 1 within 0\.001: current sum is 1\.2/,
  ],
  "a row that is short": [["id,cat,dog", "a,1"], /notebook\.csv at line 2/],
  "nothing": [[""], /notebook\.csv/],
};

for (const [name, [lines, says]] of Object.entries(BAD)) {
  Deno.test(`readPredictions() refuses ${name}`, async () => {
    await assert.rejects(read(...lines), (error) => {
      assert(error instanceof RangeError || error instanceof SyntaxError, String(error));
      assert.match(error.message, says);
      return true;
    });
  });
}
