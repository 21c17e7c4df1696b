#!/usr/bin/python3
"""The whole job of casus beside the stacks that analysts use for it, in one run.

usage: jobs.py CASUS ROOT [--rows N] [--ged-rows N] [--repeats N] [--betweenness] [--node FOLDER]

From a file of events to JSON for a viewer with degrees, strengths, PageRank, hubs and authorities,
eigenvector, closeness, coreness: process start, reading, folding and writing included. casus
besides scores attack, support and both, each with exact betweenness, constraint and signed measures;
its peers get those only with --betweenness. Files are made up by make_tables.py beside this script. The
small case is graphs/badia-2019, with its picture. Each cell is a median of the repeats, in turn, and
the peak of memory. A stack that is not installed is skipped by name; FOLDER is one in which
`npm install nodejs-polars @duckdb/node-api` was run.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent

# Each reads PATH (argument 1; columns in 2 and 3 from 0, separator in 4), writes JSON to 5; 6 is
# "yes" where betweenness is wanted, 7 the picture to draw or "".
FOLD_PANDAS = r"""
import csv, json, subprocess, sys
import pandas as pd
path, a, b, sep, out, between, picture = sys.argv[1:8]
a, b, sep = int(a), int(b), {"tab": "\t", "comma": ","}[sep]
table = pd.read_csv(path, sep=sep, header=None if sep == "\t" else 0, usecols=sorted({a, b}), dtype=str,
                    quoting=csv.QUOTE_NONE if sep == "\t" else csv.QUOTE_MINIMAL, keep_default_na=False)
first, second = (table.iloc[:, 0], table.iloc[:, 1]) if a < b else (table.iloc[:, 1], table.iloc[:, 0])
pairs = pd.DataFrame({"from": first, "to": second})
pairs = pairs[(pairs["from"] != "") & (pairs["to"] != "") & (pairs["from"] != pairs["to"])]
ties = pairs.groupby(["from", "to"]).size().reset_index(name="weight")
"""
READ_TIES = r"""
import json, sys
import csv as tables
ties_path, out, between = sys.argv[1], sys.argv[2], sys.argv[3]
with open(ties_path, newline="") as file:
    rows = [(r[0], r[1], float(r[2])) for r in list(tables.reader(file))[1:]]
"""
USE_IGRAPH = r"""
import igraph
g = igraph.Graph.TupleList(rows, directed=True, weights=True)
w = g.es["weight"]
scores = {"in_degree": g.indegree(), "out_degree": g.outdegree(),
          "in_strength": g.strength(mode="in", weights=w), "out_strength": g.strength(mode="out", weights=w),
          "pagerank": g.pagerank(weights=w), "hub": g.hub_score(weights=w),
          "authority": g.authority_score(weights=w), "closeness": g.closeness(mode="out"),
          "harmonic": g.harmonic_centrality(mode="out"), "coreness": g.coreness()}
u = g.as_undirected(combine_edges={"weight": "sum"})
scores["eigenvector"] = u.eigenvector_centrality(weights=u.es["weight"])
scores["community"] = u.community_multilevel(weights=u.es["weight"]).membership
if between == "yes":
    scores["betweenness"] = g.betweenness()
names = g.vs["name"]
with open(out, "w") as file:
    json.dump({"nodes": [dict({k: v[i] for k, v in scores.items()}, id=names[i]) for i in range(len(names))],
               "links": [{"source": a, "target": b, "weight": x} for a, b, x in rows]}, file)
"""
USE_NETWORKX = r"""
import networkx as nx
g = nx.DiGraph()
g.add_weighted_edges_from(rows)
u = nx.Graph()
for a, b, x in rows:
    u.add_edge(a, b, weight=u[a][b]["weight"] + x if u.has_edge(a, b) else x)
hub, authority = nx.hits(g, max_iter=1000)
scores = {"in_degree": dict(g.in_degree()), "out_degree": dict(g.out_degree()),
          "in_strength": dict(g.in_degree(weight="weight")), "out_strength": dict(g.out_degree(weight="weight")),
          "pagerank": nx.pagerank(g), "hub": hub, "authority": authority,
          "closeness": nx.closeness_centrality(g.reverse(), wf_improved=False),
          "harmonic": nx.harmonic_centrality(g.reverse()), "coreness": nx.core_number(u),
          "eigenvector": nx.eigenvector_centrality_numpy(u, weight="weight")}
for i, part in enumerate(nx.community.louvain_communities(u, seed=1)):
    for v in part:
        scores.setdefault("community", {})[v] = i
if between == "yes":
    scores["betweenness"] = nx.betweenness_centrality(g, normalized=False)
for name, values in scores.items():
    nx.set_node_attributes(g, values, name)
with open(out, "w") as file:
    json.dump(nx.node_link_data(g), file, default=float)
if picture:
    dot = "digraph {" + "".join(f"{json.dumps(a)} -> {json.dumps(b)};" for a, b in g.edges()) + "}"
    subprocess.run(["dot", "-Tsvg", "-o", picture], input=dot.encode(), check=True)
"""
R_SCRIPT = r"""
suppressPackageStartupMessages({library(data.table); library(igraph); library(jsonlite)})
x <- commandArgs(TRUE); sep <- if (x[4] == "tab") "\t" else ","
a <- as.integer(x[2]) + 1L; b <- as.integer(x[3]) + 1L
t <- fread(x[1], sep = sep, header = sep == ",", select = c(a, b), colClasses = "character",
           quote = if (sep == "\t") "" else "\"", showProgress = FALSE)
setnames(t, c("from", "to"))
t <- t[from != "" & to != "" & from != to, .(weight = .N), by = .(from, to)]
g <- graph_from_data_frame(t, directed = TRUE)
u <- as.undirected(g, edge.attr.comb = list(weight = "sum"))
s <- data.table(id = V(g)$name, in_degree = degree(g, mode = "in"), out_degree = degree(g, mode = "out"),
  in_strength = strength(g, mode = "in"), out_strength = strength(g, mode = "out"),
  pagerank = page_rank(g)$vector, hub = hub_score(g)$vector, authority = authority_score(g)$vector,
  eigenvector = eigen_centrality(u)$vector, closeness = closeness(g, mode = "out", weights = NA),
  harmonic = harmonic_centrality(g, mode = "out", weights = NA), coreness = coreness(g),
  community = as.integer(membership(cluster_louvain(u))))
if (x[6] == "yes") s[, betweenness := betweenness(g, weights = NA)]
write_json(list(nodes = s, links = t), x[5], digits = NA)
"""
DUCKDB = r"""
const [path, a, b, sep, out] = process.argv.slice(1);
const {DuckDBInstance} = require('@duckdb/node-api');
(async () => {
  const c = await (await DuckDBInstance.create(':memory:')).connect();
  const read = sep === 'tab'
    ? `read_csv('${path}', delim='\t', header=false, quote='', all_varchar=true, names=[${[...Array(61).keys()].map(i => `'c${i}'`)}])`
    : `read_csv('${path}', header=true, all_varchar=true)`;
  const name = async i => sep === 'tab' ? `c${i}`
    : (await c.runAndReadAll(`describe select * from ${read}`)).getRows()[i][0];
  const x = await name(+a), y = await name(+b);
  await c.run(`copy (select ${x} as a, ${y} as b, count(*) as weight from ${read}
    where ${x} <> '' and ${y} <> '' and ${x} <> ${y} group by all) to '${out}' (header)`);
})();
"""
POLARS = r"""
const [path, a, b, sep, out] = process.argv.slice(1);
const pl = require('nodejs-polars');
const tab = sep === 'tab';
let t = pl.scanCSV(path, {sep: tab ? '\t' : ',', hasHeader: !tab, quoteChar: tab ? '\x01' : '"', inferSchemaLength: 0});
const names = t.columns, x = names[+a], y = names[+b];
t = t.select(pl.col(x), pl.col(y)).filter(pl.col(x).neq(pl.lit('')).and(pl.col(y).neq(pl.lit('')))
  .and(pl.col(x).neq(pl.col(y)))).groupBy([x, y]).agg(pl.len().as('weight')).collectSync();
t.writeCSV(out);
"""


def python(*parts):
    return [sys.executable, "-W", "ignore", "-c", "".join(parts)]


def through_ties(node, script, job, folder):
    """Node folds, python-igraph measures: two processes, as nobody reads fast and measures."""
    ties = f"{folder}/ties.csv"
    return [(["node", "-e", script, "--", *job["columns"][:4], ties], node),
            ([*python(READ_TIES, USE_IGRAPH), ties, job["out"], job["columns"][5]], None)]


TUPLES = "rows = list(ties.itertuples(index=False, name=None))\n"
STACKS = {
    "pandas + networkx": lambda job, folder, node: [
        ([*python(FOLD_PANDAS, TUPLES, USE_NETWORKX), *job["columns"]], None)],
    "pandas + python-igraph": lambda job, folder, node: [
        ([*python(FOLD_PANDAS, TUPLES, USE_IGRAPH), *job["columns"]], None)],
    "R data.table + igraph": lambda job, folder, node: [
        (["Rscript", "-e", R_SCRIPT, *job["columns"]], None)],
    "DuckDB + python-igraph": lambda job, folder, node: through_ties(node, DUCKDB, job, folder),
    "Polars + python-igraph": lambda job, folder, node: through_ties(node, POLARS, job, folder),
}


def run(commands):
    """(seconds, peak of memory in MB) or None where a command fails."""
    begin, peak = time.perf_counter(), 0
    for command, folder in commands:
        try:
            child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL)
        except OSError:
            return None
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if status != 0:
            return None
        peak = max(peak, usage.ru_maxrss / 1024)
    return time.perf_counter() - begin, peak


def measure(title, ours, job, stacks, arguments, folder):
    plans = {"casus": ours, **{name: STACKS[name](job, folder, arguments.node) for name in stacks}}
    runs = {name: [] for name in plans}
    for _ in range(arguments.repeats):
        for name, commands in plans.items():
            if runs[name] is not None:
                found = run(commands)
                runs[name] = None if found is None else runs[name] + [found]
    print(f"\n{title}\n\n| | seconds | × casus | MB |\n|---|--:|--:|--:|")
    if runs["casus"] is None:
        sys.exit("casus failed")
    base = statistics.median(s for s, _ in runs["casus"])
    for name, found in runs.items():
        if found is None:
            print(f"skipped: {name}", file=sys.stderr)
            continue
        seconds, peak = (statistics.median(x) for x in zip(*found))
        print(f"| {name} | {seconds:.3f} | {seconds / base:.1f} | {peak:.0f} |", flush=True)


def make(kind, rows, path):
    subprocess.run([sys.executable, HERE / "make_tables.py", kind, str(rows), path], check=True)


def file_job(arguments, kind, casus_name, rows, columns, folder):
    path, out = f"{folder}/{kind}.csv", f"{folder}/{kind}.json"
    make(kind, rows, path)
    between = "yes" if arguments.betweenness else "no"
    job = {"columns": [path, *columns, out, between, ""], "out": out}
    ours = [([arguments.casus, "report", path, "--from", casus_name, "--lenient", "--format", "json", "-o", out],
             None)]
    size = os.path.getsize(path) / 1e6
    stacks = [name for name in STACKS if name != "pandas + networkx" or rows <= 400000]
    measure(f"{kind}: {rows:,} rows, {size:.0f} MB", ours, job, stacks, arguments, folder)
    os.unlink(path)


def small_job(arguments, root, folder):
    """A case coded by hand: report and picture; pandas gets its ties as a table."""
    case, out = f"{root}/graphs/badia-2019", f"{folder}/small"
    table = f"{folder}/small.csv"
    subprocess.run([arguments.casus, "export", case, "--to", "csv", "-o", table], check=True)
    with open(table, encoding="utf-8") as file:
        head = file.readline().strip().split(",")
    columns = [str(head.index("Source")), str(head.index("Target"))]
    job = {"columns": [table, *columns, "comma", out + ".json", "yes", out + ".svg"],
           "out": out + ".json"}
    ours = [([arguments.casus, "export", case, "--to", "cytoscape", "--with", "scores", "-o",
              out + ".json"], None),
            ([arguments.casus, "draw", case, "-o", out + ".svg"], None)]
    measure("a case coded by hand, with its picture", ours, job, ["pandas + networkx"], arguments, folder)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("casus")
    parser.add_argument("root")
    parser.add_argument("--rows", type=int, default=100000)
    parser.add_argument("--ged-rows", type=int, default=30000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--betweenness", action="store_true")
    parser.add_argument("--node", default=os.environ.get("CASUS_BENCH_NODE"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file_job(arguments, "gdelt", "gdelt", arguments.rows, ["5", "15", "tab"], folder)
        file_job(arguments, "ged", "ucdp-ged", arguments.ged_rows, ["14", "17", "comma"], folder)
        small_job(arguments, arguments.root, folder)


if __name__ == "__main__":
    main()
