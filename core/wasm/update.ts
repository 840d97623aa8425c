import type { UpdateRule } from "../optim/rules.ts";
import type { Kernels } from "./kernels.ts";

/** Runs the kernel of a rule on n parameters. Scalars become binary32 at the call. */
export function update(
  kernels: Kernels,
  theta: number,
  gradient: number,
  slots: readonly number[],
  n: number,
  rule: UpdateRule,
): void {
  const { l2, decay } = rule;
  switch (rule.kind) {
    case "sgd":
      return kernels.sgd(theta, gradient, n, l2, decay, rule.learningRate);
    case "momentum":
      return kernels.momentum(
        theta,
        gradient,
        slots[0],
        n,
        l2,
        decay,
        rule.learningRate,
        rule.momentum,
      );
    case "adam":
      return kernels.adam(
        theta,
        gradient,
        slots[0],
        slots[1],
        n,
        l2,
        decay,
        rule.beta1,
        rule.gain1,
        rule.beta2,
        rule.gain2,
        rule.stepSize,
        rule.rootScale,
        rule.epsilon,
      );
    case "lion":
      return kernels.lion(
        theta,
        gradient,
        slots[0],
        n,
        l2,
        decay,
        rule.learningRate,
        rule.beta1,
        rule.gain1,
        rule.beta2,
        rule.gain2,
      );
  }
}
