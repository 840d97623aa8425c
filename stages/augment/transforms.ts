import flip from "./flip.ts";
import quarterTurn from "./quarter_turn.ts";
import rotation from "./rotation.ts";
import shift from "./shift.ts";
import type { Transform } from "./transform.ts";

/**
 * Every transformation, in the order in which they are made. Each draws from a stream of its own,
 * by its place here: a new one goes to the end of this list.
 */
export const TRANSFORMS: readonly Transform[] = [flip, quarterTurn, shift, rotation];
