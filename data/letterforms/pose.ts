import { cos } from "../../core/math/cos.ts";
import { sin } from "../../core/math/sin.ts";
import type { Random } from "../../core/random/stream.ts";
import type { FontOutlines, Outline } from "./outline.ts";
import type { Matrix } from "./rasterize.ts";

/** How much the drawings of one character may differ. */
export interface PoseRanges {
  /** Side of the square image, in pixels. */
  size: number;
  /** Least and greatest height of the em square, in parts of the image's side. */
  scale: readonly [number, number];
  /** Greatest shift of the box's centre from the image's, each way, in parts of the side. */
  shift: number;
  /** Greatest rotation, either way, in degrees. */
  rotation: number;
}

/**
 * Draws how a character lies in its image: scale, rotation, then shift right and down, each
 * uniform in its range and in this order from the stream.
 *
 * @returns The map from the outline's units to pixels.
 */
export function drawPose(
  random: Random,
  outline: Outline,
  font: Pick<FontOutlines, "unitsPerEm">,
  ranges: PoseRanges,
): Matrix {
  const { size, scale: [least, greatest], shift, rotation } = ranges;
  const scale = size * (least + (greatest - least) * random.float64()) / font.unitsPerEm;
  const angle = rotation * symmetric(random) * (Math.PI / 180);
  const right = size * (0.5 + shift * symmetric(random));
  const down = size * (0.5 + shift * symmetric(random));
  const x = (outline.box.left + outline.box.right) / 2;
  const y = (outline.box.top + outline.box.bottom) / 2;
  const a = scale * cos(angle);
  const b = scale * sin(angle);
  return [a, b, -b, a, right - (a * x - b * y), down - (b * x + a * y)];
}

/** Uniform in [−1, 1). */
function symmetric(random: Random): number {
  return 2 * random.float64() - 1;
}
