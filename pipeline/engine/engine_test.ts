import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plan } from "../plan.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { Engine, type EngineOptions, type EngineRunOptions } from "./engine.ts";
import { NondeterminismError } from "./errors.ts";
import type { EngineEvent } from "./events.ts";
import type { NodeRecord } from "./record.ts";
import type { PlanResult } from "./run_plan.ts";
import { listFiles, Store } from "./store.ts";
import { keeperPlan, readersPlan, roguePlan, sumPlan } from "./testdata/plans.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");

interface Ran {
  result: PlanResult;
  events: EngineEvent[];
}

async function withStore(body: (store: string) => Promise<void>) {
  const folder = Deno.makeTempDirSync({ prefix: "constat, test " });
  try {
    await body(join(folder, "store"));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

async function run(
  store: string,
  plan: Plan,
  { signal, force, experiment, ...options }: Partial<EngineOptions> & EngineRunOptions = {},
): Promise<Ran> {
  const events: EngineEvent[] = [];
  await using engine = new Engine({ root: ROOT, storePath: store, ...options });
  const result = await engine.run(plan, (event) => events.push(event), {
    ...(signal === undefined ? {} : { signal }),
    ...(force === undefined ? {} : { force }),
    ...(experiment === undefined ? {} : { experiment }),
  });
  return { result, events };
}

function computed({ result }: Ran): string[] {
  return [...result.nodes].filter(([, node]) => node.status === "computed").map(([id]) => id);
}

function digests({ result }: Ran): Record<string, unknown> {
  return Object.fromEntries(
    [...result.nodes].map(([id, node]) => [
      id,
      "record" in node
        ? Object.fromEntries(
          Object.entries(node.record.outputs).map(([port, output]) => [port, output.digest]),
        )
        : node.status,
    ]),
  );
}

function failure({ result }: Ran): Error {
  const failed = [...result.nodes.values()].find((node) => node.status === "failed");
  assert(failed?.status === "failed");
  return failed.error;
}

Deno.test("a run computes every node once, and a second run none", () =>
  withStore(async (store) => {
    const plan = sumPlan({ a: 3, b: 5 });
    const first = await run(store, plan);
    assert.deepEqual(computed(first), ["toy.source", "toy.times[a]", "toy.times[b]", "toy.sum"]);
    const second = await run(store, plan);
    assert.deepEqual(computed(second), []);
    assert.deepEqual(digests(second), digests(first));
    const total = first.result.nodes.get("toy.sum");
    assert(total?.status === "computed");
    const text = Deno.readTextFileSync(
      join(
        store,
        "artifacts",
        total.record.outputs.total!.digest.slice(0, 2),
        total.record.outputs.total!.digest,
      ),
    );
    assert.deepEqual(JSON.parse(text), { total: 16 });
  }));

Deno.test("a changed param reruns its node and what reads it, and names old and new", () =>
  withStore(async (store) => {
    await run(store, sumPlan({ a: 3, b: 5 }));
    const second = await run(store, sumPlan({ a: 3, b: 7 }));
    assert.deepEqual(computed(second), ["toy.times[b]", "toy.sum"]);
    const started = second.events.find((event) => event.type === "node.started");
    assert.deepEqual(started?.type === "node.started" && started.reasons, [
      { kind: "param", what: "factor", old: "5", new: "7" },
    ]);
  }));

Deno.test("an experiment is not what the next run compares with", () =>
  withStore(async (store) => {
    await run(store, sumPlan({ a: 3 }));
    await run(store, sumPlan({ a: 9 }), { experiment: true });
    const next = await run(store, sumPlan({ a: 4 }));
    const started = next.events.find((event) => event.type === "node.started");
    assert.deepEqual(started?.type === "node.started" && started.reasons, [
      { kind: "param", what: "factor", old: "3", new: "4" },
    ]);
  }));

Deno.test("a rerun that yields the same bytes stops there", () =>
  withStore(async (store) => {
    await run(store, sumPlan({ a: 3, b: 0 }, 2));
    // 0 × 9 = 0 × 2: the node of b reruns as its input changed, and writes what it wrote before.
    const second = await run(store, sumPlan({ b: 0 }, 9));
    assert.deepEqual(computed(second), ["toy.source", "toy.times[b]", "toy.sum"]);
    const third = await run(store, sumPlan({ b: 0 }, 4));
    assert.deepEqual(computed(third), ["toy.source", "toy.times[b]"]);
  }));

Deno.test("nothing is left in scratch or locks", () =>
  withStore(async (store) => {
    await run(store, sumPlan({ a: 1 }));
    await run(store, roguePlan("throws"));
    assert.deepEqual(listFiles(join(store, "scratch")), []);
    assert.deepEqual(listFiles(join(store, "locks")), []);
  }));

Deno.test("a damaged artifact is set aside and computed again", () =>
  withStore(async (store) => {
    const first = await run(store, sumPlan({ a: 3, b: 5 }));
    const node = first.result.nodes.get("toy.times[a]");
    assert(node?.status === "computed");
    const { digest } = node.record.outputs.number!;
    const path = join(store, "artifacts", digest.slice(0, 2), digest);
    const text = Deno.readTextFileSync(path);
    Deno.chmodSync(path, 0o644);
    Deno.writeTextFileSync(path, text.replace("6", "8")); // Same length: only a hash tells.
    const again = await run(store, sumPlan({ a: 3, b: 5 }), { force: "toy.sum" });
    assert(again.events.some((event) => event.type === "artifact.damaged"));
    assert.deepEqual(digests(again), digests(first));
    assert.equal(Deno.readTextFileSync(path), text);
    assert.equal(listFiles(join(store, "damaged")).length, 1);
  }));

Deno.test("a missing artifact is computed again", () =>
  withStore(async (store) => {
    const first = await run(store, sumPlan({ a: 3 }));
    Deno.removeSync(join(store, "artifacts"), { recursive: true });
    const again = await run(store, sumPlan({ a: 3 }));
    assert.equal(computed(again).length, 3);
    assert.deepEqual(digests(again), digests(first));
  }));

Deno.test("an artifact that goes away while its reader waits is computed again", () =>
  withStore(async (store) => {
    await using engine = new Engine({ root: ROOT, storePath: store });
    const first = await engine.run(sumPlan({ a: 3 }), () => {});
    let removed = 0;
    const again = await engine.run(
      sumPlan({ a: 3 }),
      (event) => {
        if (event.type !== "node.started" || event.node !== "toy.sum" || removed++ > 0) return;
        Deno.removeSync(join(store, "artifacts"), { recursive: true });
      },
      { force: "toy.sum" },
    );
    assert.deepEqual([removed, again.failed], [2, 0]);
    assert.deepEqual(
      digests({ result: again, events: [] }),
      digests({ result: first, events: [] }),
    );
  }));

Deno.test("readers that find the same damage set it aside once", () =>
  withStore(async (store) => {
    const plan = sumPlan({ a: 3, b: 5, c: 7, d: 9 });
    const first = await run(store, plan);
    const node = first.result.nodes.get("toy.source");
    assert(node?.status === "computed");
    const { digest } = node.record.outputs.number!;
    const path = join(store, "artifacts", digest.slice(0, 2), digest);
    Deno.chmodSync(path, 0o644);
    Deno.writeTextFileSync(path, Deno.readTextFileSync(path).replace("2", "4"));
    const again = await run(store, plan, { force: "toy.times", jobs: 4 });
    assert.deepEqual(digests(again), digests(first));
    assert.equal(listFiles(join(store, "damaged")).length, 1);
  }));

for (
  const [what, damage] of [
    ["without outputs", (record) => delete record.outputs],
    ["with an output that is none", (record) => record.outputs = { number: { digest: "../x" } }],
    [
      "of other params",
      (record) => record.material = { ...record.material as object, params: { factor: 4 } },
    ],
    ["without measurements", (record) => delete record.measured],
  ] as [string, (record: { [Name in keyof NodeRecord]?: unknown }) => void][]
) {
  Deno.test(`a damaged record ${what} is one that is not there`, () =>
    withStore(async (store) => {
      const first = await run(store, sumPlan({ a: 3 }));
      const node = first.result.nodes.get("toy.times[a]");
      assert(node?.status === "computed");
      const { key } = node.record;
      const path = join(store, "records", key.slice(0, 2), `${key}.json`);
      const record = JSON.parse(Deno.readTextFileSync(path));
      damage(record);
      Deno.writeTextFileSync(path, JSON.stringify(record));
      Deno.writeTextFileSync(join(store, "latest", "toy.json"), "null");
      const again = await run(store, sumPlan({ a: 3 }));
      assert.deepEqual(computed(again), ["toy.times[a]"]);
      assert.deepEqual(digests(again), digests(first));
    }));
}

Deno.test("one key with two results is an error of its own kind", () =>
  withStore(async (store) => {
    const first = await run(store, roguePlan("random"));
    const forced = await run(store, roguePlan("random"), { force: "toy" });
    assert(failure(forced) instanceof NondeterminismError);
    assert.deepEqual(digests(await run(store, roguePlan("random"))), digests(first));
  }));

Deno.test("a failing step fails alone, with its message", () =>
  withStore(async (store) => {
    const ran = await run(store, roguePlan("throws"));
    assert.match(failure(ran).message, /toy\.rogue: the value -3 is out of range/);
    assert.equal(ran.result.failed, 1);
    assert.match(failure(await run(store, roguePlan("exits"))).message, /exit code 7$/);
    assert.match(failure(await run(store, roguePlan("rejects"))).message, /nobody waits for this/);
    assert.match(
      failure(await run(store, roguePlan("silent"))).message,
      /did not write its output out/,
    );
  }));

Deno.test("a step reads, writes, fetches and starts nothing that it does not declare", () =>
  withStore(async (store) => {
    const secret = join(ROOT, "deno.json");
    const read = failure(await run(store, roguePlan("reads", secret))).message;
    assert.match(read, /deno\.json/);
    assert.match(read, /does not declare/);
    for (
      const plan of [
        roguePlan("writes", join(ROOT, "x")),
        roguePlan("fetches"),
        roguePlan("spawns"),
      ]
    ) {
      assert.match(failure(await run(store, plan)).message, /does not declare/);
    }
    const env = await run(store, roguePlan("env"));
    const node = env.result.nodes.get("toy.rogue");
    assert(node?.status === "computed");
    const { digest } = node.record.outputs.out!;
    const text = Deno.readTextFileSync(join(store, "artifacts", digest.slice(0, 2), digest));
    assert.deepEqual(JSON.parse(text), { home: null });
  }));

Deno.test("two runs at once share the work", () =>
  withStore(async (store) => {
    const plan = sumPlan({ a: 1, b: 2, c: 3 });
    const [one, two] = await Promise.all([run(store, plan), run(store, plan)]);
    assert.equal(one.result.computed + two.result.computed, plan.nodes.length);
    assert.deepEqual(digests(one), digests(two));
  }));

Deno.test("an abort ends a run at once, and the next one finishes it", () =>
  withStore(async (store) => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 60);
    await assert.rejects(run(store, sumPlan({ a: 1, b: 2 }), { signal: abort.signal }), {
      name: "InterruptedError",
    });
    assert.equal((await run(store, sumPlan({ a: 1, b: 2 }))).result.failed, 0);
  }));

Deno.test("an asset that changed under a running node is an error, also once another looked at it", () =>
  withStore(async (store) => {
    const path = join(store, "..", "asset.txt");
    Deno.writeTextFileSync(path, "before");
    await using engine = new Engine({ root: ROOT, storePath: store, jobs: 2 });
    const { nodes } = await engine.run(readersPlan(path, 500), (event) => {
      if (event.type === "node.started" && event.node === "toy.reader[slow]") {
        Deno.writeTextFileSync(path, "after it");
      }
    });
    const slow = nodes.get("toy.reader[slow]");
    assert(slow?.status === "failed");
    assert.equal(slow.error.name, "ChangedInputError");
    assert.equal(nodes.get("toy.reader[late]")?.status, "computed");
  }));

Deno.test("a checkpoint stays after a kill, and after nothing else", () =>
  withStore(async (store) => {
    const path = join(store, "..", "asset.txt");
    Deno.writeTextFileSync(path, "before");
    const checkpoints = () => listFiles(join(store, "checkpoints")).length;
    assert.match(failure(await run(store, keeperPlan(path, "exits"))).message, /exit code 7$/);
    assert.equal(checkpoints(), 1);
    assert.match(failure(await run(store, keeperPlan(path, "throws"))).message, /out of range/);
    assert.equal(checkpoints(), 1, "the other node's");

    await run(store, keeperPlan(path, "random"));
    assert.equal(checkpoints(), 1);
    const forced = await run(store, keeperPlan(path, "random"), { force: "toy.keeper" });
    assert(failure(forced) instanceof NondeterminismError);
    assert.equal(checkpoints(), 1, "none of a result that was refused");

    await using engine = new Engine({ root: ROOT, storePath: store });
    const { nodes } = await engine.run(keeperPlan(path, "slow", 500), (event) => {
      if (event.type === "node.phase" && event.phase === "computing") {
        setTimeout(() => Deno.writeTextFileSync(path, "after"), 200);
      }
    });
    const slow = nodes.get("toy.keeper");
    assert(slow?.status === "failed");
    assert.equal(checkpoints(), 1, "none of code or assets that changed");
  }));

Deno.test("what is computed again begins at the beginning", () =>
  withStore(async (store) => {
    const path = join(store, "..", "asset.txt");
    Deno.writeTextFileSync(path, "same");
    const plan = keeperPlan(path, "told");
    const first = await run(store, plan);
    const [{ key }] = [...first.result.nodes.values()] as { key: { key: string } }[];
    const folder = join(store, "checkpoints", key.key);
    Deno.mkdirSync(folder, { recursive: true });
    await openCheckpoint({ folder, seconds: 0 }).write(new TextEncoder().encode("an older half"));
    const forced = await run(store, plan, { force: "toy.keeper" });
    assert.deepEqual(digests(forced), digests(first));
  }));

Deno.test("an asset that got a further name under a running node is the same", () =>
  withStore(async (store) => {
    const path = join(store, "..", "asset.txt");
    Deno.writeTextFileSync(path, "before");
    await using engine = new Engine({ root: ROOT, storePath: store, jobs: 2 });
    const { nodes } = await engine.run(readersPlan(path, 500), (event) => {
      if (event.type === "node.started" && event.node === "toy.reader[slow]") {
        Deno.linkSync(path, `${path}.too`);
      }
    });
    assert.equal(nodes.get("toy.reader[slow]")?.status, "computed");
    Deno.removeSync(`${path}.too`);
  }));

Deno.test("a store where no node may read is refused at once", () => {
  for (const path of ["/dev/shm/store", "/proc", "/sys/x"]) {
    assert.throws(() => new Store(path), { name: "StoreError", message: /no sandboxed process/ });
  }
});
