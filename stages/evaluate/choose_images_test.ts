import assert from "node:assert/strict";
import { chooseImages } from "./choose_images.ts";

const answer = (id: string, label: string, predicted: string, probability_predicted: number) => ({
  id,
  label,
  predicted,
  probability_predicted,
});

Deno.test("chooseImages() takes the surest answer of each class, the first among equals", () => {
  const answers = [
    answer("0", "a", "a", 0.7),
    answer("1", "b", "b", 0.9),
    answer("2", "a", "a", 0.9),
    answer("3", "b", "b", 0.95),
    answer("4", "c", "a", 0.99),
    answer("5", "c", "b", 0.99),
    answer("6", "b", "a", 0.5),
  ];
  const ids = (kind: "right" | "wrong", count: number) =>
    chooseImages(answers, kind, count).map(({ id }) => id);
  assert.deepEqual(ids("right", 5), ["3", "2"]);
  assert.deepEqual(ids("right", 1), ["3"]);
  assert.deepEqual(ids("wrong", 5), ["4", "6"]);
  assert.deepEqual(ids("wrong", 0), []);
});
