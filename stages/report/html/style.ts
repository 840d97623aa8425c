/**
 * The page's style sheet: one column of text with its contents beside it on a wide screen, light
 * and dark, and A4 pages in print. Contrasts are at least 4.5:1.
 *
 * @module
 */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --card: #f6f8fa; --ink: #1f2328; --muted: #57606a; --rule: #d5dae0;
  --accent: #0b5fa3; --good: #1a6b3c; --bad: #a3341b; --open: #6b5300;
  --text: Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif;
  --label: system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171a; --card: #1e2328; --ink: #e3e6ea; --muted: #a3abb4; --rule: #3a424a;
    --accent: #79b8ee; --good: #6cc890; --bad: #f09a80; --open: #dcbc5c;
  }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 var(--text);
  scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0 auto; padding: 0 1.25rem 4rem; max-width: 48rem; overflow-wrap: break-word; }
h1, h2, h3, nav, table, figcaption, .kind, .callout-title, dt, .skip { font-family: var(--label); }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.3rem); line-height: 1.2; margin: 0 0 1.5rem;
  letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 1.4rem; line-height: 1.3; margin: 3rem 0 0.8rem; padding-bottom: 0.3rem;
  border-bottom: 1px solid var(--rule); }
h2 .number { color: var(--muted); font-weight: 400; margin-right: 0.4em; }
h3 { font-size: 1.08rem; line-height: 1.35; margin: 2rem 0 0.5rem; }
h2, h3 { text-wrap: balance; }
p, ul, ol, dl { margin: 0 0 1rem; }
li { margin: 0.2rem 0; }
a { color: var(--accent); text-underline-offset: 0.15em; }
a:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code { font: 0.88em ui-monospace, "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 0.5rem; padding: 0.5rem 1rem; background: var(--card); z-index: 1; }
header { padding-top: 2.5rem; }
.kind { display: flex; justify-content: space-between; gap: 1rem; margin: 0 0 0.6rem;
  color: var(--muted); font-size: 0.85rem; }
nav { font-size: 0.9rem; margin-bottom: 2rem; }
nav h2 { font-size: 0.85rem; font-weight: 600; margin: 0 0 0.4rem; border: 0; padding: 0;
  color: var(--muted); }
nav ol { margin: 0; padding-left: 2.1em; columns: 2 15rem; column-gap: 2rem; }
nav li::marker { color: var(--muted); }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }

.callout { border: 1px solid var(--rule); border-left: 4px solid var(--accent); border-radius: 6px;
  background: var(--card); padding: 1rem 1.25rem; margin: 1.5rem 0; }
.callout.warning { border-left-color: var(--open); }
.callout.remark { border-left-color: var(--muted); }
.callout > :last-child { margin-bottom: 0; }
.callout-title { font-weight: 650; margin: 0 0 0.5rem; }
.callout.summary dd strong { font-family: var(--label); }
dl > div { display: grid; grid-template-columns: 13rem 1fr; gap: 0 1rem; padding: 0.3rem 0;
  border-top: 1px solid var(--rule); }
dl > div:first-child { border-top: 0; }
dt { font-size: 0.88rem; color: var(--muted); padding-top: 0.12rem; }
dd { margin: 0; min-width: 0; }

.scroll, .formula, .code, .drawing { overflow-x: auto; }
.table { margin: 1.5rem 0; break-inside: avoid; }
table { border-collapse: collapse; width: 100%; font-size: 0.86rem; line-height: 1.4;
  font-variant-numeric: tabular-nums lining-nums; }
.measured th + th, .measured td + td { text-align: right; }
.measured + p { margin-top: 0.5rem; color: var(--muted); font-size: 0.86rem; }
table.wide { font-size: 0.76rem; }
.wide th, .wide td { padding: 0.32rem 0.3rem; }
.caption, figcaption { color: var(--muted); font-size: 0.86rem; line-height: 1.45; }
.caption { margin: 0 0 0.5rem; padding: 0 0.2rem; font-family: var(--label); }
.caption .number, figcaption .number { font-weight: 650; color: var(--ink); }
.data { white-space: nowrap; margin-left: 0.3em; }
th, td { padding: 0.32rem 0.6rem; text-align: left; vertical-align: baseline; }
thead th, thead .right { white-space: normal; }
thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; font-weight: 600; }
tbody tr + tr > * { border-top: 1px solid var(--rule); }
tbody th, tfoot th { font-weight: 500; }
tfoot tr:first-child > * { border-top: 2px solid var(--rule); }
tbody tr:last-child > *, tfoot tr:last-child > * { border-bottom: 1px solid var(--rule); }
.right { text-align: right; white-space: nowrap; }
.center { text-align: center; }
.formula { margin: 1rem 0; padding: 0.2rem 0; text-align: center; }
/* Browsers draw MathML without columnalign, by which formulas are aligned at their signs. */
mtable[columnalign^="right left"] mtd:nth-child(odd) { text-align: right; }
mtable[columnalign^="right left"] mtd:nth-child(even) { text-align: left; }
math { font-family: "Latin Modern Math", "STIX Two Math", "Cambria Math", math, serif; }
.code { background: var(--card); border: 1px solid var(--rule); border-radius: 6px; margin: 1rem 0; }
.code pre { margin: 0; padding: 0.8rem 1rem; font-size: 0.92rem; line-height: 1.45; }

figure { margin: 1.8rem 0; }
/* Figures are drawn on white: their colours were chosen for it. */
.drawing { background: #ffffff; border: 1px solid var(--rule); border-radius: 6px;
  margin-bottom: 0.6rem; padding: 0.4rem; }
.drawing svg { display: block; margin: 0 auto; max-width: 100%; height: auto; }
figcaption { padding: 0 0.2rem; }
@media screen and (prefers-color-scheme: dark) { .drawing { filter: brightness(0.88); } }

/* Beside the text there is room for tables of many columns. */
@media screen and (min-width: 58rem) { .scroll.wide { margin-right: -4.5rem; } }
@media (min-width: 80rem) {
  body { max-width: 68rem; display: grid; grid-template-columns: 14rem minmax(0, 48rem);
    column-gap: 4rem; align-items: start; }
  header { grid-column: 2; }
  main { grid-column: 2; }
  nav { grid-column: 1; grid-row: 2; position: sticky; top: 2rem; max-height: calc(100vh - 4rem);
    overflow-y: auto; }
  nav ol { columns: 1; }
}
@media (max-width: 40rem) {
  body { padding: 0 1rem 3rem; }
  dl > div { grid-template-columns: 1fr; }
  .callout { padding: 0.8rem 1rem; }
  /* Small print in a shrunk drawing cannot be read: the drawing scrolls instead. */
  .drawing svg { max-width: none; width: auto; }
  th, td { padding: 0.3rem 0.45rem; }
}
@page { size: A4; margin: 18mm 16mm 20mm; }
@media print {
  :root { color-scheme: light; --paper: #fff; --card: #fff; --ink: #000; --muted: #444;
    --rule: #bbb; --accent: #000; --good: #000; --bad: #000; --open: #000; }
  html { font-size: 10pt; line-height: 1.45; }
  body { display: block; max-width: none; padding: 0; }
  nav, .skip, .languages, .data { display: none; }
  header { padding-top: 0; }
  h2, h3, .caption, .callout-title { break-after: avoid; }
  figure, .callout, tr, .formula, dl > div { break-inside: avoid; }
  .scroll, .formula, .code, .drawing { overflow: visible; }
  .drawing { border: 0; padding: 0; }
  .drawing svg { max-width: 100%; max-height: 112mm; }
  .code pre { white-space: pre-wrap; }
  table { font-size: 8.5pt; }
  thead { display: table-header-group; }
  a { color: inherit; text-decoration: none; }
  p, li { orphans: 3; widows: 3; }
}
`;
