/* Names, ids, notes and links that would be markup, commands or endless: text everywhere. */
import { readFileSync } from "node:fs";

import { check, equal, finish, open, pageOf, set } from "./harness.mjs";

const NAMES = [
  "<script>alert(1)</script>", "</script><script>alert(2)</script>", "<!--<script>", "<img src=x onerror=alert(3)>",
  "\"quoted\" and 'single' and `tick` ${alert(4)}", "back\\slash \\u003cscript\\u003e \\N \\n", "line\nbreak\r\nand\ttab",
  "\u202eturned around\u202c \u2066isolated\u2069", "zero\u200bwidth\ufeff and \u{e0041}tag", "line\u2028and\u2029paragraph",
  "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿 emoji", "الجيش السوري الحر", "ИГИЛ", "=cmd|' /C calc'!A0", "]]> --> */ //", "&lt;b&gt; &amp;",
  "__proto__", "constructor", "@DATA@", "$& $' $`", "é".repeat(4) + "x".repeat(9990), "javascript:alert(5)",
];
const LINKS = ["javascript:alert(6)", "data:text/html,<script>alert(7)</script>", "https://a.example/?q=\"><script>alert(8)</script>",
  "file:///etc/passwd", "https://safe.example/"];

const dossier = { casus: 1, title: "</title><script>alert(0)</script>\u202e",
  sources: LINKS.map((url, i) => ({ id: `s${i}"><b>`, name: `</p><script>alert(9)</script> ${i}`, url, archive_url: url, note: "<svg onload=alert(10)>" })),
  actors: NAMES.map((name, i) => ({ id: `${i}"><img src=x onerror=alert(11)>,&=#%`, name, aliases: [`${name.slice(0, 400)} alias`],
    side: name.slice(0, 200), note: name, kind: i % 2 ? "militia" : "state" })), events: [] };
dossier.actors.forEach((actor, i) => dossier.events.push({ id: `e${i}</script>`, type: "ambush", date: "2020-05-02",
  place: { name: NAMES[i] }, note: NAMES[i], from: [actor.id], to: [dossier.actors[(i + 1) % NAMES.length].id],
  claims: [{ by: actor.id, stance: "report", source: dossier.sources[i % LINKS.length].id, url: LINKS[i % LINKS.length],
    note: NAMES[i], losses: [{ actor: actor.id, killed: 1 }] }] }));

/* The page shows what is invisible and has an effect as an escape. */
const visible = (text) => text.replace(
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu,
  (c) => "\\u" + c.codePointAt(0).toString(16).padStart(4, "0"));

await finish(async () => {
  const { url, file } = pageOf("hostile", dossier);
  const html = readFileSync(file, "utf8"), data = html.slice(html.indexOf('id="data">') + 10).split("</script>")[0];
  check("the data holds none of what ends it", !/[<>\u2028\u2029]/.test(data));
  equal("and is the dossier", JSON.parse(data).actors.map((actor) => actor.name).sort(), [...NAMES].sort());
  const page = await open(url);
  const elements = () => page.evaluate(() => ["script", "img", "iframe", "b > b", "[onerror]", "[onload]"]
    .map((what) => document.querySelectorAll(what).length));
  const before = await elements();
  equal("two scripts, the page's own", before, [2, 0, 0, 0, 0, 0]);
  equal("the title is text", await page.locator("#title").innerText(), visible(dossier.title));
  for (let i = 0; i < NAMES.length; i++) {
    const id = dossier.actors[i].id;
    await set(page, { actor: id, tie: null, event: null });
    equal(`actor ${i}`, await page.evaluate(() => document.querySelector("#panel h2").textContent), visible(NAMES[i]));
    await set(page, { actor: null, event: null, tie: [id, dossier.actors[(i + 1) % NAMES.length].id, "attack", ""] });
    check(`tie ${i}`, (await page.evaluate(() => document.querySelector("#panel .event").textContent)).includes(visible(NAMES[i]).slice(0, 100)));
    equal(`address ${i}`, await page.evaluate(() => {
      const { store } = globalThis.casus, before = JSON.stringify(store.get().tie);
      dispatchEvent(new HashChangeEvent("hashchange"));
      return JSON.stringify(store.get().tie) === before;
    }), true);
  }
  const there = await open(url, { hash: page.url().slice(page.url().indexOf("#")) });
  check("a hostile id comes back from the address", await there.locator("#panel .event").isVisible());
  equal("links go to the web alone", await page.evaluate(() => {
    document.getElementById("about-open").click();
    return [...new Set([...document.querySelectorAll("a")].map((a) => a.protocol))];
  }), ["https:"]);
  await page.locator("#about-close").click();
  for (const view of ["actors", "ties", "events", "diagram"]) {
    await set(page, { view, actor: null, tie: null });
    equal(`nothing new in ${view}`, await elements(), before);
  }
  await set(page, { view: "actors" });
  await page.getByRole("button", { name: "Copy for a spreadsheet" }).click();
  const cells = (await page.evaluate(() => globalThis.copied.at(-1))).split("\n").flatMap((line) => line.split("\t"));
  equal("no cell is a formula", cells.filter((cell) => /^[=+@-]/.test(cell)), []);
  equal("as many lines as actors", (await page.evaluate(() => globalThis.copied.at(-1))).trim().split("\n").length, NAMES.length + 1);
  await set(page, { view: "diagram" });
  await page.locator("#search").fill("ИГ");
  equal("Cyrillic is found", await page.locator("#found li").first().locator(".found-name > bdi").innerText(), "ИГИЛ");
  await page.locator("#search").fill("السوري");
  equal("Arabic is found", await page.locator("#found li").first().locator(".found-name > bdi").innerText(), "الجيش السوري الحر");
  await page.keyboard.press("Escape");
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#svg").click()]);
  const svg = readFileSync(await download.path(), "utf8");
  equal("the SVG is well-formed, its names text", await page.evaluate((text) => {
    const xml = new DOMParser().parseFromString(text, "image/svg+xml");
    return [xml.querySelectorAll("parsererror").length, xml.querySelectorAll("script, img, image").length, xml.querySelectorAll("g > title").length];
  }, svg), [0, 0, NAMES.length]);
  equal("no wider than the window", await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), true);
  equal("no error, no dialog, no request", [...page.sins, ...there.sins], []);
});
