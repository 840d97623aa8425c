/** What `verify` sees, on a copy of the project: one change at a time. */
import assert from "node:assert/strict";
import { ProjectCopy } from "../../testing/project_copy.ts";
import { SMALLEST_STUDY } from "../../testing/studies.ts";
import { CLAIMS_DIFFER, DIFFERENT, DONE, USAGE } from "./exit_codes.ts";

/** The study with a claim, so that the lock holds a verdict. */
const STUDY = SMALLEST_STUDY + `claims:
  - id: learns
    text: It beats chance
    left: model.accuracy
    relation: greater
    right: 0.01
`;

/** Replaces the last digit of the first match of a pattern by another. */
function changeDigit(text: string, pattern: RegExp): string {
  const match = text.match(pattern);
  assert(match?.index !== undefined, `${pattern} is not there`);
  const at = match.index + match[0].search(/\d(?=\D*$)/);
  const digit = text[at] === "7" ? "8" : "7";
  return text.slice(0, at) + digit + text.slice(at + 1);
}

Deno.test("verify names what was changed and exits with 3", async (test) => {
  using copy = ProjectCopy.make({ smallest: STUDY });
  const made = await copy.run(["run"]);
  assert.equal(made.code, DONE, made.stderr);

  /** Makes a change, verifies, and takes the change back. */
  const after = async (path: string, change: (text: string) => string, args: string[] = []) => {
    const before = copy.read(path);
    copy.write(path, change(before));
    const lock = copy.read("lock.json");
    const { code, stdout } = await copy.run(["verify", ...args]);
    assert.equal(copy.read("lock.json"), lock, "verify wrote the lock");
    copy.write(path, before);
    return { code, stdout };
  };
  const same = (text: string) => text;

  await test.step("nothing was changed", async () => {
    const { code, stdout } = await after("lock.json", same);
    assert.equal(code, DONE, stdout);
    assert.match(stdout, /all equal/);
  });

  await test.step("a digit of an output's digest in the lock", async () => {
    const { code, stdout } = await after(
      "lock.json",
      (text) => changeDigit(text, /"history": "[0-9a-f]*\d/),
    );
    assert.equal(code, DIFFERENT);
    assert.match(stdout, /train\.fit.*history/);
  });

  await test.step("a digit of a key in the lock", async () => {
    const { code, stdout } = await after(
      "lock.json",
      (text) => changeDigit(text, /"key": "[0-9a-f]*\d/),
    );
    assert.equal(code, DIFFERENT);
    assert.match(stdout, /key: lock\.json has/);
  });

  await test.step("a digit of a tool's version in the lock", async () => {
    const { code, stdout } = await after(
      "lock.json",
      (text) => changeDigit(text, /"deno": "[\d.]*\d/),
    );
    assert.equal(code, DIFFERENT);
    assert.match(stdout, /tool deno: lock\.json has/);
  });

  await test.step("a page that the note has not", async () => {
    copy.write("reports/smallest/note.xx.md", "# Old\n");
    const { code, stdout } = await after("lock.json", same);
    Deno.removeSync(copy.path("reports/smallest/note.xx.md"));
    assert.equal(code, DIFFERENT);
    assert.match(stdout, /note\.xx\.md is no part of the note/);
  });

  await test.step("a digit of the note", async () => {
    const { code, stdout } = await after(
      "reports/smallest/note.md",
      (text) => changeDigit(text, /0\.\d{2,}/),
    );
    assert.equal(code, DIFFERENT);
    assert.match(stdout, /reports\/smallest\/note\.md, line \d+, column \d+: /);
  });

  await test.step("a digit of a table", async () => {
    const table = [...Deno.readDirSync(copy.path("reports/smallest/tables"))][0]!.name;
    const path = `reports/smallest/tables/${table}`;
    const { code, stdout } = await after(path, (text) => changeDigit(text, /\d/));
    assert.equal(code, DIFFERENT);
    assert(stdout.includes(`${path}, line `), stdout);
  });

  await test.step("a digit of a figure", async () => {
    const figure = [...Deno.readDirSync(copy.path("reports/smallest/figures"))]
      .map((entry) => entry.name).filter((name) => name.startsWith("loss-curves."))
      .find((name) => name.endsWith(".svg"))!;
    const path = `reports/smallest/figures/${figure}`;
    const { code, stdout } = await after(path, (text) => changeDigit(text, /\d+\.\d+/));
    assert.equal(code, DIFFERENT);
    assert(stdout.includes(`${path}, line `), stdout);
  });

  await test.step("a kernel's constant", async () => {
    const { code, stdout } = await after(
      "core/wasm/assembly/elementary.ts",
      (text) => text.replace("0.0416666679084301", "0.0418"),
    );
    assert.equal(code, DIFFERENT);
    assert.match(stdout, /core\/wasm\/core\.wasm.*elementary\.ts/);
  });

  await test.step("a metric's formula: node, file, line and column", async () => {
    const { code, stdout } = await after(
      "core/metrics/accuracy.ts",
      (text) => text.replace("return ", "return 0.5 * "),
    );
    assert.equal(code, DIFFERENT);
    assert.match(stdout, /evaluate\.model.*metrics: line \d+, column \d+/);
  });

  await test.step("a learning rate: array, index and ULPs", async () => {
    const { code, stdout } = await after(
      "reports/smallest/study.yaml",
      (text) => text.replace("epochs: 2", "epochs: 2, learningRate: 0.0011"),
    );
    assert.equal(code, DIFFERENT);
    assert.match(stdout, /train\.fit.*weights: array \w+, index \[\d+(, \d+)?\]: .*ULPs/);
  });

  await test.step("a verdict, with --claims", async () => {
    const change = (text: string) => text.replace('"learns": "holds"', '"learns": "does-not-hold"');
    assert.equal((await after("lock.json", change, ["--claims"])).code, CLAIMS_DIFFER);
    assert.equal((await after("lock.json", change)).code, DIFFERENT);
  });

  await test.step("a lock that is none, or of a newer format, is refused", async () => {
    for (
      const change of [() => "{", (text: string) => text.replace('"format": 1', '"format": 2')]
    ) {
      assert.equal((await after("lock.json", change)).code, USAGE);
    }
  });
});
