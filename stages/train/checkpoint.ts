/**
 * A training between two epochs as bytes, for a run that goes on after it was killed.
 *
 * @module
 */
import type { Parameters } from "../../core/nn/head.ts";
import { decodeSafetensors, encodeSafetensors } from "../../data/formats/safetensors.ts";
import type { Tensor } from "../../data/formats/tensor.ts";
import type { Checkpoint } from "../../pipeline/stage.ts";
import type { FitState } from "./fit_state.ts";

/** All that is no array, as the bytes of a JSON text. */
const TOLD = "told";

/** What an earlier run of the same training left. */
export async function readCheckpoint(checkpoint: Checkpoint): Promise<FitState | undefined> {
  const bytes = await checkpoint.read();
  if (bytes === undefined) return undefined;
  const arrays = decodeSafetensors(bytes);
  const told = new TextDecoder().decode(arrays.get(TOLD)!.data as Uint8Array);
  const { steps, bestEpoch, bestSpent, bestLosses, pairs: count, ...rest } = JSON.parse(
    told,
    readNumber,
  );
  arrays.delete(TOLD);
  const parameters: Parameters = {}, kept: Parameters = {};
  const slots: FitState["training"]["slots"] = {};
  const pairs = new Map<string, Float64Array>();
  for (const [path, { shape, data }] of arrays) {
    const [kind, ...parts] = path.split("/");
    const name = parts[0];
    const array = data as Float32Array<ArrayBuffer>;
    if (kind === "parameters") parameters[name] = { shape, data: array };
    else if (kind === "best") kept[name] = { shape, data: array };
    else if (kind === "pairs") pairs.set(path, data as Float64Array);
    else (slots[name] ??= [])[Number(parts[1])] = array;
  }
  return {
    ...rest,
    ...(count === undefined ? {} : {
      pairs: Array.from({ length: count }, (_, i) => ({
        s: pairs.get(`pairs/${i}/s`)!,
        y: pairs.get(`pairs/${i}/y`)!,
      })),
    }),
    training: { parameters, steps, slots },
    best: { epoch: bestEpoch, spent: bestSpent, kept, losses: bestLosses },
  };
}

/** Leaves a training for a later run of the same. */
export async function writeCheckpoint(checkpoint: Checkpoint, state: FitState): Promise<void> {
  const { training, history, spent, best, pairs } = state;
  const arrays: Record<string, Tensor> = {};
  const put = (path: string, shape: readonly number[], data: Float32Array<ArrayBuffer>) => {
    arrays[path] = { dtype: "F32", shape, data };
  };
  for (const [name, { shape, data }] of Object.entries(training.parameters)) {
    put(`parameters/${name}`, shape, data);
  }
  for (const [name, { shape, data }] of Object.entries(best.kept)) {
    put(`best/${name}`, shape, data);
  }
  for (const [name, list] of Object.entries(training.slots)) {
    list.forEach((data, i) => put(`slots/${name}/${i}`, [data.length], data));
  }
  pairs?.forEach(({ s, y }, i) => {
    for (const [name, vector] of [["s", s], ["y", y]] as const) {
      const data = new Float64Array(vector);
      arrays[`pairs/${i}/${name}`] = { dtype: "F64", shape: [data.length], data };
    }
  });
  const told = JSON.stringify({
    pairs: pairs?.length,
    steps: training.steps,
    history,
    spent,
    bestEpoch: best.epoch,
    bestSpent: best.spent,
    bestLosses: best.losses,
  }, tellNumber);
  const text = new TextEncoder().encode(told);
  arrays[TOLD] = { dtype: "U8", shape: [text.length], data: text };
  await checkpoint.write(encodeSafetensors(arrays));
}

/** What JSON makes `null` of: the loss of a class without images, a norm that is out of range. */
const NO_JSON = ["NaN", "Infinity", "-Infinity"];
/** What tells them from the texts of a training, all of which are names. */
const MARK = "number ";

function tellNumber(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? MARK + value : value;
}

function readNumber(_: string, value: unknown): unknown {
  if (typeof value !== "string" || !value.startsWith(MARK)) return value;
  const number = value.slice(MARK.length);
  return NO_JSON.includes(number) ? Number(number) : value;
}
