import { createReferenceCore } from "../../reference/core.ts";
import type { CoreUnderTest } from "../../testing/core_under_test.ts";
import type { TfjsBackend } from "../backend.ts";
import { createTfjsCore } from "../core.ts";

/**
 * The core on a backend as the contract suite takes it.
 *
 * The tolerance is for what the suite computes. Sums of a thousand products of normal numbers need
 * most of the absolute part, as each core adds in an order of its own; the relative part is for
 * devices whose exponentials are right to a few units in the last place.
 */
export function subject(backend: TfjsBackend): CoreUnderTest {
  return {
    name: `tfjs (${backend})`,
    create: () => createTfjsCore({ backend }),
    reference: createReferenceCore,
    tolerance: { absolute: 2e-5, relative: 1e-5 },
  };
}
