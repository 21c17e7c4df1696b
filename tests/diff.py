#!/usr/bin/python3
"""What `casus diff` finds between a dossier and one that was altered by hand; ranks against two reports.

usage: diff.py CASUS SOURCE_ROOT
"""
import copy
import json
import sys
import tempfile
from pathlib import Path

from tally import Command, Tally

CASUS, ROOT = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
HAND = ROOT / "graphs/shifting-by-hand/dossier.json"
tally = Tally()
check, run = tally.equal, Command(tally, CASUS, ROOT)


def diff(*words):
    return run.answer("diff", *words)


def ids(items):
    return [item["id"] for item in items]


def write(folder, name, dossier):
    path = Path(folder) / name
    path.write_text(json.dumps(dossier))
    return path


def nothing(found):
    return {part: sum(map(len, found[part].values()))
            for part in ("events", "actors", "ties", "ranks")}


def altered():
    new = json.loads(HAND.read_text())
    events = {e["id"]: e for e in new["events"]}
    events["a2"]["date"] = "2031-05-11"
    events["b7"]["to"] = ["elm"]
    events["c4"]["note"] = "confirmed"
    events["b3"]["losses"] = [{"actor": "cedar", "killed": 4}]
    new["events"] = [e for e in new["events"] if e["id"] != "a6"]
    new["events"].append({"id": "d1", "type": "raid", "date": "2033-12-01", "from": ["iris"],
                          "to": ["fir"]})
    new["actors"].append({"id": "iris", "kind": "militia"})
    for actor in new["actors"]:
        if actor["id"] == "elm":
            actor["aliases"] = ["The Guard"]
            actor["kind"] = "army"
    return new


def by_hand(folder):
    path = write(folder, "new.json", altered())
    found = diff(HAND, path)
    check("events", {move: ids(found["events"][move]) for move in ("added", "removed")},
          {"added": ["d1"], "removed": ["a6"]})
    check("events changed", {e["id"]: e["what"] for e in found["events"]["changed"]},
          {"a2": ["date"], "b3": ["losses"], "b7": ["to"], "c4": ["note"]})
    check("actors", {move: ids(found["actors"][move]) for move in ("added", "removed")},
          {"added": ["iris"], "removed": []})
    check("actors changed", {a["id"]: a["what"] for a in found["actors"]["changed"]},
          {"elm": ["kind", "aliases"]})
    check("nobody became another", (found["actors"]["merged"], found["actors"]["split"]), ([], []))
    ties = lambda move: [(t["from"], t["to"], t["relation"], t["events"])
                         for t in found["ties"][move]]
    check("ties added", ties("added"),
          [("gorse", "elm", "attack", {"added": ["b7"], "removed": [], "changed": []}),
           ("iris", "fir", "attack", {"added": ["d1"], "removed": [], "changed": []})])
    check("ties removed", ties("removed"),
          [("hazel", "elm", "attack", {"added": [], "removed": ["a6"], "changed": []})])
    check("ties changed", ties("changed"),
          [("gorse", "fir", "attack", {"added": [], "removed": ["b7"], "changed": []})])
    back = diff(path, HAND)
    check("backwards", [ids(back["events"][m]) for m in ("added", "removed", "changed")],
          [["a6"], ["d1"], ["a2", "b3", "b7", "c4"]])
    ranks(found, HAND, path)
    moved = {r["actor"]: r["events"] for r in found["ranks"]["changed"]}
    check("events behind ranks", {a: e for a, e in moved.items() if a in ("elm", "fir", "hazel")
                                  and e}, {a: e for a, e in
                                           {"elm": ["a6", "b7"], "fir": ["b7", "d1"],
                                            "hazel": ["a6"]}.items() if a in moved})


def ranks(found, old, new):
    """All ranks that differ between two reports, and no other."""
    reports = [json.loads(run("report", path, "--format", "json")) for path in (old, new)]
    sides = [{(a["id"], m): rank for a in report["actors"] for m, rank in a["ranks"].items()
              if rank} for report in reports]
    wanted = {key: (sides[0].get(key), sides[1].get(key)) for key in sides[0] | sides[1]
              if sides[0].get(key) != sides[1].get(key)}
    got = {(r["actor"], r["measure"]): (r["before"], r["after"])
           for move in ("added", "removed", "changed") for r in found["ranks"][move]}
    check("ranks", got, wanted)
    check("ranks added", all(r["before"] is None for r in found["ranks"]["added"]), True)
    check("ranks removed", all(r["after"] is None for r in found["ranks"]["removed"]), True)


def names(folder):
    """A person reads names, whichever input has them."""
    old, new = altered(), altered()
    for actor in old["actors"]:
        actor.setdefault("name", actor["id"].upper())
    new["events"] = [e for e in new["events"] if e["id"] != "d1"]
    new["actors"] = [a for a in new["actors"] if a["id"] != "iris"]
    page = run("diff", write(folder, "named.json", old), write(folder, "unnamed.json", new))
    fir = next(a for a in old["actors"] if a["id"] == "fir")["name"]
    check("a tie that went, by names", f"IRIS → {fir}" in page, True)


def same(folder):
    check("nothing moved", set(nothing(diff(HAND, HAND)).values()), {0})
    turned = json.loads(HAND.read_text())
    turned["events"].reverse()
    turned["actors"].reverse()
    path = write(folder, "turned.json", turned)
    check("the order of rows is no change", set(nothing(diff(HAND, path)).values()), {0})
    badia = ROOT / "graphs/badia-2019"
    check("claims alike", set(nothing(diff(badia, badia)).values()), {0})
    dossier = json.loads((badia / "dossier.json").read_text())
    for event in dossier["events"]:
        if event.get("claims"):
            event["claims"][0]["credibility"] = 1 + event["claims"][0].get("credibility", 0) % 6
            changed = event["id"]
            break
    found = diff(badia, write(folder, "claims.json", dossier))
    check("a claim changed", found["events"]["changed"], [{"id": changed, "what": ["claims"]}])


def unions(folder):
    old = json.loads(HAND.read_text())
    new = copy.deepcopy(old)
    for event in new["events"]:
        for party in ("from", "to"):
            event[party] = ["birch" if x == "alder" else x for x in event[party]]
        if event["id"] in ("b7", "a4"):  # the two Firs are told apart
            event["to"] = ["fir-south"]
    new["events"] = [e for e in new["events"] if e["from"] != e["to"]]
    new["actors"] = [a for a in new["actors"] if a["id"] != "alder"]
    new["actors"].append({"id": "fir-south", "kind": "militia"})
    found = diff(HAND, write(folder, "unions.json", new))
    check("merged", found["actors"]["merged"],
          [{"to": "birch", "from": ["alder", "birch"], "events": ["a3", "b3", "b4", "c3"]}])
    check("split", found["actors"]["split"],
          [{"from": "fir", "to": ["fir", "fir-south"], "events": ["a4", "b7"]}])
    registry = Path(folder) / "registry.csv"
    registry.write_text("alias,actor,kind,parent,side,from,until,judgement,source\n"
                        "alder,birch,,,,,,yes,by hand\n")
    found = diff(HAND, HAND, "--new-actors", registry)
    check("merged by a registry", [(u["to"], u["from"]) for u in found["actors"]["merged"]],
          [("birch", ["alder", "birch"])])


def main():
    with tempfile.TemporaryDirectory() as folder:
        by_hand(folder)
        names(folder)
        same(folder)
        unions(folder)
        run("diff", HAND, code=2)
        run("diff", HAND, HAND, HAND, code=2)
        run("diff", HAND, Path(folder) / "none.json", code=4)
        for layout in ("text", "markdown", "html", "csv"):
            check(f"{layout} names the event", "d1" in run("diff", HAND, Path(folder) / "new.json",
                                                             "--format", layout), True)
    return tally.finish()


sys.exit(main())
