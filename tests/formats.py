#!/usr/bin/python3
"""What is read of data sets: their fixtures event by event, what is wrong with a file, and the
published files of UCDP where they are at hand, counted here once more with the csv module.

usage: formats.py CASUS SOURCE_ROOT

Ends with 'N passed, N failed'.
"""
import csv
import json
import os
import re
import subprocess
import sys
import tempfile

ISO = {"attack": "!", "support": "+", "claim": "?"}
FIELDS = 10 * 1024 * 1024


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def equal(self, what, expected, found):
        if expected == found:
            self.passed += 1
            return
        self.failed += 1
        print(f"{what}:\n  expected {expected!r}\n  found    {found!r}")


def run(casus, *words):
    return subprocess.run([casus, *words], capture_output=True, text=True, check=False)


def convert(casus, *words):
    """The dossier that the inputs are, read back from what casus writes of them."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "out.json")
        done = run(casus, "convert", *words, "-o", path)
        if done.returncode:
            return None, done
        with open(path, encoding="utf-8") as file:
            return json.load(file), done


# --- an event in a line --------------------------------------------------------------------------


def date_words(date):
    if not isinstance(date, dict):
        return date or "-"
    return f"{date.get('from')}..{date.get('to')}"


def loss_words(loss):
    who = loss.get("actor") or "nobody"
    parts = []
    for kind in ("killed", "wounded", "captured", "missing"):
        figure = loss.get(kind)
        if isinstance(figure, dict):
            figure = f"{figure.get('low', '')}-{figure.get('high', '')}"
        if figure is not None:
            parts.append(f"{figure} {kind}")
    return f"{who} {' '.join(parts)}"


def event_words(event, directed):
    sign = "->" if event.get("directed", directed[event["type"]]) else "--"
    words = [f"{date_words(event.get('date'))} {event['type']}: "
             f"{'+'.join(event['from'])} {sign} {'+'.join(event['to'])}"]
    words += [loss_words(loss) for loss in event.get("losses", [])]
    for claim in event.get("claims", []):
        teller = claim.get("by") or "source " + claim.get("source", "?")
        words.append(f"{claim['stance']} by {teller}")
    return "; ".join(words)


# Types without a direction of their own.
DIRECTED = type("Directed", (), {"__getitem__": lambda self, name: name not in ("battle", "clash")})()

# --- fixtures ------------------------------------------------------------------------------------
# Each worked out by hand from the rows of the file and the codebook's words.

ARMY, POLICE, NF = "Military Forces of Norland", "Police Forces of Norland", "Northern Front"
GAZETTE, RADIO = "report by source Gazette of Norland", "report by source Radio Sudland"
WIRE = "report by source Norland News Wire"

FIXTURES = {
    "ucdp-esd/actor-year.csv": {
        "format": "ucdp-esd", "rows": 7,
        "events": [
            "2000 troops: ucdp:9101 -> ucdp:9001",
            "2000 weapons: ucdp:9102 -> ucdp:9001",
            "2000 funding: ucdp:9103 -> ucdp:9002",
            "2000 funding: ucdp:9104 -> ucdp:9002",
            "2001 support: ucdp:9104 -> ucdp:9002",
            "2001 support: ucdp:9105 -> ucdp:9003",
            "2001 support: ucdp:9106 -> ucdp:9003",
            "2001 support: ucdp:9101 -> ucdp:9001",
        ],
        "extra": {"esd:9101-9001-2000": {"x-support": ["troops", "weapons", "training"]},
                  "esd:9104-9002-2001": {"x-support": ["support"], "x-bothsides": True}},
        "names": {"ucdp:9103": "Brothers, ex-Guard", "ucdp:9104": "Coast League",
                  "ucdp:9105": "ucdp:9105"},
        "kinds": {"ucdp:9101": "state", "ucdp:9103": "armed-group", "ucdp:9003": "armed-group"},
        "skipped": {"without external support": 1},
        "remarks": {"supporters told of again against another opponent": 1,
                    "rows whose supporters' names and ids differ in number": 1},
    },
    "ucdp-esd/triad-year.csv": {
        "format": "ucdp-esd", "rows": 3,
        "events": ["2005 logistics: ucdp:9102 -> ucdp:9002",
                   "2006 intelligence: ucdp:9102 -> ucdp:9002"],
        "extra": {"esd:9102-9002-2006": {"x-support": ["intelligence"], "x-alleged": True}},
        "skipped": {"of support that is alleged only": 1},
    },
    "ucdp-dyadic/dyadic.csv": {
        "format": "ucdp-dyadic", "rows": 4,
        "events": [
            "2000 battle: ucdp:9001 -- ucdp:9002; nobody 1000- killed",
            "2000 battle: ucdp:9001 -- ucdp:9003; nobody 25-999 killed",
            "2001 battle: ucdp:9001 -- ucdp:9101; nobody 25-999 killed",
            "2001 battle: ucdp:9001 -- ucdp:9002",
            "2000 troops: ucdp:9101 -> ucdp:9001",
            "2000 troops: Government of Westland -> ucdp:9001",
            "2000 troops: Government of Eastland -> ucdp:9003",
        ],
        "kinds": {"Government of Westland": "state", "ucdp:9002": "armed-group"},
        "remarks": {"rows of an intensity that is neither 1 nor 2": 1},
    },
    "acled/until-2018.csv": {
        "format": "acled", "rows": 5,
        "events": [
            f"1997-12-31 battle: {ARMY} -- NF: {NF}; nobody 7 killed; {GAZETTE}",
            f"1997-12 attack: NF: {NF} -> Civilians (Norland); nobody 0 killed; {GAZETTE}; {RADIO}",
            f"1998-01-01 attack: {ARMY} -> Civilians (Norland); nobody 2 killed; {RADIO}",
        ],
        "aliases": {ARMY: ["Military Forces of Norland (1990-2003)"]},
        "kinds": {ARMY: "army", f"NF: {NF}": "armed-group", "Civilians (Norland)": "civilians"},
        "generic": ["Civilians (Norland)"],
        "skipped": {"of protest": 1, "of strategic development": 1},
    },
    "acled/2019-2022.csv": {
        "format": "acled", "rows": 10,
        "events": [
            f"2020-12-03 clash: {ARMY} -- {NF}; nobody 4 killed; {GAZETTE}",
            f"2020-12-04 airstrike: {ARMY} -> Civilians (Norland); nobody 3 killed; {GAZETTE}",
            f"2020-12-05 shelling: {NF} -> {POLICE} Prison Guards; nobody 1 killed; {RADIO}",
            "2020-12-06 abduction: Unidentified Armed Group (Norland) -> Civilians (Norland); "
            f"nobody 0 killed; {RADIO}",
            f"2020-12-08 attack: {POLICE} -> Protesters (Norland); nobody 2 killed; {RADIO}",
            f"2020-12-09 clash: Rioters (Norland) -- {POLICE}; nobody 1 killed; {RADIO}",
            f"2020-12-05..2020-12-17 battle: {ARMY} -- {NF}; nobody 5 killed; {GAZETTE}; {RADIO}",
            f"2020-12-12 clash: Hill Clan Militia -- Hill Clan Militia; nobody 1 killed; {RADIO}",
        ],
        "aliases": {f"{POLICE} Prison Guards": [f"{POLICE} (2019-) Prison Guards"]},
        "kinds": {"Hill Clan Militia": "militia", POLICE: "army", NF: "armed-group"},
        "generic": ["Civilians (Norland)", "Protesters (Norland)", "Rioters (Norland)",
                    "Unidentified Armed Group (Norland)"],
        "skipped": {"of protest": 1, "of strategic development": 1},
    },
    "acled/2019-2022.csv --associates support": {
        "format": "acled", "rows": 10,
        "events": [
            f"2020-12-03 clash: {ARMY} -- {NF}; nobody 4 killed; {GAZETTE}",
            f"2020-12-03 support: Coast League -> {NF}",
            f"2020-12-03 support: Hill Clan Militia -> {NF}",
            f"2020-12-04 airstrike: {ARMY} -> Civilians (Norland); nobody 3 killed; {GAZETTE}",
            f"2020-12-05 shelling: {NF} -> {POLICE} Prison Guards; nobody 1 killed; {RADIO}",
            "2020-12-06 abduction: Unidentified Armed Group (Norland) -> Civilians (Norland); "
            f"nobody 0 killed; {RADIO}",
            "2020-12-06 support: Teachers (Norland) -> Civilians (Norland)",
            f"2020-12-08 attack: {POLICE} -> Protesters (Norland); nobody 2 killed; {RADIO}",
            f"2020-12-09 clash: Rioters (Norland) -- {POLICE}; nobody 1 killed; {RADIO}",
            f"2020-12-05..2020-12-17 battle: {ARMY} -- {NF}; nobody 5 killed; {GAZETTE}; {RADIO}",
            f"2020-12-12 clash: Hill Clan Militia -- Hill Clan Militia; nobody 1 killed; {RADIO}",
        ],
        "skipped": {"of protest": 1, "of strategic development": 1},
    },
    "acled/since-2022.csv": {
        "format": "acled", "rows": 5,
        "events": [
            f"2025-05-16 clash: {ARMY} -- {NF}; nobody 6 killed; {GAZETTE}",
            f"2025-05-16 attack: Hill Clan Militia -> Civilians (Norland); nobody 1 killed; {RADIO}",
            f"2025-05-17 suicide-bombing: Coast League -> {ARMY}; nobody 9 killed; {RADIO}",
            "2025-05-18 ied: Unidentified Armed Group (Norland) -> Military Forces of Sudland; "
            f"nobody 0 killed; {RADIO}",
        ],
        "kinds": {ARMY: "army", "Coast League": "militia", "Hill Clan Militia": "militia",
                  NF: "armed-group", "Military Forces of Sudland": "army"},
        "skipped": {"of an event that stands already": 1},
    },
    "icews/events.tab": {
        "format": "icews", "rows": 8,
        "events": [
            f"2013-05-01 attack: Military (Norland) -> {NF}; {WIRE}",
            f"2013-05-02 bombing: {NF} -> Military (Norland); {WIRE}",
            f"2015-05-03 support: Sudland -> {NF}; {WIRE}",
            f"2015-05-04 blame: Sudland -> Norland; {WIRE}",
            "2015-05-07 statement: Norland -> Sudland",
            f"2015-05-08 attack: Unspecified Actor (Norland) -> ; {WIRE}",
        ],
        "kinds": {"Sudland": "state", "Military (Norland)": "army", NF: "armed-group"},
        "generic": ["Unspecified Actor (Norland)"],
        "skipped": {"of coercion and the like, which make no tie": 1, "without a CAMEO code": 1},
    },
    "icews/events.tab --quads": {
        "format": "icews", "rows": 8,
        "events": [
            f"2013-05-01 attack: Military (Norland) -> {NF}; {WIRE}",
            f"2013-05-02 bombing: {NF} -> Military (Norland); {WIRE}",
            f"2015-05-03 support: Sudland -> {NF}; {WIRE}",
            f"2015-05-04 blame: Sudland -> Norland; {WIRE}",
            f"2015-05-05 attack: Norland -> {NF}; {WIRE}",
            "2015-05-07 statement: Norland -> Sudland",
            f"2015-05-08 attack: Unspecified Actor (Norland) -> ; {WIRE}",
        ],
        "skipped": {"without a CAMEO code": 1},
    },
    "polecat/events.txt": {
        "format": "polecat", "rows": 7,
        "events": [
            f"2021-02-01 airstrike: Norland Air Force -> {NF}; {WIRE}",
            f"2021-02-02 attack: {NF}+Coast League -> Norland Army; {WIRE}",
            f"2021-02-03 support: Sudland -> {NF}; {WIRE}",
            f"2021-02-04 blame: Norland -> Sudland; {WIRE}",
            f"2021-02-06 attack:  -> {NF}; {WIRE}",
        ],
        "kinds": {"Norland Air Force": "army", NF: "armed-group", "Sudland": None},
        "skipped": {"of coercion and the like, which make no tie": 1, "without actors": 1},
    },
    "polecat/short-rows.txt": {
        "format": "polecat", "rows": 2,
        "events": [
            f"2021-02-01 airstrike: Norland Air Force -> {NF}; {WIRE}",
            f"2021-02-02 attack: {NF}+Coast League -> Norland Army; {WIRE}",
        ],
    },
    "gtd/events.csv": {
        "format": "gtd", "rows": 6,
        "events": [
            f"1999-01-02 suicide-bombing: {NF} -> Norland Police; nobody 4 killed; {NF} 1 killed; "
            f"nobody 7 wounded; responsibility by {NF}",
            f"1999-02 assault: {NF} -> Civilians (Norland); nobody 3 killed; "
            f"responsibility by {NF}; responsibility by Coast League",
            "1999 assassination: Unknown (Norland) -> Government (General) (Norland); "
            "nobody 1 killed",
            "2000-01-01 abduction: Coast League -> Norland News Wire",
            f"2000-01-01 sabotage: Coast League+{NF}+Reed Brigade -> "
            "Business (Norland)+Norland Army; nobody 0 killed; nobody 2 killed; "
            "responsibility by Coast League; responsibility by Reed Brigade",
            "2000-01-01 attack: Hill Front -> Military (Norland); Hill Front 3 killed",
        ],
        "extra": {"gtd-199902000002": {"x-compclaim": True},
                  "gtd-200001010004": {"x-uncertain": True}},
        "kinds": {"Norland Police": "army", "Norland News Wire": "outlet", NF: "armed-group"},
        "generic": ["Business (Norland)", "Civilians (Norland)", "Unknown (Norland)"],
        "remarks": {"losses of perpetrators that are more than all losses": 1},
    },
    "gtd/windows-1252.csv": {
        "format": "gtd", "rows": 2,
        "events": [
            "1999-01-02 suicide-bombing: Frente Unión -> Norland Police; nobody 4 killed; "
            "Frente Unión 1 killed; nobody 7 wounded; responsibility by Frente Unión",
            "1999 assassination: “Águilas” -> Government (General) (Norland); nobody 1 killed",
        ],
    },
    "table/signed.csv": {
        "format": "edges", "rows": 5,
        "events": ["- support: Ash -> Birch", "- attack: Ash -> Cedar", "- attack: Birch -> Cedar",
                   "- support: Cedar -> Cedar"],
        "skipped": {"of sign 0": 1},
    },
    "table/weighted.csv": {
        "format": "edges", "rows": 2,
        "events": ["- support: Ash -> Birch"] * 3 + ["- support: Birch -> Cedar"],
    },
    "table/pairs.csv": {
        "format": "edges", "rows": 3,
        "events": ["- support: 1 -- 2", "- support: 2 -- 3", "- support: 3 -- 1"],
    },
    "table/dated.csv": {
        "format": "edges", "rows": 2,
        "events": ["1901..1904 support: Ash -> Birch", "1910 attack: Ash -> Cedar"],
    },
    "table/own.csv --map {fixtures}/table/own.map.json": {
        "format": "csv", "rows": 3,
        "events": [
            f"2020-05-03 clash: {NF} -- Norland Army; nobody 4 killed; "
            "report by source The Gazette",
            f"2020-05-12 airstrike: Norland Army -> {NF}+Coast League; "
            f"report by source The Gazette; {RADIO}",
            f"- weapons: Sudland -> {NF}",
        ],
    },
    "table/own.csv --map from=Attacker,to=Target,type.Firefight=battle,type.arms=weapons,"
    "type=Kind,date=When,dates:=month-first,killed=Dead": {
        "format": "csv", "rows": 3,
        "events": [
            f"2020-03-05 battle: {NF} -- Norland Army; nobody 4 killed",
            f"2020-05-12 airstrike: Norland Army -> {NF}; Coast League",
            f"- weapons: Sudland -> {NF}",
        ],
    },
}


def counts(rows, key):
    return {row[key]: row.get("records", row.get("count")) for row in rows}


def check_actors(checks, name, expected, dossier):
    actors = {actor["id"]: actor for actor in dossier["actors"]}
    for what, of in (("kinds", lambda a: a.get("kind")), ("aliases", lambda a: a.get("aliases")),
                     ("names", lambda a: a.get("name", a["id"]))):
        wanted = expected.get(what, {})
        checks.equal(f"{name}: {what}", wanted, {i: of(actors.get(i, {"id": i})) for i in wanted})
    generic = sorted(i for i, actor in actors.items() if actor.get("generic"))
    if "generic" in expected:
        checks.equal(f"{name}: generic", expected["generic"], generic)


def check_fixture(checks, casus, fixtures, name, expected):
    words = name.format(fixtures=fixtures).split(" ")
    words[0] = os.path.join(fixtures, words[0])
    dossier, done = convert(casus, *words)
    if not dossier:
        checks.equal(name, 0, (done.returncode, done.stderr))
        return
    events = [event_words(event, DIRECTED) for event in dossier["events"]]
    checks.equal(f"{name}: events", expected["events"], events)
    extras = {e.get("id"): {k: v for k, v in e.items() if k.startswith("x-")}
              for e in dossier["events"]}
    wanted = expected.get("extra", {})
    checks.equal(f"{name}: extra", wanted, {i: extras.get(i) for i in wanted})
    check_actors(checks, name, expected, dossier)
    done = run(casus, "report", *words, "--format", "json")
    said = json.loads(done.stdout)["input"][0]
    found = (said["format"], said.get("records", said["events"]), said["events"],
             counts(said.get("skipped", []), "reason"), counts(said.get("remarks", []), "what"))
    checks.equal(f"{name}: counts", (expected["format"], expected["rows"], len(events),
                                     expected.get("skipped", {}), expected.get("remarks", {})),
                 found)


def check_round_trip(checks, casus, fixtures, name):
    """As a dossier and from there once more it stays the same."""
    path = os.path.join(fixtures, name)
    with tempfile.TemporaryDirectory() as folder:
        first, second = os.path.join(folder, "1.json"), os.path.join(folder, "2.json")
        run(casus, "convert", path, "-o", first)
        run(casus, "convert", first, "-o", second)
        texts = [open(p, encoding="utf-8").read() for p in (first, second)]
    checks.equal(f"{name}: again", texts[0], texts[1])


# --- what is wrong -------------------------------------------------------------------------------

BAD = [  # name, content, options, exit code, what stderr holds
    ("monadic", "event_id_cnty,event_date,event_type,actor1,inter1,country,fatalities\n1,2,3,4,5,6,7\n",
     [], 3, "[CAS-152] "),
    ("monadic names acled", "event_id_cnty,event_date,event_type,actor1,inter1,country,fatalities\n",
     [], 3, "nearest to acled, but lacks its columns actor2, inter2: a monadic export has one row an "
     "actor; export one row an event; found event_id_cnty"),
    ("number", "from,to,sign\na,b,plus\n", [], 3, ":2:5: [CAS-110] 'sign': expected a number"),
    ("weight", "from,to,weight\na,b,1.5\n", [], 3, ":2:5: [CAS-114] a weight is a number of events"),
    ("type", "from,to,type\na,b,fight\n", [], 3, ":2:5: [CAS-113] no type 'fight'"),
    ("relation", "from,to,type,relation\na,b,clash,support\n", [], 3, ":2:11: [CAS-142] "),
    ("date", "from,to,sign,date\na,b,1,2020-13-01\n", [], 3, ":2:7: [CAS-121] "),
    ("width", "from,to,sign\na,b\n", [], 3, ":2:1: [CAS-154] "),
    ("other columns", "from,to,colour\na,b,red\n", [], 3, "[CAS-151] "),
    ("edges by name", "from,to,colour\na,b,red\n", ["--from", "edges"], 3, "[CAS-152] "),
    ("csv without a map", "a,b\n1,2\n", ["--from", "csv"], 2, "[CAS-195] "),
    ("a column of the map", "a,b\n1,2\n", ["--map", "from=a,to=c,type:=clash"], 3,
     "expected the columns c; found a, b"),
    ("a bad map", "a,b\n1,2\n", ["--map", "from=a,too=b"], 2, "'too' is no key of a map"),
    ("half a map", "a,b\n1,2\n", ["--map", "from=a"], 2, "[CAS-195] "),
    ("save without a map", "a,b\n1,2\n", ["--save-map", "x.json"], 2, "[CAS-160] "),
    ("associates", "a,b\n1,2\n", ["--associates", "attack"], 2, "[CAS-160] "),
    ("an actor's number", "year,actor_id,actor_name,ext_id,ext_name,ext_sup\n2000,x,A,1,B,1\n", [],
     3, ":2:6: [CAS-110] 'actor_id': expected a number of UCDP's, found 'x'"),
    ("a supporter's number", "year,actor_id,actor_name,ext_id,ext_name,ext_sup\n2000,1,A,2-3,B,1\n",
     [], 3, "[CAS-110] 'ext_id'"),
    ("a year", "year,actor_id,actor_name,ext_id,ext_name,ext_sup\n,1,A,2,B,1\n", [], 3,
     "[CAS-112] expected something in the column 'year'"),
]


def check_bad(checks, casus):
    with tempfile.TemporaryDirectory() as folder:
        for name, content, options, code, text in BAD:
            path = os.path.join(folder, "table.csv")
            with open(path, "w", encoding="utf-8") as file:
                file.write(content)
            done = run(casus, "report", path, *options)
            checks.equal(f"{name}: exit", code, done.returncode)
            checks.equal(f"{name}: {text} in {done.stderr}", True, text in done.stderr)


def check_lenient(checks, casus):
    """A bad row is left out and counted; what stands around it is read."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "table.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("from,to,sign\na,b,1\na,c,plus\nb,c,-1\n")
        dossier, _ = convert(casus, path, "--lenient")
        checks.equal("lenient", ["- support: a -> b", "- attack: b -> c"],
                     [event_words(event, DIRECTED) for event in dossier["events"]])


def check_saved_map(checks, casus, fixtures):
    with tempfile.TemporaryDirectory() as folder:
        path, saved = os.path.join(fixtures, "table/own.csv"), os.path.join(folder, "map.json")
        line = "from=Attacker,to=Target,type=Kind,type.Firefight=clash,type.Arms=weapons,list:=;"
        first, _ = convert(casus, path, "--map", line, "--save-map", saved)
        second, _ = convert(casus, path, "--map", saved)
        checks.equal("a saved map", first, second)
        with open(saved, encoding="utf-8") as file:
            checks.equal("what is saved", {
                "casus-map": 1,
                "columns": {"from": "Attacker", "to": "Target", "type": "Kind"},
                "types": {"Firefight": "clash", "Arms": "weapons"}, "list": ";"}, json.load(file))


# --- the actor set -------------------------------------------------------------------------------


def check_register(checks, casus, fixtures):
    actors = os.path.join(fixtures, "ucdp-actor/actors.csv")
    esd = os.path.join(fixtures, "ucdp-esd/actor-year.csv")
    dossier, _ = convert(casus, actors, esd)
    found = {actor["id"]: actor for actor in dossier["actors"]}
    checks.equal("a register lists those that are named",
                 ["ucdp:9001", "ucdp:9002", "ucdp:9003", "ucdp:9101", "ucdp:9102", "ucdp:9103",
                  "ucdp:9104", "ucdp:9105", "ucdp:9106"], sorted(found))
    checks.equal("aliases", ["al-Jabha al-Shamaliya", "Northern Front"],
                 found["ucdp:9002"]["aliases"])
    checks.equal("descent", [["ucdp:9008"], ["ucdp:9002"]],
                 [found["ucdp:9002"]["x-splinter-of"], found["ucdp:9003"]["x-merged-into"]])
    turned, _ = convert(casus, esd, actors)
    checks.equal("in either order the same actors", sorted(found),
                 sorted(actor["id"] for actor in turned["actors"]))
    for order in ([actors, esd], [esd, actors]):
        said = json.loads(run(casus, "report", *order, "--format", "json").stdout)
        checks.equal("those it does not list are counted", [6], [
            row["count"] for one in said["input"] for row in one.get("remarks", [])
            if row["what"] == "actors of other inputs that it does not list"])
        checks.equal("in the graph", 9, said["graph"]["actors"])
    done = run(casus, "report", actors)
    checks.equal("a register alone", (3, True), (done.returncode, "[CAS-150]" in done.stderr))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "edges.csv")
        with open(path, "w", encoding="utf-8") as file:
            file.write("from,to,sign\nnorthern front,Reed Brigade,1\nOld Front (Renewed),Ash,-1\n")
        named, _ = convert(casus, path, "--actors", actors)
        checks.equal("as a registry", ["- support: ucdp:9002 -> ucdp:9003",
                                       "- attack: ucdp:9008 -> Ash"],
                     [event_words(event, DIRECTED) for event in named["events"]])


# --- the published files -------------------------------------------------------------------------


def table(path):
    csv.field_size_limit(FIELDS)
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def esd_supports(rows):
    """(supporter, party, year) of all rows with support, and how many are named."""
    named = [(one.strip(), row["actor_id"], row["year"]) for row in rows if row["ext_sup"] == "1"
             for one in row["ext_id"].split(",")]
    return set(named), len(named)


def check_esd(checks, casus, path):
    rows = table(path)
    supports, named = esd_supports(rows)
    said = json.loads(run(casus, "report", path, "--format", "json").stdout)
    one = said["input"][0]
    without = sum(row["ext_sup"] == "0" for row in rows)
    checks.equal("ESD: rows, events, rows without support",
                 (len(rows), len(supports), {"without external support": without}),
                 (one["records"], one["events"], counts(one["skipped"], "reason")))
    checks.equal("ESD: supporters in several rows", named - len(supports), counts(
        one["remarks"], "what")["supporters told of again against another opponent"])
    checks.equal("ESD: ties", len({pair[:2] for pair in supports if pair[0] != pair[1]}),
                 said["graph"]["ties"])
    dossier, _ = convert(casus, path)
    names = {actor["id"]: actor.get("name") for actor in dossier["actors"]}
    checks.equal("ESD: names with commas", "Interahamwe, ex-FAR", names["ucdp:623"])
    letters = dict(zip("xpywmtfilou", ("troops", "troops", "joint-operation", "weapons",
                                       "logistics", "training", "funding", "intelligence",
                                       "sanctuary", "support", "support")))
    kinds = {}
    for row in rows:
        for one in row["ext_id"].split(",") if row["ext_sup"] == "1" else []:
            kinds.setdefault((one.strip(), row["actor_id"], row["year"]), set()).update(
                letters[x] for x in letters if row["ext_" + x] != "0")
    found = {tuple(e["id"][4:].split("-")): set(e["x-support"]) for e in dossier["events"]}
    checks.equal("ESD: kinds of support", {k: v or {"support"} for k, v in kinds.items()}, found)


def check_together(checks, casus, ged, esd, actors):
    supports, _ = esd_supports(table(esd))
    fights = {row[f"side_{side}_new_id"] for row in table(ged) for side in "ab"
              if row[f"side_{side}"] != "Civilians"}
    backed = {party for _, party, _ in supports} | {one for one, _, _ in supports}
    listed = {row["ActorId"] for row in table(actors)}
    said = json.loads(run(casus, "report", ged, esd, actors, "--format", "json").stdout)
    ids = {actor["id"][5:] for actor in said["actors"] if re.fullmatch(r"ucdp:\d+", actor["id"])}
    checks.equal("together: all of GED and ESD", set(), (fights | backed) - ids)
    joined = {actor["id"][5:] for actor in said["actors"]
              if any(actor["by_relation"]["attack"]["scores"][f"{way}_degree"] for way in ("in", "out"))
              and any(actor["by_relation"]["support"]["scores"][f"{way}_degree"]
                      for way in ("in", "out"))}
    checks.equal("together: actors that fight and are backed, or back", fights & backed, joined)
    missing = [row["count"] for row in said["input"][2]["remarks"]]
    named = fights | backed | {row["actor_id"] for row in table(esd)}
    checks.equal("together: those that the actor set lacks", [len(named - listed)], missing)
    checks.equal("together: no actor beside those named", named - ids, set())


def main():
    casus, root = sys.argv[1:3]
    fixtures = os.path.join(root, "tests", "fixtures")
    checks = Checks()
    for name, expected in FIXTURES.items():
        check_fixture(checks, casus, fixtures, name, expected)
        if " " not in name:
            check_round_trip(checks, casus, fixtures, name)
    check_bad(checks, casus)
    check_lenient(checks, casus)
    check_saved_map(checks, casus, fixtures)
    check_register(checks, casus, fixtures)
    data = os.path.join(os.path.dirname(os.path.abspath(root)), "shared", "data", "ucdp")
    published = [os.path.join(data, name) for name in
                 ("ged-myanmar.csv", "esd-actor-year-18.1.csv", "actor-22.1.csv")]
    if all(os.path.exists(path) for path in published):
        check_esd(checks, casus, published[1])
        check_together(checks, casus, *published)
    print(f"{checks.passed} passed, {checks.failed} failed")
    return checks.failed != 0


if __name__ == "__main__":
    sys.exit(main())
