/**
 * Vega's SVG made small, deterministic and fit to stand beside others in one page.
 *
 * @module
 */

import { FONT } from "./theme.ts";

/** Options of {@linkcode tidySvg}. */
export interface TidySvgOptions {
  /** Prefix of every id. */
  name: string;
}

/**
 * Rounds coordinates to two decimals, drops what does not show, prefixes ids
 * and puts each element on its own line.
 */
export function tidySvg(svg: string, { name }: TidySvgOptions): string {
  const tidied = svg
    // deno-lint-ignore no-control-regex -- XML has no place for control characters.
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    // Labels that Vega hides because they would overlap, and the planes behind and before groups.
    .replace(/<text\b[^>]*\sopacity="0"[^>]*>[^<]*<\/text>/g, "")
    .replace(/<path\b[^>]*\sclass="foreground"[^>]*\/>/g, "")
    .replace(
      /<path\b[^>]*\sclass="background"[^>]*\/>/g,
      (path) => /\s(?:fill|stroke)="/.test(path) ? path : "",
    )
    .replace(
      /<([a-zA-Z]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g,
      (_, tag, attributes, slash) => `<${tag}${tidyAttributes(attributes, name)}${slash}>`,
    );
  return collapseGroups(tidied)
    .replace(/^<svg\b/, `<svg font-family="${FONT}"`)
    .replace(
      />(?=<(?:g|path|line|rect|text|circle|image|defs|clipPath|\/g|\/svg|\/defs)\b)/g,
      ">\n",
    ) +
    "\n";
}

function tidyAttributes(attributes: string, name: string): string {
  let out = "";
  for (const [, key, value] of attributes.matchAll(/\s+([\w:-]+)="([^"]*)"/g)) {
    if (DROPPED.has(key) || (key === "opacity" && value === "1")) continue;
    if (key === "font-weight" && value === "normal") continue;
    if (key === "transform" && /^translate\(0,\s*0\)$/.test(value)) continue;
    if (key === "id") out += ` id="${name}-${value}"`;
    else if (NUMERIC.has(key)) out += ` ${key}="${roundNumbers(value)}"`;
    else out += ` ${key}="${value.replace(/url\(#/g, `url(#${name}-`)}"`;
  }
  return out;
}

/** Groups without attributes hold nothing together. */
function collapseGroups(svg: string): string {
  const kept: boolean[] = [];
  return svg.replace(/<g\b([^>]*?)(\/?)>|<\/g>/g, (tag, attributes, slash) => {
    if (tag === "</g>") return kept.pop() ? tag : "";
    if (slash === "/") return "";
    kept.push(attributes !== "");
    return attributes === "" ? "" : tag;
  });
}

const DROPPED = new Set([
  "class",
  "font-family",
  "pointer-events",
  "aria-hidden",
  "version",
  "xmlns:xlink",
  "role",
  "aria-roledescription",
]);
const NUMERIC = new Set(
  ("d transform x y x1 x2 y1 y2 dx dy cx cy r rx ry width height viewBox points font-size " +
    "stroke-width stroke-dasharray stroke-dashoffset opacity fill-opacity stroke-opacity offset")
    .split(" "),
);

/** Every number of an attribute, rounded to two decimals, ties away from zero. */
function roundNumbers(value: string): string {
  return value.replace(/-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?/gi, (number) => {
    const rounded = Math.round(Math.abs(Number(number)) * 100) / 100;
    return rounded === 0 ? "0" : `${number.startsWith("-") ? "-" : ""}${rounded}`;
  });
}
