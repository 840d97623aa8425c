/**
 * Random search of the study reader, drawn from the core's named streams.
 *
 * @module
 */
import { drawNumber } from "../../core/random/draw_number.ts";
import { hashText } from "../../core/random/hash_text.ts";
import { stream } from "../../core/random/stream.ts";
import type { DrawNumber } from "../study/mod.ts";

/**
 * Each number has a stream of its own, named by the search's seed, the parameter, the draw and the
 * attempt: more draws, or one more parameter, leave the others as they were.
 */
export const draw: DrawNumber = ({ seed, parameter, draw, attempt, ...range }) => {
  const [low, high] = hashText(parameter);
  const named = stream(seed, "search").sub(low + (high >>> 11) * 0x100000000);
  return drawNumber(named.sub(draw).sub(attempt), range);
};
