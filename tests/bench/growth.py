#!/usr/bin/python3
"""Ten times the rows: at most 10.5 times the time, and the same memory.

usage: growth.py CASUS [--rows N] [--repeats N]
       growth.py --pour N

Rows in the shape of GDELT are made up by make_tables.py, a batch of them, and poured into `casus
report -` again and again under new ids, so that nothing is stored and who meets whom stays the same:
memory grows with actors and ties, which are the answer, and not with events. N rows and ten times
as many, in turn; a cell is the least of the repeats. Time is what casus itself took of the
processors, as it mostly waits for the rows to be made. They are poured by a process of their own:
what starts casus has to be small, since its memory counts as casus's peak until that has begun.
"""
import argparse
import io
import os
import re
import subprocess
import sys
import tempfile

import make_tables

BATCH = 200000
ID = 9  # digits of the generator's ids


def make_batch():
    file = io.StringIO()
    make_tables.make_gdelt(BATCH, file)
    return [line[ID:].encode() for line in file.getvalue().splitlines(keepends=True)]


def pour(rows):
    tails = make_batch()
    for begin in range(0, rows, BATCH):
        count = min(BATCH, rows - begin)
        for part in range(0, count, 10000):
            first, last = 400000000 + begin + part, min(part + 10000, count)
            sys.stdout.buffer.write(
                b"".join(b"%d%b" % (first + i, tail) for i, tail in enumerate(tails[part:last])))
    sys.stdout.flush()


def measure(casus, rows):
    """(seconds of the processors, peak of memory in MB, events)"""
    source = subprocess.Popen([sys.executable, __file__, "--pour", str(rows)],
                              stdout=subprocess.PIPE)
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([casus, "report", "-", "--from", "gdelt", "--format", "json"],
                                 stdin=source.stdout, stdout=out, stderr=subprocess.DEVNULL)
        source.stdout.close()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != 0 or source.wait() != 0:
            sys.exit(f"casus ended with {child.returncode}")
        out.seek(0)
        head = out.read(100000).decode(errors="ignore")
    return (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
            int(re.search(r'"events": ?(\d+)', head[head.index('"graph"'):]).group(1)))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("casus", nargs="?")
    parser.add_argument("--pour", type=int, help="write so many rows, and that is all")
    parser.add_argument("--rows", type=int, default=200000)
    parser.add_argument("--repeats", type=int, default=2)
    arguments = parser.parse_args()
    if arguments.pour:
        pour(arguments.pour)
        return
    sizes = [arguments.rows, 10 * arguments.rows]
    found = {rows: [] for rows in sizes}
    for _ in range(arguments.repeats):
        for rows in sizes:
            found[rows].append(measure(arguments.casus, rows))
    print("| rows, streamed | events | seconds of the processors | MB |\n|--:|--:|--:|--:|")
    for rows in sizes:
        seconds, peak, events = (min(values) for values in zip(*found[rows]))
        print(f"| {rows:,} | {events:,} | {seconds:.2f} | {peak:.0f} |")
    few, many = (tuple(min(values) for values in zip(*found[rows])) for rows in sizes)
    print(f"\n10 times the rows: {many[0] / few[0]:.1f} times the time, "
          f"{many[1] / few[1]:.2f} times the memory")


if __name__ == "__main__":
    main()
