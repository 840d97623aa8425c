/** A character's shape in one font. */
export interface Outline {
  /** SVG path data, in units of the em square, y downwards from the baseline. */
  path: string;
  /** Corner points of the box around the outline's points. */
  box: { left: number; top: number; right: number; bottom: number };
}

/** The outlines of one font. */
export interface FontOutlines {
  /** Units of the em square: 1,000 or 2,048 in most fonts. */
  unitsPerEm: number;
  /** @throws {RangeError} if the font does not hold the character. */
  outline(character: string): Outline;
}

/** What is used of the font parser, which brings no types. */
interface ParsedFont {
  unitsPerEm: number;
  charToGlyph(character: string): {
    index: number;
    getPath(x: number, y: number, size: number): { commands: PathCommand[] };
  };
}

interface PathCommand {
  type: "M" | "L" | "Q" | "C" | "Z";
  x?: number;
  y?: number;
  x1?: number;
  y1?: number;
  x2?: number;
  y2?: number;
}

/**
 * Reads a font file (TrueType or OpenType, also as WOFF) for the outlines of its characters.
 *
 * @param name How messages call the font.
 * @throws {SyntaxError} if the bytes are no font.
 */
export async function readFont(
  bytes: Uint8Array<ArrayBuffer>,
  name: string,
): Promise<FontOutlines> {
  const { default: opentype } = await import("opentype.js");
  let font: ParsedFont;
  try {
    font = opentype.parse(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  } catch (error) {
    throw new SyntaxError(`Cannot read font ${name}: ${(error as Error).message}`);
  }
  return {
    unitsPerEm: font.unitsPerEm,
    outline(character) {
      const glyph = font.charToGlyph(character);
      if (glyph.index === 0) {
        throw new RangeError(`Font ${name} does not hold the character ${character}`);
      }
      // Drawn at one unit of the em square a pixel, coordinates stay the font's own integers.
      return toOutline(glyph.getPath(0, 0, font.unitsPerEm).commands);
    },
  };
}

function toOutline(commands: readonly PathCommand[]): Outline {
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  const parts = commands.map(({ type, x1, y1, x2, y2, x, y }) => {
    const points = [[x1, y1], [x2, y2], [x, y]].filter((point) => point[0] !== undefined);
    for (const [px, py] of points as [number, number][]) {
      box.left = Math.min(box.left, px);
      box.right = Math.max(box.right, px);
      box.top = Math.min(box.top, py);
      box.bottom = Math.max(box.bottom, py);
    }
    return type + points.map((point) => point.join(" ")).join(" ");
  });
  return { path: parts.join(""), box };
}
