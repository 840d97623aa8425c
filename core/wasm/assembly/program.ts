import { activate, activationGradient } from "./activations";
import { dropout } from "./dropout";
import { gemm } from "./gemm";
import { batchStatistics, moveAverage, normalize, normalizeGradient } from "./normalization";
import { clipFactor, mix, penalize, shrink, sumSquares } from "./regularization";
import { argmax, columnSums, gather } from "./rows";
import { softmax, softmaxCrossEntropy, softTargetCrossEntropy } from "./softmax";
import { barrier } from "./threads";
import { adam, lion, momentum, rmsprop, sgd } from "./update";
import {
  averagePool, averagePoolGradient, maxPool, maxPoolGradient, patches, patchesGradient,
} from "./windows";

/** Runs programs; core/wasm/program.ts tells how they lie in memory. */

/** Runs a program's code for so many steps. The words that advance stay as the last step left them. */
export function run(
  code: usize,
  advances: usize, advanceCount: i32,
  columns: usize, columnCount: i32,
  table: usize,
  steps: i32,
): void {
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < columnCount; i++) {
      store<i32>(load<usize>(columns + (<usize>i << 2)), load<i32>(table));
      table += 4;
    }
    execute(code);
    for (let i = 0; i < advanceCount; i++) {
      const advance = advances + (<usize>i << 3);
      const word = load<usize>(advance);
      store<i32>(word, load<i32>(word) + load<i32>(advance, 4));
    }
  }
}

/** An integer argument: the first is 1. */
// @ts-ignore: decorator
@inline
function i(call: usize, argument: i32): i32 {
  return load<i32>(call + (<usize>argument << 2));
}

/** A binary32 argument. */
// @ts-ignore: decorator
@inline
function f(call: usize, argument: i32): f32 {
  return load<f32>(call + (<usize>argument << 2));
}

/** Calls the kernels in their order, each once all threads have done the one before. */
function execute(call: usize): void {
  for (;;) {
    switch (load<i32>(call)) {
      case 1: {
        gemm(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), i(call, 7), i(call, 8), i(call, 9), i(call, 10),
          i(call, 11), i(call, 12), i(call, 13),
        );
        call += 56;
        break;
      }
      case 2: {
        gather(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
        );
        call += 24;
        break;
      }
      case 3: {
        argmax(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4),
        );
        call += 20;
        break;
      }
      case 4: {
        columnSums(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4),
        );
        call += 20;
        break;
      }
      case 5: {
        softmax(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
        );
        call += 24;
        break;
      }
      case 6: {
        softmaxCrossEntropy(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), f(call, 7), i(call, 8),
        );
        call += 36;
        break;
      }
      case 7: {
        sgd(
          i(call, 1), i(call, 2), i(call, 3), f(call, 4), f(call, 5),
          f(call, 6),
        );
        call += 28;
        break;
      }
      case 8: {
        momentum(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), f(call, 5),
          f(call, 6), f(call, 7), f(call, 8), f(call, 9), f(call, 10),
        );
        call += 44;
        break;
      }
      case 9: {
        adam(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          f(call, 6), f(call, 7), f(call, 8), f(call, 9), f(call, 10),
          f(call, 11), f(call, 12), f(call, 13), f(call, 14), f(call, 15),
          f(call, 16), f(call, 17),
        );
        call += 72;
        break;
      }
      case 10: {
        lion(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), f(call, 5),
          f(call, 6), f(call, 7), f(call, 8), f(call, 9), f(call, 10),
          f(call, 11),
        );
        call += 48;
        break;
      }
      case 11: {
        activate(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), f(call, 5),
        );
        call += 24;
        break;
      }
      case 12: {
        activationGradient(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), f(call, 7),
        );
        call += 32;
        break;
      }
      case 13: {
        batchStatistics(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
        );
        call += 24;
        break;
      }
      case 14: {
        normalize(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), i(call, 7), i(call, 8), f(call, 9),
        );
        call += 40;
        break;
      }
      case 15: {
        normalizeGradient(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), i(call, 7), i(call, 8), i(call, 9), i(call, 10),
          f(call, 11),
        );
        call += 48;
        break;
      }
      case 16: {
        moveAverage(
          i(call, 1), i(call, 2), i(call, 3), f(call, 4), f(call, 5),
        );
        call += 24;
        break;
      }
      case 17: {
        dropout(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), i(call, 7), f(call, 8),
        );
        call += 36;
        break;
      }
      case 18: {
        patches(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), i(call, 7), i(call, 8), i(call, 9), i(call, 10),
          i(call, 11), i(call, 12), i(call, 13), i(call, 14),
        );
        call += 60;
        break;
      }
      case 19: {
        patchesGradient(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), i(call, 7), i(call, 8), i(call, 9), i(call, 10),
          i(call, 11), i(call, 12), i(call, 13), i(call, 14),
        );
        call += 60;
        break;
      }
      case 20: {
        maxPool(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), i(call, 7), i(call, 8), i(call, 9), i(call, 10),
          i(call, 11), i(call, 12), i(call, 13), i(call, 14),
        );
        call += 60;
        break;
      }
      case 21: {
        maxPoolGradient(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), i(call, 7), i(call, 8), i(call, 9), i(call, 10),
          i(call, 11), i(call, 12), i(call, 13), i(call, 14), i(call, 15),
        );
        call += 64;
        break;
      }
      case 22: {
        averagePool(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), i(call, 7), i(call, 8), i(call, 9), i(call, 10),
          i(call, 11), i(call, 12), i(call, 13), i(call, 14),
        );
        call += 60;
        break;
      }
      case 23: {
        averagePoolGradient(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), i(call, 7), i(call, 8), i(call, 9), i(call, 10),
          i(call, 11), i(call, 12), i(call, 13), i(call, 14),
        );
        call += 60;
        break;
      }
      case 24: {
        rmsprop(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          f(call, 6), f(call, 7), f(call, 8), f(call, 9), f(call, 10),
          f(call, 11), f(call, 12), f(call, 13), f(call, 14), f(call, 15),
        );
        call += 64;
        break;
      }
      case 25: {
        softTargetCrossEntropy(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), i(call, 7), i(call, 8), f(call, 9), f(call, 10),
          f(call, 11), i(call, 12), f(call, 13), f(call, 14),
        );
        call += 60;
        break;
      }
      case 26: {
        mix(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), f(call, 5),
          f(call, 6),
        );
        call += 28;
        break;
      }
      case 27: {
        sumSquares(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4),
        );
        call += 20;
        break;
      }
      case 28: {
        clipFactor(
          i(call, 1), i(call, 2), f(call, 3),
        );
        call += 16;
        break;
      }
      case 29: {
        penalize(
          i(call, 1), i(call, 2), i(call, 3), i(call, 4), i(call, 5),
          i(call, 6), f(call, 7), f(call, 8), f(call, 9), f(call, 10),
        );
        call += 44;
        break;
      }
      case 30: {
        shrink(
          i(call, 1), i(call, 2), f(call, 3),
        );
        call += 16;
        break;
      }
      default:
        return;
    }
    barrier();
  }
}
