/**
 * What the store keeps of a node that ran: the key, all that the key was made from, and the
 * digests of what came out.
 *
 * @module
 */
import { canonicalDigest } from "../canonical.ts";
import type { Format } from "../stage.ts";

/** Format of keys and records. A change of what a key is made from, or of its form, raises it. */
export const RECORD_FORMAT = 1;

/** Digest of one artifact as a key holds it. */
export interface KeyInput {
  digest: string;
  /** Only for a port that gathers: the step can read it, so the key holds it. */
  label?: { model: string; replicate: string; candidate: string };
}

/** All that a node's result depends on; the key is the SHA-256 of its canonical JSON. */
export interface KeyMaterial {
  format: number;
  step: string;
  /** Digest of the code closure. */
  code: string;
  /** Digest of each declared asset, by path below the project's root. */
  assets: Record<string, string>;
  /** Digest of each file from elsewhere, by URL. */
  remote: Record<string, string>;
  params: unknown;
  inputs: Record<string, KeyInput[]>;
  profile: string;
  deno: string;
}

/** One artifact that a node wrote. */
export interface OutputRecord {
  format: Format;
  digest: string;
  size: number;
}

/** What was measured while a node ran: never compared, never part of a key. */
export interface Measured {
  seconds: number;
  /** Highest resident memory of its process, where the system tells. */
  peakMiB?: number;
  machine: string;
  /** On what it computed besides the processor. */
  device?: string;
  finished: string;
}

/** One finished node. */
export interface NodeRecord {
  format: number;
  key: string;
  /** Id of the node that computed it first. */
  node: string;
  material: KeyMaterial;
  /** What the code digest was made from, so that a later change can be named. */
  closure: { files: Record<string, string>; packages: Record<string, string> };
  outputs: Record<string, OutputRecord>;
  measured: Measured;
}

/** Content of a `tree` artifact: the files of a folder, sorted by path. */
export interface TreeManifest {
  files: { path: string; digest: string; size: number }[];
}

/**
 * Reads the record of a key from its text; undefined unless it is one: what a key was made from
 * hashes to it, so a record that was damaged or edited is one that is not there.
 */
export function parseRecord(text: string, key: string): NodeRecord | undefined {
  try {
    const record = JSON.parse(text) as NodeRecord;
    const { format, material, closure, outputs, measured } = record;
    const isWhole = format === RECORD_FORMAT && record.key === key &&
      canonicalDigest(material) === key && isObject(closure.files) && isObject(closure.packages) &&
      isObject(outputs) && Object.values(outputs).every(isOutput) &&
      Number.isFinite(measured.seconds) && typeof measured.machine === "string";
    return isWhole ? record : undefined;
  } catch {
    return undefined;
  }
}

function isOutput({ format, digest, size }: OutputRecord): boolean {
  return typeof format === "string" && /^[0-9a-f]{64}$/.test(digest) && Number.isInteger(size);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
