/* What things look like: the same shapes, colours and strokes as `casus draw` gives them.
 *
 * Colours are those of Okabe and Ito or tints of them, and no difference is told by colour alone:
 * kinds differ by shape, relations by dash and head. Shapes are polygons between -1 and 1, so that
 * the diagram, the legend and the SVG draw the same.
 */

const cut = (x, y) => [-1 + x, -1, 1 - x, -1, 1, -1 + y, 1, 1 - y, 1 - x, 1, -1 + x, 1, -1, 1 - y,
  -1, -1 + y];

export const KINDS = {
  "state": { title: "state", fill: "#8ccbf0", shape: "rectangle" },
  "army": { title: "army", fill: "#c4e4f8", points: cut(0.08, 0.4) },
  "militia": { title: "militia", fill: "#f6d58e", points: [-1, 0, -0.76, -1, 0.76, -1, 1, 0, 0.76, 1, -0.76, 1] },
  "armed-group": { title: "armed group", fill: "#f3b48a", points: cut(0.26, 0.6) },
  "unit": { title: "unit", fill: "#e4f2fc", shape: "round-rectangle" },
  "coalition": { title: "coalition", fill: "#8fd6bf", points: cut(0.26, 0.6), double: true },
  "backer": { title: "external backer", fill: "#c6ebdd", points: [-1, -1, 0.84, -1, 1, 0, 0.84, 1, -1, 1] },
  "base": { title: "base", fill: "#d6ecc8", points: [-1, -0.45, 0, -1, 1, -0.45, 1, 1, -1, 1] },
  "person": { title: "person", fill: "#fbf6c3", shape: "ellipse" },
  "outlet": { title: "media outlet", fill: "#ecd0e0", points: [-1, -1, 0.84, -1, 1, -0.45, 1, 1, -1, 1] },
  "monitor": { title: "monitor", fill: "#dfb3cc", points: [-1, -1, -0.3, -1, -0.24, -0.7, 1, -0.7, 1, 1, -1, 1] },
  "civilians": { title: "civilians", fill: "#ffffff", shape: "ellipse", dashed: true },
  "other": { title: "other", fill: "#f0f0f0", shape: "rectangle", dashed: true },
};

const FILLS = ["#9bd3f2", "#f5cb76", "#7fd0b6", "#e3b5cf", "#f6f09b", "#f0ac7c", "#cfcfcf"];
const PLAIN = "#ffffff";

export const RELATIONS = {
  attack: { title: "attack", undirected: "fight, attacker not known", verb: "attacks",
    dash: [], head: "triangle", hollow: false },
  support: { title: "support", undirected: "mutual support", verb: "supports",
    dash: [7, 4], head: "vee", hollow: false },
  claim: { title: "statement about", undirected: "statements, mutual", verb: "speaks of",
    dash: [1.5, 3.5], head: "triangle", hollow: true },
};

const LIGHT = {
  paper: "#ffffff", ink: "#1a1a1a", faint: "#595959", border: "#4d4d4d", box: "#f4f4f2",
  boxBorder: "#8c8c8c", chosen: "#111111",
  attack: { strong: "#d55e00", weak: "#eda06a", text: "#a84a00" },
  support: { strong: "#0072b2", weak: "#6fb1d9", text: "#0072b2" },
  claim: { strong: "#737373", weak: "#a6a6a6", text: "#595959" },
};

const DARK = {
  paper: "#15181c", ink: "#e9e7e2", faint: "#a9b0b7", border: "#2b2f34", box: "#1e2328",
  boxBorder: "#5d666f", chosen: "#ffffff",
  attack: { strong: "#f0853a", weak: "#9c5a2c", text: "#f5a364" },
  support: { strong: "#56b4e9", weak: "#3a7093", text: "#7cc6ef" },
  claim: { strong: "#9aa0a6", weak: "#666c72", text: "#b4b9be" },
};

export const palette = (dark) => (dark ? DARK : LIGHT);

/* As casus draw: 1.3 at one event, half a point more each time the number doubles, 5 at most. */
export function lineWidth(count, relation) {
  const width = Math.min(0.8 + 0.5 * Math.log2(1 + count), 5);
  return relation === "claim" ? 0.8 * width : width;
}

/* The fill of an actor, and its rows for the legend, by what is painted. */
export function painter(data, paint, sideOf) {
  const pick = (index) => FILLS[Math.min(index, FILLS.length - 1)];
  const groups = (keyOf, titleOf, none) => {
    const counts = new Map();
    for (const actor of data.drawn) {
      const key = keyOf(actor);
      if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const keys = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
    const fills = new Map(keys.map((key, i) => [key, pick(i)]));
    const rows = keys.slice(0, FILLS.length).map((key, i) => ({ fill: pick(i),
      title: i === FILLS.length - 1 && keys.length > FILLS.length ? "others" : titleOf(key) }));
    return { fill: (actor) => fills.get(keyOf(actor)) ?? PLAIN,
      rows: data.drawn.some((actor) => !keyOf(actor)) ? [...rows, { fill: PLAIN, title: none }] : rows };
  };
  if (paint === "side")
    return { title: "Sides", ...groups((actor) => sideOf(data, actor), String, "no side given") };
  if (paint === "bloc")
    return { title: "Blocs", ...groups((actor) => actor.bloc, (bloc) => `bloc ${bloc}`, "no signed tie") };
  return { title: null, fill: (actor) => KINDS[actor.kind].fill, rows: [] };
}

/* A name as a label: at most three lines of about eighteen characters, nothing that turns them. */
export function labelOf(name, columns = 18, most = 3) {
  const words = name.replace(/[\u0000-\u0020\u007f-\u00a0\u2028\u2029]+/g, " ")
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, "").trim().split(" ");
  const lines = [""];
  for (const word of words) {
    const points = [...word];
    const line = lines[lines.length - 1];
    if (line && [...line].length + 1 + points.length <= columns) lines[lines.length - 1] += " " + word;
    else if (line) lines.push(word);
    else lines[lines.length - 1] = word;
  }
  const cut = (line, more) => {
    const points = [...line];
    return points.length > columns + 4 || more ? points.slice(0, columns + 3).join("") + "…" : line;
  };
  return lines.slice(0, most).map((line, i) => cut(line, i === most - 1 && lines.length > most))
    .join("\n");
}
