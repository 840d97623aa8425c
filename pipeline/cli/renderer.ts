/**
 * Chooses how a run is shown: live on a terminal, plain lines elsewhere, JSON lines for machines.
 *
 * @module
 */
import type { EventSink } from "../engine/events.ts";
import type { GlobalOptions } from "./project.ts";
import { jsonRenderer } from "./render/json.ts";
import { plainRenderer } from "./render/plain.ts";
import { standardErrorScreen, terminalRenderer } from "./render/terminal.ts";

/** Makes the renderer that the options and the terminal call for. */
export function makeRenderer(options: GlobalOptions): { sink: EventSink; close: () => void } {
  if (options.json) return { sink: jsonRenderer(), close: () => {} };
  if (Deno.stderr.isTerminal() && Deno.env.get("CI") === undefined) {
    return terminalRenderer(standardErrorScreen(), options.verbose);
  }
  return { sink: plainRenderer((line) => console.error(line), options.verbose), close: () => {} };
}
