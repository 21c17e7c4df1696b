/* The strip of time: events by date, two handles, and a play button. */
import { byId, h } from "./dom.js";
import { dayText } from "./state.js";
import { plural } from "./words.js";

const BARS = 120, SECONDS = 14;

/* How many events may touch each part of the period, by relation. */
function histogram(data, { first, last }) {
  const bars = Math.min(BARS, last - first + 1), width = (last - first + 1) / bars;
  const parts = Array.from({ length: bars }, () => ({ attack: 0, support: 0, claim: 0 }));
  for (const event of data.events) {
    if (!event.days || event.days[0] === null) continue;
    const day = Math.min(Math.max(event.days[0], first), last);
    parts[Math.floor((day - first) / width)][event.relation]++;
  }
  return parts;
}

function drawBars(parts) {
  const most = Math.max(1, ...parts.map((part) => part.attack + part.support + part.claim));
  return h("div", { class: "bars", "aria-hidden": "true" }, parts.map((part) =>
    h("div", { class: "bar" }, ["claim", "support", "attack"].map((relation) => part[relation]
      ? h("i", { class: relation, "data-share": part[relation] / most }) : null))));
}

export function makeTimeline(data, store) {
  const strip = byId("time");
  if (!data.period || data.period.first === data.period.last) {
    strip.hidden = true;
    return { sync() {} };
  }
  const { first, last } = data.period;
  const handle = (label, key) => h("input", { type: "range", min: first, max: last, step: 1,
    "aria-label": label, oninput: () => { stop(); move(key); } });
  const since = handle("From", "since"), until = handle("Until", "until");
  const play = h("button", { type: "button", class: "play", onclick: () => (timer ? stop() : start()) });
  const words = h("output", { class: "period" });
  const range = h("div", { class: "range" });
  const reset = h("button", { type: "button", class: "quiet-button", onclick: () => {
    stop();
    store.set({ since: null, until: null });
  } }, "All dates");
  let timer = null;

  function move(key) {
    if (+since.value > +until.value) (key === "since" ? until : since).value = key === "since" ? since.value : until.value;
    const from = +since.value, to = +until.value;
    store.set({ since: from === first ? null : from, until: to === last ? null : to });
  }

  /* From the first day on, more and more; where a window is chosen, it is the window that moves. */
  function start() {
    const from = +since.value, to = +until.value, whole = from === first;
    const size = to - from, begun = performance.now(), room = whole ? last - first : last - first - size;
    const restart = whole || to >= last;
    const origin = whole ? first : restart ? first : from;
    const step = () => {
      const share = Math.min(1, (performance.now() - begun) / (SECONDS * 1000));
      const at = Math.round(origin + share * (whole ? room : last - size - origin));
      if (whole) store.set({ since: null, until: at >= last ? null : at });
      else store.set({ since: at, until: at + size });
      if (share >= 1) stop();
    };
    timer = setInterval(step, 120);
    label();
    step();
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    label();
  }

  function label() {
    play.textContent = timer ? "❚❚" : "▶";
    play.setAttribute("aria-label", timer ? "Pause" : "Play events over time");
  }

  const bars = drawBars(histogram(data, data.period));
  bars.querySelectorAll("i").forEach((bar) => { bar.style.height = `${bar.dataset.share * 100}%`; });
  strip.replaceChildren(play, h("div", { class: "track" }, bars, range, since, until),
    h("div", { class: "when" }, words, reset));
  label();
  return { stop, sync(state, graph) {
    const from = state.since ?? first, to = state.until ?? last;
    since.value = from;
    until.value = to;
    since.setAttribute("aria-valuetext", dayText(from));
    until.setAttribute("aria-valuetext", dayText(to));
    const share = (day) => (day - first) / (last - first) * 100;
    range.style.left = `${share(from)}%`;
    range.style.right = `${100 - share(to)}%`;
    const chosen = state.since !== null || state.until !== null;
    const left = chosen && data.undated ? ` · ${data.undated} undated left out` : "";
    words.textContent = `${dayText(from)} – ${dayText(to)} · ${graph.events.length.toLocaleString("en")} of ${plural(data.events.length, "event")}${left}`;
    reset.hidden = !chosen;
  } };
}
