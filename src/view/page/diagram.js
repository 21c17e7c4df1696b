/* The diagram: Cytoscape.js holds the actors where casus laid them out, lets them be moved and
 * touched; lines.js draws what is between them. */
import cytoscape from "cytoscape";

import { sideOf, tieOf } from "./data.js";
import { announce, byId, shown } from "./dom.js";
import { makeLines } from "./lines.js";
import { KINDS, labelOf, painter, palette } from "./theme.js";
import { plural, tieWords } from "./words.js";

const FONT = "Arial, Helvetica, sans-serif";
const LARGE = 1500; /* actors: with more, none is dragged, and names rest while the picture moves */

function elements(data) {
  return data.drawn.map((actor) => ({
    group: "nodes",
    data: { id: `a${actor.index}`, actor: actor.index, kind: actor.kind, label: labelOf(actor.name),
      w: actor.w, h: actor.h, fill: KINDS[actor.kind].fill },
    position: { x: actor.x, y: actor.y },
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

function stylesheet(dark) {
  const colours = palette(dark);
  return [
    { selector: "node", style: {
      "width": "data(w)", "height": "data(h)", "label": "data(label)", "font-family": FONT,
      "font-size": 11, "color": "#1a1a1a", "text-valign": "center", "text-halign": "center",
      "text-wrap": "wrap", "text-max-width": 1000, "min-zoomed-font-size": 5,
      "background-color": "data(fill)", "border-width": 1 } },
    ...kindStyles(colours),
    { selector: ".off", style: { "display": "none" } },
    { selector: ".quiet", style: { "opacity": 0.32 } },
    { selector: ".aside", style: { "opacity": 0.16 } },
    { selector: ".chosen", style: { "border-width": 3, "border-color": colours.chosen, "border-style": "solid" } },
  ];
}

export function makeDiagram(data, store) {
  const large = data.drawn.length > LARGE;
  const cy = cytoscape({
    container: byId("canvas"), elements: elements(data), style: stylesheet(false),
    layout: { name: "preset" }, minZoom: 0.02, maxZoom: 6, boxSelectionEnabled: false,
    autoungrabify: large, textureOnViewport: large, pixelRatio: large ? 1 : "auto",
  });
  const lines = makeLines(data);
  const nodes = data.actors.map((actor) => (actor.drawn ? cy.getElementById(`a${actor.index}`) : null));
  const diagram = { cy, data, lines, nodes, dark: false };
  const view = () => ({ zoom: cy.zoom(), pan: cy.pan() });
  let graph = null;

  const toggle = (node, name, on) => {
    if (node.hasClass(name) !== on) node.toggleClass(name, on);
  };

  function updateNode(actor, fill) {
    const node = nodes[actor.index], colour = fill(actor);
    toggle(node, "off", !graph.actorSet.has(actor));
    toggle(node, "quiet", graph.quiets && !graph.tied.has(actor.index));
    if (node.data("fill") !== colour) node.data("fill", colour);
  }

  diagram.update = (now, state) => {
    const { fill } = painter(data, state.paint, sideOf);
    graph = now;
    cy.batch(() => data.drawn.forEach((actor) => updateNode(actor, fill)));
    lines.update(graph);
    byId("canvas").setAttribute("aria-label", `Diagram of ${plural(graph.actors.length, "actor")} and ` +
      `${plural(graph.ties.length, "tie")}. Arrow keys go from actor to actor; the tables hold the same.`);
  };

  /* What is chosen stands out with all that touches it. */
  diagram.choose = (state) => {
    const actor = data.byId.get(state.actor), tie = state.tie ? tieOf(data, state.tie) : null;
    const ties = actor?.drawn ? actor.ties.filter((one) => graph.tieSet.has(one)) : tie ? [tie] : null;
    const near = ties && new Set([...ties.flatMap((one) => [one.from, one.to]), ...(actor ? [actor.index] : [])]);
    cy.batch(() => data.drawn.forEach(({ index }) => {
      toggle(nodes[index], "aside", near !== null && !near.has(index));
      toggle(nodes[index], "chosen", actor?.index === index);
    }));
    lines.choose(ties && new Set(ties), tie);
    lines.draw(view());
  };

  diagram.paint = (dark) => {
    if (diagram.dark !== dark) cy.style(stylesheet(dark));
    diagram.dark = dark;
    lines.paint(dark);
  };
  diagram.fit = () => fitBeside(cy, byId("legend"));
  diagram.zoom = (factor) => cy.zoom({ level: cy.zoom() * factor,
    renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  diagram.show = (actor) => {
    const node = nodes[actor.index];
    if (!node || node.hasClass("off")) return;
    const { x, y } = node.renderedPosition(), inside = x > 40 && y > 30 && x < cy.width() - 40 && y < cy.height() - 30;
    if (!inside || cy.zoom() < 0.4) cy.animate({ center: { eles: node }, zoom: Math.max(cy.zoom(), 0.8) },
      { duration: still() ? 0 : 250 });
  };
  cy.on("viewport resize", () => lines.draw(view()));
  cy.on("position", "node", (event) => {
    const actor = data.actors[event.target.data("actor")];
    Object.assign(actor, event.target.position());
    lines.update(graph);
    diagram.choose(store.get());
  });
  takeTouches(diagram, store);
  walkByKeys(diagram, store);
  return diagram;
}

/* All of it, beside the legend where there is room for both. */
function fitBeside(cy, legend) {
  const bounds = cy.nodes().not(".off").boundingBox(), pad = 24;
  const beside = legend.open && cy.width() > 760 ? legend.offsetWidth + pad : 0;
  const width = cy.width() - beside - 2 * pad, height = cy.height() - 2 * pad;
  if (!(bounds.w > 0 && width > 0 && height > 0)) return;
  const zoom = Math.min(width / bounds.w, height / bounds.h, 1.6);
  cy.viewport({ zoom, pan: {
    x: beside + pad + width / 2 - zoom * (bounds.x1 + bounds.w / 2),
    y: pad + height / 2 - zoom * (bounds.y1 + bounds.h / 2) } });
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/* Clicks, taps, and a line of text beside the pointer. */
function takeTouches({ cy, data, lines }, store) {
  const tip = byId("tip"), canvas = byId("canvas");
  const tieAt = ({ position }) => lines.at(position.x, position.y, cy.zoom());
  const say = (text, { renderedPosition: { x, y } }) => {
    tip.textContent = shown(text).slice(0, 160);
    tip.hidden = false;
    tip.style.left = `${Math.max(4, Math.min(x + 14, cy.width() - 220))}px`;
    tip.style.top = `${y + 18}px`;
  };
  cy.on("tap", "node", ({ target }) =>
    store.set({ actor: data.actors[target.data("actor")].id, tie: null, event: null }));
  cy.on("dbltap", "node", ({ target }) => store.set({ focus: data.actors[target.data("actor")].id }));
  cy.on("tap", (event) => {
    if (event.target !== cy) return;
    store.set({ tie: tieAt(event)?.key ?? null, actor: null, event: null });
  });
  cy.on("mousemove", (event) => {
    const actor = event.target === cy ? null : data.actors[event.target.data("actor")];
    const tie = actor ? null : tieAt(event);
    canvas.style.cursor = actor || tie ? "pointer" : "";
    if (actor) say(`${actor.name} (${KINDS[actor.kind].title})`, event);
    else if (tie) say(tieWords(data, tie).join(""), event);
    else tip.hidden = true;
  });
  cy.on("viewport", () => { tip.hidden = true; });
  canvas.addEventListener("mouseleave", () => { tip.hidden = true; });
}

/* From actor to actor by arrow keys: the nearest within a quarter turn of that direction. */
function walkByKeys(diagram, store) {
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const { data, nodes } = diagram;
  function next([dx, dy]) {
    const open = data.drawn.filter((actor) => !nodes[actor.index].hasClass("off"));
    const from = data.byId.get(store.get().actor);
    if (!from?.drawn) return open.reduce((a, b) => (b.ties.length > a.ties.length ? b : a), open[0]);
    let best = null, least = Infinity;
    for (const actor of open) {
      const x = actor.x - from.x, y = actor.y - from.y, along = x * dx + y * dy;
      const across = Math.abs(x * dy) + Math.abs(y * dx);
      if (actor !== from && along > 0 && across <= along && along + 2 * across < least)
        [best, least] = [actor, along + 2 * across];
    }
    return best;
  }
  function step(way) {
    const actor = next(way);
    if (!actor) return;
    store.set({ actor: actor.id, tie: null, event: null });
    diagram.show(actor);
    announce(`${shown(actor.name)}, ${KINDS[actor.kind].title}, ${plural(actor.ties.length, "tie")}`);
  }
  byId("canvas").addEventListener("keydown", (event) => {
    if (event.key === "+" || event.key === "=") diagram.zoom(1.25);
    else if (event.key === "-") diagram.zoom(0.8);
    else if (event.key === "0") diagram.fit();
    else if (event.key === "Enter" && store.get().actor) byId("panel").focus();
    else if (ways[event.key]) step(ways[event.key]);
    else return;
    event.preventDefault();
  });
}
