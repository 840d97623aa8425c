import manifest from "./styles.json" with { type: "json" };

/** One style of a font family: a weight and a slant. */
export interface FontStyle {
  /** `roboto-400-italic`. */
  id: string;
  /** `roboto`, the name of the family's package below `@fontsource`. */
  family: string;
  /** Place in the list of all styles; stays the same when only some are used. */
  index: number;
  /** The font file. */
  url: URL;
}

/** Names of the font families, in order. */
export const FAMILIES: readonly string[] = manifest.families.map(({ name }) => name);

/** Names of the font families as their makers write them: `EB Garamond`. */
export const FAMILY_TITLES: readonly string[] = manifest.families.map(({ title }) => title);

const packages = new URL("../../node_modules/@fontsource/", import.meta.url);

/**
 * Every style of the built-in letters' 15 font families, in order: 200 of them.
 *
 * The list is that of `styles.json`, which `make_styles.ts` writes.
 */
export const FONT_STYLES: readonly FontStyle[] = manifest.families
  .flatMap(({ name, styles }) => styles.map((style) => ({ family: name, style })))
  .map(({ family, style }, index) => ({
    id: `${family}-${style}`,
    family,
    index,
    url: new URL(`${family}/files/${family}-latin-${style}.woff`, packages),
  }));
