import assert from "node:assert/strict";
import type { EngineEvent } from "../../engine/events.ts";
import { terminalRenderer } from "./terminal.ts";

Deno.test("the live view tells the time left once a few nodes were computed, and cleans up", () => {
  let text = "";
  const { sink, close } = terminalRenderer({ write: (part) => text += part, columns: () => 80 });
  const send = (event: Partial<EngineEvent>) => sink({ study: "s", ...event } as EngineEvent);
  send({ type: "run.started", nodes: 20, jobs: 1 });
  for (let i = 0; i < 10; i++) send({ type: "node.cached", node: `c${i}` });
  for (let i = 0; i < 5; i++) {
    send({ type: "node.started", node: `n${i}`, reasons: [] });
    send({ type: "node.finished", node: `n${i}`, seconds: 1, sameAsBefore: false });
  }
  // One computed node tells too little, and cached ones nothing at all.
  assert.match(text, /11\/20 nodes {2}0\.\d s\n/);
  assert.match(text, /15\/20 nodes {2}0\.\d s, about 0\.\d s left/);
  close();
  // deno-lint-ignore no-control-regex -- the sequence that erases is what is looked for.
  assert.match(text, /\x1b\[\d+A\x1b\[J$/);
});
