/* What is left under the state's conditions: events, then ties, then actors. No elements here.
 *
 * An event passes by its evidence, its claimants and its date, as casus's own --evidence,
 * --believe, --since and --until choose. A tie is shown with the number of its events that pass;
 * an actor is quiet where none of its ties is shown.
 */
import { sideOf } from "./data.js";

const allows = (list, value) => list === null || list.includes(value);

function believes(actors, voices) {
  if (!actors.size) return true;
  if ([...voices.told].some((who) => actors.has(who))) return true;
  return !voices.anyTold && ![...voices.denied].some((who) => actors.has(who));
}

function within(event, since, until) {
  if (since === null && until === null) return true;
  if (event.first === null) return false;
  return event.first <= (until ?? Infinity) && event.last >= (since ?? -Infinity);
}

function indices(data, ids) {
  return new Set(ids.map((id) => data.byId.get(id)?.index).filter((index) => index !== undefined));
}

function passingEvents(data, state) {
  const told = indices(data, state.claimant), believed = indices(data, state.believe);
  return data.events.map((event) =>
    allows(state.evidence, event.evidence) &&
    (!told.size || [...told].some((who) => event.voices.told.has(who))) &&
    believes(believed, event.voices) && within(event, state.since, state.until));
}

/* The actors within `depth` shown ties of the focus. */
function around(data, ties, focus, depth) {
  const near = new Set([focus]);
  for (let step = 0; step < depth; step++) {
    const before = new Set(near);
    for (const { from, to } of ties) {
      if (before.has(from)) near.add(to);
      if (before.has(to)) near.add(from);
    }
  }
  return near;
}

/* How often a tie stands on firm ground, on one side's word alone, and on disputed. */
function tally(data, tie, passes) {
  const result = { count: 0, firm: 0, weak: 0, disputed: 0 };
  for (const index of tie.events) {
    if (!passes[index]) continue;
    const evidence = data.events[index].evidence;
    result.count++;
    if (evidence === "disputed") result.disputed++;
    else if (evidence === "one-sided" || evidence === "single") result.weak++;
    else result.firm++;
  }
  return result;
}

export function filterGraph(data, state) {
  const passes = passingEvents(data, state);
  const allowed = data.actors.map((actor) => actor.drawn && allows(state.kind, actor.kind) &&
    allows(state.side, sideOf(data, actor) ?? ""));
  const tallies = data.ties.map((tie) => tally(data, tie, passes));
  let ties = data.ties.filter((tie) => allowed[tie.from] && allowed[tie.to] &&
    allows(state.relation, tie.relation) && tallies[tie.index].count >= state.least);
  const focus = data.byId.get(state.focus);
  let near = null;
  if (focus?.drawn) {
    near = around(data, ties, focus.index, state.depth);
    ties = ties.filter((tie) => near.has(tie.from) && near.has(tie.to));
  }
  const tied = new Set(ties.flatMap((tie) => [tie.from, tie.to]));
  const actors = data.drawn.filter((actor) => allowed[actor.index] &&
    (!near || near.has(actor.index)) && (!state.tied || tied.has(actor.index)));
  return { passes, tallies, ties, actors, tied, tieSet: new Set(ties), actorSet: new Set(actors),
    events: data.events.filter((event) => passes[event.index]) };
}
