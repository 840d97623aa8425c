/**
 * One look for every figure. Colours are those of Okabe and Ito, told apart by readers with any
 * colour vision and, in this order, in grey print: *Color Universal Design*, 2008.
 *
 * @module
 */

/** Colours of series, in order. */
export const SERIES: readonly string[] = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#56b4e9",
  "#e69f00",
  "#7f6d00",
  "#333333",
];

/** Shapes that go with {@linkcode SERIES}, so that colour is never alone in telling series apart. */
export const SHAPES: readonly string[] = [
  "circle",
  "square",
  "triangle-up",
  "diamond",
  "cross",
  "triangle-down",
  "triangle-right",
  "triangle-left",
];

export const INK = "#1f2328";
export const MUTED = "#57606a";
export const GRID = "#e3e6ea";
export const PAPER = "#ffffff";

/** From white to a dark blue, even in lightness: counts and shares in heat maps. */
export const SEQUENTIAL: readonly string[] = [
  "#ffffff",
  "#dceaf6",
  "#b0d2ec",
  "#74b0dc",
  "#3787c4",
  "#0b5fa3",
  "#08376b",
];

/** Fonts that every system has some form of. */
export const FONT = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

/** Vega-Lite's `config`. */
export const THEME: Record<string, unknown> = {
  background: PAPER,
  font: FONT,
  padding: 12,
  autosize: { type: "pad", contains: "padding" },
  view: { stroke: null },
  range: { category: SERIES, symbol: SHAPES },
  axis: {
    domainColor: MUTED,
    gridColor: GRID,
    labelColor: INK,
    labelFontSize: 11,
    labelLimit: 0,
    tickColor: MUTED,
    titleColor: INK,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titleLimit: 0,
    titlePadding: 8,
  },
  header: {
    labelColor: INK,
    labelFontSize: 13,
    labelFontWeight: "bold",
    labelLimit: 0,
    titleColor: INK,
    titleFontSize: 12,
    titleFontWeight: "normal",
  },
  legend: {
    labelColor: INK,
    labelFontSize: 11,
    labelLimit: 0,
    symbolStrokeWidth: 2,
    titleColor: INK,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titleLimit: 0,
  },
  line: { strokeWidth: 2, strokeJoin: "round" },
  point: { filled: true, size: 40 },
  rule: { color: MUTED },
  text: { color: INK, fontSize: 11 },
  title: { color: INK, fontSize: 13, fontWeight: "bold", anchor: "start" },
};
