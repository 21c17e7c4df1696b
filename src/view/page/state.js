/* What the reader has chosen, and how it stands in the address: #relation=attack&focus=isis.
 *
 * Lists are null for "all"; an empty one means none. Whoever opens the link sees the same.
 */

export const INITIAL = Object.freeze({
  view: "diagram", relation: null, kind: null, side: null, evidence: null, claimant: [],
  believe: [], since: null, until: null, focus: null, depth: 1, least: 1, tied: false, paint: "kind",
  actor: null, tie: null, event: null,
});

const DAY = 86400000;

export function dayText(day) {
  const date = new Date(day * DAY), year = date.getUTCFullYear();
  const pad = (number, size) => String(number).padStart(size, "0");
  return `${pad(year, 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}`;
}

export function dayOf(text) {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return null;
  const date = new Date(0);
  date.setUTCFullYear(+match[1], match[2] - 1, +match[3]);
  return Math.round(date.getTime() / DAY);
}

const listText = (list) => list.map(encodeURIComponent).join(",");
const listOf = (text) => (text ? text.split(",").map(decodeURIComponent) : []);

const within = (text, low, high) => Math.min(high, Math.max(low, Number.parseInt(text, 10) || low));

/* One row a key that stands in the address: to text, from text. */
const CODES = {
  view: [String, (text) => (["diagram", "actors", "ties", "events"].includes(text) ? text : "diagram")],
  relation: [listText, listOf], kind: [listText, listOf], side: [listText, listOf],
  evidence: [listText, listOf], claimant: [listText, listOf], believe: [listText, listOf],
  since: [dayText, dayOf], until: [dayText, dayOf],
  focus: [encodeURIComponent, decodeURIComponent],
  depth: [String, (text) => within(text, 1, 9)],
  least: [String, (text) => within(text, 1, 1e6)],
  tied: [() => "1", (text) => text === "1"],
  paint: [String, (text) => (["kind", "side", "bloc"].includes(text) ? text : "kind")],
  actor: [encodeURIComponent, decodeURIComponent],
  tie: [listText, listOf],
  event: [encodeURIComponent, decodeURIComponent],
};

const isInitial = (key, value) => value === INITIAL[key] ||
  (Array.isArray(value) && Array.isArray(INITIAL[key]) && !value.length);

export function toHash(state) {
  return Object.entries(CODES).filter(([key]) => !isInitial(key, state[key]))
    .map(([key, [write]]) => `${key}=${write(state[key])}`).join("&");
}

export function fromHash(hash) {
  const state = { ...INITIAL };
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("="), key = part.slice(0, at);
    if (at < 1 || !Object.hasOwn(CODES, key)) continue;
    try {
      state[key] = CODES[key][1](part.slice(at + 1));
    } catch { /* a broken escape: as if the key were not there */ }
  }
  return state;
}

/* The one place where the state changes. Listeners get the new state and the old one. */
export function makeStore() {
  let state = fromHash(location.hash);
  const listeners = [];
  const tell = (before) => listeners.forEach((listener) => listener(state, before));
  addEventListener("hashchange", () => {
    if (location.hash.replace(/^#/, "") === toHash(state)) return;
    const before = state;
    state = fromHash(location.hash);
    tell(before);
  });
  return {
    get: () => state,
    listen: (listener) => listeners.push(listener),
    set(change) {
      const before = state;
      state = { ...state, ...change };
      history.replaceState(null, "", "#" + toHash(state));
      tell(before);
    },
  };
}
