/* Actors, ties and events as tables that sort, and that go to a spreadsheet by the clipboard. */
import { byId, h, name } from "./dom.js";
import { sideOf } from "./data.js";
import { lineSample, shapeSample } from "./legend.js";
import { copy } from "./picture.js";
import { KINDS, RELATIONS } from "./theme.js";
import { dateText, plural, scoreText, span } from "./words.js";

const FIRST = 200; /* rows drawn at once */

function actorColumns(data) {
  const score = (word) => data.measures.findIndex((measure) => measure.name === word);
  const column = (word, title) => ({ title, number: true, value: (actor) => actor.contact[score(word)]?.[0] ?? null });
  return [
    { title: "actor", value: (actor) => actor.name, lead: (actor) => shapeSample(actor.kind) },
    { title: "kind", value: (actor) => KINDS[actor.kind].title },
    { title: "side", value: (actor) => sideOf(data, actor) ?? "" },
    { title: "attacks", number: true, value: (actor, graph) => sum(actor, graph, "attack", "from") },
    { title: "attacked", number: true, value: (actor, graph) => sum(actor, graph, "attack", "to") },
    { title: "backs", number: true, value: (actor, graph) => sum(actor, graph, "support", "from") },
    { title: "backed", number: true, value: (actor, graph) => sum(actor, graph, "support", "to") },
    column("pagerank", "PageRank"), column("betweenness", "betweenness"),
    ...(data.blocs?.count ? [{ title: "bloc", number: true, value: (actor) => actor.bloc || null }] : []),
  ];
}

/* Events of its shown ties in one direction; a fight without direction counts both ways. */
function sum(actor, graph, relation, end) {
  let total = 0;
  for (const tie of actor.ties)
    if (tie.relation === relation && graph.tieSet.has(tie) && (tie.undirected || tie[end] === actor.index))
      total += graph.tallies[tie.index].count;
  return total;
}

const TIE_COLUMNS = [
  { title: "from", value: (tie, graph, data) => data.actors[tie.from].name },
  { title: "relation", value: (tie) => RELATIONS[tie.relation][tie.undirected ? "undirected" : "title"],
    lead: (tie) => lineSample(tie.relation, { undirected: !!tie.undirected }) },
  { title: "to", value: (tie, graph, data) => data.actors[tie.to].name },
  { title: "events", number: true, value: (tie, graph) => graph.tallies[tie.index].count },
  { title: "weight", number: true, value: (tie) => tie.weight },
  { title: "when", value: (tie, graph, data) => span([...new Set(tie.events)]
    .filter((index) => graph.passes[index]).map((index) => data.events[index])) },
  { title: "disputed", number: true, value: (tie, graph) => graph.tallies[tie.index].disputed },
];

const EVENT_COLUMNS = [
  { title: "date", value: (event) => dateText(event.date), sort: (event) => event.first ?? Infinity },
  { title: "type", value: (event) => event.type.replaceAll("-", " ") },
  { title: "from", value: (event, graph, data) => names(data, event.from) },
  { title: "to", value: (event, graph, data) => names(data, event.to) },
  { title: "place", value: (event) => event.place ?? "" },
  { title: "evidence", value: (event) => event.evidence, lead: (event) => h("i", { class: `dot ${event.evidence}` }) },
  { title: "figures", value: (event) => event.figures },
  { title: "claims", number: true, value: (event) => event.claims.length },
];

const names = (data, list) => list.map((index) => data.actors[index].name).join(", ") || "somebody unnamed";

function views(data, store) {
  return {
    actors: { word: "actor", rows: (graph) => graph.actors, columns: actorColumns(data), by: 7, down: true,
      open: (actor) => store.set({ actor: actor.id, tie: null, event: null }) },
    ties: { word: "tie", rows: (graph) => graph.ties, columns: TIE_COLUMNS, by: 3, down: true,
      open: (tie) => store.set({ tie: tie.key, actor: null, event: null }) },
    events: { word: "event", rows: (graph) => graph.events, columns: EVENT_COLUMNS, by: 0, down: false,
      open: (event) => store.set({ event: event.id, actor: null, tie: null }) },
  };
}

function compare(a, b) {
  if (a === b) return 0;
  if (a === null || a === "") return 1;
  if (b === null || b === "") return -1;
  return typeof a === "number" ? a - b : String(a).localeCompare(String(b), "en");
}

/* A spreadsheet would take these for a formula. */
function cellText(value) {
  const text = value === null ? "" : String(value).replace(/[\t\r\n]+/g, " ");
  return /^'*[=+\-@]/.test(text) && typeof value === "string" ? `'${text}` : text;
}

export function makeTable(data, store) {
  const place = byId("table"), all = views(data, store);
  let graph = null, view = null, shown = FIRST;

  function sorted() {
    const column = view.columns[view.by], way = view.down ? -1 : 1;
    const key = column.sort ?? column.value;
    return view.rows(graph).map((row, i) => ({ row, i, key: key(row, graph, data) }))
      .sort((a, b) => (a.key === null || b.key === null || a.key === "" || b.key === "" ? 1 : way) *
        compare(a.key, b.key) || a.i - b.i).map(({ row }) => row);
  }

  function head() {
    return h("tr", {}, view.columns.map((column, i) => h("th", { scope: "col", class: column.number ? "number" : "",
      "aria-sort": i === view.by ? (view.down ? "descending" : "ascending") : "none" },
    h("button", { type: "button", onclick: () => {
      view.down = i === view.by ? !view.down : !!column.number;
      view.by = i;
      draw();
    } }, column.title, h("span", { "aria-hidden": "true" }, i === view.by ? (view.down ? " ↓" : " ↑") : "")))));
  }

  function cell(row, column, i) {
    const value = column.value(row, graph, data);
    const text = value === null ? "–" : typeof value === "number" ? scoreText(value) : name(value, 70);
    const body = [column.lead?.(row) ?? "", i === 0
      ? h("button", { type: "button", class: "link", onclick: () => view.open(row) }, text) : text];
    return h("td", { class: column.number ? "number" : "" }, h("span", { class: "cell" }, body));
  }

  async function copyAll(event) {
    const lines = sorted().map((row) => view.columns.map((column) => cellText(column.value(row, graph, data))).join("\t"));
    await copy([view.columns.map((column) => column.title).join("\t"), ...lines].join("\n") + "\n");
    event.target.textContent = "Copied";
    setTimeout(() => { event.target.textContent = "Copy for a spreadsheet"; }, 1500);
  }

  function draw() {
    const rows = sorted();
    const more = rows.length > shown ? h("button", { type: "button", class: "wide", onclick: () => {
      shown += 5 * FIRST;
      draw();
    } }, `Show more (${(rows.length - shown).toLocaleString("en")} left)`) : "";
    place.replaceChildren(
      h("p", { class: "table-head" }, h("b", {}, plural(rows.length, view.word)),
        h("button", { type: "button", class: "quiet-button", onclick: copyAll }, "Copy for a spreadsheet")),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": `table of ${view.word}s` },
        h("table", { class: "big" }, h("thead", {}, head()), h("tbody", {}, rows.slice(0, shown).map((row) =>
          h("tr", {}, view.columns.map((column, i) => cell(row, column, i))))))), more);
  }

  return { sync(state, now) {
    const next = all[state.view] ?? null;
    place.hidden = !next;
    if (!next) return;
    if (next !== view) shown = FIRST;
    [graph, view] = [now, next];
    draw();
  } };
}
