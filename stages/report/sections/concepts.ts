/**
 * The models in words and formulas: representation, head, optimisers, stopping.
 *
 * @module
 */
import type { Block, Section } from "../blocks.ts";
import type { SectionContext } from "./context.ts";

/** The section. */
export function concepts(context: SectionContext): Section {
  const { note, t } = context;
  const c = t.concepts;
  const blocks: Block[] = [
    { kind: "heading", id: "representation", text: c.representation },
    ...representation(context),
  ];
  if (note.augmentation !== undefined) {
    blocks.push(
      { kind: "heading", id: "augmentation", text: c.augmentation },
      { kind: "paragraph", text: c.augmentationText },
    );
  }
  blocks.push({ kind: "heading", id: "head", text: c.head }, ...head(context));
  const optimizers = [...new Set(note.models.map(({ optimizer }) => optimizer))]
    .filter((name): name is OptimizerName => Object.hasOwn(OPTIMIZERS, name));
  if (optimizers.length > 0) {
    blocks.push(
      { kind: "heading", id: "optimizers", text: c.optimizers },
      { kind: "paragraph", text: c.notation },
      ...optimizers.flatMap((name): Block[] => [
        { kind: "paragraph", text: c[name] },
        { kind: "math", tex: OPTIMIZERS[name](t.words) },
      ]),
    );
  }
  blocks.push(
    { kind: "heading", id: "stopping", text: c.stopping },
    { kind: "paragraph", text: c.stoppingText },
    { kind: "paragraph", text: c.cost },
  );
  return {
    id: "concepts",
    title: t.titles.concepts,
    blocks: [...blocks, ...context.author("concepts")],
  };
}

function representation({ note, t, number }: SectionContext): Block[] {
  const c = t.concepts;
  return note.representations.flatMap(({ method, dimension }): Block[] => {
    const size: Block = {
      kind: "paragraph",
      text: c.representationSize({
        method: METHOD_NAMES[method] ?? method,
        dimension: number(dimension),
      }),
    };
    if (method === "pixels") return [size, { kind: "paragraph", text: c.pixels }];
    if (method !== "hog") return [size, { kind: "paragraph", text: c.otherMethod }];
    return [
      size,
      { kind: "paragraph", text: c.hog },
      {
        kind: "math",
        tex: "\\lVert\\nabla I\\rVert = \\sqrt{G_x^2 + G_y^2}, \\qquad " +
          "\\alpha = \\operatorname{atan2}(G_y, G_x) \\bmod \\pi.",
      },
      { kind: "paragraph", text: c.hogCells },
      {
        kind: "math",
        tex: "v \\leftarrow \\frac{v}{\\sqrt{\\lVert v\\rVert_2^2 + \\varepsilon^2}}.",
      },
    ];
  });
}

function head({ note, t }: SectionContext): Block[] {
  const c = t.concepts;
  if (note.training.head !== undefined && note.training.head !== "softmax") {
    return [{ kind: "paragraph", text: c.otherHead(note.training.head) }];
  }
  return [
    { kind: "paragraph", text: c.headText },
    {
      kind: "math",
      tex: "z = W x + b, \\qquad p_k = \\frac{e^{z_k}}{\\sum_j e^{z_j}},",
    },
    { kind: "paragraph", text: c.loss },
    { kind: "math", tex: "L = -\\frac{1}{B} \\sum_{i=1}^{B} \\log p_{i,\\,y_i}," },
    { kind: "paragraph", text: c.gradient },
  ];
}

const METHOD_NAMES: Readonly<Record<string, string>> = { hog: "HOG", pixels: "pixels" };

/** Update rules, with the words of a language. */
const OPTIMIZERS = {
  sgd: () => "\\theta_t = \\theta_{t-1} - \\eta\\, g_t",
  momentum: () =>
    aligned(["v_t &= \\mu\\, v_{t-1} + g_t", "\\theta_t &= \\theta_{t-1} - \\eta\\, v_t"]),
  adam: () =>
    aligned([
      "g_t &\\leftarrow g_t + \\lambda\\, \\theta_{t-1}",
      ...MOMENTS,
      "\\theta_t &= \\theta_{t-1} - \\eta\\, \\frac{\\hat m_t}{\\sqrt{\\hat v_t} + \\varepsilon}",
    ]),
  adamw: () =>
    aligned([
      ...MOMENTS,
      "\\theta_t &= \\theta_{t-1} - \\eta\\, \\frac{\\hat m_t}{\\sqrt{\\hat v_t} + \\varepsilon} " +
      "- \\eta\\, \\lambda\\, \\theta_{t-1}",
    ]),
  lion: ({ sign }: { sign: string }) =>
    aligned([
      "c_t &= \\beta_1\\, m_{t-1} + (1 - \\beta_1)\\, g_t",
      `\\theta_t &= \\theta_{t-1} - \\eta\\, \\operatorname{${sign}}(c_t) - \\eta\\, \\lambda\\, \\theta_{t-1}`,
      "m_t &= \\beta_2\\, m_{t-1} + (1 - \\beta_2)\\, g_t",
    ]),
} as const;

type OptimizerName = keyof typeof OPTIMIZERS;

/** First and second moments, corrected for starting at zero. */
const MOMENTS = [
  "m_t &= \\beta_1\\, m_{t-1} + (1 - \\beta_1)\\, g_t, & \\hat m_t &= \\frac{m_t}{1 - \\beta_1^t}",
  "v_t &= \\beta_2\\, v_{t-1} + (1 - \\beta_2)\\, g_t^2, & \\hat v_t &= \\frac{v_t}{1 - \\beta_2^t}",
];

function aligned(lines: readonly string[]): string {
  return `\\begin{aligned}\n${lines.join(" \\\\\n")}\n\\end{aligned}`;
}
