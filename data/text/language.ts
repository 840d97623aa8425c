/**
 * The languages that a note can be written in.
 *
 * @module
 */

/** ISO 639-1 code of a language of notes. */
export type Language = "fr" | "en";

/** Every {@linkcode Language}. */
export const LANGUAGES: readonly Language[] = ["fr", "en"];

/** One text in each language of a study; a language that the study does not have is missing. */
export type Localized = Readonly<Partial<Record<Language, string>>>;
