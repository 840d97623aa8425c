/**
 * `constat predict`: what a study's trained model says of image files from elsewhere.
 *
 * The files are test data only: nothing is fitted to them, and no result of the study changes. An
 * image goes the way of the study's own: the `images` port, the step that embeds, the head on a core.
 * So a test image that comes back as a PNG is given the probabilities that the study gave it, bit by
 * bit.
 *
 * @module
 */
import { dirname, join, relative } from "node:path";
import { createCore } from "../../../core/create_core.ts";
import { finiteRows, readEmbeddingFile } from "../../../data/embedding_file.ts";
import { stringifyCsv } from "../../../data/formats/csv.ts";
import type { Fit } from "../../../data/formats/image_file.ts";
import { readImages } from "../../../data/images.ts";
import { openPredictor } from "../../../stages/evaluate/predict_features.ts";
import { shortestFloat32 } from "../../../stages/evaluate/shortest_float32.ts";
import type { Engine } from "../../engine/engine.ts";
import { openInputFile } from "../../engine/input_file.ts";
import type { Plan, PlanNode } from "../../plan.ts";
import { chooseModels } from "../evaluated_models.ts";
import { DONE, FAILED } from "../exit_codes.ts";
import { interruptSignal } from "../interrupt.ts";
import { imageFiles } from "../predict/image_files.ts";
import { type ImagesRead, meanLevel, readImageFiles } from "../predict/read_images.ts";
import { type GlobalOptions, loadPlans, openEngine } from "../project.ts";
import { plural } from "../render/format.ts";
import { textTable } from "../render/table.ts";
import { readTrainedHead, StudyResults, type TrainedHead } from "../trained_head.ts";
import { UsageError } from "../usage_error.ts";

/** Options of `predict`. */
export interface PredictOptions extends GlobalOptions {
  replicate?: string;
  fit?: Fit;
  invert?: boolean;
  /** Path of a table to write. */
  csv?: string;
  set?: string[];
}

/** Pixels of the study by which its mean level is told. */
const LEVEL_SAMPLE = 1 << 20;

/** Classes that the table names of each image. */
const SHOWN = 3;

/** One image's answer. */
interface Answer {
  file: string;
  /** Of each class. */
  probabilities: Float32Array;
  /** Class indices: the predicted one, then the others, the most probable first. */
  ranked: number[];
}

/** Predicts the classes of image files. */
export async function predict(
  study: string,
  model: string,
  paths: readonly string[],
  options: PredictOptions,
): Promise<number> {
  const plan = (await loadPlans([study], options.set ?? []))[0]!;
  const [own] = chooseModels(plan, { model, replicate: options.replicate });
  const files = imageFiles(paths);
  if (options.csv !== undefined) checkPlace(options.csv);
  await using engine = openEngine(options);
  const results = new StudyResults(engine, plan);
  const head = await readTrainedHead(results, own);
  checkEmbedding(plan, head.embedding);
  const images = results.input(head.embedding, "images");
  const { pixels, ...format } = readImages(results.bytes(images));
  const read = await readImageFiles(files, { ...options, format });
  const answers = await answer(engine, plan, head, read);
  if (options.csv !== undefined) await writeTable(options.csv, answers, head.classes.names);
  report(answers, read, head, options);
  const wanted = meanLevel(pixels.subarray(0, LEVEL_SAMPLE));
  if (read.files.length > 0 && looksInverted(read.mean, wanted)) {
    console.error(
      `These images look like negatives of those of ${study}: their mean level is ` +
        `${Math.round(read.mean)} of 255, there it is ${Math.round(wanted)}; ` +
        (options.invert ? "leave --invert away?" : "add --invert?"),
    );
  }
  return read.failed.length > 0 ? FAILED : DONE;
}

/** Told before the work, not after it. */
function checkPlace(csv: string): void {
  try {
    if (Deno.statSync(dirname(csv)).isDirectory) return;
  } catch (error) {
    const isMissing = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.NotADirectory;
    if (!isMissing) throw error;
  }
  throw new UsageError(`--csv ${csv}: there is no folder ${dirname(csv)}, make it first`);
}

/** Only what an image alone decides can be computed of another image. */
function checkEmbedding({ study }: Plan, { id, step }: PlanNode): void {
  const others = Object.keys(step.inputs).filter((port) => port !== "images");
  if (others.length === 0 && step.inputs.images !== undefined) return;
  throw new UsageError(
    `${study} cannot embed images from elsewhere, as ${id} ` +
      (step.inputs.images === undefined
        ? "takes no image: its embeddings come from a file"
        : `also reads ${others.join(", ")} of the study`),
  );
}

async function answer(
  engine: Engine,
  plan: Plan,
  trained: TrainedHead,
  { files, bytes }: ImagesRead,
): Promise<Answer[]> {
  if (files.length === 0) return [];
  const path = join((await engine.store.session()).makeFolder(), "images");
  Deno.writeFileSync(path, bytes);
  const images = { format: "safetensors", ...engine.store.publishFile(path) } as const;
  const { outputs } = await engine.runApart(trained.embedding, plan.profile, { images }, {
    phase: () => {},
    progress: () => {},
    note: (message) => console.error(message),
  }, interruptSignal());

  const { digest } = outputs.embeddings;
  using file = openInputFile(engine.store.artifactPath(digest), digest);
  const embeddings = await readEmbeddingFile(file);
  const rows = Int32Array.from(files.keys());
  const features = new Float32Array(files.length * embeddings.dimension);
  await finiteRows(embeddings, rows, (row) => `the embedding of ${files[row]}`)
    .read(0, files.length, features);
  // On one thread: a head is little work.
  using core = await createCore({
    profile: plan.profile,
    read: Deno.readFile,
    note: (message) => console.error(message),
  });
  const { summary, weights, sizes } = trained;
  const labels = new Int32Array(files.length); // Whatever they are, no loss is asked for.
  const predictor = openPredictor(core, summary, weights.bytes, labels, sizes);
  const { probabilities, predicted } = await predictor.predict(features);
  return files.map((file, i) => {
    const own = probabilities.subarray(i * sizes.classes, (i + 1) * sizes.classes);
    return { file, probabilities: own, ranked: rank(own, predicted[i]) };
  });
}

/**
 * Classes by their probability; the predicted one first, also where rounding has made another one as
 * probable.
 */
function rank(probabilities: Float32Array, predicted: number): number[] {
  const others = [...probabilities.keys()].filter((c) => c !== predicted);
  others.sort((a, b) => probabilities[b] - probabilities[a] || a - b);
  return [predicted, ...others];
}

/** Whether images would be closer to a study's as their negatives, and by far. */
function looksInverted(mean: number, wanted: number): boolean {
  return Math.abs(255 - mean - wanted) + 64 < Math.abs(mean - wanted);
}

function report(
  answers: readonly Answer[],
  { failed }: ImagesRead,
  { classes: { names, titles } }: TrainedHead,
  { json, csv }: PredictOptions,
): void {
  if (json) {
    for (const { file, probabilities, ranked: [first] } of answers) {
      console.log(JSON.stringify({
        type: "prediction",
        file,
        predicted: names[first],
        title: titles[first],
        probability: shortestFloat32(probabilities[first]),
        probabilities: Object.fromEntries(
          names.map((name, i) => [name, shortestFloat32(probabilities[i])]),
        ),
      }));
    }
    for (const failure of failed) {
      console.log(JSON.stringify({ type: "prediction.failed", ...failure }));
    }
  } else if (answers.length > 0) {
    const rows = answers.map(({ file, probabilities, ranked }) => [
      titles[ranked[0]],
      probabilities[ranked[0]].toFixed(3),
      ranked.slice(1, SHOWN).map((i) => `${titles[i]} ${probabilities[i].toFixed(3)}`).join(", "),
      file,
    ]);
    console.log(textTable(["class", "probability", "then", "file"], rows));
  }
  for (const { file, message } of failed) console.error(`${file}: ${message}`);
  if (csv !== undefined) console.error(`${relative(Deno.cwd(), csv) || csv}: written`);
  if (failed.length > 0) {
    const all = answers.length + failed.length;
    console.error(`${failed.length} of ${plural(all, "file")} could not be read`);
  }
}

/** One row a file, one column a class. */
async function writeTable(path: string, answers: readonly Answer[], names: readonly string[]) {
  const rows = answers.map(({ file, probabilities, ranked: [first] }) => [
    file,
    names[first],
    ...Array.from(probabilities, shortestFloat32),
  ]);
  await Deno.writeTextFile(path, await stringifyCsv(["file", "predicted", ...names], rows));
}
