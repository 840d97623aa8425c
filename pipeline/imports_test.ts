/**
 * Walks every import of the project and fails on an arrow against the direction of
 * ARCHITECTURE.md: core ← data ← stages ← pipeline/cli, with the engine and the study reader
 * knowing the stage contract alone.
 */
import assert from "node:assert/strict";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url)).replace(/\/$/, "");

/** The areas, most special first: a file belongs to the first whose prefix it has. */
const AREAS = [
  "core",
  "data",
  "stages",
  "pipeline/stage.ts",
  "pipeline/plan.ts",
  "pipeline/digest.ts",
  "pipeline/canonical.ts",
  "pipeline/engine",
  "pipeline/study",
  "pipeline/cli",
] as const;

type Area = (typeof AREAS)[number];

/** What the engine and the study reader share. */
const BASE: readonly Area[] = [
  "pipeline/stage.ts",
  "pipeline/plan.ts",
  "pipeline/digest.ts",
  "pipeline/canonical.ts",
];

/** What each area may import besides itself. */
const ALLOWED: Record<Area, readonly Area[]> = {
  "core": [],
  "data": ["core"],
  "stages": ["core", "data", "pipeline/stage.ts"],
  "pipeline/stage.ts": [],
  "pipeline/plan.ts": ["pipeline/stage.ts"],
  "pipeline/digest.ts": [],
  "pipeline/canonical.ts": ["pipeline/digest.ts"],
  "pipeline/engine": BASE,
  "pipeline/study": BASE,
  "pipeline/cli": AREAS,
};

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^;"']*?from\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']/g;

function* sources(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory && entry.name !== "node_modules") yield* sources(path);
    else if (entry.name.endsWith(".ts")) yield path;
  }
}

function areaOf(path: string): Area | undefined {
  return AREAS.find((area) => path === area || path.startsWith(`${area}/`));
}

/** Tests and what they use may look across: only what ships is held to the direction. */
function isTest(path: string): boolean {
  return /_test\.ts$|\/testdata\/|\/testing\//.test(path);
}

/** `stages/embed/hog.ts` belongs to the stage `embed`. */
function stageOf(path: string): string | undefined {
  return path.match(/^stages\/([^/]+)\//)?.[1];
}

export function wrongArrow(from: string, to: string): string | undefined {
  const [source, target] = [areaOf(from), areaOf(to)];
  if (source === undefined || target === undefined) return undefined;
  if (source === target) {
    return source === "stages" && stageOf(from) !== stageOf(to)
      ? `${from} imports ${to}: a stage imports no other stage`
      : undefined;
  }
  return ALLOWED[source].includes(target)
    ? undefined
    : `${from} imports ${to}: ${source} may import ${ALLOWED[source].join(", ") || "nothing"}`;
}

Deno.test("every import points in the project's one direction", () => {
  const wrong: string[] = [];
  let count = 0;
  for (const area of ["core", "data", "stages", "pipeline"]) {
    for (const path of sources(join(ROOT, area))) {
      const from = relative(ROOT, path);
      if (isTest(from)) continue;
      for (const match of Deno.readTextFileSync(path).matchAll(IMPORT)) {
        const specifier = match[1] ?? match[2] ?? match[3] ?? "";
        if (!specifier.startsWith(".")) continue;
        count++;
        const arrow = wrongArrow(from, relative(ROOT, join(dirname(path), specifier)));
        if (arrow !== undefined) wrong.push(arrow);
      }
    }
  }
  assert(count > 100, `only ${count} imports were found: the walk is broken`);
  assert.deepEqual(wrong, []);
});

Deno.test("a wrong arrow is seen", () => {
  assert.match(wrongArrow("core/ops.ts", "data/formats/csv.ts") ?? "", /core may import nothing/);
  assert.match(wrongArrow("pipeline/engine/key.ts", "core/ops.ts") ?? "", /pipeline\/engine/);
  assert.match(wrongArrow("stages/embed/hog.ts", "stages/split/assign.ts") ?? "", /no other stage/);
  assert.equal(wrongArrow("stages/embed/hog.ts", "data/formats/csv.ts"), undefined);
  assert.equal(wrongArrow("pipeline/cli/main.ts", "stages/embed/hog.ts"), undefined);
});
