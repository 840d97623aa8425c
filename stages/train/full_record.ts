import type { StreamedSamples } from "../../core/nn/feature_source.ts";
import type { Evaluation, Head, Samples } from "../../core/nn/head.ts";
import type { FullRecord } from "./history.ts";

/**
 * What a full history tells of an epoch, measured with the weights of its end.
 *
 * @param validated The head on the validation images.
 * @param classes Names of the classes.
 */
export async function fullRecord(
  head: Head,
  train: Samples | StreamedSamples,
  validated: Evaluation,
  classes: readonly string[],
): Promise<FullRecord> {
  const trained = await head.evaluate(train);
  const named = (losses: Float64Array) =>
    classes.map((name, i): [string, number] => [name, losses[i]]);
  const dead = (await head.deadUnits(train)).map(({ name, dead, units }) => [name, dead / units]);
  return {
    trainLoss: trained.loss,
    trainAccuracy: trained.accuracy,
    trainLosses: named(trained.classLosses),
    validationLosses: named(validated.classLosses),
    deadUnits: Object.fromEntries(dead),
  };
}
