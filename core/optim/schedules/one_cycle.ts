import { cosineBetween, defineSchedule } from "./schedule.ts";
import { share } from "./shares.ts";

/**
 * One cycle: from a small share up to the learning rate, and down to almost nothing, each along half
 * a cosine, as in PyTorch (`anneal_strategy="cos"`, momentum left alone). With ρT < 1 no step rises:
 * the first one has the greatest rate, where PyTorch's is a little past it.
 *
 * Smith & Topin, *Super-convergence: very fast training of neural networks using large learning
 * rates*, 2019.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const values = { rising: 0.25, initialShare: 0.5, finalShare: 0 };
 * const at = { step: 0, stepsPerEpoch: 4, epochs: 6, watched: [] };
 * assert.equal(oneCycle.factor(values, at), 0.5);
 * ```
 */
export const oneCycle = defineSchedule({
  name: "oneCycle",
  title: "one cycle",
  formula: String.raw`\eta_t = \begin{cases}
\eta \cos_{\alpha \to 1}\bigl(t / a\bigr) & t \le a = \rho T - 1 \\
\eta \cos_{1 \to \omega}\bigl((t - a) / (T - 1 - a)\bigr) & t > a
\end{cases}`,
  source: "Smith & Topin 2019, arXiv:1708.07120",
  hyperparameters: {
    rising: share(0.3, "ρ: the share of all steps in which the rate rises"),
    initialShare: share(0.04, "α: the share of the learning rate at the first step"),
    finalShare: share(0.000004, "ω: the share of the learning rate at the last step"),
  },
  factor({ rising, initialShare, finalShare }, { step, stepsPerEpoch, epochs }) {
    const last = stepsPerEpoch * epochs - 1;
    // Where the rising part has no step of its own, the first step is the greatest.
    const top = Math.max(0, rising * (last + 1) - 1);
    if (step <= top) return top === 0 ? 1 : cosineBetween(initialShare, 1, step / top);
    return cosineBetween(1, finalShare, (step - top) / (last - top));
  },
});
