/**
 * Files from elsewhere, pinned by size and SHA-256: from the mirror folder, from an earlier
 * download, or from the network.
 *
 * @module
 */
import { join } from "node:path";
import type { RemoteFile } from "../stage.ts";
import { sha256 } from "../digest.ts";
import { UnavailableError } from "./errors.ts";

const TRIES = 3;
const CONNECT_MS = 15_000;
const STALL_MS = 60_000;

/** Where a file may come from. */
export interface DownloadPlaces {
  mirror?: string;
  downloads: string;
  downloaded: string;
}

/**
 * Gets a file's bytes.
 *
 * @throws {UnavailableError} if neither the mirror nor the network has it.
 * @throws {RangeError} if what is there has another size or digest than the pinned one.
 */
export async function download(
  places: DownloadPlaces,
  file: RemoteFile,
  progress: (done: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const before = readIfThere(join(places.downloads, file.sha256));
  if (before !== undefined && sha256(before) === file.sha256) return before;
  if (places.mirror !== undefined) {
    const path = join(places.mirror, file.mirror);
    const bytes = readIfThere(path);
    if (bytes === undefined) {
      throw new UnavailableError(`the mirror folder ${places.mirror} has no ${file.mirror}`);
    }
    return check(file, bytes, path);
  }
  const bytes = check(file, await fetchWithRetry(file, progress), file.url);
  Deno.writeFileSync(join(places.downloaded, file.sha256), bytes);
  return bytes;
}

function check(
  file: RemoteFile,
  bytes: Uint8Array<ArrayBuffer>,
  from: string,
): Uint8Array<ArrayBuffer> {
  if (bytes.length !== file.size) {
    throw new RangeError(
      `${from} has ${bytes.length} bytes where ${file.size} are expected: ` +
        `it is cut short or another file. Fetch it again`,
    );
  }
  const found = sha256(bytes);
  if (found !== file.sha256) {
    throw new RangeError(
      `${from} has the SHA-256 ${found} where ${file.sha256} is expected: ` +
        `it is damaged or another version. Fetch it again`,
    );
  }
  return bytes;
}

async function fetchWithRetry(file: RemoteFile, progress: (done: number) => void) {
  let reason = "";
  for (let attempt = 0; attempt < TRIES; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
    try {
      return await fetchOnce(file, progress);
    } catch (error) {
      if (error instanceof RangeError) throw error;
      reason = error instanceof Error ? error.message : String(error);
    }
  }
  throw new UnavailableError(
    `${file.url} cannot be reached (${reason}); a folder that holds ${file.mirror} can stand in: ` +
      `--mirror <folder> or CONSTAT_MIRROR`,
  );
}

async function fetchOnce(file: RemoteFile, progress: (done: number) => void) {
  const abort = new AbortController();
  let timer = setTimeout(() => abort.abort(new Error("no answer in time")), CONNECT_MS);
  try {
    const response = await fetch(file.url, { signal: abort.signal, redirect: "error" });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new Error(`HTTP status ${response.status}`);
    }
    const bytes = new Uint8Array(file.size);
    let done = 0;
    for await (const chunk of response.body) {
      clearTimeout(timer);
      timer = setTimeout(() => abort.abort(new Error("the transfer stalled")), STALL_MS);
      if (done + chunk.length > file.size) {
        throw new RangeError(`${file.url} has more than the ${file.size} bytes that are expected`);
      }
      bytes.set(chunk, done);
      done += chunk.length;
      progress(done);
    }
    return bytes.subarray(0, done);
  } finally {
    clearTimeout(timer);
  }
}

function readIfThere(path: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    if (error instanceof Deno.errors.NotCapable) throw error;
    throw new Error(`Cannot read ${path}: ${(error as Error).message}`);
  }
}
