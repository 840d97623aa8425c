import assert from "node:assert/strict";
import { SplitParams, SplitSection } from "./params.ts";

Deno.test("nothing asked for is a split by the default ratios", () => {
  assert.deepEqual(SplitParams.parse({}), {
    published: false,
    group: false,
    seed: 1,
    allowDuplicates: false,
  });
});

Deno.test("a section leaves to the source whether its test set is its own", () => {
  assert.equal(SplitSection.parse({}).published, undefined);
  assert.equal(SplitSection.parse({ validation: 0.2 }).validation, 0.2);
  const { error } = SplitSection.safeParse({ validation: 0.2, published: false });
  assert.match(error!.message, /needs `folds` or `published`/);
});

Deno.test("ratios whose sum is off by rounding alone are taken", () => {
  const ratios = { train: 0.7, validation: 0.2, test: 0.1 };
  assert.deepEqual(SplitParams.parse({ ratios }).ratios, ratios);
});

Deno.test("what cannot be is refused at its place", () => {
  const ratios = { train: 0.8, validation: 0.1, test: 0.1 };
  const cases: [unknown, string, RegExp][] = [
    [
      { ratios: { train: 0.9, validation: 0.1, test: 0.2 } },
      "ratios",
      /^Cannot split dataset as the ratios must sum to 1: current sum is 1\.2$/,
    ],
    [{ ratios: { train: 1, validation: 0, test: 0 } }, "ratios.train", /in \(0, 1\), found 1/],
    [{ ratios: { train: 0.9, test: 0.1 } }, "ratios.validation", /expected number/],
    [{ ratios, folds: 5, fold: 1 }, "folds", /in two ways at once: ratios and folds/],
    [{ ratios, published: true }, "published", /two ways at once: ratios and published/],
    [{ folds: 3 }, "folds", /`fold: \{sweep: \[1, 2, 3\]\}`/],
    [{ folds: 3, fold: 4 }, "fold", /an integer from 1 to 3, the number of folds, found 4/],
    [{ fold: 1 }, "fold", /Cannot test on fold 1 as the number of folds is not given/],
    [{ folds: 1, fold: 1 }, "folds", /in \[2, 1000\], found 1/],
    [{ validation: 0.2 }, "validation", /needs `folds` or `published`/],
    [{ seed: -1 }, "seed", />=0/],
    [{ ratio: ratios }, "", /Unrecognized key: "ratio"/],
    [JSON.parse('{"__proto__": 1}'), "", /Unrecognized key: "__proto__"/],
  ];
  for (const [section, path, message] of cases) {
    const issues = SplitParams.safeParse(section).error?.issues ?? [];
    assert.ok(
      issues.some((issue) => issue.path.join(".") === path && message.test(issue.message)),
      `${JSON.stringify(section)}: ${JSON.stringify(issues)}`,
    );
  }
});
