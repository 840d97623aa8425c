/** Trained heads as files, run by onnxruntime on the embeddings of a study's test images. */
import assert from "node:assert/strict";
import * as onnx from "onnxruntime-web";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { getTensor, type Tensor } from "../../data/formats/tensor.ts";
import { ProjectCopy } from "../../testing/project_copy.ts";
import { DONE, USAGE } from "./exit_codes.ts";

const STUDY = `format: 1
title: Heads
data: {source: letterforms, limit: 150}
split: {ratios: {train: 0.6, validation: 0.2, test: 0.2}}
embed: pixels
train: {epochs: 2, learningRate: {tune: [0.001, 0.003]}, seed: {sweep: [1, 2]}}
models:
  softmax: {}
  mlp: {train: {head: mlp, hidden: 16, activation: gelu, batchNorm: true}}
  cnn: {train: {head: cnn, channels: 4, hidden: 8}}
evaluate: {bootstrap: {samples: 100}}
`;

onnx.env.wasm.numThreads = 1;

Deno.test("export writes heads that give the study's probabilities elsewhere", async (test) => {
  using copy = ProjectCopy.make({ heads: STUDY });
  const run = async (...args: string[]) => await copy.run(args);
  const ask = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(...args);
    assert.equal(code, DONE, stderr);
    return stdout;
  };
  const read = (path: string) => decodeSafetensors(Deno.readFileSync(copy.path(path)));

  await test.step("a study that was not run has nothing to export", async () => {
    const { code, stderr } = await run("export", "heads", "mlp");
    assert.equal(code, USAGE);
    assert.match(stderr, /train\.pick.*of heads has no result yet.*`constat run heads` makes it/);
  });

  await ask("run", "heads");
  await ask("get", "heads", "embed.pixels", "embeddings", "-o", "got");
  await ask("get", "heads", "split.assign", "partition", "-o", "got");
  const x = getTensor(read("got/embed.pixels.embeddings.safetensors"), "x", "F32", [150, null]);
  const d = x.shape[1];
  const isTest = copy.read("got/split.assign.partition.csv").trim().split("\n").slice(1)
    .map((line) => line.endsWith(",test"));
  const rows = [...isTest.keys()].filter((row) => isTest[row]);
  const features = new Float32Array(rows.length * d);
  rows.forEach((row, i) => features.set(x.data.subarray(row * d, (row + 1) * d), i * d));

  for (const model of ["softmax", "mlp", "cnn"]) {
    await test.step(model, async () => {
      const lines = (await ask(
        ...["export", "heads", model, "--replicate", "seed=2", "-o", "out", "--json"],
      )).trim().split("\n").map((line) => JSON.parse(line));
      const base = `out/heads-${model}-seed=2`;
      assert.deepEqual(
        lines.map(({ type, file, head }) => [type, file, head]),
        ["safetensors", "onnx"].map((kind) => ["export.file", `${base}.${kind}`, model]),
      );

      const node = `train.pick[${model}, seed=2]`;
      await ask("get", "heads", node, "weights", "-o", "got");
      assert.deepEqual(
        Deno.readFileSync(copy.path(`${base}.safetensors`)),
        Deno.readFileSync(copy.path(`got/train.pick-${model}-seed=2.weights.safetensors`)),
      );

      await ask("get", "heads", `evaluate.model[${model}, seed=2]`, "probabilities", "-o", "got");
      const answers = read(`got/evaluate.model-${model}-seed=2.probabilities.safetensors`);
      const wanted = answers.get("probabilities") as Tensor<"F32">;
      const session = await onnx.InferenceSession.create(
        Deno.readFileSync(copy.path(`${base}.onnx`)),
      );
      const { probabilities } = await session.run({
        embeddings: new onnx.Tensor("float32", features, [rows.length, d]),
      });
      assert.deepEqual(probabilities.dims, wanted.shape);
      const found = probabilities.data as Float32Array;
      const worst = Math.max(...wanted.data.map((p, i) => Math.abs(p - found[i])));
      assert(worst <= 1e-5, `the greatest difference is ${worst}`);
      await session.release();
    });
  }

  await test.step("without a name, the first replicate of every model", async () => {
    const table = await ask("export", "heads", "-o", "all");
    assert.deepEqual(
      [...Deno.readDirSync(copy.path("all"))].map(({ name }) => name).sort(),
      ["cnn", "mlp", "softmax"].flatMap((model) =>
        ["onnx", "safetensors"].map((kind) => `heads-${model}-seed=1.${kind}`)
      ),
    );
    assert.match(table, /mlp seed=1 +mlp +[0-9a-f]{12} +all\/heads-mlp-seed=1\.onnx/);
  });

  await test.step("names that are not there, with those that come close", async () => {
    for (
      const [args, says] of [
        [["softmx"], /heads has no model "softmx": did you mean softmax\?/],
        [["cnn", "--replicate", "seed=3"], /cnn of heads has no replicate "seed=3": did you mean/],
      ] as const
    ) {
      const { code, stderr } = await run("export", "heads", ...args);
      assert.equal(code, USAGE);
      assert.match(stderr, says);
    }
  });
});
