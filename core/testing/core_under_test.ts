import type { Core } from "../ops.ts";
import type { Tolerance } from "./arrays.ts";

/** A core under test. */
export interface CoreUnderTest {
  /** For the tests' names. */
  name: string;
  create: () => Promise<Core>;
  /** What it must equal to the bit, or within its tolerance. */
  reference: () => Core;
  /** For a second opinion only, whose arithmetic is its own. Default: none, to the bit. */
  tolerance?: Tolerance;
}
