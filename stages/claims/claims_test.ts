import assert from "node:assert/strict";
import { z } from "zod";
import type { JudgedClaims } from "../../data/artifacts/claims.ts";
import type { Comparison, Difference } from "../../data/artifacts/comparison.ts";
import { INTERVAL_METRICS, TEST_METRICS } from "../../data/artifacts/value_names.ts";
import type { StudyFacts } from "../../pipeline/stage.ts";
import { runStep } from "../../testing/run_step.ts";
import stage from "./stage.ts";

const facts: StudyFacts = {
  name: "study",
  study: { languages: ["fr", "en"] },
  models: ["adam", "lion"].map((name) => ({
    name,
    replicates: ["seed=1", "seed=2", "seed=3", "seed=4", "seed=5"],
    candidates: [""],
    sections: { evaluate: { alpha: 0.05, bootstrap: { confidence: 0.95 } } },
  })),
};

/** Adam minus Lion: 0.02 in accuracy, −0.5 … 4 in epochs. */
const differences = {
  accuracy: {
    difference: 0.02,
    low: -0.01,
    high: 0.05,
    perReplicate: [0.01, 0.02, 0.03, 0.02, 0.02],
  },
  bestEpoch: { difference: 4, low: null, high: null, perReplicate: [3, 1, 4, 2, 10] },
  overfitEpoch: { difference: null, low: null, high: null, perReplicate: [1, null, 2, 3, 4] },
} as unknown as Record<string, Difference>;

const comparison = {
  models: [
    {
      name: "adam",
      quantities: {
        accuracy: { mean: 0.9, low: 0.86, high: 0.94, perReplicate: [0.9, 0.9, 0.9, 0.9, 0.9] },
      },
    },
    { name: "lion", quantities: {} },
  ],
  pairs: [{ left: "adam", right: "lion", differences, pHolm: 0.03 }],
  values: {
    "adam.accuracy": 0.9,
    "lion.accuracy": 0.88,
    "adam.bestEpoch": 10,
    "lion.bestEpoch": 6,
    "adam.overfitEpoch": null,
    "lion.overfitEpoch": 3,
  },
} as unknown as Comparison;

const claimOf = (own: object) => ({ id: "claim", text: { fr: "…", en: "…" }, ...own });

async function judge(...claims: object[]) {
  const [{ step, params }] = stage.steps(stage.section.parse(claims.map(claimOf)), facts);
  const result = await runStep(step, params, { inputs: { comparison: { json: comparison } } });
  return result.json<JudgedClaims>("claims");
}

/** Verdict and reason of one comparison; `left relation right`. */
async function verdict(words: string, more: object = {}): Promise<string> {
  const [left, relation, right] = words.split(" ");
  const side = Number.isNaN(Number(right)) ? right : Number(right);
  const { claims: [{ comparisons: [own] }] } = await judge({
    left,
    relation,
    right: side,
    ...more,
  });
  return `${own.verdict}: ${own.reason}`;
}

Deno.test("claims on values alone", async () => {
  const cases: [words: string, margin: number, holds: boolean][] = [
    ["adam.accuracy greater lion.accuracy", 0, true],
    ["adam.accuracy greater lion.accuracy", 0.1, false],
    ["lion.accuracy atLeast adam.accuracy", 0, false],
    ["lion.accuracy atLeast adam.accuracy", 0.03, true],
    ["lion.bestEpoch less adam.bestEpoch", 3, true],
    ["lion.bestEpoch less adam.bestEpoch", 4, false],
    ["adam.bestEpoch atMost lion.bestEpoch", 4, true],
    ["adam.accuracy different lion.accuracy", 0, true],
    ["adam.accuracy atLeast 0.9", 0, true],
    ["adam.accuracy greater 0.9", 0, false],
    // 0.9 − 0.88 is 0.020000000000000018 in binary64.
    ["adam.accuracy greater lion.accuracy", 0.02, false],
    ["lion.accuracy atLeast adam.accuracy", 0.02, true],
  ];
  for (const [words, margin, holds] of cases) {
    const expected = holds ? "holds: values" : "does-not-hold: relation";
    assert.equal(await verdict(words, { margin }), expected, `${words} ${margin}`);
  }
  assert.equal(
    await verdict("adam.overfitEpoch less lion.overfitEpoch"),
    "does-not-hold: missing-value",
  );
});

Deno.test("claims by McNemar's test", async () => {
  const test = "mcnemar";
  assert.equal(
    await verdict("adam.accuracy greater lion.accuracy", { test }),
    "holds: significant",
  );
  assert.equal(await verdict("lion.accuracy less adam.accuracy", { test }), "holds: significant");
  assert.equal(
    await verdict("adam.accuracy different lion.accuracy", { test, alpha: 0.01 }),
    "not-significant: test",
  );
  assert.equal(
    await verdict("lion.accuracy greater adam.accuracy", { test }),
    "does-not-hold: relation",
  );
});

Deno.test("claims by the bootstrap interval, which has a margin and two directions", async () => {
  const test = "bootstrap";
  const cases: [words: string, margin: number, expected: string][] = [
    ["adam.accuracy greater lion.accuracy", 0, "not-significant: test"],
    ["adam.accuracy atLeast lion.accuracy", 0, "not-significant: test"],
    ["adam.accuracy atLeast lion.accuracy", 0.01, "holds: significant"],
    ["lion.accuracy atMost adam.accuracy", 0.01, "holds: significant"],
    ["lion.accuracy atLeast adam.accuracy", 0.03, "not-significant: test"],
    ["lion.accuracy atLeast adam.accuracy", 0.05, "holds: significant"],
    ["adam.accuracy greater 0.85", 0, "holds: significant"],
    ["adam.accuracy greater 0.87", 0, "not-significant: test"],
    ["adam.accuracy different 0.8", 0.05, "holds: significant"],
  ];
  for (const [words, margin, expected] of cases) {
    assert.equal(await verdict(words, { margin, test }), expected, `${words} ${margin}`);
  }
  const { claims: [{ comparisons: [own] }] } = await judge({
    left: "lion.accuracy",
    relation: "less",
    right: "adam.accuracy",
    test,
  });
  assert.deepEqual([own.low, own.high, own.p, own.alpha], [-0.05, 0.01, null, 0.05]);
});

Deno.test("claims by the sign-flip test over seeds", async () => {
  const test = "seeds";
  // All five differences have one sign: p = 1/32 one-sided and 1/16 two-sided.
  assert.equal(await verdict("lion.bestEpoch less adam.bestEpoch", { test }), "holds: significant");
  assert.equal(
    await verdict("lion.bestEpoch different adam.bestEpoch", { test }),
    "not-significant: test",
  );
  assert.equal(
    await verdict("adam.bestEpoch greater lion.bestEpoch", { test, margin: 2 }),
    "not-significant: test",
  );
  assert.equal(
    await verdict("adam.accuracy atLeast lion.accuracy", { test, margin: 0.001 }),
    "holds: significant",
  );
});

Deno.test("a claim of several comparisons gets the worst verdict", async () => {
  const holds = { left: "adam.accuracy", relation: "greater", right: "lion.accuracy" };
  const unsure = { ...holds, test: "mcnemar", alpha: 0.001 };
  const fails = { ...holds, relation: "less" };
  const { held, claims } = await judge(
    { id: "one", all: [holds, holds] },
    { id: "two", all: [holds, unsure] },
    { id: "three", all: [unsure, fails, holds] },
  );
  assert.equal(held, 1);
  assert.deepEqual(claims.map(({ verdict }) => verdict), [
    "holds",
    "not-significant",
    "does-not-hold",
  ]);
});

Deno.test("claims that cannot be tested are refused where they stand", () => {
  const greater = { left: "adam.accuracy", relation: "greater", right: "lion.accuracy" };
  const cases: [claim: object, path: string, message: RegExp][] = [
    [
      { ...greater, left: "adamw.accuracy" },
      "0.left",
      /such as adam.accuracy, of a model among .*, found adamw/,
    ],
    [
      { ...greater, left: "adam.f1" },
      "0.left",
      /expected adam\. and one of .*macroF1.*, found adam\.f1$/,
    ],
    [{ all: [greater, { ...greater, right: "lion.speed" }] }, "0.all.1.right", /no such value/],
    [{ ...greater, test: "mcnemar", margin: 0.1 }, "0.test", /knows no margin/],
    [{ ...greater, test: "mcnemar", relation: "atLeast" }, "0.test", /take bootstrap/],
    [{ ...greater, test: "mcnemar", right: 0.5 }, "0.test", /accuracies of two models/],
    [{ ...greater, test: "bootstrap", right: "adam.accuracy" }, "0.right", /two models/],
    [{ ...greater, test: "bootstrap", alpha: 0.01 }, "0.alpha", /evaluate.bootstrap.confidence/],
    [
      { ...greater, left: "adam.bestEpoch", right: "lion.bestEpoch", test: "bootstrap" },
      "0.test",
      /over test images, it knows accuracy/,
    ],
    [
      { ...greater, left: "adam.macroRocAuc", right: "lion.macroRocAuc", test: "bootstrap" },
      "0.test",
      /over test images, it knows accuracy, balancedAccuracy/,
    ],
    [{ ...greater, left: "evaluation.images", test: "seeds" }, "0.left", /quantities of models/],
    [{ ...greater, relation: "different", margin: 1, test: "seeds" }, "0.margin", /no margin/],
    [{ ...greater, text: { en: "…" } }, "0.text", /no text in "fr"/],
  ];
  for (const [claim, path, message] of cases) {
    const refuse = () => stage.steps(stage.section.parse([claimOf(claim)]), facts);
    assert.throws(refuse, (error) => {
      assert.ok(error instanceof z.ZodError);
      assert.equal(error.issues.length, 1, JSON.stringify(claim));
      assert.equal(error.issues[0].path.join("."), path);
      assert.match(error.issues[0].message, message);
      return true;
    });
  }
  const twice = stage.section.parse([claimOf(greater), claimOf(greater)]);
  assert.throws(() => stage.steps(twice, facts), /each claim's id once/);
  const single = { ...facts, models: facts.models.map((m) => ({ ...m, replicates: ["seed=1"] })) };
  const bySeeds = stage.section.parse([claimOf({ ...greater, test: "seeds" })]);
  assert.throws(() => stage.steps(bySeeds, single), /needs 2 to 20 replicates, found 1/);
});

Deno.test("claims may name every score of the evaluation", () => {
  const ask = (claim: object) => stage.steps(stage.section.parse([claimOf(claim)]), facts);
  for (const test of ["none", "seeds", "bootstrap"]) {
    for (const score of test === "bootstrap" ? INTERVAL_METRICS : TEST_METRICS) {
      const claim = { left: `adam.${score}`, relation: "greater", right: `lion.${score}`, test };
      assert.equal(ask(claim).length, 1, score);
    }
  }
});

Deno.test("no claim, no step", () => {
  assert.deepEqual(stage.steps(stage.section.parse(undefined), facts), []);
});
