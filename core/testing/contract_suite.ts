import type { CoreUnderTest } from "./core_under_test.ts";
import { testArithmetic } from "./suite_arithmetic.ts";
import { testArrays } from "./suite_arrays.ts";
import { testErrors } from "./suite_errors.ts";
import { testGradients } from "./suite_gradients.ts";
import { testLayerErrors } from "./suite_layer_errors.ts";
import { testLayerGradients } from "./suite_layer_gradients.ts";
import { testLayerPeers } from "./suite_layer_peers.ts";
import { testLayerRepeat } from "./suite_layer_repeat.ts";
import { testLayers } from "./suite_layers.ts";
import { testOperations } from "./suite_operations.ts";
import { testRegularization } from "./suite_regularization.ts";
import { testRepeat } from "./suite_repeat.ts";
import { testTraining } from "./suite_training.ts";

/**
 * Registers the tests that every core passes: arrays, errors, arithmetic and operations to
 * the bit (or within the tolerance that it states), gradients by finite differences, repetitions, and trainings against PyTorch's.
 */
export function testCore(subject: CoreUnderTest): void {
  testArrays(subject);
  testErrors(subject);
  testLayerErrors(subject);
  testArithmetic(subject);
  testOperations(subject);
  testLayers(subject);
  testLayerGradients(subject);
  testLayerPeers(subject);
  testGradients(subject);
  testRegularization(subject);
  testRepeat(subject);
  testLayerRepeat(subject);
  testTraining(subject);
}
