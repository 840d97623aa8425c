import type { Core, FloatTensor } from "../../ops.ts";
import type { Batch } from "./batches.ts";
import type { MixUp, TrainingLoss } from "../regularization.ts";

/** The loss of a training's batches, and its gradient by the logits. */
export class Loss {
  readonly #core: Core;
  readonly #smoothing: number;
  readonly #classWeights: FloatTensor | undefined;
  readonly #mixUp: MixUp | undefined;

  constructor(core: Core, { smoothing = 0, classWeights }: TrainingLoss = {}, mixUp?: MixUp) {
    this.#core = core;
    this.#smoothing = smoothing;
    this.#classWeights = classWeights &&
      core.upload(classWeights, [classWeights.length], { name: "classWeights" });
    this.#mixUp = mixUp;
  }

  /** Names the operations of a batch; the gradient takes the place of the logits. */
  of({ logits, labels, others, losses, rule }: Batch, first: number): void {
    const targets = { logits, labels, losses, gradient: logits };
    const [smoothing, classWeights, mixUp] = [this.#smoothing, this.#classWeights, this.#mixUp];
    if (smoothing === 0 && !classWeights && !mixUp) {
      this.#core.softmaxCrossEntropy(targets);
      return;
    }
    const mixture = mixUp && rule((i) => ({ kind: "mixture", share: mixUp.share(first + i) }));
    this.#core.softTargetCrossEntropy({ ...targets, smoothing, classWeights, others, mixture });
  }

  dispose(): void {
    if (this.#classWeights) this.#core.free(this.#classWeights);
  }
}
