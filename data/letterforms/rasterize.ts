/** Affine map (x, y) ↦ (ax + cy + e, bx + dy + f), in SVG's order. */
export type Matrix = readonly [
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
];

/** Draws a filled path in white on black: grey levels of `size` × `size` pixels, row by row. */
export type Rasterize = (path: string, matrix: Matrix, size: number) => Uint8Array<ArrayBuffer>;

/** The rasteriser's WebAssembly module, an asset of each step that draws. */
export const RASTERIZER_URL: URL = new URL(
  "../../node_modules/@resvg/resvg-wasm/index_bg.wasm",
  import.meta.url,
);

/** The package holds one module for the whole process and refuses a second. */
let ready: Promise<void> | undefined;

/**
 * Makes the rasteriser. It computes in WebAssembly's own arithmetic, without threads or relaxed
 * instructions, so pixels are the same on every machine.
 *
 * @param wasm Bytes of {@linkcode RASTERIZER_URL}.
 */
export async function loadRasterizer(wasm: Uint8Array<ArrayBuffer>): Promise<Rasterize> {
  const { initWasm, Resvg } = await import("@resvg/resvg-wasm");
  ready ??= initWasm(wasm);
  await ready;
  return (path, matrix, size) => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">` +
      `<rect width="${size}" height="${size}"/>` +
      `<path fill="#fff" transform="matrix(${matrix.join(" ")})" d="${path}"/></svg>`;
    const drawing = new Resvg(svg);
    const image = drawing.render();
    const rgba = image.pixels;
    const grey = new Uint8Array(size * size);
    for (let i = 0; i < grey.length; i++) grey[i] = rgba[4 * i]!;
    image.free();
    drawing.free();
    return grey;
  };
}
