/**
 * `data.letterforms`: draws the built-in letters from open fonts.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { stream } from "../../core/random/stream.ts";
import { allocateSafetensors } from "../../data/formats/safetensors.ts";
import { CHARACTER_SETS, charactersOf, codeName } from "../../data/letterforms/characters.ts";
import { drawLetterforms } from "../../data/letterforms/draw_letterforms.ts";
import { loadRasterizer, RASTERIZER_URL } from "../../data/letterforms/rasterize.ts";
import { FAMILIES, FONT_STYLES } from "../../data/letterforms/styles.ts";
import { chooseSubset } from "../../data/subset.ts";
import { defineStep } from "../../pipeline/stage.ts";
import { DATASET_OUTPUTS, writeDataset } from "./write_dataset.ts";

/** The section's form for `source: letterforms`. */
export const LetterformsParams = z.strictObject({
  source: z.literal("letterforms").describe("Letters drawn from open fonts, without a download."),
  characters: z.enum(CHARACTER_SETS).default("look-alikes")
    .describe("look-alikes: 15 characters that are easy to confuse; latin1: 156 characters."),
  families: z.array(z.enum(FAMILIES)).min(1).refine(
    (names) => new Set(names).size === names.length,
    "A font family must stand only once",
  ).default([...FAMILIES]).describe("Font families to draw from; all fifteen by default."),
  size: z.int().min(16).max(256).default(32).describe("Side of the square images, in pixels."),
  scale: z.tuple([z.number().positive().max(2), z.number().positive().max(2)]).refine(
    ([least, greatest]) => least <= greatest,
    "The least scale must come first",
  ).default([0.8, 1]).describe("Least and greatest height of the em square, in sides."),
  shift: z.number().min(0).max(0.5).default(0.125)
    .describe("Greatest shift from the centre, each way, in sides."),
  rotation: z.number().min(0).max(180).default(8)
    .describe("Greatest rotation, either way, in degrees."),
  limit: z.int().positive().optional()
    .describe("Draw only so many images, in proportion to the classes."),
  seed: z.int().min(0).default(1).describe("Seed of sizes, shifts and rotations."),
});

type Params = z.output<typeof LetterformsParams>;

function stylesOf({ families }: Params) {
  return FONT_STYLES.filter(({ family }) => families.includes(family));
}

export default defineStep({
  name: "data.letterforms",
  module: import.meta.url,
  scope: "study",
  params: LetterformsParams,
  inputs: {},
  outputs: DATASET_OUTPUTS,
  assets: (params) => [RASTERIZER_URL, ...stylesOf(params).map(({ url }) => url)],
  resources: { memoryMiB: 300 },
  async run({ params, outputs, asset, progress }) {
    const { size, limit, seed } = params;
    const characters = charactersOf(params.characters);
    const styles = stylesOf(params);
    let letters = styles.flatMap((style) => characters.map((character) => ({ style, character })));
    if (limit !== undefined) {
      const labels = letters.map(({ character }) => character);
      letters = chooseSubset(labels, limit, stream(seed, "data")).map((i) => letters[i]!);
    }
    const files: { name: string; sha256: string; size: number }[] = [];
    const { bytes, tensors } = allocateSafetensors({
      pixels: { dtype: "U8", shape: [letters.length, size, size] },
    });
    const pixels = await drawLetterforms(letters, {
      ...params,
      rasterize: await loadRasterizer(await asset(RASTERIZER_URL)),
      async font({ id, url }) {
        const font = await asset(url);
        const sha256 = createHash("sha256").update(font).digest("hex");
        files.push({ name: `${id}.woff`, sha256, size: font.length });
        return font;
      },
      progress: (done, total) =>
        done % 100 === 0 || done === total ? progress(done, total, "images") : Promise.resolve(),
    });
    tensors.pixels.data.set(pixels);
    const used = new Set(letters.map(({ style }) => style.family));
    await writeDataset(outputs, {
      images: bytes,
      samples: letters.map(({ style, character }) => {
        const id = `${style.id}/${codeName(character)}`;
        return { id, label: character, group: style.family, origin: id };
      }),
      classes: {
        names: characters,
        titles: characters.map((character) => `${character} ${codeName(character)}`),
      },
      card: {
        name: "letterforms",
        title: {
          en: `Letterforms, ${characters.length} characters in ${styles.length} styles`,
          fr: `Lettres, ${characters.length} caractères en ${styles.length} styles`,
        },
        description: {
          en: "One character of an open font in each image, white on black, at a random size, " +
            "place and angle; each style of a family (a weight and a slant) gives one image of " +
            "each character, and the family is the image’s group.",
          fr:
            "Un caractère d’une police libre par image, blanc sur noir, à une taille, une place " +
            "et un angle aléatoires ; chaque style d’une famille (une graisse et une inclinaison) " +
            "donne une image de chaque caractère, et la famille est le groupe de l’image.",
        },
        licence: "OFL-1.1",
        citation: "",
        url: "https://fontsource.org",
        redistributable: true,
        pretrainedOn: [],
        images: letters.length,
        classes: characters.length,
        height: size,
        width: size,
        channels: 1,
        groups: used.size,
        files,
      },
    });
  },
});
