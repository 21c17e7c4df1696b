/* What the browser tests share: casus, Chromium, and counting. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

export const [casus, root] = process.argv.slice(2);
export const folder = mkdtempSync(join(tmpdir(), "casus-browser-"));
const counts = { passed: 0, failed: 0 };

export function check(name, ok, detail = "") {
  counts[ok ? "passed" : "failed"]++;
  if (!ok) console.log(`FAILED ${name}${detail === "" ? "" : `: ${detail}`}`);
}

export const equal = (name, found, expected) =>
  check(name, JSON.stringify(found) === JSON.stringify(expected),
    `expected ${JSON.stringify(expected)?.slice(0, 300)}, found ${JSON.stringify(found)?.slice(0, 300)}`);

export function run(...args) {
  return execFileSync(casus, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
}

export const answer = (...args) => JSON.parse(run(...args));

/* Write a dossier, have its page made. @return the page's address */
export function pageOf(name, dossier, ...options) {
  const input = typeof dossier === "string" ? dossier : join(folder, `${name}.json`);
  const output = join(folder, `${name}.html`);
  if (input !== dossier) writeFileSync(input, JSON.stringify(dossier));
  const done = spawnSync(casus, ["view", input, "-o", output, ...options], { cwd: root, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`casus view ${name}: ${done.status} ${done.stderr}`);
  return { url: pathToFileURL(output).href, file: output, input };
}

let browser = null;

/* A page that notes what it must not do: errors, dialogs, requests that leave it. */
export async function open(url, { hash = "", width = 1400, height = 900, dark = false } = {}) {
  browser ??= await chromium.launch({ executablePath: process.env.CASUS_BROWSER, timeout: 240_000, args: ["--headless",
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
  const context = await browser.newContext({ viewport: { width, height }, acceptDownloads: true,
    colorScheme: dark ? "dark" : "light" });
  context.setDefaultTimeout(120_000); /* the machine may be busy */
  const page = await context.newPage(), sins = [];
  await page.addInitScript(() => {
    globalThis.copied = [];
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { globalThis.copied.push(text); } } });
  });
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && sins.push(message.text()));
  page.on("pageerror", (error) => sins.push(error.stack));
  page.on("dialog", (dialog) => { sins.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    const to = request.url();
    if (!to.startsWith("data:") && !to.startsWith("blob:") && to.split("#")[0] !== url) sins.push(`request: ${to}`);
  });
  await page.goto(url + hash, { timeout: 240_000 });
  await page.waitForFunction(() => document.documentElement.dataset.started, null, { timeout: 240_000 });
  page.sins = sins;
  return page;
}

export const shownCounts = (page) => page.evaluate(() => {
  const graph = globalThis.casus.graph();
  return { actors: graph.actors.length, ties: graph.ties.length, events: graph.events.length };
});

export const set = (page, change) => page.evaluate((change) => globalThis.casus.store.set(change), change);

export async function finish(work) {
  try {
    await work();
  } catch (error) {
    check("no exception", false, error.stack);
  }
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
  console.log(`${counts.passed} passed, ${counts.failed} failed`);
  process.exit(counts.failed || !counts.passed ? 1 : 0);
}
