/**
 * Events as JSON lines, for machines.
 *
 * @module
 */
import type { EngineEvent, EventSink } from "../../engine/events.ts";

/** Writes each event as one line on standard output. */
export function jsonRenderer(): EventSink {
  const encoder = new TextEncoder();
  return (event: EngineEvent) => {
    const line = encoder.encode(
      JSON.stringify({ time: new Date().toISOString(), ...event }) + "\n",
    );
    for (let at = 0; at < line.length;) at += Deno.stdout.writeSync(line.subarray(at));
  };
}
