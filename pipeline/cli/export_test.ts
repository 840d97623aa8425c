/** Heads as files, run by onnxruntime on the embeddings of a study's test images. */
import assert from "node:assert/strict";
import * as onnx from "onnxruntime-web";
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { parseSafetensorsHeader } from "../../data/formats/safetensors_header.ts";
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
  forest: {train: {head: {kind: forest, trees: 30, minLeaf: 2}}}
  knn: {train: {head: {kind: knn, neighbors: 3, weights: distance}}}
  centroid: {train: {head: {kind: centroid, metric: cosine}}}
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

  const NAMES = ["softmax", "mlp", "cnn", "forest", "knn", "centroid"];
  for (const model of NAMES) {
    const isFitted = NAMES.indexOf(model) > 2;
    // What draws nothing is fitted and evaluated once for all seeds.
    const own = ["knn", "centroid"].includes(model) ? [model] : [model, "seed=2"];
    await test.step(model, async () => {
      const lines = (await ask(
        ...["export", "heads", model, "--replicate", "seed=2", "-o", "out", "--json"],
      )).trim().split("\n").map((line) => JSON.parse(line));
      const base = `out/heads-${model}-seed=2`;
      assert.deepEqual(
        lines.map(({ type, file, head }) => [type, file, head]),
        ["safetensors", "onnx"].map((kind) => ["export.file", `${base}.${kind}`, model]),
      );

      await ask("get", "heads", `train.pick[${own.join(", ")}]`, "weights", "-o", "got");
      const exported = Deno.readFileSync(copy.path(`${base}.safetensors`));
      const stored = Deno.readFileSync(
        copy.path(`got/train.pick-${own.join("-")}.weights.safetensors`),
      );
      if (isFitted) {
        const { metadata } = parseSafetensorsHeader(exported, exported.length, base);
        assert.equal(JSON.parse(metadata.classes).length, 15);
        assert.deepEqual([metadata.study, metadata.replicate], ["heads", "seed=2"]);
        assert.equal(JSON.parse(metadata.head).name, model);
        const [arrays, all] = [decodeSafetensors(exported), decodeSafetensors(stored)];
        assert.equal(arrays.has("children_left"), model === "forest");
        all.delete("links");
        for (const [name, array] of all) assert.deepEqual(arrays.get(name), array);
      } else {
        assert.deepEqual(exported, stored);
      }

      const evaluation = `evaluate.model[${own.join(", ")}]`;
      await ask("get", "heads", evaluation, "probabilities", "-o", "got");
      const answers = read(`got/evaluate.model-${own.join("-")}.probabilities.safetensors`);
      const wanted = answers.get("probabilities") as Tensor<"F32">;
      const session = await onnx.InferenceSession.create(
        Deno.readFileSync(copy.path(`${base}.onnx`)),
      );
      const { probabilities, predicted } = await session.run({
        embeddings: new onnx.Tensor("float32", features, [rows.length, d]),
      });
      assert.deepEqual(probabilities.dims, wanted.shape);
      const found = probabilities.data as Float32Array;
      const worst = Math.max(...wanted.data.map((p, i) => Math.abs(p - found[i])));
      assert(worst <= 1e-5, `the greatest difference is ${worst}`);
      if (isFitted) {
        const told = Int32Array.from(predicted.data as BigInt64Array, Number);
        assert.deepEqual(told, answers.get("predicted")!.data);
      }
      await session.release();
    });
  }

  await test.step("without a name, the first replicate of every model", async () => {
    const table = await ask("export", "heads", "-o", "all");
    assert.deepEqual(
      [...Deno.readDirSync(copy.path("all"))].map(({ name }) => name).sort(),
      NAMES.toSorted().flatMap((model) =>
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
