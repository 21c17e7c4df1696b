#!/usr/bin/python3
"""What casus draw shows on request: themes, claims, highlights, blocs, languages, frames.

usage: draw_views.py CASUS SOURCE_ROOT

Small dossiers whose answer is known by hand are drawn, and the SVG is read: which groups stand in
it, of which classes and colours, where. Ends with 'N passed, N failed'.
"""
import collections
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from tally import Tally

SVG = "{http://www.w3.org/2000/svg}"


def run(*command):
    return subprocess.run(command, capture_output=True, check=False)


class Picture:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.source = file.read()
        self.root = ElementTree.fromstring(self.source)
        self.groups = {}
        for group in self.root.iter(SVG + "g"):
            if group.get("id"):
                self.groups[group.get("id")] = group
        self.text = " ".join(t.text or "" for t in self.root.iter(SVG + "text"))

    def of(self, *classes):
        """Ids of the groups that have all these classes."""
        return {name for name, group in self.groups.items()
                if set(classes) <= set((group.get("class") or "").split())}

    def colours(self):
        return set(re.findall(r"#[0-9a-f]{6}", self.source))

    def fills(self, name):
        return {e.get("fill") for e in self.groups[name].iter()} - {None, "none", "transparent"}

    def place(self, name):
        text = self.groups[name].find(SVG + "text")
        return text.get("x"), text.get("y")


class Views:
    def __init__(self, casus, root, folder):
        self.casus, self.root, self.folder = casus, root, folder
        self.case = os.path.join(root, "graphs", "badia-2019", "dossier.json")

    def write(self, name, content):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(content if isinstance(content, str) else json.dumps(content))
        return path

    def draw(self, path, *options):
        target = os.path.join(self.folder, "out.svg")
        done = run(self.casus, "draw", path, *options, "-o", target)
        if done.returncode != 0:
            raise RuntimeError(f"{options}: {done.stderr.decode()}")
        return Picture(target)

    def ties(self, *ties):
        """A dossier of ties "a attack b"."""
        words = [tie.split() for tie in ties]
        names = sorted({name for one, _, two in words for name in (one, two)})
        return self.write("ties.json", {
            "casus": 1, "actors": [{"id": name, "name": name.upper()} for name in names],
            "events": [{"id": f"e{i}", "type": kind, "date": "2020-01-01", "from": [one],
                        "to": [two]} for i, (one, kind, two) in enumerate(words)]})

    # --- themes

    def themes(self):
        pictures = {name: self.draw(self.case, "--theme", name)
                    for name in ("light", "dark", "print")}
        yield "three grounds", [p.root.find(f".//{SVG}polygon").get("fill") in ground
                                for p, ground in zip(pictures.values(),
                                                     (("#ffffff", "white"), ("#181c20",),
                                                      ("#ffffff", "white")))] == [True] * 3
        greys = {c for c in pictures["print"].colours() if not c[1:3] == c[3:5] == c[5:7]}
        yield f"print is grey alone {greys}", not greys
        yield "the same things in all", len({tuple(p.groups) for p in pictures.values()}) == 1
        self.write("own.theme", "# mine\nbase = dark\n\npaper = #102030\n"
                   "attack.colour = #abcdef\nkind.state.fill=#fedcba\n")
        picture = self.draw(self.case, "--theme", os.path.join(self.folder, "own.theme"))
        yield "settings of a file", {"#102030", "#abcdef", "#fedcba"} <= picture.colours()
        yield "its base", "#a3a8ad" in picture.colours()

    def theme_faults(self):
        for text, place, said in (
                ("papre = #102030\n", "1:1", "did you mean 'paper'"),
                ("paper = blue\n", "1:9", "takes a colour such as"),
                ("\npaper = #1020301\n", "2:9", "takes a colour"),
                ("ink = #102030\n  ink = #102030\n", "2:3", "twice"),
                ("ink = #102030\nbase = dark\n", "2:8", "before all other"),
                ("base = darker\n", "1:8", "light, dark or print"),
                ("attack.style = wavy\n", "1:16", "solid, dashed, dotted or bold"),
                ("attack.head = <script>\n", "1:15", "normal"),
                ("paper #102030\n", "1:1", "name = value"),
                ("paper = #ffffff\" onload=\"x\n", "1:9", "colour")):
            path = self.write("bad.theme", text)
            done = run(self.casus, "draw", self.case, "--theme", path, "-o",
                       os.path.join(self.folder, "gone.svg"))
            error = done.stderr.decode()
            good = (done.returncode == 2 and "[CAS-187]" in error and said in error
                    and f"bad.theme:{place}:" in error)
            yield f"{text!r}: {error}", good
        done = run(self.casus, "draw", self.case, "--theme", "darkk", "-o", "-")
        yield "no such theme", done.returncode == 4 and b"light, dark, print" in done.stderr
        yield "nothing written", not os.path.exists(os.path.join(self.folder, "gone.svg"))

    # --- claims

    def claims(self):
        with open(self.case, encoding="utf-8") as file:
            dossier = json.load(file)
        told = collections.Counter()
        for event in dossier["events"]:
            for claim in event.get("claims", []):
                told[event["id"], claim["stance"]] += 1
        for claim in dossier.get("claims", []):
            for event in claim["about"]:
                told[event, claim["stance"]] += 1
        picture = self.draw(self.case, "--claims")
        events = {name.removeprefix("event__") for name in picture.of("event")}
        yield "each event that is told", events == {e.replace("_", "_5f") for e, _ in told}
        drawn = collections.Counter()
        for name in picture.of("tie"):
            group = picture.groups[name]
            stance = re.search(r"stance-(\w+)", group.get("class")).group(1)
            drawn[name.split("event__")[1].rsplit("__", 1)[0], stance] += 1
        yield f"each claim once {drawn - told} {told - drawn}", drawn == told
        yield "no ties but claims", picture.of("tie") == picture.of("tie", "relation-claim")
        title = picture.groups["event__mount-bishri-sukhnah"].find(SVG + "title").text
        yield f"the event's tip {title}", "corroborated" in title and "ambush" in title
        yield "stances are written", "announces" in picture.text and "blames" in picture.text
        few = self.draw(self.case, "--claims", "--top", "3")
        yield "three events", len(few.of("event")) == 3 and "--all draws everything" in few.text
        one = self.draw(self.case, "--claims", "--type", "ambush")
        yield "the selection holds", all("ambush" in one.groups[n].find(SVG + "title").text
                                         for n in one.of("event"))
        none = self.ties("a attack b")
        done = run(self.casus, "draw", none, "--claims", "-o", "-")
        yield "nobody claims anything", done.returncode == 1 and b"CAS-163" in done.stderr

    # --- highlights

    def frustrated(self):
        """Four who support each other, but for two that fight: that tie alone is to be removed."""
        path = self.ties("a support c", "a support d", "b support c", "b support d", "c support d",
                         "a attack b")
        picture = self.draw(path, "--highlight", "frustrated")
        yield "the one", picture.of("tie", "highlighted") == {"tie-a__b__attack"}
        yield "its ends", picture.of("actor", "highlighted") == {"actor-a", "actor-b"}
        yield "the rest is faint", len(picture.of("tie", "faint")) == 5
        yield "the caption", "do not fit two camps: 1 of them" in picture.text

    def nothing(self):
        """Two against two and nothing else: no tie misfits, nobody backs, nothing is cut."""
        path = self.ties("a support b", "c support d", "a attack c", "a attack d", "b attack c",
                         "b attack d")
        plain = self.draw(path)
        for option, why in (("frustrated", "all signed ties fit two camps"),
                            ("cuts", "there is no tie and no actor without")):
            picture = self.draw(path, "--highlight", option)
            yield f"{option}: nothing is faint", not picture.of("faint") | picture.of("highlighted")
            yield f"{option}: as it was", picture.colours() == plain.colours()
            yield f"{option}: said", f"Nothing to highlight: {why}" in picture.text

    def legend(self):
        """Its lines are drawn as they occur: none in a strength that no line of the picture has."""
        claim = [{"by": "a", "stance": "report"}]
        events = [{"id": "e", "type": "attack", "from": ["a"], "to": ["b"], "claims": claim}]
        actors = [{"id": name} for name in "abc"]
        full, pale, ghost = "#d55e00", "#eda06a", "#d4d4d4"
        weak = self.draw(self.write("weak.json", {"casus": 1, "actors": actors, "events": events}))
        yield "all pale", pale in weak.colours() and full not in weak.colours()
        events.append({"id": "f", "type": "attack", "from": ["b"], "to": ["c"]})
        both = self.draw(self.write("both.json", {"casus": 1, "actors": actors, "events": events}))
        yield "both", {pale, full} <= both.colours()
        faint = self.draw(self.ties("a support c", "a support d", "b support c", "b support d",
                                    "c support d", "a attack b"), "--highlight", "frustrated")
        yield "all faint", ghost in faint.colours() and "#0072b2" not in faint.colours()

    def cuts(self):
        path = self.ties("a attack b", "b attack c", "c attack a", "c support d", "d support e",
                         "e support f", "f support d")
        picture = self.draw(path, "--highlight", "cuts")
        yield "the bridge", picture.of("tie", "highlighted") == {"tie-c__d__support"}
        yield "its ends", picture.of("marked") == {"actor-c", "actor-d"}

    def chains(self):
        path = self.ties("x support a", "a support b", "b attack c", "y support c", "d support e")
        picture = self.draw(path, "--highlight", "chains", "--implied")
        yield "support to fighters", picture.of("tie", "highlighted") == {
            "tie-x__a__support", "tie-a__b__support", "tie-y__c__support"}
        yield "two face each other", "tie-x__y__implied" in picture.of("implied")
        plain = self.draw(path)
        count = re.search(r"\d+ actors, \d+ ties, \d+ events", plain.text).group()
        yield "implied is never counted", count in picture.text and not plain.of("implied")
        title = picture.groups["tie-x__y__implied"].find(SVG + "title").text
        yield "and says so", "counted nowhere" in title

    def blocs(self):
        path = self.ties("a support b", "b support c", "c support a", "x support y", "y support z",
                         "z support x", "a attack x", "b attack y", "c attack z", "l attack a")
        picture = self.draw(path, "--paint", "bloc", "--highlight", "blocs")
        one, two = ([picture.fills(f"actor-{n}") for n in names] for names in ("abc", "xyz"))
        yield "each in one colour", one[0] == one[1] == one[2] and two[0] == two[1] == two[2]
        yield "of its own", one[0] != two[0]
        yield "named in the legend", "Blocs" in picture.text and "and 2 more" in picture.text
        yield "one alone is in none", "in no bloc of several" in picture.text
        yield "inside", {t for t in picture.of("tie", "highlighted")} == {
            t for t in picture.of("tie") if "support" in t}

    def focus(self):
        picture = self.draw(self.case, "--focus", "Russia")
        yield "the focus is marked", picture.of("marked") == {"actor-russia"}
        with open(self.case, encoding="utf-8") as file:
            count = len(json.load(file)["actors"])
        yield "and what is around it alone", 1 < len(picture.of("actor")) < count

    # --- names

    def languages(self):
        arabic, russian = "\u0627\u0644\u062c\u0628\u0647\u0629", "\u0424\u0440\u043e\u043d\u0442"
        path = self.write("names.json", {"casus": 1, "actors": [
            {"id": "f", "name": "al-Jabha", "aliases": [
                "other", {"name": "The Front", "lang": "en"}, {"name": arabic, "lang": "ar-SY"}]},
            {"id": "r", "name": "Front R", "aliases": [{"name": russian, "lang": "ru"}]}],
            "events": [{"id": "e", "type": "attack", "from": ["f"], "to": ["r"]}]})
        for labels, wanted in ((None, {"al-Jabha", "Front R"}), ("en", {"The Front", "Front R"}),
                               ("ar", {arabic, "Front R"}), ("native", {arabic, russian})):
            picture = self.draw(path, *(["--labels", labels] if labels else []))
            names = {"".join(t.text for t in picture.groups[n].findall(SVG + "text"))
                     .strip("\u00a0 ") for n in picture.of("actor")}
            yield f"{labels}: {names}", names == wanted
        for kind in ("png", "pdf"):
            target = os.path.join(self.folder, "names." + kind)
            done = run(self.casus, "draw", path, "--labels", "native", "-o", target)
            yield f"{kind} of other alphabets", done.returncode == 0

    def fonts(self):
        """An SVG is for other people's fonts: those of this machine have no say in it."""
        none = self.write("fonts.conf", '<?xml version="1.0"?><fontconfig></fontconfig>')
        bytes_of = []
        for name, value in (("with.svg", None), ("without.svg", none)):
            target = os.path.join(self.folder, name)
            environment = {**os.environ, **({"FONTCONFIG_FILE": value} if value else {})}
            done = subprocess.run([self.casus, "draw", self.case, "-o", target], env=environment,
                                  capture_output=True, check=False)
            yield f"{name} {done.stderr.decode()}", done.returncode == 0
            with open(target, "rb") as file:
                bytes_of.append(file.read())
        yield "the same bytes without a font", bytes_of[0] == bytes_of[1]

    # --- frames

    def frames(self):
        events = [{"id": f"e{i}", "type": kind, "date": date, "from": [one], "to": [two]}
                  for i, (kind, date, one, two) in enumerate((
                      ("attack", "2020-01-05", "a", "b"), ("attack", "2020-01-09", "b", "c"),
                      ("support", "2020-02-02", "c", "d"), ("attack", "2020-04-01", "a", "d")))]
        path = self.write("time.json", {
            "casus": 1, "actors": [{"id": n, "name": n.upper()} for n in "abcd"],
            "events": events})
        folder = os.path.join(self.folder, "frames")
        done = run(self.casus, "draw", path, "--frames", folder, "--window", "month")
        yield f"drawn {done.stderr.decode()}", done.returncode == 0
        names = sorted(os.listdir(folder))
        yield f"one a window {names}", names == [f"frame-000{i}-2020-0{i}-01.svg"
                                                 for i in (1, 2, 3, 4)]
        pictures = [Picture(os.path.join(folder, name)) for name in names]
        yield "ties of each", [p.of("tie") for p in pictures] == [
            {"tie-a__b__attack", "tie-b__c__attack"}, {"tie-c__d__support"}, set(),
            {"tie-a__d__attack"}]
        yield "those who take no part", [p.of("absent") for p in pictures] == [
            {"actor-d"}, {"actor-a", "actor-b"}, {"actor-a", "actor-b", "actor-c", "actor-d"},
            {"actor-b", "actor-c"}]
        yield "each in its place", all(len({p.place(f"actor-{n}") for p in pictures}) == 1
                                       for n in "abcd")
        yield "one size of paper", len({p.root.get("viewBox") for p in pictures}) <= 2
        run(self.casus, "draw", path, "--frames", folder, "--window", "year", "-o", "y.png")
        yield "named and of a kind by -o", "y-0001-2020-01-01.png" in os.listdir(folder)
        for options in (("-o", "x.dot"), ("--highlight", "cuts"), ("--claims",)):
            done = run(self.casus, "draw", path, "--frames", folder, *options)
            yield f"{options}: refused", done.returncode == 2 and b"CAS-160" in done.stderr
        file = self.write("file", "")
        done = run(self.casus, "draw", path, "--frames", file)
        yield "a file is no folder", done.returncode == 4


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        views = Views(sys.argv[1], sys.argv[2], folder)
        for view in (views.themes, views.theme_faults, views.claims, views.frustrated,
                     views.nothing, views.legend, views.cuts, views.chains, views.blocs,
                     views.focus, views.languages, views.fonts, views.frames):
            try:
                for text, good in view():
                    tally.holds(good, f"{view.__name__}: {text}")
            except (RuntimeError, KeyError, AttributeError, OSError) as fault:
                tally.note(view.__name__, repr(fault))
    sys.exit(tally.finish())


if __name__ == "__main__":
    main()
