import { stream } from "../../core/random/stream.ts";
import { readFont } from "./outline.ts";
import { drawPose, type PoseRanges } from "./pose.ts";
import type { Rasterize } from "./rasterize.ts";
import type { FontStyle } from "./styles.ts";

/** One image to draw: a character in a style. */
export interface Letter {
  style: FontStyle;
  character: string;
}

/** Options of {@linkcode drawLetterforms}. */
export interface DrawOptions extends PoseRanges {
  /** Seed of every pose. */
  seed: number;
  /** Gives the bytes of a style's font file. */
  font(style: FontStyle): Promise<Uint8Array<ArrayBuffer>>;
  rasterize: Rasterize;
  /** Called after each image. */
  progress?(done: number, total: number): Promise<void>;
}

/**
 * Draws letters, each in a pose of its own: white ink on black.
 *
 * A letter's pose depends on the seed, the style and the character alone, so it looks the same
 * whatever other letters are drawn.
 *
 * @param letters Grouped by style, so that each font is read once.
 * @returns Grey levels [letters, size, size], 0 to 255.
 */
export async function drawLetterforms(
  letters: readonly Letter[],
  options: DrawOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { seed, size, rasterize } = options;
  const random = stream(seed, "data");
  const pixels = new Uint8Array(letters.length * size * size);
  let current: FontStyle | undefined;
  let font: Awaited<ReturnType<typeof readFont>> | undefined;
  for (const [i, { style, character }] of letters.entries()) {
    if (font === undefined || current !== style) {
      font = await readFont(await options.font(style), style.id);
      current = style;
    }
    const outline = font.outline(character);
    const own = random.sub(style.index).sub(character.codePointAt(0)!);
    const matrix = drawPose(own, outline, font, options);
    pixels.set(rasterize(outline.path, matrix, size), i * size * size);
    await options.progress?.(i + 1, letters.length);
  }
  return pixels;
}
