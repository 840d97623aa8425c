import assert from "node:assert/strict";
import { TextLineStream } from "./lines.ts";
import { decodeMessage, encodeMessage, type NodeMessage } from "./protocol.ts";

const MESSAGE: NodeMessage = { type: "note", message: "a\nb\x1ec" };

async function linesOf(pieces: string[]): Promise<string[]> {
  return await Array.fromAsync(ReadableStream.from(pieces).pipeThrough(new TextLineStream()));
}

Deno.test("a message is found after what was printed without a line feed", async () => {
  const lines = await linesOf([
    "loading… 10%",
    ` 20%${encodeMessage(MESSAGE)}`,
    "no message\n",
    "x",
  ]);
  assert.deepEqual(lines.map(decodeMessage), [MESSAGE, undefined, undefined]);
});

Deno.test("lines come whole, however they are cut into pieces", async () => {
  const text = "one\n\nthree\nfour";
  assert.deepEqual(await linesOf([text]), text.split("\n"));
  assert.deepEqual(await linesOf([...text]), text.split("\n"));
});

Deno.test("a line without end does not fill the memory", async () => {
  const piece = "x".repeat(1 << 22);
  const lines = await linesOf([...Array<string>(20).fill(piece), encodeMessage(MESSAGE)]);
  assert.equal(lines.length, 1);
  assert(lines[0]!.length < 15 * piece.length);
  assert.deepEqual(decodeMessage(lines[0]!), MESSAGE);
});
