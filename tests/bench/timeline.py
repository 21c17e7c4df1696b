#!/usr/bin/python3
"""Monthly windows over 350,000 events of UCDP GED's form beside one plain read of them.

usage: timeline.py CASUS SOURCE_ROOT

The table is invented, after the columns of GED. Processor time of the command alone, the least of
three runs. "One window" tells and keeps every event once more but measures one graph; windows that
touch tell each event once too. So what many windows cost beyond one is their measures, and stands
apart: the goal is of a read and the windows without those.
"""
import csv
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

CASUS = Path(sys.argv[1]).absolute()
ROWS = 350_000
COLUMNS = ["id", "year", "active_year", "code_status", "type_of_violence", "conflict_new_id",
           "conflict_name", "dyad_new_id", "dyad_name", "side_a_new_id", "side_a", "side_b_new_id",
           "side_b", "number_of_sources", "source_article", "where_prec", "where_coordinates",
           "latitude", "longitude", "country", "country_id", "region", "event_clarity",
           "date_prec", "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians",
           "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob"]


def row(luck, number):
    dyad = luck.randint(1, 900)
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
    subprocess.run([CASUS, *map(str, words)], stdout=subprocess.DEVNULL, check=True)
    after = os.times()
    return after.children_user - before.children_user + after.children_system - \
        before.children_system


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ged.csv"
        luck = random.Random(1)
        with open(path, "w", newline="", encoding="utf-8") as out:
            table = csv.writer(out)
            table.writerow(COLUMNS)
            table.writerows(row(luck, i + 1) for i in range(ROWS))
        least = lambda *words: min(seconds(*words, path, "--quiet") for _ in range(3))
        read = least("report", "--format", "csv")
        costs = {}
        for name, words in (("one window", ("balance", "--window", "100y")),
                            ("35 windows of a year", ("timeline", "--window", "year")),
                            ("420 windows of a month", ("timeline", "--window", "month")),
                            ("420 windows, balance alone", ("balance", "--window", "month"))):
            costs[name] = least(*words)
            beyond = max(costs[name] - costs["one window"], 0)
            print(f"{name:28} {costs[name]:6.2f} s   {costs[name] / read:5.2f} × a read of "
                  f"{read:.2f} s; measures of many {beyond:5.2f} s")
        rest = costs["one window"] / read
        print(f"at most, without the measures: {rest:.2f} × a read (goal: 2)")


main()
