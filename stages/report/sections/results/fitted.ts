/**
 * What is told of the heads that are fitted in one go: options, sizes, scores without the test
 * images.
 *
 * @module
 */
import type { Block, Table } from "../../blocks.ts";
import type { ModelResult } from "../../model/results.ts";
import { code, join, rich, type Text } from "../../rich.ts";
import { columns, type SectionContext } from "../context.ts";
import { orEmpty } from "./to_best.ts";

/** The blocks; none where the study has no such head. */
export function fitted(context: SectionContext): Block[] {
  const { note, t } = context;
  const models = note.models.filter((model) => model.fitted !== undefined);
  if (models.length === 0) return [];
  const repeats = models.some(({ head, replicates }) => head !== "forest" && replicates.length > 1);
  return [
    { kind: "heading", id: "fitted", text: t.fitted.heading },
    table(models, context),
    ...(repeats ? [{ kind: "paragraph", text: t.fitted.replicates } as const] : []),
  ];
}

/** Kept on one line. */
function option(name: string, value: Text): Text {
  return rich`${name}${"\u00a0=\u00a0"}${value}`;
}

function table(models: readonly ModelResult[], { t, number, titleOf }: SectionContext): Table {
  const f = t.fitted;
  return {
    kind: "table",
    name: "fitted-heads",
    caption: f.caption,
    columns: [
      ...columns(t.ui.model, { header: f.options, align: "left" }),
      ...columns("", f.images, f.numbers, f.validation, f.outOfBagHeader).slice(1),
    ],
    rows: models.map((model) => {
      const { images, options, outOfBagAccuracy, validationAccuracy } = model.fitted!;
      return [
        titleOf(model),
        join(
          Object.entries(options).filter(([, value]) => value !== null).map(([name, value]) =>
            option(name, typeof value === "number" ? number(value) : code(String(value)))
          ),
          t.ui.valueSeparator,
        ),
        number(images),
        number(model.parameters),
        number(validationAccuracy, "percent"),
        number(outOfBagAccuracy, "percent"),
      ];
    }),
    data: {
      columns: [
        "model",
        "head",
        "options",
        "images",
        "numbers",
        "validation_accuracy",
        "out_of_bag_accuracy",
      ],
      rows: models.map((model) => [
        model.name,
        model.head ?? "",
        JSON.stringify(model.fitted!.options),
        model.fitted!.images,
        model.parameters,
        model.fitted!.validationAccuracy,
        orEmpty(model.fitted!.outOfBagAccuracy),
      ]),
    },
  };
}
