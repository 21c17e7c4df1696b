#!/usr/bin/python3
"""Inputs that can be read once only: standard input and pipes say what files say, in flat memory.

usage: pipes.py CASUS SOURCE_ROOT

A dossier that has to be looked at twice, short and longer than what is kept of a pipe; a table that
is folded as it comes, of which three times the rows take the same memory; and the rare table of that
length which would have to be read twice, and is refused by name. Ends with 'N passed, N failed'.
"""
import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

from tally import Tally

CASUS, ROOT = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
KEPT = 32 * 1024 * 1024
tally = Tally()
SANITIZED = b"__asan_init" in CASUS.read_bytes() or b"__tsan_init" in CASUS.read_bytes()


def pour(pieces, to):
    try:
        for piece in pieces:
            to.write(piece)
        to.close()
    except BrokenPipeError:
        pass


# The memory of what starts a program counts as its peak: this starts it, and is small.
START = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[2:])
_, status, usage = os.wait4(child.pid, 0)
with open(sys.argv[1], "w") as file:
    file.write(str(usage.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
"""


def run(words, pieces=None):
    """(exit code, stdout, stderr, peak of memory in KiB) with `pieces` on standard input."""
    with tempfile.TemporaryDirectory() as folder:
        names = [Path(folder) / name for name in ("peak", "out", "err")]
        with open(names[1], "wb") as out, open(names[2], "wb") as err:
            child = subprocess.Popen(
                [sys.executable, "-c", START, names[0], str(CASUS), *map(str, words)], stdout=out,
                stderr=err, stdin=subprocess.PIPE if pieces else subprocess.DEVNULL)
            if pieces:
                pour(pieces, child.stdin)
            child.wait()
        peak, out, err = (name.read_text(encoding="utf-8") for name in names)
        return child.returncode, out, err, int(peak)


def answer(words, pieces=None):
    code, out, err, _ = run([*words, "--format", "json"], pieces)
    tally.equal(f"exit of {words}: {err}", code, 0)
    found = json.loads(out) if code == 0 else {}
    return {key: value for key, value in found.items() if key != "input"}


def three_ways(name, path, command):
    """From the file, through standard input, through a pipe that has a name."""
    with open(path, "rb") as file:
        text = file.read()
    wanted = answer([command, path])
    tally.equal(f"{name}, {command}, -", answer([command, "-"], [text]), wanted)
    tally.equal(f"{name}, {command}, /dev/stdin", answer([command, "/dev/stdin"], [text]), wanted)
    with tempfile.TemporaryDirectory() as folder:
        pipe = Path(folder) / "pipe"
        os.mkfifo(pipe)
        writer = threading.Thread(target=lambda: pour([text], open(pipe, "wb")))
        writer.start()
        tally.equal(f"{name}, {command}, a pipe", answer([command, pipe]), wanted)
        writer.join()


def long_dossier(path):
    """Claims about events stand behind more than is kept: only then is it known that all is needed."""
    note = "x" * (1 << 20)
    events = [{"id": f"e{i}", "type": "raid", "from": ["a"], "to": ["b"], "note": note}
              for i in range(KEPT // len(note) + 2)]
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"casus": 1, "actors": [{"id": "a"}, {"id": "b"}], "events": events,
                   "claims": [{"about": ["e0"], "by": "b", "stance": "deny", "of": "a"}]}, file)


def gdelt(first, count, events=True):
    """Rows of GDELT 2.0 as it gives them out, of 40 actors."""
    pieces = []
    for i in range(first, first + count):
        cells = [""] * 61
        cells[:4] = [str(1000000 + i), "20200502", "202005", "2020"]
        cells[5], cells[6], cells[7] = f"A{i % 40:02}", f"NAME {i % 40}", "SYR"
        if events:
            other = (i * 7 + 1) % 40
            cells[15], cells[16], cells[17] = f"A{other:02}", f"NAME {other}", "SYR"
        cells[25], cells[26], cells[27], cells[28] = "1", "190", "190", "19"
        cells[29], cells[60] = "4", "https://example.org/" + "x" * 300
        pieces.append("\t".join(cells))
    return ("\n".join(pieces) + "\n").encode()


def rows(count, **more):
    return (gdelt(i, 5000, **more) for i in range(0, count, 5000))


def tables():
    words = ["report", "-", "--from", "gdelt", "--format", "json"]
    few, many = run(words, rows(100000)), run(words, rows(300000))
    for name, found, count in (("few", few, 100000), ("many", many, 300000)):
        tally.equal(f"{name}: {found[2]}", found[0], 0)
        if found[0] == 0:
            events = json.loads(found[1])["graph"]["events"]
            tally.equal(f"{name}: events", events, count)
    tally.holds(SANITIZED or many[3] < 1.15 * few[3], "three times the rows, the same memory",
                (few[3], many[3]))
    print("peaks in KiB:", few[3], many[3])
    code, _, err, _ = run(words, rows(100000, events=False))
    tally.holds(code == 4 and "[CAS-220]" in err, "no event in more than is kept", err)
    code, _, err, _ = run(words, rows(5000, events=False))
    tally.holds(code == 3 and "[CAS-220]" not in err, "no event in less", err)


def main():
    for command in ("report", "balance", "claims", "timeline"):
        three_ways("the case", ROOT / "graphs/badia-2019/dossier.json", command)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.json"
        long_dossier(path)
        three_ways("a long dossier", path, "report")
    tables()
    sys.exit(tally.finish())


main()
