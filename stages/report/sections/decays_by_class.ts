/**
 * The weight decay that each class chose, against the one that is best for all of them.
 *
 * @module
 */
import type { ClassDecay, ClassDecays } from "../../../data/artifacts/class_decays.ts";
import type { Block, Table } from "../blocks.ts";
import type { ModelResult } from "../model/results.ts";
import type { TuningByClass, TuningResult } from "../model/tuning.ts";
import type { Text } from "../rich.ts";
import { columns, mean, type SectionContext } from "./context.ts";
import { keptText } from "./kept_text.ts";

/** Most classes that the table lists: those that gain most. */
const MOST_CLASSES = 20;

type Tuned = ModelResult & { tuning: TuningResult };

/** One class in one choice. */
interface Choice extends ClassDecay {
  of: ClassDecays;
  /** Losses under the decay of the class, under the single one, and in the last training. */
  own: number;
  single: number;
  last: number;
}

/** What was done, and for each model a paragraph and a table; nothing where no class chooses. */
export function decaysByClass(models: readonly Tuned[], context: SectionContext): Block[] {
  const told = models.flatMap((model) =>
    model.tuning.byClass === undefined ? [] : [{ model, byClass: model.tuning.byClass }]
  );
  if (told.length === 0) return [];
  const { t, list, titleOf } = context;
  const names = list(told.map(({ model }) => titleOf(model)));
  return [
    { kind: "paragraph", text: t.tuning.byClass.intro(names) },
    ...told.flatMap(({ model, byClass }): Block[] => {
      const made = choicesOf(byClass);
      return [
        { kind: "paragraph", text: chosen(model, made, context) },
        table(model, made, context),
      ];
    }),
  ];
}

function chosen(
  model: Tuned,
  made: readonly (readonly Choice[])[],
  context: SectionContext,
): Text {
  const { t, number, titleOf } = context;
  const { byClass, criterion, choices } = model.tuning;
  const all = made.flat();
  return t.tuning.byClass.chosen({
    model: titleOf(model),
    others: number(all.filter(({ weightDecay, of }) => weightDecay !== of.single).length),
    all: number(all.length),
    within: made.length > 1,
    single: keptText(Map.groupBy(byClass!.choices, ({ single }) => single), context),
    criterion: t.tuning.criterion[criterion],
    score: number(byClass!.score),
    singleScore: number(mean(choices.map(({ score }) => score ?? NaN))),
  });
}

/** For each choice, its classes. */
function choicesOf({ choices, losses }: TuningByClass): Choice[][] {
  return choices.map((of, i) => {
    // A choice of one replicate has its training; one of all has all of theirs.
    const trainings = choices.length > 1 ? losses.slice(i, i + 1) : losses;
    return of.classes.map((own): Choice => {
      const under = (decay: number) => own.losses[of.tried.indexOf(decay)] ?? NaN;
      return {
        ...own,
        of,
        own: under(own.weightDecay),
        single: under(of.single),
        last: mean(trainings.map((all) => all[own.class] ?? NaN)),
      };
    });
  });
}

function table(
  model: Tuned,
  made: readonly (readonly Choice[])[],
  context: SectionContext,
): Table {
  const { note, t, number, titleOf } = context;
  const texts = t.tuning.byClass;
  const byName = Map.groupBy(made.flat(), (own) => own.class);
  const classes = note.classes.flatMap(({ name, title }) => {
    const own = byName.get(name);
    if (own === undefined) return [];
    const [under, single, last] = (["own", "single", "last"] as const)
      .map((key) => mean(own.map((choice) => choice[key])));
    return [{ title, own, losses: [under, single, last], gain: single - under }];
  });
  const shown = classes.toSorted((a, b) => (b.gain || 0) - (a.gain || 0)).slice(0, MOST_CLASSES);
  return {
    kind: "table",
    name: `decays-${model.name}`,
    caption: texts.caption({
      model: titleOf(model),
      ...(shown.length < classes.length && {
        shown: number(shown.length),
        all: number(classes.length),
      }),
    }),
    columns: columns(t.ui.class, texts.decay, texts.own, texts.single, texts.last),
    rows: shown.map(({ title, own, losses }): Text[] => [
      title,
      keptText(Map.groupBy(own, ({ weightDecay }) => weightDecay), context),
      ...losses.map((loss) => number(loss, "decimal3")),
    ]),
    data: {
      columns: [
        "replicate",
        "class",
        "weight_decay",
        "validation_loss",
        "chosen",
        "single",
        "last_validation_loss",
      ],
      rows: made.flatMap((choices, i) =>
        choices.flatMap((own) =>
          own.of.tried.map((decay, j) => {
            const chosen = decay === own.weightDecay;
            return [
              made.length > 1 ? model.replicates[i].label : "",
              own.class,
              decay,
              own.losses[j] ?? "",
              String(chosen),
              String(decay === own.of.single),
              chosen && !Number.isNaN(own.last) ? own.last : "",
            ];
          })
        )
      ),
    },
  };
}
