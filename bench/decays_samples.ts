import { stream } from "../core/random/stream.ts";

export const SAMPLES = 20000;
export const DIMENSION = 2048;
export const CLASSES = 100;
export const EPOCHS = 5;

/** Random embeddings of a class each: a centre and noise. */
export function makeSamples(): { values: Float32Array; targets: Int32Array } {
  const random = stream(1, "data");
  const targets = new Int32Array(SAMPLES).map(() => random.integer(CLASSES));
  const values = new Float32Array(SAMPLES * DIMENSION);
  for (let i = 0; i < values.length; i++) values[i] = 2 * random.float32() - 1;
  for (let i = 0; i < SAMPLES; i++) values[i * DIMENSION + targets[i]] += 2;
  return { values, targets };
}
