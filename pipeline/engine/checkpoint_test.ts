import assert from "node:assert/strict";
import { join } from "node:path";
import { openCheckpoint } from "./checkpoint.ts";

const bytes = new TextEncoder().encode("a training between two epochs");

Deno.test("a checkpoint comes back as it was written, and half of one is none", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    const checkpoint = openCheckpoint({ folder, seconds: 0 });
    assert.equal(await checkpoint.read(), undefined);
    await checkpoint.write(bytes);
    assert.deepEqual(await openCheckpoint({ folder, seconds: 0 }).read(), bytes);
    const [{ name }] = [...Deno.readDirSync(folder)];
    const whole = Deno.readFileSync(join(folder, name));
    Deno.writeFileSync(join(folder, name), whole.subarray(0, whole.length - 1));
    assert.equal(await checkpoint.read(), undefined, "cut short");
    Deno.writeFileSync(join(folder, name), whole.map((byte, i) => i === 70 ? byte ^ 1 : byte));
    assert.equal(await checkpoint.read(), undefined, "one bit is another");
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("a checkpoint is due when the last one is long enough ago", async () => {
  const folder = Deno.makeTempDirSync();
  try {
    assert.equal(openCheckpoint({ folder, seconds: 0 }).isDue(), true);
    const later = openCheckpoint({ folder, seconds: 3600 });
    assert.equal(later.isDue(), false);
    await later.write(bytes);
    assert.equal(later.isDue(), false);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("a step that does not say that it keeps one may keep none", () => {
  const none = openCheckpoint();
  for (const use of [() => none.isDue(), () => none.read(), () => none.write(bytes)]) {
    assert.throws(use, { name: "TypeError", message: /does not declare `checkpointed`/ });
  }
});
