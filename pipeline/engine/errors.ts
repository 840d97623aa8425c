/**
 * The ways in which a run can fail, one class each, so that callers and tests tell them apart.
 *
 * @module
 */

/** The bytes of an artifact are not those of its digest, or are gone. */
export class DamagedArtifactError extends Error {
  override name = "DamagedArtifactError";
  readonly digest: string;

  /**
   * @param found What its bytes hash to; undefined if there are none.
   * @param why What is wrong, where that is not what they hash to.
   */
  constructor(digest: string, path: string, found: string | undefined, why?: string) {
    const hashed = found === undefined ? "it is gone" : `its bytes hash to ${found.slice(0, 12)}`;
    super(
      `Artifact ${digest.slice(0, 12)} is damaged: ${
        why ?? hashed
      } (${path}). It is computed again`,
    );
    this.digest = digest;
  }
}

/** A step failed in a way that is the step's own. */
export class StepError extends Error {
  override name = "StepError";
  /** Stack and standard error, for whoever wants to see more. */
  readonly detail: string;

  constructor(node: string, message: string, detail = "") {
    super(`${node}: ${message}`);
    this.detail = detail;
  }
}

/** What a node needs from elsewhere cannot be had: neither a mirror nor the network holds it. */
export class UnavailableError extends Error {
  override name = "UnavailableError";
}

/** One key, two results: the step is not a function of its key. */
export class NondeterminismError extends Error {
  override name = "NondeterminismError";

  constructor(node: string, key: string, difference: string) {
    super(
      `${node} gave another result than before for the same key ${
        key.slice(0, 12)
      }: ${difference}. ` +
        `The step depends on something that its key does not hold (time, an unseeded random number, ` +
        `an unordered walk); the first result is kept`,
    );
  }
}

/** A file that a node's key was made from changed while the node ran. */
export class ChangedInputError extends Error {
  override name = "ChangedInputError";

  constructor(node: string, path: string) {
    super(`${path} changed while ${node} ran, so its result is not kept: run again`);
  }
}

/** The store cannot be used as it is. */
export class StoreError extends Error {
  override name = "StoreError";
}

/** The run was interrupted by a signal. */
export class InterruptedError extends Error {
  override name = "InterruptedError";
}

/** Turns a file system error met while writing into one that says what to do; passes on others. */
export function explainWriteError(error: unknown, path: string): Error {
  const text = error instanceof Error ? error.message : String(error);
  if (/ENOSPC|os error 28|No space left|os error 122|quota/i.test(text)) {
    return new StoreError(
      `No space left on the disk that holds ${path}: free some, or take another with --store`,
    );
  }
  if (/EROFS|os error 30|Read-only file system/i.test(text)) {
    return new StoreError(
      `Cannot write to ${path} as its file system is read-only: take another with --store`,
    );
  }
  if (/EFBIG|os error 27|File too large/i.test(text)) {
    return new StoreError(`Cannot write to ${path} as the file would be too large for its limits`);
  }
  if (error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotCapable) {
    return new StoreError(
      `Cannot write to ${path}: permission denied. Make it writable, or take another with --store`,
    );
  }
  return error instanceof Error ? error : new Error(text);
}
