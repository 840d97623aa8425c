import type { Regularization } from "../../core/nn/regularization.ts";
import type { Parameters } from "../../core/nn/head.ts";

/** Sums over all trained parameters, in the order in which they are saved, in binary64. */
export interface ParameterSums {
  /** Σ|θ|. */
  absolute: number;
  /** √Σθ². */
  norm: number;
  /** Σ λ/2·θ² + λ₁·|θ| over the parameters that penalties bind, each with its own λ. */
  penalty: number;
}

/**
 * Sums of parameters; running statistics, which no gradient moves, are left out.
 *
 * @param last Whether an array belongs to the last layer, whose rows are the classes'.
 */
export function parameterSums(
  parameters: Parameters,
  { l1 = 0, penalizeBiases = true, classDecay }: Regularization,
  weightDecay: number,
  last: (name: string) => boolean,
): ParameterSums {
  let absolute = 0, squares = 0, penalty = 0;
  for (const [name, { shape, data }] of Object.entries(parameters)) {
    if (/running_(mean|var)$/.test(name)) continue;
    // Of what is trained, weights alone have more than one axis.
    const isBound = penalizeBiases || shape.length > 1;
    const width = data.length / Math.max(1, shape[0]);
    const own = classDecay !== undefined && last(name) ? classDecay : undefined;
    for (let i = 0; i < data.length; i++) {
      const size = Math.abs(data[i]), square = size * size;
      absolute += size;
      squares += square;
      if (!isBound) continue;
      const decay = own ? own[Math.floor(i / width)] : weightDecay;
      penalty += decay / 2 * square + l1 * size;
    }
  }
  return { absolute, norm: Math.sqrt(squares), penalty };
}
