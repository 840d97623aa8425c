import { ARITHMETIC } from "./shaders/arithmetic.ts";
import { COMMON } from "./shaders/common.ts";
import { ELEMENTARY } from "./shaders/elementary.ts";

/** How an adapter computes, as far as WGSL leaves it open. */
export interface Arithmetic {
  /**
   * What `fma` does: one rounding, as the specification has it, or two; or neither, or an operation
   * that is not as IEEE 754 has it.
   */
  multiplyAdd: "fused" | "separate" | "inexact";
  /** What is not as it should be, in words. */
  faults: string[];
}

/** Whether this adapter gives the specification's bits. */
export function isExact({ multiplyAdd }: Arithmetic): boolean {
  return multiplyAdd === "fused";
}

/** One question: an expression of the numbers `x0`, `x1`, … , and the bits of the right answer. */
interface Question {
  what: string;
  expression: string;
  /** Bits of the numbers. */
  of: number[];
  bits: number;
}

const FUSED = { of: [0x3f800001, 0x3f7ffffe, 0xbf800000], once: 0xa8800000, twice: 0 };

const QUESTIONS: readonly Question[] = [
  { what: "subnormal sums", expression: "add(x0, x1)", of: [0x3, 0x80000001], bits: 0x2 },
  {
    what: "subnormal products",
    expression: "mul(x0, x1)",
    of: [0x1e3ce508, 0x1e3ce508],
    bits: 0x116c2,
  },
  {
    what: "products of subnormal numbers",
    expression: "mul(x0, x1)",
    of: [0x1, 0x4b000000],
    bits: 0x800000,
  },
  {
    what: "a product and a sum that are written apart",
    expression: "add(mul(x0, x1), x2)",
    of: FUSED.of,
    bits: FUSED.twice,
  },
  {
    what: "sums of constants",
    expression: "sub(add(x0, 12582912.0), 12582912.0)",
    of: [0x40266666],
    bits: 0x40400000,
  },
  {
    what: "quotients",
    expression: "divide(x0, x1)",
    of: [0x3f800000, 0x40400000],
    bits: 0x3eaaaaab,
  },
  {
    what: "subnormal quotients",
    expression: "divide(x0, x1)",
    of: [0x00800001, 0x40000000],
    bits: 0x400000,
  },
  { what: "square roots", expression: "squareRoot(x0)", of: [0x40000000], bits: 0x3fb504f3 },
  {
    what: "signs of zeros",
    expression: "add(x0, x1)",
    of: [0x80000000, 0x80000000],
    bits: 0x80000000,
  },
  { what: "infinities", expression: "add(x0, x1)", of: [0x7f7fffff, 0x7f7fffff], bits: 0x7f800000 },
];

/** Asks a device. */
export async function askArithmetic(device: GPUDevice): Promise<Arithmetic> {
  const questions: readonly Question[] = [
    { what: "", expression: "fma(x0, x1, x2)", of: FUSED.of, bits: 0 },
    ...QUESTIONS,
  ];
  const answers = await ask(device, questions);
  const faults = QUESTIONS.filter(({ bits }, i) => answers[i + 1] !== bits).map(({ what }) => what);
  const isFused = answers[0] === FUSED.once, isSeparate = answers[0] === FUSED.twice;
  if (!isFused && !isSeparate) faults.unshift("multiply-adds");
  return {
    multiplyAdd: faults.length > 0 ? "inexact" : isFused ? "fused" : "separate",
    faults,
  };
}

/** Bits of the answers. */
async function ask(device: GPUDevice, questions: readonly Question[]): Promise<Uint32Array> {
  const lines = questions.map(({ expression, of }, i) => {
    const numbers = of.map((_, j) => `let x${j} = load(${4 * i + j}u);`).join(" ");
    return `{ ${numbers} store(${4 * questions.length + i}u, ${expression}); }`;
  });
  const code = `${COMMON}${ARITHMETIC}${ELEMENTARY}
@compute @workgroup_size(1) fn main() {
  ${lines.join("\n  ")}
}`;
  const module = device.createShaderModule({ code });
  const pipeline = device.createComputePipeline({
    layout: "auto",
    compute: { module, entryPoint: "main" },
  });
  const { STORAGE, UNIFORM, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  const size = 5 * questions.length * 4;
  const heap = device.createBuffer({ size, usage: STORAGE | COPY_SRC | COPY_DST });
  const words = device.createBuffer({ size: 256, usage: UNIFORM });
  const staging = device.createBuffer({ size, usage: MAP_READ | COPY_DST });
  const data = new Uint32Array(4 * questions.length);
  questions.forEach(({ of }, i) => data.set(of, 4 * i));
  device.queue.writeBuffer(heap, 0, data);
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(
    0,
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [
        { binding: 0, resource: { buffer: heap } },
        { binding: 1, resource: { buffer: words } },
      ],
    }),
  );
  pass.dispatchWorkgroups(1);
  pass.end();
  encoder.copyBufferToBuffer(heap, 0, staging, 0, size);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const answers = new Uint32Array(staging.getMappedRange().slice(4 * questions.length * 4));
  for (const buffer of [heap, words, staging]) buffer.destroy();
  return answers;
}
