/* Elements made from text: nothing from the data ever passes for markup. */

const INVISIBLE =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/gu;

/* What has an effect and no look is shown as an escape: a name cannot turn the text around it. */
export function shown(text) {
  return String(text).replace(INVISIBLE, (c) =>
    "\\u" + c.codePointAt(0).toString(16).padStart(4, "0"));
}

/* The same, cut to a length where there is no room for all. */
export function brief(text, most = 80) {
  const points = [...shown(text)];
  return points.length > most ? points.slice(0, most - 1).join("") + "…" : points.join("");
}

function give(element, key, value) {
  if (value === undefined || value === null || value === false) return;
  if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
  else if (key === "value" || key === "checked") element[key] = value;
  else element.setAttribute(key, value === true ? "" : value);
}

/* h("p", {class: "note"}, "text", element, [more]): children that are null are left out. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes ?? {})) give(element, key, value);
  element.append(...children.flat(Infinity).filter((child) => child !== null &&
    child !== undefined && child !== false));
  return element;
}

/* A name: isolated, so that its direction of writing stays its own. */
export function name(text, most) {
  return h("bdi", {}, most ? brief(text, most) : shown(text));
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.flat());
  return element;
}

export const byId = (id) => document.getElementById(id);

/* Only addresses of the web become links. */
export function link(url, text) {
  if (!/^https?:\/\//i.test(url)) return h("span", {}, brief(text ?? url, 120));
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, brief(text ?? url, 120));
}

/* Tell a screen reader, and nobody else. */
export function announce(text) {
  byId("live").textContent = text;
}
