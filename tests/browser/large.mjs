/* How large and how fast: 300 actors as the promise says, 3,000 that still move.
 *
 * Times are those of the page's own thread, not of the clock: what else the machine does at the
 * moment would be in that. The best of a few runs counts.
 */
import { statSync } from "node:fs";

import { check, finish, open, pageOf } from "./harness.mjs";
import { invent } from "./invent.mjs";

const MB = 1e6;

async function clockOf(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => (await session.send("Performance.getMetrics")).metrics
    .find((metric) => metric.name === "TaskDuration").value * 1000;
}

const frame = (page) => page.evaluate(() =>
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0)))));

async function starting(url, runs) {
  const times = [];
  for (let i = 0; i < runs; i++) times.push(await startOnce(url));
  return Math.min(...times);
}

async function startOnce(url) {
  const page = await open(url), clock = await clockOf(page), before = await clock();
  await page.reload({ timeout: 240_000 });
  await page.waitForFunction(() => document.documentElement.dataset.started, null, { timeout: 240_000 });
  await frame(page);
  const took = await clock() - before;
  await page.context().close();
  return took;
}

/* The slowest of the changes, each at its best. */
async function filtering(page, runs) {
  const clock = await clockOf(page), changes = [{ relation: ["attack"] }, { relation: null }, { kind: ["state", "army"] },
    { kind: null }, { until: 16500 }, { since: 15800 }, { since: null, until: null }, { least: 2 }, { least: 1 }];
  const best = changes.map(() => Infinity);
  for (let run = 0; run < runs; run++)
    for (const [i, change] of changes.entries()) {
      const before = await clock();
      await page.evaluate((change) => globalThis.casus.store.set(change), change);
      await frame(page);
      best[i] = Math.min(best[i], await clock() - before);
    }
  return Math.max(...best);
}

async function moving(page, frames) {
  const clock = await clockOf(page), before = await clock();
  await page.evaluate(async (frames) => {
    for (let i = 0; i < frames; i++) {
      globalThis.casus.diagram.cy.panBy({ x: i % 2 ? 4 : -4, y: 2 });
      await new Promise(requestAnimationFrame);
    }
  }, frames);
  return (await clock() - before) / frames;
}

async function measure({ actors, ties, megabytes, start, filter, move, runs }) {
  const { url, file } = pageOf(`n${actors}`, invent({ actors, ties, claims: actors <= 300 }), "--time-limit", "600");
  const size = statSync(file).size / MB, said = (what, found, limit, unit) => {
    console.log(`${actors} actors, ${ties} ties: ${what} ${found.toFixed(1)} ${unit} (at most ${limit})`);
    check(`${actors} actors: ${what}`, found <= limit, `${found.toFixed(1)} ${unit}, at most ${limit}`);
  };
  said("size", size, megabytes, "MB");
  said("starts in", await starting(url, runs), start, "ms");
  const page = await open(url);
  said("filters in", await filtering(page, runs), filter, "ms");
  said("a frame of moving in", await moving(page, 20), move, "ms");
  check(`${actors} actors: no errors`, !page.sins.length, page.sins.join("; "));
  await page.context().close();
}

await finish(async () => {
  await measure({ actors: 300, ties: 1500, megabytes: 3, start: 1000, filter: 100, move: 60, runs: 3 });
  await measure({ actors: 3000, ties: 20000, megabytes: 25, start: 8000, filter: 2000, move: 200, runs: 1 });
});
