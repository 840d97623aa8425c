import assert from "node:assert/strict";
import { join } from "node:path";
import { sha256 } from "../digest.ts";
import { download, type DownloadPlaces } from "./download.ts";
import { UnavailableError } from "./errors.ts";

const BYTES = new TextEncoder().encode("the file's true content");
const SHA256 = sha256(BYTES);

async function withServer(
  answer: () => Response,
  body: (url: string, places: DownloadPlaces) => Promise<void>,
) {
  const folder = Deno.makeTempDirSync();
  const places = { downloads: join(folder, "downloads"), downloaded: join(folder, "downloaded") };
  Deno.mkdirSync(places.downloaded);
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, answer);
  try {
    await body(`http://127.0.0.1:${server.addr.port}/file.gz`, places);
  } finally {
    await server.shutdown();
    Deno.removeSync(folder, { recursive: true });
  }
}

const pinned = (url: string) => ({
  url,
  sha256: SHA256,
  size: BYTES.length,
  mirror: "set/file.gz",
});
const quiet = () => {};

Deno.test("download() brings a file, checks it and keeps it", () =>
  withServer(() => new Response(BYTES), async (url, places) => {
    const progress: number[] = [];
    assert.deepEqual(await download(places, pinned(url), (done) => progress.push(done)), BYTES);
    assert.equal(progress.at(-1), BYTES.length);
    assert.deepEqual(Deno.readFileSync(join(places.downloaded, SHA256)), BYTES);
  }));

Deno.test("download() takes what was downloaded before, if its bytes are right", () =>
  withServer(() => new Response(BYTES), async (url, places) => {
    const unreachable = pinned("http://127.0.0.1:1/none");
    Deno.mkdirSync(places.downloads);
    Deno.writeFileSync(join(places.downloads, SHA256), BYTES);
    assert.deepEqual(await download(places, unreachable, quiet), BYTES);
    Deno.writeTextFileSync(join(places.downloads, SHA256), "damaged");
    assert.deepEqual(await download(places, pinned(url), quiet), BYTES);
  }));

for (
  const [what, bytes, says] of [
    ["cut short", BYTES.subarray(0, 5), /has 5 bytes where 23 are expected/],
    ["of another content", BYTES.map((byte) => byte ^ 1), /SHA-256 .* is expected/],
    ["longer", new Uint8Array(1000), /more than the 23 bytes/],
  ] as const
) {
  Deno.test(`download() refuses a file that is ${what} and keeps nothing`, () =>
    withServer(() => new Response(new Uint8Array(bytes)), async (url, places) => {
      await assert.rejects(download(places, pinned(url), quiet), says);
      assert.deepEqual([...Deno.readDirSync(places.downloaded)], []);
    }));
}

Deno.test("download() tries again, then says what can stand in", async () => {
  let asked = 0;
  await withServer(() => {
    asked++;
    return new Response("busy", { status: 503 });
  }, async (url, places) => {
    await assert.rejects(download(places, pinned(url), quiet), (error: Error) => {
      assert(error instanceof UnavailableError);
      assert.match(error.message, /HTTP status 503.*set\/file\.gz.*--mirror/);
      return true;
    });
  });
  assert.equal(asked, 3);
});

Deno.test("download() takes a mirror folder in place of the network", async () => {
  const folder = Deno.makeTempDirSync();
  const places = { mirror: folder, downloads: join(folder, "a"), downloaded: join(folder, "b") };
  const file = pinned("http://127.0.0.1:1/none");
  await assert.rejects(download(places, file, quiet), UnavailableError);
  Deno.mkdirSync(join(folder, "set"));
  Deno.writeFileSync(join(folder, "set/file.gz"), BYTES);
  assert.deepEqual(await download(places, file, quiet), BYTES);
  Deno.writeFileSync(join(folder, "set/file.gz"), BYTES.subarray(1));
  await assert.rejects(download(places, file, quiet), /set\/file\.gz has 22 bytes/);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("download() says which file of a mirror it cannot read", () =>
  withServer(() => new Response(BYTES), async (url, places) => {
    const mirror = join(places.downloaded, "mirror");
    Deno.mkdirSync(join(mirror, "set", "file.gz"), { recursive: true });
    const path = join(mirror, "set", "file.gz");
    await assert.rejects(download({ ...places, mirror }, pinned(url), quiet), {
      message: new RegExp(`^Cannot read ${path}: `),
    });
  }));
