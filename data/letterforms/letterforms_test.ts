import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { stream } from "../../core/random/stream.ts";
import { charactersOf, codeName } from "./characters.ts";
import { drawLetterforms } from "./draw_letterforms.ts";
import { readFont } from "./outline.ts";
import { drawPose } from "./pose.ts";
import { loadRasterizer, RASTERIZER_URL } from "./rasterize.ts";
import { FAMILIES, FONT_STYLES } from "./styles.ts";

Deno.test("there are 200 styles of 15 families, and each font is installed", () => {
  assert.equal(FAMILIES.length, 15);
  assert.equal(FONT_STYLES.length, 200);
  assert.equal(new Set(FONT_STYLES.map(({ id }) => id)).size, 200);
  for (const [i, { index, url, id }] of FONT_STYLES.entries()) {
    assert.equal(index, i);
    assert.ok(Deno.statSync(url).isFile, id);
  }
});

Deno.test("look-alikes are 15 characters and latin1 156, each with its code", () => {
  assert.equal(charactersOf("look-alikes").length, 15);
  const latin1 = charactersOf("latin1");
  assert.deepEqual([latin1.length, latin1[0], latin1.at(-1)], [156, "!", "ÿ"]);
  assert.ok(!latin1.includes("×") && !latin1.includes("÷"));
  assert.equal(codeName("I"), "U+0049");
});

Deno.test("an outline is in the font's units, downwards from the baseline", async () => {
  const style = FONT_STYLES.find(({ id }) => id === "roboto-400-normal")!;
  const font = await readFont(await Deno.readFile(style.url), style.id);
  assert.equal(font.unitsPerEm, 2048);
  const { path, box } = font.outline("I");
  assert.equal(box.bottom, 0);
  assert.equal(box.top, -1456); // Roboto's height of capitals
  assert.match(path, /^M183 -1456L[-L\d ]+$/);
  assert.throws(
    () => font.outline("Ж"),
    new RangeError("Font roboto-400-normal does not hold the character Ж"),
  );
});

Deno.test("a foreign file is refused as a font", async () => {
  const bytes = new TextEncoder().encode("<!doctype html>");
  await assert.rejects(readFont(bytes, "x"), /Cannot read font x: /);
});

Deno.test("the rasteriser covers pixels by area", async () => {
  const rasterize = await loadRasterizer(await Deno.readFile(RASTERIZER_URL));
  const square = "M0 0L1 0L1 1L0 1Z";
  assert.deepEqual(
    [...rasterize(square, [2, 0, 0, 2, 1, 1], 4)],
    [0, 0, 0, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 0, 0, 0],
  );
  const half = rasterize(square, [2, 0, 0, 1.5, 1, 1], 4);
  assert.ok(Math.abs(half[9]! - 127.5) < 2, `a half-covered pixel has grey level ${half[9]}`);
});

Deno.test("a pose without freedom centres the outline's box", () => {
  const outline = { path: "", box: { left: 100, right: 300, top: -500, bottom: 0 } };
  const ranges = { size: 40, scale: [0.5, 0.5], shift: 0, rotation: 0 } as const;
  const matrix = drawPose(stream(1, "data"), outline, { unitsPerEm: 1000 }, ranges);
  assert.deepEqual(matrix, [0.02, 0, -0, 0.02, 16, 25]);
});

Deno.test("poses stay in their ranges and use them", () => {
  const outline = { path: "", box: { left: 0, right: 0, top: 0, bottom: 0 } };
  const ranges = { size: 100, scale: [0.8, 1], shift: 0.1, rotation: 10 } as const;
  const random = stream(7, "data");
  const poses = Array.from({ length: 500 }, (_, i) => {
    const [a, b, , , right, down] = drawPose(random.sub(i), outline, { unitsPerEm: 1 }, ranges);
    return { scale: Math.hypot(a, b), angle: Math.atan2(b, a) * 180 / Math.PI, right, down };
  });
  const expected = { scale: [80, 100], angle: [-10, 10], right: [40, 60], down: [40, 60] };
  for (
    const [name, [least, greatest]] of Object.entries(expected) as [
      keyof typeof expected,
      [number, number],
    ][]
  ) {
    const values = poses.map((pose) => pose[name]);
    const margin = (greatest - least) / 50;
    assert.ok(Math.min(...values) >= least && Math.min(...values) < least + margin, name);
    assert.ok(Math.max(...values) <= greatest && Math.max(...values) > greatest - margin, name);
  }
});

Deno.test("a letter looks the same whatever other letters are drawn, on every machine", async () => {
  const rasterize = await loadRasterizer(await Deno.readFile(RASTERIZER_URL));
  const [first, second] = FONT_STYLES.filter(({ family }) => family === "pt-serif");
  const options = {
    seed: 1,
    size: 32,
    scale: [0.8, 1],
    shift: 0.125,
    rotation: 8,
    rasterize,
    font: ({ url }: { url: URL }) => Deno.readFile(url),
  } as const;
  const letters = [first!, second!].flatMap((style) =>
    charactersOf("look-alikes").map((character) => ({ style, character }))
  );
  const all = await drawLetterforms(letters, options);
  const last = await drawLetterforms(letters.slice(-1), options);
  assert.deepEqual(last, all.slice(-1024));
  const digests = Array.from(
    letters,
    (_, i) => createHash("sha256").update(all.subarray(i * 1024, i * 1024 + 1024)).digest("hex"),
  );
  assert.equal(new Set(digests).size, letters.length);
  assert.equal(
    createHash("sha256").update(all).digest("hex"),
    "331d0063d6b4c965e5cc0702ed3fc79e6c9423af962e60b0aee5049b2af647f6",
  );
});
