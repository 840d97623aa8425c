/** A note in a browser: accessible, without overflow, reaching for nothing. */
import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";
import { chromium } from "playwright-core";
import { needs } from "../../testing/require.ts";
import { runStep } from "../../testing/run_step.ts";
import note from "./note.ts";
import { explained } from "./testdata/explained.ts";
import { LETTERS, syntheticStudy } from "./testdata/synthetic.ts";

const LONG_NAMES = [
  "n02085936-Maltese_dog",
  "n02092002-Scottish_deerhound",
  "n02095889-Sealyham_terrier",
  "n02107683-Bernese_mountain_dog",
];

Deno.test({
  name: "a note passes axe, overflows at no width and asks for no file, light and dark",
  ...needs("chromium"),
  async fn(test) {
    const folder = await Deno.makeTempDir();
    const browser = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    });
    try {
      for (const [kind, options] of Object.entries({ short: {}, long: { classes: LONG_NAMES } })) {
        const { params, inputs } = syntheticStudy(options);
        const explanations = explained(params, { classes: LETTERS, ...options });
        // A swept number and what explains models, so that a page has every kind of block.
        const models = Object.fromEntries(
          params.models.map(({ name }, i) => [name, { train: { weightDecay: 0.1 ** i } }]),
        );
        const { files } = await runStep(
          note,
          { ...params, sections: { ...params.sections, models } },
          { inputs: { ...inputs, ...explanations } },
        );
        for (const page of ["note.html", "note.en.html"]) {
          await Deno.writeFile(`${folder}/${kind}-${page}`, files.get(`note/${page}`)!);
          for (const colorScheme of ["light", "dark"] as const) {
            await test.step(`${kind} names, ${page}, ${colorScheme}`, async () => {
              const context = await browser.newContext({ colorScheme });
              await checkPage(context, `file://${folder}/${kind}-${page}`);
              await context.close();
            });
          }
        }
      }
    } finally {
      await browser.close();
      await Deno.remove(folder, { recursive: true });
    }
  },
});

type Context = Awaited<ReturnType<Awaited<ReturnType<typeof chromium.launch>>["newContext"]>>;

async function checkPage(context: Context, url: string): Promise<void> {
  const page = await context.newPage();
  const asked: string[] = [];
  const said: string[] = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  await page.goto(url);
  assert.deepEqual(asked.filter((one) => one !== url && !one.startsWith("data:image/png")), []);
  assert.deepEqual(said, []);
  for (const width of [375, 768, 1360]) {
    await page.setViewportSize({ width, height: 900 });
    const content = await page.evaluate("document.documentElement.scrollWidth") as number;
    assert.ok(content <= width, `the page is ${content} pixels wide at ${width}`);
    // Text within a figure must not leave it.
    const clipped = await page.evaluate(
      `[...document.querySelectorAll("figure svg")].flatMap((svg) => {
      const box = svg.getBoundingClientRect();
      return [...svg.querySelectorAll("text")].filter((text) => {
        const own = text.getBoundingClientRect();
        return own.left < box.left - 1 || own.right > box.right + 1 ||
          own.top < box.top - 1 || own.bottom > box.bottom + 1;
      }).map((text) => svg.getAttribute("aria-label").slice(0, 40) + " | " + text.textContent);
    })`,
    );
    assert.deepEqual(clipped, []);
  }
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`),
    [],
  );
}
