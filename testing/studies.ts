/**
 * Small studies for tests of the whole program.
 *
 * @module
 */

/** Two optimisers, two tries each, two seeds, on 300 letters: every stage, in a few seconds. */
export const SMALL_STUDY = `format: 1
title: Two optimisers
languages: [en, fr]
question: {en: Which one wins?, fr: Lequel gagne ?}
data: {source: letterforms, limit: 300}
split: {ratios: {train: 0.6, validation: 0.2, test: 0.2}}
embed: {method: hog}
train:
  epochs: 4
  seed: {sweep: [1, 2]}
  learningRate: {tune: [0.003, 0.01]}
models:
  adam: {train: {optimizer: adam}}
  lion: {train: {optimizer: lion, learningRate: {tune: [0.0003, 0.001]}}}
evaluate: {bootstrap: {samples: 200}}
claims:
  - id: as-accurate
    text: {en: Lion is as accurate as Adam, fr: Lion est aussi exact qu'Adam}
    left: lion.accuracy
    relation: atLeast
    right: adam.accuracy
text:
  conclusions:
    en: Adam reaches {adam.accuracy:percent}.
    fr: Adam atteint {adam.accuracy:percent}.
`;

/** One model, one seed: the fewest nodes that touch every stage, for slow machines. */
export const SMALLEST_STUDY = `format: 1
title: One model
data: {source: letterforms, limit: 150}
split: {ratios: {train: 0.6, validation: 0.2, test: 0.2}}
embed: {method: hog}
train: {epochs: 2}
evaluate: {bootstrap: {samples: 100}}
`;
