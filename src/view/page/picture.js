/* Pictures to take along: the diagram as it is shown, as SVG and as PNG. */
import { byId, shown } from "./dom.js";
import { KINDS, RELATIONS, palette } from "./theme.js";

const FONT = "Arial, Helvetica, sans-serif";
const round = (number) => Math.round(number * 10) / 10;
const escape = (text) => shown(text).replace(/[&<>"]/g, (c) =>
  ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);

export function save(blob, file) {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  Object.assign(link, { href: url, download: file });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function outline(look, x, y, w, h, attributes) {
  if (look.shape === "ellipse")
    return `<ellipse cx="${x}" cy="${y}" rx="${round(w / 2)}" ry="${round(h / 2)}" ${attributes}/>`;
  if (look.points) {
    const points = [];
    for (let i = 0; i < look.points.length; i += 2)
      points.push(`${round(x + look.points[i] * w / 2)},${round(y + look.points[i + 1] * h / 2)}`);
    return `<polygon points="${points.join(" ")}" ${attributes}/>`;
  }
  const corner = look.shape === "round-rectangle" ? 6 : 0;
  return `<rect x="${round(x - w / 2)}" y="${round(y - h / 2)}" width="${round(w)}" ` +
    `height="${round(h)}" rx="${corner}" ${attributes}/>`;
}

function nodeText(node, data, colours) {
  const { x, y } = node.position(), look = KINDS[node.data("kind")];
  const w = node.data("w"), h = node.data("h"), opacity = node.numericStyle("opacity");
  const stroke = `fill="${node.data("fill")}" stroke="${look.dashed ? colours.faint : colours.border}"` +
    (look.dashed ? ' stroke-dasharray="4 3"' : "");
  const lines = node.data("label").split("\n");
  const text = lines.map((line, i) => `<tspan x="${round(x)}" y="${round(y + 4 + (i - (lines.length - 1) / 2) * 12.5)}">` +
    `${escape(line)}</tspan>`).join("");
  const inner = look.double ? outline(look, round(x), round(y), w - 6, h - 6, `fill="none" stroke="${colours.border}"`) : "";
  return `<g opacity="${opacity}"><title>${escape(data.actors[node.data("actor")].name)}</title>` +
    outline(look, round(x), round(y), w, h, stroke) + inner +
    `<text font-size="11" fill="#1a1a1a" text-anchor="middle">${text}</text></g>`;
}

/* The line as it is drawn: straight, or with its bends. */
function path(edge) {
  const from = edge.sourceEndpoint(), to = edge.targetEndpoint();
  const bends = edge.isBundledBezier() || edge.controlPoints()?.length ? edge.controlPoints() : null;
  const at = (point) => `${round(point.x)} ${round(point.y)}`;
  return bends?.length ? `M${at(from)} Q${at(bends[0])} ${at(to)}` : `M${at(from)} L${at(to)}`;
}

function edgeText(edge, colours) {
  const relation = Object.keys(RELATIONS).find((name) => edge.hasClass(name));
  const look = RELATIONS[relation], colour = colours[relation][edge.hasClass("weak") ? "weak" : "strong"];
  const dash = look.dash.length ? ` stroke-dasharray="${look.dash.join(" ")}"` : "";
  const head = edge.hasClass("undirected") ? "" :
    ` marker-end="url(#${relation}-${edge.hasClass("weak") ? "weak" : "strong"})"`;
  const middle = edge.midpoint(), label = edge.data("label");
  return `<g opacity="${edge.numericStyle("opacity")}"><path d="${path(edge)}" fill="none" ` +
    `stroke="${colour}" stroke-width="${round(edge.data("w"))}"${dash}${head}/>` +
    (label ? `<text x="${round(middle.x)}" y="${round(middle.y + 3)}" font-size="10" ` +
      `font-weight="bold" text-anchor="middle" fill="${colours[relation].text}" ` +
      `stroke="${colours.paper}" stroke-width="3" paint-order="stroke">${escape(label)}</text>` : "") + "</g>";
}

function markers(colours) {
  return Object.entries(RELATIONS).flatMap(([relation, look]) => ["strong", "weak"].map((way) => {
    const colour = colours[relation][way];
    const shape = look.head === "vee" ? '<path d="M0 0 L10 5 L0 10 L4 5 z"' : '<path d="M1 1 L9 5 L1 9 z"';
    return `<marker id="${relation}-${way}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" ` +
      `markerHeight="10" markerUnits="userSpaceOnUse" orient="auto">${shape} ` +
      `fill="${look.hollow ? colours.paper : colour}" stroke="${colour}"/></marker>`;
  })).join("");
}

/* Boxes, ties, actors, and a line of what it is. */
export function svgText(diagram, caption) {
  const { cy, data } = diagram, colours = palette(diagram.dark);
  const shown = cy.elements().not(".off"), bounds = shown.boundingBox();
  const pad = 24, foot = 34, width = bounds.w + 2 * pad, height = bounds.h + 2 * pad + foot;
  const boxes = shown.filter("node.box").sort((a, b) => a.ancestors().length - b.ancestors().length);
  const boxText = (box) => {
    const b = box.boundingBox({ includeLabels: false });
    return `<rect x="${round(b.x1)}" y="${round(b.y1)}" width="${round(b.w)}" height="${round(b.h)}" ` +
      `rx="7" fill="${colours.box}" stroke="${colours.boxBorder}"/>`;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" font-family="${FONT}" width="${round(width)}" ` +
    `height="${round(height)}" viewBox="${round(bounds.x1 - pad)} ${round(bounds.y1 - pad)} ` +
    `${round(width)} ${round(height)}"><title>${escape(data.title ?? "casus")}</title>` +
    `<defs>${markers(colours)}</defs>` +
    `<rect x="${round(bounds.x1 - pad)}" y="${round(bounds.y1 - pad)}" width="100%" height="100%" fill="${colours.paper}"/>` +
    boxes.map(boxText).join("") +
    shown.edges().map((edge) => edgeText(edge, colours)).join("") +
    shown.nodes("[kind]").map((node) => nodeText(node, data, colours)).join("") +
    `<text x="${round(bounds.x1)}" y="${round(bounds.y2 + pad + 14)}" font-size="11" ` +
    `fill="${colours.faint}">${escape(caption)}</text></svg>`;
}

const MOST = 8000; /* pixels a side: browsers draw no larger pictures */

export function savePng(diagram, file) {
  const bounds = diagram.cy.elements().not(".off").boundingBox();
  const scale = Math.min(2, MOST / Math.max(bounds.w, bounds.h, 1));
  const blob = diagram.cy.png({ output: "blob", full: true, scale, bg: palette(diagram.dark).paper });
  save(blob, file);
}

export function saveSvg(diagram, file, caption) {
  save(new Blob([svgText(diagram, caption)], { type: "image/svg+xml" }), file);
}

export function fileName(data) {
  const base = (data.title ?? "").normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return base.slice(0, 60).toLowerCase() || "casus";
}

/* To the clipboard; where that is barred, by way of a field. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    byId("panel").after(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}
