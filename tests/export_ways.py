#!/usr/bin/python3
"""The same export whether events are kept or folded at once: a file is folded where it can be,
standard input, which cannot be read twice, never.

usage: export_ways.py CASUS SOURCE_ROOT
"""
import csv
import io
import json
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tally import Tally

CASUS, ROOT = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
sys.path.insert(0, str(ROOT / "tests" / "bench"))
import make_tables  # noqa: E402

FORMATS = ["csv", "csv-actors", "gexf", "networkx", "panel", "panel-actors"]
OPTIONS = [[], ["--level", "0"], ["--weight", "killed", "--min-events", "2"],
           ["--relation", "attack,claim"], ["--lenient"]]
tally = Tally()


def export(path, options, stdin=None):
    done = subprocess.run([CASUS, "export", path, *options], stdin=stdin, capture_output=True,
                          check=False)
    return done.returncode, done.stdout


def same(path, options):
    """@return whether there was something to export"""
    with open(path, "rb") as file:
        kept = export("-", options, file)
    folded = export(path, options)
    tally.equal(f"{path} {' '.join(options)}", folded, kept)
    return folded[0] == 0


def gdelt(file):
    """Addresses of articles of all kinds: none, blanks, one."""
    text, draw = io.StringIO(), random.Random(2)
    make_tables.make_gdelt(3000, text)
    for line in text.getvalue().splitlines():
        cells = line.split("\t")
        cells[-1] = draw.choice(["", " ", "\u00a0", cells[-1], cells[-1]])
        cells = cells if draw.random() < 0.8 else cells[:57]
        file.write("\t".join(cells) + draw.choice(["\n", "\r\n"]))


def ged(file):
    text, draw = io.StringIO(), random.Random(3)
    make_tables.make_ged(3000, text)
    rows = list(csv.DictReader(io.StringIO(text.getvalue())))
    out = csv.DictWriter(file, rows[0].keys(), quoting=csv.QUOTE_ALL)
    out.writeheader()
    for row in rows:
        for column in "source_article", "source_original":
            row[column] = draw.choice(["", "", "  ", "\u00a0", "x", row[column] or "Giver"])
        out.writerow(row)


def dossier(claims):
    """`claims` draws those of an event."""
    draw = random.Random(4)
    events = [{"id": f"e{i}", "type": draw.choice(["ambush", "battle", "training", "blame"]),
               "date": f"20{draw.randint(10, 20)}-0{draw.randint(1, 9)}",
               "from": draw.sample(["a", "b", "c"], draw.randint(1, 2)), "to": ["d"],
               "source": draw.choice([[], ["s"], ["s", "t"]]), "claims": claims(draw)}
              for i in range(300)]
    return {"casus": 1, "sources": [{"id": "s"}, {"id": "t"}],
            "actors": [{"id": i, "parent": "a" if i == "b" else []} for i in "abcd"],
            "events": events}


def of_sources(draw):
    return [{"stance": draw.choice(["report", "corroborate", "blame", "responsibility"]),
             **draw.choice([{"source": "s"}, {"source": "t"}] if draw.random() < 0.9 else [{}])}
            for _ in range(draw.choice([0, 0, 1, 1, 2, 3]))]


def of_known_sources(draw):
    return [{"stance": "report", "source": draw.choice("st")} for _ in range(draw.randint(0, 3))]


def of_actors(draw):
    return [{"stance": draw.choice(["report", "deny"]), "by": draw.choice("abcd")}
            for _ in range(draw.choice([0, 0, 0, 1, 2]))]


def made(folder):
    for name, make in ("gdelt.csv", gdelt), ("ged.csv", ged):
        with open(folder / name, "w", encoding="utf-8", newline="") as file:
            make(file)
    for claims in of_sources, of_known_sources, of_actors:
        (folder / f"{claims.__name__}.json").write_text(json.dumps(dossier(claims)))
    return sorted(folder.iterdir())


def main():
    fixtures = [path for path in (ROOT / "tests" / "fixtures").rglob("*")
                if path.is_file() and "bad" not in path.parts]
    exported = 0
    with tempfile.TemporaryDirectory() as folder:
        for path in made(Path(folder)) + sorted(fixtures):
            for to in FORMATS:
                for options in OPTIONS if to == "csv" else OPTIONS[:1]:
                    exported += same(path, ["--to", to, *options])
    tally.holds(exported > 100, "expected exports of most files, found", exported)
    sys.exit(tally.finish())


main()
