import assert from "node:assert/strict";
import * as onnx from "onnxruntime-web";
import { sizeOf } from "../../core/handle.ts";
import { stream } from "../../core/random/stream.ts";
import { createReferenceCore } from "../../core/reference/core.ts";
import { encodeOnnx } from "../formats/onnx.ts";
import { headModel } from "./head_model.ts";
import { CLASSES, HEADS, randomParameters } from "./testing/heads.ts";

onnx.env.wasm.numThreads = 1;

const classes = ["a", "é", 'with "quotes"'];
const options = { name: "test", description: "A test.", classes };
const ROWS = 5;

for (const [name, create] of Object.entries(HEADS)) {
  Deno.test(`onnxruntime gives the probabilities of the core: ${name}`, async () => {
    const core = createReferenceCore();
    const head = create(core);
    const parameters = await randomParameters(head);
    head.load(parameters);
    const inputs = sizeOf(head.inputs);
    const random = stream(3, "data");
    const x = new Float32Array(ROWS * inputs).map(() => random.normal());
    const { probabilities } = await head.predict({
      features: core.upload(x, [ROWS, inputs]),
      labels: core.uploadIntegers(new Int32Array(ROWS), [ROWS], { below: CLASSES }),
    });

    const session = await onnx.InferenceSession.create(
      await encodeOnnx(headModel(head, parameters, options)),
    );
    assert.deepEqual(session.inputNames, ["embeddings"]);
    assert.deepEqual(session.outputNames, ["logits", "probabilities"]);
    const result = await session.run({
      embeddings: new onnx.Tensor("float32", x, [ROWS, inputs]),
    });
    assert.deepEqual(result.logits.dims, [ROWS, CLASSES]);
    assert.deepEqual(result.probabilities.dims, [ROWS, CLASSES]);
    const found = result.probabilities.data as Float32Array;
    const worst = Math.max(...probabilities.map((p, i) => Math.abs(p - found[i])));
    assert(worst <= 1e-5, `the greatest difference is ${worst}`);
    // Constant answers would agree whatever the layers did.
    assert(new Set(Array.from(found, (p) => p.toFixed(3))).size > CLASSES, String(found));
    await session.release();
  });
}

Deno.test("the same head makes the same bytes, another one others", async () => {
  const core = createReferenceCore();
  const head = HEADS["cnn on RGB images"](core);
  const parameters = await randomParameters(head);
  const bytes = await encodeOnnx(headModel(head, parameters, options));
  assert.deepEqual(await encodeOnnx(headModel(head, parameters, options)), bytes);
  parameters["0.bias"].data[0] += 1;
  assert.notDeepEqual(await encodeOnnx(headModel(head, parameters, options)), bytes);
});

Deno.test("a head needs a name for each class", async () => {
  const head = HEADS.transfer(createReferenceCore());
  const parameters = await randomParameters(head);
  assert.throws(
    () => headModel(head, parameters, { ...options, classes: ["a", "b"] }),
    /head transfer as it needs 3 names of classes: current number is 2/,
  );
});
