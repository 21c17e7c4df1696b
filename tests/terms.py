#!/usr/bin/python3
"""Citation, licence and nobody's names go wherever the events go.

usage: terms.py CASUS SOURCE_ROOT

An invented data set's terms stand in the head of a dossier: they must show in every answer, picture
and export, and come through a conversion to each form and back. So must `generic`, which keeps an
actor out of betweenness unless asked. Ends with 'N passed, N failed'.
"""
import json
import os
import sys
import tempfile

from tally import Command, Tally

CASUS = os.path.abspath(sys.argv[1])
CITATION, LICENCE = "Invented Data Project (2020): Events, version 1", "CC BY 4.0"
DOSSIER = {
    "casus": 1, "title": "An invented case", "citation": CITATION, "licence": LICENCE,
    "sources": [{"id": "wire", "name": "A wire of many"}],
    "actors": [{"id": "civ", "name": "Civilians", "kind": "civilians", "generic": True},
               {"id": "a", "name": "Front"}, {"id": "b", "name": "Army"}],
    "events": [{"id": "e1", "type": "massacre", "from": ["a"], "to": ["civ"], "date": "2020"},
               {"id": "e2", "type": "raid", "from": ["civ"], "to": ["b"], "date": "2020", "source": "wire"},
               {"id": "e3", "type": "training", "from": ["b"], "to": ["a"], "date": "2020"}]}
EXPORTS = ["networkx", "cytoscape", "d3", "graphology", "jgf", "vis", "gexf", "graphml", "dot"]

tally = Tally()
check, casus = tally.holds, Command(tally, CASUS)


def flat(text):
    """Without the line breaks and the marks of a layout."""
    return " ".join(text.replace("\\", "").split())


def answers(path):
    for command in ("report", "claims", "chains", "balance"):
        for layout in ("text", "markdown", "html", "json"):
            said = flat(casus(command, path, "--format", layout))
            check(CITATION in said and LICENCE in said, f"{command} as {layout} lacks the terms")
    said = json.loads(casus("report", path, "--format", "json"))["input"][0]
    check(said.get("citation") == CITATION and said.get("licence") == LICENCE, f"input: {said}")


def exports(path, folder):
    for name in EXPORTS:
        said = flat(casus("export", path, "--to", name))
        check(CITATION in said and LICENCE in said, f"export to {name} lacks the terms")
        check("generic" in said, f"export to {name} does not say who is generic")
    for ending in ("svg", "dot"):
        picture = os.path.join(folder, "case." + ending)
        casus("draw", path, "-o", picture)
        with open(picture, encoding="utf-8") as file:
            said = flat(file.read())
        check(LICENCE in said and "Invented Data Project" in said, f"no terms in the {ending}")


def conversions(path, folder):
    for name in ("case.jsonl", "set", "case.json"):
        made = os.path.join(folder, name)
        casus("convert", path, "-o", made)
        back = json.loads(casus("convert", made))
        check((back.get("citation"), back.get("licence")) == (CITATION, LICENCE),
              f"{name}: {back.get('citation')!r}, {back.get('licence')!r}")
        check([a.get("generic") for a in back["actors"]] == [True, None, None],
              f"{name}: {back['actors']}")
        check(back.get("title") == DOSSIER["title"], f"{name}: title {back.get('title')!r}")


def several_are_joined(path, folder):
    other = dict(DOSSIER, citation="Another (2021)", sources=[], actors=[{"id": "c"}],
                 events=[{"id": "e9", "type": "raid", "from": ["c"], "to": ["a"]}])
    second = os.path.join(folder, "second.json")
    with open(second, "w", encoding="utf-8") as file:
        json.dump(other, file)
    back = json.loads(casus("convert", path, second))
    check(back["citation"] == CITATION + "; Another (2021)", back["citation"])
    check(back["licence"] == LICENCE, f"one licence stands {back['licence']!r}")


def nobody_stands_between(path):
    """a → civ → b is the only way, so that civ's betweenness is 1 where it takes part: b → a is
    joined by support, and a → b goes through civ alone."""
    for words, expected in (([], None), (["--with-generic"], 1)):
        answer = json.loads(casus("report", path, "--format", "json", *words))
        civ = {a["id"]: a for a in answer["actors"]}["civ"]
        check(civ["scores"]["betweenness"] == expected, f"{words}: {civ['scores']['betweenness']}")
        check(("betweenness" in civ.get("undefined", {})) == (expected is None),
              f"{words}: {civ.get('undefined')}")
        check(civ["scores"]["in_degree"] == 1, "it is counted all the same")


def main():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "terms.json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(DOSSIER, file)
        answers(path)
        exports(path, folder)
        conversions(path, folder)
        several_are_joined(path, folder)
        nobody_stands_between(path)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
