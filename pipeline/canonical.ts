/**
 * Canonical JSON (RFC 8785): one byte sequence for one value, whatever the order of its keys.
 *
 * @module
 */
import canonicalize from "canonicalize";
import { sha256 } from "./digest.ts";

/**
 * The canonical JSON text of a value.
 *
 * @throws {TypeError} if the value has no JSON form: `undefined`, NaN, an infinity, a function.
 */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) {
    throw new TypeError(`Cannot write as canonical JSON: current value is ${String(value)}`);
  }
  return text;
}

/** SHA-256 of a value's canonical JSON. */
export function canonicalDigest(value: unknown): string {
  return sha256(canonicalJson(value));
}

/** JSON for people: sorted keys, two-space indent, final newline; same bytes for the same value. */
export function readableJson(value: unknown): string {
  return JSON.stringify(JSON.parse(canonicalJson(value)), null, 2) + "\n";
}
