/* The diagram: Cytoscape.js shows what casus laid out. */
import cytoscape from "cytoscape";

import { sideOf } from "./data.js";
import { announce, byId, shown } from "./dom.js";
import { KINDS, RELATIONS, labelOf, lineWidth, painter, palette } from "./theme.js";
import { plural, tieWords } from "./words.js";

const FONT = "Arial, Helvetica, sans-serif";
const COUNTED_MOST = 400; /* ties: with more, widths must do */
const CURVED_MOST = 2500; /* ties: with more, parallel ones are not bent apart */
const LARGE = 4000;       /* ties: with more, lines rest while the picture moves */

const isBoxed = (data) => data.boxed && data.drawn.some((actor) => actor.parent !== undefined);

function nodeElements(data) {
  const boxed = isBoxed(data), parents = new Set(data.drawn.map((actor) => actor.parent));
  const inBox = (index) => (boxed && index !== undefined ? `box:${index}` : undefined);
  const nodes = data.drawn.map((actor) => ({
    group: "nodes",
    data: { id: `a${actor.index}`, actor: actor.index, kind: actor.kind, label: labelOf(actor.name),
      w: actor.w, h: actor.h,
      parent: inBox(parents.has(actor.index) ? actor.index : actor.parent) },
    position: { x: actor.x, y: actor.y },
  }));
  const boxes = boxed ? data.drawn.filter((actor) => parents.has(actor.index)).map((actor) => ({
    group: "nodes", classes: "box",
    data: { id: `box:${actor.index}`, parent: inBox(actor.parent) } })) : [];
  return [...boxes, ...nodes];
}

function edgeElements(data) {
  return data.ties.map((tie) => ({
    group: "edges", classes: `${tie.relation}${tie.undirected ? " undirected" : ""}`,
    data: { id: `t${tie.index}`, tie: tie.index, source: `a${tie.from}`, target: `a${tie.to}`,
      w: 1, label: "" },
  }));
}

function kindStyles(colours) {
  return Object.entries(KINDS).map(([kind, look]) => ({
    selector: `node[kind = "${kind}"]`,
    style: {
      "shape": look.points ? "polygon" : look.shape,
      ...(look.points ? { "shape-polygon-points": look.points } : {}),
      "border-style": look.double ? "double" : look.dashed ? "dashed" : "solid",
      "border-width": look.double ? 3.5 : 1,
      "border-color": look.dashed ? colours.faint : colours.border,
    },
  }));
}

function relationStyles(colours) {
  return Object.entries(RELATIONS).flatMap(([relation, look]) => {
    const colour = colours[relation];
    const paint = (line) => ({ "line-color": line, "target-arrow-color": line });
    return [
      { selector: `edge.${relation}`,
        style: { ...paint(colour.strong), "color": colour.text,
          "line-style": look.dash.length ? "dashed" : "solid",
          ...(look.dash.length ? { "line-dash-pattern": look.dash } : {}),
          "target-arrow-shape": look.head, "target-arrow-fill": look.hollow ? "hollow" : "filled" } },
      { selector: `edge.${relation}.weak`, style: paint(colour.weak) },
    ];
  });
}

function stylesheet(data, dark) {
  const colours = palette(dark), many = data.ties.length;
  return [
    { selector: "node[kind]", style: {
      "width": "data(w)", "height": "data(h)", "label": "data(label)", "font-family": FONT,
      "font-size": 11, "color": "#1a1a1a", "text-valign": "center", "text-halign": "center",
      "text-wrap": "wrap", "text-max-width": 1000, "min-zoomed-font-size": 5,
      "background-color": "data(fill)", "border-width": 1 } },
    ...kindStyles(colours),
    { selector: "node.box", style: {
      "label": "", "shape": "round-rectangle", "background-color": colours.box,
      "background-opacity": 1, "border-color": colours.boxBorder, "border-width": 1,
      "border-style": "solid", "padding": 9, "events": "no" } },
    { selector: "edge", style: {
      "width": "data(w)", "curve-style": many > CURVED_MOST ? "straight" : "bezier",
      "control-point-step-size": 26, "arrow-scale": 0.85, "label": "data(label)", "font-size": 10,
      "font-family": FONT, "font-weight": "bold", "text-background-color": colours.paper,
      "text-background-opacity": 0.85, "text-background-padding": 1.5, "min-zoomed-font-size": 6 } },
    ...relationStyles(colours),
    { selector: "edge.undirected", style: { "target-arrow-shape": "none" } },
    { selector: ".off", style: { "display": "none" } },
    { selector: "node.quiet", style: { "opacity": 0.32 } },
    { selector: ".aside", style: { "opacity": 0.14 } },
    { selector: "node.chosen", style: { "border-width": 3, "border-color": colours.chosen,
      "border-style": "solid" } },
    { selector: "edge.chosen", style: { "overlay-color": colours.chosen, "overlay-opacity": 0.18,
      "overlay-padding": 4, "z-index": 9 } },
  ];
}

export function makeDiagram(data, store) {
  const large = data.ties.length > LARGE;
  const cy = cytoscape({
    container: byId("canvas"), elements: [...nodeElements(data), ...edgeElements(data)],
    style: [], layout: { name: "preset" }, minZoom: 0.02, maxZoom: 6, boxSelectionEnabled: false,
    autoungrabify: data.drawn.length > 1500, selectionType: "single",
    hideEdgesOnViewport: large, textureOnViewport: large, pixelRatio: large ? 1 : "auto",
  });
  const diagram = { cy, data, dark: false };
  const edges = data.ties.map((tie) => cy.getElementById(`t${tie.index}`));
  const nodes = data.actors.map((actor) => (actor.drawn ? cy.getElementById(`a${actor.index}`) : null));
  const boxes = cy.nodes(".box");

  cy.on("tap", "node[kind]", (event) =>
    store.set({ actor: data.actors[event.target.data("actor")].id, tie: null, event: null }));
  cy.on("tap", "edge", (event) =>
    store.set({ tie: data.ties[event.target.data("tie")].key, actor: null, event: null }));
  cy.on("tap", (event) => {
    if (event.target === cy) store.set({ actor: null, tie: null, event: null });
  });
  cy.on("dbltap", "node[kind]", (event) =>
    store.set({ focus: data.actors[event.target.data("actor")].id }));
  tips(cy, data);

  const toggle = (element, name, on) => {
    if (element.hasClass(name) !== on) element.toggleClass(name, on);
  };
  const put = (element, key, value) => {
    if (element.data(key) !== value) element.data(key, value);
  };
  const counted = data.ties.length <= COUNTED_MOST;

  function updateEdge(tie, graph) {
    const edge = edges[tie.index], { count, firm, weak, disputed } = graph.tallies[tie.index];
    const on = graph.tieSet.has(tie);
    toggle(edge, "off", !on);
    if (!on) return;
    put(edge, "w", lineWidth(count, tie.relation));
    toggle(edge, "weak", tie.relation !== "claim" && !firm && weak > 0);
    const times = count > 1 && tie.relation !== "claim" ? `×${count}` : "";
    put(edge, "label", counted ? `${times}${disputed ? `${times ? " " : ""}?` : ""}` : "");
  }

  function updateNode(actor, graph, fill) {
    const node = nodes[actor.index];
    toggle(node, "off", !graph.actorSet.has(actor));
    toggle(node, "quiet", graph.quiets && !graph.tied.has(actor.index));
    put(node, "fill", fill(actor));
  }

  function hideEmptyBoxes() {
    boxes.forEach((box) => {
      toggle(box, "off", box.descendants("node[kind]").every((node) => node.hasClass("off")));
    });
  }

  diagram.update = (graph, state) => {
    const { fill } = painter(data, state.paint, sideOf);
    cy.batch(() => {
      data.drawn.forEach((actor) => updateNode(actor, graph, fill));
      data.ties.forEach((tie) => updateEdge(tie, graph));
      hideEmptyBoxes();
    });
    byId("canvas").setAttribute("aria-label", `Diagram of ${plural(graph.actors.length, "actor")} and ` +
      `${plural(graph.ties.length, "tie")}. Arrow keys go from actor to actor; the tables hold the same.`);
  };

  diagram.choose = (state) => {
    const actor = data.byId.get(state.actor), tie = state.tie && data.ties.find((one) =>
      one.key.every((part, i) => part === state.tie[i]));
    cy.batch(() => {
      cy.elements(".chosen, .aside").removeClass("chosen aside");
      const chosen = actor?.drawn ? nodes[actor.index] : tie ? edges[tie.index] : null;
      if (!chosen) return;
      const near = chosen.isNode() ? chosen.closedNeighborhood() : chosen.union(chosen.connectedNodes());
      chosen.addClass("chosen");
      cy.elements().not(near).not(boxes).addClass("aside");
    });
  };

  diagram.paint = (dark) => {
    diagram.dark = dark;
    cy.style(stylesheet(data, dark));
  };
  diagram.fit = () => fitBeside(cy, byId("legend"));
  diagram.zoom = (factor) => cy.zoom({ level: cy.zoom() * factor,
    renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  diagram.show = (actor) => {
    const node = nodes[actor.index];
    if (!node || node.hasClass("off")) return;
    const box = node.renderedBoundingBox(), inside = box.x1 > 0 && box.y1 > 0 &&
      box.x2 < cy.width() && box.y2 < cy.height();
    if (!inside || cy.zoom() < 0.4) cy.animate({ center: { eles: node },
      zoom: Math.max(cy.zoom(), 0.8) }, { duration: still() ? 0 : 250 });
  };
  walkByKeys(diagram, store, nodes);
  return diagram;
}

/* All of it, beside the legend where there is room for both. */
function fitBeside(cy, legend) {
  const bounds = cy.elements().not(".off").boundingBox(), pad = 24;
  const beside = legend.open && cy.width() > 760 ? legend.offsetWidth + pad : 0;
  const width = cy.width() - beside - 2 * pad, height = cy.height() - 2 * pad;
  if (!(bounds.w > 0 && width > 0 && height > 0)) return;
  const zoom = Math.min(width / bounds.w, height / bounds.h, 1.6);
  cy.viewport({ zoom, pan: {
    x: beside + pad + width / 2 - zoom * (bounds.x1 + bounds.w / 2),
    y: pad + height / 2 - zoom * (bounds.y1 + bounds.h / 2) } });
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/* A line of text beside the pointer. */
function tips(cy, data) {
  const tip = byId("tip");
  const say = (event) => {
    const { actor, tie } = event.target.data();
    const text = actor !== undefined ? `${data.actors[actor].name} (${KINDS[data.actors[actor].kind].title})`
      : tieWords(data, data.ties[tie]).join("");
    tip.textContent = shown(text).slice(0, 160);
    tip.hidden = false;
  };
  cy.on("mouseover", "node[kind], edge", say);
  cy.on("mousemove", (event) => {
    tip.style.left = `${Math.min(event.renderedPosition.x + 14, cy.width() - 180)}px`;
    tip.style.top = `${event.renderedPosition.y + 16}px`;
  });
  cy.on("mouseout", "node[kind], edge", () => { tip.hidden = true; });
  cy.on("viewport", () => { tip.hidden = true; });
}

/* From actor to actor by arrow keys: the nearest within a quarter turn of that direction. */
function walkByKeys(diagram, store, nodes) {
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const { cy, data } = diagram;
  function next([dx, dy]) {
    const open = data.drawn.filter((actor) => !nodes[actor.index].hasClass("off"));
    const from = data.byId.get(store.get().actor);
    if (!from) return open[0];
    let best = null, least = Infinity;
    for (const actor of open) {
      const x = actor.x - from.x, y = actor.y - from.y, along = x * dx + y * dy;
      const across = Math.abs(x * dy) + Math.abs(y * dx);
      if (actor !== from && along > 0 && across <= along && along + 2 * across < least)
        [best, least] = [actor, along + 2 * across];
    }
    return best;
  }
  byId("canvas").addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") diagram.zoom(1.25);
    else if (event.key === "-") diagram.zoom(0.8);
    else if (event.key === "0") diagram.fit();
    else if (event.key === "Enter" && store.get().actor) byId("panel").focus();
    else if (ways[event.key]) {
      const actor = next(ways[event.key]);
      if (actor) {
        store.set({ actor: actor.id, tie: null, event: null });
        diagram.show(actor);
        announce(`${shown(actor.name)}, ${KINDS[actor.kind].title}, ${plural(actor.ties.length, "tie")}`);
      }
    } else return;
    event.preventDefault();
  });
}
