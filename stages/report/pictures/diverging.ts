/**
 * Colours for values on both sides of zero: white at zero, blue below, vermilion above, the colours
 * of `figures/theme.ts` that readers with any colour vision tell apart.
 *
 * @module
 */
import type { Picture } from "./png.ts";

const BELOW = [0x00, 0x72, 0xb2];
const ABOVE = [0xd5, 0x5e, 0x00];

/** Colour of a value, as red, green and blue; values beyond the limit are as the limit. */
export function divergingColour(value: number, limit: number): number[] {
  const share = limit > 0 ? Math.min(1, Math.abs(value) / limit) : 0;
  return (value < 0 ? BELOW : ABOVE).map((end) => Math.round(255 + (end - 255) * share));
}

/** Values [height, width] as a picture. */
export function divergingPicture(
  values: ArrayLike<number>,
  { width, height, limit }: { width: number; height: number; limit: number },
): Picture {
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) pixels.set(divergingColour(values[i], limit), 3 * i);
  return { width, height, channels: 3, pixels };
}

/** The colours from one limit to the other, as an SVG has them. */
export function divergingScale(steps: number): string[] {
  return Array.from({ length: steps }, (_, i) => {
    const colour = divergingColour(2 * i / (steps - 1) - 1, 1);
    return `#${colour.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
  });
}
