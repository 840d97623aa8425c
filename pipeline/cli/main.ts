/**
 * The command line.
 *
 * @module
 */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { FITS } from "../../data/formats/image_file.ts";
import { InterruptedError } from "../engine/errors.ts";
import { StudyError } from "../study/study_error.ts";
import { DONE, FAILED, INTERRUPTED, USAGE } from "./exit_codes.ts";
import type { GlobalOptions } from "./project.ts";
import { UsageError } from "./usage_error.ts";

/** Runs the command line and returns the exit code. */
export async function main(args: string[]): Promise<number> {
  let code = DONE;
  const program = new Command("constat")
    .description(
      "Reproducible machine-learning studies: the same note, to the bit, on any machine.",
    )
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .option("--store <folder>", "folder of the store (default: .constat/store)")
    .option("--mirror <folder>", "folder that stands in for the network (CONSTAT_MIRROR)")
    .option("--jobs <n>", "cores to use, shared by the nodes (default: all)", positiveInteger)
    .option(
      "--threads <n>",
      "threads within a node (default: the cores that no other node waits for)",
      positiveInteger,
    )
    .option(
      "--checkpoint-seconds <n>",
      "seconds between the states that a long training leaves to go on from after a kill; 0: after " +
        "every epoch (default: 30)",
      nonNegativeNumber,
    )
    .option("--json", "print events or results as JSON lines")
    .option("--verbose", "also show why each node runs, and stacks of failures")
    .option("--node-prefix <words>", "words before Deno on a node's command line, as an emulator's")
    .option("--node-deno <path>", "Deno that runs the nodes (default: this one)")
    .option("--v8-flags <flags>", "flags for V8 in the nodes' processes");

  const globals = () => program.opts<GlobalOptions>();
  const set = [
    "--set <path=value>",
    "override a value: --set train.learningRate=0.01 (may be repeated)",
    (value: string, earlier: string[] = []) => [...earlier, value],
  ] as const;

  const replicate = [
    "--replicate <label>",
    "which of the model's replicates: seed=2 (default: the first)",
  ] as const;

  program.command("run").description("bring studies up to date, write their notes and the lock")
    .argument("[study...]", "studies to run (default: all)")
    .option(...set)
    .option("--dry-run", "only tell what would run, and why")
    .option("--force <step>", "compute these steps again and hold them to their record")
    .option("--require-all", "exit with 3 if a study is skipped as its data is not at hand")
    .action(async (names, options) => {
      const { run } = await import("./commands/run.ts");
      code = await run(names, { ...globals(), ...options });
    });
  program.command("status").description("tell which nodes are up to date, and why others are not")
    .argument("[study...]")
    .option(...set)
    .action(async (names, options) => {
      const { status } = await import("./commands/status.ts");
      code = await status(names, { ...globals(), ...options });
    });
  program.command("why").description("tell what changed since a node last ran: old → new")
    .argument("<study>")
    .argument(
      "[node]",
      "a node's id or how it starts: train.fit[adam (default: all that would run)",
    )
    .option(...set)
    .action(async (study, node, options) => {
      const { why } = await import("./commands/why.ts");
      code = await why(study, node, { ...globals(), ...options });
    });
  program.command("graph").description("print a study's DAG")
    .argument("<study>")
    .option("--format <format>", "mermaid or dot", "mermaid")
    .option(...set)
    .action(async (study, options) => {
      const { graph } = await import("./commands/graph.ts");
      code = await graph(study, { ...globals(), ...options });
    });
  program.command("get").description("copy artifacts out of the store under readable names")
    .argument("<study>")
    .argument("<node>", "a node's id or how it starts")
    .argument("[output]", "one of its outputs (default: all)")
    .option("-o, --output <folder>", "where to (default: here; a new one here for several nodes)")
    .action(async (study, node, port, options) => {
      const { get } = await import("./commands/get.ts");
      code = await get(study, node, port, { ...globals(), ...options });
    });
  program.command("export").description("write heads as .safetensors and .onnx")
    .argument("<study>")
    .argument("[model]", "a model of the study (default: all)")
    .option(...replicate)
    .option("-o, --output <folder>", "where to (default: here)")
    .option(...set)
    .action(async (study, model, options) => {
      const { exportHeads } = await import("./commands/export.ts");
      code = await exportHeads(study, model, { ...globals(), ...options });
    });
  program.command("predict")
    .description("tell what a trained model says of image files; they are test data only")
    .argument("<study>")
    .argument("<model>", "a model of the study")
    .argument("<images...>", "image files (PNG, JPEG, WebP, GIF, TIFF) and folders of them")
    .option(...replicate)
    .addOption(
      new Option(
        "--fit <how>",
        "how an image of another ratio is brought to the study's size: all of it between black " +
          "bars (contain; default for grey images), its middle (cover; default for RGB), stretched (fill)",
      ).choices(FITS),
    )
    .option(
      "--invert",
      "turn dark ink on light paper into light ink on dark, as letterforms have it",
    )
    .option("--csv <file>", "also write every class's probability of each file")
    .option(...set)
    .action(async (study, model, images, options) => {
      const { predict } = await import("./commands/predict.ts");
      code = await predict(study, model, images, { ...globals(), ...options });
    });
  program.command("verify").description("recompute from nothing and compare with what is committed")
    .argument("[study...]")
    .option("--require-all", "exit with 3 if a study is skipped as its data is not at hand")
    .option("--claims", "hold only the claims' verdicts to the lock; exit with 4 if one differs")
    .action(async (names, options) => {
      const { verify } = await import("./commands/verify.ts");
      code = await verify(names, { ...globals(), ...options });
    });
  program.command("gc").description("remove from the store what no study needs any more")
    .option("--dry-run", "only tell how much")
    .action(async (options) => {
      const { gc } = await import("./commands/gc.ts");
      code = await gc({ ...globals(), ...options });
    });
  try {
    await program.parseAsync(args, { from: "user" });
  } catch (error) {
    return explainError(error, globals().verbose ?? false);
  }
  return code;
}

function explainError(error: unknown, verbose: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : USAGE;
  if (error instanceof InterruptedError) {
    console.error("interrupted: what was finished is kept, the next run goes on from there");
    return INTERRUPTED;
  }
  const text = error instanceof Error ? error.message : String(error);
  console.error(text);
  if (error instanceof StudyError || error instanceof UsageError) return USAGE;
  if (verbose && error instanceof Error) console.error(error.stack);
  return FAILED;
}

function positiveInteger(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) {
    throw new InvalidArgumentError(`expected a whole number of at least 1, found ${text}`);
  }
  return value;
}

function nonNegativeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value < Infinity)) {
    throw new InvalidArgumentError(`expected a number of at least 0, found ${text}`);
  }
  return value;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
