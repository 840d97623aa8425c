import assert from "node:assert/strict";
import { drawChart } from "./draw.ts";
import { searchChart, type SearchPanel } from "./search.ts";

const tries = [0.001, 0.01, 0.1, 0.004].map((x, i) => ({
  x,
  mean: 1 + i / 10,
  deviation: 0.05,
  round: i < 3 ? "drawn" : "refined",
  chosen: i === 1,
}));

Deno.test("searchChart() draws a panel for each number, each try once", async () => {
  const panels: SearchPanel[] = ["Adam, rate", "Adam, decay"].map((title) => ({ title, tries }));
  const spec = searchChart(panels, { rounds: ["drawn", "refined"], score: "Score", columns: 2 });
  const svg = await drawChart(spec, { name: "search", language: "en" });
  for (const title of ["Adam, rate", "Adam, decay", "drawn", "refined", "Score"]) {
    assert.ok(svg.includes(`>${title}</text>`), title);
  }
  assert.equal(svg.match(/fill="#1f2328" stroke=/g)?.length, 2, "one try of each panel is kept");
});

Deno.test("searchChart() has a logarithmic axis where numbers span more than a decade", () => {
  const axis = (xs: number[]) => {
    const own = { title: "", tries: xs.map((x) => ({ ...tries[0], x })) };
    const { concat } = searchChart([own], { rounds: ["drawn"], score: "Score", columns: 1 }) as {
      concat: { layer: { encoding: { x: { scale: { type: string } } } }[] }[];
    };
    return concat[0].layer[0].encoding.x.scale.type;
  };
  assert.equal(axis([0.001, 0.1]), "log");
  assert.equal(axis([0.02, 0.1]), "linear");
  assert.equal(axis([0, 0.1]), "linear");
});
