/**
 * The blocks of a note that hold what was measured: seconds, memory and machine, which readers want
 * and nobody can recompute. `verify` leaves them out of the comparison, and accepts nothing in them
 * but what this module writes there.
 *
 * @module
 */
import type { NodeRecord } from "../engine/record.ts";

const START = "<!-- measured:start -->";
const END = "<!-- measured:end -->";
const BLOCK = /<!-- measured:start -->([\s\S]*?)<!-- measured:end -->/g;

/** What one stage took. */
export interface StageCost {
  stage: string;
  nodes: number;
  /** Sum over its nodes, one decimal. */
  seconds: string;
  /** Largest of its nodes; 0 where the system does not tell. */
  peakMiB: number;
}

/** What a study took, and where. */
export interface Cost {
  stages: StageCost[];
  machines: string[];
}

/** Gathers what the nodes of a study took when they were computed. */
export function costOf(records: Iterable<NodeRecord>): Cost {
  const stages = new Map<string, { nodes: number; seconds: number; peakMiB: number }>();
  const machines = new Set<string>();
  for (const { material, measured } of records) {
    const stage = material.step.split(".")[0]!;
    const sum = stages.get(stage) ?? { nodes: 0, seconds: 0, peakMiB: 0 };
    sum.nodes++;
    sum.seconds += measured.seconds;
    sum.peakMiB = Math.max(sum.peakMiB, measured.peakMiB ?? 0);
    stages.set(stage, sum);
    machines.add(measured.machine);
    // Names of devices are hostile too: only what the blocks may hold is kept.
    if (measured.device !== undefined) {
      machines.add(measured.device.replace(/[^\w,.-]+/g, " ").trim());
    }
  }
  return {
    stages: [...stages].map(([stage, { nodes, seconds, peakMiB }]) => ({
      stage,
      nodes,
      seconds: seconds.toFixed(1),
      peakMiB,
    })),
    machines: [...machines].sort(),
  };
}

/** What a language writes in a block. */
interface Words {
  headings: readonly string[];
  decimalPoint: string;
  /** After the number of cores. */
  cores: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  en: { headings: ["Stage", "Nodes", "Seconds", "Peak MiB"], decimalPoint: ".", cores: "cores" },
  fr: { headings: ["Étape", "Nœuds", "Secondes", "Pic en Mio"], decimalPoint: ",", cores: "cœurs" },
};

interface Form {
  render(rows: readonly string[][], headings: readonly string[], machines: string): string;
  row: RegExp;
  machines: RegExp;
}

const MARKDOWN: Form = {
  render: (rows, headings, machines) =>
    [
      `| ${headings.join(" | ")} |`,
      "| --- | ---: | ---: | ---: |",
      ...rows.map((cells) => `| ${cells.join(" | ")} |`),
      "",
      `(${machines})`,
    ].join("\n"),
  row: /^\| ([a-z]+) \| (\d+) \| (\d+[.,]\d) \| (\d+) \|$/gm,
  machines: /^\(([\wœ ,;.-]+)\)$/m,
};

const HTML: Form = {
  render: (rows, headings, machines) =>
    [
      `<table class="measured"><thead><tr>${
        headings.map((heading) => `<th scope="col">${heading}</th>`).join("")
      }</tr></thead><tbody>`,
      ...rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`),
      "</tbody></table>",
      `<p>(${machines})</p>`,
    ].join("\n"),
  row: /^<tr><td>([a-z]+)<\/td><td>(\d+)<\/td><td>(\d+[.,]\d)<\/td><td>(\d+)<\/td><\/tr>$/gm,
  machines: /^<p>\(([\wœ ,;.-]+)\)<\/p>$/m,
};

function cells({ stage, nodes, seconds, peakMiB }: StageCost, { decimalPoint }: Words): string[] {
  return [stage, String(nodes), seconds.replace(".", decimalPoint), String(peakMiB)];
}

function wordsOf(language: string): Words {
  return WORDS[language] ?? WORDS.en!;
}

/** The form of a note's file, or undefined for one without measured blocks. */
function formOf(path: string): Form | undefined {
  return path.endsWith(".md") ? MARKDOWN : path.endsWith(".html") ? HTML : undefined;
}

/** Writes what was measured into the blocks of a note's file. */
export function fillMeasured(path: string, text: string, language: string, cost: Cost): string {
  const form = formOf(path);
  if (form === undefined) return text;
  const words = wordsOf(language);
  const rows = cost.stages.map((stage) => cells(stage, words));
  const machines = cost.machines.map((machine) => machine.replace(/cores$/, words.cores));
  const table = form.render(rows, words.headings, machines.join("; "));
  return text.replace(
    BLOCK,
    (_, sentence: string) => `${START}${sentence.trimEnd()}\n\n${table}\n\n${END}`,
  );
}

/** Whether two files are the same outside their measured blocks. */
export function sameButMeasured(a: string, b: string): boolean {
  return a.replace(BLOCK, START) === b.replace(BLOCK, START);
}

/**
 * The recomputed text with the measured blocks of the committed one, so that what is compared has
 * the committed file's lines; and what is wrong with those blocks.
 */
export function alignMeasured(
  path: string,
  committed: string,
  recomputed: string,
  language: string,
): { text: string; problem?: string } {
  const blocks = [...committed.matchAll(BLOCK)].map((match) => match[1]!);
  let problem: string | undefined;
  let index = 0;
  const text = recomputed.replace(BLOCK, (whole, sentence: string) => {
    const block = blocks[index++];
    if (block === undefined) return whole;
    if (!isMeasured(path, block, sentence, language)) {
      problem ??= "a block marked as measured holds something that is not a time or a machine";
    }
    return `${START}${block}${END}`;
  });
  return { text, ...(problem === undefined ? {} : { problem }) };
}

/** A block is what this module would write for the numbers that are read from it. */
function isMeasured(path: string, block: string, sentence: string, language: string): boolean {
  const form = formOf(path);
  if (form === undefined || block === sentence) return true;
  const stages = [...block.matchAll(form.row)].map(([, stage, nodes, seconds, peakMiB]) => ({
    stage: stage!,
    nodes: Number(nodes),
    seconds: seconds!.replace(",", "."),
    peakMiB: Number(peakMiB),
  }));
  const { cores } = wordsOf(language);
  const machines = block.match(form.machines)?.[1]?.split("; ")
    .map((machine) => machine.replace(new RegExp(`${cores}$`), "cores")) ?? [];
  const whole = fillMeasured(path, `${START}${sentence}${END}`, language, { stages, machines });
  return whole === `${START}${block}${END}`;
}
