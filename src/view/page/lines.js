/* Ties and boxes, drawn on a canvas below the actors.
 *
 * Cytoscape.js could draw them, at a tenth of the speed: here all ties of one look are one path,
 * made when the filters change and stroked when the picture moves.
 */
import { byId } from "./dom.js";
import { boxesOf, curveOf, distance, headOf, headSize, pointOf } from "./geometry.js";
import { RELATIONS, lineWidth, palette } from "./theme.js";

const COUNTED_MOST = 400;  /* ties: with more, widths must do */
const PLAIN_ABOVE = 4000;  /* ties: with more, dashes are left out where nobody could see them */
const NEAR = 6;            /* pixels from a line that still mean it */

/* What is known of each tie that is shown. */
function lay(data, graph) {
  const pairs = new Map(), rows = [];
  const key = (tie) => Math.min(tie.from, tie.to) * data.actors.length + Math.max(tie.from, tie.to);
  for (const tie of graph.ties) pairs.set(key(tie), (pairs.get(key(tie)) ?? 0) + 1);
  const placed = new Map();
  for (const tie of graph.ties) {
    const pair = key(tie), place = placed.get(pair) ?? 0, { count, firm, weak, disputed } = graph.tallies[tie.index];
    placed.set(pair, place + 1);
    rows.push({ tie, width: lineWidth(count, tie.relation), weak: tie.relation !== "claim" && !firm && weak > 0,
      label: labelOf(tie, count, disputed, graph.ties.length),
      curve: curveOf(data.actors[tie.from], data.actors[tie.to], place, pairs.get(pair)) });
  }
  return rows;
}

function labelOf(tie, count, disputed, ties) {
  if (ties > COUNTED_MOST) return "";
  const times = count > 1 && tie.relation !== "claim" ? `×${count}` : "";
  return disputed ? `${times}${times ? " " : ""}?` : times;
}

function addHead(group, row) {
  const head = headOf(row.curve, headSize(row.width)), path = group.heads;
  path.moveTo(row.curve.x1, row.curve.y1);
  path.lineTo(...head.left);
  if (RELATIONS[row.tie.relation].head === "vee") path.lineTo(...head.notch);
  path.lineTo(...head.right);
  path.closePath();
  return RELATIONS[row.tie.relation].head === "vee" ? head.notch : head.base;
}

/* One path a look. `near` (or null) holds the ties that stand out. */
function gather(rows, near) {
  const groups = new Map();
  for (const row of rows) {
    const { tie, curve } = row, aside = near !== null && !near.has(tie);
    const width = Math.round(row.width * 4) / 4;
    const key = `${aside ? 0 : 1}${tie.relation}${row.weak ? "w" : "s"}${width}`;
    if (!groups.has(key)) groups.set(key, { relation: tie.relation, weak: row.weak, aside, width,
      lines: new Path2D(), heads: new Path2D() });
    const group = groups.get(key), [ex, ey] = tie.undirected ? [curve.x1, curve.y1] : addHead(group, row);
    group.lines.moveTo(curve.x0, curve.y0);
    if (curve.bent) group.lines.quadraticCurveTo(curve.cx, curve.cy, ex, ey);
    else group.lines.lineTo(ex, ey);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

export function makeLines(data) {
  const canvas = byId("lines"), context = canvas.getContext("2d");
  let rows = [], groups = [], boxes = [], near = null, chosen = null, dark = false, last = null;

  function drawBoxes(colours) {
    context.fillStyle = colours.box;
    context.strokeStyle = colours.boxBorder;
    for (const { x0, y0, x1, y1, round } of boxes) {
      context.beginPath();
      if (context.roundRect) context.roundRect(x0, y0, x1 - x0, y1 - y0, round);
      else context.rect(x0, y0, x1 - x0, y1 - y0);
      context.fill();
      context.stroke();
    }
  }

  function drawGroup(group, colours, zoom) {
    const look = RELATIONS[group.relation], colour = colours[group.relation][group.weak ? "weak" : "strong"];
    const plain = rows.length > PLAIN_ABOVE && zoom < 0.5;
    context.globalAlpha = group.aside ? 0.13 : near === null && rows.length > PLAIN_ABOVE && zoom < 0.5 ? 0.3 : 1;
    context.strokeStyle = context.fillStyle = colour;
    context.lineWidth = Math.max(group.width, 0.6 / zoom);
    context.setLineDash(plain ? [] : look.dash);
    context.stroke(group.lines);
    context.setLineDash([]);
    if (plain && zoom < 0.2) return;
    if (look.hollow) {
      context.fillStyle = colours.paper;
      context.lineWidth = 1;
      context.fill(group.heads);
      context.stroke(group.heads);
    } else context.fill(group.heads);
  }

  function drawChosen(colours) {
    const row = rows.find(({ tie }) => tie === chosen);
    if (!row) return;
    context.globalAlpha = 0.22;
    context.strokeStyle = colours.chosen;
    context.lineWidth = row.width + 9;
    context.beginPath();
    context.moveTo(row.curve.x0, row.curve.y0);
    context.quadraticCurveTo(row.curve.cx, row.curve.cy, row.curve.x1, row.curve.y1);
    context.stroke();
  }

  function drawLabels(colours, zoom) {
    if (zoom * 10 < 6) return;
    context.font = "bold 10px Arial, Helvetica, sans-serif";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 3.5;
    context.lineJoin = "round";
    context.strokeStyle = colours.paper;
    for (const { label, curve, tie } of rows) {
      if (!label) continue;
      const [x, y] = pointOf(curve, 0.5);
      context.globalAlpha = near !== null && !near.has(tie) ? 0.13 : 1;
      context.strokeText(label, x, y);
      context.fillStyle = colours[tie.relation].text;
      context.fillText(label, x, y);
    }
  }

  function draw(view = last) {
    if (!view || !canvas.clientWidth) return;
    last = view;
    const ratio = rows.length > PLAIN_ABOVE ? 1 : devicePixelRatio, colours = palette(dark);
    const width = Math.round(canvas.clientWidth * ratio), height = Math.round(canvas.clientHeight * ratio);
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    context.setTransform(view.zoom * ratio, 0, 0, view.zoom * ratio, view.pan.x * ratio, view.pan.y * ratio);
    context.globalAlpha = 1;
    context.lineWidth = 1;
    drawBoxes(colours);
    for (const group of groups) drawGroup(group, colours, view.zoom);
    drawChosen(colours);
    drawLabels(colours, view.zoom);
    context.globalAlpha = 1;
  }

  return {
    draw,
    update(graph) {
      rows = lay(data, graph);
      boxes = boxesOf(data, graph.actors);
      groups = gather(rows, near);
    },
    paint(isDark) { dark = isDark; },
    choose(ties, tie) {
      near = ties;
      chosen = tie;
      groups = gather(rows, near);
    },
    /* The tie under a point, or null. */
    at(x, y, zoom) {
      let best = null, least = NEAR / zoom;
      for (const row of rows) {
        const far = distance(row.curve, x, y);
        if (far < least) [best, least] = [row.tie, far];
      }
      return best;
    },
    rows: () => rows, boxes: () => boxes, isAside: (tie) => near !== null && !near.has(tie),
  };
}
