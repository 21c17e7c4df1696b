#!/usr/bin/python3
"""What a tie weighs, counted once more outside of casus.

usage: weights.py CASUS SOURCE_ROOT

--weight killed: best, else low, over all who were lost; of the UCDP sample, where it is at hand,
the column `best`. --where "killed >= 5" asks the same figure, and `wounded` and its like theirs.
--weight evidence: the probability of the best grade that affirms an event, by
STIX 2.1 or the user's table; without a grade 1 if it is corroborated or admitted, else 0. Ends with
'N passed, N failed'.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter

from tally import Tally

CASUS = os.path.abspath(sys.argv[1])
STIX = {1: 0.9, 2: 0.7, 3: 0.5, 4: 0.3, 5: 0.1}
ACTORS = [{"id": "a", "side": "x"}, {"id": "b", "side": "y"}, {"id": "m", "kind": "monitor"}]


def claim(by, stance="report", grade=None, losses=None):
    made = {"by": by, "stance": stance}
    if grade:
        made["credibility"] = grade
    if losses:
        made["losses"] = losses
    return made


def event(number, claims, source="a", target="b", losses=None):
    made = {"id": f"e{number}", "type": "raid", "from": [source], "to": [target], "claims": claims}
    if losses:
        made["losses"] = losses
    return made


# Each event with what it weighs by evidence, by hand.
EVIDENCE = [
    (event(1, [claim("a", grade=1)]), 0.9),
    (event(2, [claim("a", grade=4), claim("b", grade=2)]), 0.7),
    (event(3, [claim("a", grade=5), claim("b", "deny", 1)]), 0.1),
    (event(4, [claim("a"), claim("b")]), 1),   # corroborated: opposed sides tell it
    (event(5, [claim("a")]), 0),               # single
    (event(6, []), 0),                         # unsourced
    (event(7, [claim("a", grade=6)]), 0),      # 6 is unknown: single and ungraded
    (event(8, [claim("b", losses=[{"actor": "b", "killed": 2}])]), 1),  # admitted
    (event(9, [claim("b", "deny", 3)], "b", "a"), 0),                   # denied only: disputed
    (event(10, [claim("m", grade=3)], "b", "a"), 0.5),
]
KILLED = [
    (event(1, [], losses=[{"actor": "b", "killed": 3}]), 3),
    (event(2, [], losses=[{"actor": "b", "killed": {"low": 2, "high": 9}}]), 2),
    (event(3, [], losses=[{"actor": "a", "killed": 1}, {"actor": "b", "killed": 4}]), 5),
    (event(4, [claim("a", losses=[{"actor": "b", "killed": 7}])]), 7),
    (event(5, []), 0),
    (event(6, [], "b", "a", [{"actor": None, "killed": 6}]), 6),
    (event(7, [], "b", "a", [{"actor": "a", "wounded": 5}]), 0),
]

tally = Tally()
check = tally.holds


def ties(path, *words):
    done = subprocess.run([CASUS, "export", path, "--to", "d3", "--relation", "attack", *words],
                          capture_output=True, check=False)
    check(done.returncode == 0, f"export {words}: exit {done.returncode} {done.stderr[:200]!r}")
    links = json.loads(done.stdout or '{"links": []}')["links"]
    return {(one["source"], one["target"]): one["weight"] for one in links}


def by_hand(cases):
    sums = Counter()
    for made, weight in cases:
        sums[(made["from"][0], made["to"][0])] += weight
    return {pair: round(weight, 9) for pair, weight in sums.items()}


def write(path, cases):
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"casus": 1, "actors": ACTORS, "events": [made for made, _ in cases]}, file)
    return path


def killed(folder):
    path = write(os.path.join(folder, "killed.json"), KILLED)
    found = ties(path, "--weight", "killed")
    check(found == by_hand(KILLED), f"killed: {found} for {by_hand(KILLED)}")


CONDITIONS = [  # of KILLED: which events; where nobody tells of it, nothing holds but "not ="
    ("killed = 3", {1}), ("killed >= 5", {3, 4, 6}), ("killed > 5", {4, 6}), ("killed < 5", {1, 2}),
    ("killed <= 5", {1, 2, 3}), ("killed in (3, 7)", {1, 4}), ("killed != 3", {2, 3, 4, 5, 6, 7}),
    ("wounded >= 5", {7}), ("missing >= 0 or captured >= 0", set()), ("killed = 2.5", set()),
    ("not killed >= 0", {5, 7}), ("killed >= 5 and from = b", {6})]


def conditions(folder):
    path = write(os.path.join(folder, "killed.json"), KILLED)
    for where, expected in CONDITIONS:
        kept = os.path.join(folder, "kept.json")
        done = subprocess.run([CASUS, "convert", path, "--where", where, "-o", kept], capture_output=True, check=False)
        found = set()
        if done.returncode == 0:
            with open(kept, encoding="utf-8") as file:
                found = {int(made["id"][1:]) for made in json.load(file)["events"]}
        check(found == expected and done.returncode == (not expected), f"{where}: {found}, exit {done.returncode}")
    for bad in ("killed >= many", "killed ~ 3", "killed >= -1"):
        done = subprocess.run([CASUS, "report", path, "--where", bad], capture_output=True, check=False)
        check(done.returncode == 2 and b"CAS-161" in done.stderr, f"{bad}: exit {done.returncode}")


def evidence(folder):
    path = write(os.path.join(folder, "evidence.json"), EVIDENCE)
    for cases in (EVIDENCE, EVIDENCE[::-1]):
        write(path, cases)
        found = ties(path, "--weight", "evidence")
        check(found == by_hand(EVIDENCE), f"evidence: {found} for {by_hand(EVIDENCE)}")
    answer = json.loads(report(path, "--weight", "evidence", "--format", "json"))
    strengths = {a["id"]: a["scores"]["out_strength"] for a in answer["actors"]}
    check(abs(strengths["a"] - by_hand(EVIDENCE)["a", "b"]) < 1e-9, f"out_strength {strengths}")
    said = " ".join(report(path, "--weight", "evidence").split())
    check("4 of 10 events of attack and support have a grade" in said, "the caveat is missing")


def report(path, *words):
    return subprocess.run([CASUS, "report", path, *words], capture_output=True, text=True,
                          check=False).stdout


def a_table_replaces(folder):
    """By the user's table 4 is certain and the others have no probability: e2 alone is graded, and
    e3 and e10 are what their verdicts say, disputed and single."""
    path = write(os.path.join(folder, "evidence.json"), EVIDENCE)
    table = os.path.join(folder, "table")
    with open(table, "w", encoding="utf-8") as file:
        file.write("4 1\n")
    answer = json.loads(report(path, "--weight", "evidence", "--probabilities", table,
                               "--format", "json"))
    strengths = {a["id"]: a["scores"]["out_strength"] for a in answer["actors"]}
    # e1 single 0, e2 1, e3 disputed 0, e4 1, e8 1; b -> a: nothing
    check((strengths["a"], strengths["b"]) == (3, 0), f"with a table: {strengths}")


def killed_of_ged(path):
    expected = Counter()
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            pair = sorted((f"ucdp:{row['side_a_new_id']}", f"ucdp:{row['side_b_new_id']}"))
            if row["type_of_violence"] != "3":
                expected[tuple(pair)] += int(row["best"])
    found = {tuple(sorted(pair)): weight for pair, weight in ties(path, "--weight", "killed").items()}
    with open(path, encoding="utf-8-sig", newline="") as file:
        deadly = sum(int(row["best"]) >= 25 for row in csv.DictReader(file))
    answer = json.loads(report(path, "--where", "killed >= 25", "--format", "json"))
    check(answer["graph"]["events"] == deadly, f"{answer['graph']} of 25 killed, {deadly} in the file")
    for pair, weight in expected.items():
        check(found.get(pair) == weight, f"{pair}: {found.get(pair)} killed, {weight} in the file")


def main():
    with tempfile.TemporaryDirectory() as folder:
        killed(folder)
        conditions(folder)
        evidence(folder)
        a_table_replaces(folder)
    sample = os.path.join(sys.argv[2], "..", "shared", "data", "ucdp", "ged-myanmar.csv")
    if os.path.exists(sample):
        killed_of_ged(sample)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
