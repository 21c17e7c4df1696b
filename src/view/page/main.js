/* The page: reads its data once, and draws again what the state changes. */
import { fillAbout, fillFoot } from "./about.js";
import { makeControls } from "./controls.js";
import { readData } from "./data.js";
import { makeDiagram } from "./diagram.js";
import { announce, byId, name, shown } from "./dom.js";
import { filterGraph } from "./filter.js";
import { drawLegend } from "./legend.js";
import { makePanel } from "./panel.js";
import { copy, fileName, savePng, saveSvg } from "./picture.js";
import { makeSearch } from "./search.js";
import { INITIAL, makeStore } from "./state.js";
import { makeTable } from "./table.js";
import { makeTimeline } from "./timeline.js";
import { plural } from "./words.js";

const CONDITIONS = ["relation", "kind", "side", "evidence", "claimant", "believe", "since", "until",
  "focus", "depth", "least", "tied"];
const QUIETING = ["relation", "evidence", "claimant", "believe", "since", "until", "least"];

const LEGEND_FITS = 760; /* pixels of diagram beside which there is room for it */

const changed = (keys, state, before) => keys.some((key) => state[key] !== before[key]);
const given = (value, key) => value !== INITIAL[key] && !(Array.isArray(value) && !value.length && INITIAL[key] !== null);

function caption(data, graph) {
  const cited = data.input.flatMap((input) => [input.citation, input.licence]).filter(Boolean);
  return [data.title, plural(graph.actors.length, "actor"), plural(graph.ties.length, "tie"), ...cited,
    `casus ${data.casus}`].filter(Boolean).join(" · ").slice(0, 300);
}

function fillHead(data) {
  const title = data.title ?? "Actors and events";
  document.title = shown(title).slice(0, 200);
  byId("title").replaceChildren(name(title, 160));
  const period = [data.totals.first, data.totals.last].filter(Boolean);
  byId("subtitle").textContent = [plural(data.events.length, "event"), plural(data.drawn.length, "actor"),
    plural(data.ties.length, "tie"), [...new Set(period)].join(" – ")].filter(Boolean).join(" · ");
}

function setUpTheme(diagram, redraw) {
  const system = matchMedia("(prefers-color-scheme: dark)");
  let choice = null;
  const apply = () => {
    const dark = choice ?? system.matches;
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    byId("theme").setAttribute("aria-pressed", String(dark));
    diagram.paint(dark);
    redraw();
  };
  byId("theme").addEventListener("click", () => { choice = !(choice ?? system.matches); apply(); });
  system.addEventListener("change", apply);
  apply();
}

/* A sheet that slides in on a narrow window: its button says whether it is there. */
function setUpSheet(button, sheet) {
  const set = (open) => {
    sheet.classList.toggle("open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => set(!sheet.classList.contains("open")));
  sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    set(false);
    button.focus();
  });
  return set;
}

function setUpTools(data, store, diagram, graphNow) {
  const file = fileName(data);
  byId("png").addEventListener("click", () => savePng(diagram, `${file}.png`, caption(data, graphNow())));
  byId("svg").addEventListener("click", () => saveSvg(diagram, `${file}.svg`, caption(data, graphNow())));
  byId("share").addEventListener("click", async () => {
    await copy(location.href);
    announce("The address of this view is copied");
    byId("share").classList.add("done");
    setTimeout(() => byId("share").classList.remove("done"), 1500);
  });
  byId("fit").addEventListener("click", () => diagram.fit());
  byId("zoom-in").addEventListener("click", () => diagram.zoom(1.3));
  byId("zoom-out").addEventListener("click", () => diagram.zoom(1 / 1.3));
  byId("reset").addEventListener("click", () => {
    const { view, paint } = store.get();
    store.set({ ...INITIAL, view, paint });
  });
  byId("about-open").addEventListener("click", () => byId("about").showModal());
  byId("about-close").addEventListener("click", () => byId("about").close());
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest?.("input, textarea, dialog")) return;
    event.preventDefault();
    byId("search").focus();
  });
}

function setUpViews(store) {
  const tabs = [...document.querySelectorAll("[role=tab]")];
  tabs.forEach((tab, i) => {
    tab.addEventListener("click", () => store.set({ view: tab.dataset.view }));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(i + step + tabs.length) % tabs.length];
      store.set({ view: next.dataset.view });
      next.focus();
    });
  });
  return (state) => {
    tabs.forEach((tab) => {
      const on = tab.dataset.view === state.view;
      tab.setAttribute("aria-selected", String(on));
      tab.tabIndex = on ? 0 : -1;
    });
    byId("stage").hidden = state.view !== "diagram";
  };
}

/* All of it stays in sight while the window changes, until the reader moves or zooms. */
function keepFitted(diagram) {
  const { cy } = diagram;
  const legend = byId("legend");
  let moved = false, asked = null;
  cy.one("dragpan scrollzoom pinchzoom", () => { moved = true; });
  legend.querySelector("summary").addEventListener("click", () => { asked = !legend.open; });
  const settle = () => {
    cy.resize();
    if (!cy.width()) return;
    legend.open = asked ?? cy.width() > LEGEND_FITS;
    if (!moved) diagram.fit();
  };
  settle();
  new ResizeObserver(settle).observe(byId("canvas"));
}

function start() {
  const begun = performance.now(), data = readData(), store = makeStore();
  fillHead(data);
  fillAbout(data);
  fillFoot(data);
  let graph = null;
  const diagram = makeDiagram(data, store);
  const controls = makeControls(data, store), timeline = makeTimeline(data, store);
  const panel = makePanel(data, store, diagram), table = makeTable(data, store), showView = setUpViews(store);
  const setFilters = setUpSheet(byId("filters-open"), byId("filters-sheet"));
  makeSearch(data, (actor) => {
    store.set({ actor: actor.id, tie: null, event: null });
    diagram.show(actor);
  });
  setUpTools(data, store, diagram, () => graph);

  const filter = (state) => {
    graph = filterGraph(data, state);
    graph.quiets = QUIETING.some((key) => given(state[key], key));
    byId("reset").hidden = !CONDITIONS.some((key) => given(state[key], key));
    const words = `${plural(graph.actors.length, "actor")}, ${plural(graph.ties.length, "tie")}`;
    byId("counts").textContent = words;
    byId("empty").hidden = graph.ties.length > 0 || !data.ties.length;
  };
  const paint = (state) => {
    diagram.update(graph, state);
    drawLegend(data, graph, state);
    diagram.choose(state);
  };
  const draw = (state, before) => {
    const filtered = !before || changed(CONDITIONS, state, before);
    if (filtered) filter(state);
    if (filtered || state.paint !== before.paint) paint(state);
    else if (changed(["actor", "tie"], state, before)) diagram.choose(state);
    controls.sync(state);
    timeline.sync(state, graph);
    showView(state);
    if (filtered || changed(["actor", "tie", "event"], state, before)) panel.sync(state, graph);
    if (filtered || state.view !== before.view) table.sync(state, graph);
    if (before && state.focus !== before.focus) { diagram.fit(); setFilters(false); }
    if (before && state.view === "diagram" && before.view !== "diagram") diagram.cy.resize();
  };
  store.listen((state, before) => {
    const at = performance.now();
    draw(state, before);
    document.documentElement.dataset.took = (performance.now() - at).toFixed(1);
  });
  draw(store.get(), null);
  setUpTheme(diagram, () => paint(store.get()));
  keepFitted(diagram);
  globalThis.casus = Object.freeze({ data, store, diagram, graph: () => graph });
  document.documentElement.dataset.started = (performance.now() - begun).toFixed(1);
}

start();
