/**
 * Where two files differ first: array, index and distance for tensors, line and column for text.
 *
 * @module
 */
import { decodeSafetensors } from "../../data/formats/safetensors.ts";

/** Characters shown around a difference in text. */
const AROUND = 40;

/** Says where two files' bytes differ first. */
export function describeFileDifference(before: string, now: string): string {
  return describeDifference(Deno.readFileSync(before), Deno.readFileSync(now));
}

/**
 * Says where two artifacts differ first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 *
 * const bytes = (text: string) => new TextEncoder().encode(text);
 * assert.equal(describeDifference(bytes("a\nb1\n"), bytes("a\nb2\n")), 'line 2, column 2: "b1" → "b2"');
 * ```
 */
export function describeDifference(before: Uint8Array, now: Uint8Array): string {
  return tensorDifference(before, now) ?? textDifference(before, now) ??
    byteDifference(before, now);
}

function tensorDifference(before: Uint8Array, now: Uint8Array): string | undefined {
  const old = tryDecode(before);
  const fresh = tryDecode(now);
  if (old === undefined || fresh === undefined) return undefined;
  const names = [...new Set([...old.keys(), ...fresh.keys()])].sort();
  for (const name of names) {
    const a = old.get(name);
    const b = fresh.get(name);
    if (a === undefined) return `array ${name} is new`;
    if (b === undefined) return `array ${name} is gone`;
    if (a.dtype !== b.dtype || String(a.shape) !== String(b.shape)) {
      return `array ${name}: ${a.dtype} [${a.shape}] → ${b.dtype} [${b.shape}]`;
    }
    for (let i = 0; i < a.data.length; i++) {
      const x = a.data[i]!;
      const y = b.data[i]!;
      if (Object.is(x, y)) continue;
      const distance = a.dtype === "F32" || a.dtype === "F64"
        ? ` (${ulps(Number(x), Number(y), a.dtype)} ULPs)`
        : "";
      return `array ${name}, index [${position(i, a.shape)}]: ${x} → ${y}${distance}`;
    }
  }
  return undefined;
}

function tryDecode(bytes: Uint8Array) {
  try {
    return decodeSafetensors(new Uint8Array(bytes));
  } catch {
    return undefined;
  }
}

function textDifference(before: Uint8Array, now: Uint8Array): string | undefined {
  let old: string;
  let fresh: string;
  try {
    const decoder = new TextDecoder("utf-8", { fatal: true });
    old = decoder.decode(before);
    fresh = decoder.decode(now);
  } catch {
    return undefined;
  }
  const a = old.split("\n");
  const b = fresh.split("\n");
  for (let line = 0; line < Math.max(a.length, b.length); line++) {
    const x = a[line];
    const y = b[line];
    if (x === y) continue;
    if (x === undefined) return `line ${line + 1} is new: ${excerpt(y!, 0)}`;
    if (y === undefined) return `line ${line + 1} is gone: ${excerpt(x, 0)}`;
    let column = 0;
    while (x[column] === y[column]) column++;
    return `line ${line + 1}, column ${column + 1}: ${excerpt(x, column)} → ${excerpt(y, column)}`;
  }
  return undefined;
}

function excerpt(line: string, column: number): string {
  const from = Math.max(0, column - AROUND);
  const to = Math.min(line.length, column + AROUND);
  return JSON.stringify(
    `${from > 0 ? "…" : ""}${line.slice(from, to)}${to < line.length ? "…" : ""}`,
  );
}

function byteDifference(before: Uint8Array, now: Uint8Array): string {
  let at = 0;
  while (at < before.length && at < now.length && before[at] === now[at]) at++;
  return at === before.length && at === now.length
    ? "their bytes are equal"
    : `byte ${at}: ${before[at] ?? "end"} → ${now[at] ?? "end"}`;
}

function position(index: number, shape: readonly number[]): string {
  const parts: number[] = [];
  for (const size of [...shape].reverse()) {
    parts.unshift(index % size);
    index = Math.floor(index / size);
  }
  return parts.join(", ");
}

/** How many floating-point numbers lie between two, plus one; `∞` where one is not a number. */
export function ulps(a: number, b: number, dtype: "F32" | "F64"): string {
  if (Number.isNaN(a) || Number.isNaN(b)) return "∞";
  const rank = (value: number): bigint => {
    const view = new DataView(new ArrayBuffer(8));
    if (dtype === "F32") {
      view.setFloat32(0, value);
      const bits = BigInt(view.getUint32(0));
      return bits >> 31n === 1n ? -(bits & 0x7fffffffn) : bits;
    }
    view.setFloat64(0, value);
    const bits = view.getBigUint64(0);
    return bits >> 63n === 1n ? -(bits & 0x7fffffffffffffffn) : bits;
  };
  const distance = rank(a) - rank(b);
  return String(distance < 0n ? -distance : distance);
}
