/**
 * The header of a safetensors file: what arrays it holds, and where.
 *
 * @module
 */
import { findDuplicateKey } from "./duplicate_key.ts";
import { ARRAYS, count, type Dtype, isLengths, type TensorSpec } from "./tensor.ts";

/** The format's own limit: a longer header is an attack or a foreign file. */
const MAX_HEADER = 100_000_000;

/** The name under which a header holds what the file tells about its arrays. */
export const METADATA = "__metadata__";

/** An array of a file. */
export interface SafetensorsEntry extends TensorSpec {
  /** Its first byte in the file. */
  from: number;
  /** The byte after its last one. */
  to: number;
}

/** What a file holds. */
export interface SafetensorsHeader {
  /** Its arrays by name. */
  entries: Map<string, SafetensorsEntry>;
  /** What it tells about them, as texts by name. */
  metadata: Record<string, string>;
}

/** Bytes of a file up to its first array, of which `bytes` are at least the first eight. */
export function safetensorsHeaderEnd(bytes: Uint8Array, size: number, name: string): number {
  const fail = failure(name);
  if (size < 8) throw fail(`it has ${size} bytes, fewer than the 8 of a length`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > MAX_HEADER || length > size - 8) {
    throw fail(`its header of ${length} bytes does not fit its ${size} bytes`);
  }
  return 8 + length;
}

/**
 * Reads the header of a file.
 *
 * @param bytes The file, or its beginning up to {@linkcode safetensorsHeaderEnd}.
 * @param size Bytes of the whole file.
 * @param name How messages call the file.
 * @throws {SyntaxError} if this is no such file, with what was expected and found.
 */
export function parseSafetensorsHeader(
  bytes: Uint8Array,
  size: number,
  name: string,
): SafetensorsHeader {
  const fail = failure(name);
  const begin = safetensorsHeaderEnd(bytes, size, name);
  const header = parseHeader(bytes.subarray(8, begin), fail);
  const entries = new Map<string, SafetensorsEntry>();
  for (const [key, entry] of Object.entries(header)) {
    if (key !== METADATA) entries.set(key, parseEntry(key, entry, begin, size, fail));
  }
  let end = begin;
  const inOrder = [...entries].sort(([, a], [, b]) => a.from - b.from || a.to - b.to);
  for (const [key, { from, to }] of inOrder) {
    if (from !== end) {
      const what = from < end ? "overlaps the one before it" : "leaves a gap before it";
      throw fail(
        `tensor ${JSON.stringify(key)} at bytes ${from - begin} to ${to - begin} ${what}, which ` +
          `ends at ${end - begin}`,
      );
    }
    end = to;
  }
  if (end !== size) throw fail(`its tensors end at byte ${end - begin} of ${size - begin}`);
  const told = Object.hasOwn(header, METADATA) ? header[METADATA] : null;
  const texts = typeof told === "object" && told !== null ? Object.entries(told) : [];
  const metadata = Object.fromEntries(texts.filter(([, value]) => typeof value === "string"));
  return { entries, metadata };
}

type Fail = (why: string) => SyntaxError;

function failure(name: string): Fail {
  return (why) => new SyntaxError(`Cannot read ${name} as safetensors: ${why}`);
}

function parseHeader(bytes: Uint8Array, fail: Fail): Record<string, unknown> {
  let text: string;
  let header: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch {
    throw fail("its header is not JSON");
  }
  if (typeof header !== "object" || header === null || Array.isArray(header) || text[0] !== "{") {
    throw fail("its header is not a JSON object");
  }
  const duplicate = findDuplicateKey(text);
  if (duplicate !== undefined) {
    throw fail(`its header holds the key ${JSON.stringify(duplicate)} twice`);
  }
  return header as Record<string, unknown>;
}

function parseEntry(
  key: string,
  entry: unknown,
  begin: number,
  end: number,
  fail: Fail,
): SafetensorsEntry {
  const size = end - begin;
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  if (typeof dtype !== "string" || !Object.hasOwn(ARRAYS, dtype)) {
    throw fail(
      `tensor ${JSON.stringify(key)} has dtype ${JSON.stringify(dtype)}: expected one of ` +
        Object.keys(ARRAYS).join(", "),
    );
  }
  if (!isLengths(shape)) {
    throw fail(`tensor ${JSON.stringify(key)} has shape ${JSON.stringify(shape)}`);
  }
  const isRange = isLengths(offsets) && offsets.length === 2 && offsets[0]! <= offsets[1]! &&
    offsets[1]! <= size;
  if (!isRange) {
    throw fail(
      `tensor ${JSON.stringify(key)} has data_offsets ${JSON.stringify(offsets)}: ` +
        `expected a range within ${size} bytes`,
    );
  }
  const [from, to] = offsets as [number, number];
  const expected = count(shape) * ARRAYS[dtype as Dtype].BYTES_PER_ELEMENT;
  if (to - from !== expected) {
    throw fail(
      `tensor ${JSON.stringify(key)} of ${dtype} [${shape}] has ${
        to - from
      } bytes: expected ${expected}`,
    );
  }
  return { dtype: dtype as Dtype, shape, from: begin + from, to: begin + to };
}
