/** What the program says to bad input: exit code, and one message with place, value and remedy. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { listFiles } from "../engine/store.ts";
import { ProjectCopy } from "../../testing/project_copy.ts";
import { needs } from "../../testing/require.ts";
import { SMALLEST_STUDY } from "../../testing/studies.ts";
import { DONE, FAILED, USAGE } from "./exit_codes.ts";

const STUDY = "reports/small/study.yaml";

/** A line of the study replaced, and what must be said about it. */
const BAD_STUDIES: readonly [name: string, before: string, after: string, says: RegExp][] = [
  ["a typo", "epochs: 2", "epoch: 2", /study\.yaml:6:9: train\.epoch.*epochs/],
  ["a wrong type", "epochs: 2", "epochs: many", /study\.yaml:6:17: train\.epochs.*"?many/],
  ["an unknown stage", "evaluate:", "evalaute:", /study\.yaml:7:1: .*evalaute.*evaluate/],
  ["a sweep over nothing", "epochs: 2", "epochs: {sweep: []}", /study\.yaml:6:.*sweep/],
  ["ratios that sum to 1.2", "train: 0.6", "train: 0.8", /study\.yaml:4:.*sum to 1.*1\.2/],
  [
    "more answers than classes",
    "evaluate: {",
    "evaluate: {topK: 16, ",
    /study\.yaml:7:18: evaluate\.topK.*from 1 to 15, the number of classes, found 16/,
  ],
  ["__proto__ as a key", "epochs: 2", "__proto__: 2", /study\.yaml:6:9: .*__proto__/],
  ["a newer format", "format: 1", "format: 9", /study\.yaml:1:9: .*9.*newer/],
];

Deno.test("a study file that does not validate exits with 2 and names the place", async (test) => {
  using copy = ProjectCopy.make({ small: SMALLEST_STUDY });
  for (const [name, before, after, says] of BAD_STUDIES) {
    await test.step(name, async () => {
      assert(SMALLEST_STUDY.includes(before));
      copy.write(STUDY, SMALLEST_STUDY.replace(before, after));
      const { code, stderr } = await copy.run(["run"]);
      assert.equal(code, USAGE, stderr);
      assert.match(stderr, says);
      assert.deepEqual(listFiles(copy.path(".constat/store")), [], "something was written");
    });
  }
  copy.write(STUDY, SMALLEST_STUDY);

  await test.step("an unknown study, option, override and mirror", async () => {
    for (
      const [args, says] of [
        [["run", "smal"], /"smal".*small/],
        [["run", "--jobs", "0"], /at least 1/],
        [["run", "--set", "train.epoch=3"], /--set train\.epoch.*epochs/],
        [["run", "--mirror", "/no/such/folder"], /\/no\/such\/folder/],
        [["run", "--force", "evalaute"], /--force evalaute.*evaluate\.model/],
        [["why", "small", "train.fitt"], /train\.fit/],
      ] as const
    ) {
      const { code, stderr } = await copy.run([...args]);
      assert.equal(code, USAGE, stderr);
      assert.match(stderr, says);
    }
  });

  await test.step("a class with one image fails its step, and names class and remedy", async () => {
    copy.write(STUDY, SMALLEST_STUDY.replace("limit: 150", "limit: 15"));
    const { code, stderr } = await copy.run(["run"]);
    assert.equal(code, FAILED);
    assert.match(stderr, /split\.assign: .*class "a" must have at least 3 images.*is 1: /);
  });
});

const FASHION = SMALLEST_STUDY.replace("source: letterforms, limit: 150", "source: fashion-mnist");

Deno.test("published data that is not at hand is skipped in words", async () => {
  using copy = ProjectCopy.make({ small: SMALLEST_STUDY, fashion: FASHION });
  const mirror = copy.path("empty mirror");
  Deno.mkdirSync(mirror);
  const { code, stdout } = await copy.run(["run", "--mirror", mirror]);
  assert.equal(code, DONE);
  assert.match(stdout, /fashion is skipped: .*empty mirror has no fashion-mnist\//);
  assert.equal((await copy.run(["run", "--mirror", mirror, "--require-all"])).code, 3);
});

Deno.test("a truncated or foreign file is refused and the store stays clean", async () => {
  using copy = ProjectCopy.make({ fashion: FASHION });
  const files = [
    "train-images-idx3-ubyte.gz",
    "train-labels-idx1-ubyte.gz",
    "t10k-images-idx3-ubyte.gz",
    "t10k-labels-idx1-ubyte.gz",
  ];
  for (const file of files) copy.write(`mirror/fashion-mnist/${file}`, "not an image");
  const { code, stderr } = await copy.run(["run", "--mirror", copy.path("mirror")]);
  assert.equal(code, FAILED);
  assert.match(stderr, /mirror\/fashion-mnist\/\S+\.gz has 12 bytes where \d+ are expected/);
  const store = copy.path(".constat/store");
  for (const folder of ["artifacts", "records", "scratch", "locks"]) {
    assert.deepEqual(listFiles(join(store, folder)), []);
  }
});

/** Whether this process may mount file systems; without, a full disk cannot be made. */
function canMount(): boolean {
  const folder = Deno.makeTempDirSync();
  try {
    return mount(["-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]) && unmount(folder);
  } finally {
    Deno.removeSync(folder);
  }
}

function mount(args: string[]): boolean {
  return run("mount", args);
}

function unmount(folder: string): boolean {
  return run("umount", [folder]);
}

function run(command: string, args: string[]): boolean {
  try {
    return new Deno.Command(command, { args, stderr: "null", stdout: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

const mountable = {
  name: "the right to mount file systems",
  path: canMount() ? "/" : undefined,
  remedy: "run the tests as root",
};

Deno.test({
  name: "a full disk and a read-only store are said in one message, and nothing is lost",
  ...needs(mountable),
  async fn() {
    using copy = ProjectCopy.make({ small: SMALLEST_STUDY });
    const disk = copy.path("disk");
    Deno.mkdirSync(disk);
    assert(mount(["-t", "tmpfs", "-o", "size=1m", "tmpfs", disk]));
    try {
      const store = join(disk, "store");
      const full = await copy.run(["run", "--store", store]);
      assert.equal(full.code, FAILED);
      assert.match(full.stderr, /No space left on the disk that holds .*--store/);
      assert(mount(["-o", "remount,size=200m", disk]));
      const after = await copy.run(["run", "--store", store]);
      assert.equal(after.code, DONE, after.stderr);

      assert(mount(["-o", "remount,ro", disk]));
      const cached = await copy.run(["run", "--store", store]);
      assert.equal(cached.code, DONE, cached.stderr);
      const changed = await copy.run(["run", "--store", store, "--set", "train.epochs=3"]);
      assert.equal(changed.code, FAILED);
      assert.match(changed.stderr, /read-only.*--store/);
    } finally {
      unmount(disk);
    }
  },
});
