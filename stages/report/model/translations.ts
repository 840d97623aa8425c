/** A text in each of the note's languages. */
export type Translations = Readonly<Record<string, string>>;
