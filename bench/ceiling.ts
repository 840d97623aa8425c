/** Multiply-adds on registers alone: twelve chains, so that none waits for its last result. */
const SOURCE = `export function chains(n: i32, a: f32, b: f32): f32 {
  const x = f32x4.splat(a), y = f32x4.splat(b);
${each((i) => `  let c${i} = f32x4.splat(${i});`)}
  for (let k = 0; k < n; k++) {
${each((i) => `    c${i} = f32x4.relaxed_madd(x, y, c${i});`)}
  }
  let sum = c0;
${each((i) => `  if (${i} > 0) sum = f32x4.add(sum, c${i});`)}
  return f32x4.extract_lane(sum, 0);
}
`;

/** Floating-point operations in a round of the loop: a multiply-add counts two. */
const OPERATIONS = 12 * 4 * 2;

function each(line: (i: number) => string): string {
  return Array.from({ length: 12 }, (_, i) => line(i)).join("\n");
}

/**
 * Compiles the loop that measures how many multiply-adds on 128-bit vectors this machine does at
 * most, in one thread of WebAssembly.
 *
 * @returns A function that runs the loop once, and the operations that this is.
 * @throws {Error} if it does not compile.
 */
export async function compileCeiling(): Promise<{ run: () => void; operations: number }> {
  const { default: asc } = await import("assemblyscript/asc");
  let binary: Uint8Array<ArrayBuffer> | undefined;
  const options = ["-O3", "--enable", "simd,relaxed-simd", "--runtime", "stub"];
  const { error, stderr } = await asc.main(["loop.ts", "--outFile", "loop.wasm", ...options], {
    readFile: (name: string) => name === "loop.ts" ? SOURCE : null,
    writeFile(_name: string, contents: string | Uint8Array) {
      if (typeof contents !== "string") binary = new Uint8Array(contents);
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`Cannot compile the loop:\n${stderr}`, { cause: error });
  const { instance } = await WebAssembly.instantiate(binary);
  const chains = instance.exports.chains as (n: number, a: number, b: number) => number;
  const rounds = 20000;
  return { run: () => void chains(rounds, 1, 0), operations: rounds * OPERATIONS };
}
