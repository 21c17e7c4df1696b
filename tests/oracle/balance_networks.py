"""`casus balance` on published networks, on all splits of small ones, and on what has no answer.

Usage: /usr/bin/python3 tests/oracle/balance_networks.py CASUS_BINARY SOURCE_ROOT

Networks are read from graphs/reference and given to the command as dossiers: a friendly tie is an
event of support, a hostile one an attack.
"""

import csv
import itertools
import json
import os
import pty
import random
import signal
import subprocess
import sys
import tempfile
import time

import networkx

SEED = 20190424


def ties_of(root, name, year=None):
    path = os.path.join(root, "graphs", "reference", name)
    with open(path, encoding="utf-8") as file:
        return [
            (row["from"], row["to"], int(row["sign"]))
            for row in csv.DictReader(file)
            if year is None or int(row["begin"]) <= year <= int(row["end"])
        ]


def dossier_of(ties, actors=()):
    names = sorted({end for tie in ties for end in tie[:2]} | set(actors))
    events = [
        {
            "id": f"e{i}",
            "type": "support" if sign > 0 else "attack",
            "relation": "support" if sign > 0 else "attack",
            "from": [a],
            "to": [b],
        }
        for i, (a, b, sign) in enumerate(ties)
    ]
    return {
        "casus": 1,
        "actors": [{"id": name, "name": name, "kind": "armed-group"} for name in names],
        "events": events,
    }


class Tests:
    def __init__(self, binary, root):
        self.binary, self.root = os.path.abspath(binary), root
        self.passed = self.failed = 0

    def expect(self, name, found, wanted, slack=0.0):
        same = found == wanted
        if not same and slack and isinstance(found, (int, float)):
            same = abs(found - wanted) <= slack
        self.passed += same
        self.failed += not same
        if not same:
            print(f"FAIL {name}: {found!r}, not {wanted!r}")

    def run(self, dossier, *options, command="balance"):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "dossier.json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump(dossier, file)
            return subprocess.run([self.binary, command, path, *options], capture_output=True, timeout=120, check=False)

    def balance(self, name, dossier, *options):
        done = self.run(dossier, "--format", "json", *options)
        self.expect(f"{name}: exit", done.returncode, 0)
        return json.loads(done.stdout) if done.returncode == 0 else None


def misfits(ties, camp):
    return sum((sign > 0) != (camp[a] == camp[b]) for a, b, sign in ties)


def disagreements(answer, ties):
    bloc = {v: b["id"] for b in answer["blocs"] for v in b["actors"]}
    return misfits(ties, bloc)


def hold_together(tests, name, answer, ties):
    """What is said of a graph without ambivalent dyads must agree with itself."""
    found = answer["frustration"]
    camp = {v: k for k in (0, 1) for v in found["camps"][k]}
    tests.expect(f"{name}: camps cost what is said", misfits(ties, camp), found["upper"])
    tests.expect(f"{name}: as many ties", len(found["ties"]), found["upper"])
    tests.expect(f"{name}: blocs cost what is said", disagreements(answer, ties),
                 answer["clustering"]["upper"])
    blocs = answer["clustering"]
    tests.expect(f"{name}: two camps are blocs too",
                 blocs["upper"] <= found["upper"] and blocs["lower"] <= found["lower"], True)
    if found["proved"]:
        tests.expect(f"{name}: score", found["score"], 1 - 2 * found["upper"] / len(ties), 1e-12)
    events = {e for tie in answer["ties"] for e in tie["events"]}
    tests.expect(f"{name}: every event on a tie", len(events), len(ties))


def published(tests):
    table = [
        ("tribes.csv", None, 7),
        ("bank-wiring-room.csv", None, 2),
        ("powers-before-wwi.csv", 1905, 1),
        ("powers-before-wwi.csv", 1908, 0),
        ("powers-before-wwi.csv", 1914, 0),
        ("states-1980-83.csv", None, 48),
    ]
    for file, year, index in table:
        ties = ties_of(tests.root, file, year)
        name = f"{file} {year or ''}".strip()
        answer = tests.balance(name, dossier_of(ties))
        found = answer["frustration"]
        tests.expect(f"{name}: L", (found["lower"], found["upper"], found["proved"]),
                     (index, index, True))
        hold_together(tests, name, answer, ties)


def tribes(tests):
    ties = ties_of(tests.root, "tribes.csv")
    answer = tests.balance("tribes", dossier_of(ties))
    tests.expect("tribes: triads", answer["triads"], {"+++": 19, "++-": 2, "+--": 40, "---": 7})
    tests.expect("tribes: balanced", answer["balanced_fraction"], 59 / 68, 1e-12)
    tests.expect("tribes: weakly", answer["weakly_balanced_fraction"], 66 / 68, 1e-12)
    tests.expect("tribes: walks", answer["walk_balance"], 0.3575761, 5e-8)
    tests.expect("tribes: score", answer["frustration"]["score"], 0.7586207, 5e-8)
    tests.expect("tribes: one best split", answer["frustration"]["other_best"], False)
    tests.expect("tribes: nobody swings", answer["frustration"]["swing"], [])


def ambivalent_years(tests):
    for year, count in ((1890, 2), (1904, 1), (1907, 1)):
        ties = ties_of(tests.root, "powers-before-wwi.csv", year)
        answer = tests.balance(f"powers {year}", dossier_of(ties))
        tests.expect(f"powers {year}: ambivalent", len(answer["ambivalent"]), count)
        tests.expect(f"powers {year}: left out", answer["signs"]["left_out"], count)


def least(ties, actors):
    first, *rest = actors
    splits = itertools.product((0, 1), repeat=len(rest))
    return min(misfits(ties, {first: 0, **dict(zip(rest, split))}) for split in splits)


def against_all_splits(tests):
    chance = random.Random(SEED)
    for round_ in range(12):
        actors = [f"a{i}" for i in range(chance.randint(2, 9))]
        ties = [(a, b, chance.choice((-1, 1))) for a, b in itertools.combinations(actors, 2)
                if chance.random() < 0.6]
        if not ties:
            continue
        name = f"seed {SEED}, round {round_}"
        answer = tests.balance(name, dossier_of(ties, actors))
        tests.expect(f"{name}: L", answer["frustration"]["upper"], least(ties, actors))
        tests.expect(f"{name}: proved", answer["frustration"]["proved"], True)
        hold_together(tests, name, answer, ties)


TRIANGLE = [("a", "b", 1), ("b", "c", 1), ("a", "c", -1)]


def options(tests):
    both = TRIANGLE + [("c", "d", 1), ("d", "c", -1), ("d", "c", -1)]
    for how, positive, negative in (("out", 2, 1), ("net", 2, 2), ("positive", 3, 1),
                                    ("negative", 2, 2)):
        signs = tests.balance(how, dossier_of(both), "--ambivalent", how)["signs"]
        tests.expect(f"--ambivalent {how}", (signs["positive"], signs["negative"]),
                     (positive, negative))
    heavy = [TRIANGLE[0]] * 3 + [TRIANGLE[1]] * 5 + [TRIANGLE[2]] * 4
    answer = tests.balance("--weighted", dossier_of(heavy), "--weighted")
    tests.expect("--weighted: L", answer["frustration"]["upper"], 3)
    tests.expect("--weighted: the lightest tie", answer["frustration"]["ties"], [["a", "b"]])
    tests.expect("--weighted: its events", answer["ties"][0]["events"], ["e0", "e1", "e2"])
    tests.expect("--seed is said", tests.balance("seed", dossier_of(heavy), "--seed",
                                                 "7")["search"]["seed"], 7)
    for wrong in ("0", "-1", "nan", "soon"):
        done = tests.run(dossier_of(TRIANGLE), "--time-limit", wrong)
        tests.expect(f"--time-limit {wrong}", done.returncode, 2)


def no_answer(tests):
    alone = {**dossier_of([], ["a"]), "events": [
        {"id": "e0", "type": "attack", "relation": "attack", "from": ["a"], "to": ["a"]}]}
    claim = {**dossier_of([], ["a", "b"]), "events": [
        {"id": "e0", "type": "statement", "relation": "claim", "from": ["a"], "to": ["b"]}]}
    table = [
        ("one actor", alone, "one actor alone has no tie"),
        ("no signed tie", claim, "no attack or support joins two actors"),
        ("ambivalent alone", dossier_of([("a", "b", 1), ("b", "a", -1)]),
         "all dyads are ambivalent and left out"),
    ]
    for name, dossier, why in table:
        answer = tests.balance(name, dossier)
        found = answer["frustration"]
        tests.expect(f"{name}: null", (found["lower"], found["upper"], found["score"],
                                       answer["walk_balance"]), (None,) * 4)
        tests.expect(f"{name}: not proved", found["proved"], False)
        tests.expect(f"{name}: why", answer["undefined"].get("frustration"), why)
        tests.expect(f"{name}: nobody in camps", found["camps"], [[], []])
        for layout in ("text", "markdown", "html", "csv"):
            done = tests.run(dossier, "--format", layout)
            tests.expect(f"{name}: {layout}", (done.returncode, why in done.stdout.decode()
                                               .replace("\n  ", " ")), (0, True))


def weights(tests):
    """Self-ties, weights of 0, weights beyond counting."""
    ties = TRIANGLE + [("a", "a", -1), ("b", "b", 1)]
    answer = tests.balance("self-ties", dossier_of(ties))
    tests.expect("self-ties: L", answer["frustration"]["upper"], 1)
    tests.expect("self-ties: no tie", len(answer["ties"]), 3)
    killed = ("--weighted", "--weight", "killed")
    answer = tests.balance("weight 0", dossier_of(TRIANGLE), *killed)
    tests.expect("weight 0: why", answer["undefined"].get("frustration"),
                 "every signed tie has weight 0")
    for size, wanted in ((7, 7), (300_000_000, 300_000_000)):
        dossier = dossier_of(TRIANGLE + [("c", "d", -1)])
        for event, count in zip(dossier["events"], (size, 3 * size, 2 * size, 0)):
            event["claims"] = [{"by": "a", "stance": "report",
                                "losses": [{"actor": event["to"][0], "killed": count}]}]
        answer = tests.balance(f"killed {size}", dossier, *killed)
        found = answer["frustration"]
        tests.expect(f"killed {size}: L", (found["lower"], found["upper"]), (wanted, wanted))
        tests.expect(f"killed {size}: d has no tie that counts",
                     sorted(sum(found["camps"], [])), ["a", "b", "c"])


HARD_ACTORS, HARD_TIES = 150, 1500  # half of them hostile: nobody proves that in minutes


def hard_dossier(actors=HARD_ACTORS, count=HARD_TIES, hostile=0.5):
    chance, pairs = random.Random(SEED), set()
    while len(pairs) < count:
        pairs.add(tuple(sorted(chance.sample(range(actors), 2))))
    ties = [(f"a{a}", f"a{b}", -1 if chance.random() < hostile else 1) for a, b in sorted(pairs)]
    return dossier_of(ties, [f"a{v}" for v in range(actors)]), ties


def is_an_interval(tests, name, answer, ties, stopped):
    found = answer["frustration"]
    tests.expect(f"{name}: not proved", found["proved"], False)
    tests.expect(f"{name}: no guess", (found["score"], found["other_best"]), (None, None))
    tests.expect(f"{name}: an interval", 0 < found["lower"] < found["upper"] < len(ties), True)
    tests.expect(f"{name}: why", found["stopped"], stopped)
    hold_together(tests, name, answer, ties)


def out_of_time(tests):
    dossier, ties = hard_dossier()
    start = time.monotonic()
    answer = tests.balance("out of time", dossier, "--time-limit", "1")
    spent = time.monotonic() - start
    is_an_interval(tests, "out of time", answer, ties, "the time limit was reached")
    tests.expect(f"out of time: {spent:.1f} s, on a machine that is not alone", spent < 20, True)


def children_of(parent):
    found = []
    for name in os.listdir("/proc"):
        try:
            with open(f"/proc/{name}/stat", encoding="ascii", errors="replace") as file:
                fields = file.read().rpartition(")")[2].split()
            found += [int(name)] if int(fields[1]) == parent else []
        except (OSError, ValueError):
            pass
    return found


def killed_solvers(tests):
    """Each solver is killed as soon as it works; what it had told by then stands."""
    dossier, ties = hard_dossier()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "dossier.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(dossier, file)
        command = [tests.binary, "balance", path, "--time-limit", "100", "--format", "json",
                   "-o", path + ".answer"]
        with subprocess.Popen(command) as process:
            start = time.monotonic()
            while process.poll() is None and time.monotonic() < start + 60:
                for child in children_of(process.pid):
                    os.kill(child, signal.SIGKILL)
                time.sleep(0.05)
            process.kill()
        tests.expect("killed: exit", process.returncode, 0)
        with open(path + ".answer", encoding="utf-8") as file:
            answer = json.load(file)
    is_an_interval(tests, "killed", answer, ties,
                   "the solver died, most likely for want of memory")


def terminal_of(tests, *options):
    """What `casus balance` says on a terminal."""
    dossier, _ = hard_dossier()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "dossier.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(dossier, file)
        here, there = pty.openpty()
        process = subprocess.Popen([tests.binary, "balance", path, *options], stderr=there,
                                   stdout=subprocess.DEVNULL)
        os.close(there)
        said = b""
        try:
            while piece := os.read(here, 4096):
                said += piece
        except OSError:  # the end of a terminal
            pass
        os.close(here)
        process.wait()
    return said.decode()


def progress(tests):
    try:
        said = terminal_of(tests, "--time-limit", "2")
    except OSError as reason:  # a container may have no /dev/pts; CI has
        if "CASUS_CI" in os.environ:
            raise
        print(f"progress bar not looked at: {reason}")
        return
    with open(tests.binary, "rb") as file:
        one_by_one = b"__asan_init" in file.read()  # then the first search may use up all time
    tests.expect("progress: camps and blocs",
                 one_by_one or ("camps " in said and "blocs " in said), True)
    tests.expect("progress: time left", " s left" in said, True)
    tests.expect("progress: wiped in the end", said.endswith("\r\x1b[K"), True)
    done = tests.run(hard_dossier()[0], "--time-limit", "1")
    tests.expect("progress: none where nobody looks", done.stderr, b"")


def a_hundred_thousand(tests):
    dossier, ties = hard_dossier(100_000, 130_000, 0.3)
    answer = tests.balance("100,000 actors", dossier, "--time-limit", "1")
    found = answer["frustration"]
    tests.expect("100,000 actors: an interval", 0 <= found["lower"] < found["upper"], True)
    texts = " ".join(c["text"] for c in answer["caveats"])
    tests.expect("100,000 actors: what would be possible", "--level 0, --focus" in texts, True)
    tests.expect("100,000 actors: a number", "CAS-171" in texts, True)
    text = tests.run(dossier, "--time-limit", "1").stdout.decode()
    tests.expect("100,000 actors: not all of them in a table", len(text) < 40_000, True)


def parts(tests):
    ties = TRIANGLE + [("x", "y", -1)]
    answer = tests.balance("parts", dossier_of(ties))
    tests.expect("parts: two", len(answer["parts"]), 2)
    tests.expect("parts: the second", answer["parts"][1]["camps"], [["x"], ["y"]])
    tests.expect("parts: another best split", answer["frustration"]["other_best"], True)
    tests.expect("parts: said", "several_parts" in [c["name"] for c in answer["caveats"]], True)


def support_of(ties):
    graph = networkx.Graph()
    graph.add_edges_from((a, b) for a, b, sign in ties if sign > 0)
    return graph


def clique(name, size):
    return [(f"{name}{i}", f"{name}{j}", 1) for i in range(size) for j in range(i)]


def communities(tests):
    """Modularity is networkx's of the same partition, and no less than Louvain finds."""
    two = clique("a", 5) + clique("b", 4) + [("a0", "b0", 1), ("a1", "b1", -1)]
    answer = tests.balance("two cliques", dossier_of(two, ["alone"]))
    tests.expect("two cliques: found", [c["actors"] for c in answer["communities"]],
                 [[f"a{i}" for i in range(5)], [f"b{i}" for i in range(4)]])
    tests.expect("two cliques: seeds agree", answer["support"]["least_agreement"], 1)
    chance = random.Random(SEED)
    for round_ in range(4):
        ties = [(f"v{i}", f"v{j}", chance.choice((-1, 1, 1))) for i in range(40) for j in range(i)
                if chance.random() < (0.4 if i % 4 == j % 4 else 0.05)]
        name = f"communities, seed {SEED}, round {round_}"
        answer, again = (tests.balance(name, dossier_of(ties), "--seed", "5") for _ in range(2))
        tests.expect(f"{name}: the same again", again["communities"], answer["communities"])
        graph = support_of(ties)
        found = [c["actors"] for c in answer["communities"]]
        tests.expect(f"{name}: everyone", sorted(sum(found, [])), sorted(graph))
        quality = networkx.community.modularity(graph, found)
        tests.expect(f"{name}: modularity", answer["support"]["modularity"], quality, 1e-12)
        other = networkx.community.louvain_communities(graph, seed=round_)
        tests.expect(f"{name}: no worse than Louvain",
                     quality >= networkx.community.modularity(graph, other) - 1e-9, True)
    answer = tests.balance("no support", dossier_of([("a", "b", -1)]))
    tests.expect("no support: null", (answer["support"]["modularity"], answer["communities"]),
                 (None, []))
    tests.expect("no support: why", answer["undefined"]["communities"],
                 "no support joins two actors")


def exports(tests):
    """`casus export --with blocs` says of actors and ties what `casus balance` says."""
    ties = ties_of(tests.root, "tribes.csv")
    ties += [("x", "y", 1), ("y", "x", -1)]
    dossier = dossier_of(ties, ["alone"])
    answer = tests.balance("export", dossier)
    groups = {}
    for key, list_ in (("bloc", answer["blocs"]), ("community", answer["communities"])):
        for group in list_:
            for actor in group["actors"]:
                groups.setdefault(actor, {})[key] = group["id"]
    for k, camp in enumerate(answer["frustration"]["camps"]):
        for actor in camp:
            groups.setdefault(actor, {})["camp"] = k + 1
    frustrated = {frozenset(pair) for pair in answer["frustration"]["ties"]}

    done = tests.run(dossier, "--to", "networkx", "--with", "blocs", command="export")
    graph = json.loads(done.stdout)
    for node in graph["nodes"]:
        found = {key: node[key] for key in ("bloc", "camp", "community") if key in node}
        tests.expect(f"networkx: {node['id']}", found, groups.get(node["id"], {}))
    edges = {frozenset((e["source"], e["target"])): e for e in graph["edges"]}
    tests.expect("networkx: frustrated", {pair for pair, e in edges.items() if e.get("frustrated")},
                 frustrated)
    both = edges[frozenset("xy")]
    tests.expect("networkx: ambivalent", (both["ambivalent"], "frustrated" in both), (True, False))

    done = tests.run(dossier, "--to", "graphml", "--with", "blocs,scores", command="export")
    graph = networkx.parse_graphml(done.stdout.decode(), force_multigraph=True)
    found = {v: data["bloc"] for v, data in graph.nodes(data=True) if "bloc" in data}
    tests.expect("graphml: blocs", found,
                 {v: group["bloc"] for v, group in groups.items() if "bloc" in group})
    done = tests.run(dossier, "--to", "csv-actors", "--with", "blocs", command="export")
    rows = list(csv.DictReader(done.stdout.decode().splitlines()))
    tests.expect("csv: blocs", {row["Id"]: int(row["bloc"]) for row in rows if row["bloc"]}, found)
    done = tests.run(dossier, "--to", "csv-actors", command="export")
    tests.expect("csv: none where not asked", b"bloc" in done.stdout, False)
    done = tests.run(dossier, "--to", "d3", "--with", "bloc", command="export")
    tests.expect("no such extra", done.returncode, 2)


def role(first, middle, last):
    if first == middle:
        return "coordinator" if middle == last else "representative"
    if middle == last:
        return "gatekeeper"
    return "itinerant" if first == last else "liaison"


def roles_by_bloc(tests):
    """Every way of two steps of support, and the blocs of its three, counted here."""
    chance = random.Random(SEED)
    for round_ in range(6):
        actors = [f"a{i}" for i in range(chance.randint(3, 12))]
        ties = [(a, b, chance.choice((-1, 1, 1))) for a, b in itertools.combinations(actors, 2)
                if chance.random() < 0.5]
        ties = [tie if chance.random() < 0.5 else (tie[1], tie[0], tie[2]) for tie in ties]
        name = f"roles, seed {SEED}, round {round_}"
        dossier = dossier_of(ties, actors)
        bloc = {v: b["id"] for b in tests.balance(name, dossier)["blocs"] for v in b["actors"]}
        arcs = {(a, b) for a, b, sign in ties if sign > 0}
        expected = {v: dict.fromkeys(("coordinator", "itinerant", "gatekeeper", "representative",
                                      "liaison"), 0) for v in actors}
        for (a, b), (c, d) in itertools.product(arcs, arcs):
            if b == c and a != d and (a, d) not in arcs:
                expected[b][role(bloc[a], bloc[b], bloc[d])] += 1
        done = tests.run(dossier, "--roles-by", "bloc", "--format", "json", command="report")
        brokers = json.loads(done.stdout)["brokers"]
        tests.expect(f"{name}: by", brokers["roles_by"], "bloc")
        tests.expect(name, {row["id"]: row["roles"] for row in brokers["actors"]}, expected)
        tests.expect(f"{name}: groups", {row["id"]: row["group"] for row in brokers["actors"]},
                     {v: f"bloc {bloc[v]}" if v in bloc else "no bloc" for v in actors})
    done = tests.run(dossier, "--roles-by", "family", command="report")
    tests.expect("--roles-by family", done.returncode, 2)


def main():
    tests = Tests(sys.argv[1], sys.argv[2])
    for test in (published, tribes, ambivalent_years, against_all_splits, options, no_answer,
                 parts, communities, exports,
                 roles_by_bloc, weights, out_of_time, killed_solvers, progress,
                 a_hundred_thousand):
        test(tests)
    print(f"{tests.passed} passed, {tests.failed} failed")
    return 1 if tests.failed else 0


if __name__ == "__main__":
    sys.exit(main())
