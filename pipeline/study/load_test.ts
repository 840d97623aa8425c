import assert from "node:assert/strict";
import { join } from "node:path";
import { loadStudy, MAX_STUDY_BYTES, parseStudy } from "./load.ts";
import { StudyError } from "./study_error.ts";

async function refusal(content: string | Uint8Array): Promise<string> {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "study.yaml");
  try {
    if (typeof content === "string") await Deno.writeTextFile(path, content);
    else await Deno.writeFile(path, content);
    await loadStudy(path);
  } catch (error) {
    if (error instanceof StudyError) return error.message.replace(path, "s.yaml");
    throw error;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  return "";
}

Deno.test("loadStudy() names the study after its folder", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(folder, "seeds"));
    const path = join(folder, "seeds", "study.yaml");
    // A byte order mark is no part of the text.
    await Deno.writeTextFile(path, "\uFEFFformat: 1\n");
    assert.equal((await loadStudy(path)).name, "seeds");
    assert.equal((await loadStudy(path, { name: "other" })).name, "other");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("loadStudy() refuses what is not a study file", async () => {
  const start = "(start with format: 1 and title: …)";
  assert.equal(await refusal(""), `s.yaml: cannot read the study as the file is empty ${start}`);
  assert.equal(
    await refusal("# later\n"),
    `s.yaml: cannot read the study as the file is empty ${start}`,
  );
  assert.equal(
    await refusal(new Uint8Array([0x66, 0xe9, 0x0a])),
    "s.yaml: cannot read the study as it is not UTF-8 (save the file as UTF-8)",
  );
  assert.match(await refusal("format: 1\0"), /^s\.yaml: .* contains a NUL character/);
  assert.equal(
    await refusal("#".repeat(MAX_STUDY_BYTES + 1)),
    "s.yaml: cannot read the study as it is larger than 262144 bytes: current size is 262145 " +
      "(a study file holds parameters; data belongs in a source)",
  );
  assert.match(await refusal("- format: 1\n"), /^s\.yaml:1:1: expected a map of sections/);
});

Deno.test("loadStudy() tells a file that is missing from one that is none", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await assert.rejects(loadStudy(join(folder, "none.yaml")), /there is no such study file$/);
    await assert.rejects(loadStudy(folder), /as this is not a file$/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("parseStudy() refuses formats that it does not know", () => {
  const refused = (text: string, message: RegExp) =>
    assert.throws(() => parseStudy(text, "s.yaml"), (error) => {
      assert.ok(error instanceof StudyError);
      assert.match(error.message, message);
      return true;
    });
  refused("title: A\n", /^s\.yaml:1:1: format: missing \(add the line format: 1\)$/);
  refused("fromat: 1\n", /^s\.yaml:1:1: format: missing \(did you mean it by fromat\?\)$/);
  refused("format: 2\n", /^s\.yaml:1:9: format: the study is of format 2, newer than 1 \(update/);
  refused("format: '1'\n", /^s\.yaml:1:9: format: expected 1, found "1"$/);
  refused("format: [1]\n", /^s\.yaml:1:9: format: expected 1, found a list$/);
});
