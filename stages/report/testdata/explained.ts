/**
 * What explains the models of a made-up study, as `report.note` gets it.
 *
 * @module
 */
import type { Occlusion } from "../../../data/artifacts/occlusion.ts";
import type { TestInput } from "../../../testing/run_step.ts";
import type { NoteParams } from "../params.ts";

/** Ports of what explains models. */
export type ExplainedInputs = Record<"importance" | "occlusion" | "neighbours", TestInput[]>;

/** Options of {@linkcode explained}. */
export interface ExplainedOptions {
  /** Names of the classes. */
  classes: readonly string[];
  /** Squares of the image, four of them, or runs of dimensions. */
  placed?: boolean;
}

/**
 * Artifacts for the models of a study of `syntheticStudy`, whose image i is of class i modulo their
 * number: the third square matters most, the first one not at all.
 */
export function explained(
  { models }: Pick<NoteParams, "models">,
  { classes, placed = true }: ExplainedOptions,
): ExplainedInputs {
  const labels = models.flatMap(({ name, replicates }, m) =>
    replicates.map((replicate, r) => ({ m, r, label: { model: name, replicate, candidate: "" } }))
  );
  const n = classes.length;
  // Images of the ninth round of classes are validation images, of the tenth test images.
  const test = (i: number) => `image-${9 * n + i}`;
  const occlusion = (m: number): Occlusion => ({
    height: 16,
    width: 16,
    patch: 8,
    stride: 8,
    fill: [30],
    tops: [0, 8],
    lefts: [0, 8],
    images: [0, 1].map((i) => ({
      id: test(i),
      label: classes[i],
      predicted: classes[0],
      probabilityLabel: i === 0 ? 0.98 : 0.05,
      probabilityPredicted: i === 0 ? 0.98 : 0.9,
      labelFalls: [[0, 0.25 + m / 100], [-0.125, 0.0625]],
      predictedFalls: [[0, 0.25 + m / 100], [i === 0 ? -0.125 : 0.5, 0.0625]],
    })),
  });
  return {
    importance: labels.map(({ m, r, label }) => ({
      label,
      data: csv(
        ["group", "row", "column", "dimensions", "repeat", "accuracy_drop", "log_loss_rise"],
        [0, 1, 2, 3].flatMap((group) =>
          [1, 2].map((repeat) => [
            placed ? `cell-${group >> 1}-${group & 1}` : `dimensions-${9 * group}-${9 * group + 8}`,
            placed ? group >> 1 : "",
            placed ? group & 1 : "",
            9,
            repeat,
            [0, 0.01, 0.04, 0.02][group],
            [0, 0.1, 0.4, 0.2][group] + (group === 0 ? 0 : 0.01 * m + 0.001 * r + 0.002 * repeat),
          ])
        ),
      ),
    })),
    occlusion: labels.map(({ m, label }) => ({ label, json: occlusion(m) })),
    neighbours: labels.map(({ label }) => ({
      label,
      data: csv(
        [
          "id",
          "label",
          "predicted",
          "probability_predicted",
          "place",
          "neighbour",
          "neighbour_label",
          "metric",
          "distance",
        ],
        [0, 1].flatMap((i) =>
          [0, 1, 2].map((place) => {
            const [own, given] = [classes[i], classes[(i + 1) % n]];
            const id = place * n + (place === 1 ? i : (i + 1) % n);
            const near = [`image-${id}`, place === 1 ? own : given, "cosine", 0.5 + place / 8];
            return [test(i), own, given, 0.9 - i / 10, place + 1, ...near];
          })
        ),
      ),
    })),
  };
}

/** RFC 4180 with every cell quoted: names of classes are anything. */
function csv(
  columns: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  return [columns, ...rows].map((row) =>
    row.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(",") + "\n"
  ).join("");
}
