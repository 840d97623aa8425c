import type { Translations } from "../model/translations.ts";
import type { NoteParams } from "../params.ts";
import type { Classes } from "./artifacts.ts";

/** A model's title; where another model has the same one, or it is empty, its name tells it apart. */
export function ownTitle(
  name: string,
  title: Translations,
  all: NoteParams["models"],
): Translations {
  return Object.fromEntries(
    Object.entries(title).map(([language, text]) => {
      const twins = all.filter((other) => other.title[language] === text).length;
      return [language, text === "" ? name : twins === 1 ? text : `${text} (${name})`];
    }),
  );
}

/** Titles of the classes; where two share one, the name tells them apart. */
export function distinctTitles({ names, titles }: Classes): string[] {
  const count = new Map<string, number>();
  for (const title of titles) count.set(title, (count.get(title) ?? 0) + 1);
  return titles.map((title, i) => count.get(title) === 1 ? title : `${title} (${names[i]})`);
}
