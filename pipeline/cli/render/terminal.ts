/**
 * Events as a live view on a terminal: finished nodes scroll by, below them a bar for the study and
 * a line for each running node with its rate and the time left.
 *
 * @module
 */
import type { EngineEvent, EventSink } from "../../engine/events.ts";
import { formatRate, formatSeconds } from "./format.ts";
import { plainRenderer } from "./plain.ts";

const REDRAW_MS = 80;
const BAR_WIDTH = 24;
/** Computed nodes from which the time left is guessed. */
const FEW_NODES = 5;

interface Running {
  started: number;
  phase: string;
  progress?: { done: number; total: number; unit: string };
}

/** Where the view is drawn. */
export interface Screen {
  write(text: string): void;
  columns(): number;
}

/** The standard error stream as a screen. */
export function standardErrorScreen(): Screen {
  const encoder = new TextEncoder();
  return {
    write: (text) => void Deno.stderr.writeSync(encoder.encode(text)),
    columns: () => Deno.consoleSize().columns,
  };
}

/** A renderer with a live view; call `close` when no more events come. */
export function terminalRenderer(
  screen: Screen,
  verbose = false,
): { sink: EventSink; close: () => void } {
  const running = new Map<string, Running>();
  let study = "";
  let total = 0;
  let done = 0;
  let began = performance.now();
  let computed = 0;
  let drawn = 0;
  let last = 0;

  const erase = () => {
    if (drawn > 0) screen.write(`\x1b[${drawn}A\x1b[J`);
    drawn = 0;
  };
  const line = (text: string) => {
    erase();
    screen.write(`${text}\n`);
  };
  const elapsed = () => (performance.now() - began) / 1000;
  // Nodes differ, so a guess needs a few; cached ones take no time and tell nothing.
  const timeLeft = () =>
    computed < FEW_NODES
      ? ""
      : `, about ${formatSeconds((total - done) * elapsed() / computed)} left`;
  const plain = plainRenderer(line, verbose);
  const draw = () => {
    erase();
    if (total === 0) return;
    const width = Math.max(20, screen.columns() - 1);
    const lines = [
      `${bar(done / total)} ${study} ${done}/${total} nodes  ${
        formatSeconds(elapsed())
      }${timeLeft()}`,
      ...[...running].map(([node, state]) => `  ${node}  ${describe(state)}`),
    ].map((text) => [...text].slice(0, width).join(""));
    screen.write(lines.join("\n") + "\n");
    drawn = lines.length;
    last = performance.now();
  };

  const sink = (event: EngineEvent) => {
    switch (event.type) {
      case "run.started":
        study = event.study;
        total = event.nodes;
        done = 0;
        computed = 0;
        began = performance.now();
        running.clear();
        break;
      case "node.started":
        running.set(event.node, { started: performance.now(), phase: "starting" });
        break;
      case "node.phase":
        update(event.node, (state) => state.phase = event.phase);
        break;
      case "node.progress":
        update(event.node, (state) => state.progress = event);
        break;
      case "node.finished":
        computed++;
        running.delete(event.node);
        done++;
        break;
      case "node.failed":
      case "node.cached":
      case "node.blocked":
        running.delete(event.node);
        done++;
        break;
      case "run.finished":
        total = 0;
        erase();
        break;
    }
    plain(event);
    if (total > 0 && (drawn === 0 || performance.now() - last > REDRAW_MS)) draw();
  };

  function update(node: string, change: (state: Running) => void) {
    const state = running.get(node);
    if (state !== undefined) change(state);
  }

  return { sink, close: erase };
}

function bar(share: number): string {
  const filled = Math.round(share * BAR_WIDTH);
  return "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
}

function describe(state: Running): string {
  const { progress } = state;
  if (progress === undefined || state.phase !== "computing" || progress.done === 0) {
    return state.phase;
  }
  const seconds = (performance.now() - state.started) / 1000;
  const rate = progress.done / seconds;
  const left = (progress.total - progress.done) / rate;
  const amount = progress.unit === "B"
    ? `${Math.round(100 * progress.done / progress.total)} %`
    : `${progress.done}/${progress.total} ${progress.unit}`;
  return `${amount}  ${formatRate(rate, progress.unit)}  ${formatSeconds(left)} left at most`;
}
