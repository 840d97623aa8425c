/**
 * Splits a stream of text into its lines.
 *
 * @module
 */

/** Characters of a line that are kept, its last ones: what a step prints must not fill the memory. */
const MOST = 1 << 24;

/** A transform from pieces of text to lines without their line feed. */
export class TextLineStream extends TransformStream<string, string> {
  constructor() {
    let rest = "";
    super({
      transform(piece, controller) {
        const lines = piece.split("\n");
        lines[0] = rest + lines[0];
        rest = lines.pop()!;
        if (rest.length > 2 * MOST) rest = rest.slice(-MOST);
        for (const line of lines) controller.enqueue(line);
      },
      flush(controller) {
        if (rest !== "") controller.enqueue(rest);
      },
    });
  }
}
