#!/usr/bin/python3
"""Does a year with many killed follow another? One row a dyad and year in, a slope out.

usage: panel.py PANEL.csv   (made by `casus export INPUT --to panel --window year -o PANEL.csv`)
"""
import csv
import sys
from math import log1p

import numpy as np

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    killed = {(row["a"], row["b"], int(row["year"])): float(row["killed_best"] or 0)
              for row in csv.DictReader(file)}

pairs = [(log1p(killed[a, b, year - 1]), log1p(now))
         for (a, b, year), now in killed.items() if (a, b, year - 1) in killed]
before, now = np.array(pairs).T
slope, start = np.polyfit(before, now, 1)
print(f"{len(killed)} dyad years, {len(pairs)} of which follow another")
print(f"log(1 + killed) = {start:.3f} + {slope:.3f} × that of the year before")
