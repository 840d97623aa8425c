/**
 * Comparison within the tolerance of the profile `gpu`: adapters round differently, so the last
 * digits of what was trained on another one differ, and with them a few predictions.
 *
 * @module
 */
import { decodeSafetensors } from "../../data/formats/safetensors.ts";
import { describeDifference } from "./differences.ts";

/** Numbers in texts and tables may differ by so much, or by this share of the larger one. */
export const ABSOLUTE = 0.02;
export const RELATIVE = 0.02;
/** Counts, such as those of a confusion matrix, may differ by so many. */
export const COUNTS = 3;
/** Elements of arrays may differ by so much, or by this share. */
export const ARRAY = 0.01;

/** The tolerance in words. */
export const TOLERANCE = `numbers within ${ABSOLUTE} or ${
  RELATIVE * 100
} %, counts within ${COUNTS}, arrays within ${ARRAY}`;

const NUMBER = /-?\d+(?:[.,]\d+)?(?:e[+-]?\d+)?/g;

/**
 * Says where two artifacts differ by more than the tolerance; undefined where they do not. Texts
 * must be the same but for their numbers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const bytes = (text: string) => new TextEncoder().encode(text);
 * assert.equal(differenceBeyond(bytes("accuracy 0.823"), bytes("accuracy 0.825")), undefined);
 * assert.equal(
 *   differenceBeyond(bytes("accuracy 0.823"), bytes("accuracy 0.9")),
 *   'line 1, column 12: "accuracy 0.823" → "accuracy 0.9"',
 * );
 * ```
 */
export function differenceBeyond(before: Uint8Array, now: Uint8Array): string | undefined {
  const arrays = arraysAgree(before, now);
  if (arrays === true) return undefined;
  const [a, b] = [text(before), text(now)];
  if (arrays === false || a === undefined || b === undefined) {
    return describeDifference(before, now);
  }
  const aligned = alignNumbers(a, b);
  return aligned === a ? undefined : describeDifference(before, new TextEncoder().encode(aligned));
}

function text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The second text with those of the first one's numbers that agree with its own. */
function alignNumbers(a: string, b: string): string {
  const before = a.match(NUMBER) ?? [];
  if (a.replace(NUMBER, "#") !== b.replace(NUMBER, "#")) return b;
  let at = 0;
  return b.replace(NUMBER, (number) => {
    const old = before[at++]!;
    return numbersAgree(old, number) ? old : number;
  });
}

function numbersAgree(a: string, b: string): boolean {
  if (a === b) return true;
  const [x, y] = [a, b].map((number) => Number(number.replace(",", ".")));
  const distance = Math.abs(x! - y!);
  const isCount = /^-?\d+$/.test(a) && /^-?\d+$/.test(b);
  return distance <= Math.max(isCount ? COUNTS : ABSOLUTE, RELATIVE * Math.abs(x!));
}

/** Undefined unless both are arrays. */
function arraysAgree(before: Uint8Array, now: Uint8Array): boolean | undefined {
  try {
    const [a, b] = [before, now].map((bytes) => decodeSafetensors(new Uint8Array(bytes)));
    if (String([...a!.keys()]) !== String([...b!.keys()])) return false;
    return [...a!].every(([name, { dtype, shape, data }]) => {
      const other = b!.get(name)!;
      if (dtype !== other.dtype || String(shape) !== String(other.shape)) return false;
      if (!dtype.startsWith("F")) return true; // What follows from the numbers, such as predictions.
      return Array.from(data, Number).every((x, i) =>
        Math.abs(x - Number(other.data[i])) <= ARRAY * Math.max(1, Math.abs(x))
      );
    });
  } catch {
    return undefined;
  }
}
