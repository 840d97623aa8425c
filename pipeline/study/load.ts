/**
 * Reads a study file.
 *
 * @module
 */
import { basename, dirname } from "node:path";
import { applyOverrides } from "./overrides.ts";
import { parseYaml } from "./parse_yaml.ts";
import { Problems, show, type Source } from "./problems.ts";
import { hintFrom } from "./suggest.ts";
import { StudyError } from "./study_error.ts";
import { type MapTree, toPlain, type Tree } from "./tree.ts";

/** Version of the study file's format that this code reads. */
export const STUDY_FORMAT = 1;

/** Largest study file, in bytes. */
export const MAX_STUDY_BYTES = 256 * 1024;

/** A study file that is well-formed YAML of a known format; its values are not checked yet. */
export interface Study {
  /** Name of the study's folder. */
  readonly name: string;
  /** The file's text, for places in messages. */
  readonly source: Source;
  /** The file's content with overrides applied. */
  readonly root: MapTree;
  /** The values that overrides brought in. */
  readonly overridden: readonly Tree[];
}

/** Options of {@linkcode loadStudy} and {@linkcode parseStudy}. */
export interface LoadOptions {
  /** Name of the study; the name of the file's folder unless given. */
  name?: string;
  /** Values that replace the file's, as `train.learningRate=0.01`; later ones win. */
  overrides?: readonly string[];
}

/**
 * Reads the study file at a path.
 *
 * @throws {StudyError} if the file cannot be read, is larger than 256 KiB, is not UTF-8 or YAML,
 * is empty or of another format, or if an override does not apply.
 */
export async function loadStudy(path: string, options: LoadOptions = {}): Promise<Study> {
  const refuse = (message: string, hint?: string): never => {
    throw new StudyError([{ file: path, path: "", message, ...(hint && { hint }) }]);
  };
  let bytes: Uint8Array;
  try {
    const { size, isFile } = await Deno.stat(path);
    if (!isFile) refuse("cannot read the study as this is not a file");
    if (size > MAX_STUDY_BYTES) {
      refuse(
        `cannot read the study as it is larger than ${MAX_STUDY_BYTES} bytes: ` +
          `current size is ${size}`,
        "a study file holds parameters; data belongs in a source",
      );
    }
    bytes = await Deno.readFile(path);
  } catch (error) {
    if (error instanceof StudyError || !(error instanceof Error)) throw error;
    if (error instanceof Deno.errors.NotFound) return refuse("there is no such study file");
    return refuse(`cannot read the study: ${error.message}`);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return refuse("cannot read the study as it is not UTF-8", "save the file as UTF-8");
  }
  return parseStudy(text, path, options);
}

/**
 * Reads a study from its text; `file` is for messages and gives the default name.
 *
 * @throws {StudyError} as {@linkcode loadStudy}.
 *
 * @example
 * ```ts
 * import { parseStudy } from "./load.ts";
 * import assert from "node:assert/strict";
 *
 * const study = parseStudy("format: 1\ntitle: Seeds\n", "reports/seeds/study.yaml");
 * assert.equal(study.name, "seeds");
 * ```
 */
export function parseStudy(text: string, file: string, options: LoadOptions = {}): Study {
  const nul = text.indexOf("\0");
  const { source, tree } = parseYaml(file, nul < 0 ? text : "");
  const problems = new Problems(source);
  if (nul >= 0) {
    problems.addAt(undefined, "", "cannot read the study as it contains a NUL character", {
      hint: "save the file as UTF-8 text",
    });
  } else if (tree === undefined) {
    problems.addAt(undefined, "", "cannot read the study as the file is empty", {
      hint: `start with format: ${STUDY_FORMAT} and title: …`,
    });
  } else if (tree.kind !== "map") {
    problems.add(tree, "expected a map of sections (format, title, data, …)");
  }
  problems.throwIfAny();
  const { root, values } = applyOverrides(tree as MapTree, options.overrides ?? [], problems);
  checkFormat(root, problems);
  problems.throwIfAny();
  return {
    name: options.name ?? basename(dirname(file)),
    source,
    root,
    overridden: values,
  };
}

function checkFormat(root: MapTree, problems: Problems): void {
  const format = root.entries.get("format");
  if (format === undefined) {
    const misspelt = [...root.entries.keys()].find((key) =>
      hintFrom(key, ["format"])?.endsWith("?")
    );
    problems.addAt(0, "format", "missing", {
      hint: misspelt === undefined
        ? `add the line format: ${STUDY_FORMAT}`
        : `did you mean it by ${misspelt}?`,
    });
    return;
  }
  const value = format.kind === "scalar" ? format.value : undefined;
  if (value === STUDY_FORMAT) return;
  if (typeof value === "number" && Number.isInteger(value) && value > STUDY_FORMAT) {
    problems.add(format, `the study is of format ${value}, newer than ${STUDY_FORMAT}`, {
      value,
      hint: "update this program, or take the version that the study was written for",
    });
  } else {
    problems.add(format, `expected ${STUDY_FORMAT}, found ${show(toPlain(format))}`, { value });
  }
}
