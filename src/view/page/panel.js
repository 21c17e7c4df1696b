/* What is chosen, told at length: an actor, a tie with its events, or one event. */
import { byId, h, link, name } from "./dom.js";
import { sideOf, tieOf } from "./data.js";
import { lineSample, shapeSample } from "./legend.js";
import { copy } from "./picture.js";
import { KINDS, RELATIONS } from "./theme.js";
import { EVIDENCE, dateText, lossText, figureText, plural, scoreText, span, tieWords } from "./words.js";

const FIRST = 60; /* events of a tie shown at once */

/* --- pieces ----------------------------------------------------------------------------------- */

const chip = (text, kind = "") => h("span", { class: `chip ${kind}` }, text);

function actorButton(context, index, most = 70) {
  if (index === null || index === undefined) return h("span", { class: "faint" }, "nobody named");
  const actor = context.data.actors[index];
  if (!actor.drawn) return name(actor.name, most);
  return h("button", { type: "button", class: "link", onclick: () => context.goActor(actor) },
    name(actor.name, most));
}

const parties = (context, list) => (list.length
  ? list.flatMap((index, i) => [i ? ", " : "", actorButton(context, index)])
  : ["somebody unnamed"]);

function evidenceChip(event) {
  return h("span", { class: `chip evidence ${event.evidence}`, title: EVIDENCE[event.evidence] },
    h("i", { class: `dot ${event.evidence}` }), event.evidence);
}

function sourceLinks(source) {
  if (!source) return null;
  return [name(source.name ?? source.id, 90), source.reliability ? ` (${source.reliability})` : "",
    source.url ? [" · ", link(source.url, "open")] : "", source.archive ? [" · ", link(source.archive, "archived")] : ""];
}

/* --- an event: its claims side by side -------------------------------------------------------- */

function voice(context, claim) {
  if (claim.by === null) {
    const source = context.data.sources[claim.source];
    return source ? ["the source itself: ", name(source.name ?? source.id, 60)] : "the source itself";
  }
  const own = claim.speaks_for !== null && claim.speaks_for !== claim.by;
  return [actorButton(context, claim.by), own ? [" for ", actorButton(context, claim.speaks_for)] : ""];
}

const STANCES = { responsibility: "claims responsibility", report: "reports it", announce: "announces it",
  blame: "blames the attacker", deny: "denies it", corroborate: "confirms it" };

function claimCard(context, claim) {
  const fact = (title, body) => body && h("div", { class: "fact" }, h("dt", {}, title), h("dd", {}, body));
  const losses = (claim.losses ?? []).map((loss) => h("div", {},
    h("b", { class: "number" }, lossText(loss)), ` ${loss.what}, `, loss.actor === null
      ? "of nobody named" : ["of ", actorButton(context, loss.actor)]));
  return h("li", { class: `telling ${claim.stance}` },
    h("p", { class: "who" }, voice(context, claim)),
    h("p", { class: "stance" }, STANCES[claim.stance], claim.of !== undefined ? [" (to ", actorButton(context, claim.of), ")"] : ""),
    h("dl", {}, fact("Losses", losses.length ? losses : null),
      fact("Through", claim.via !== undefined ? actorButton(context, claim.via) : null),
      fact("When", claim.date && dateText(claim.date)), fact("Grade", claim.grade),
      fact("Source", sourceLinks(context.data.sources[claim.source])),
      fact("Link", claim.url ? link(claim.url, claim.url.slice(0, 60)) : null),
      fact("Of", claim.about ? `${claim.about.length} events together` : null),
      fact("Note", claim.note ? name(claim.note) : null)));
}

/* Rows: whose losses; columns: who tells; the last is what all of them allow at the widest. */
function lossTable(context, event) {
  if (!event.losses.length) return null;
  const teller = (told) => (told.by !== undefined ? `a${told.by}` : told.source !== undefined ? `s${told.source}` : "data");
  const title = (key) => (key === "data" ? "data set" : key[0] === "a"
    ? name(context.data.actors[+key.slice(1)].name, 40)
    : name(context.data.sources[+key.slice(1)].name ?? context.data.sources[+key.slice(1)].id, 40));
  const keys = [...new Set(event.losses.flatMap((row) => row.told.map(teller)))];
  const cell = (row, key) => {
    const told = row.told.find((one) => teller(one) === key);
    return h("td", {}, told ? `${told.floor ? "≥" : ""}${figureText(told.figure).replace(/^≥/, told.floor ? "" : "≥")}` : "–");
  };
  return h("div", { class: "scroll" }, h("table", { class: "losses" },
    h("caption", {}, "Losses, by who tells them"),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "of whom"), keys.map((key) => h("th", { scope: "col" }, title(key))),
      h("th", { scope: "col" }, "range"))),
    h("tbody", {}, event.losses.map((row) => h("tr", { class: row.excluded ? "excluded" : "" },
      h("th", { scope: "row" }, row.actor === null ? "nobody named" : name(context.data.actors[row.actor].name, 50),
        h("small", {}, ` ${row.what}`)), keys.map((key) => cell(row, key)),
      h("td", {}, figureText(row.widest), row.excluded ? h("small", {}, " exclude each other") : ""))))));
}

/* Why the verdict is what it is: the first reason, and the rest for those who ask. */
function reasons({ reasons: [first, ...rest], evidence }) {
  if (!first) return "";
  return h("div", { class: "reason" }, h("p", {}, `${evidence}: `, name(first), "."),
    rest.length ? h("details", {}, h("summary", {}, plural(rest.length, "reason"), " more"),
      h("ul", {}, rest.map((text) => h("li", {}, name(text), ".")))) : "");
}

function eventCard(context, event, level) {
  return h("article", { class: "event", id: `event-${event.index}` },
    h(level, {}, event.type.replaceAll("-", " "), " ", h("span", { class: "faint" }, dateText(event.date))),
    h("p", { class: "chips" }, evidenceChip(event),
      event.figures !== "none" ? chip(event.figures === "exclude" ? "figures exclude each other" : `figures: ${event.figures}`,
        event.figures === "exclude" ? "warn" : "") : ""),
    h("p", {}, parties(context, event.from), event.undirected ? " and " : " → ", parties(context, event.to),
      event.place ? [", ", name(event.place, 160)] : "", event.place_note ? [" (", name(event.place_note, 200), ")"] : ""),
    reasons(event),
    event.claims.length ? h("ul", { class: "claims" }, event.claims.map((claim) => claimCard(context, claim)))
      : h("p", { class: "faint" }, "Nobody's claim: the data set's own word."),
    lossTable(context, event),
    event.sources ? h("p", { class: "reason" }, "Sources: ", event.sources.map((index, i) =>
      [i ? "; " : "", sourceLinks(context.data.sources[index])])) : "",
    event.note ? h("p", { class: "reason" }, "Note: ", name(event.note)) : "",
    event.sentence ? h("p", { class: "quote" }, name(event.sentence), " ", copyButton(() => event.sentence)) : "");
}

function copyButton(text) {
  return h("button", { type: "button", class: "copy", onclick: async (event) => {
    await copy(text());
    event.target.textContent = "Copied";
    setTimeout(() => { event.target.textContent = "Copy"; }, 1500);
  } }, "Copy");
}

/* --- a tie ------------------------------------------------------------------------------------ */

function tieEvents(context, tie, graph) {
  return [...new Set(tie.events)].map((index) => context.data.events[index])
    .filter((event) => graph.passes[event.index]);
}

function tiePage(context, tie, graph) {
  const [from, between, to, after] = tieWords(context.data, tie);
  const events = tieEvents(context, tie, graph), hidden = new Set(tie.events).size - events.length;
  const kinds = [...new Set(events.map((event) => event.evidence))].map((word) =>
    `${events.filter((event) => event.evidence === word).length} ${word}`);
  const list = h("div", {}, events.slice(0, FIRST).map((event) => eventCard(context, event, "h3")));
  const more = events.length > FIRST ? h("button", { type: "button", class: "wide", onclick: () => {
    list.append(...events.slice(list.children.length, list.children.length + FIRST)
      .map((event) => eventCard(context, event, "h3")));
    more.hidden = list.children.length >= events.length;
  } }, "Show more events") : "";
  return [
    h("p", { class: "over" }, lineSample(tie.relation, { undirected: !!tie.undirected }), RELATIONS[tie.relation].title),
    h("h2", {}, actorButton(context, tie.from, 120), h("span", { class: "between" }, between),
      actorButton(context, tie.to, 120), h("span", { class: "between" }, after)),
    h("p", { class: "chips" }, chip(plural(events.length, "event")), chip(span(events)), kinds.map((text) => chip(text))),
    hidden ? h("p", { class: "faint" }, `${plural(hidden, "event")} of it hidden by the filters.`) : "",
    list, more,
  ];
}

/* --- an actor --------------------------------------------------------------------------------- */

const LEADING = ["in_degree", "out_degree", "pagerank", "betweenness", "signed_degree", "constraint"];

function rankRows(context, actor, relation, all) {
  return context.data.measures.map((measure, i) => {
    if (!all && !LEADING.includes(measure.name)) return null;
    const pair = actor[relation][i];
    return h("tr", {}, h("th", { scope: "row" }, measure.title, h("small", { class: "meaning" }, measure.definition, ".")),
      h("td", {}, pair ? h("b", {}, `${pair[1]}`) : h("span", { class: "faint", title: actor.undefined?.[measure.name] }, "–")),
      h("td", {}, pair ? scoreText(pair[0]) : h("small", { class: "faint" }, actor.undefined?.[measure.name] ?? "not defined")));
  });
}

function ranks(context, actor) {
  let relation = "contact", all = false;
  const body = h("tbody");
  const words = { contact: "Attack and support together: contact, not influence.",
    attack: "Attacks alone.", support: "Support alone." };
  const hint = h("p", { class: "hint" });
  const draw = () => {
    body.replaceChildren(...rankRows(context, actor, relation, all).filter(Boolean));
    hint.textContent = `${words[relation]} Of ${context.data.drawn.length} actors; 1 is first. ` +
      "Of the whole data, whatever the filters hide.";
  };
  const radios = h("div", { class: "segments" }, ["contact", "attack", "support"].map((word) => h("label", {},
    h("input", { type: "radio", name: "ranks", checked: word === relation, onchange: () => { relation = word; draw(); } }),
    h("span", {}, word))));
  const more = h("button", { type: "button", class: "quiet-button", onclick: () => {
    all = !all;
    more.textContent = all ? "Fewer" : "All measures";
    draw();
  } }, "All measures");
  draw();
  return h("section", {}, h("h3", {}, "Ranks"), radios, hint, h("table", { class: "ranks" },
    h("thead", {}, h("tr", {}, ["measure", "rank", "score"].map((text) => h("th", { scope: "col" }, text)))), body), more);
}

function tieRow(context, actor, tie, graph) {
  const out = tie.from === actor.index, other = context.data.actors[out ? tie.to : tie.from];
  const words = tie.undirected ? { attack: "fights", support: "mutual support with", claim: "statements with" }[tie.relation]
    : out ? RELATIONS[tie.relation].verb
    : { attack: "attacked by", support: "supported by", claim: "spoken of by" }[tie.relation];
  const events = tieEvents(context, tie, graph);
  return h("li", {}, h("button", { type: "button", class: "row-button", onclick: () => context.goTie(tie) },
    lineSample(tie.relation, { undirected: !!tie.undirected }),
    h("span", { class: "text" }, `${words} `, h("b", {}, name(other.name, 60)), h("small", {}, span(events))),
    h("span", { class: "count" }, `×${graph.tallies[tie.index].count}`)));
}

function actorPage(context, actor, graph) {
  const { data } = context, side = sideOf(data, actor);
  const ties = actor.ties.filter((tie) => graph.tieSet.has(tie)).sort((a, b) =>
    "attack support claim".indexOf(a.relation) - "attack support claim".indexOf(b.relation) ||
    graph.tallies[b.index].count - graph.tallies[a.index].count);
  const parts = data.drawn.filter((one) => one.parent === actor.index);
  const hidden = actor.ties.length - ties.length;
  return [
    h("p", { class: "over" }, shapeSample(actor.kind), KINDS[actor.kind].title),
    h("h2", {}, name(actor.name)),
    h("p", { class: "chips" }, side ? chip(["side: ", name(side, 40)]) : "", actor.generic ? chip("a generic actor") : "",
      actor.bloc ? chip(`bloc ${actor.bloc}`) : "", actor.parent !== undefined ? chip(["part of ", actorButton(context, actor.parent)])
        : actor.parent_name ? chip(["part of ", name(actor.parent_name, 40)]) : ""),
    actor.aliases.length ? h("p", {}, "Also ", actor.aliases.map(([alias, lang], i) =>
      [i ? ", " : "", h("bdi", lang ? { lang } : {}, name(alias, 80))]), ".") : "",
    actor.note ? h("p", { class: "reason" }, name(actor.note)) : "",
    parts.length ? h("p", {}, "Parts: ", parts.flatMap((part, i) => [i ? ", " : "", actorButton(context, part.index)])) : "",
    actor.drawn ? h("p", { class: "row" }, h("button", { type: "button", class: "wide", onclick: () =>
      context.store.set({ focus: actor.id, view: "diagram" }) }, "Show only around this actor"),
    data.claimants.some((one) => one.actor === actor.index) ? h("button", { type: "button", class: "wide", onclick: () =>
      context.store.set({ believe: [actor.id] }) }, "Believe only this one") : "") : "",
    h("section", {}, h("h3", {}, plural(ties.length, "tie")), h("ul", { class: "rows" },
      ties.slice(0, 300).map((tie) => tieRow(context, actor, tie, graph))),
    hidden ? h("p", { class: "faint" }, `${plural(hidden, "tie")} more, hidden by the filters.`) : ""),
    actor.drawn ? ranks(context, actor) : "",
    h("p", { class: "faint small" }, "id: ", name(actor.id, 120)),
  ];
}

/* --- the panel -------------------------------------------------------------------------------- */

export function makePanel(data, store, diagram) {
  const panel = byId("panel"), body = byId("panel-body");
  const context = { data, store,
    goActor: (actor) => { store.set({ actor: actor.id, tie: null, event: null }); diagram.show(actor); },
    goTie: (tie) => store.set({ tie: tie.key, actor: null, event: null }) };
  byId("panel-close").addEventListener("click", () => {
    store.set({ actor: null, tie: null, event: null });
    byId("canvas").focus();
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") byId("panel-close").click();
  });
  return { sync(state, graph) {
    const actor = data.byId.get(state.actor), tie = state.tie && tieOf(data, state.tie);
    const event = state.event && data.events.find((one) => one.id === state.event);
    const page = event ? [h("p", { class: "over" }, "event ", name(event.id, 80)), eventCard(context, event, "h2")]
      : tie ? tiePage(context, tie, graph) : actor ? actorPage(context, actor, graph) : null;
    panel.hidden = !page;
    document.body.classList.toggle("with-panel", !!page);
    if (page) body.replaceChildren(...page.flat().filter((part) => part !== null && part !== ""));
    if (page) body.scrollTop = 0;
  } };
}
