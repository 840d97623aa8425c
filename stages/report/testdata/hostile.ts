/** Names that would break out of Markdown, HTML, SVG, YAML, formulas or a table's row. */
export const HOSTILE: readonly string[] = [
  "<img src=x onerror=alert(1)>",
  "</svg></script><script>alert(1)</script>",
  "a|b",
  "__proto__",
  "constructor",
  "`tick` ``two``",
  "*bold* _low_ [link](javascript:alert(1))",
  "$x$ $$y$$ \\{adam.accuracy\\} {adam.accuracy}",
  "quote \" and ' and &amp;",
  "line\nbreak\u2028and\u0007bell",
];
