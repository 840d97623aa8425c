/**
 * The published data sets that a study can name: `sources.json`, checked when it is loaded.
 *
 * @module
 */
import { z } from "zod";
import table from "./sources.json" with { type: "json" };

const Text = z.strictObject({ en: z.string().min(1), fr: z.string().min(1) });

const SourceFile = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  mirror: z.string().regex(/^[\w.-]+(\/[\w.-]+)+$/),
  size: z.int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const Part = z.strictObject({
  count: z.int().positive(),
  images: SourceFile,
  labels: SourceFile,
});

const Source = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]+$/),
  reader: z.literal("idx"),
  title: Text,
  description: Text,
  licence: z.string().min(1),
  citation: z.string().min(1),
  url: z.url(),
  redistributable: z.boolean(),
  pretrainedOn: z.array(z.string()),
  classes: z.array(z.string().min(1)).min(2),
  shape: z.strictObject({ height: z.int().positive(), width: z.int().positive() }),
  parts: z.strictObject({ train: Part, test: Part }),
});

/** A published data set: where its files are, their digests, its licence and whom to cite. */
export type Source = z.output<typeof Source>;

/** A file of a source, pinned by its SHA-256. */
export type SourceFile = z.output<typeof SourceFile>;

/** Every source, in the table's order. */
export const SOURCES: readonly Source[] = z.strictObject({
  format: z.literal(1),
  sources: z.array(Source),
}).parse(table).sources;

/**
 * The source of a name.
 *
 * @throws {RangeError} if there is none, with the names that there are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(findSource("mnist").parts.train.count, 60000);
 * ```
 */
export function findSource(name: string): Source {
  const source = SOURCES.find((source) => source.name === name);
  if (source === undefined) {
    throw new RangeError(
      `There is no data source ${JSON.stringify(name)}: expected one of ${
        SOURCES.map(({ name }) => name).join(", ")
      }`,
    );
  }
  return source;
}
