#!/usr/bin/python3
"""Tables of data sets, read whole: what casus counts is what the csv module counts.

usage: tables.py CASUS SOURCE_ROOT

Tables are made here in the shape of GED and GDELT, and changed as users' files are: a byte-order
mark, a preamble, a row of HXL tags, CR LF, other separators, no header, compressed, cut short. Where
the samples of the real data sets lie beside the source they are counted too.
Ends with 'N passed, N failed'.
"""
import collections
import csv
import gzip
import io
import json
import os
import subprocess
import sys
import tempfile

CASUS, ROOT = sys.argv[1], os.path.abspath(sys.argv[2])
sys.path.insert(0, os.path.join(ROOT, "tests", "bench"))
import make_tables  # noqa: E402
from tally import Tally  # noqa: E402

tally = Tally()
check = lambda name, good, found="": tally.holds(good, name, found)


def casus(*arguments):
    run = subprocess.run([CASUS, *arguments], capture_output=True, text=True, errors="replace")
    return run.returncode, run.stdout, run.stderr


def report(path, *more):
    code, out, err = casus("report", path, "--format", "json", *more)
    return json.loads(out) if code == 0 else {"code": code, "err": err}


def graph(path, *more):
    code, out, err = casus("export", path, "--to", "networkx", *more)
    return json.loads(out) if code == 0 else {"code": code, "err": err}


# --- GED -------------------------------------------------------------------------------------

def ged_text(rows):
    out = io.StringIO()
    make_tables.make_ged(rows, out)
    return out.getvalue()


def count_ged(text):
    """Ties and own losses, counted by the csv module."""
    pairs, lost, rows = collections.Counter(), collections.Counter(), 0
    for row in csv.DictReader(io.StringIO(text)):
        rows += 1
        a, b = "ucdp:" + row["side_a_new_id"], "ucdp:" + row["side_b_new_id"]
        if row["side_b"] == "Civilians":
            b = "ucdp:civilians:" + row["country_id"]
        pairs[(a, b) if row["type_of_violence"] == "3" else tuple(sorted((a, b)))] += 1
        lost[a] += int(row["deaths_a"])
        lost[b] += int(row["deaths_b"])
        lost["ucdp:civilians:" + row["country_id"]] += int(row["deaths_civilians"])
    return pairs, lost, rows


def counts_of_ged(name, path, text):
    pairs, lost, rows = count_ged(text)
    answer = graph(path)
    if "nodes" not in answer:
        check(name, False, answer["err"])
        return
    found = collections.Counter()
    for node in answer["nodes"]:
        check(name + ": losses of " + node["id"],
              node.get("lost_killed_best", 0) == lost[node["id"]], (node, lost[node["id"]]))
    for edge in answer["edges"]:
        a, b = edge["source"], edge["target"]
        if not edge["undirected"] or a < b:  # an undirected tie stands there each way
            found[a, b] += edge["events"]
    check(name + ": ties", found == pairs, (found - pairs, pairs - found))
    envelope = report(path)["input"][0]
    check(name + ": events", envelope["events"] == rows and envelope["format"] == "ucdp-ged")
    return lost


def changed_ged(folder):
    text = ged_text(400)
    header, rest = text.split("\n", 1)
    files = {
        "plain.csv": text,
        "mark.csv": "\ufeff\ufeff" + text,
        "preamble.csv": "Made up\n\n" + text,
        "tags.csv": header + "\n" + ",".join("#tag+%d" % i for i in range(49)) + "\n" + rest,
        "headless.csv": rest,
        "crlf.csv": "\r\n".join(text.split("\n")),
        "upper.csv": header.upper() + "\n" + rest,
    }
    for name, content in files.items():
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8", newline="") as file:
            file.write(content)
        counts_of_ged(name, path, text)
    with gzip.open(os.path.join(folder, "packed.csv.gz"), "wt", encoding="utf-8", newline="") as file:
        file.write(text)
    counts_of_ged("packed", os.path.join(folder, "packed.csv.gz"), text)
    rows = list(csv.reader(io.StringIO(text)))
    with open(os.path.join(folder, "semicolon.txt"), "w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(rows)
    counts_of_ged("semicolon", os.path.join(folder, "semicolon.txt"), text)
    with open(os.path.join(folder, "iso3.csv"), "w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(row[:34] + ["iso3" if i == 0 else "XYZ"] + row[34:]
                                   for i, row in enumerate(rows))
    counts_of_ged("iso3", os.path.join(folder, "iso3.csv"), text)
    return text


def write(folder, name, content):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(content)
    return path


def bad_ged(folder, text):
    rows = text.split("\n")
    lines = text.encode()
    cut = write(folder, "cut.csv", lines + b'999999,"never closed')
    code, _, err = casus("report", cut)
    check("a file cut in a quoted cell ends with 3", code == 3 and "CAS-153" in err, err)
    code, out, err = casus("report", cut, "--lenient")
    check("what stood before is read", code == 0 and "CAS-153" in err, err)
    nul = write(folder, "nul.csv", lines.replace(b" state", b" sta\0te", 1))
    code, _, err = casus("report", nul)
    line = lines[:lines.index(b" state")].count(b"\n") + 1
    check("a NUL has its place", code == 3 and "nul.csv:%d:" % line in err and "CAS-102" in err, err)
    missing = write(folder, "missing.csv",
                    "\n".join([rows[0].replace("side_b_new_id", "someone")] + rows[1:]).encode())
    code, _, err = casus("report", missing)
    check("a missing column is named", code == 3 and "side_b_new_id" in err and "ucdp-ged" in err,
          err)
    large = write(folder, "large.csv", lines + b'1,"')
    with open(large, "ab") as file:
        for _ in range(100):
            file.write(b"x" * 1000000)
        file.write(b'",2\n')
    run = subprocess.Popen([CASUS, "report", large], stdout=subprocess.DEVNULL,
                           stderr=subprocess.PIPE)
    err = run.stderr.read()
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    check("a cell of 100 MB is told in bounded memory", run.returncode == 3 and b"CAS-104" in err and
          usage.ru_maxrss < 100 * 1024, (err, usage.ru_maxrss))
    os.unlink(large)
    wide = write(folder, "wide.csv", lines + b"1," * 1000000 + b"\n")
    code, _, err = casus("report", wide)
    check("a row of a million columns", code == 3 and "CAS-104" in err, err)
    code, _, err = casus("report", wide, "--lenient")
    check("and what stood before it", code == 0, err)
    latin = write(folder, "latin.csv", lines.replace(b"Government of ", b"Gouvernement \xe9 "))
    code, _, err = casus("report", latin)
    check("Windows-1252 is read and said", code == 0 and "Windows-1252" in err, err)


# --- GDELT -----------------------------------------------------------------------------------

def narrowed(line, width):
    """A row of 61 cells as 58 or 57."""
    cells = line.split("\t")
    kept = [cell for i, cell in enumerate(cells) if i not in (39, 47, 55)]
    return "\t".join(kept[:width])


def count_gdelt(lines):
    pairs, rows = collections.Counter(), 0
    for line in lines:
        cells = line.split("\t")
        rows += 1
        if cells[5] and cells[15] and cells[5] != cells[15] and cells[28] in ("18", "19", "20"):
            pairs[cells[5], cells[15]] += 1
    return pairs, rows


def counts_of_gdelt(name, path, lines):
    pairs, rows = count_gdelt(lines)
    answer = graph(path)
    check(name + ": is read", "nodes" in answer, answer.get("err"))
    found = collections.Counter()
    for edge in answer.get("edges", []):
        if edge["relation"] == "attack":
            found[edge["source"], edge["target"]] += edge["events"]
    check(name + ": attacks", found == pairs, (found - pairs, pairs - found))
    envelope = report(path)["input"][0]
    skipped = sum(skip["records"] for skip in envelope.get("skipped", []))
    check(name + ": every row is counted", envelope["events"] + skipped == rows, envelope)


def changed_gdelt(folder):
    out = io.StringIO()
    make_tables.make_gdelt(3000, out)
    lines = out.getvalue().split("\n")[:-1]
    mixed = [narrowed(line, 57 + i % 2) if i % 3 else line for i, line in enumerate(lines)]
    counts_of_gdelt("gdelt", write(folder, "gdelt.CSV", "\n".join(lines).encode()), lines)
    counts_of_gdelt("mixed", write(folder, "mixed.CSV", "\n".join(mixed).encode()), lines)
    short = write(folder, "short.CSV", "\n".join(lines[:50] + ["1\t2\t3"] + lines[50:]).encode())
    code, _, err = casus("report", short)
    check("another width has its place", code == 3 and "short.CSV:51:" in err and "CAS-154" in err,
          err)
    code, _, err = casus("report", short, "--lenient")
    check("and is passed over", code == 0 and "CAS-154" in err, err)
    twice = write(folder, "twice.CSV", "\n".join(lines + lines).encode())
    one, two = report(write(folder, "one.CSV", "\n".join(lines).encode())), report(twice)
    check("an event given twice counts once", one["graph"] == two["graph"], two["input"])


# --- the samples -----------------------------------------------------------------------------

def samples():
    data = os.path.join(os.path.dirname(ROOT), "shared", "data")
    myanmar = os.path.join(data, "ucdp", "ged-myanmar.csv")
    if os.path.exists(myanmar):
        with open(myanmar, encoding="utf-8", newline="") as file:
            lost = counts_of_ged("myanmar", myanmar, file.read())
        check("losses of the government", lost["ucdp:144"] == 7300)
        check("losses of KIO", [node["lost_killed_best"] for node in graph(myanmar)["nodes"]
                                if node["name"] == "KIO"] == [527])
        nodes = graph(myanmar)["nodes"]
        nodes.sort(key=lambda node: -node["events"])
        check("first six by events", [node["name"] for node in nodes[:6]] == [
            "Government of Myanmar (Burma)", "NUG", "Civilians", "KNU", "KIO", "ULA"],
            [node["name"] for node in nodes[:6]])
    gdelt = os.path.join(data, "gdelt", "events-2015-10-27-2200.CSV")
    if os.path.exists(gdelt):
        with open(gdelt, encoding="utf-8", newline="") as file:
            counts_of_gdelt("gdelt sample", gdelt, file.read().split("\n")[:-1])


with tempfile.TemporaryDirectory() as folder_:
    bad_ged(folder_, changed_ged(folder_))
    changed_gdelt(folder_)
samples()
sys.exit(tally.finish())
