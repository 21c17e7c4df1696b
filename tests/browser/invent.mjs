/* Invented dossiers of any size: the same seed, the same dossier. */

/* Mulberry32: small, and good enough to scatter ties. */
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const KINDS = ["state", "army", "militia", "armed-group", "unit", "coalition", "backer", "base",
  "person", "outlet", "monitor", "civilians", "other"];
const FIRST = ["Northern", "Eastern", "Free", "People’s", "Royal", "National", "Old", "United"];
const LAST = ["Front", "Army", "Brigade", "Guard", "Union", "Council", "Column", "Party"];
const TYPES = { attack: ["ambush", "raid", "shelling"], support: ["training", "weapons", "funding"] };

export function invent({ actors, ties, claims = true, seed = 1 }) {
  const next = random(seed), pick = (list) => list[Math.floor(next() * list.length)];
  const dossier = { casus: 1, title: `An invented case of ${actors} actors`,
    sources: [{ id: "paper", name: "The Paper", reliability: "B", url: "https://paper.example/1" }],
    actors: Array.from({ length: actors }, (_, i) => ({ id: `a${i}`, name: `${pick(FIRST)} ${pick(LAST)} ${i}`,
      kind: pick(KINDS), ...(next() < 0.6 ? { side: pick(["north", "south", "east"]) } : {}) })), events: [] };
  const seen = new Set();
  while (seen.size < ties) {
    const from = Math.floor(actors * next() ** 1.8), to = Math.floor(actors * next() ** 1.3);
    const relation = pick(["attack", "attack", "support"]), key = `${from},${to},${relation}`;
    if (from === to || seen.has(key)) continue;
    seen.add(key);
    for (let i = 0; i <= Math.floor(next() ** 3 * 3); i++) {
      const day = new Date(Date.UTC(2012, 0, 1 + Math.floor(next() * 3200))).toISOString().slice(0, 10);
      dossier.events.push({ id: `e${dossier.events.length}`, type: pick(TYPES[relation]), date: day,
        from: [`a${from}`], to: [`a${to}`],
        ...(claims ? { claims: [{ by: `a${from}`, stance: "report", source: "paper",
          losses: [{ actor: `a${to}`, killed: Math.floor(next() * 30) }] }] } : {}) });
    }
  }
  return dossier;
}
