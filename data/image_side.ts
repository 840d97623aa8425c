import { SOURCES } from "./sources.ts";

/**
 * The shorter side in pixels of the images of a study's section `data`, as far as the section itself
 * tells: `undefined` where only the files do.
 *
 * @param section The section as its stage resolved it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * assert.equal(imageSide({ source: "letterforms", size: 32 }), 32);
 * assert.equal(imageSide({ source: "mnist" }), 28);
 * assert.equal(imageSide({ source: "elsewhere" }), undefined);
 * ```
 */
export function imageSide(section: unknown): number | undefined {
  const { source, size } = (section ?? {}) as { source?: unknown; size?: unknown };
  if (source === "letterforms") return typeof size === "number" ? size : undefined;
  const shape = SOURCES.find(({ name }) => name === source)?.shape;
  return shape && Math.min(shape.height, shape.width);
}
