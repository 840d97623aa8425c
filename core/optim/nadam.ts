import { exp } from "../math/exp.ts";
import { log } from "../math/log.ts";
import { power } from "../math/power.ts";
import { DECAY_RATES, MOMENT_LINES } from "./adam_rule.ts";
import { COUPLED_DECAY, learningRate } from "./common.ts";
import { denominator, denominatorFormula, EPSILON } from "./denominator.ts";
import { defineOptimizer } from "./optimizer.ts";

/** Products of the momenta up to each step, by their two parameters; the first is empty. */
const products = new Map<string, number[]>();

/** The momentum of step t: it rises from β₁/2 towards β₁. */
function momentumAt(beta1: number, momentumDecay: number, t: number): number {
  return beta1 * (1 - 0.5 * exp(t * momentumDecay * log(0.96)));
}

/** Product of the momenta of steps 1 … t. */
function productTo(beta1: number, momentumDecay: number, t: number): number {
  const key = `${beta1} ${momentumDecay}`;
  if (!products.has(key)) products.set(key, [1]);
  const known = products.get(key)!;
  for (let i = known.length; i <= t; i++) {
    known.push(known[i - 1] * momentumAt(beta1, momentumDecay, i));
  }
  return known[t];
}

/**
 * Adam with Nesterov's momentum: the direction looks ahead by a momentum that grows from step to
 * step; with bias correction and a coupled weight decay, as in PyTorch.
 *
 * Dozat, *Incorporating Nesterov momentum into Adam*, ICLR workshop 2016.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { resolveHyperparameters } from "./hyperparameters.ts";
 *
 * const rule = nadam.rule(resolveHyperparameters(nadam, {}) as never, 1);
 * assert.ok(rule.kind === "adam" && rule.gradientShare > 0);
 * ```
 */
export const nadam = defineOptimizer({
  name: "nadam",
  title: "Nadam",
  formula: (values) => {
    const root = denominatorFormula(values, String.raw`v_t / (1-\beta_2^t)`);
    return String.raw`\begin{aligned}
g_t &= \nabla L(\theta_{t-1}) + \lambda\theta_{t-1} \\
${MOMENT_LINES} \\
\mu_t &= \beta_1 \bigl(1 - \tfrac12\, 0.96^{t\psi}\bigr) \\
\theta_t &= \theta_{t-1} - \frac{\eta}{${root}}
  \left(\frac{\mu_{t+1} m_t}{1-\prod_{i=1}^{t+1}\mu_i}
  + \frac{(1-\mu_t)\, g_t}{1-\prod_{i=1}^{t}\mu_i}\right)
\end{aligned}`;
  },
  source: "Dozat 2016, ICLR workshop",
  hyperparameters: {
    learningRate: learningRate(0.002),
    weightDecay: COUPLED_DECAY,
    ...DECAY_RATES,
    beta1: { ...DECAY_RATES.beta1, exclusive: "both" },
    ...EPSILON,
    momentumDecay: {
      default: 0.004,
      minimum: 0,
      maximum: 1,
      description: "ψ: how fast the momentum grows to β₁",
    },
  },
  slots: ["mean", "variance"],
  rule: (values, step) => {
    const { learningRate, weightDecay, beta1, beta2, momentumDecay } = values;
    const ofMean = momentumAt(beta1, momentumDecay, step + 1) /
      (1 - productTo(beta1, momentumDecay, step + 1));
    const ofGradient = (1 - momentumAt(beta1, momentumDecay, step)) /
      (1 - productTo(beta1, momentumDecay, step));
    return {
      kind: "adam",
      beta1,
      gain1: 1 - beta1,
      beta2,
      gain2: 1 - beta2,
      stepSize: learningRate * ofMean,
      gradientShare: ofGradient / ofMean,
      ...denominator(values, 1 - power(beta2, step)),
      l2: weightDecay,
      decay: 0,
    };
  },
});
