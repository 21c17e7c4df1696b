/* Pictures to take along: the diagram as it is shown, as SVG and as PNG. */
import { byId, shown } from "./dom.js";
import { headOf, headSize, pointOf } from "./geometry.js";
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

function actorText(node, actor, colours) {
  const { x, y, w, h } = actor, look = KINDS[actor.kind], opacity = node.numericStyle("opacity");
  const paint = `fill="${node.data("fill")}" stroke="${look.dashed ? colours.faint : colours.border}"` +
    (look.dashed ? ' stroke-dasharray="4 3"' : "");
  const lines = node.data("label").split("\n"), middle = (lines.length - 1) / 2;
  const text = lines.map((line, i) => `<tspan x="${round(x)}" y="${round(y + 4 + (i - middle) * 12.5)}">` +
    `${escape(line)}</tspan>`).join("");
  const inner = look.double
    ? outline(look, round(x), round(y), w - 6, h - 6, `fill="none" stroke="${colours.border}"`) : "";
  return `<g opacity="${opacity}"><title>${escape(actor.name)}</title>` +
    outline(look, round(x), round(y), w, h, paint) + inner +
    `<text font-size="11" fill="#1a1a1a" text-anchor="middle">${text}</text></g>`;
}

const at = (...numbers) => numbers.map(round).join(" ");

function tieText({ tie, curve, width, weak, label }, opacity, colours) {
  const look = RELATIONS[tie.relation], colour = colours[tie.relation][weak ? "weak" : "strong"];
  const head = headOf(curve, headSize(width)), vee = look.head === "vee";
  const end = tie.undirected ? [curve.x1, curve.y1] : vee ? head.notch : head.base;
  const dash = look.dash.length ? ` stroke-dasharray="${look.dash.join(" ")}"` : "";
  const [x, y] = pointOf(curve, 0.5);
  return `<g opacity="${opacity}"><path d="M${at(curve.x0, curve.y0)} Q${at(curve.cx, curve.cy)} ${at(...end)}" ` +
    `fill="none" stroke="${colour}" stroke-width="${round(width)}"${dash}/>` +
    (tie.undirected ? "" : `<path d="M${at(curve.x1, curve.y1)} L${at(...head.left)} ` +
      `${vee ? `L${at(...head.notch)} ` : ""}L${at(...head.right)} Z" stroke="${colour}" ` +
      `stroke-width="${look.hollow ? 1 : 0}" fill="${look.hollow ? colours.paper : colour}"/>`) +
    (label ? `<text x="${round(x)}" y="${round(y + 3.5)}" font-size="10" font-weight="bold" ` +
      `text-anchor="middle" fill="${colours[tie.relation].text}" stroke="${colours.paper}" ` +
      `stroke-width="3.5" paint-order="stroke">${escape(label)}</text>` : "") + "</g>";
}

function boxText({ x0, y0, x1, y1, round: corner }, colours) {
  return `<rect x="${round(x0)}" y="${round(y0)}" width="${round(x1 - x0)}" height="${round(y1 - y0)}" ` +
    `rx="${corner}" fill="${colours.box}" stroke="${colours.boxBorder}"/>`;
}

const PAD = 24, FOOT = 34;

function frameOf(diagram) {
  const b = diagram.cy.nodes().not(".off").boundingBox();
  return { x: b.x1 - PAD, y: b.y1 - PAD, w: Math.max(b.w, 420) + 2 * PAD, h: b.h + 2 * PAD + FOOT };
}

/* Boxes, ties, actors, and a line of what it is. */
export function svgText(diagram, caption) {
  const { data, lines, nodes } = diagram, colours = palette(diagram.dark), { x, y, w, h } = frameOf(diagram);
  const drawn = data.drawn.filter((actor) => !nodes[actor.index].hasClass("off"));
  return `<svg xmlns="http://www.w3.org/2000/svg" font-family="${FONT}" width="${round(w)}" ` +
    `height="${round(h)}" viewBox="${at(x, y, w, h)}"><title>${escape(data.title ?? "casus")}</title>` +
    `<rect x="${round(x)}" y="${round(y)}" width="100%" height="100%" fill="${colours.paper}"/>` +
    lines.boxes().map((box) => boxText(box, colours)).join("") +
    lines.rows().map((row) => tieText(row, lines.isAside(row.tie) ? 0.13 : 1, colours)).join("") +
    drawn.map((actor) => actorText(nodes[actor.index], actor, colours)).join("") +
    `<text x="${round(x + PAD)}" y="${round(y + h - 16)}" font-size="11" ` +
    `fill="${colours.faint}">${escape(caption)}</text></svg>`;
}

const MOST = 8000; /* pixels a side: browsers draw no larger pictures */

/* The same picture, as pixels. */
export async function savePng(diagram, file, caption) {
  const { w, h } = frameOf(diagram), scale = Math.min(2, MOST / Math.max(w, h));
  const image = new Image(), canvas = document.createElement("canvas");
  const url = URL.createObjectURL(new Blob([svgText(diagram, caption)], { type: "image/svg+xml" }));
  image.src = url;
  await image.decode();
  Object.assign(canvas, { width: Math.round(w * scale), height: Math.round(h * scale) });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(url);
  canvas.toBlob((blob) => save(blob, file), "image/png");
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
