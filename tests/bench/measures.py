#!/usr/bin/python3
"""Measures of casus beside those of igraph, networkx, scipy and R's igraph, in one run.

usage: measures.py BENCH_KERNELS [--long] [--repeats N]

BENCH_KERNELS (tests/bench/kernels.c) makes each graph, measures our kernels and igraph's functions in
turn, checks that they agree, and hands the arcs to the others. Cells are seconds, medians of the
repeats, and in brackets how many times as long as casus on all processors. `~` is extrapolated from a
random tenth or less of the actors, where all would take minutes. A peer that is not installed is
skipped by name, and its column says so. --long takes the graphs of the README: about half an hour.
"""
import argparse
import csv
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

SHORT = [("uniform", 1000, 8000), ("recurrent", 4000, 60000)]
LONG = [("recurrent", 19866, 305246), ("uniform", 20000, 200000), ("uniform", 1000, 8000)]
SAMPLE = 60  # actors from which the slow peers are extrapolated
R_SCRIPT = """
suppressPackageStartupMessages({library(igraph); library(data.table)})
arcs <- fread(commandArgs(TRUE)[1])
g <- graph_from_data_frame(arcs, directed = TRUE)
clock <- function(name, f) {t <- proc.time()[[3]]; f(); cat(name, proc.time()[[3]] - t, "\\n", sep = "\\t")}
clock("betweenness", function() betweenness(g, weights = NA))
clock("closeness and harmonic", function() {closeness(g, mode = "out", weights = NA)
                                            harmonic_centrality(g, mode = "out", weights = NA)})
clock("PageRank", function() page_rank(g))
clock("hubs and authorities", function() {hub_score(g); authority_score(g)})
clock("coreness", function() coreness(g))
"""


def clock(work):
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def read_arcs(path):
    with open(path, newline="", encoding="ascii") as file:
        return [(int(r["from"]), int(r["to"]), float(r["weight"])) for r in csv.DictReader(file)]


# --- peers: {measure: (seconds, whether extrapolated)} ------------------------------------------


def ask_networkx(arcs, n, _path):
    import networkx as nx
    graph = nx.DiGraph()
    graph.add_nodes_from(range(n))
    graph.add_weighted_edges_from(arcs)
    for _, _, data in graph.edges(data=True):
        data["length"] = 1 / data["weight"]
    some = random.Random(1).sample(range(n), min(n, SAMPLE))
    back, scale = graph.reverse(), n / len(some)
    few = n > len(some)

    def distances():
        for actor in some: # harmonic_centrality() would search from all, whatever is asked
            nx.closeness_centrality(back, u=actor, wf_improved=False)
            hops = nx.single_source_shortest_path_length(graph, actor)
            sum(1 / h for h in hops.values() if h)

    return {
        "betweenness": (scale * clock(lambda: nx.betweenness_centrality(
            graph, k=len(some), normalized=False, seed=1)), few),
        "betweenness by 1/weight": (scale * clock(lambda: nx.betweenness_centrality(
            graph, k=len(some), normalized=False, weight="length", seed=1)), few),
        "closeness and harmonic": (scale * clock(distances), few),
        "PageRank": (clock(lambda: nx.pagerank(graph)), False),
        "hubs and authorities": (clock(lambda: nx.hits(graph, max_iter=1000)), False),
    }


def ask_scipy(arcs, n, _path):
    import numpy as np
    from scipy.sparse import csgraph, csr_matrix
    ends = np.array([(a, b) for a, b, _ in arcs])
    matrix = csr_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(n, n))
    some = random.Random(1).sample(range(n), min(n, 10 * SAMPLE))

    def distances():
        for begin in range(0, len(some), 100):
            hops = csgraph.shortest_path(matrix, unweighted=True, indices=some[begin:begin + 100])
            hops[~np.isfinite(hops) | (hops == 0)] = np.nan
            np.nansum(hops, axis=1), np.nansum(1 / hops, axis=1)

    return {"closeness and harmonic": (clock(distances) * n / len(some), n > len(some))}


def ask_networkit(arcs, n, _path):
    """Its own sampling beside ours, to the same error with the same confidence."""
    import networkit
    graph = networkit.Graph(n, directed=True)
    for a, b, _ in arcs:
        graph.addEdge(a, b)
    sample = networkit.centrality.KadabraBetweenness(graph, 0.01, 0.05)
    exact = networkit.centrality.Betweenness(graph)
    return {"betweenness, sampled to 0.01": (clock(sample.run), False),
            "betweenness": (clock(exact.run), False)}


def ask_r(_arcs, _n, path):
    if not shutil.which("Rscript"):
        raise ImportError("Rscript")
    said = subprocess.run(["Rscript", "-e", R_SCRIPT, path], capture_output=True, text=True,
                          check=False)
    if said.returncode != 0:
        raise ImportError("r-cran-igraph and r-cran-data.table")
    return {name: (float(seconds), False) for name, seconds in
            (line.split("\t")[:2] for line in said.stdout.splitlines() if "\t" in line)}


PEERS = {"networkx": ask_networkx, "scipy": ask_scipy, "NetworKit": ask_networkit,
         "R igraph": ask_r}


def ask_peers(path, n, repeats):
    """{peer: {measure: (seconds, extrapolated)}}, medians; nothing of one that is not there."""
    arcs, found = read_arcs(path), {}
    for peer, ask in PEERS.items():
        try:
            runs = [ask(arcs, n, path) for _ in range(repeats)]
        except (ImportError, RuntimeError) as missing:
            print(f"skipped: {peer} ({missing})", file=sys.stderr)
            found[f"{peer} (skipped)"] = {}
            continue
        found[peer] = {measure: (statistics.median(run[measure][0] for run in runs), few)
                       for measure, (_, few) in runs[0].items()}
    return found


# --- the table --------------------------------------------------------------------------------


def seconds(value):
    return f"{value:.4f}" if value < 0.1 else f"{value:.2f}" if value < 100 else f"{value:.0f}"


def cell(value, few, ours):
    return f"{'~' if few else ''}{seconds(value)} ({value / ours:,.{0 if value > 10 * ours else 1}f})"


def print_table(kind, n, arcs, ours, peers):
    print(f"\n{kind}: {n:,} actors, {arcs:,} arcs\n")
    print("| measure | casus | on one thread | igraph | " + " | ".join(peers) + " |")
    print("|---|" + "--:|" * (3 + len(peers)))
    for row in ours:
        cells = [cell(row["one"], False, row["all"]), cell(row["igraph"], False, row["all"])]
        for peer in peers.values():
            found = peer.get(row["measure"])
            cells.append(cell(*found, row["all"]) if found else "–")
        told = "" if row["agree"] else " (DISAGREE)"
        print(f"| {row['measure']}{told} | {seconds(row['all'])} | " + " | ".join(cells) + " |",
              flush=True)


def measure(bench, kind, n, arcs, repeats):
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "arcs.csv")
        said = subprocess.run([bench, kind, str(n), str(arcs), str(repeats), path],
                              capture_output=True, text=True, check=False)
        ours = [json.loads(line) for line in said.stdout.splitlines()]
        print_table(kind, n, arcs, ours, ask_peers(path, n, min(repeats, 3)))
    return said.returncode == 0


def main():
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser()
    parser.add_argument("bench")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--repeats", type=int, default=3)
    arguments = parser.parse_args()
    results = [measure(arguments.bench, *graph, arguments.repeats)
               for graph in (LONG if arguments.long else SHORT)]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main()
