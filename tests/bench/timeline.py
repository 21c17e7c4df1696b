#!/usr/bin/python3
"""Monthly windows over 350,000 events of UCDP GED's form: a timeline costs at most two plain reads
and igraph's calls for its windows.

usage: timeline.py CASUS BENCH_WINDOWS [FILE…]   files of one's own are judged too

The table is invented, after the columns of GED, in two sizes of its world: few actors, as GED has
them, and many. Processor time of all threads, the least of several runs, in one run of this script:
(a) a process that folds the file and no more, (b) igraph's calls for the same windows
(bench/windows.c), (c) the timeline; as text, which shows a few numbers a window, and as JSON, with
every measure of every actor, by relation.
"""
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

CASUS, WINDOWS = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
ROWS, ROUNDS = 350_000, 7
COLUMNS = ["id", "year", "active_year", "code_status", "type_of_violence", "conflict_new_id",
           "conflict_name", "dyad_new_id", "dyad_name", "side_a_new_id", "side_a", "side_b_new_id",
           "side_b", "number_of_sources", "source_article", "where_prec", "where_coordinates",
           "latitude", "longitude", "country", "country_id", "region", "event_clarity",
           "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
           "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob"]


def row(luck, number, dyads):
    dyad = luck.randint(1, dyads)
    a, b = dyad % 120 + 1, 200 + dyad
    year, month, day = luck.randint(1989, 2023), luck.randint(1, 12), luck.randint(1, 28)
    date = f"{year}-{month:02}-{day:02} 00:00:00.000"
    killed = [luck.randint(0, 5), luck.randint(0, 5), 0, 0]
    best = sum(killed)
    return [number, year, 1, "Clear", 1, dyad, f"Conflict {dyad}", dyad, f"A{a} - B{b}", a,
            f"Government of A{a}", b, f"B{b}", 1, "An agency, a date, a headline", 1, "A town",
            10.5, 20.25, f"A{a}", a, "Asia", 1, 1, date, date, *killed, best, best + 2, best, a, ""]


def seconds(*words):
    before = os.times()
    subprocess.run(list(map(str, words)), stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - \
        before.children_system


def invent(path, dyads):
    luck = random.Random(1)
    with open(path, "w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(COLUMNS)
        table.writerows(row(luck, i + 1, dyads) for i in range(ROWS))


def judge(name, path):
    """All in turn, so that a busy machine is busy for all of them."""
    figures = json.loads(subprocess.run([WINDOWS, path, "month"], capture_output=True, text=True,
                                        check=True).stdout)
    plain, costs = [], {"text": [], "json": []}
    for _ in range(ROUNDS):
        plain.append(seconds(WINDOWS, path))
        for form in costs:
            costs[form].append(seconds(CASUS, "timeline", "--window", "month", "--format", form,
                                       "--quiet", path))
    read, good = min(plain), True
    print(f"{name}: {figures['windows']} windows; (a) a plain read {read:.2f} s")
    for form, igraph in (("text", figures["shown"]), ("json", figures["scored"])):
        least, bound = min(costs[form]), 2 * read + igraph
        good = good and least <= bound
        print(f"  {form:4}  (b) igraph {igraph:6.2f} s  (c) timeline {least:5.2f} s  "
              f"2 (a) + (b) = {bound:6.2f} s: {'kept' if least <= bound else 'MISSED'}, "
              f"{least / bound:.2f} of it")
    return good


def main():
    good = True
    with tempfile.TemporaryDirectory() as folder:
        for name, dyads in (("900 dyads", 900), ("9,000 dyads", 9000)):
            path = Path(folder) / f"{dyads}.csv"
            invent(path, dyads)
            good = judge(name, path) and good
        for path in sys.argv[3:]:
            good = judge(path, path) and good
    return not good


sys.exit(main())
