import { z } from "zod";

/** The ratios where a study gives none. */
export const DEFAULT_RATIOS = { train: 0.8, validation: 0.1, test: 0.1 } as const;

/** Share of the images outside of the test set that are for validation where a study gives none. */
export const DEFAULT_VALIDATION = 0.1;

const ratioError = ({ input }: { input?: unknown }) =>
  input === undefined ? undefined : `expected a number in (0, 1), found ${input}`;
const Ratio = z.number({ error: ratioError }).gt(0, { error: ratioError })
  .lt(1, { error: ratioError });

const foldError = ({ input }: { input?: unknown }) =>
  `expected an integer from 1 to the number of folds, found ${input}`;
const foldsError = ({ input }: { input?: unknown }) =>
  `expected an integer in [2, 1000], found ${input}`;
const Folds = z.int({ error: foldsError }).min(2, { error: foldsError })
  .max(1000, { error: foldsError });

const Ratios = z.strictObject({
  train: Ratio.describe("Share of the images to learn from."),
  validation: Ratio.describe("Share of the images to choose by."),
  test: Ratio.describe("Share of the images to measure on."),
}).check(({ value, issues }) => {
  const sum = value.train + value.validation + value.test;
  if (Math.abs(sum - 1) <= 1e-9) return;
  issues.push({
    code: "custom",
    input: value,
    message: "Cannot split dataset as the ratios must sum to 1: " +
      `current sum is ${Number(sum.toPrecision(12))}`,
  });
});

const shape = {
  ratios: Ratios.optional()
    .describe("Shares of the three partitions; 0.8, 0.1 and 0.1 where nothing else is asked."),
  folds: Folds.optional().describe(
    "Instead of ratios: cross-validation with so many folds, in [2, 1000], each the test set of one " +
      "replicate.",
  ),
  fold: z.int({ error: foldError }).min(1, { error: foldError }).optional()
    .describe("With folds: the one fold to test on, from 1, or `{sweep: [1, 3]}`; all by default."),
  validation: Ratio.optional()
    .describe("With folds or published: share of the other images for validation; 0.1."),
  group: z.boolean().default(false)
    .describe("Keep images of one group in one partition."),
  seed: z.int().min(0).default(1).describe("Seed of the random order."),
  allowDuplicates: z.boolean().default(false)
    .describe("Only report equal images in two partitions, which are an error otherwise."),
};

/** What a check sees of params or of a section. */
type Asked = z.output<z.ZodObject<typeof shape>> & { published?: boolean };

function checkWays({ value, issues }: z.core.ParsePayload<Asked>): void {
  const { ratios, folds, fold, published, validation } = value;
  const refuse = (path: string, message: string) =>
    issues.push({ code: "custom", input: value, path: [path], message });
  const ways = Object.entries({ ratios, folds, published: published || undefined })
    .filter(([, value]) => value !== undefined).map(([name]) => name);
  if (ways.length > 1) {
    refuse(ways[1]!, `Cannot split dataset in two ways at once: ${ways.join(" and ")}`);
  }
  if (Folds.safeParse(folds).success && fold === undefined) {
    const all = Array.from({ length: Math.min(folds!, 100) }, (_, i) => i + 1);
    refuse("folds", `Say which fold is the test set: \`fold: {sweep: [${all.join(", ")}]}\``);
  }
  if (fold !== undefined && (folds === undefined || fold > folds)) {
    refuse(
      "fold",
      folds === undefined
        ? `Cannot test on fold ${fold} as the number of folds is not given: give \`folds\` too`
        : `expected an integer from 1 to ${folds}, the number of folds, found ${fold}`,
    );
  }
  // Where a section leaves open what the source decides, the params are checked once more.
  if (validation !== undefined && folds === undefined && published === false) {
    refuse("validation", "This share needs `folds` or `published`: otherwise give `ratios`");
  }
}

/** Params of `split.assign`. */
export const SplitParams = z.strictObject({ ...shape, published: z.boolean().default(false) })
  .check(checkWays);

/** The section of the study file. */
export const SplitSection = z.strictObject({
  ...shape,
  published: z.boolean().optional().describe(
    "Instead of ratios: test on the source's own test set. Default: true where the source has one, " +
      "and neither ratios nor folds are given.",
  ),
}).check(checkWays);

/** Values of the section. */
export type SplitSection = z.output<typeof SplitSection>;

/** Params of `split.assign`. */
export type SplitParams = z.output<typeof SplitParams>;
