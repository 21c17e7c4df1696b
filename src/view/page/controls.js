/* The conditions at the side: relation, kind, side, evidence, claimant, belief, paint. */
import { byId, h, name } from "./dom.js";
import { lineSample, shapeSample } from "./legend.js";
import { fold } from "./search.js";
import { KINDS, RELATIONS } from "./theme.js";
import { EVIDENCE, plural } from "./words.js";

const LONG = 12; /* rows of a list: more get a field to search them */

function group(title, id, hint, ...body) {
  return h("fieldset", { id }, h("legend", {}, title), hint ? h("p", { class: "hint" }, hint) : null, ...body);
}

/* Boxes of which all are ticked at first: null. */
function ticks(store, key, values, row) {
  const all = [...values.keys()];
  const boxes = all.map((value) => h("input", { type: "checkbox", value, onchange: () => {
    const on = boxes.filter((box) => box.checked).map((box) => box.value);
    store.set({ [key]: on.length === all.length ? null : on });
  } }));
  const only = (value) => h("button", { type: "button", class: "only", title: "Show this alone",
    "aria-label": `Show ${value || "none"} alone`,
    onclick: () => store.set({ [key]: all.length === 1 ? null : [value] }) }, "only");
  const sync = (state) => boxes.forEach((box) => {
    box.checked = state[key] === null || state[key].includes(box.value);
  });
  const list = h("ul", { class: "ticks" }, all.map((value, i) => h("li", {},
    h("label", {}, boxes[i], ...row(value)), only(value),
    h("span", { class: "count" }, values.get(value).toLocaleString("en")))));
  return { list, sync };
}

/* Boxes of which none is ticked at first: an empty list. Claimants by their ids. */
function picks(store, key, data) {
  const rows = data.claimants.map(({ actor, events }) => {
    const who = data.actors[actor];
    const box = h("input", { type: "checkbox", value: who.id, onchange: () =>
      store.set({ [key]: rows.filter((row) => row.box.checked).map((row) => row.box.value) }) });
    return { box, folded: fold(who.name.slice(0, 500)), item: h("li", {}, h("label", {}, box,
      h("span", { class: "text" }, name(who.name, 60))),
    h("span", { class: "count" }, events.toLocaleString("en"))) };
  });
  const search = rows.length > LONG ? h("input", { type: "search", class: "small", placeholder: "Find a claimant",
    "aria-label": "Find a claimant", oninput: (event) => rows.forEach((row) => {
      row.item.hidden = !row.box.checked && !row.folded.includes(fold(event.target.value));
    }) }) : null;
  const sync = (state) => rows.forEach(({ box }) => { box.checked = state[key].includes(box.value); });
  return { list: [search, h("ul", { class: "ticks tall" }, rows.map((row) => row.item))], sync };
}

function paints(store, data) {
  const words = [["kind", "kind"], ["side", "side"], ...(data.blocs?.count ? [["bloc", "bloc"]] : [])];
  const radios = words.map(([value]) => h("input", { type: "radio", name: "paint", value,
    onchange: () => store.set({ paint: value }) }));
  const sync = (state) => radios.forEach((radio) => { radio.checked = radio.value === state.paint; });
  return { sync, list: h("div", { class: "segments" }, words.map(([, title], i) =>
    h("label", {}, radios[i], h("span", {}, title)))) };
}

function focusBox(store, data) {
  const body = h("div", { class: "focus" });
  const sync = (state) => {
    const actor = data.byId.get(state.focus);
    body.hidden = !actor;
    if (!actor) return;
    const step = (by) => () => store.set({ depth: Math.min(9, Math.max(1, state.depth + by)) });
    body.replaceChildren(h("p", {}, "Only around ", h("b", {}, name(actor.name, 60))),
      h("p", { class: "row" }, h("button", { type: "button", onclick: step(-1), "aria-label": "one step less" }, "−"),
        plural(state.depth, "step"),
        h("button", { type: "button", onclick: step(1), "aria-label": "one step more" }, "+"),
        h("button", { type: "button", class: "wide", onclick: () => store.set({ focus: null, depth: 1 }) }, "Show all")));
  };
  return { body, sync };
}

export function makeControls(data, store) {
  const relation = ticks(store, "relation", data.relations, (value) =>
    [lineSample(value), h("span", { class: "text" }, RELATIONS[value].title)]);
  const kind = ticks(store, "kind", new Map(Object.keys(KINDS).filter((word) => data.kinds.has(word))
    .map((word) => [word, data.kinds.get(word)])), (value) =>
    [shapeSample(value), h("span", { class: "text" }, KINDS[value].title)]);
  const side = ticks(store, "side", data.sides, (value) =>
    [h("span", { class: "text" }, value ? name(value, 40) : "no side given")]);
  const evidence = ticks(store, "evidence", data.evidence, (value) =>
    [h("i", { class: `dot ${value}` }), h("span", { class: "text", title: EVIDENCE[value] }, value)]);
  const claimant = picks(store, "claimant", data), believe = picks(store, "believe", data);
  const paint = paints(store, data), focus = focusBox(store, data);
  const tied = h("input", { type: "checkbox", onchange: (event) => store.set({ tied: event.target.checked }) });
  const fold_ = (title, id, hint, body) => data.claimants.length ? h("details", { id },
    h("summary", {}, title), h("p", { class: "hint" }, hint), body) : null;
  const least = h("input", { type: "number", id: "least", min: 1, max: 1000000, step: 1, onchange: () =>
    store.set({ least: Math.max(1, Math.round(+least.value) || 1) }) });
  byId("filters").replaceChildren(focus.body,
    group("Ties", "f-relation", null, relation.list),
    h("label", { class: "lone" }, "At least ", least, " events a tie"),
    group("Colour by", "f-paint", null, paint.list),
    group("Evidence", "f-evidence", "Whether an event happened, by who says so.", evidence.list),
    group("Kinds of actor", "f-kind", null, kind.list),
    data.sides.size > 1 ? group("Sides", "f-side", null, side.list) : "",
    fold_("Told by", "f-claimant", "Only events that one of these tells.", claimant.list) ?? "",
    fold_("Believe only", "f-believe", "Only what these tell, or nobody claims at all.", believe.list) ?? "",
    h("label", { class: "lone" }, tied, "Hide actors without a tie"));
  return { sync(state) {
    [relation, kind, side, evidence, claimant, believe, paint, focus].forEach((part) => part.sync(state));
    tied.checked = state.tied;
    least.value = state.least;
  } };
}
