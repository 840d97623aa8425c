/**
 * Images of the data in rows with their titles, as one SVG.
 *
 * @module
 */
import { FONT, INK, MUTED, PAPER } from "../figures/theme.ts";
import { textWidth } from "../figures/text_width.ts";
import { encodePng, type Picture } from "./png.ts";

/** Images [n, height, width] or [n, height, width, 3]. */
export interface ImageSet {
  count: number;
  height: number;
  width: number;
  channels: 1 | 3;
  pixels: Uint8Array;
}

/** One row of a sheet. */
export interface SheetRow {
  title: string;
  /** A second, smaller line. */
  subtitle?: string;
  /** Indices of images. */
  images: readonly number[];
}

/** Options of {@linkcode drawSheet}. */
export interface SheetOptions {
  /** Rows stand side by side in so many columns. */
  columns: number;
  /** About how many pixels an image takes on the page. */
  size: number;
}

const FONT_SIZE = 12;
const GAP = 3;
const MARGIN = 12;

/** Draws rows of images, filling one column after the other. */
export async function drawSheet(
  images: ImageSet,
  rows: readonly SheetRow[],
  options: SheetOptions,
): Promise<string> {
  const perColumn = Math.max(1, Math.ceil(rows.length / options.columns));
  const columns = Math.ceil(rows.length / perColumn);
  const longest = Math.max(1, ...rows.map((row) => row.images.length));
  const scale = options.size / Math.max(images.height, images.width);
  const cellWidth = Math.round(images.width * scale);
  const cellHeight = Math.round(images.height * scale);
  const titleWidth = Math.ceil(Math.max(
    0,
    ...rows.flatMap(({ title, subtitle }) => [
      textWidth(title, FONT_SIZE, true),
      textWidth(subtitle ?? "", FONT_SIZE - 2),
    ]),
  )) + 8;
  const columnWidth = titleWidth + longest * (cellWidth + GAP) + 16;
  const width = MARGIN * 2 + columns * columnWidth - 16 - GAP;
  const height = MARGIN * 2 + perColumn * (cellHeight + GAP) - GAP;
  const body = await Promise.all(rows.map(async (row, i) => {
    const x = MARGIN + Math.floor(i / perColumn) * columnWidth;
    const y = MARGIN + (i % perColumn) * (cellHeight + GAP);
    const middle = y + cellHeight / 2;
    const base = row.subtitle === undefined ? middle + 4 : middle - 2;
    return [
      `<text x="${x}" y="${base}" font-size="${FONT_SIZE}" font-weight="bold" fill="${INK}">` +
      `${escapeXml(row.title)}</text>`,
      ...(row.subtitle === undefined ? [] : [
        `<text x="${x}" y="${middle + 11}" font-size="${FONT_SIZE - 2}" fill="${MUTED}">` +
        `${escapeXml(row.subtitle)}</text>`,
      ]),
      ...await strip(images, row.images, x + titleWidth, y, cellWidth, cellHeight),
    ];
  }));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" font-family="${escapeXml(FONT)}">\n` +
    `<rect width="${width}" height="${height}" fill="${PAPER}"/>\n${
      body.flat().join("\n")
    }\n</svg>\n`;
}

/** The images of a row, side by side. */
function strip(
  images: ImageSet,
  indices: readonly number[],
  x: number,
  y: number,
  cellWidth: number,
  cellHeight: number,
): Promise<string[]> {
  const { width, height, channels } = images;
  const size = height * width * channels;
  return Promise.all(indices.map(async (index, i) => {
    const pixels = images.pixels.subarray(index * size, (index + 1) * size);
    const at = { x: x + i * (cellWidth + GAP), y, width: cellWidth, height: cellHeight };
    return await imageElement({ width, height, channels, pixels }, at);
  }));
}

/** A picture as an element of an SVG. */
export async function imageElement(
  picture: Picture,
  at: { x: number; y: number; width: number; height: number },
): Promise<string> {
  const png = await encodePng(picture);
  return `<image x="${at.x}" y="${at.y}" width="${at.width}" height="${at.height}" ` +
    `href="data:image/png;base64,${base64(png)}"/>`;
}

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** Escapes a text for XML; what XML has no place for is shown as missing. */
export function escapeXml(text: string): string {
  // deno-lint-ignore no-control-regex -- XML has no place for control characters.
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
