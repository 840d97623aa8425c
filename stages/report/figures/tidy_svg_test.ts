import assert from "node:assert/strict";
import { tidySvg } from "./tidy_svg.ts";

Deno.test("tidySvg() rounds, prefixes ids and drops what does not show", () => {
  const svg = tidySvg(
    '<svg class="marks" width="10"><defs><clipPath id="clip0"><rect x="0.126"/></clipPath></defs>' +
      '<g class="a"><g transform="translate(1.006,-0.001)" clip-path="url(#clip0)">' +
      '<path class="background" aria-hidden="true" d="M0,0h0v0h0Z"/>' +
      '<text opacity="0">hidden</text><text opacity="1">0.12345 \u0007</text></g></g></svg>',
    { name: "loss" },
  );
  assert.match(svg, /<clipPath id="loss-clip0">/);
  assert.match(svg, /<rect x="0.13"\/>/);
  assert.match(svg, /<g transform="translate\(1.01,0\)" clip-path="url\(#loss-clip0\)">/);
  assert.match(svg, /<text>0.12345 \ufffd<\/text>/);
  assert.doesNotMatch(svg, /hidden|class=|<path/);
  assert.equal(svg.match(/<g\b/g)?.length, 1);
  assert.equal(svg.match(/<\/g>/g)?.length, 1);
});
