/* The page of the case, used as a reader would; its numbers against the command's own selections. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { answer, check, equal, finish, open, pageOf, root, set, shownCounts } from "./harness.mjs";

const CASE = "graphs/badia-2019";
const dossier = JSON.parse(readFileSync(join(root, CASE, "dossier.json"), "utf8"));
const exported = answer("export", CASE, "--to", "networkx");
const told = answer("claims", CASE, "--format", "json");
const nodes = new Map(exported.nodes.map((node) => [node.id, node]));
const ties = [...new Map(exported.edges.map((edge) => [edge.tie, edge])).values()];

/* What the command leaves under the same selection. */
function selected(...options) {
  const { actors, ties: left, events } = answer("report", CASE, "--format", "json", ...options).graph;
  return { actors, ties: left, events };
}

const untick = (page, group, value) => page.locator(`#${group} input[value="${value}"]`).click();
const only = async (page, group, value) => {
  const row = page.locator(`#${group} li`, { has: page.locator(`input[value="${value}"]`) });
  await row.hover();
  await row.locator("button.only").click();
};
const clear = (page) => page.locator("#reset").click();

async function opens(page) {
  const { actors, events } = selected();
  equal("all of it is there at first", await shownCounts(page), { actors, ties: ties.length, events });
  equal("the title", await page.locator("#title").innerText(), dossier.title);
  check("the diagram has pixels", await page.evaluate(() => {
    const canvas = document.getElementById("lines"), data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    return data.some((value) => value > 0);
  }));
}

async function searches(page) {
  await page.keyboard.press("/");
  await page.keyboard.type("DAESH");
  equal("an alias is found", await page.locator("#found li").first().locator(".found-name > bdi").innerText(), "Islamic State");
  await page.keyboard.press("Enter");
  equal("and opens its actor", await page.locator("#panel h2").innerText(), "Islamic State");
  await page.locator("#search").fill("no such actor at all");
  check("nobody is found for nonsense", (await page.locator("#found").innerText()).includes("nobody"));
  await page.keyboard.press("Escape");
  await page.locator("#panel-close").click();
  check("the panel closes", await page.locator("#panel").isHidden());
}

async function filters(page) {
  for (const relation of ["attack", "support", "claim"]) {
    await only(page, "f-relation", relation);
    equal(`relation ${relation}`, (await shownCounts(page)).ties, ties.filter((tie) => tie.relation === relation).length);
    await clear(page);
  }
  await untick(page, "f-relation", "claim");
  equal("all but claims", (await shownCounts(page)).ties, ties.filter((tie) => tie.relation !== "claim").length);
  await clear(page);
  for (const evidence of new Set(told.events.map((event) => event.evidence))) {
    await only(page, "f-evidence", evidence);
    const left = await shownCounts(page), expected = selected("--evidence", evidence);
    equal(`evidence ${evidence}`, [left.ties, left.events], [expected.ties, expected.events]);
    await clear(page);
  }
  await only(page, "f-kind", "state");
  const states = (id) => nodes.get(id).kind === "state";
  equal("kind state", await shownCounts(page), { actors: [...nodes.values()].filter((node) => node.kind === "state").length,
    ties: ties.filter((tie) => states(tie.source) && states(tie.target)).length, events: told.events.length });
  await clear(page);
  await untick(page, "f-side", "government");
  const parents = new Map(dossier.actors.map((actor) => [actor.id, actor]));
  const side = (id) => id && (parents.get(id).side ?? side(parents.get(id).parent));
  equal("side government left out", (await shownCounts(page)).actors,
    dossier.actors.filter((actor) => side(actor.id) !== "government").length);
  await clear(page);
}

async function beliefs(page) {
  await page.locator("#f-believe summary").click();
  await page.locator('#f-believe input[value="isis"]').click();
  const believed = await shownCounts(page), expected = selected("--believe", "isis");
  equal("believe only isis", [believed.ties, believed.events], [expected.ties, expected.events]);
  await clear(page);
  await page.locator("#f-claimant summary").click();
  await page.locator('#f-claimant input[value="sohr"]').click();
  equal("told by sohr", (await shownCounts(page)).events, told.events.filter((event) =>
    event.claims.some((claim) => claim.speaks_for === "sohr" && claim.stance !== "deny")).length);
  await clear(page);
}

async function times(page) {
  await set(page, { since: 17996, until: 18004 }); /* 2019-04-10 to 2019-04-18 */
  const left = await shownCounts(page), expected = selected("--since", "2019-04-10", "--until", "2019-04-18");
  equal("a period", [left.ties, left.events], [expected.ties, expected.events]);
  check("the address says so", page.url().includes("since=2019-04-10") && page.url().includes("until=2019-04-18"), page.url());
  const handle = page.locator('#time input[aria-label="Until"]');
  await handle.focus();
  await page.keyboard.press("ArrowLeft");
  check("a handle moves by keys", page.url().includes("until=2019-04-17"), page.url());
  await clear(page);
  await page.locator("#time .play").click();
  await page.waitForFunction(() => globalThis.casus.store.get().until !== null);
  const first = (await shownCounts(page)).events;
  await page.waitForFunction((before) => globalThis.casus.graph().events.length > before, first);
  await page.locator("#time .play").click();
  const paused = page.url();
  await page.waitForTimeout(400);
  equal("play goes on, and pauses", page.url(), paused);
  await clear(page);
}

/* Until a few frames in a row show the same view: a panel that opens or closes leaves the diagram
 * another width, and a frame later it is fitted to that. */
const settled = (page) => page.evaluate(() => new Promise((done) => {
  const { cy } = globalThis.casus.diagram, canvas = document.getElementById("canvas");
  let last = "", same = 0;
  const look = () => {
    const now = JSON.stringify([cy.zoom(), cy.pan(), cy.width(), canvas.getBoundingClientRect()]);
    same = now === last && cy.width() === canvas.clientWidth ? same + 1 : 0;
    last = now;
    if (same === 4) done();
    else requestAnimationFrame(look);
  };
  look();
}));

/* Where something stands on the screen. */
async function onScreen(page, kind, find) {
  await settled(page);
  return page.evaluate(placeOf, [kind, find]);
}

const placeOf = ([kind, find]) => {
  const { data, diagram } = globalThis.casus, { cy, lines } = diagram;
  const box = document.getElementById("canvas").getBoundingClientRect();
  const point = kind === "actor" ? data.byId.get(find) : (() => {
    const { curve } = lines.rows().find(({ tie }) => tie.key.join() === find);
    return { x: curve.x0 / 4 + curve.cx / 2 + curve.x1 / 4, y: curve.y0 / 4 + curve.cy / 2 + curve.y1 / 4 };
  })();
  const pan = cy.pan(), zoom = cy.zoom();
  return [box.x + point.x * zoom + pan.x, box.y + point.y * zoom + pan.y];
};

async function panels(page) {
  await page.mouse.click(...await onScreen(page, "actor", "sdf"));
  equal("a click on an actor", await page.locator("#panel h2").innerText(), "Syrian Democratic Forces");
  const report = answer("report", CASE, "--format", "json").actors.find((actor) => actor.id === "sdf");
  const rank = await page.locator("#panel .ranks tbody tr", { hasText: "PageRank" }).locator("td").first().innerText();
  equal("its rank", rank, String(report.ranks.pagerank));
  check("what the rank means", (await page.locator("#panel .ranks .meaning").first().innerText()).length > 10);
  equal("its ties", await page.locator("#panel .rows li").count(), ties.filter((tie) => [tie.source, tie.target].includes("sdf")).length);
  await page.locator("#panel-close").click();
  await page.mouse.click(...await onScreen(page, "tie", "isis,besieged-units,attack,"));
  check("a click on a tie", (await page.locator("#panel h2").innerText()).includes("attacks"), await page.locator("#panel").innerText());
  const event = told.events.find((one) => one.id === "mount-bishri-sukhnah");
  const card = page.locator(".event", { hasText: "ambush" }).first();
  equal("its claims side by side", await card.locator(".telling").count(), event.claims.length);
  check("in one row", await card.locator(".telling").evaluateAll((cards) =>
    new Set(cards.map((one) => Math.round(one.getBoundingClientRect().top))).size === 1));
  const head = await card.locator(".losses thead th").allInnerTexts();
  for (const teller of new Set(event.losses.flatMap((loss) => loss.by.map((by) => by.by))))
    check(`losses told by ${teller}`, head.includes(nodes.get(teller).name), head.join("|"));
  const killed = event.losses.find((loss) => loss.what.join() === "killed");
  check("their figure", (await card.locator(".losses tbody").innerText()).includes(String(killed.by.find((by) => by.by === "isis").best)));
  check("the source", (await card.innerText()).includes(dossier.sources[0].name));
  await page.locator("#panel h2 button").first().click();
  equal("from the tie to its actor", await page.locator("#panel h2").innerText(), "Islamic State");
}

async function focuses(page) {
  await page.getByRole("button", { name: "Show only around this actor" }).click();
  const near = new Set(["isis"]);
  for (const tie of ties) if (tie.source === "isis" || tie.target === "isis") near.add(tie.source).add(tie.target);
  equal("only around isis", await shownCounts(page), { actors: near.size,
    ties: ties.filter((tie) => near.has(tie.source) && near.has(tie.target)).length, events: told.events.length });
  await page.getByRole("button", { name: "Show all", exact: true }).first().click();
  equal("and all again", (await shownCounts(page)).actors, nodes.size);
}

async function tables(page) {
  await page.getByRole("tab", { name: "Actors" }).click();
  await page.getByRole("button", { name: "actor", exact: true }).click();
  const names = await page.locator("#table tbody tr td:first-child bdi").allInnerTexts();
  equal("actors by name", names, [...names].sort((a, b) => a.localeCompare(b, "en")));
  equal("all of them", names.length, nodes.size);
  await page.getByRole("button", { name: "actor", exact: true }).or(page.locator("th button", { hasText: "actor" })).first().click();
  equal("and back", (await page.locator("#table tbody tr td:first-child bdi").allInnerTexts())[0], names[names.length - 1]);
  await page.getByRole("tab", { name: "Ties" }).click();
  equal("ties", await page.locator("#table tbody tr").count(), ties.length);
  await page.getByRole("button", { name: "Copy for a spreadsheet" }).click();
  const text = await page.evaluate(() => globalThis.copied.at(-1)), lines = text.trim().split("\n");
  equal("copied: a line a tie and a head", lines.length, ties.length + 1);
  check("copied: as many cells in each", lines.every((line) => line.split("\t").length === lines[0].split("\t").length));
  await page.getByRole("tab", { name: "Events" }).click();
  equal("events", await page.locator("#table tbody tr").count(), dossier.events.length);
  await page.locator("#table tbody button.link").first().click();
  check("an event opens", await page.locator("#panel .event").isVisible());
  await page.getByRole("tab", { name: "Diagram" }).click();
  await page.locator("#panel-close").click();
}

async function saved(page, button) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator(button).click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function downloads(page) {
  const svg = await saved(page, "#svg"), text = svg.bytes.toString();
  check("SVG by its name", /^[a-z0-9-]+\.svg$/.test(svg.name), svg.name);
  const found = await page.evaluate((text) => {
    const xml = new DOMParser().parseFromString(text, "image/svg+xml");
    return { broken: xml.querySelectorAll("parsererror").length, titles: [...xml.querySelectorAll("g > title")].map((one) => one.textContent),
      foreign: xml.querySelectorAll("script, image, foreignObject, [href]").length };
  }, text);
  equal("SVG is well-formed, holds each actor, and nothing from elsewhere", [found.broken, found.titles.sort(), found.foreign],
    [0, [...nodes.values()].map((node) => node.name).sort(), 0]);
  const png = await saved(page, "#png");
  equal("PNG", [png.bytes.subarray(1, 4).toString(), png.bytes.readUInt32BE(16) > 800], ["PNG", true]);
}

async function addresses(page, url) {
  await untick(page, "f-relation", "support");
  await page.locator('#f-paint input[value="side"]').click({ force: true });
  await set(page, { actor: "russia", since: 17996 });
  await page.locator("#share").click();
  const link = await page.evaluate(() => globalThis.copied.at(-1)), here = await shownCounts(page);
  const there = await open(url, { hash: link.slice(link.indexOf("#")) });
  equal("a link shows what the sender saw", [await shownCounts(there), await there.locator("#panel h2").innerText(),
    await there.locator('#f-paint input[value="side"]').isChecked()], [here, "Russia", true]);
  const odd = await open(url, { hash: "#actor=%ZZ&since=2019-99-99&relation=none&depth=-4&nonsense&view=x" });
  equal("a broken address does no harm", odd.sins, []);
  equal("nothing but what is broken is left out", (await shownCounts(odd)).ties, 0);
  await Promise.all([there, odd].map((one) => one.context().close()));
  await clear(page);
}

async function keys(page) {
  await page.locator("#canvas").focus();
  await page.keyboard.press("ArrowRight");
  const first = await page.evaluate(() => globalThis.casus.store.get().actor);
  await page.keyboard.press("ArrowLeft");
  const second = await page.evaluate(() => globalThis.casus.store.get().actor);
  check("arrow keys walk from actor to actor", first && second && first !== second, `${first} ${second}`);
  check("and a screen reader is told", (await page.locator("#live").innerText()).includes(nodes.get(second).name));
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  check("Escape closes the panel", await page.locator("#panel").isHidden());
  equal("all controls have names", await page.evaluate(() => [...document.querySelectorAll("button, input, [role=tab], [role=application]")]
    .filter((one) => one.offsetParent && !(one.getAttribute("aria-label") || one.textContent.trim() || one.labels?.[0]?.textContent.trim()))
    .map((one) => one.outerHTML)), []);
}

/* WCAG 2.1: text of 4.5 to 1 on what it stands on. */
const faint = (page) => page.evaluate(() => {
  const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const known = new Map();
  const read = (colour) => { pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1); return [...pen.getImageData(0, 0, 1, 1).data]; };
  const rgb = (colour) => { if (!known.has(colour)) known.set(colour, read(colour)); return known.get(colour); };
  const light = ([r, g, b]) => [r, g, b].reduce((sum, c, i) => sum + [0.2126, 0.7152, 0.0722][i] *
    (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4), 0);
  const ground = (one) => { for (; one; one = one.parentElement) { const c = rgb(getComputedStyle(one).backgroundColor); if (c[3] > 230) return c; } return [255, 255, 255]; };
  const found = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const one = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !one.offsetParent || one.closest("svg, script, .only")) continue;
    const [a, b] = [light(rgb(getComputedStyle(one).color)), light(ground(one))], ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) found.add(`${one.tagName}.${one.className} ${ratio.toFixed(2)}`);
  }
  return [...found];
});

async function looks(url) {
  for (const dark of [false, true]) {
    const page = await open(url, { dark, hash: "#tie=isis,besieged-units,attack," });
    equal(`contrast, ${dark ? "dark" : "light"}`, await faint(page), []);
    await page.locator("#about-open").click();
    equal(`contrast of About, ${dark ? "dark" : "light"}`, await faint(page), []);
    await page.locator("#about-close").click();
    await page.locator("#theme").click();
    equal("the theme changes", await page.evaluate(() => document.documentElement.dataset.theme), dark ? "light" : "dark");
    await page.context().close();
  }
  const phone = await open(url, { width: 390, height: 844 });
  equal("no wider than a phone", await phone.evaluate(() => document.scrollingElement.scrollWidth), 390);
  await phone.locator("#filters-open").click();
  await phone.locator("#f-relation").waitFor({ state: "visible" });
  await untick(phone, "f-relation", "claim");
  await phone.locator("#filters-open").click();
  await set(phone, { actor: "isis" });
  check("the panel fits", (await phone.locator("#panel").boundingBox()).width <= 390);
  equal("a phone has no errors", phone.sins, []);
  await phone.context().close();
}

async function staysAlone(page) {
  equal("no error, no dialog, no request so far", page.sins, []);
  const broken = await page.evaluate(() => new Promise((done) => {
    document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective), { once: true });
    new Image().src = "http://127.0.0.1:9/x.png";
    setTimeout(() => done("nothing"), 30_000);
  }));
  equal("its own policy stops what would leave it", broken, "img-src");
}

await finish(async () => {
  const { url } = pageOf("case", CASE);
  const page = await open(url);
  for (const part of [opens, searches, filters, beliefs, times, panels, focuses, tables, downloads])
    await part(page);
  await addresses(page, url);
  await keys(page);
  await looks(url);
  await staysAlone(page);
});
