/**
 * Exit codes, the same for every command.
 *
 * @module
 */

/** Everything that was asked is done. */
export const DONE = 0;
/** A stage failed, or the store could not be written. */
export const FAILED = 1;
/** The command line or a study file does not validate. */
export const USAGE = 2;
/** `verify` found a difference. */
export const DIFFERENT = 3;
/** With `verify --claims`: a verdict differs from the lock. */
export const CLAIMS_DIFFER = 4;
/** Interrupted by a signal. */
export const INTERRUPTED = 130;
