/** The standard's own checker, from Debian's python3-onnx, on an exported head of every layer. */
import assert from "node:assert/strict";
import { createReferenceCore } from "../../core/reference/core.ts";
import { needs } from "../../testing/require.ts";
import { encodeOnnx } from "../formats/onnx.ts";
import { headModel } from "./head_model.ts";
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
  "opset": [entry.version for entry in model.opset_import],
  "metadata": {entry.key: entry.value for entry in model.metadata_props},
  "inputs": {value.name: told(value) for value in model.graph.input},
  "outputs": {value.name: told(value) for value in inferred.graph.output},
}))
`;

for (const [name, create] of Object.entries(HEADS)) {
  Deno.test({
    name: `the standard's checker takes a head: ${name}`,
    ...needs({
      name: "onnx for Python",
      path: "/usr/lib/python3/dist-packages/onnx/checker.py",
      remedy: "python3-onnx",
    }),
    async fn() {
      const head = create(createReferenceCore());
      const parameters = await randomParameters(head);
      const classes = ["a", "b", "c"];
      const metadata = { study: "test" };
      const file = await Deno.makeTempFile({ suffix: ".onnx" });
      try {
        const model = headModel(head, parameters, {
          name,
          description: "",
          classes,
          metadata,
        });
        await Deno.writeFile(file, await encodeOnnx(model));
        const { success, stdout, stderr } = await new Deno.Command(python, {
          args: ["-c", CHECK, file],
        }).output();
        assert(success, new TextDecoder().decode(stderr));
        assert.deepEqual(JSON.parse(new TextDecoder().decode(stdout)), {
          ir: 7,
          opset: [13],
          metadata: { classes: '["a","b","c"]', study: "test" },
          inputs: { embeddings: ["n", head.inputs.reduce((a, b) => a * b)] },
          outputs: { logits: ["n", 3], probabilities: ["n", 3] },
        });
      } finally {
        await Deno.remove(file);
      }
    },
  });
}
