/**
 * Numbers as a reader of French or of English expects them, without the machine's locale: the
 * digits are those of `Number.prototype.toFixed` and `toPrecision`, which the language defines
 * exactly.
 *
 * @module
 */
import type { Language } from "./language.ts";

/** No-break space, as French has it before `%` and `:` and inside guillemets. */
export const NO_BREAK_SPACE = "\u00a0";
/** Narrow no-break space, as French has it between thousands and before `;`, `!` and `?`. */
export const NARROW_NO_BREAK_SPACE = "\u202f";
const MINUS = "\u2212";

/**
 * How to write a number:
 *
 * - `number`: an integer in full, anything else with four significant digits;
 * - `integer`: rounded to an integer;
 * - `decimal`: two decimals; `decimal1`: one; `decimal3`: three;
 * - `percent`: times 100 with one decimal and a percent sign; `percent0`: without decimals;
 * - `points`: times 100 with one decimal and a sign, as a difference between percentages;
 * - `scientific`: two significant digits and a power of ten;
 * - `pvalue`: three decimals, or "< 0.001".
 */
export type NumberFormat =
  | "number"
  | "integer"
  | "decimal"
  | "decimal1"
  | "decimal3"
  | "percent"
  | "percent0"
  | "points"
  | "scientific"
  | "pvalue";

/** Every {@linkcode NumberFormat}. */
export const NUMBER_FORMATS: readonly NumberFormat[] = [
  "number",
  "integer",
  "decimal",
  "decimal1",
  "decimal3",
  "percent",
  "percent0",
  "points",
  "scientific",
  "pvalue",
];

/**
 * Writes a number in a language.
 *
 * @example
 * ```ts
 * import { formatNumber } from "./numbers.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(formatNumber(0.8431, "percent", "en"), "84.3%");
 * assert.equal(formatNumber(0.8431, "percent", "fr"), "84,3\u00a0%");
 * assert.equal(formatNumber(60000, "number", "fr"), "60\u202f000");
 * ```
 */
export function formatNumber(value: number, format: NumberFormat, language: Language): string {
  if (Number.isNaN(value)) return language === "fr" ? "non défini" : "undefined";
  if (!Number.isFinite(value)) return value < 0 ? `${MINUS}∞` : "∞";
  switch (format) {
    case "number":
      return Number.isInteger(value) ? grouped(value, 0, language) : significant(value, language);
    case "integer":
      return grouped(value, 0, language);
    case "decimal":
      return grouped(value, 2, language);
    case "decimal1":
      return grouped(value, 1, language);
    case "decimal3":
      return grouped(value, 3, language);
    case "percent":
      return grouped(value * 100, 1, language) + percentSign(language);
    case "percent0":
      return grouped(value * 100, 0, language) + percentSign(language);
    case "points": {
      const text = grouped(value * 100, 1, language);
      return value > 0 && /[1-9]/.test(text) ? `+${text}` : text;
    }
    case "scientific":
      return scientific(value, language);
    case "pvalue":
      return value < 0.001
        ? `<${NO_BREAK_SPACE}${grouped(0.001, 3, language)}`
        : grouped(value, 3, language);
  }
}

/** Fixed decimals, thousands apart from five digits on, and a true minus sign; no "−0". */
function grouped(value: number, decimals: number, language: Language): string {
  // Above 1e21 toFixed switches to exponents: no count of this project comes near.
  if (Math.abs(value) >= 1e15) return scientific(value, language);
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split(".");
  const separator = language === "fr" ? NARROW_NO_BREAK_SPACE : ",";
  const spaced = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, separator) : whole;
  const digits = fraction === undefined ? spaced : spaced + decimalMark(language) + fraction;
  return value < 0 && /[1-9]/.test(digits) ? MINUS + digits : digits;
}

/** Four significant digits, or those before the mark; zeros that end the decimals are dropped. */
function significant(value: number, language: Language): string {
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e15) return scientific(value, language, 4);
  // From here on, four digits leave no decimals.
  if (size >= 999.95) return grouped(value, 0, language);
  const digits = size.toPrecision(4).replace(/\.?0+$/, "").replace(".", decimalMark(language));
  return value < 0 ? MINUS + digits : digits;
}

/** `3.2 × 10⁻⁵`; zeros that end the decimals are dropped, and a mantissa of one is left out. */
function scientific(value: number, language: Language, digits = 2): string {
  if (value === 0) return "0";
  const [mantissa, exponent] = Math.abs(value).toExponential(digits - 1).split("e");
  const power = [...String(Number(exponent))].map((c) => SUPERSCRIPTS[c]).join("");
  const written = mantissa.replace(/\.?0+$/, "").replace(".", decimalMark(language));
  const times = written === "1" ? "" : `${written}${NO_BREAK_SPACE}×${NO_BREAK_SPACE}`;
  return `${value < 0 ? MINUS : ""}${times}10${power}`;
}

const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  "-": "⁻",
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
};

function percentSign(language: Language): string {
  return language === "fr" ? `${NO_BREAK_SPACE}%` : "%";
}

function decimalMark(language: Language): string {
  return language === "fr" ? "," : ".";
}
