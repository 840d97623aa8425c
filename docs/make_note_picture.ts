/**
 * Takes the README's picture of a note: `deno run --allow-all docs/make_note_picture.ts`.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const NOTE = new URL("../reports/optimizers/note.en.html", import.meta.url);
const PICTURE = fileURLToPath(new URL("note.png", import.meta.url));

const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
const page = await browser.newPage({
  viewport: { width: 1000, height: 1250 },
  deviceScaleFactor: 1,
  colorScheme: "light",
});
await page.goto(NOTE.href);
await page.screenshot({ path: PICTURE });
await browser.close();
