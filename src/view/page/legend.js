/* Samples of shapes and lines, and the legend: a row for each thing that is shown, none for else. */
import { sideOf } from "./data.js";
import { byId, h, name, svg } from "./dom.js";
import { KINDS, RELATIONS, painter } from "./theme.js";

export function shapeSample(kind, fill) {
  const look = KINDS[kind];
  const paint = { fill: fill ?? look.fill, class: look.dashed ? "rim dashed" : "rim" };
  const w = 13, h2 = 7.5, at = (x, y) => `${(15 + x * w).toFixed(1)},${(9 + y * h2).toFixed(1)}`;
  const points = (scale) => look.points.reduce((out, value, i, all) =>
    (i % 2 ? out : [...out, at(value * scale, all[i + 1] * scale)]), []).join(" ");
  const shapes = look.shape === "ellipse" ? [svg("ellipse", { cx: 15, cy: 9, rx: w, ry: h2, ...paint })]
    : look.points ? [svg("polygon", { points: points(1), ...paint }),
      ...(look.double ? [svg("polygon", { points: points(0.72), ...paint })] : [])]
    : [svg("rect", { x: 15 - w, y: 9 - h2, width: 2 * w, height: 2 * h2,
      rx: look.shape === "round-rectangle" ? 4 : 0, ...paint })];
  return svg("svg", { width: 30, height: 18, class: "sample", "aria-hidden": "true" }, shapes);
}

export function lineSample(relation, { undirected = false, weak = false } = {}) {
  const look = RELATIONS[relation];
  const line = svg("line", { x1: 1, y1: 7, x2: undirected ? 35 : 29, y2: 7, "stroke-width": 2.2,
    ...(look.dash.length ? { "stroke-dasharray": look.dash.join(" ") } : {}) });
  const heads = { vee: "M35 7 L26 2.5 L29 7 L26 11.5 Z", triangle: "M35 7 L27 3 L27 11 Z" };
  const head = svg("path", { d: heads[look.head], class: look.hollow ? "head hollow" : "head",
    "stroke-width": 1.2 });
  return svg("svg", { width: 36, height: 14, "aria-hidden": "true",
    class: `sample line ${relation}${weak ? " weak" : ""}` }, undirected ? [line] : [line, head]);
}

function swatch(fill) {
  return svg("svg", { width: 30, height: 18, class: "sample", "aria-hidden": "true" },
    svg("rect", { x: 5, y: 2, width: 20, height: 14, fill, class: "rim" }));
}

const row = (sample, ...text) => h("li", {}, sample, h("span", {}, ...text));

export function drawLegend(data, graph, state) {
  const paint = painter(data, state.paint, sideOf), plain = state.paint === "kind" ? undefined : "#ffffff";
  const kinds = Object.keys(KINDS).filter((kind) => graph.actors.some((actor) => actor.kind === kind));
  const lines = [];
  for (const relation of Object.keys(RELATIONS)) {
    for (const undirected of [false, true])
      if (graph.ties.some((tie) => tie.relation === relation && !!tie.undirected === undirected))
        lines.push(row(lineSample(relation, { undirected }), RELATIONS[relation][undirected ? "undirected" : "title"]));
  }
  const weak = graph.ties.find((tie) => tie.relation !== "claim" &&
    !graph.tallies[tie.index].firm && graph.tallies[tie.index].weak);
  if (weak) lines.push(row(lineSample(weak.relation, { weak: true }), "paler: told by one side only"));
  if (graph.ties.some((tie) => graph.tallies[tie.index].count > 1))
    lines.push(row(h("b", { class: "mark" }, "×2"), "events; wider lines have more"));
  if (graph.ties.some((tie) => graph.tallies[tie.index].disputed))
    lines.push(row(h("b", { class: "mark" }, "?"), "at least one is disputed"));
  if (data.boxed && data.drawn.some((actor) => actor.parent !== undefined))
    lines.push(row(svg("svg", { width: 30, height: 18, class: "sample", "aria-hidden": "true" },
      svg("rect", { x: 1, y: 1, width: 28, height: 16, rx: 4, class: "box" })), "box: an actor and its parts"));
  byId("legend-body").replaceChildren(
    h("ul", {}, kinds.map((kind) => row(shapeSample(kind, plain), KINDS[kind].title))),
    ...(paint.title ? [h("h3", {}, paint.title), h("ul", {}, paint.rows.map((one) =>
      row(swatch(one.fill), name(one.title, 28))))] : []),
    h("ul", {}, lines));
}
