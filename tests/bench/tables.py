#!/usr/bin/python3
"""casus beside the peers on files in the shape of GDELT and GED: time and peak memory of whole
processes, the file in the cache, each in turn, medians.

usage: tables.py FOLD CASUS CACHE [--rows GDELT,GED] [--rounds N]

FOLD: the program that folds a file (bench/fold.c). CACHE: a folder for the files made (bench/
make_tables.py) and for the peers: `npm install @duckdb/node-api nodejs-polars` in it makes two of
them; R's data.table and mawk are the system's. Who is not there is named and left out. At full size
(--rows 2000000,350000; 830 and 250 MB) the goals are: at most 0.30 of the best peer and 0.25
of DuckDB on GDELT, 0.25 of the best peer on GED, 100 MiB. Polars is there where npm has its native
part, which some set-ups leave out until it is named: `npm install nodejs-polars-linux-x64-gnu`.
"""
import os
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
MAWK = r"""{n[$6 FS $16 FS $30]++} END {for (k in n) c++; print c " groups"}"""
R = """library(data.table); f <- commandArgs(TRUE)[1];
if (commandArgs(TRUE)[2] == "gdelt") d <- fread(f, sep="\\t", quote="", header=FALSE,
  select=c(6,16,30), colClasses="character") else
  d <- fread(f, select=c("side_a","side_b","type_of_violence"), colClasses="character");
cat(nrow(d[, .N, by=names(d)]), "groups\\n")"""


def option(name, otherwise):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else otherwise


def made(cache, kind, rows):
    path = os.path.join(cache, "%s-%d.csv" % (kind, rows))
    if not os.path.exists(path):
        maker = os.path.join(HERE, "make_tables.py")
        subprocess.run([sys.executable, maker, kind, str(rows), path + ".new"], check=True)
        os.rename(path + ".new", path)
    return path


def has_module(cache, name):
    return shutil.which("node") and os.path.isdir(os.path.join(cache, "node_modules", name))


def has_polars(cache):
    folder = os.path.join(cache, "node_modules")
    return shutil.which("node") and os.path.isdir(folder) and any(
        name.startswith("nodejs-polars-") for name in os.listdir(folder))


def has_data_table():
    return shutil.which("Rscript") and subprocess.run(
        ["Rscript", "-e", "library(data.table)"], capture_output=True).returncode == 0


def contenders(fold, casus, cache, kind, path):
    """Rows of name, command; a command of None is not there."""
    peer = ["node", os.path.join(HERE, "peer.mjs"), cache]
    yield "casus, 1 thread", [fold, path, "1"]
    yield "casus, all threads", [fold, path, "0"]
    yield "casus export", [casus, "export", path, "--to", "csv", "-o", os.devnull]
    yield "DuckDB", peer + ["duckdb", kind, path] if has_module(cache, "@duckdb") else None
    yield "Polars", peer + ["polars", kind, path] if has_polars(cache) else None
    yield "data.table", ["Rscript", "-e", R, path, kind] if has_data_table() else None
    if kind == "gdelt":
        yield "mawk", ["mawk", "-F\t", MAWK, path] if shutil.which("mawk") else None


def run(command):
    """Seconds and MiB of one process."""
    begin = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit("failed: " + " ".join(command))
    return time.monotonic() - begin, usage.ru_maxrss / 1024


def warm(path):
    with open(path, "rb") as file:
        while file.read(1 << 22):
            pass


def measure(rows, rounds, path):
    taken = {name: [] for name, _ in rows}
    warm(path)
    for i in range(rounds + 1):
        for name, command in rows:
            result = run(command)
            if i:
                taken[name].append(result)
    return {name: (statistics.median(t for t, _ in all_), max(m for _, m in all_))
            for name, all_ in taken.items()}


def tell(kind, path, found, absent):
    peers = {name: value for name, value in found.items() if not name.startswith("casus")}
    best = min((time_ for time_, _ in peers.values()), default=None)
    print("\n%s, %.0f MB" % (kind, os.path.getsize(path) / 1e6))
    for name, (time_, memory) in found.items():
        ratio = "  %5.2f × the best peer" % (time_ / best) if best else ""
        duck = "  %5.2f × DuckDB" % (time_ / peers["DuckDB"][0]) if "DuckDB" in peers else ""
        print("  %-20s %7.3f s  %6.0f MiB%s%s" % (name, time_, memory, ratio, duck))
    if absent:
        print("  not there: " + ", ".join(absent))


def main():
    fold, casus, cache = sys.argv[1:4]
    sizes = [int(n) for n in option("--rows", "100000,20000").split(",")]
    os.makedirs(cache, exist_ok=True)
    for kind, size in zip(["gdelt", "ged"], sizes):
        path = made(cache, kind, size)
        every = list(contenders(fold, casus, cache, kind, path))
        there = [(name, command) for name, command in every if command]
        found = measure(there, int(option("--rounds", "5")), path)
        tell(kind, path, found, [name for name, command in every if not command])


if __name__ == "__main__":
    main()
