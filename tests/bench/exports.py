#!/usr/bin/python3
"""The largest graph in every JSON dialect: 20,000 actors and 300,000 ties, time and peak memory.

usage: exports.py CASUS (or: --write PATH, the dossier alone)

Wall time from the start of the process, reading and building included, the least of three runs;
NetworkX beside it only turns a graph that it has in memory into node-link JSON, and its peak is
that of its process. A process counts what its parent held when it was begun: so the dossier is made
in a process of its own, and what was written is read in pieces. Fails where a dialect holds 300 MB or more at once.
"""
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ACTORS, TIES, MOST_MEGABYTES, RUNS = 20_000, 300_000, 300, 3
DIALECTS = ("networkx", "cytoscape", "d3", "graphology", "jgf", "vis")
NETWORKX = r"""
import json, sys, time
import networkx as nx
g = nx.MultiDiGraph()
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    if "actor" in record:
        actor = record["actor"]
        g.add_node(actor["id"], label=actor["name"], kind=actor["kind"])
    else:
        event = record["event"]
        g.add_edge(event["from"][0], event["to"][0], type=event["type"], weight=1,
                   first=event["date"], last=event["date"])
begin = time.perf_counter()
with open(sys.argv[2], "w", encoding="utf-8") as out:
    json.dump(nx.node_link_data(g), out)
print(time.perf_counter() - begin)
"""


def write_dossier(path):
    luck = random.Random(1)
    pairs = set()
    while len(pairs) < TIES:
        a, b = luck.randrange(ACTORS), luck.randrange(ACTORS)
        if a != b and (b, a) not in pairs:
            pairs.add((a, b))
    with open(path, "w", encoding="utf-8") as out:
        for i in range(ACTORS):
            print(json.dumps({"actor": {"id": f"a{i}", "name": f"Actor {i}", "kind": "militia"}}),
                  file=out)
        for i, (a, b) in enumerate(sorted(pairs)):
            date = f"{luck.randint(2010, 2020)}-{luck.randint(1, 12):02}-{luck.randint(1, 28):02}"
            print(json.dumps({"event": {"id": f"e{i}", "type": "battle" if i % 2 else "weapons",
                                        "date": date, "from": [f"a{a}"], "to": [f"a{b}"]}}),
                  file=out)


def run(*words):
    """Seconds, megabytes at most, and what it printed."""
    begin = time.perf_counter()
    child = subprocess.Popen([*map(str, words)], stdout=subprocess.PIPE, text=True)
    said = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"exit {child.returncode}: {' '.join(map(str, words))}")
    return time.perf_counter() - begin, usage.ru_maxrss * 1024 / 1e6, said


def count_ties(path):
    """Each tie of one event has one first date; a piece may end inside the key."""
    key, count, rest = b'"first"', 0, b""
    with open(path, "rb") as written:
        while piece := written.read(1 << 20):
            piece = rest + piece
            count += piece.count(key)
            rest = piece[-len(key) + 1:]
    return count


def main():
    if sys.argv[1] == "--write":
        return write_dossier(sys.argv[2])
    casus, too_large = Path(sys.argv[1]).absolute(), []
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "large.jsonl", Path(folder) / "out.json"
        subprocess.run([sys.executable, __file__, "--write", path], check=True)
        print(f"{ACTORS:,} actors, {TIES:,} ties")
        for dialect in DIALECTS:
            runs = [run(casus, "export", path, "--to", dialect, "-o", out, "--quiet")
                    for _ in range(RUNS)]
            seconds, megabytes = (min(r[i] for r in runs) for i in (0, 1))
            if (ties := count_ties(out)) < TIES:
                sys.exit(f"{dialect}: {ties} dates where {TIES} ties were given")
            print(f"  {dialect:12} {seconds:6.2f} s {megabytes:6.0f} MB")
            if megabytes >= MOST_MEGABYTES:
                too_large.append(dialect)
        if importlib.util.find_spec("networkx") is None:
            print("  NetworkX is not installed")
        else:
            _, megabytes, said = run(sys.executable, "-c", NETWORKX, path, out)
            print(f"  {'NetworkX':12} {float(said):6.2f} s {megabytes:6.0f} MB, writing alone")
    if too_large:
        sys.exit(f"{MOST_MEGABYTES} MB or more: {', '.join(too_large)}")


if __name__ == "__main__":
    main()
