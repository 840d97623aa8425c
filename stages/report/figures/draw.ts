/**
 * Charts as SVG, the same bytes everywhere: no DOM, no canvas, no measured fonts.
 *
 * @module
 */
import type { LoggerInterface } from "vega";
import type { TopLevelSpec } from "vega-lite";
import type { Language } from "../../../data/text/language.ts";
import { textWidth } from "./text_width.ts";
import { THEME } from "./theme.ts";
import { tidySvg } from "./tidy_svg.ts";

/** Options of {@linkcode drawChart}. */
export interface DrawChartOptions {
  /** Prefix of every id in the drawing, so that many fit in one page. */
  name: string;
  /** Language of the numbers on its axes. */
  language: Language;
}

/**
 * Draws a Vega-Lite specification in the notes' theme.
 *
 * @throws {Error} if Vega-Lite or Vega refuses the specification; the message names the chart.
 */
export async function drawChart(
  spec: Record<string, unknown>,
  { name, language }: DrawChartOptions,
): Promise<string> {
  const vega = await import("vega");
  const { compile } = await import("vega-lite");
  // What Vega would estimate is half as wide again as any font, and a canvas would measure the
  // machine's own fonts.
  // The package's types do not know of it.
  const { textMetrics } = vega as unknown as { textMetrics: { width: typeof measure } };
  textMetrics.width = measure;
  vega.resetSVGDefIds();
  try {
    const config = { ...THEME, aria: false, locale: { number: LOCALES[language] } };
    const compiled = compile({ ...spec, config } as unknown as TopLevelSpec, {
      logger: strict(name),
    });
    const view = new vega.View(vega.parse(compiled.spec), { renderer: "none" });
    const svg = await view.toSVG();
    view.finalize();
    return tidySvg(svg, { name });
  } catch (cause) {
    throw new Error(`Cannot draw the figure ${JSON.stringify(name)}`, { cause });
  }
}

interface TextItem {
  fontSize?: number;
  fontWeight?: string | number;
}

function measure(item: TextItem, text: unknown): number {
  if (text === null || text === undefined) return 0;
  const bold = item.fontWeight === "bold" || Number(item.fontWeight) >= 600;
  return textWidth(String(text).trim(), item.fontSize ?? 11, bold);
}

/** A warning of Vega-Lite means a wrong specification: an error here. */
function strict(name: string): LoggerInterface {
  const refuse = (...reasons: readonly unknown[]): never => {
    throw new Error(`Cannot compile the figure "${name}": ${reasons.join(" ")}`);
  };
  const ignore = (): LoggerInterface => logger;
  const logger = {
    level: ignore,
    error: refuse,
    warn: refuse,
    info: ignore,
    debug: ignore,
  } as unknown as LoggerInterface;
  return logger;
}

const LOCALES: Record<Language, Record<string, unknown>> = {
  en: { decimal: ".", thousands: ",", grouping: [3], currency: ["", ""], minus: "\u2212" },
  fr: {
    decimal: ",",
    thousands: "\u202f",
    grouping: [3],
    currency: ["", ""],
    percent: "\u00a0%",
    minus: "\u2212",
  },
};
