/**
 * What a node's process is told, and what it says while it runs.
 *
 * The task is a JSON file; messages are lines on standard output, each after a record separator
 * (RFC 7464), so that whatever a package prints is not taken for one.
 *
 * @module
 */
import type { Format, PointLabel, Profile, RemoteFile } from "../stage.ts";

/** All that a node's process needs to know, as a JSON file in its scratch folder. */
export interface NodeTask {
  node: string;
  /** URL of the module whose default export is the step. */
  module: string;
  params: unknown;
  inputs: Record<string, TaskInput[]>;
  outputs: Record<string, { format: Format; path: string }>;
  /** Absolute path of each declared asset, by its URL. */
  assets: Record<string, string>;
  /** How many threads the step may use. */
  threads: number;
  profile: Profile;
  remote: RemoteFile[];
  /** Folder that stands in for the network. */
  mirror?: string;
  /** Folder of files that were downloaded before, by digest. */
  downloads: string;
  /** Folder for files that are downloaded now. */
  downloaded: string;
  /** Where the step's checkpoint lies, and how many seconds apart they are written. */
  checkpoint?: { folder: string; seconds: number };
}

/** One artifact that the node may read. */
export interface TaskInput {
  path: string;
  digest: string;
  size: number;
  label: PointLabel;
}

/** Why a node failed, as far as the engine treats it differently. */
export type FailureKind = "step" | "damaged" | "undeclared" | "unavailable" | "write";

/** One line from a node's process. */
export type NodeMessage =
  | { type: "progress"; done: number; total: number; unit: string }
  | { type: "note"; message: string }
  | { type: "device"; name: string }
  /** `peakMiB`: highest resident memory of the process. */
  | { type: "done"; peakMiB: number }
  | { type: "failed"; kind: FailureKind; message: string; detail: string; digest?: string };

const SEPARATOR = "\x1e";

/** The line that carries a message. */
export function encodeMessage(message: NodeMessage): string {
  return `${SEPARATOR}${JSON.stringify(message)}\n`;
}

/**
 * The message that a line carries, or undefined for a line that is none. What a package printed
 * without a line feed may stand before it; JSON escapes the separator, so the last one is the one.
 */
export function decodeMessage(line: string): NodeMessage | undefined {
  const at = line.lastIndexOf(SEPARATOR);
  if (at < 0) return undefined;
  try {
    return JSON.parse(line.slice(at + 1)) as NodeMessage;
  } catch {
    return undefined;
  }
}
