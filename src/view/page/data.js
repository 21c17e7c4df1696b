/* What casus wrote into the page, and the few indices that the rest of it asks for. */

const EVIDENCE = ["corroborated", "admitted", "one-sided", "single", "unsourced", "disputed"];

function claimantsOf(event) {
  const told = new Set(), denied = new Set();
  for (const claim of event.claims) {
    const who = claim.speaks_for;
    if (who !== null) (claim.stance === "deny" ? denied : told).add(who);
  }
  return { told, denied, anyTold: event.claims.some((claim) => claim.stance !== "deny") };
}

function addEvents(data) {
  data.events.forEach((event, index) => {
    event.index = index;
    event.voices = claimantsOf(event);
    event.ties = [];
    event.first = event.days ? event.days[0] ?? -Infinity : null;
    event.last = event.days ? event.days[1] ?? Infinity : null;
  });
}

function addTies(data) {
  data.ties.forEach((tie, index) => {
    tie.index = index;
    tie.key = [data.actors[tie.from].id, data.actors[tie.to].id, tie.relation,
      tie.undirected ? "undirected" : ""];
    data.actors[tie.from].ties.push(tie);
    data.actors[tie.to].ties.push(tie);
    for (const event of new Set(tie.events)) data.events[event].ties.push(tie);
  });
}

/* Claimants by how much they tell: actors that speak for themselves or through others. */
function claimants(data) {
  const counts = new Map();
  for (const event of data.events)
    for (const who of event.voices.told) counts.set(who, (counts.get(who) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .map(([actor, events]) => ({ actor, events }));
}

/* The days from the first to the last date that is named; an open end is no date. */
function period(data) {
  let first = Infinity, last = -Infinity;
  for (const event of data.events) {
    if (!event.days) continue;
    for (const day of event.days) {
      if (day === null) continue;
      first = Math.min(first, day);
      last = Math.max(last, day);
    }
  }
  return first <= last ? { first, last } : null;
}

function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

export function readData() {
  const data = JSON.parse(document.getElementById("data").textContent);
  data.actors.forEach((actor, index) => {
    Object.assign(actor, { index, ties: [], aliases: actor.aliases ?? [], drawn: "x" in actor });
  });
  addEvents(data);
  addTies(data);
  const drawn = data.actors.filter((actor) => actor.drawn);
  data.drawn = drawn;
  data.byId = new Map(data.actors.map((actor) => [actor.id, actor]));
  data.claimants = claimants(data);
  data.period = period(data);
  data.undated = data.events.filter((event) => !event.days).length;
  data.kinds = counted(drawn.map((actor) => actor.kind));
  data.sides = new Map([...counted(drawn.map((actor) => sideOf(data, actor) ?? ""))]
    .sort((a, b) => (a[0] === "") - (b[0] === "") || b[1] - a[1]));
  const relations = counted(data.ties.map((tie) => tie.relation));
  data.relations = new Map(["attack", "support", "claim"].filter((word) => relations.has(word))
    .map((word) => [word, relations.get(word)]));
  const evidence = counted(data.events.map((event) => event.evidence));
  data.evidence = new Map(EVIDENCE.filter((word) => evidence.has(word))
    .map((word) => [word, evidence.get(word)]));
  return data;
}

/* An actor's own side, else the nearest parent's. */
export function sideOf(data, actor) {
  for (let steps = 0, at = actor; at && steps < 100; at = data.actors[at.parent], steps++)
    if (at.side) return at.side;
  return null;
}

export function tieOf(data, key) {
  return data.ties.find((tie) => tie.key.every((part, i) => part === key[i]));
}
