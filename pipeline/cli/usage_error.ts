/**
 * What was asked for does not fit: the message says what to ask for instead.
 *
 * @module
 */

/** A command line that cannot be carried out; exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}
