/**
 * Everything that notes say by themselves, in each language.
 *
 * The English texts are the model: a language that lacks one of them, or words it with other
 * values, does not compile.
 *
 * @module
 */
import type { Language } from "../../../data/text/language.ts";
import { en } from "./en.ts";
import { fr } from "./fr.ts";

/** The texts of one language. */
export type Texts = typeof en;

/** Texts of each language. */
export const TEXTS: Readonly<Record<Language, Texts>> = { en, fr };

/** Each language's own name. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", fr: "Français" };
