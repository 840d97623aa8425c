/**
 * Widths of text without a font: what a common sans-serif takes, rounded up.
 *
 * @module
 */

const NARROW = /[iIjl|!.,:;'’·\u00a0\u202f ()[\]ft]/;
const WIDE = /[mwMW@%—Œœ]/;
const CAPITAL = /[\p{Lu}=+−×<>±→–]/u;
/** Scripts whose characters fill a square. */
const SQUARE =
  /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]|\p{Emoji_Presentation}/u;

/**
 * Width of a line of text, in pixels, within a few percent of Helvetica's and never much below
 * DejaVu Sans's.
 */
export function textWidth(text: string, fontSize: number, bold = false): number {
  let em = 0;
  for (const character of text) {
    if (NARROW.test(character)) em += 0.34;
    else if (WIDE.test(character)) em += 0.9;
    else if (SQUARE.test(character)) em += 1;
    else if (CAPITAL.test(character)) em += 0.69;
    else em += 0.58;
  }
  return em * fontSize * (bold ? 1.08 : 1);
}
