/* What this is, where it is from, how it may be cited. */
import { byId, h, link, name } from "./dom.js";
import { plural } from "./words.js";

function inputs(data) {
  return data.input.map((input) => h("li", {}, h("b", {}, name(input.name, 90)), ` (${input.format}, ${plural(input.events, "event")})`,
    input.citation ? h("p", {}, "Cite as: ", name(input.citation)) : "",
    input.licence ? h("p", {}, "Licence: ", name(input.licence)) : "",
    input.sha256 ? h("p", { class: "faint" }, `SHA-256 ${input.sha256}`) : ""));
}

function sources(data) {
  if (!data.sources.length) return "";
  return h("details", {}, h("summary", {}, plural(data.sources.length, "source")), h("ul", {},
    data.sources.slice(0, 2000).map((source) => h("li", {}, name(source.name ?? source.id, 140),
      [source.type, source.date, source.reliability && `reliability ${source.reliability}`].filter(Boolean).map((text) => `, ${text}`),
      source.url ? [" · ", link(source.url, "open")] : "", source.archive ? [" · ", link(source.archive, "archived")] : "",
      source.note ? h("p", { class: "faint" }, name(source.note)) : ""))));
}

function blocs(data) {
  if (!data.blocs?.count) return "";
  return h("p", {}, `Blocs: ${data.blocs.count}, with ${plural(data.blocs.disagreement, "tie")} at odds with them` +
    `${data.blocs.proved ? ", which is proved to be the least" : " (not proved to be the least)"}. ` +
    "Support within blocs and attacks between them agree.");
}

export function fillAbout(data) {
  const totals = data.totals;
  byId("about-body").replaceChildren(
    h("h2", {}, "About this page"),
    data.note ? h("p", {}, name(data.note)) : "",
    h("h3", {}, "Data"), h("ul", {}, inputs(data)),
    data.selection_words ? h("p", {}, "Selected: ", name(data.selection_words), ".") : "",
    h("p", {}, `${plural(data.events.length, "event")}, ${plural(totals.claims, "claim")}, ${plural(data.drawn.length, "actor")}, ` +
      `${plural(data.ties.length, "tie")}. Without a date: ${totals.undated}. With one known side only, so without a tie: ${totals.no_tie}.`),
    blocs(data), sources(data),
    h("h3", {}, "How to read it"),
    h("p", {}, "A line is a tie: all events of one kind from one actor to another. Attack, support and statements stay apart, and " +
      "a claim is never a fact. Evidence says whether an event happened by who tells of it; figures that exclude each other " +
      "stand side by side and are never averaged. Ranks are of the whole data and mean what stands below each of them."),
    h("h3", {}, "Keys"),
    h("p", {}, "In the diagram: arrow keys go from actor to actor, Enter opens, + and − zoom, 0 shows all. / searches. " +
      "A double click shows only what is around an actor."),
    h("p", { class: "faint" }, `Made by casus ${data.casus} with Cytoscape.js. This page asks nothing of any network.`));
}

/* One line at the foot: where it is from, and under which licence. */
export function fillFoot(data) {
  const parts = data.input.flatMap((input) => [input.citation, input.licence && `Licence: ${input.licence}`]).filter(Boolean);
  byId("foot-text").replaceChildren(name(parts.length ? parts.join(" · ") : data.input.map((input) => input.name).join(", "), 260),
    h("span", {}, ` · casus ${data.casus}`));
}
