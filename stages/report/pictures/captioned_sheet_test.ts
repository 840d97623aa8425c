import assert from "node:assert/strict";
import { type CaptionedSheet, drawCaptionedSheet } from "./captioned_sheet.ts";
import { divergingColour, divergingPicture, divergingScale } from "./diverging.ts";
import type { Picture } from "./png.ts";

const grey: Picture = { width: 2, height: 1, channels: 1, pixels: Uint8Array.of(0, 255) };

const sheet: CaptionedSheet = {
  rows: [
    { title: "a", cells: [{ picture: grey }, { picture: grey, caption: "<b>&" }, {}] },
    { title: "b", subtitle: "wrong", cells: [{ picture: grey }, {}, { picture: grey }] },
  ],
  groups: [{ from: 0, heading: "Image" }, { from: 1, heading: "One" }, { from: 2, heading: "Two" }],
  size: 40,
};

/** Attributes of each element of a kind. */
function elements(svg: string, kind: string): Record<string, string>[] {
  return [...svg.matchAll(new RegExp(`<${kind} ([^>]*)`, "g"))].map(([, attributes]) =>
    Object.fromEntries([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, k, v]) => [k, v]))
  );
}

Deno.test("drawCaptionedSheet() puts each picture in its place, whole and inside the sheet", async () => {
  const svg = await drawCaptionedSheet(sheet);
  const images = elements(svg, "image");
  assert.equal(images.length, 4);
  // Twice as wide as high, in the middle of its square.
  assert.deepEqual(images.map(({ width, height }) => [width, height]), Array(4).fill(["40", "20"]));
  assert.equal(images[0].x, images[2].x);
  assert.ok(Number(images[3].x) > Number(images[1].x) + 40);
  const [{ width, height }] = elements(svg, "svg");
  for (const { x, y } of images) {
    assert.ok(Number(x) + 40 <= Number(width) && Number(y) + 40 <= Number(height));
  }
  assert.match(svg, />&lt;b&gt;&amp;</);
  assert.doesNotMatch(svg, /<b>/);
});

Deno.test("drawCaptionedSheet() heads the places of a column that hold a picture", async () => {
  const heads = async (columns: number) =>
    (await drawCaptionedSheet({ ...sheet, columns })).match(/>(Image|One|Two)</g)?.join("");
  assert.equal(await heads(1), ">Image<>One<>Two<");
  assert.equal(await heads(2), ">Image<>One<>Image<>Two<");
});

Deno.test("drawCaptionedSheet() cuts a caption that is too long", async () => {
  const long = "a class whose name goes on and on";
  const svg = await drawCaptionedSheet({
    ...sheet,
    rows: [{ title: "a", cells: [{ picture: grey, caption: long }] }],
  });
  assert.match(svg, />a class[^<]*…</);
  assert.ok(!svg.includes(long));
});

Deno.test("colours diverge from white, and stay at the limit beyond it", () => {
  assert.deepEqual(divergingColour(0, 1), [255, 255, 255]);
  assert.deepEqual(divergingColour(-1, 1), [0x00, 0x72, 0xb2]);
  assert.deepEqual(divergingColour(7, 1), [0xd5, 0x5e, 0x00]);
  assert.deepEqual(divergingColour(1, 0), [255, 255, 255]);
  assert.deepEqual(divergingScale(3), ["#0072b2", "#ffffff", "#d55e00"]);
  const { pixels } = divergingPicture([0, -2], { width: 1, height: 2, limit: 2 });
  assert.deepEqual([...pixels], [255, 255, 255, 0x00, 0x72, 0xb2]);
});
