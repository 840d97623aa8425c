/**
 * Events as plain lines, for logs and CI.
 *
 * @module
 */
import type { EngineEvent, EventSink } from "../../engine/events.ts";
import { formatReason } from "../../engine/explain.ts";
import { formatSeconds, plural } from "./format.ts";

/** How many reasons a line names before it counts the rest. */
const MOST_REASONS = 2;

/** One line per node that runs; nothing for those that are cached. */
export function plainRenderer(write: (line: string) => void, verbose = false): EventSink {
  let finished = 0;
  let total = 0;
  let unavailable = 0;
  /** What several nodes say alike is written once. */
  const noted = new Set<string>();
  return (event: EngineEvent) => {
    switch (event.type) {
      case "run.started":
        finished = 0;
        unavailable = 0;
        noted.clear();
        total = event.nodes;
        write(
          `${event.study}: ${plural(event.nodes, "node")} on ${plural(event.jobs, "core")}`,
        );
        break;
      case "node.cached":
        finished++;
        break;
      case "node.started":
        if (verbose) {
          write(`  start ${event.node} (${event.reasons.map(formatReason).join("; ")})`);
        }
        break;
      case "node.waiting":
        write(
          `  wait  ${event.node}: process ${event.owner.pid} on ${event.owner.host} computes it`,
        );
        break;
      case "node.note":
        if (!verbose && noted.has(event.message)) break;
        noted.add(event.message);
        write(`  note  ${event.node}: ${event.message}`);
        break;
      case "node.finished": {
        finished++;
        const threads = event.threads > 1 ? ` on ${event.threads} cores` : "";
        const same = event.sameAsBefore ? ", same result as before" : "";
        write(
          `  done  ${event.node} (${
            formatSeconds(event.seconds)
          }${threads}${same}) ${finished}/${total}`,
        );
        break;
      }
      case "artifact.damaged":
        write(
          `  mend  ${event.node}: an input was damaged (${event.digest.slice(0, 12)}); it is ` +
            `set aside and computed again`,
        );
        break;
      case "node.failed":
        if (event.kind === "UnavailableError") {
          unavailable++;
          write(`  skip  ${event.node}: its data is not at hand`);
          break;
        }
        write(`  FAIL  ${event.message}`);
        if (verbose && event.detail !== "") write(event.detail.replace(/^/gm, "        "));
        break;
      case "run.finished":
        write(
          unavailable > 0 && unavailable === event.failed ? skippedLine(event) : summaryLine(event),
        );
        break;
    }
  };
}

/** The line that ends a study's run. */
export function summaryLine(event: Extract<EngineEvent, { type: "run.finished" }>): string {
  const parts = [`${event.computed} run`, `${event.cached} cached`];
  if (event.failed > 0) parts.push(`${event.failed} failed`);
  if (event.blocked > 0) parts.push(`${event.blocked} not run, as what they read failed`);
  return `${event.study}: ${parts.join(", ")} in ${formatSeconds(event.seconds)}`;
}

/** The same for a study whose data is not at hand: nothing failed, and nothing is lost. */
function skippedLine(event: Extract<EngineEvent, { type: "run.finished" }>): string {
  return `${event.study}: skipped after ${formatSeconds(event.seconds)}, ${event.cached} cached`;
}

/** Reasons in short, for one line. */
export function shortReasons(reasons: Parameters<typeof formatReason>[0][]): string {
  const named = reasons.slice(0, MOST_REASONS).map(formatReason).join("; ");
  const rest = reasons.length - MOST_REASONS;
  return rest > 0 ? `${named}; and ${rest} more` : named;
}
