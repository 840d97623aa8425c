/**
 * A run that finds everything done: Constat on its first study against Snakemake on six rules.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeTimes, hasProgram, median, timeInTurns } from "./timing.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url)).replace(/\/$/, "");
const STUDY = "optimizers";
const ROUNDS = 9;

/** Six rules in a row, as a study has six stages. */
const SNAKEFILE = `
rule all:
    input: "report.txt"
rule split:
    output: "split.txt"
    shell: "echo split > {output}"
rule augment:
    input: "split.txt"
    output: "augment.txt"
    shell: "cat {input} > {output}"
rule embed:
    input: "augment.txt"
    output: "embed.txt"
    shell: "cat {input} > {output}"
rule train:
    input: "embed.txt"
    output: "train.txt"
    shell: "cat {input} > {output}"
rule evaluate:
    input: "train.txt"
    output: "evaluate.txt"
    shell: "cat {input} > {output}"
rule report:
    input: "evaluate.txt"
    output: "report.txt"
    shell: "cat {input} > {output}"
`;

/** Measures and prints both. */
export async function noop(): Promise<void> {
  console.log(`no-op run: constat run ${STUDY} against snakemake over six rules`);
  const constat = {
    name: "constat",
    command: join(ROOT, "constat"),
    args: ["run", STUDY],
    cwd: ROOT,
  };
  if (!hasProgram("snakemake")) {
    console.log("  snakemake is not on this machine (Debian: snakemake): constat alone");
    console.log(`  constat    ${describeTimes(timeInTurns([constat], ROUNDS).get("constat")!)}`);
    return;
  }
  const folder = await Deno.makeTempDir({ prefix: "constat-noop-" });
  try {
    await Deno.writeTextFile(join(folder, "Snakefile"), SNAKEFILE);
    const snakemake = {
      name: "snakemake",
      command: "snakemake",
      args: ["--cores", "2", "--quiet"],
      cwd: folder,
    };
    const times = timeInTurns([constat, snakemake], ROUNDS);
    const [ours, theirs] = [times.get("constat")!, times.get("snakemake")!];
    console.log(`  constat    ${describeTimes(ours)}`);
    console.log(`  snakemake  ${describeTimes(theirs)}`);
    console.log(`  ratio      ${(median(ours) / median(theirs)).toFixed(2)} (bar: at most 0.50)`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
