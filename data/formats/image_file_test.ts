import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import load from "wasm-vips";
import { encodePng } from "../../stages/report/pictures/png.ts";
import { ImageDecoder, type ImageFormat } from "./image_file.ts";

const GREY: ImageFormat = { height: 4, width: 6, channels: 1, fit: "contain", invert: false };

/** A PNG whose pixels are all different. */
function ramp(width: number, height: number, channels: 1 | 3 = 1) {
  const pixels = Uint8Array.from({ length: width * height * channels }, (_, i) => (i * 37) % 256);
  return { width, height, channels, pixels };
}

const text = (words: string) => new TextEncoder().encode(words);

Deno.test("a decoder leaves the global Worker as it was", async () => {
  const { Worker } = globalThis;
  {
    using decoder = await ImageDecoder.open();
    assert.deepEqual(decoder.decode(await encodePng(ramp(6, 4)), GREY), ramp(6, 4).pixels);
  }
  assert.equal(globalThis.Worker, Worker);
});

Deno.test("images are decoded and brought to a format", async (test) => {
  using decoder = await ImageDecoder.open();

  await test.step("of the same size and colours, the very pixels", async () => {
    const grey = ramp(6, 4);
    assert.deepEqual(decoder.decode(await encodePng(grey), GREY), grey.pixels);
    const colour = ramp(6, 4, 3);
    assert.deepEqual(
      decoder.decode(await encodePng(colour), { ...GREY, channels: 3 }),
      colour.pixels,
    );
  });

  await test.step("grey as RGB and back is what it was", async () => {
    const grey = ramp(6, 4);
    const rgb = Uint8Array.from({ length: 3 * 6 * 4 }, (_, i) => grey.pixels[Math.floor(i / 3)]);
    const bytes = await encodePng({ ...grey, channels: 3, pixels: rgb });
    assert.deepEqual(decoder.decode(bytes, GREY), grey.pixels);
    assert.deepEqual(decoder.decode(await encodePng(grey), { ...GREY, channels: 3 }), rgb);
  });

  await test.step("grey by Rec. 601", async () => {
    const pixels = Uint8Array.of(255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255);
    const bytes = await encodePng({ width: 2, height: 2, channels: 3, pixels });
    assert.deepEqual(
      [...decoder.decode(bytes, { ...GREY, height: 2, width: 2 })],
      [76, 150, 29, 255],
    );
  });

  await test.step("inverted", async () => {
    const grey = ramp(6, 4);
    assert.deepEqual(
      decoder.decode(await encodePng(grey), { ...GREY, invert: true }),
      grey.pixels.map((value) => 255 - value),
    );
  });

  await test.step("another ratio: between bars, cut, or stretched", async () => {
    // Left half white, right half grey, twice as wide as high.
    const pixels = Uint8Array.from({ length: 16 * 8 }, (_, i) => i % 16 < 8 ? 255 : 128);
    const bytes = await encodePng({ width: 16, height: 8, channels: 1, pixels });
    const square: ImageFormat = { ...GREY, height: 8, width: 8 };
    const column = (image: Uint8Array, x: number) =>
      Array.from({ length: 8 }, (_, y) => image[y * 8 + x]);
    const row = (image: Uint8Array, y: number) => [...image.subarray(y * 8, y * 8 + 8)];

    const contained = decoder.decode(bytes, square);
    assert.deepEqual(column(contained, 0), [0, 0, 255, 255, 255, 255, 0, 0]);
    assert.equal(contained[3 * 8 + 7], 128);
    const cut = decoder.decode(bytes, { ...square, fit: "cover" });
    assert.deepEqual(row(cut, 0), [255, 255, 255, 255, 128, 128, 128, 128]);
    const stretched = decoder.decode(bytes, { ...square, fit: "fill" });
    assert.deepEqual([stretched[0], stretched[63]], [255, 128]);
    assert.deepEqual(column(stretched, 0), Array(8).fill(255));
  });

  await test.step("JPEG, WebP, GIF and TIFF; EXIF, transparency, 16 bits and CMYK", async () => {
    const vips = await load({ dynamicLibraries: [] });
    try {
      // Left half white, right half black.
      const pixels = Uint8Array.from({ length: 16 * 8 }, (_, i) => i % 16 < 8 ? 255 : 0);
      const png = await encodePng({ width: 16, height: 8, channels: 1, pixels });
      const image = vips.Image.newFromBuffer(png);
      const near = (bytes: Uint8Array, wanted: Uint8Array, format: ImageFormat, by = 4) => {
        const found = decoder.decode(bytes, format);
        const worst = Math.max(...found.map((value, i) => Math.abs(value - wanted[i])));
        assert(worst <= by, `${worst}: ${found}`);
      };
      const wide: ImageFormat = { ...GREY, height: 8, width: 16 };
      for (const suffix of [".jpg[Q=95]", ".webp[lossless]", ".gif", ".tif"]) {
        near(image.writeToBuffer(suffix), pixels, wide);
      }
      near(image.colourspace("grey16").writeToBuffer(".png"), pixels, wide);
      // Black ink is not all black.
      near(image.colourspace("cmyk").writeToBuffer(".jpg[Q=95]"), pixels, wide, 40);

      // Turned a quarter clockwise on the screen: white comes to lie above black.
      const turned = image.copy();
      turned.setInt("orientation", 6);
      const upright = Uint8Array.from(pixels, (_, i) => i < 64 ? 255 : 0);
      near(turned.writeToBuffer(".jpg[Q=95]"), upright, { ...GREY, height: 16, width: 8 });

      // What is white becomes transparent, and lies on white again.
      const clear = image.bandjoin(image.invert());
      near(clear.copy({ interpretation: "b-w" }).writeToBuffer(".png"), pixels, wide);
    } finally {
      vips.shutdown();
    }
  });

  await test.step("what is no image, or not whole", async () => {
    const refuse = (bytes: Uint8Array, says: RegExp) =>
      assert.throws(() => decoder.decode(bytes, GREY), (error) => {
        assert(error instanceof SyntaxError || error instanceof RangeError, String(error));
        assert.match(error.message, says);
        return true;
      });
    refuse(new Uint8Array(), /^the file is empty/);
    refuse(text("hello"), /no image of a known format \(PNG, .*bytes 68 65 6c 6c 6f;/);
    refuse(text('<svg xmlns="http://www.w3.org/2000/svg"/>'), /no image of a known format/);
    const big = await encodePng(ramp(64, 64));
    refuse(big.subarray(0, big.length - 200), /cut short or damaged \(.+\): copy it again/);
    refuse(big.subarray(0, 20), /cut short or damaged|no image/);
    const flipped = big.slice();
    flipped[flipped.length >> 1] ^= 0xff;
    refuse(flipped, /cut short or damaged/);
  });

  await test.step("a header of 60,000 × 60,000 pixels is refused before memory is", async () => {
    const bytes = await encodePng(ramp(6, 4));
    const view = new DataView(bytes.buffer);
    view.setUint32(16, 60_000);
    view.setUint32(20, 60_000);
    const { crc32 } = await import("node:zlib");
    view.setUint32(29, crc32(Buffer.from(bytes.subarray(12, 29))));
    const before = Deno.memoryUsage().rss;
    assert.throws(
      () => decoder.decode(bytes, GREY),
      /^RangeError: it has 60000 × 60000 pixels where at most 100000000 are taken: make it smaller/,
    );
    const grown = Deno.memoryUsage().rss - before;
    assert(grown < 64 << 20, `${grown} bytes were taken`);
  });
});
