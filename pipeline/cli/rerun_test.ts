/** Which nodes run after which change, on a copy of the project. */
import assert from "node:assert/strict";
import { ProjectCopy } from "../../testing/project_copy.ts";
import { SMALL_STUDY } from "../../testing/studies.ts";

/** Runs the study and returns the ids of the nodes that were computed, in order of their names. */
async function computed(copy: ProjectCopy): Promise<string[]> {
  const { code, stdout, stderr } = await copy.run(["run", "--json"]);
  assert.equal(code, 0, stderr + stdout);
  return stdout.trim().split("\n").map((line) => JSON.parse(line))
    .filter((event) => event.type === "node.finished").map((event) => event.node).sort();
}

/** A coefficient of the exponential. */
const KERNEL = {
  path: "core/wasm/assembly/elementary.ts",
  before: "0.0416666679084301",
  after: "0.0418",
};

const LION = [
  "evaluate.model[lion, seed=1]",
  "evaluate.model[lion, seed=2]",
];

Deno.test("only what depends on a change is computed again", async (test) => {
  using copy = ProjectCopy.make({ small: SMALL_STUDY });
  const all = await computed(copy);

  await test.step("nothing changed: nothing runs", async () => {
    assert.deepEqual(await computed(copy), []);
  });

  await test.step("a comment, a type or layout in any source: nothing runs", async () => {
    for (
      const path of [
        "core/random/stream.ts",
        "data/formats/csv.ts",
        "stages/train/fit.ts",
        "stages/evaluate/model.ts",
        "stages/report/note.ts",
        "pipeline/engine/node_main.ts",
        "pipeline/stage.ts",
      ]
    ) {
      copy.write(path, `// A remark.\n${copy.read(path)}\ninterface Unused {\n  x: number;\n}\n`);
    }
    copy.write("reports/small/study.yaml", `# A remark.\n${SMALL_STUDY}`);
    assert.deepEqual(await computed(copy), []);
  });

  await test.step("a comment in a kernel: compiled anew, and nothing runs", async () => {
    const path = "core/wasm/assembly/gemm.ts";
    copy.write(path, `// A remark.\n${copy.read(path)}`);
    assert.deepEqual(await computed(copy), []);
  });

  await test.step("a learning rate of one optimiser: its training and what reads it", async () => {
    copy.edit("reports/small/study.yaml", "[0.0003, 0.001]", "[0.0003, 0.002]");
    assert.deepEqual(
      await computed(copy),
      [
        ...LION,
        "claims.judge",
        "evaluate.compare",
        "report.note",
        "train.fit[lion, seed=1, learningRate=0.002]",
        "train.fit[lion, seed=2, learningRate=0.002]",
        "train.pick[lion, seed=1]",
        "train.pick[lion, seed=2]",
        "train.select[lion]",
      ].sort(),
    );
  });

  await test.step("a helper of evaluate that changes its output: evaluate and report", async () => {
    copy.edit(
      "core/metrics/accuracy.ts",
      "return ",
      "return 0.5 * ",
    );
    const ran = await computed(copy);
    assert.deepEqual(
      ran,
      all.filter((node) => /^(evaluate|claims|report)\./.test(node)),
    );
  });

  await test.step("a helper of evaluate that leaves its output alone stops there", async () => {
    const path = "core/metrics/accuracy.ts";
    copy.write(path, `${copy.read(path)}\nexport const UNUSED = 1;\n`);
    const ran = await computed(copy);
    assert(ran.length > 0);
    assert.deepEqual(ran.filter((node) => !/^(evaluate|claims)\./.test(node)), []);
  });

  await test.step("a kernel: what computes with it, and what reads that", async () => {
    copy.edit(KERNEL.path, KERNEL.before, KERNEL.after);
    const ran = await computed(copy);
    const early = ran.filter((node) => /^(data|split|embed)\./.test(node));
    assert.deepEqual(early, []);
    assert.deepEqual(
      all.filter((node) => node.startsWith("train.fit")).length,
      ran.filter((node) => node.startsWith("train.fit")).length,
    );
    assert(ran.includes("report.note"));
  });
});
