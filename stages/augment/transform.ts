import type { z } from "zod";
import type { Random } from "../../core/random/stream.ts";

/** One image, row by row. */
export interface Image {
  height: number;
  width: number;
  /** 1 for grey, 3 for RGB. */
  channels: number;
  pixels: Uint8Array;
}

/** A random change of one image that leaves its class as it is. */
export interface Transform<P extends z.ZodType = z.ZodType> {
  /** Its key in the study's section. */
  name: string;
  /** Shape of that key's value. */
  range: P;
  /**
   * Draws a change in the range and makes it.
   *
   * @returns New pixels, in the same layout.
   * @throws {RangeError} if images of this size cannot be changed so.
   */
  apply(image: Image, range: z.output<P>, random: Random): Uint8Array;
}

/** Declares a transformation; only here for its type inference. */
export function defineTransform<P extends z.ZodType>(transform: Transform<P>): Transform<P> {
  return transform;
}
