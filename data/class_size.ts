import { classCount } from "./class_count.ts";
import { FONT_STYLES } from "./letterforms/styles.ts";
import { SOURCES } from "./sources.ts";

/** What a study's section `data` tells of its images before any file is read. */
export interface ClassSize {
  /** No class can have more images than this and be the smallest one. */
  smallest: number;
  /** Number of groups; `undefined` where only the files tell. */
  groups?: number;
}

/**
 * How many images the smallest class of a study's section `data` has at most, and how many groups
 * there are: `undefined` where only the files tell.
 *
 * @param section The section as its stage resolved it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const characters = "look-alikes";
 * const families = ["roboto", "lato"];
 * const limited = classSize({ source: "letterforms", characters, families, limit: 100 });
 * assert.deepEqual(limited, { smallest: 6, groups: 2 });
 * assert.deepEqual(classSize({ source: "mnist", limit: { train: 90, test: 10 } }), { smallest: 10 });
 * assert.equal(classSize({ source: "elsewhere" }), undefined);
 * ```
 */
export function classSize(section: unknown): ClassSize | undefined {
  const { source, families, limit } = (section ?? {}) as Record<string, unknown>;
  const classes = classCount(section);
  if (classes === undefined) return undefined;
  if (source === "letterforms" && Array.isArray(families)) {
    const images = FONT_STYLES.filter(({ family }) => families.includes(family)).length * classes;
    const used = typeof limit === "number" ? Math.min(limit, images) : images;
    return { smallest: Math.floor(used / classes), groups: families.length };
  }
  const parts = SOURCES.find(({ name }) => name === source)?.parts;
  if (parts === undefined) return undefined;
  const limits = (limit ?? {}) as Partial<Record<string, number>>;
  const images = Object.entries(parts)
    .reduce((sum, [part, { count }]) => sum + Math.min(count, limits[part] ?? count), 0);
  return { smallest: Math.floor(images / classes) };
}
