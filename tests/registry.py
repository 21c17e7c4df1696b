#!/usr/bin/python3
"""Who is who, end to end: casus actors --write, an edit, and --actors with every command.

usage: registry.py CASUS SOURCE_ROOT [SEED]

The oracle of a merge is the dossier rewritten here: one id in place of the other, everywhere.
Ends with 'N passed, N failed'.
"""
import csv
import glob
import gzip
import json
import os
import random
import subprocess
import sys
import tempfile

from tally import Tally

COLUMNS = "alias,actor,kind,parent,side,from,until,judgement,source".split(",")


def load_json(path):
    with open(path, encoding="utf-8-sig") as file:
        return json.load(file)


def dump(data, path):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(data, file)
    return path


def read_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(rows, path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path


def replaced(value, old, new, key=None):
    """Every reference to an actor, by the keys that hold one."""
    refers = {"from", "to", "by", "via", "of", "actor", "parent", "id@parent"}
    if isinstance(value, dict):
        inside = {"id": "id@parent"} if key == "parent" else {}
        dated = key in ("date", "parent")
        key_of = lambda k: None if dated and k in ("from", "to") else inside.get(k, k)
        return {k: replaced(v, old, new, key_of(k)) for k, v in value.items()}
    if isinstance(value, list):
        return [replaced(v, old, new, key) for v in value]
    return new if value == old and key in refers else value


def without_repeats(parties):
    return list(dict.fromkeys(parties))


def merged(dossier, old, new):
    """The dossier with `old` gone into `new`, which takes what it lacks."""
    result = replaced(dossier, old, new)
    kept = []
    gone = next(actor for actor in result["actors"] if actor["id"] == old)
    for actor in result["actors"]:
        if actor["id"] == old:
            continue
        if actor["id"] == new:
            for key in ("kind", "side", "parent"):
                if actor.get("parent") == new:
                    del actor["parent"]
                if key in gone:
                    actor.setdefault(key, gone[key])
            if actor.get("parent") == new:
                del actor["parent"]
        kept.append(actor)
    result["actors"] = kept
    for event in result["events"]:
        for side in ("from", "to"):
            event[side] = without_repeats(event.get(side, []))
    return result


class Tests(Tally):
    def __init__(self, casus, root, seed):
        super().__init__()
        self.casus, self.root, self.seed = casus, root, seed
        self.fixtures = os.path.join(root, "tests", "fixtures", "registry")

    def at(self, name):
        return os.path.join(self.fixtures, name)

    def run(self, *words, stdin=None):
        return subprocess.run([self.casus, *words], input=stdin, capture_output=True, check=False)

    def output(self, *words, stdin=None):
        done = self.run(*words, stdin=stdin)
        if done.returncode != 0:
            raise AssertionError(f"{words}: exit {done.returncode}: {done.stderr.decode()[:300]}")
        return done.stdout

    def json(self, *words, stdin=None):
        return json.loads(self.output(*words, stdin=stdin))

    def try_out(self, name, check):
        try:
            fault = check()
        except Exception as error:  # a test that breaks has failed
            fault = f"{type(error).__name__}: {error}"
        self.note(name, fault)

    # --- there and back ------------------------------------------------------------------------

    def round_trip(self, dossier, folder):
        first, second = os.path.join(folder, "r.csv"), os.path.join(folder, "r2.csv")
        self.output("actors", dossier, "--write", first)
        for layout in ("json", "text"):
            words = ("report", dossier, "--format", layout)
            if self.output(*words) != self.output(*words, "--actors", first):
                return f"another report as {layout}"
        if self.output("convert", dossier) != self.output("convert", dossier, "--actors", first):
            return "another dossier"
        self.output("actors", dossier, "--actors", first, "--write", second)
        with open(first, "rb") as a, open(second, "rb") as b:
            return None if a.read() == b.read() else "another registry"

    # --- merges --------------------------------------------------------------------------------

    def graph(self, path, *words, stdin=None):
        answer = self.json("report", path, "--format", "json", *words, stdin=stdin)
        return answer["graph"], answer["actors"]

    def same_graph(self, one, other):
        if one[0] != other[0]:
            return f"{one[0]} and {other[0]}"
        for a, b in zip(one[1], other[1]):
            if a != b:
                return f"{a['id']}: {[k for k in a if a[k] != b.get(k)]}"
        return None

    def merge(self, dossier, old, new, folder):
        source = dump(dossier, os.path.join(folder, "source.json"))
        wanted = dump(merged(dossier, old, new), os.path.join(folder, "wanted.json"))
        row = {"alias": old, "actor": new, "judgement": "yes"}
        registry = write_rows([row], os.path.join(folder, "merge.csv"))
        expected = self.run("report", wanted, "--format", "json")
        if expected.returncode != 0:  # the merge makes a circle of parents
            code = self.run("report", source, "--actors", registry).returncode
            return None if code == expected.returncode else f"exit {code}"
        folded = self.graph(source, "--actors", registry)
        with open(source, "rb") as file:
            kept = self.graph("-", "--actors", registry, stdin=file.read())
        return self.same_graph(self.graph(wanted), folded) or self.same_graph(folded, kept)

    def merges(self, folder):
        rng = random.Random(self.seed)
        dossier = load_json(os.path.join(self.root, "graphs", "badia-2019", "dossier.json"))
        ids = [actor["id"] for actor in dossier["actors"]]
        for _ in range(25):
            old, new = rng.sample(ids, 2)
            self.try_out(f"seed {self.seed}: {old} is {new}",
                      lambda: self.merge(dossier, old, new, folder))

    # --- the analyst's way ---------------------------------------------------------------------

    def duplicates(self, *words):
        answer = self.json("actors", self.at("twins.json"), "--format", "json", *words)
        return [sorted(pair["actors"]) for pair in answer["duplicates"]]

    def judged(self, judgement, folder):
        """The suggestion as the command writes it, judged."""
        path = os.path.join(folder, "judged.csv")
        self.output("actors", self.at("twins.json"), "--write", path)
        rows = read_rows(path)
        asked = [row for row in rows if row["judgement"] == "unsure"]
        assert [{row["alias"], row["actor"]} for row in asked] == [{"lions", "badia"}], asked
        asked[0]["judgement"] = judgement
        return write_rows(rows, path)

    def ids(self, *words):
        return [actor["id"] for actor in self.graph(self.at("twins.json"), *words)[1]]

    def yes_merges(self, folder):
        ids = self.ids("--actors", self.judged("yes", folder))
        return None if ids == ["badia", "front", "wing"] else ids

    def unsure_waits(self, folder):
        path = self.judged("unsure", folder)
        if self.ids("--actors", path) != ["badia", "front", "lions", "wing"]:
            return "merged"
        return None if self.duplicates("--actors", path) == [["badia", "lions"]] else "forgotten"

    def no_forbids(self, folder):
        path = self.judged("no", folder)
        if self.duplicates("--actors", path):
            return "suggested again"
        again = os.path.join(folder, "again.csv")
        self.output("actors", self.at("twins.json"), "--actors", path, "--write", again)
        return None if read_rows(path) == read_rows(again) else "the judgement is lost"

    def names_are_kept(self):
        answer = self.json("actors", self.at("twins.json"), "--format", "json", "--actors",
                           self.at("merge.csv"))
        lions = next(actor for actor in answer["actors"] if actor["id"] == "lions")
        names = [alias if isinstance(alias, str) else alias["name"] for alias in lions["aliases"]]
        return None if names == ["badia", "Lions of the Badia"] else names

    def a_no_undoes(self, folder):
        rows = read_rows(self.at("merge.csv"))
        undone = write_rows([dict(row, judgement="no") for row in rows],
                            os.path.join(folder, "undone.csv"))
        return self.same_graph(self.graph(self.at("twins.json")),
                               self.graph(self.at("twins.json"), "--actors", undone))

    def names_read(self, folder):
        """Both inputs' names stand with the one actor, each with its file and how often: counted
        here by hand from the files."""
        first, second = self.at("twins.json"), os.path.join(folder, "second.json")
        dump({"casus": 1, "actors": [{"id": "badia", "name": "The Badia Lions"}, {"id": "x"}],
              "events": [{"id": f"s{i}", "type": "raid", "from": ["badia"], "to": ["x"]}
                         for i in range(3)]}, second)
        merge = os.path.join(folder, "both.csv")
        write_rows([{"alias": "badia", "actor": "lions", "judgement": "yes"}], merge)
        answer = self.json("actors", second, "--format", "json", "--actors", merge)
        found = [a["read_as"] for a in answer["actors"] if a["id"] == "lions"]
        if found != [[{"name": "The Badia Lions", "file": second, "times": 3}]]:
            return found
        used = json.dumps(load_json(first)["events"]).count('"badia"')
        answer = self.json("actors", first, "--format", "json", "--actors", merge)
        lions = next(a for a in answer["actors"] if a["id"] == "lions")
        times = {one["name"]: one["times"] for one in lions["read_as"]}
        said = self.output("actors", first, "--actors", merge).decode()
        return None if times.get("Lions of the Badia") == used and "read as" in said else times

    def csv_is_json(self, folder):
        packed = os.path.join(folder, "merge.csv.gz")
        with open(self.at("merge.csv"), "rb") as file, gzip.open(packed, "wb") as out:
            out.write(file.read())
        graphs = [self.graph(self.at("twins.json"), "--actors", path)
                  for path in (self.at("merge.csv"), self.at("merge.json"), packed)]
        return None if graphs[0] == graphs[1] == graphs[2] else "they differ"

    def late(self):
        graph, actors = self.graph(self.at("late.json"), "--actors", self.at("merge.csv"))
        ids = [actor["id"] for actor in actors]
        if ids != ["front", "lions"] or graph["events"] != 2:
            return ids, graph
        with open(self.at("late.json"), "rb") as file:
            piped = self.graph("-", "--actors", self.at("merge.csv"), stdin=file.read())
        return None if piped == (graph, actors) else ("standard input", piped)

    def every_command(self, folder):
        words = ("--actors", self.at("merge.csv"))
        source = self.at("twins.json")
        self.output("check", source, *words)
        ids = [actor["id"] for actor in self.json("convert", source, *words)["actors"]]
        if "badia" in ids:
            return f"convert: {ids}"
        for name in ("cytoscape", "csv", "graphml"):
            if b"wing" not in self.output("export", source, "--to", name, *words):
                return name
        dot = os.path.join(folder, "p.dot")
        self.output("draw", source, *words, "-o", dot)
        with open(dot, encoding="utf-8") as file:
            return "draw" if "Lions of the Badia" in file.read() else None

    # --- what is wrong -------------------------------------------------------------------------

    def refused(self, words, code, said):
        done = self.run(*words)
        if done.returncode != code:
            return f"exit {done.returncode}: {done.stderr.decode()[:200]}"
        return None if said in done.stderr.decode() + done.stdout.decode() else done.stderr.decode()

    def wrong(self):
        twins, bad = self.at("twins.json"), self.at("bad.csv")
        cases = [
            (("report", twins, "--actors", bad), 3, "bad.csv:3:27: [CAS-113]"),
            (("check", twins, "--actors", bad), 3, "bad.csv:4:1"),
            (("report", twins, "--actors", bad, "--lenient"), 0, "2 problems passed over"),
            (("report", twins, "--actors", self.at("none.csv")), 4, "CAS-180"),
            (("report", twins, "--actors", "-"), 2, "CAS-160"),
            (("report", twins, "--actors", twins), 3, "CAS-151"),
        ]
        for words, code, said in cases:
            self.try_out(" ".join(words), lambda: self.refused(words, code, said))

    def everything(self):
        case = os.path.join(self.root, "graphs", "badia-2019", "dossier.json")
        good = os.path.join(self.root, "tests", "fixtures", "dossier", "good")
        with tempfile.TemporaryDirectory() as folder:
            for dossier in [case, self.at("twins.json"), *sorted(glob.glob(good + "/*.json*"))]:
                self.try_out(f"{os.path.relpath(dossier, self.root)} there and back",
                          lambda: self.round_trip(dossier, folder))
            self.merges(folder)
            self.try_out("a suggestion judged yes merges", lambda: self.yes_merges(folder))
            self.try_out("a suggestion judged unsure waits", lambda: self.unsure_waits(folder))
            self.try_out("a suggestion judged no is not made again", lambda: self.no_forbids(folder))
            self.try_out("a merge judged no is undone", lambda: self.a_no_undoes(folder))
            self.try_out("the names read, and how often", lambda: self.names_read(folder))
            self.try_out("CSV, JSON and a packed registry", lambda: self.csv_is_json(folder))
            self.try_out("every command that reads", lambda: self.every_command(folder))
        self.try_out("names are kept as aliases", self.names_are_kept)
        self.try_out("actors declared behind their events", self.late)
        self.wrong()


def main():
    tests = Tests(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 1)
    tests.everything()
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main())
