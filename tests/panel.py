#!/usr/bin/python3
"""Panels against a naive count of the dossier that they are of.

usage: panel.py CASUS SOURCE_ROOT
"""
import csv
import json
import random
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

from tally import Command, Tally

CASUS, ROOT = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
tally = Tally()
check, run = tally.equal, Command(tally, CASUS, ROOT)


def rows(*words):
    return list(csv.DictReader(run("export", *words).splitlines()))


RELATION = {"ambush": "attack", "battle": "attack", "training": "support", "blame": "claim"}


def draw(seed):
    luck = random.Random(seed)
    events = []
    for i in range(120):
        kind = luck.choice(list(RELATION))
        a, b = luck.sample(["ucdp:1", "ucdp:2", "c", "d"], 2)
        event = {"id": f"e{i}", "type": kind, "from": [a], "to": [b],
                 "date": f"2020-{luck.randint(1, 9):02}-{luck.randint(1, 28):02}"}
        if luck.random() < 0.5:
            low, high = sorted((luck.randint(0, 9), luck.randint(0, 9)))
            event["losses"] = [{"actor": b, "killed": {"low": low, "high": high}}
                               if luck.random() < 0.5 else {"actor": b, "killed": high}]
        events.append(event)
    actors = [{"id": "ucdp:1", "x-gwno": 775}, {"id": "ucdp:2"}, {"id": "c", "x-ucdp": "77"},
              {"id": "d"}]
    return {"casus": 1, "actors": actors, "events": events}


def naive(dossier):
    """{(month, a, b): counts}, {(month, a, b): [killed low, best, high]}"""
    counts, losses = defaultdict(Counter), defaultdict(list)
    for event in dossier["events"]:
        (x,), (y,) = event["from"], event["to"]
        a, b = sorted((x, y))
        key = event["date"][:7], a, b
        relation = RELATION[event["type"]]
        way = "undirected" if event["type"] == "battle" else "ab" if x == a else "ba"
        counts[key][relation] += 1
        counts[key][f"{relation}_{way}"] += 1
        if relation != "claim":
            for loss in event.get("losses", []):
                losses[key].append(loss["killed"])
    return counts, losses


def figures(killed):
    """low, best, high of a sum: what is not known of one is not known of all."""
    if not killed:
        return ["", "", ""]
    best = [k if isinstance(k, int) else None for k in killed]
    return [str(sum(k if isinstance(k, int) else k["low"] for k in killed)),
            "" if None in best else str(sum(best)),
            str(sum(k if isinstance(k, int) else k["high"] for k in killed))]


def dyads(path, dossier):
    counts, losses = naive(dossier)
    found = {(r["from"][:7], r["a"], r["b"]): r for r in rows(path, "--to", "panel")}
    check("rows", sorted(found), sorted(counts))
    for key, row in found.items():
        got = {name: int(row[name]) for name in row
               if name.split("_")[0] in ("attack", "support", "claim") and row[name] != "0"}
        check(f"counts of {key}", got, dict(counts[key]))
        check(f"killed of {key}", [row[f"killed_{x}"] for x in ("low", "best", "high")],
              figures(losses[key]))
        number = {"ucdp:1": ("1", "775"), "ucdp:2": ("2", ""), "c": ("77", ""), "d": ("", "")}
        check(f"numbers of {key}", [(row["a_ucdp"], row["a_gwno"]), (row["b_ucdp"], row["b_gwno"])],
              [number[key[1]], number[key[2]]])
        check(f"evidence of {key}", int(row["evidence_unsourced"]),
              counts[key]["attack"] + counts[key]["support"])
    years = rows(path, "--to", "panel", "--window", "year")
    total = Counter()
    for key, count in counts.items():
        total[key[1:]] += count["attack"]
    check("years", {(r["a"], r["b"]): int(r["attack"]) for r in years}, dict(total))


def actors(path):
    found = {(r["from"], r["id"]): r for r in rows(path, "--to", "panel-actors")}
    windows = json.loads(run("timeline", path, "--window", "month", "--format", "json",
                             "--quiet"))["windows"]
    wanted = {(w["from"], a["id"]): a for w in windows for a in w["actors"]}
    check("actors and months", sorted(found), sorted(wanted))
    for key, actor in wanted.items():
        got = {m: float(found[key][m]) if found[key][m] else None for m in actor["scores"]}
        check(f"scores of {key}", got, actor["scores"])
        check(f"events of {key}", int(found[key]["events"]), actor["counts"]["events"])


def main():
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(3):
            path = Path(folder) / "drawn.json"
            dossier = draw(seed)
            path.write_text(json.dumps(dossier))
            dyads(path, dossier)
            actors(path)
    return tally.finish()


sys.exit(main())
