#!/usr/bin/python3
"""Open what casus writes with the programs that it is written for, and count on the other side.

usage: exports.py CASUS SOURCE_ROOT

Each dossier (the case, every good fixture) is folded into ties here, from its JSON alone, and each
export of it is opened by its consumer: NetworkX (node-link JSON, GraphML), igraph (GraphML),
Graphviz (DOT), libxml2 (GEXF), csv, json. Actors, kinds, parents, ties, directions, weights and
dates must agree. Then casus convert: JSON, JSON Lines and CSV sets read back as the same dossier.

Ends with 'N passed, N failed'.
"""
import csv
import glob
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter

import igraph
import networkx

from tally import Tally

FAULTS = (Exception,)
UNDIRECTED_TYPES = {"battle", "clash"}
SPEAKS_FOR_PARENT = {"outlet", "unit", "person", "base"}
JS_SPACE = " \t\n\v\f\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200b)))
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
csv.field_size_limit(10**7)


# --- the dossier, folded on its own ------------------------------------------------------------


def read_dossier(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        text = file.read()
    if not path.endswith(".jsonl"):
        return json.loads(text)
    dossier = {"actors": [], "sources": [], "events": [], "claims": []}
    for line in text.split("\n"):
        value = json.loads(line) if line.strip() else {}
        if "casus" in value:
            dossier.update(value)
            continue
        for key, record in value.items():
            dossier[key + "s"].append(record)
    return dossier


def relations(root):
    with open(os.path.join(root, "graphs", "dossier.schema.json"), encoding="utf-8") as file:
        defs = json.load(file)["$defs"]
    return {word: name for name in ("attack", "support", "claim")
            for word in defs[name + "Type"]["enum"]}


def last_day(date):
    return date + "-12-31"[len(date) - 4:] if len(date) < 10 else date


def dates_of(record):
    date = record.get("date")
    ends = [date] if isinstance(date, str) else [(date or {}).get("from"), (date or {}).get("to")]
    return [end for end in ends if end]


class Tie:
    def __init__(self):
        self.events, self.dates = 0, []

    def add(self, record):
        self.events += 1
        self.dates += dates_of(record)

    def first(self):
        return min(self.dates, key=lambda d: ((d + "-01-01")[:10], last_day(d)), default=None)

    def last(self):
        return max(self.dates, key=lambda d: (last_day(d), (d + "-01-01")[:10]), default=None)


class Folded:
    """Actors by id; ties by (from, to, relation, directed); an undirected pair in byte order."""

    def __init__(self, dossier, relation_of):
        self.actors = {actor["id"]: actor for actor in dossier.get("actors", [])}
        self.events = {event["id"]: event for event in dossier["events"]}
        self.ties, self.relation_of = {}, relation_of
        for event in dossier["events"]:
            self.fold_event(event)
        for event in dossier["events"]:
            for claim in event.get("claims", []):
                self.fold_claim(claim, [event])
        for claim in dossier.get("claims", []):
            self.fold_claim(claim, [self.events[name] for name in claim["about"]])

    def ids(self):
        return sorted(self.actors, key=lambda name: name.encode())

    def tie(self, source, target, relation, directed=True):
        if not directed:
            source, target = sorted((source, target), key=lambda name: name.encode())
        return self.ties.setdefault((source, target, relation, directed), Tie())

    def fold_event(self, event):
        relation = self.relation_of.get(event["type"]) or event["relation"]
        directed = event.get("directed", event["type"] not in UNDIRECTED_TYPES)
        pairs = {(a, b) for a in event.get("from", []) for b in event.get("to", []) if a != b}
        if not directed:
            pairs = {tuple(sorted(pair)) for pair in pairs}
        for source, target in pairs:
            self.tie(source, target, relation, directed).add(event)

    def fold_claim(self, claim, events):
        if "by" not in claim:
            return
        targets = {target for event in events for target in self.targets(claim, event)}
        for target in targets - {claim["by"]}:
            self.tie(claim["by"], target, "claim").add(claim)

    def targets(self, claim, event):
        source, target = event.get("from", []), event.get("to", [])
        if claim["stance"] in ("deny", "corroborate") and "of" in claim:
            return [claim["of"]]
        if claim["stance"] == "responsibility":
            return target
        if claim["stance"] == "announce" and self.stands_with_from(claim["by"], event):
            return target
        return source

    def stands_with_from(self, actor, event):
        for likeness in (lambda a: a, self.claimant, self.topmost, self.side):
            mine = likeness(actor)
            on_from = mine in [likeness(a) for a in event.get("from", [])] and mine is not None
            on_to = mine in [likeness(a) for a in event.get("to", [])] and mine is not None
            if on_from != on_to:
                return on_from
        return on_from

    def parent(self, actor):
        parent = self.actors[actor].get("parent")
        if isinstance(parent, list):
            return parent[-1]["id"] if parent else None
        return parent

    def claimant(self, actor):
        while self.actors[actor].get("kind") in SPEAKS_FOR_PARENT and self.parent(actor):
            actor = self.parent(actor)
        return actor

    def topmost(self, actor):
        while self.parent(actor):
            actor = self.parent(actor)
        return actor

    def side(self, actor):
        while actor is not None and "side" not in self.actors[actor]:
            actor = self.parent(actor)
        return self.actors[actor]["side"] if actor is not None else None


# --- what an export says, in one shape -----------------------------------------------------------


class Opened:
    """What a consumer found: actors in their order, and a Counter of ties."""

    def __init__(self):
        self.actors, self.ties = [], Counter()

    def actor(self, name, attributes):
        self.actors.append((name, attributes.get("name"), attributes.get("kind"),
                            attributes.get("parent") or None))

    def tie(self, source, target, attributes, directed):
        self.ties[(source, target, attributes["relation"], directed, float(attributes["weight"]),
                   int(attributes["events"]), attributes.get("first") or None,
                   attributes.get("last") or None)] += 1


def expected(folded, rename=lambda name, index: name):
    names = {name: rename(name, i) for i, name in enumerate(folded.ids())}
    opened = Opened()
    for name in folded.ids():
        actor = folded.actors[name]
        opened.actor(names[name], {"name": actor.get("name", name),
                                   "kind": actor.get("kind", "other"),
                                   "parent": folded.parent(name)})
    for (source, target, relation, directed), tie in folded.ties.items():
        opened.tie(names[source], names[target],
                   {"relation": relation, "weight": tie.events, "events": tie.events,
                    "first": tie.first(), "last": tie.last()}, directed)
    return opened


def both_ways(opened):
    """Undirected ties as consumers without them see them: two edges."""
    for tie in [tie for tie in opened.ties if not tie[3]]:
        opened.ties[(tie[1], tie[0]) + tie[2:]] += opened.ties[tie]
    return opened


def not_blank(name, index):
    """Cytoscape.js takes no id of white space alone; the actor's number makes one of it."""
    return name if name.strip(JS_SPACE) else f"{name}\ufffd{index + 1}"


def mended(name, index):
    """What XML cannot hold becomes U+FFFD, and the actor's number keeps such ids apart."""
    return NOT_XML.sub("\ufffd", name) + f"\ufffd{index + 1}" if NOT_XML.search(name) else name


def in_xml(opened):
    opened.actors = [tuple(field and NOT_XML.sub("\ufffd", field) for field in actor)
                     for actor in opened.actors]
    return opened


def dot_name(name, index=0):
    """Graphviz keeps backslashes in names; an id that begins with % gets one."""
    return ("\\" if name.startswith("%") else "") + name.replace("\\", "\\\\")


def in_dot(opened):
    opened.actors = [(actor[0], *(field and field.replace("\\", "\\\\") for field in actor[1:]))
                     for actor in opened.actors]
    return opened


# --- the consumers -------------------------------------------------------------------------------


def load_json(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def open_networkx_graph(graph):
    opened = Opened()
    for name, attributes in graph.nodes(data=True):
        opened.actor(name, attributes)
    for source, target, attributes in graph.edges(data=True):
        opened.tie(source, target, attributes, not attributes["undirected"])
    return opened


def open_networkx(path):
    data = load_json(path)
    graph = networkx.node_link_graph(data, link="edges")
    assert graph.is_directed() and graph.is_multigraph()
    assert graph.number_of_edges() == len(data["edges"]), "keys are not unique"
    assert Counter(edge["tie"] for edge in data["edges"]) == Counter(
        {edge["tie"]: 1 + edge["undirected"] for edge in data["edges"]})
    return open_networkx_graph(graph)


def open_graphml(path):
    graph = networkx.read_graphml(path, force_multigraph=True)
    for _, _, attributes in graph.edges(data=True):
        assert isinstance(attributes["weight"], float) and isinstance(attributes["events"], int)
    opened = open_networkx_graph(graph)
    # One undirected graph comes back with the ends in the order of reading.
    return opened if graph.is_directed() else both_ways(opened)


def open_igraph(path):
    """igraph keeps the file's ids in `id`, with an & as &#38;; a text that is not there is empty."""
    graph = igraph.Graph.Read_GraphML(path)
    names = [name.replace("&#38;", "&") for name in graph.vs["id"]]
    opened = Opened()
    for vertex, name in zip(graph.vs, names):
        opened.actor(name, vertex.attributes())
    for edge in graph.es:
        opened.tie(names[edge.source], names[edge.target], edge.attributes(),
                   not edge["undirected"])
    return opened if graph.is_directed() else both_ways(opened)


def open_cytoscape(path):
    elements = load_json(path)["elements"]
    nodes = [element["data"] for element in elements["nodes"]]
    edges = [element["data"] for element in elements["edges"]]
    ids = [data["id"] for data in nodes + edges]
    known = {node["id"] for node in nodes}
    assert len(set(ids)) == len(ids) and all(isinstance(name, str) for name in ids)
    opened = Opened()
    for node in nodes:
        assert node.get("parent", node["id"]) in known
        opened.actor(node["id"], {**node, "parent": node.get("parent_id")})
    for edge in edges:
        assert edge["source"] in known and edge["target"] in known
        opened.tie(edge["source"], edge["target"], edge, not edge["undirected"])
    return opened


def open_d3(path):
    data = load_json(path)
    known = {node["id"] for node in data["nodes"]}
    opened = Opened()
    for node in data["nodes"]:
        opened.actor(node["id"], node)
    for link in data["links"]:
        assert link["source"] in known and link["target"] in known
        opened.tie(link["source"], link["target"], link, not link["undirected"])
    return opened


def open_graphology(path):
    data = load_json(path)
    assert data["options"]["multi"] and data["options"]["type"] == "mixed"
    keys = [edge["key"] for edge in data["edges"]]
    assert len(set(keys)) == len(keys)
    opened = Opened()
    for node in data["nodes"]:
        opened.actor(node["key"], node["attributes"])
    for edge in data["edges"]:
        opened.tie(edge["source"], edge["target"], edge["attributes"],
                   not edge.get("undirected", False))
    return opened


def open_jgf(path):
    graph = load_json(path)["graph"]
    assert set(graph) <= {"id", "label", "directed", "type", "metadata", "nodes", "edges"}
    opened = Opened()
    for name, node in graph["nodes"].items():
        assert set(node) <= {"label", "metadata"}
        opened.actor(name, node["metadata"])
    for edge in graph["edges"]:
        assert set(edge) <= {"id", "source", "target", "relation", "directed", "label", "metadata"}
        assert edge["relation"] == edge["metadata"]["relation"]
        opened.tie(edge["source"], edge["target"], edge["metadata"], edge["directed"])
    return opened


def open_vis(path):
    data = load_json(path)
    opened = Opened()
    for node in data["nodes"]:
        opened.actor(node["id"], node)
    for edge in data["edges"]:
        assert edge["value"] == edge["weight"]
        opened.tie(edge["from"], edge["to"], edge, edge.get("arrows") == "to")
    return opened


def open_gexf(path):
    subprocess.run(["xmllint", "--noout", "--huge", path], check=True)
    tag = "{http://gexf.net/1.3}"
    root = ElementTree.parse(path).getroot()
    assert [child.tag for child in root] == [tag + "meta", tag + "graph"]
    graph = root.find(tag + "graph")
    assert [child.tag[len(tag):] for child in graph] == ["attributes", "attributes", "nodes",
                                                         "edges"]
    assert graph.get("mode") == "dynamic" and graph.get("timeformat") == "date"
    opened, kinds = Opened(), set()
    for node in graph.iter(tag + "node"):
        opened.actor(node.get("id"), attribute_values(node, tag))
    for edge in graph.iter(tag + "edge"):
        kind = (edge.get("source"), edge.get("target"), edge.get("kind"))
        assert kind not in kinds
        kinds.add(kind)
        values = attribute_values(edge, tag)
        check_spells([spell.attrib for spell in edge.iter(tag + "spell")], values)
        opened.tie(edge.get("source"), edge.get("target"), {**values, "weight": edge.get("weight")},
                   edge.get("type") == "directed")
    return opened


def attribute_values(element, tag):
    return {value.get("for"): value.get("value") for value in element.iter(tag + "attvalue")}


def months_of(link, events):
    """How many events of a tie lie in each month; one that names no single month in none."""
    if link["relation"] == "claim":
        return None
    months = Counter()
    for name in link["event_ids"]:
        ends = dates_of(events[name])
        both = isinstance(events[name].get("date"), str) or len(ends) == 2
        if both and len({end[:7] for end in ends}) == 1 and len(ends[0]) >= 7:
            months[ends[0][:7]] += 1
    return [{"month": month, "events": months[month]} for month in sorted(months)]


def check_spells(spells, values):
    """Whole days, in order, not overlapping; from the first date to the last."""
    day = re.compile(r"\d{4}-\d\d-\d\d")
    for spell in spells:
        assert all(day.fullmatch(end) for end in spell.values()) and spell
    for before, after in zip(spells, spells[1:]):
        assert before["end"] < after["start"]
    if values.get("first") and spells and "start" in spells[0]:
        assert spells[0]["start"] == (values["first"] + "-01-01")[:10]
    assert bool(values.get("first")) <= bool(spells)
    assert values.get("start") == (spells[0].get("start") if spells else None)
    assert values.get("end") == (spells[-1].get("end") if spells else None)


def open_dot(path):
    done = subprocess.run(["dot", "-Tcanon", path], capture_output=True, check=True)
    assert not done.stderr, done.stderr
    # Newlines inside of quoted strings are data, a backslash before one joins lines.
    words = scan_dot(done.stdout.decode("utf-8"))
    opened = Opened()
    for statement in dot_statements(words):
        names, attributes = statement
        if len(names) == 1 and names[0][0] == "quoted":
            opened.actor(names[0][1], attributes)
        elif len(names) == 2:
            opened.tie(names[0][1], names[1][1], attributes, attributes.get("dir") != "none")
    return opened


def scan_dot(text):
    words = []
    token = re.compile(r'[ \t\r\n]+|"((?:\\\\|\\"|\\|[^"\\])*?)"|(->|[\[\]{};,=])|([^ \t\r\n\[\]{};,="]+)')
    at = 0
    while at < len(text):
        match = token.match(text, at)
        assert match, text[at:at + 80]
        quoted, sign, plain = match.groups()
        if quoted is not None:
            quoted = quoted.replace("\\\n", "")
            words.append(("quoted", quoted.replace('\\"', '"')))
        elif sign:
            words.append(("sign", sign))
        elif plain:
            words.append(("quoted", plain))
        at = match.end()
    return words


def dot_statements(words):
    """(names, attributes) of each node and edge between the braces; attributes of the graph have
    the name 'graph'."""
    at = words.index(("sign", "{")) + 1
    while words[at] != ("sign", "}"):
        names, attributes = [words[at]], {}
        at += 1
        while words[at] == ("sign", "->"):
            names.append(words[at + 1])
            at += 2
        if words[at] == ("sign", "["):
            while words[at] != ("sign", "]"):
                attributes[words[at + 1][1]] = words[at + 3][1]
                at += 4
            at += 1
        at += words[at] == ("sign", ";")
        if names != [("quoted", "graph")] and names != [("quoted", "node")]:
            yield names, attributes


def csv_rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for cell in row.values():
                assert not re.match(r"[=@\t\r]|[+-](?!\d)", cell), cell
            yield {key: re.sub(r"^'('*[=+\-@\t\r\n])", r"\1", cell) for key, cell in row.items()}


def open_csv(path, actors):
    opened = Opened()
    for row in csv_rows(actors):
        opened.actor(row["Id"], {**row, "name": row["Label"]})
    kinds = set()
    for row in csv_rows(path):
        assert (row["Source"], row["Target"], row["Kind"]) not in kinds
        kinds.add((row["Source"], row["Target"], row["Kind"]))
        opened.tie(row["Source"], row["Target"], {**row, "weight": row["Weight"]},
                   row["Type"] == "Directed")
    return opened


def typed(rows):
    """Rows as neo4j-admin would read them: "weight:double" is a number of that name."""
    read = {"long": int, "double": float, "boolean": {"true": True, "false": False}.__getitem__,
            "": str}
    for row in rows:
        out = {}
        for head, cell in row.items():
            name, _, kind = head.partition(":")
            if name and cell != "" and not kind.startswith("ID"):
                out[name] = read[kind](cell)
        yield row, out


def open_neo4j(path, actors):
    opened, known = Opened(), set()
    for row, values in typed(csv_rows(actors)):
        labels = row[":LABEL"].split(";")
        assert labels == ["Actor", values["kind"].title().replace("-", "")], labels
        known.add(row["id:ID(actor)"])
        opened.actor(row["id:ID(actor)"], values)
    for row, values in typed(csv_rows(path)):
        source, target = row[":START_ID(actor)"], row[":END_ID(actor)"]
        assert source in known and target in known
        assert row[":TYPE"] == values["relation"].upper()
        opened.tie(source, target, values, not values["undirected"])
    return opened


# --- the checks ----------------------------------------------------------------------------------


class Tests(Tally):
    def __init__(self, casus, root):
        super().__init__()
        self.casus, self.root = casus, root
        self.relation_of = relations(root)

    def try_out(self, name, check):
        try:
            complaint = check()
        except FAULTS as fault:
            complaint = f"{type(fault).__name__}: {fault}"
        self.note(name, complaint)

    def run(self, *args):
        done = subprocess.run([self.casus, *args], capture_output=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(args)}: exit {done.returncode}: "
                               f"{done.stderr.decode('utf-8', 'replace')}")
        return done.stdout

    def export(self, dossier, name, folder, *more):
        path = os.path.join(folder, name)
        self.run("export", dossier, "--to", name, "-o", path, *more)
        return path

    def agree(self, dossier, name, folder, opener, want, *more):
        found = opener(self.export(dossier, name, folder, *more))
        if name == "dot":  # dot -Tcanon has an order of its own
            found.actors.sort()
            want.actors.sort()
        if found.actors != want.actors:
            return next(f"actor {a} instead of {b}"
                        for a, b in zip(found.actors + [None], want.actors + [None]) if a != b)
        if found.ties != want.ties:
            return f"found {list((found.ties - want.ties).items())[:2]}, " \
                   f"wanted {list((want.ties - found.ties).items())[:2]}"
        return None

    def exports(self, dossier, folder):
        fold = Folded(read_dossier(dossier), self.relation_of)
        short = os.path.relpath(dossier, self.root)
        plain = expected(fold)
        directed = both_ways(expected(fold))
        xml = in_xml(expected(fold, mended))
        rows = [
            ("networkx", open_networkx, directed),
            ("cytoscape", open_cytoscape, expected(fold, not_blank)),
            ("d3", open_d3, plain), ("graphology", open_graphology, plain),
            ("jgf", open_jgf, plain), ("vis", open_vis, plain), ("gexf", open_gexf, xml),
            ("graphml", open_graphml, both_ways(in_xml(expected(fold, mended)))),
            ("graphml", open_igraph, both_ways(in_xml(expected(fold, mended)))),
            ("dot", open_dot, in_dot(expected(fold, dot_name))),
        ]
        for name, opener, want in rows:
            self.try_out(f"{name} of {short}",
                      lambda: self.agree(dossier, name, folder, opener, want))
        self.try_out(f"csv of {short}", lambda: self.agree(
            dossier, "csv", folder,
            lambda path: open_csv(path, self.export(dossier, "csv-actors", folder)), plain))
        self.try_out(f"neo4j of {short}", lambda: self.agree(
            dossier, "neo4j", folder,
            lambda path: open_neo4j(path, self.export(dossier, "neo4j-actors", folder)), plain))

    def scores(self, dossier, folder):
        """--with scores gives the report's numbers."""
        data = load_json(self.export(dossier, "networkx", folder, "--with", "scores"))
        report = json.loads(self.run("report", dossier, "--format", "json"))
        for actor, node in zip(report["actors"], data["nodes"]):
            for name, value in actor["scores"].items():
                if node.get(name) != value:
                    return f"{name} of {node['id']} is {node.get(name)}, in the report {value}"
        return None

    def events(self, dossier, folder):
        """--with events names the events of each tie; GEXF has their spells."""
        fold = Folded(read_dossier(dossier), self.relation_of)
        data = load_json(self.export(dossier, "d3", folder, "--with", "events"))
        for link in data["links"]:
            names = link["event_ids"]
            if len(names) != link["events"] or not set(names) <= set(fold.events):
                return f"{link['id']}: {names}"
            if link.get("months") != months_of(link, fold.events):
                return f"{link['id']}: {link.get('months')} of {names}"
        open_gexf(self.export(dossier, "gexf", folder, "--with", "events"))
        return None

    def months(self, _, folder):
        """Months by hand: out of order, one day, a month, inside of one, across two, a year, open."""
        dates = ["2020-02-03", "2019-12", {"from": "2020-02-01", "to": "2020-02-29"},
                 {"from": "2020-01-31", "to": "2020-02-01"}, "2020", {"from": "2020-02-09"}, None,
                 "2019-12-31"]
        events = [{"id": f"e{i}", "type": "ambush", "from": ["a"], "to": ["b"],
                   **({"date": date} if date else {})} for i, date in enumerate(dates)]
        path = os.path.join(folder, "months.json")
        with open(path, "w", encoding="utf-8") as out:
            json.dump({"casus": 1, "actors": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}],
                       "events": events}, out)
        want = [{"month": "2019-12", "events": 2}, {"month": "2020-02", "events": 2}]
        for name, tie_of in (("d3", lambda data: data["links"][0]),
                             ("networkx", lambda data: data["edges"][0]),
                             ("cytoscape", lambda data: data["elements"]["edges"][0]["data"]),
                             ("graphology", lambda data: data["edges"][0]["attributes"]),
                             ("jgf", lambda data: data["graph"]["edges"][0]["metadata"]),
                             ("vis", lambda data: data["edges"][0])):
            found = tie_of(load_json(self.export(path, name, folder, "--with", "events")))["months"]
            if found != want:
                return f"{name}: {found}"
        return self.events(path, folder)

    def layout(self, dossier, folder):
        """--with layout: one picture, in each format as its readers look for it."""
        def export(name):
            return self.export(dossier, name, folder, "--with", "layout")

        def elements(path, tag):
            return [e for e in ElementTree.parse(path).iter() if e.tag.endswith("}" + tag)]

        down = {name: [(n["position"]["x"], n["position"]["y"]) for n in nodes]
                for name, nodes in [("cytoscape", load_json(export("cytoscape"))["elements"]["nodes"])]}
        down["d3"] = [(n["x"], n["y"]) for n in load_json(export("d3"))["nodes"]]
        vis = load_json(export("vis"))["nodes"]
        down["vis"] = [(n["x"], n["y"]) for n in vis if n["physics"] is False]
        jgf = load_json(export("jgf"))["graph"]["nodes"].values()
        down["jgf"] = [(n["metadata"]["x"], n["metadata"]["y"]) for n in jgf]
        up = {"networkx": [tuple(n["pos"]) for n in load_json(export("networkx"))["nodes"]]}
        up["graphology"] = [(n["attributes"]["x"], n["attributes"]["y"])
                            for n in load_json(export("graphology"))["nodes"]]
        up["gexf"] = [(float(e.get("x")), float(e.get("y")))
                      for e in elements(export("gexf"), "position")]
        graph = networkx.read_graphml(export("graphml"), force_multigraph=True)
        up["graphml"] = [(d["x"], d["y"]) for _, d in graph.nodes(data=True)]
        up["csv-actors"] = [(float(r["x"]), float(r["y"])) for r in csv_rows(export("csv-actors"))]
        dot = sorted(self.drawn_by_neato(export("dot")))  # in an order of its own
        for family in (down, up):
            first = next(iter(family.values()))
            for name, points in family.items():
                near = len(points) == len(first) and all(
                    abs(a - b) < 0.06 for p, q in zip(points, first) for a, b in zip(p, q))
                if not near or len(set(points)) < len(points):
                    return f"{name}: {points[:3]} for {first[:3]}"
        if any(abs(a - b) > 0.06 for p, q in zip(dot, sorted(up["gexf"])) for a, b in zip(p, q)):
            return f"dot: {dot}"
        sums = {round(a[1] + b[1], 1) for a, b in zip(down["d3"], up["networkx"])}
        same = all(a[0] == b[0] for a, b in zip(down["d3"], up["networkx"]))
        return None if same and max(sums) - min(sums) < 0.11 else f"not turned over: {sums}"

    @staticmethod
    def drawn_by_neato(path):
        """Where neato -n leaves the actors."""
        plain = subprocess.run(["neato", "-n", "-Tdot", path], capture_output=True, check=True)
        found = re.findall(r'\bpos="(-?[\d.]+),(-?[\d.]+)"', plain.stdout.decode())
        least = [min(float(p[i]) for p in found) for i in (0, 1)]
        with open(path, encoding="utf-8") as file:
            given = re.findall(r'\bpos="(-?[\d.]+),(-?[\d.]+)"', file.read())
        origin = [min(float(p[i]) for p in given) for i in (0, 1)]
        return [tuple(float(p[i]) - least[i] + origin[i] for i in (0, 1)) for p in found]

    def links(self, dossier, folder):
        data = load_json(self.export(dossier, "networkx", folder, "--links"))
        graph = networkx.node_link_graph(data)
        return None if graph.number_of_edges() == len(data["links"]) else "edges are lost"

    def convert(self, source, target):
        self.run("convert", source, "-o", target)
        return target

    def same_dossier(self, source, target):
        """Nothing is lost but the form: compare by what the JSON writer makes of it."""
        with open(source, "rb") as a, open(target, "rb") as b:
            one, other = a.read(), b.read()
        if one == other:
            return None
        lines = zip(one.split(b"\n"), other.split(b"\n"))
        return next((f"{x!r} became {y!r}" for x, y in lines if x != y), "another length")

    def round_trips(self, dossier, folder):
        short = os.path.relpath(dossier, self.root)
        at = lambda name: os.path.join(folder, name)
        first = at("first.json")
        self.try_out(f"convert {short}", lambda: self.convert(dossier, first) and None)
        self.try_out(f"{short} says the same after it", lambda: self.keeps(dossier, first))
        self.try_out(f"{short} as JSON twice",
                  lambda: self.same_dossier(first, self.convert(first, at("second.json"))))
        headless = at("headless.json")
        data = load_json(first)
        for key in [key for key in data if key in ("title", "note") or key.startswith("x-")]:
            del data[key]
        with open(headless, "w", encoding="utf-8") as file:
            json.dump(data, file)
        self.try_out(f"{short} by JSON Lines", lambda: self.same_dossier(
            self.convert(headless, at("plain.json")),
            self.convert(self.convert(headless, at("lines.jsonl")), at("of_lines.json"))))
        self.try_out(f"{short} by a CSV set", lambda: self.same_values(
            first, self.convert(self.convert(dossier, at("set") + os.sep), at("of_set.json"))))

    def same_values(self, source, target):
        """The columns of x- keys have one order for all records; inner ones have no cell."""
        one, other = without_inner(load_json(source)), load_json(target)
        return None if one == other else difference(one, other)

    def keeps(self, before, after):
        """Every key and value of the source that the model holds stands in what was written."""
        one, other = normal(read_dossier(before)), normal(load_json(after))
        for key in sorted(set(one) | set(other)):
            if one.get(key) != other.get(key):
                return f"{key}: {difference(one.get(key), other.get(key))}"
        return None

    def everything(self):
        case = os.path.join(self.root, "graphs", "badia-2019", "dossier.json")
        good = os.path.join(self.root, "tests", "fixtures", "dossier", "good")
        dossiers = [case, *sorted(glob.glob(os.path.join(good, "*.json*")))]
        for dossier in dossiers:
            with tempfile.TemporaryDirectory() as folder:
                self.exports(dossier, folder)
                self.round_trips(dossier, folder)
        with tempfile.TemporaryDirectory() as folder:
            for check in (self.scores, self.events, self.months, self.links, self.layout):
                self.try_out(check.__name__, lambda: check(case, folder))


# --- one form of a dossier, made here -------------------------------------------------------------


def normal(dossier):
    """The dossier as plain data in which two spellings of one thing are equal."""
    out = {key: value for key, value in dossier.items()
           if value != "" and (key in ("title", "note", "casus") or key.startswith("x-"))}
    out["casus"] = 1
    out["sources"] = {s["id"]: normal_source(s) for s in dossier.get("sources", [])}
    out["actors"] = {a["id"]: normal_actor(a) for a in dossier.get("actors", [])}
    claims = [([e["id"]], c) for e in dossier["events"] for c in e.get("claims", [])]
    claims += [(c["about"], c) for c in dossier.get("claims", [])]
    out["events"] = {e["id"]: normal_event(e) for e in dossier["events"]}
    out["claims"] = Counter(json.dumps([about, normal_claim(c)], sort_keys=True)
                            for about, c in claims)
    return out


def normal_record(record, *drop):
    out = {key: value for key, value in record.items() if key not in drop and value != ""}
    if isinstance(out.get("date"), dict):
        out["date"] = said(out["date"])
    return out


def said(mapping):
    return {key: value for key, value in mapping.items() if value != ""}


def without_own(mapping):
    """x- keys are kept, but for those of a figure."""
    return {key: value for key, value in said(mapping).items() if not key.startswith("x-")}


def own(mapping):
    return {key: value for key, value in mapping.items() if key.startswith("x-")}


def without_inner(value, depth=0):
    """What a CSV set can hold of a dossier: x- keys on records alone."""
    if isinstance(value, list):
        return [without_inner(one, depth) for one in value]
    if not isinstance(value, dict):
        return value
    inner = {}
    for key, one in value.items():
        if key == "claims":
            inner[key] = without_inner(one, 1)  # records, wherever they stand
        elif not key.startswith("x-"):
            inner[key] = without_inner(one, depth + 1)
        elif depth < 2:
            inner[key] = one
    for key in ("aliases", "parent"):
        if isinstance(inner.get(key), list):
            inner[key] = [plain(one) for one in inner[key]]
    if isinstance(inner.get("parent"), list) and len(inner["parent"]) == 1:
        only = plain(inner["parent"][0], "id")
        inner["parent"] = only if isinstance(only, str) else [only]
    if "place" in inner:
        inner["place"] = plain(inner["place"])
    return inner


def plain(value, key="name"):
    return value[key] if isinstance(value, dict) and set(value) == {key} else value


def normal_source(source):
    return {"name": source["id"], **normal_record(source)}


def normal_actor(actor):
    out = normal_record(actor)
    out.setdefault("name", actor["id"])
    out["aliases"] = [plain(said(a)) if isinstance(a, dict) else a
                      for a in out.get("aliases", [])]
    parents = out.pop("parent", [])
    parents = [{"id": parents}] if isinstance(parents, str) else parents
    out["parent"] = [said(parent) for parent in parents]
    return out


def normal_event(event):
    out = normal_record(event, "claims", "relation", "directed")
    out["directed"] = event.get("directed", event["type"] not in UNDIRECTED_TYPES)
    place = out.pop("place", {})
    out["place"] = {"name": place} if isinstance(place, str) else said(place)
    source = out.pop("source", [])
    out["source"] = [source] if isinstance(source, str) else source
    out["losses"] = normal_losses(event.get("losses", []))
    out["from"], out["to"] = event.get("from", []), event.get("to", [])
    return out


def normal_claim(claim):
    out = normal_record(claim, "about")
    out["losses"] = normal_losses(claim.get("losses", []))
    return out


def normal_losses(losses):
    """(actor, kinds, figure): one for each figure."""
    out = []
    for loss in losses:
        if "what" in loss:
            figures = {tuple(sorted(loss["what"])): {k: loss[k] for k in ("low", "best", "high")
                                                     if k in loss}}
        else:
            figures = {(kind,): loss[kind] for kind in ("killed", "wounded", "captured", "missing")
                       if kind in loss}
        extra = own(loss)
        for kinds, figure in figures.items():
            if isinstance(figure, (int, float)) and not isinstance(figure, bool):
                figure = {"best": figure}
            figure = without_own(figure) if isinstance(figure, dict) else figure
            out.append(json.dumps([loss.get("actor"), kinds, figure, extra], sort_keys=True))
            extra = {}
    return [re.sub(r"(\d)\.0\b", r"\1", text) for text in out]


def difference(one, other):
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(set(one) | set(other)):
            if one.get(key) != other.get(key):
                return f"{key}: {difference(one.get(key), other.get(key))}"
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        return next(difference(a, b) for a, b in zip(one, other) if a != b)
    return f"{one!r} became {other!r}"


def main(args):
    if len(args) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    tests = Tests(*args)
    tests.everything()
    return tests.finish()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
