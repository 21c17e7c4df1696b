/* Search over names, aliases and ids: a combobox, as WAI-ARIA describes it. */
import { byId, h, name, announce } from "./dom.js";
import { shapeSample } from "./legend.js";
import { KINDS } from "./theme.js";
import { plural } from "./words.js";

const MOST = 12;

/* Letters without case and marks: "Dáesh" is found by "daesh". */
export const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function indexOf(data) {
  return data.drawn.map((actor) => ({ actor, names: [actor.name, ...actor.aliases.map(([alias]) => alias),
    actor.id].map((text) => ({ text, folded: fold(text.slice(0, 2000)) })) }));
}

/* Those that begin with it first, then those with a word that does, then those that hold it. */
function find(index, query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const found = [];
  for (const { actor, names } of index) {
    let best = null;
    for (const { text, folded } of names) {
      const at = folded.indexOf(wanted);
      if (at < 0) continue;
      const rank = at === 0 ? 0 : /[\s\-_('"]/.test(folded[at - 1]) ? 1 : 2;
      if (!best || rank < best.rank) best = { rank, text };
    }
    if (best) found.push({ actor, ...best });
  }
  return found.sort((a, b) => a.rank - b.rank || b.actor.ties.length - a.actor.ties.length);
}

export function makeSearch(data, choose) {
  const input = byId("search"), list = byId("found"), index = indexOf(data);
  let results = [], at = -1;
  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const take = (result) => {
    input.value = "";
    close();
    choose(result.actor);
  };
  const option = (result, i) => h("li", { role: "option", id: `found-${i}`, "aria-selected": i === at ? "true" : "false",
    onmousedown: (event) => { event.preventDefault(); take(result); } },
  shapeSample(result.actor.kind), h("span", { class: "found-name" }, name(result.actor.name, 60),
    result.text !== result.actor.name ? h("small", {}, "also ", name(result.text, 60)) : null),
  h("small", {}, KINDS[result.actor.kind].title));
  const draw = () => {
    const rest = results.length - MOST;
    list.replaceChildren(...results.slice(0, MOST).map(option),
      ...(rest > 0 ? [h("li", { class: "more" }, `and ${rest} more`)] : []),
      ...(results.length ? [] : [h("li", { class: "more" }, "nobody of that name")]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    if (at >= 0) input.setAttribute("aria-activedescendant", `found-${at}`);
  };
  input.addEventListener("input", () => {
    if (!input.value.trim()) return close();
    results = find(index, input.value);
    at = results.length ? 0 : -1;
    draw();
    announce(plural(results.length, "actor") + " found");
  });
  input.addEventListener("keydown", (event) => {
    const shown = Math.min(results.length, MOST);
    if (event.key === "Escape") { input.value = ""; return close(); }
    if (list.hidden || !shown) return;
    if (event.key === "Enter") { event.preventDefault(); return take(results[Math.max(at, 0)]); }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    at = (at + step + shown) % shown;
    draw();
  });
  input.addEventListener("blur", close);
}
