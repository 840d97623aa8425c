/**
 * Lists the styles of the built-in letters' font families into `styles.json`, so that a study knows
 * its files without looking into folders. Run from the repository root after a change of the fonts:
 *
 *     deno run --allow-read --allow-write=data/letterforms data/letterforms/make_styles.ts
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** Eight families without serifs and seven with them, each under the SIL Open Font License. */
const FAMILIES = [
  "crimson-pro",
  "eb-garamond",
  "ibm-plex-sans",
  "inter",
  "lato",
  "libre-baskerville",
  "lora",
  "merriweather",
  "noto-sans",
  "open-sans",
  "pt-serif",
  "roboto",
  "source-sans-3",
  "source-serif-4",
  "work-sans",
];

const packages = new URL("../../node_modules/@fontsource/", import.meta.url);

const families = FAMILIES.map((name) => {
  const folder = new URL(`${name}/`, packages);
  const { family, category } = JSON.parse(Deno.readTextFileSync(new URL("metadata.json", folder)));
  const styles: { weight: number; slant: string }[] = [];
  for (const { name: file } of Deno.readDirSync(new URL("files/", folder))) {
    const match = file.match(/-latin-(\d+)-(normal|italic)\.woff$/);
    if (match !== null) styles.push({ weight: Number(match[1]), slant: match[2]! });
  }
  styles.sort((a, b) => a.weight - b.weight || (a.slant < b.slant ? 1 : -1));
  return {
    name,
    title: family,
    category,
    styles: styles.map(({ weight, slant }) => `${weight}-${slant}`),
  };
});

const target = new URL("./styles.json", import.meta.url);
Deno.writeTextFileSync(target, JSON.stringify({ format: 1, families }, null, 2) + "\n");
const count = families.reduce((sum, { styles }) => sum + styles.length, 0);
console.log(`${fileURLToPath(target)}: ${families.length} families, ${count} styles`);
