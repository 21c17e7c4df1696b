#!/usr/bin/python3
"""Windows, change and decay against what is worked out by hand, and against naive twins.

usage: timeline.py CASUS SOURCE_ROOT
"""
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import date
from math import sqrt
from pathlib import Path

from tally import Command, Tally

CASUS, ROOT = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
HAND = ROOT / "graphs/shifting-by-hand"
tally = Tally()
check, run = tally.equal, Command(tally, CASUS, ROOT)


def timeline(*words):
    return run.answer("timeline", *words)


# --- the dossier by hand: everything that changes, and nothing else ------------------------------

CHANGES = [  # graphs/shifting-by-hand/README.md says why
    ("entry", ["gorse"], "2032-01-01", ["b7"]),
    ("exit", ["hazel"], "2032-01-01", ["a6"]),
    ("tie-begins", ["alder", "cedar"], "2032-01-01", ["b3", "b4"]),
    ("tie-begins", ["fir", "gorse"], "2032-01-01", ["b7"]),
    ("tie-ends", ["alder", "cedar"], "2032-01-01", ["a3"]),
    ("tie-ends", ["elm", "hazel"], "2032-01-01", ["a6"]),
    ("defection", ["alder", "cedar"], "2032-01-01", ["b3", "b4"]),
    ("split", ["alder", "birch", "cedar", "dogwood"], "2032-01-01", ["b3", "b4"]),
    ("tie-begins", ["birch", "elm"], "2033-01-01", ["c5"]),
    ("tie-ends", ["birch", "elm"], "2033-01-01", ["b6"]),
    ("alliance", ["birch", "elm"], "2033-01-01", ["c5"]),
    ("merger", ["alder", "birch", "elm", "fir"], "2033-01-01", ["c5"]),
]


def by_hand():
    found = timeline(HAND, "--window", "year")
    got = [(c["kind"], c["actors"], c["at"], c["events"]) for c in found["changes"]]
    check("changes by hand", got, CHANGES)
    parts = [c["parts"] for c in found["changes"] if "parts" in c]
    check("parts by hand", parts, [[["alder", "birch"], ["cedar", "dogwood"]],
                                   [["alder", "birch"], ["elm", "fir"]]])
    check("windows by hand", [(w["from"], w["to"], w["graph"]) for w in found["windows"]],
          [("2031-01-01", "2031-12-31", {"actors": 7, "ties": 6, "events": 6}),
           ("2032-01-01", "2032-12-31", {"actors": 7, "ties": 7, "events": 7}),
           ("2033-01-01", "2033-12-31", {"actors": 7, "ties": 6, "events": 6})])
    # 2032: six arcs of dyads each way but for the training and the shelling; a-c is raided back
    window = found["windows"][1]
    check("density by hand", window["density"], 8 / 42)
    check("reciprocity by hand", window["reciprocity"], 4 / 8)
    check("degree by hand", window["degree"], 2 * 6 / 7)
    check("half a year finds no more", timeline(HAND, "--window", "2q")["spread"]["count"], 0)
    balance = run.answer("balance", HAND, "--window", "year")
    check("balance has no actors", ["actors" in w for w in balance["windows"]], [False] * 3)
    check("balance tells of turns and blocs", [c["kind"] for c in balance["changes"]],
          ["defection", "split", "alliance", "merger"])


# --- a window that holds all is the report -------------------------------------------------------

def whole(folder):
    luck = random.Random(3)
    drawn = [event(i, f"20{luck.randint(10, 30)}-0{luck.randint(1, 9)}",
                   luck.choice(("clash", "ambush", "training", "weapons", "blame")),
                   *luck.sample("abcdef", 2)) for i in range(40)]
    for name in (HAND, write(folder, "drawn.json", dossier(drawn, "abcdefgh"))):
        report = run.answer("report", name)
        found = timeline(name, "--window", "100y")
        check(f"{name}: one window", len(found["windows"]), 1)
        check(f"{name}: nothing spread", (found["spread"]["count"], found["undated"]), (0, 0))
        check(f"{name}: its graph", found["windows"][0]["graph"], report["graph"])
        check(f"{name}: its actors", found["windows"][0]["actors"], report["actors"])
        balance = run.answer("balance", name)
        for key in ("triads", "balanced_fraction", "walk_balance"):
            check(f"{name}: {key}", found["windows"][0][key], balance[key])


def newest(folder):
    """However long the names, the row of blocks goes to the last window."""
    names = [f"The {w} of a long and winding name" for w in ("Army", "Front", "Guard")]
    drawn = [event(i, f"2020-01-{i + 1:02}", "clash", "a", "b") for i in range(28)]
    path = write(folder, "long.json", {"casus": 1, "events": drawn, "actors": [
        {"id": x, "name": name} for x, name in zip("abc", names)]})
    rows = [line for line in run("timeline", path, "--window", "1d").splitlines()
            if line.startswith("  The ") and "2020-01-01" in line]
    check("rows of blocks", [(row.split()[-1], len(row) <= 80) for row in rows],
          [("█" * 24, True)] * 2)


# --- each window is the report of its events -----------------------------------------------------

def each(folder):
    """Windows that hold the same events as the one before are not measured again, and those that
    hold as many others are."""
    days = ["2020-01-10", "2020-01-20", "2020-04-05", "2020-05-05", "2020-06-05", "2020-06-06"]
    drawn = [event(i, when, kind, a, b) for i, (when, kind, (a, b)) in enumerate(zip(
        days, ("clash", "training", "ambush", "ambush", "weapons", "clash"),
        ("ab", "bc", "ab", "ca", "cd", "ad")))]
    path = write(folder, "each.json", dossier(drawn, "abcd"))
    for words in (["month", "--expanding"], ["2m", "--step", "month"], ["month"]):
        for window in timeline(path, "--window", *words)["windows"]:
            inside = [e for e in drawn if window["from"] <= e["date"] <= window["to"]]
            name = f"{' '.join(words)}, {window['from']} to {window['to']}"
            check(f"{name}: events", window["graph"]["events"], len(inside))
            if not inside:
                check(f"{name}: nobody", window["actors"], [])
                continue
            there = sorted({x for e in inside for x in e["from"] + e["to"]})
            alone = write(folder, "alone.json", dossier(inside, there))
            check(f"{name}: actors", window["actors"], run.answer("report", alone)["actors"])
            balance = run.answer("balance", alone)
            check(f"{name}: balance", [window[key] for key in ("triads", "walk_balance")],
                  [balance[key] for key in ("triads", "walk_balance")])


# --- membership, against a count of dates --------------------------------------------------------

def write(folder, name, dossier):
    path = Path(folder) / name
    path.write_text(json.dumps(dossier))
    return path


def event(number, when, kind="clash", a="a", b="b"):
    return {"id": f"e{number}", "type": kind, "date": when, "from": [a], "to": [b]}


def dossier(events, actors="abcdef"):
    return {"casus": 1, "actors": [{"id": x} for x in actors], "events": events}


def members(folder):
    events = [event(1, "2020-01-31"), event(2, "2020-02"), event(3, "2020"),
              event(4, {"from": "2020-01-30", "to": "2020-02-02"}),
              event(5, {"from": "2020-02-03", "to": "2020-03-31"}),
              event(6, {"from": "2020-02", "to": None}, "training"),
              event(7, {"from": "2020-02", "to": None}),
              event(8, "2020-04-01"), event(9, "2020-02-29"), event(10, {"from": "2020-03"})]
    undated = {"id": "e11", "type": "clash", "from": ["a"], "to": ["b"]}
    path = write(folder, "members.json", dossier(events + [undated]))
    months = timeline(path, "--window", "month")
    check("months", [w["graph"]["events"] for w in months["windows"]][:4], [1, 3, 1, 2])
    check("spread", months["spread"],
          {"events": ["e3", "e4", "e5", "e7", "e10"], "count": 5})
    check("undated", months["undated"], 1)
    sliding = timeline(path, "--window", "2m", "--step", "month")
    check("sliding", [(w["from"], w["to"], w["graph"]["events"]) for w in sliding["windows"]][:3],
          [("2020-01-01", "2020-02-29", 5), ("2020-02-01", "2020-03-31", 4),
           ("2020-03-01", "2020-04-30", 2)])
    growing = timeline(path, "--window", "quarter", "--expanding")
    check("expanding", [(w["from"], w["to"], w["graph"]["events"]) for w in growing["windows"]][:2],
          [("2020-01-01", "2020-03-31", 6), ("2020-01-01", "2020-06-30", 7)])
    days = timeline(path, "--window", "30d", "--since", "2020-01-31", "--until", "2020-03-30")
    check("days begin with --since", [(w["from"], w["to"]) for w in days["windows"]],
          [("2020-01-31", "2020-02-29"), ("2020-03-01", "2020-03-30")])
    weeks = timeline(path, "--window", "week", "--since", "2020-01-29", "--until", "2020-02-04")
    check("weeks begin on Mondays", [date.fromisoformat(w["from"]).weekday()
                                     for w in weeks["windows"]], [0, 0])
    for wrong in ("0d", "x", "90", "1h", "", "-1d", "100000d"):
        run("timeline", path, "--window", wrong, code=2)
    run("timeline", path, "--window", "month", "--step", "7d", code=2)
    run("timeline", write(folder, "never.json", dossier([{**undated, "type": "clash"}])), code=1)


def of_data():
    """Yearly counts of events of UCDP GED, where the data lie beside the checkout; the same code
    is tested above on a dossier."""
    path = ROOT.parent / "shared/data/ucdp/ged-myanmar.csv"
    if not path.exists():
        return
    with open(path, newline="", encoding="utf-8") as rows:
        rows = list(csv.DictReader(rows))
    inside = Counter(r["date_start"][:4] for r in rows
                     if r["date_start"][:4] == r["date_end"][:4])
    said = subprocess.run([CASUS, "timeline", path], capture_output=True, text=True).stderr
    check("what was read is told", said, f"casus: {path} (ucdp-ged, {len(rows)} rows, "
                                         f"{len(rows)} events)\n")
    found = timeline(path, "--window", "year")
    got = {w["from"][:4]: w["graph"]["events"] for w in found["windows"] if w["graph"]["events"]}
    check("GED by year", got, dict(inside))
    check("GED spread", found["spread"]["count"], len(rows) - sum(inside.values()))


# --- change points, against a naive twin ---------------------------------------------------------

def best_cut(series):
    n, best = len(series), (-1, 0)
    for k in range(2, n - 1):
        left, right = series[:k], series[k:]
        size = abs(sum(left) / k - sum(right) / (n - k)) * sqrt(k * (n - k) / n)
        if size > best[0] * (1 + 1e-12):
            best = size, k
    return best


def monthly(counts):
    events = []
    for month, count in enumerate(counts):
        events += [event(len(events) + i, f"{2000 + month // 12}-{month % 12 + 1:02}-15")
                   for i in range(count)]
    return dossier(events)


def shifts(folder):
    luck = random.Random(5)
    for round in range(4):
        counts = [luck.randint(1, 6) for _ in range(9)] + [luck.randint(1, 6) + 3 * (round % 2)
                                                            for _ in range(5 + round)]
        path = write(folder, "monthly.json", monthly(counts))
        found = timeline(path, "--window", "month", "--permutations", "1999", "--seed", round + 1)
        tests = [t for t in found["change_points"]["tests"] if t["series"] == "activity"]
        size, at = best_cut(counts)
        at_month = f"{2000 + at // 12}-{at % 12 + 1:02}-01"
        check("where a series is cut", tests[0]["at"], at_month)
        check("means", [round_to(tests[0]["before"]), round_to(tests[0]["after"])],
              [round_to(sum(counts[:at]) / at), round_to(sum(counts[at:]) / (len(counts) - at))])
        as_good, tries = 0, 3000
        for _ in range(tries):
            series = counts[:]
            luck.shuffle(series)
            as_good += best_cut(series)[0] >= size * (1 - 1e-9)
        p, wanted = tests[0]["p"], (1 + as_good) / (1 + tries)
        spread = 5 * sqrt(max(wanted * (1 - wanted), 1e-4) * (1 / 1999 + 1 / tries))
        check(f"p {p} near {wanted}", abs(p - wanted) <= spread, True)
        check("Holm", holm([t["p"] for t in found["change_points"]["tests"]]),
              [round_to(t["p_corrected"]) for t in found["change_points"]["tests"]])
        check("permutations and seed", (found["change_points"]["permutations"],
                                        found["change_points"]["seed"]), (1999, round + 1))
    path = write(folder, "monthly.json", monthly([2] * 12 + [9] * 12))
    tests = timeline(path, "--window", "month")["change_points"]["tests"]
    check("a step is found", [(t["at"], t["p"]) for t in tests if t["p_corrected"] <= 0.05],
          [("2001-01-01", 0.001)])
    path = write(folder, "monthly.json", monthly([3] * 24))
    tests = timeline(path, "--window", "month")["change_points"]["tests"]
    check("evenness has no step", [t["p"] for t in tests if t["series"] == "activity"], [1])
    check("overlap is not tested",
          timeline(path, "--window", "2m", "--step", "month")["change_points"]["tests"], [])


def round_to(number):
    return float(f"{number:.12g}")


def holm(ps):
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    out, least = [0] * len(ps), 0
    for place, i in enumerate(order):
        least = max(least, min(1, ps[i] * (len(ps) - place)))
        out[i] = round_to(least)
    return out


# --- weights that halve --------------------------------------------------------------------------

def decay(folder):
    events = [event(1, "2020-01-01"), event(2, "2020-03-31"), event(3, "2020-06-29"),
              event(4, "2020-05", a="c", b="d"),
              event(5, {"from": "2019", "to": None}, "training", "e", "f"),
              {"id": "e6", "type": "ambush", "from": ["a"], "to": ["c"]}]
    path = write(folder, "decay.json", dossier(events))
    for at, words in ((date(2020, 6, 29), []), (date(2020, 9, 27), ["--at", "2020-09-27"])):
        rows = csv.DictReader(run("export", path, "--to", "csv", "--half-life", "90d",
                                  *words).splitlines())
        got = {(r["Source"], r["Target"]): float(r["Weight"]) for r in rows}
        age = lambda y, m, d: 2 ** (-(at - date(y, m, d)).days / 90)
        wanted = {("a", "b"): age(2020, 1, 1) + age(2020, 3, 31) + age(2020, 6, 29),
                  ("c", "d"): age(2020, 5, 31), ("e", "f"): 1}
        if not words:  # until the last day: the undated one stays, and weighs nothing
            wanted["a", "c"] = 0
        check(f"weights at {at}", {k: round(v, 9) for k, v in got.items()},
              {k: round(v, 9) for k, v in wanted.items()})
    scoring = run.answer("report", path, "--half-life", "2w")["scoring"]
    check("decay is told", (scoring["half_life_days"], scoring["at"]), (14, "2020-06-29"))
    run("report", path, "--half-life", "soon", code=2)
    run("report", path, "--at", "2020-01-01", code=2)
    run("report", path, "--half-life", "1y", "--at", "2020-01-32", code=2)


def ranks_of(report):
    return {(a["id"], m): rank for a in report["actors"] for m, rank in a["ranks"].items()}


def decayed_worlds(folder):
    """Events that nobody grades are in every world, so that each ranks as the report does; and a
    world without a source ranks as the report of a dossier without its events."""
    old = [event(i, f"2018-01-0{i}", "ambush") for i in (1, 2, 3)]
    old.append(event(6, "2018-02-01", "ambush", "c", "a"))
    new = [event(4, "2020-01-01", "ambush", "c", "d"), event(5, "2019-12-01", "ambush", "b", "d")]
    new[0]["claims"] = [{"by": "d", "stance": "report", "source": "t"}]
    sources = {"sources": [{"id": "t"}]}
    path = write(folder, "worlds.json", {**dossier(old + new, "abcd"), **sources})
    fewer = write(folder, "fewer.json", {**dossier(old + new[1:], "abcd"), **sources})
    words = ["--half-life", "90d", "--at", "2020-01-01"]
    plain, aged = (ranks_of(run.answer("report", path, *w)) for w in ([], words))
    check("age moves ranks", [plain["d", "in_strength"], aged["d", "in_strength"]], [2, 1])
    found = run.answer("report", path, *words, "--uncertain", "7")["uncertainty"]
    got = {(a["id"], m): (r["low"], r["median"], r["high"]) for a in found["actors"]
           for m, r in a["measures"].items() if aged[a["id"], m]}
    check("worlds that age", got, {key: (rank,) * 3 for key, rank in aged.items() if rank})
    left = ranks_of(run.answer("report", fewer, *words))
    without = run.answer("report", path, *words, "--without-each-source")["without"]["sources"]
    moved = [(r["id"], r["measure"], r["before"], r["after"]) for one in without
             if one["id"] == "t" for r in one["ranks"]]
    check("a source less, aged", moved, [(i, m, aged[i, m], left[i, m]) for i, m, _, _ in moved])
    check("it moves strengths", ("c", "out_strength", 1, 3) in moved, True)


def main():
    with tempfile.TemporaryDirectory() as folder:
        by_hand()
        whole(folder)
        newest(folder)
        each(folder)
        members(folder)
        of_data()
        shifts(folder)
        decay(folder)
        decayed_worlds(folder)
    for words in (("--window", "year"), ("--window", "quarter", "--expanding")):
        check("the same bytes twice", run("timeline", HAND, *words, "--format", "json"),
              run("timeline", HAND, *words, "--format", "json"))
    return tally.finish()


sys.exit(main())
