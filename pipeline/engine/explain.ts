/**
 * Why a node runs: each reason is one small predicate over the key material of now and of the last
 * time, with the old and the new value.
 *
 * @module
 */
import { canonicalJson } from "../canonical.ts";
import type { KeyInput, KeyMaterial, NodeRecord } from "./record.ts";

/** One reason for a node to run. */
export interface Reason {
  /** What kind of thing changed. */
  kind: "new" | "gone" | "param" | "input" | "code" | "package" | "asset" | "engine";
  /** Its name: a param's path, an input port, a file. */
  what: string;
  /** Shortened where it is a digest. */
  old?: string;
  new?: string;
}

/** What is compared: key material with the lists that its code digest was made from. */
export interface Explained {
  material: KeyMaterial;
  closure: NodeRecord["closure"];
}

type Predicate = (before: Explained, now: Explained) => Reason[];

const PREDICATES: readonly Predicate[] = [
  (before, now) => changes("param", flatten(before.material.params), flatten(now.material.params)),
  (before, now) => changes("input", inputs(before.material), inputs(now.material)),
  (before, now) => changes("code", digests(before.closure.files), digests(now.closure.files)),
  (before, now) => changes("package", before.closure.packages, now.closure.packages),
  (before, now) => changes("asset", digests(before.material.assets), digests(now.material.assets)),
  (before, now) => changes("asset", digests(before.material.remote), digests(now.material.remote)),
  (before, now) => changes("engine", engine(before.material), engine(now.material)),
];

/**
 * Why a node runs now.
 *
 * @param before What the node's last record was made from; undefined if it never ran.
 */
export function explain(before: Explained | undefined, now: Explained): Reason[] {
  if (before === undefined) return [{ kind: "new", what: "it has not run before" }];
  const reasons = PREDICATES.flatMap((predicate) => predicate(before, now));
  return reasons.length > 0
    ? reasons
    : [{ kind: "gone", what: "its result is no longer in the store" }];
}

/** A reason in one line, as `why` and the log print it. */
export function formatReason(reason: Reason): string {
  const { kind, what } = reason;
  if (kind === "new" || kind === "gone") return what;
  if (reason.old === undefined) return `${kind} ${what}: now ${reason.new}`;
  if (reason.new === undefined) return `${kind} ${what}: was ${reason.old}, now gone`;
  return `${kind} ${what}: ${reason.old} → ${reason.new}`;
}

function changes(
  kind: Reason["kind"],
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): Reason[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name]).map((name) => ({
    kind,
    what: name,
    ...(before[name] === undefined ? {} : { old: before[name] }),
    ...(now[name] === undefined ? {} : { new: now[name] }),
  }));
}

/** `{a: {b: 1}}` as `{"a.b": "1"}`. */
function flatten(value: unknown, path = ""): Record<string, string> {
  if (value === null || typeof value !== "object") return { [path]: canonicalJson(value) };
  const entries = Object.entries(value);
  if (entries.length === 0) return { [path]: canonicalJson(value) };
  return Object.assign(
    {},
    ...entries.map(([name, inner]) => flatten(inner, path === "" ? name : `${path}.${name}`)),
  );
}

function inputs(material: KeyMaterial): Record<string, string> {
  const named: Record<string, string> = {};
  for (const [port, list] of Object.entries(material.inputs)) {
    for (const input of list) named[inputName(port, input)] = input.digest.slice(0, 12);
  }
  return named;
}

function inputName(port: string, input: KeyInput): string {
  const label = Object.values(input.label ?? {}).filter((part) => part !== "").join(", ");
  return label === "" ? port : `${port}[${label}]`;
}

function digests(files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(files).map(([name, digest]) => [name, digest.slice(0, 12)]),
  );
}

function engine(material: KeyMaterial): Record<string, string> {
  return {
    "key format": String(material.format),
    step: material.step,
    profile: material.profile,
    Deno: material.deno,
  };
}
