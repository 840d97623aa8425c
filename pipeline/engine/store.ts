/**
 * Artifacts by digest, and results by key.
 *
 * ```text
 * format                 version of this layout
 * artifacts/ab/abcd…     bytes whose SHA-256 is the name; never changed, read-only
 * records/ab/abcd….json  one finished node
 * damaged/               artifacts whose bytes were found changed
 * locks/                 keys that are being computed
 * scratch/               what running processes write, by session
 * latest/<study>.json    key of each node of a study when it last ran
 * ```
 *
 * Everything is written to `scratch`, flushed, then renamed to its place: a process that is killed
 * at any point leaves nothing half-done, and the next one to start removes its scratch.
 *
 * @module
 */
import { dirname, join } from "node:path";
import {
  flushFolder,
  readTextIfThere,
  removeIfThere,
  writeFileAtomic,
  writeFlushed,
} from "./atomic.ts";
import { canonicalJson, readableJson } from "../canonical.ts";
import { sha256, sha256File } from "../digest.ts";
import { DamagedArtifactError, explainWriteError, StoreError } from "./errors.ts";
import { KeyLock, type LockOwner, sweepLocks } from "./key_lock.ts";
import { type NodeRecord, type OutputRecord, parseRecord, type TreeManifest } from "./record.ts";
import { livingSessions, Session, sweepSessions } from "./session.ts";

/** Version of the store's layout. */
export const STORE_FORMAT = 1;

/** A content-addressed store in a folder. */
export class Store {
  readonly path: string;
  #session: Promise<Session> | undefined;
  #ready = false;

  constructor(path: string) {
    this.path = path;
    const system = path.match(/^\/(dev|proc|sys)(?=\/|$)/)?.[0];
    if (system !== undefined) {
      throw new StoreError(
        `Cannot use a store at ${path} as Deno lets no sandboxed process read below ${system}: ` +
          `take another folder with --store`,
      );
    }
    const format = readTextIfThere(join(path, "format"))?.trim();
    if (format !== undefined && format !== String(STORE_FORMAT)) {
      throw new StoreError(
        `Cannot use the store at ${path} as its format is ${format}, and this version reads ` +
          `${STORE_FORMAT}: take another with --store, or delete it (everything in it can be recomputed)`,
      );
    }
  }

  /** Path of an artifact's bytes; they need not be there. */
  artifactPath(digest: string): string {
    return join(this.path, "artifacts", digest.slice(0, 2), digest);
  }

  /** Whether an artifact is there with the given size. Its bytes are checked when read. */
  hasArtifact(digest: string, size?: number): boolean {
    try {
      const found = Deno.statSync(this.artifactPath(digest)).size;
      return size === undefined || found === size;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  }

  /**
   * Bytes of an artifact.
   *
   * @throws {DamagedArtifactError} if they are not those of the digest; the file is set aside.
   */
  readArtifact(digest: string): Uint8Array<ArrayBuffer> {
    const path = this.artifactPath(digest);
    const bytes = Deno.readFileSync(path);
    const found = sha256(bytes);
    if (found !== digest) {
      this.setAside(digest);
      throw new DamagedArtifactError(digest, path, found);
    }
    return bytes;
  }

  /** The files of a `tree` artifact. */
  readTree(digest: string): TreeManifest {
    return JSON.parse(new TextDecoder().decode(this.readArtifact(digest)));
  }

  /** Moves a damaged artifact out of the way, and keeps it for whoever wants to look. */
  setAside(digest: string): void {
    const place = join(this.path, "damaged", `${digest}-${Date.now()}`);
    Deno.mkdirSync(dirname(place), { recursive: true });
    try {
      Deno.renameSync(this.artifactPath(digest), place);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }

  /** The record of a key whose artifacts are all there, or undefined. */
  findRecord(key: string): NodeRecord | undefined {
    const record = this.readRecord(key);
    if (record === undefined) return undefined;
    return Object.values(record.outputs).every((output) => this.hasOutput(output))
      ? record
      : undefined;
  }

  /** The record of a key, whether or not its artifacts are there. */
  readRecord(key: string): NodeRecord | undefined {
    const text = readTextIfThere(this.#recordPath(key));
    return text === undefined ? undefined : parseRecord(text, key);
  }

  hasOutput(output: OutputRecord): boolean {
    if (!this.hasArtifact(output.digest, output.size)) return false;
    if (output.format !== "tree") return true;
    try {
      return this.readTree(output.digest).files.every((file) =>
        this.hasArtifact(file.digest, file.size)
      );
    } catch (error) {
      if (error instanceof DamagedArtifactError) return false;
      throw error;
    }
  }

  /** Publishes a file of this session's scratch as an artifact. The file is moved. */
  publishFile(file: string): { digest: string; size: number } {
    const { digest, size } = sha256File(file);
    const place = this.artifactPath(digest);
    if (this.hasArtifact(digest, size) && sha256File(place).digest === digest) {
      removeIfThere(file);
      return { digest, size };
    }
    this.#prepare();
    Deno.mkdirSync(dirname(place), { recursive: true });
    {
      using opened = Deno.openSync(file, { read: true });
      opened.syncSync();
    }
    Deno.chmodSync(file, 0o444);
    Deno.renameSync(file, place);
    flushFolder(dirname(place));
    return { digest, size };
  }

  /** Publishes a folder of this session's scratch as a `tree` artifact. */
  async publishTree(folder: string): Promise<{ digest: string; size: number }> {
    const files = listFiles(folder).map((path) => ({
      path,
      ...this.publishFile(join(folder, path)),
    }));
    const manifest: TreeManifest = { files };
    const file = join((await this.session()).makeFolder(), "tree.json");
    writeFlushed(file, canonicalJson(manifest));
    return this.publishFile(file);
  }

  /** Publishes the record of a key, after its artifacts. */
  async publishRecord(record: NodeRecord): Promise<void> {
    const scratch = (await this.session()).folder;
    writeFileAtomic(this.#recordPath(record.key), readableJson(record), scratch);
  }

  /** Takes the lock of a key, or tells who holds it. */
  async lock(key: string, node: string): Promise<KeyLock | LockOwner> {
    this.#prepare();
    try {
      return await KeyLock.take(join(this.path, "locks"), key, node);
    } catch (error) {
      throw explainWriteError(error, this.path);
    }
  }

  /** Scratch space of this process, opened when first needed. */
  session(): Promise<Session> {
    this.#prepare();
    this.#session ??= Session.open(join(this.path, "scratch"));
    return this.#session;
  }

  /** Ids of the processes that write to this store now. */
  async writers(): Promise<number[]> {
    return (await livingSessions(join(this.path, "scratch"))).map((name) => parseInt(name));
  }

  /** Removes what killed processes left; a store that cannot be written is let be. */
  async sweep(): Promise<void> {
    try {
      await sweepSessions(join(this.path, "scratch"));
      await sweepLocks(join(this.path, "locks"));
    } catch (error) {
      if (!(explainWriteError(error, this.path) instanceof StoreError)) throw error;
    }
  }

  /** Key of each node of a study when it last ran. */
  latest(study: string): Record<string, string> {
    const text = readTextIfThere(this.#latestPath(study));
    try {
      return { ...JSON.parse(text ?? "{}") };
    } catch {
      return {}; // It only serves to name what changed.
    }
  }

  async saveLatest(study: string, keys: Record<string, string>): Promise<void> {
    const text = readableJson(keys);
    if (readTextIfThere(this.#latestPath(study)) === text) return;
    const scratch = (await this.session()).folder;
    writeFileAtomic(this.#latestPath(study), text, scratch);
  }

  /** Where a node of a key leaves what it needs to go on after it was killed. */
  checkpointFolder(key: string): string {
    return join(this.path, "checkpoints", key);
  }

  /** Every key that has a record. */
  keys(): string[] {
    return listFiles(join(this.path, "records")).map((path) =>
      path.slice(path.lastIndexOf("/") + 1, -".json".length)
    );
  }

  /** Digest and size of every artifact. */
  artifacts(): { digest: string; size: number }[] {
    const folder = join(this.path, "artifacts");
    return listFiles(folder).map((path) => ({
      digest: path.slice(path.lastIndexOf("/") + 1),
      size: Deno.statSync(join(folder, path)).size,
    }));
  }

  removeRecord(key: string): void {
    removeIfThere(this.#recordPath(key));
  }

  removeArtifact(digest: string): void {
    removeIfThere(this.artifactPath(digest));
  }

  /** Removes this process's scratch. */
  async close(): Promise<void> {
    const session = this.#session;
    this.#session = undefined;
    // One that could not be opened (a store that cannot be written) leaves nothing to remove.
    (await session?.catch(() => undefined))?.close();
  }

  #recordPath(key: string): string {
    return join(this.path, "records", key.slice(0, 2), `${key}.json`);
  }

  #latestPath(study: string): string {
    return join(this.path, "latest", `${study}.json`);
  }

  /** Makes the store's folder before the first write, so that reading alone needs none. */
  #prepare(): void {
    if (this.#ready) return;
    try {
      Deno.mkdirSync(join(this.path, "scratch"), { recursive: true });
      const format = join(this.path, "format");
      if (readTextIfThere(format) === undefined) {
        writeFileAtomic(format, `${STORE_FORMAT}\n`, join(this.path, "scratch"));
      }
    } catch (error) {
      throw explainWriteError(error, this.path);
    }
    this.#ready = true;
  }
}

/** Paths of all files below a folder, relative and sorted; none if it is not there. */
export function listFiles(folder: string): string[] {
  const paths: string[] = [];
  const walk = (below: string) => {
    for (const entry of Deno.readDirSync(join(folder, below))) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory) walk(path);
      else paths.push(path);
    }
  };
  try {
    walk("");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return paths.sort();
}
