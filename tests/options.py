#!/usr/bin/python3
"""Options thrown together: whatever is asked of whichever input, the command ends with an exit code of
DESIGN's, a numbered message where it is not 0, valid JSON where JSON was asked for, and the same bytes
on one thread and on three. The help of each command names the options, so a new one is tried at once.

usage: options.py CASUS SOURCE_ROOT [SEED [RUNS]]
"""
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tally import Tally

CASUS, ROOT = os.path.abspath(sys.argv[1]), Path(sys.argv[2]).absolute()
SEED, RUNS = (int(sys.argv[3]) if len(sys.argv) > 3 else 1), (int(sys.argv[4]) if len(sys.argv) > 4 else 400)
SANITIZED = b"__asan_init" in open(CASUS, "rb").read()
COMMANDS = ("check", "actors", "convert", "report", "chains", "claims", "balance", "timeline", "diff",
            "draw", "export", "view")
OUTPUTS = {"convert": ["o.json", "o.jsonl", "folder"], "draw": ["o.svg", "o.dot", "o.png", "o.pdf"],
           "view": ["o.html"]}

ACTORS = ["isis", "russia", "alder", "Norland", "civilians"]
DATES = ["2019", "2019-04", "2019-04-18", "2032", "1905", "9999-12-31", "0001"]
LENGTHS = ["year", "month", "quarter", "week", "90d", "6m", "100y"]
COUNTS = ["1", "2", "99"]
BAD = ["", "x", "-1", "0", "4294967296", "99999999999999999999", "nan", "2019-02-30", "((", "no such thing", "\u202e\x01"]
VALUES = {  # by option; None is a flag
    "--from": ["dossier", "edges", "acled", "csv"], "--map": ["from=a,to=b", "tests/fixtures/table/own.map.json"],
    "--save-map": ["map.json"], "--associates": ["support"], "--actors": ["tests/fixtures/registry/merge.csv"],
    "--new-actors": ["tests/fixtures/registry/merge.csv"], "--lenient": None, "--quiet": None, "--quads": None,
    "--hash": None, "--since": DATES, "--until": DATES, "--at": DATES,
    "--relation": ["attack", "support", "claim", "attack,support"], "--type": ["ambush,training", "battle"],
    "--place": ["Sukhnah", "a"], "--where": ["kind = militia", "not place ~ homs", "killed > 3 or side = government"],
    "--focus": ACTORS, "--believe": ACTORS, "--doubt": ACTORS, "--backer": ACTORS, "--fighter": ACTORS,
    "--depth": COUNTS, "--level": ["0", "1", "9", "state", "unit"], "--min-events": COUNTS,
    "--evidence": ["corroborated", "single,one-sided", "disputed,unsourced,admitted"], "--min-grade": ["B2", "E5", "F6"],
    "--weight": ["events", "killed", "evidence"], "--half-life": LENGTHS, "--window": LENGTHS, "--step": LENGTHS,
    "--damping": ["0", "0.5", "0.999"], "--distance": ["hops", "reciprocal"], "--threads": ["1", "2", "3"],
    "--approximate": ["0.1", "0.5"], "--normalized": None, "--ambivalent": ["out", "net", "positive", "negative"],
    "--with-generic": None, "--seed": ["7", "18446744073709551615"], "--time-limit": ["0.01", "1", "2"],
    "--brokers": None, "--roles-by": ["side", "bloc"], "--uncertain": ["1", "20"],
    "--without-each-source": None, "--first": COUNTS, "--top": COUNTS, "--format": ["text", "markdown", "html", "json", "csv"],
    "--probabilities": [], "--color": ["always", "never", "auto"], "--write": ["r.csv", "r.json"],
    "--longest": ["1", "3", "64"], "--any-time": None, "--expanding": None, "--permutations": ["1", "19"], "--weighted": None,
    "--paint": ["kind", "side", "bloc"], "--highlight": ["frustrated", "chains", "cuts", "blocs"], "--implied": None,
    "--claims": None, "--frames": ["frames"], "--all": None, "--theme": ["dark", "print", "examples/newspaper.theme"],
    "--labels": ["native", "ar", "en"], "--engine": ["dot", "fdp", "sfdp", "neato"], "--title": ["<b>&\"'"],
    "--no-legend": None, "--links": None, "--with": ["scores", "layout", "events", "blocs", "scores,layout,events,blocs"],
    "--to": ["networkx", "cytoscape", "d3", "graphology", "jgf", "vis", "gexf", "graphml", "dot", "csv", "csv-actors",
             "neo4j", "neo4j-actors", "panel", "panel-actors"],
}
SELDOM = {"--from", "--map", "--save-map", "--quads", "--associates", "--at", "--write", "--links", "--probabilities"}
DONE = {"-o", "--help", "--threads", "--frames"}  # given apart, or not at all


def inputs():
    fixtures = ROOT / "tests/fixtures"
    found = ["graphs/badia-2019", "graphs/backing-by-hand", "graphs/shifting-by-hand", "examples/wells",
             *(f"graphs/reference/{name}.csv" for name in ("tribes", "powers-before-wwi", "bank-wiring-room"))]
    for folder in ("acled", "claims", "dossier/good", "gtd", "icews", "odd", "polecat", "registry", "table", "ucdp-actor", "ucdp-dyadic", "ucdp-ged",
                   "ucdp-esd"):
        found += [str(path.relative_to(ROOT)) for path in sorted((fixtures / folder).iterdir())]
    return found


def options_of(command):
    text = subprocess.run([CASUS, command, "--help"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^  (-[-a-z]+)", text, re.M)


def drawn(luck, options, files, folder):
    """A command in 20 words or less: now and then with a value or a file that cannot be."""
    command = luck.choice(COMMANDS)
    words = [command] + luck.choices(files, k=2 if command == "diff" else luck.choice([1, 1, 1, 2]))
    if luck.random() < 0.03:
        words[-1] = luck.choice(["tests", "no-such-file"])
    for option in options[command]:
        likely = 1 if option == "--to" else (0.3 if option in SELDOM else 2.5) / len(options[command])
        if option in DONE or luck.random() > likely:
            continue
        words.append(option)
        values = VALUES[option]
        if values is not None:
            value = luck.choice(BAD if not values or luck.random() < 0.04 else values)
            words.append(os.path.join(folder, value) if option in ("--save-map", "--write") else value)
    if command in OUTPUTS:
        frames = command == "draw" and luck.random() < 0.1
        words += ["--frames" if frames else "-o", os.path.join(folder, "frames" if frames else luck.choice(OUTPUTS[command]))]
    return words


def run(words, folder):
    env = dict(os.environ, NO_COLOR="1")
    if words[0] in ("draw", "view"):  # what Graphviz keeps is not ours
        env["ASAN_OPTIONS"] = env.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    return subprocess.run([CASUS, *words], capture_output=True, cwd=ROOT, env=env, timeout=300,
                          stdin=subprocess.DEVNULL)


def judge(tally, words, done):
    said, told = done.stderr.decode("utf-8", "replace"), " ".join(words)
    tally.holds(done.returncode in (0, 1, 2, 3, 4), f"exit {done.returncode}: {told}", said[-600:])
    tally.holds("Sanitizer" not in said and "runtime error" not in said, f"sanitizer: {told}", said[-600:])
    numbered = "[CAS-" in said or "[CAS-" in done.stdout.decode("utf-8", "replace") or words[0] == "check"
    tally.holds(done.returncode < 2 or numbered, f"no number: {told}", said[-300:])
    if done.returncode == 0 and done.stdout and ("--format", "json") in zip(words, words[1:]):
        try:
            json.loads(done.stdout)
        except ValueError as fault:
            tally.holds(False, f"no JSON: {told}", fault)


def main():
    tally, luck = Tally(), random.Random(SEED)
    options, files = {command: options_of(command) for command in COMMANDS}, inputs()
    unknown = {option for names in options.values() for option in names} - set(VALUES) - DONE
    tally.holds(not unknown, "options of which this test knows no value", unknown)
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(RUNS if not unknown else 0):
            words = drawn(luck, options, files, folder)
            done = run(words, folder)
            judge(tally, words, done)
            if "--threads" in options[words[0]] and words[0] != "view" and done.returncode == 0:
                one, three = (run([*words, "--threads", n], folder).stdout for n in "13")
                tally.holds(one == three, f"1 and 3 threads: {' '.join(words)}")
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
