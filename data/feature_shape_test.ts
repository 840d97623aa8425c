import assert from "node:assert/strict";
import { readFeatureShape, tellFeatureShape } from "./feature_shape.ts";

Deno.test("a feature shape is told and read, or refused with what it is", () => {
  assert.deepEqual(readFeatureShape(tellFeatureShape([2, 3, 4]), 24), [2, 3, 4]);
  assert.equal(readFeatureShape({ other: "[1,1,1]" }, 24), undefined);
  for (const text of ["[2,3,5]", "[2,3]", "24", "[2,-3,-4]", "", "[2.0,3,4]"]) {
    assert.throws(() => readFeatureShape({ feature_shape: text }, 24), {
      name: "SyntaxError",
      message: "Cannot read embeddings as feature_shape must be [height,width,channels] of 24 " +
        `features: current value is ${JSON.stringify(text)}`,
    });
  }
});
