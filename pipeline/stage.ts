/**
 * The stage contract: what a stage and its steps declare, and what a running step is given.
 *
 * A *stage* owns one section of the study file and names the steps that the section asks for.
 * A *step* is a pure function of its params and inputs. Ports wire by name: an input port takes
 * the artifact that the nearest earlier step wrote to a port of the same name, and an output port
 * replaces it for later steps. So a stage that changes the images declares `images` both as input
 * and as output, and every later stage sees the new ones.
 *
 * @module
 */
import type { z } from "zod";

/** How an artifact's bytes are laid out. A `tree` is a folder of named files. */
export type Format = "safetensors" | "csv" | "json" | "tree";

/**
 * How often a step runs in a study, from the most often to once:
 *
 * - `try`: once for each candidate (`{tune: [...]}`) of each replicate of each model;
 * - `replicate`: once for each seed or fold of each model;
 * - `model`: once for each model (a point of the study's sweeps);
 * - `study`: once.
 *
 * Two nodes with equal params and inputs are one node, so a `try` step that no sweep reaches
 * (a split, an embedding) still runs once. A step sees as `many` what finer steps wrote.
 */
export type Scope = "try" | "replicate" | "model" | "study";

/**
 * How the numbers of a study are computed:
 *
 * - `exact`: in WebAssembly, the same bits on every machine;
 * - `auto`: on WebGPU where an adapter passes the probe, else in WebAssembly: the same bits;
 * - `gpu`: on WebGPU, the bits of its adapter; others are compared by tolerance.
 */
export const PROFILES = ["exact", "auto", "gpu"] as const;

/** One of {@linkcode PROFILES}. */
export type Profile = typeof PROFILES[number];

/** What results are compared by, in keys and in the lock: profiles that give the same bits are one. */
export function comparedAs(profile: Profile): "exact" | "gpu" {
  return profile === "gpu" ? "gpu" : "exact";
}

/** An input port: a `many` port gathers one artifact for each finer point, each with its label. */
export interface InputPort {
  format: Format;
  /** Gathers the port over every point below this step's own scope, in the study's order. */
  many?: boolean;
  /** May be missing; the handle is then `undefined` (with `many`: the list is empty). */
  optional?: boolean;
}

/** An output port. */
export interface OutputPort {
  format: Format;
}

/** Where one of a study's points stands; gathered inputs carry it as their label. */
export interface PointLabel {
  /** Name of the model, as the study file spells it: `adamw`. */
  model: string;
  /** Number of the replicate's seed, or of its fold: `seed=1`. Empty when nothing is replicated. */
  replicate: string;
  /** The tuned values that make this try: `learningRate=0.001 weightDecay=0.01`. Empty without. */
  candidate: string;
}

/** An artifact as a step may read it. Bytes are checked against the digest when they are read. */
export interface InputHandle {
  /** Lowercase hexadecimal SHA-256 of the bytes. */
  readonly digest: string;
  /** Size in bytes. */
  readonly size: number;
  /**
   * For a port that gathers: the point that wrote it, relative to the reader. Only the parts below
   * the reader's scope that the artifact depends on are set, each as {@linkcode ModelFacts} has
   * it. All are empty for any other port.
   */
  readonly label: PointLabel;
  /** @throws {DamagedArtifactError} if the bytes on disk are not those of the digest. */
  bytes(): Promise<Uint8Array<ArrayBuffer>>;
  text(): Promise<string>;
  json<T = unknown>(): Promise<T>;
  /**
   * For an artifact that is too large to hold: opens it to be read in part. Whoever opens it closes
   * it (`using`).
   *
   * @throws {DamagedArtifactError} if the bytes on disk are not those of the digest.
   */
  open(): Promise<InputFile>;
}

/** An artifact that is read in part; every byte that it gives is one of its digest's. */
export interface InputFile extends Disposable {
  /** Size in bytes. */
  readonly size: number;
  /**
   * Fills an array with the bytes from a position on. Several reads may run at once.
   *
   * @throws {DamagedArtifactError} if the bytes are no longer those of the digest.
   */
  read(position: number, into: Uint8Array<ArrayBuffer>): Promise<void>;
}

/** Where a step writes one output. Each is written once. */
export interface OutputHandle {
  bytes(data: Uint8Array): Promise<void>;
  text(data: string): Promise<void>;
  /** Written with sorted keys, two-space indent and a final newline. */
  json(data: unknown): Promise<void>;
  /** For a `tree`: one file of it. `path` is relative, `/`-separated, without `..`. */
  file(path: string): OutputHandle;
}

type Inputs<I extends Record<string, InputPort>> = {
  readonly [Port in keyof I]: I[Port] extends { many: true } ? readonly InputHandle[]
    : I[Port] extends { optional: true } ? InputHandle | undefined
    : InputHandle;
};

type Outputs<O extends Record<string, OutputPort>> = {
  readonly [Port in keyof O]: OutputHandle;
};

/** What a running step is given; it reads nothing else. */
export interface StepContext<
  P = unknown,
  I extends Record<string, InputPort> = Record<string, InputPort>,
  O extends Record<string, OutputPort> = Record<string, OutputPort>,
> {
  readonly params: P;
  readonly inputs: Inputs<I>;
  readonly outputs: Outputs<O>;
  /**
   * How many threads it may use, 1 unless it says {@linkcode Step.resources} `parallel`. What it
   * writes must not depend on their number.
   */
  readonly threads: number;
  /** How to compute; `exact` unless the step is {@linkcode Step.profiled}. */
  readonly profile: Profile;
  /** Bytes of one of the declared assets. */
  asset(url: URL): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Tells how far the step is, at most a few times a second; resolves after the event loop has
   * turned, so a long computation awaits it once in a while and stays interruptible.
   */
  progress(done: number, total: number, unit: string): Promise<void>;
  /** A line for the person who watches. */
  note(message: string): void;
  /** For a step that is {@linkcode Step.checkpointed} alone: where it was when it was killed. */
  readonly checkpoint: Checkpoint;
  /** Tells on what it computes besides the processor: kept with what was measured. */
  device(name: string): void;
  /**
   * For a step with {@linkcode Step.hosts} alone: a file of the mirror folder, or of the network.
   * The bytes must have the given size and SHA-256.
   */
  download(file: RemoteFile): Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Where a long step leaves what it needs to go on, should it be killed. It lives as long as the
 * node has no result; a node with the same key finds it. What is computed must not depend on it.
 */
export interface Checkpoint {
  /** Whether the last one is long enough ago. */
  isDue(): boolean;
  /** Replaces the last one, whole or not at all. */
  write(data: Uint8Array): Promise<void>;
  /** The last one; `undefined` where there is none, or it is damaged. */
  read(): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** A file that is pinned by its digest. */
export interface RemoteFile {
  url: string;
  sha256: string;
  size: number;
  /** Path below a mirror folder, such as `fashion-mnist/train-images-idx3-ubyte.gz`. */
  mirror: string;
}

/** Sizes of what a step reads, by port, in MiB; together for a port that gathers. */
export type InputSizes<I extends Record<string, InputPort>> = Readonly<Record<keyof I, number>>;

/** One step of a stage. */
export interface Step<
  P extends z.ZodType = z.ZodType,
  I extends Record<string, InputPort> = Record<string, InputPort>,
  O extends Record<string, OutputPort> = Record<string, OutputPort>,
> {
  /** `<stage>.<step>`, such as `train.fit`. */
  name: `${string}.${string}`;
  /** `import.meta.url` of the module whose default export is this step: the root of its closure. */
  module: string;
  scope: Scope;
  /** Shape of the resolved params. Every value in it is part of the key. */
  params: P;
  inputs: I;
  outputs: O;
  /** Files that `run` loads besides its imports, given the params. Their bytes are part of the key. */
  assets?(params: z.output<P>): URL[];
  /** Files from elsewhere; only their hosts can be reached, and no other step reaches the network. */
  remote?(params: z.output<P>): RemoteFile[];
  /**
   * What one run takes at its peak, and whether it can share its work among threads; the scheduler
   * shares out the machine by it.
   */
  resources?: {
    /** Default: 256. */
    memoryMiB?: number | ((of: { params: z.output<P>; inputMiB: InputSizes<I> }) => number);
    /** Default: false. */
    parallel?: boolean;
  };
  /** Computes on a core, so that the study's profile is its own; other steps are always exact. */
  profiled?: boolean;
  /** Uses {@linkcode StepContext.checkpoint}. */
  checkpointed?: boolean;
  /** Imports of heavy packages stand inside as `await import("…")`, so that planning stays fast. */
  run(context: StepContext<z.output<P>, I, O>): Promise<void>;
}

// deno-lint-ignore no-explicit-any -- variance: a registry holds steps of every shape.
export type AnyStep = Step<any, any, any>;

/** What the planner tells a stage about the whole study, for steps that look at all of it. */
export interface StudyFacts {
  /** Name of the study's folder. */
  name: string;
  /** Each model in the study's order, with the values that make it differ from the others. */
  models: readonly ModelFacts[];
  /** The study's texts, claims and other sections that no stage owns, resolved. */
  study: Readonly<Record<string, unknown>>;
}

/** A model whose answers come from a file: an entry of the study's `predictions`. */
export interface OutsideModel {
  name: string;
  /** The file's path within the study's folder. */
  file: string;
}

/** One model of a study. */
export interface ModelFacts {
  name: string;
  /** Of an {@linkcode OutsideModel}: its file. */
  file?: string;
  /** Labels of its replicates, in order: `seed=1`, `seed=2`, … */
  replicates: readonly string[];
  /** Labels of its candidates, in order; one empty label when nothing is tuned. */
  candidates: readonly string[];
  /**
   * Every section as resolved for this model, tuned and replicated values left as their lists, or
   * as `{tune: […], refine: {…}}`; the parameters of a joint search stand in the section's `tune` alone.
   */
  sections: Readonly<Record<string, unknown>>;
}

/**
 * Where a candidate stands in a search, which may have several rounds, each of which refines the best
 * value of those before: values of later rounds are known only when the plan is run.
 */
export interface SearchRound {
  /** 0 for a candidate of the grid, then 1, 2, … */
  round: number;
  /** Number of rounds after the grid; 0 where no number is refined. */
  rounds: number;
  /** Every tuned value of the section. */
  values: readonly RoundValue[];
}

/** One tuned value of a {@linkcode SearchRound}. */
export interface RoundValue {
  /** As labels call it: `learningRate`. */
  name: string;
  /** Keys that lead to it from the section. */
  path: readonly string[];
  /** The grid's values. */
  grid: readonly (string | number | boolean)[];
  /** Whether other values of a joint search step together with it. */
  joint?: true;
  /** For a number that this round refines; any other value is that of the best candidate so far. */
  refined?: {
    /** Which of the round's values, from 0. */
    place: number;
    /** Number of the round's values. */
    points: number;
    scale: "linear" | "log";
  };
}

/** A step that a section asks for, with its params. */
export interface StepUse {
  step: AnyStep;
  params: unknown;
}

/** A stage: one section of the study file. */
export interface Stage<S extends z.ZodType = z.ZodType> {
  /** Name of the stage and of its section. */
  name: string;
  /** Shape of the section, every value with its default and its `.describe()`. */
  section: S;
  /**
   * The steps that this section asks for, in order. None: the stage is left out.
   *
   * @param round Where some of its values are tuned: each candidate's place in the search.
   * A candidate of a later round gets a section that stands in for the one it will have.
   */
  steps(section: z.output<S>, facts: StudyFacts, round?: SearchRound): StepUse[];
  /**
   * The steps for a model whose answers come from a file; `null` where the stage has no part in such
   * a model. Default: the same steps as for any other.
   */
  outside?: ((section: z.output<S>, facts: StudyFacts, model: OutsideModel) => StepUse[]) | null;
  /**
   * Names that texts of the study may cite in braces once this stage has run, such as
   * `adamw.accuracy`; known without running, so that a dangling reference is found with its line.
   */
  values?(section: z.output<S>, facts: StudyFacts): string[];
  /**
   * Keys that this section's other values leave without effect, and why; `undefined` for none. A
   * study is refused that writes one where it has an effect on no model.
   */
  withoutEffect?(
    section: z.output<S>,
  ): { keys: readonly string[]; reason: string } | undefined;
}

// deno-lint-ignore no-explicit-any -- as above.
export type AnyStage = Stage<any>;

/** Declares a step; only here for its type inference. */
export function defineStep<
  P extends z.ZodType,
  const I extends Record<string, InputPort>,
  const O extends Record<string, OutputPort>,
>(step: Step<P, I, O>): Step<P, I, O> {
  return step;
}

/** Declares a stage; only here for its type inference. */
export function defineStage<S extends z.ZodType>(stage: Stage<S>): Stage<S> {
  return stage;
}
