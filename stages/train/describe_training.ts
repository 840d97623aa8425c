import { resolveHyperparameters } from "../../core/optim/hyperparameters.ts";
import { methodOf } from "../../core/optim/methods.ts";
import { describeHead } from "./head.ts";
import { describeRegularization } from "./regularization.ts";
import { describeSchedule } from "./schedule.ts";
import { given, type TrainSection } from "./section.ts";

/**
 * The training that a section asks for, all values resolved: the params of `train.fit`.
 *
 * @throws {TypeError} if its head is fitted in one go.
 */
export function describeTraining(section: TrainSection) {
  const { head } = section;
  if (typeof head !== "string") {
    throw new TypeError(`Cannot train head ${head.kind} as it is fitted in one go`);
  }
  const { optimizer, initialization, seed, batchSize, epochs } = section;
  const { patience, minDelta, monitor, residentLimit, shuffleWindow } = section;
  return {
    head: describeHead({ ...section, head }),
    optimizer,
    hyperparameters: resolveHyperparameters(methodOf(optimizer), given(section)),
    schedule: describeSchedule(section.schedule),
    initialization,
    seed,
    batchSize,
    epochs,
    patience,
    minDelta,
    monitor,
    residentLimit,
    shuffleWindow,
    regularization: describeRegularization(section),
    history: section.history,
    keep: section.keep,
  };
}
