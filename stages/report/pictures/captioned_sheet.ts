/**
 * Pictures in rows, with a title for each row and a line of text below each picture, as one SVG.
 *
 * @module
 */
import { textWidth } from "../figures/text_width.ts";
import { FONT, GRID, INK, MUTED, PAPER } from "../figures/theme.ts";
import type { Picture } from "./png.ts";
import { escapeXml, imageElement } from "./sheet.ts";

/** One place of a row. */
export interface CaptionedCell {
  /** None leaves the place empty. */
  picture?: Picture;
  caption?: string;
}

/** A row of pictures. */
export interface CaptionedRow {
  title: string;
  /** A second, smaller line. */
  subtitle?: string;
  cells: readonly CaptionedCell[];
}

/** Places that belong together: a heading over them, and room before them. */
export interface CaptionedGroup {
  /** The first of its places. */
  from: number;
  heading: string;
}

/** Colours of a scale from one end to the other, with what its ends and middle stand for. */
export interface ColourScale {
  colours: readonly string[];
  low: string;
  middle: string;
  high: string;
}

/** What {@linkcode drawCaptionedSheet} draws. */
export interface CaptionedSheet {
  rows: readonly CaptionedRow[];
  /** In order; the first from place 0. */
  groups: readonly CaptionedGroup[];
  /** About how many pixels a picture takes on the page. */
  size: number;
  /** Rows stand side by side in so many columns. */
  columns?: number;
  scale?: ColourScale;
}

const TITLE = 12;
const SMALL = 10;
const GAP = 4;
const GROUP_GAP = 18;
const MARGIN = 12;
/** A caption may be so much wider than its picture; what is longer is cut. */
const WIDEST = 84;

/** Draws rows of pictures, filling one column after the other. */
export async function drawCaptionedSheet(sheet: CaptionedSheet): Promise<string> {
  const { rows, groups, size, scale } = sheet;
  const perColumn = Math.max(1, Math.ceil(rows.length / (sheet.columns ?? 1)));
  const columns = Math.max(1, Math.ceil(rows.length / perColumn));
  const captions = rows.flatMap(({ cells }) => cells.map(({ caption = "" }) => caption));
  const widest = Math.max(0, ...captions.map((text) => textWidth(text, SMALL)));
  const pitch = Math.ceil(Math.max(size, Math.min(widest + 2, WIDEST))) + GAP;
  const rowHeight = size + (captions.some((text) => text !== "") ? SMALL + 4 : 0) + 2 * GAP;
  const places = Math.max(1, ...rows.map(({ cells }) => cells.length));
  const titleWidth = Math.ceil(Math.max(
    0,
    ...rows.flatMap(({ title, subtitle = "" }) => [
      textWidth(title, TITLE, true),
      textWidth(subtitle, SMALL),
    ]),
  )) + 10;
  const groupOf = (place: number) => groups.filter(({ from }) => from <= place).length - 1;
  const xOf = (place: number) =>
    titleWidth + place * pitch + Math.max(0, groupOf(place)) * GROUP_GAP;
  const headed = groups.some(({ heading }) => heading !== "");
  const headings = groups.map(({ heading, from }) => xOf(from) + textWidth(heading, SMALL, true));
  const columnWidth = Math.ceil(
    Math.max(xOf(places - 1) + pitch, headed ? Math.max(...headings) : 0),
  );
  const top = MARGIN + (headed ? SMALL + 8 : 0);
  const scaleHeight = scale === undefined ? 0 : 40;
  const width = 2 * MARGIN + columns * columnWidth + (columns - 1) * 2 * GROUP_GAP;
  const height = top + perColumn * rowHeight + scaleHeight + MARGIN;
  const left = (column: number) => MARGIN + column * (columnWidth + 2 * GROUP_GAP);

  // Of each column, the headings of places that hold a picture.
  const heads = Array.from({ length: columns }, (_, column) => {
    const own = rows.slice(column * perColumn, (column + 1) * perColumn);
    return groups.filter(({ from }) => own.some(({ cells }) => cells[from]?.picture !== undefined))
      .map(({ heading, from }) => {
        const at = left(column) + xOf(from);
        return text(heading, at, MARGIN + SMALL, { bold: true, colour: MUTED });
      });
  }).flat();
  const body = await Promise.all(rows.map(async ({ title, subtitle, cells }, i) => {
    const x = left(Math.floor(i / perColumn));
    const y = top + (i % perColumn) * rowHeight;
    const middle = y + size / 2;
    const pictures = await Promise.all(cells.map(async ({ picture, caption }, place) => {
      if (picture === undefined) return [];
      const shrink = size / Math.max(picture.width, picture.height);
      const [w, h] = [Math.round(picture.width * shrink), Math.round(picture.height * shrink)];
      const at = { x: x + xOf(place), y: y + Math.round((size - h) / 2), width: w, height: h };
      return [
        await imageElement(picture, at),
        `<rect x="${at.x}" y="${at.y}" width="${w}" height="${h}" fill="none" stroke="${GRID}"/>`,
        ...(caption === undefined || caption === ""
          ? []
          : [text(cut(caption, pitch - GAP), at.x, y + size + SMALL + 1, {})]),
      ];
    }));
    return [
      text(title, x, subtitle === undefined ? middle + 4 : middle - 2, { bold: true, size: TITLE }),
      ...(subtitle === undefined ? [] : [text(subtitle, x, middle + 12, { colour: MUTED })]),
      ...pictures.flat(),
    ];
  }));
  const legend = scale === undefined
    ? []
    : drawScale(scale, left(0), height - MARGIN - scaleHeight + 12);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" ` +
    `viewBox="0 0 ${width} ${height}" font-family="${escapeXml(FONT)}">\n` +
    `<rect width="${width}" height="${height}" fill="${PAPER}"/>\n${
      [...heads, ...body.flat(), ...legend].join("\n")
    }\n</svg>\n`;
}

function text(
  content: string,
  x: number,
  y: number,
  { bold, size = SMALL, colour = INK }: { bold?: boolean; size?: number; colour?: string },
): string {
  return `<text x="${x}" y="${y}" font-size="${size}"${bold ? ' font-weight="bold"' : ""} ` +
    `fill="${colour}">${escapeXml(content)}</text>`;
}

/** As much of a text as fits, with an ellipsis where it is cut. */
function cut(content: string, width: number): string {
  if (textWidth(content, SMALL) <= width) return content;
  let characters = [...content];
  while (characters.length > 1 && textWidth(characters.join("") + "…", SMALL) > width) {
    characters = characters.slice(0, -1);
  }
  return characters.join("") + "…";
}

function drawScale({ colours, low, middle, high }: ColourScale, x: number, y: number): string[] {
  const step = 8;
  const bar = colours.map((colour, i) =>
    `<rect x="${x + i * step}" y="${y}" width="${step}" height="10" fill="${colour}"/>`
  );
  const width = colours.length * step;
  const anchored = (content: string, at: number, anchor: string) =>
    `<text x="${at}" y="${y + 22}" font-size="${SMALL}" text-anchor="${anchor}" fill="${MUTED}">${
      escapeXml(content)
    }</text>`;
  return [
    ...bar,
    `<rect x="${x}" y="${y}" width="${width}" height="10" fill="none" stroke="${MUTED}" ` +
    `stroke-width="0.6"/>`,
    anchored(low, x, "start"),
    anchored(middle, x + width / 2, "middle"),
    anchored(high, x + width, "end"),
  ];
}
