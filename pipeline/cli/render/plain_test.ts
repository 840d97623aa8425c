import assert from "node:assert/strict";
import type { EngineEvent } from "../../engine/events.ts";
import { plainRenderer } from "./plain.ts";

function lines(...events: Partial<EngineEvent>[]): string[] {
  const written: string[] = [];
  const sink = plainRenderer((line) => written.push(line));
  for (const event of events) sink({ study: "s", ...event } as EngineEvent);
  return written;
}

const END = { type: "run.finished", computed: 0, cached: 2, failed: 1, blocked: 5, seconds: 3 };

Deno.test("a study whose data is not at hand is skipped, not failed", () => {
  const skipped = lines(
    { type: "run.started", nodes: 8, jobs: 2 },
    { type: "node.failed", node: "data.idx", kind: "UnavailableError", message: "m", detail: "" },
    END as Partial<EngineEvent>,
  );
  assert.deepEqual(skipped.slice(1), [
    "  skip  data.idx: its data is not at hand",
    "s: skipped after 3.0 s, 2 cached",
  ]);
  const failed = lines(
    { type: "node.failed", node: "data.idx", kind: "StepError", message: "m", detail: "" },
    END as Partial<EngineEvent>,
  );
  assert.deepEqual(failed, [
    "  FAIL  m",
    "s: 0 run, 2 cached, 1 failed, 5 not run, as what they read failed in 3.0 s",
  ]);
});

Deno.test("what several nodes say alike is written once, unless all is asked for", () => {
  const lines = (verbose: boolean) => {
    const written: string[] = [];
    const send = plainRenderer((line) => written.push(line), verbose);
    for (const node of ["a", "b"]) send({ type: "node.note", study: "s", node, message: "on GPU" });
    send({ type: "node.note", study: "s", node: "b", message: "diverged" });
    return written.map((line) => line.trim());
  };
  assert.deepEqual(lines(false), ["note  a: on GPU", "note  b: diverged"]);
  assert.equal(lines(true).length, 3);
});
