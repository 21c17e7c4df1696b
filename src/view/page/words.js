/* Numbers and relations in words. */
import { RELATIONS } from "./theme.js";

export const plural = (count, word) =>
  `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

/* [low, best, high] as a reader would say it; nothing is rounded. */
export function figureText([low, best, high]) {
  const n = (value) => value.toLocaleString("en");
  if (low !== null && high !== null && low !== high)
    return `${n(low)}–${n(high)}${best !== null ? ` (best ${n(best)})` : ""}`;
  if (best !== null) return low !== null && low !== best && high === null ? `≥${n(low)} (best ${n(best)})` : n(best);
  if (low !== null && low === high) return n(low);
  if (low !== null) return `≥${n(low)}`;
  if (high !== null) return `≤${n(high)}`;
  return "?";
}

export const lossText = (loss) => (loss.some ? "some" : figureText(loss.figure));

/* "A attacks B", "A and B fight" */
export function tieWords(data, tie) {
  const from = data.actors[tie.from].name, to = data.actors[tie.to].name;
  if (!tie.undirected) return [from, ` ${RELATIONS[tie.relation].verb} `, to, ""];
  const mutual = { attack: " fight", support: " support each other", claim: " speak of each other" };
  return [from, " and ", to, mutual[tie.relation]];
}

export const EVIDENCE = {
  "disputed": "Somebody denies it, or two claim responsibility alone.",
  "corroborated": "Told by claimants of opposed sides, or by an independent observer and anyone else.",
  "admitted": "Told only by the side that suffers by it, or is accused.",
  "one-sided": "Several claimants, none opposed and none independent.",
  "single": "One claimant.",
  "unsourced": "No claimant: the data set's own word.",
};

/* Four significant digits are enough to read; the report has all of them. */
export function scoreText(score) {
  if (Number.isInteger(score)) return score.toLocaleString("en");
  return String(Number(score.toPrecision(4)));
}

/* "2015 –" is since 2015, "– 2019" until 2019. */
export function dateText(date) {
  if (!date) return "undated";
  if (date.startsWith("– ")) return `until ${date.slice(2)}`;
  return date.endsWith(" –") ? `since ${date.slice(0, -2)}` : date;
}

/* The dates of a tie's events that pass: "2019-04-05 – 2019-04-20". */
export function span(events) {
  const dated = events.filter((event) => event.date);
  if (!dated.length) return "undated";
  const first = dated.reduce((a, b) => (b.first < a.first ? b : a));
  const last = dated.reduce((a, b) => (b.last > a.last ? b : a));
  const begin = first.date.split(" – ")[0], end = last.date.split(" – ").pop();
  if (begin === end) return dateText(begin);
  return dateText(`${begin.startsWith("– ") ? "" : begin.replace(/ –$/, "")} – ${
    end.endsWith(" –") ? "" : end.replace(/^– /, "")}`.trim());
}
