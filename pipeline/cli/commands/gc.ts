/**
 * `constat gc`: removes from the store what no study needs as it stands now, and the checkpoints of
 * killed trainings.
 *
 * @module
 */
import { join } from "node:path";
import { removeIfThere } from "../../engine/atomic.ts";
import type { NodeRecord } from "../../engine/record.ts";
import { listFiles, type Store } from "../../engine/store.ts";
import { DONE } from "../exit_codes.ts";
import { type GlobalOptions, loadPlans, openEngine } from "../project.ts";
import { formatBytes, plural } from "../render/format.ts";

/** Options of `gc`. */
export interface GcOptions extends GlobalOptions {
  dryRun?: boolean;
}

/** An artifact this young may belong to a node whose record is being written. */
const YOUNG_MS = 60_000;

/** Removes records that no study's last run used, then artifacts that no record names. */
export async function gc(options: GcOptions): Promise<number> {
  const plans = await loadPlans([]);
  await using engine = openEngine(options);
  const { store } = engine;
  const writers = options.dryRun ? [] : await store.writers();
  if (writers.length > 0) {
    throw new Error(
      `Cannot remove anything from ${store.path} while process ${
        writers.join(", ")
      } writes to it, ` +
        `as nothing tells yet what that one needs: wait until it ends`,
    );
  }
  const needed = new Set<string>();
  for (const plan of plans) {
    for (const key of Object.values(store.latest(plan.study))) needed.add(key);
    for (const status of engine.status(plan).values()) {
      if (status.status === "cached") needed.add(status.key);
    }
  }
  const records = store.keys();
  const stale = records.filter((key) => !needed.has(key));
  const live = liveArtifacts(store, records.filter((key) => needed.has(key)));
  const dead = store.artifacts().filter(({ digest }) =>
    !live.has(digest) && !isYoung(store.artifactPath(digest))
  );
  if (!options.dryRun) {
    for (const key of stale) store.removeRecord(key);
    for (const { digest } of dead) store.removeArtifact(digest);
    for (const name of listFiles(join(store.path, "damaged"))) {
      Deno.removeSync(join(store.path, "damaged", name));
    }
    removeIfThere(store.checkpointFolder(""));
  }
  const size = dead.reduce((sum, artifact) => sum + artifact.size, 0);
  console.log(
    `${options.dryRun ? "would remove" : "removed"} ${plural(stale.length, "record")} and ` +
      `${plural(dead.length, "artifact")} (${formatBytes(size)})`,
  );
  return DONE;
}

function liveArtifacts(store: Store, keys: readonly string[]): Set<string> {
  const live = new Set<string>();
  for (const key of keys) {
    const record: NodeRecord | undefined = store.readRecord(key);
    for (const output of Object.values(record?.outputs ?? {})) {
      live.add(output.digest);
      if (output.format === "tree" && store.hasArtifact(output.digest)) {
        for (const file of store.readTree(output.digest).files) live.add(file.digest);
      }
    }
  }
  return live;
}

function isYoung(path: string): boolean {
  return Date.now() - (Deno.statSync(path).ctime?.getTime() ?? 0) < YOUNG_MS;
}
