import assert from "node:assert/strict";
import { standardDeviation } from "../metrics/spread.ts";
import { mean } from "../nn/mean.ts";
import { log } from "../math/log.ts";
import { argmax } from "../fitted/argmax.ts";
import fixture from "./testdata/digits.json" with { type: "json" };
import { fitForest, type ForestOptions } from "./fit_forest.ts";
import { predictForest } from "./forest.ts";
import { createWasmGrower } from "./wasm_grower.ts";

const { digits, labels, trained, trees } = fixture;
const DIMENSION = 64;
const CLASSES = 10;
const x = Float32Array.from(digits, (letter) => letter.charCodeAt(0) - "a".charCodeAt(0));
const tested = labels.length - trained;

async function scores(options: ForestOptions, seed: number) {
  const { forest, outOfBag } = await fitForest(
    {
      x: x.slice(0, trained * DIMENSION),
      labels: Int32Array.from(labels.slice(0, trained)),
      dimension: DIMENSION,
      classes: CLASSES,
    },
    options,
    {
      seed,
      createGrower: (own, limits) => createWasmGrower(own, limits, (url) => Deno.readFile(url)),
    },
  );
  const probabilities = predictForest(forest, x.subarray(trained * DIMENSION), tested);
  let [correct, loss] = [0, 0];
  for (let i = 0; i < tested; i++) {
    const own = probabilities.subarray(i * CLASSES, (i + 1) * CLASSES);
    if (argmax(own) === labels[trained + i]) correct++;
    loss -= log(Math.max(own[labels[trained + i]], 1e-3));
  }
  return { accuracy: correct / tested, outOfBag: outOfBag!.accuracy, logLoss: loss / tested };
}

for (const { options, sklearn } of fixture.cases) {
  Deno.test(`forests are as good as scikit-learn's: ${JSON.stringify(options)}`, async () => {
    const resolved = {
      trees,
      maxFeatures: "sqrt",
      maxDepth: null,
      minLeaf: 1,
      bins: 256,
      bootstrap: true,
      classWeight: "uniform",
      ...options,
    } as ForestOptions;
    const ours = [];
    for (let seed = 0; seed < sklearn.accuracy.length; seed++) {
      ours.push(await scores(resolved, seed));
    }
    for (const name of ["accuracy", "outOfBag", "logLoss"] as const) {
      const [own, theirs] = [ours.map((each) => each[name]), sklearn[name]];
      // Both are draws of one distribution: means within three standard errors of their difference.
      const variance = standardDeviation(own) ** 2 + standardDeviation(theirs) ** 2;
      const error = Math.sqrt(variance / own.length);
      const difference = mean(own) - mean(theirs);
      assert.ok(
        Math.abs(difference) < 3 * error,
        `${name}: ${mean(own)} against ${mean(theirs)}, ${difference / error} standard errors`,
      );
    }
  });
}
