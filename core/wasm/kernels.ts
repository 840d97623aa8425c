/** What the compiled kernels export; pointers and strides are in bytes. */
export interface Kernels {
  probe(a: number, b: number, c: number): number;
  /** Bytes of scratch for `gemm`, for each thread. */
  readonly gemmScratch: WebAssembly.Global;
  /** C [m, n] = start + A [m, p] · B [p, n], each with two strides; see `assembly/gemm.ts`. */
  gemm(
    a: number,
    aRow: number,
    aStep: number,
    b: number,
    bStep: number,
    bColumn: number,
    c: number,
    cRow: number,
    start: number,
    m: number,
    n: number,
    p: number,
    scratch: number,
  ): void;
  /** Bytes of the block where threads meet. */
  readonly meetingBytes: WebAssembly.Global;
  /** Says which thread this instance is, of how many, and where they meet. */
  join(number: number, count: number, meeting: number): void;
  /** Runs the program at the meeting in all threads; see `program.ts`. */
  start(): void;
  /** Runs this thread's part of the program after the last, if there is one; gives its number. */
  serve(last: number): number;
  gather(source: number, indices: number, output: number, n: number, bytes: number): void;
  argmax(x: number, output: number, n: number, k: number): void;
  columnSums(x: number, output: number, n: number, k: number): void;
  softmax(z: number, p: number, n: number, k: number, scratch: number): void;
  softmaxCrossEntropy(
    z: number,
    labels: number,
    losses: number,
    gradient: number,
    n: number,
    k: number,
    r: number,
    scratch: number,
  ): void;
  softTargetCrossEntropy(
    z: number,
    labels: number,
    others: number,
    weights: number,
    losses: number,
    gradient: number,
    n: number,
    k: number,
    r: number,
    uniform: number,
    certain: number,
    scratch: number,
    share: number,
    rest: number,
  ): void;
  mix(x: number, others: number, y: number, n: number, share: number, rest: number): void;
  sumSquares(x: number, sums: number, n: number, anew: number): void;
  clipFactor(sums: number, factor: number, limit: number): void;
  penalize(
    theta: number,
    gradient: number,
    coefficients: number,
    factor: number,
    n: number,
    width: number,
    bound: number,
    l1: number,
    l2: number,
    decay: number,
  ): void;
  shrink(theta: number, n: number, amount: number): void;
  sgd(theta: number, gradient: number, n: number, l2: number, decay: number, rate: number): void;
  momentum(
    theta: number,
    gradient: number,
    velocity: number,
    n: number,
    l2: number,
    decay: number,
    rate: number,
    mu: number,
    gain: number,
    lookahead: number,
  ): void;
  adam(
    theta: number,
    gradient: number,
    mean: number,
    variance: number,
    n: number,
    l2: number,
    decay: number,
    beta1: number,
    gain1: number,
    beta2: number,
    gain2: number,
    stepSize: number,
    gradientShare: number,
    rootGain: number,
    rootShift: number,
    rootScale: number,
    epsilon: number,
  ): void;
  rmsprop(
    theta: number,
    gradient: number,
    variance: number,
    velocity: number,
    n: number,
    l2: number,
    decay: number,
    rate: number,
    beta2: number,
    gain2: number,
    mu: number,
    rootGain: number,
    rootShift: number,
    rootScale: number,
    epsilon: number,
  ): void;
  lion(
    theta: number,
    gradient: number,
    mean: number,
    n: number,
    l2: number,
    decay: number,
    rate: number,
    beta1: number,
    gain1: number,
    beta2: number,
    gain2: number,
  ): void;
  activate(x: number, y: number, n: number, kind: number, parameter: number): void;
  activationGradient(
    x: number,
    y: number,
    g: number,
    dx: number,
    n: number,
    kind: number,
    parameter: number,
  ): void;
  batchStatistics(x: number, mean: number, variance: number, n: number, k: number): void;
  normalize(
    x: number,
    mean: number,
    variance: number,
    scale: number,
    shift: number,
    y: number,
    n: number,
    k: number,
    epsilon: number,
  ): void;
  normalizeGradient(
    x: number,
    mean: number,
    variance: number,
    scale: number,
    g: number,
    dScale: number,
    dShift: number,
    dx: number,
    n: number,
    k: number,
    epsilon: number,
  ): void;
  moveAverage(average: number, value: number, n: number, rate: number, factor: number): void;
  dropout(
    x: number,
    y: number,
    n: number,
    key0: number,
    key1: number,
    step: number,
    threshold: number,
    scale: number,
  ): void;
  patches: OverWindows;
  patchesGradient: OverWindows;
  maxPool: OverWindows;
  maxPoolGradient(x: number, g: number, dx: number, ...places: PlaceSizes): void;
  averagePool: OverWindows;
  averagePoolGradient: OverWindows;
}

/** n, h, w, c, oh, ow, kh, kw, sh, sw, ph, pw; see `assembly/windows.ts`. */
export type PlaceSizes = [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

type OverWindows = (from: number, to: number, ...places: PlaceSizes) => void;
