/** The standard's own checker, from Debian's python3-onnx, on an exported head of every kind. */
import assert from "node:assert/strict";
import { createReferenceCore } from "../../core/reference/core.ts";
import { needs } from "../../testing/require.ts";
import { encodeOnnx, type OnnxModel } from "../formats/onnx.ts";
import { fittedModel } from "./fitted_model.ts";
import { headModel } from "./head_model.ts";
import { fit, FITTED_HEADS, tiedRows } from "./testing/fitted_heads.ts";
import { HEADS, randomParameters } from "./testing/heads.ts";

const python = "/usr/bin/python3";
const CHECK = `
import json, sys, onnx
model = onnx.load(sys.argv[1])
onnx.checker.check_model(model, full_check=True)
inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True)
told = lambda value: [d.dim_param or d.dim_value for d in value.type.tensor_type.shape.dim]
print(json.dumps({
  "ir": model.ir_version,
  "opset": {entry.domain: entry.version for entry in model.opset_import},
  "metadata": {entry.key: entry.value for entry in model.metadata_props},
  "inputs": {value.name: told(value) for value in model.graph.input},
  "outputs": {value.name: told(value) for value in inferred.graph.output},
}))
`;

/** What each file tells beside its sets of operators and its outputs. */
const COMMON = { ir: 7, metadata: { classes: '["a","b","c"]', study: "test" } };
const options = (name: string) => ({
  ...{ name, description: "", classes: ["a", "b", "c"] },
  metadata: { study: "test" },
});

/** What the checker tells of a file. */
async function check(model: OnnxModel): Promise<unknown> {
  const file = await Deno.makeTempFile({ suffix: ".onnx" });
  try {
    await Deno.writeFile(file, await encodeOnnx(model));
    const { success, stdout, stderr } = await new Deno.Command(python, {
      args: ["-c", CHECK, file],
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    return JSON.parse(new TextDecoder().decode(stdout));
  } finally {
    await Deno.remove(file);
  }
}

const needed = needs({
  name: "onnx for Python",
  path: "/usr/lib/python3/dist-packages/onnx/checker.py",
  remedy: "python3-onnx",
});

for (const [name, create] of Object.entries(HEADS)) {
  Deno.test({
    name: `the standard's checker takes a head: ${name}`,
    ...needed,
    async fn() {
      const head = create(createReferenceCore());
      const model = headModel(head, await randomParameters(head), options(name));
      assert.deepEqual(await check(model), {
        ...COMMON,
        opset: { "": 13 },
        inputs: { embeddings: ["n", head.inputs.reduce((a, b) => a * b)] },
        outputs: { logits: ["n", 3], probabilities: ["n", 3] },
      });
    },
  });
}

for (const head of FITTED_HEADS) {
  Deno.test({
    name: `the standard's checker takes a fitted head: ${JSON.stringify(head)}`,
    ...needed,
    async fn() {
      const given = tiedRows(5, 3);
      const model = fittedModel(head, await fit(head, given), given.samples, options(head.name));
      assert.deepEqual(await check(model), {
        ...COMMON,
        opset: { "": 13, ...head.name === "forest" ? { "ai.onnx.ml": 3 } : {} },
        inputs: { embeddings: ["n", 5] },
        outputs: { predicted: ["n"], probabilities: ["n", 3] },
      });
    },
  });
}
