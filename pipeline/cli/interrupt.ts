/**
 * The first interrupt ends a run in order; a second one ends it at once.
 *
 * @module
 */
import { INTERRUPTED } from "./exit_codes.ts";

/** A signal that aborts at the first SIGINT or SIGTERM. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = () => {
    if (controller.signal.aborted) Deno.exit(INTERRUPTED);
    controller.abort();
  };
  Deno.addSignalListener("SIGINT", stop);
  Deno.addSignalListener("SIGTERM", stop);
  return controller.signal;
}
