import assert from "node:assert/strict";
import { alignMeasured, fillMeasured, sameButMeasured } from "./measured.ts";

const COST = {
  stages: [{ stage: "train", nodes: 90, seconds: "81.2", peakMiB: 140 }],
  machines: ["linux x86_64, 2 cores"],
};
const BARE = "# Note\n<!-- measured:start -->\n\nTimes vary.\n\n<!-- measured:end -->\nend\n";

for (const path of ["note.md", "note.html"]) {
  Deno.test(`what is measured is filled in and accepted in ${path}`, () => {
    const filled = fillMeasured(path, BARE, "en", COST);
    assert.match(filled, /81\.2/);
    assert(sameButMeasured(filled, BARE));
    assert.deepEqual(alignMeasured(path, filled, BARE, "en"), { text: filled });
    // Other times are fine too.
    const later = filled.replace("81.2", "79.0");
    assert.deepEqual(alignMeasured(path, later, BARE, "en"), { text: later });
  });

  Deno.test(`what is measured is written as French has it in ${path}`, () => {
    const filled = fillMeasured(path, BARE, "fr", COST);
    assert.match(filled, /Secondes[^]*81,2[^]*\(linux x86_64, 2 cœurs\)/);
    assert.deepEqual(alignMeasured(path, filled, BARE, "fr"), { text: filled });
    const english = filled.replace("81,2", "81.2");
    assert.match(alignMeasured(path, english, BARE, "fr").problem ?? "", /not a time/);
  });

  Deno.test(`nothing else hides in a measured block of ${path}`, () => {
    const filled = fillMeasured(path, BARE, "en", COST);
    for (
      const [before, after] of [["Times vary", "AdamW wins"], ["train", "train <b>"], ["90", "x"]]
    ) {
      const { problem } = alignMeasured(path, filled.replace(before!, after!), BARE, "en");
      assert.match(problem ?? "", /not a time or a machine/, `${before} → ${after}`);
    }
  });
}

Deno.test("a change outside the block is one", () => {
  assert(!sameButMeasured(BARE, BARE.replace("end\n", "END\n")));
});
