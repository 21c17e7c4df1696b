#!/usr/bin/python3
"""Draw the case and generated dossiers, and look at the pictures as boxes of text.

usage: draw_overlap.py CASUS SOURCE_ROOT

In each SVG: no text over another text, none over the shape of another actor, none outside the
paper; one label for each actor, whole or cut with an ellipsis; ids unique, a class and a title on
each actor and tie; no script, no outside reference; the size that `casus report` counts. Then PNG
and PDF are opened by other programs, and each picture is drawn again and must be the same bytes.

Widths of texts are those of Helvetica (Adobe's font metrics), to which Arial, Liberation Sans and
Nimbus Sans are made; heights those of its capitals and descenders. Ends with 'N passed, N failed'.
"""
import collections
import json
import os
import random
import re
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from tally import Tally

SVG = "{http://www.w3.org/2000/svg}"
# Helvetica.afm, thousandths of the font's size, from U+0020 to U+007E.
WIDTHS = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
]
CAPITALS, DESCENDERS = 0.718, 0.207
TOUCH = 0.5  # points that two boxes may share: a rounding, not an overlap
KINDS = ("state army militia armed-group unit coalition backer base person outlet monitor "
         "civilians other").split()
TYPES = "attack ambush clash battle airstrike support training alliance blame statement".split()
STANCES = "responsibility report announce blame deny corroborate".split()
WORDS = ("Northern Southern Popular National Islamic Revolutionary Front Army Brigade Division "
         "Committee Observatory Mobilisation Governorate of the Mountain River Valley al-Wadi").split()


# --- dossiers -----------------------------------------------------------------------------------


def name_of(draw, number):
    return " ".join(draw.sample(WORDS, draw.randint(1, 5))) + f" {number}"


def actors_of(draw, count, nesting):
    actors = []
    for number in range(count):
        actor = {"id": f"a{number:02d}", "name": name_of(draw, number),
                 "kind": draw.choice(KINDS)}
        if number and draw.random() < nesting:
            actor["parent"] = f"a{draw.randrange(number):02d}"
        if draw.random() < 0.5:
            actor["side"] = draw.choice(["government", "rebels", "the other \"side\" & co"])
        actors.append(actor)
    return actors


def claims_of(draw, actors):
    claims = []
    for _ in range(draw.choice([0, 0, 1, 2])):
        claims.append({"by": draw.choice(actors)["id"], "stance": draw.choice(STANCES)})
    return claims


def events_of(draw, actors, pairs, most):
    events = []
    for number, (one, two) in enumerate(pairs):
        for repeat in range(draw.randint(1, most)):
            events.append({"id": f"e{number}-{repeat}", "type": draw.choice(TYPES),
                           "date": f"2020-{draw.randint(1, 12):02d}", "from": [actors[one]["id"]],
                           "to": [actors[two]["id"]], "claims": claims_of(draw, actors)})
    return events


def pairs_of(draw, form, count):
    if form == "star":
        return [(0, i) if draw.random() < 0.5 else (i, 0) for i in range(1, count)]
    if form == "chain":
        return [(i, i + 1) for i in range(count - 1)]
    if form == "alone":
        return [(0, 1)]
    ties = count * (3 if form == "dense" else 1)
    return [tuple(draw.sample(range(count), 2)) for _ in range(ties)]


def generate(form, count, seed):
    draw = random.Random(f"{form} {count} {seed}")
    actors = actors_of(draw, count, 0.6 if form == "nested" else 0.25)
    pairs = pairs_of(draw, form, count)
    return {"casus": 1, "title": f"Generated: {form}, {count} actors, seed {seed}",
            "actors": actors, "events": events_of(draw, actors, pairs, 3)}


HOSTILE = [
    "</text><script>alert(1)</script>", "\\N \\G \\E \\T", "back\\", "<b>bold</b> &amp; &#60;",
    "]]> --> <!-- --", "line\nbreak\ttab", "\u202egnp.exe", "\"quoted\" 'single'", "=cmd()",
    "http://example.org/x.svg", "x" * 10000, "\U0001f525 \u63a7\u5236", "\u0645\u062d\u0645\u062f",
    "\u041f\u0440\u0438\u0434\u043d\u0435\u0441\u0442\u0440\u043e\u0432\u044c\u0435", "{a|b}",
    "%s%n", "\x01\x1b[31m", "-- a -> b", "digraph {", "_legend1",
]


def generate_hostile():
    actors = [{"id": name, "name": name, "kind": KINDS[i % len(KINDS)], "side": name}
              for i, name in enumerate(HOSTILE)]
    actors[3]["parent"] = HOSTILE[2]
    events = [{"id": f"e{i}", "type": "attack", "from": [HOSTILE[i - 1]], "to": [HOSTILE[i]]}
              for i in range(len(HOSTILE))]
    return {"casus": 1, "title": "Names & <titles> that \\N break out", "actors": actors,
            "events": events}


def dossiers():
    """(title, dossier, whether names fit the font's table)."""
    for form in ("random", "star", "chain", "dense", "nested", "alone"):
        for seed in (1, 2):
            yield f"{form}-{seed}", generate(form, 30, seed), True
    yield "two", generate("random", 2, 1), True
    yield "sixty", generate("random", 60, 1), True
    yield "hundred", generate("random", 100, 1), True
    yield "hostile", generate_hostile(), False


# --- what an SVG shows --------------------------------------------------------------------------


def text_width(text, size):
    def one(character):
        code = ord(character) if character != "\u00a0" else 32
        return WIDTHS[code - 32] if 32 <= code <= 126 else 584 if code == 0xd7 else 1000
    return sum(map(one, text)) * size / 1000


class Text:
    def __init__(self, element, owner):
        self.text, self.owner = element.text or "", owner
        size = float(element.get("font-size"))
        x, y = float(element.get("x")), float(element.get("y"))
        width = text_width(self.text, size)
        left = {"middle": x - width / 2, "start": x, "end": x - width}[element.get("text-anchor")]
        self.box = (left, y - CAPITALS * size, left + width, y + DESCENDERS * size)


def points_of(element):
    numbers = [float(n) for n in re.findall(r"-?[\d.]+(?:e-?\d+)?",
                                            element.get("points") or element.get("d") or "")]
    return numbers[0::2], numbers[1::2]


def shape_box(group):
    boxes = []
    for element in group.iter():
        if element.tag == SVG + "ellipse":
            x, y, rx, ry = (float(element.get(k)) for k in ("cx", "cy", "rx", "ry"))
            boxes.append((x - rx, y - ry, x + rx, y + ry))
        elif element.tag in (SVG + "polygon", SVG + "path"):
            xs, ys = points_of(element)
            boxes.append((min(xs), min(ys), max(xs), max(ys)))
    return (min(b[0] for b in boxes), min(b[1] for b in boxes),
            max(b[2] for b in boxes), max(b[3] for b in boxes))


def overlap(a, b):
    return (min(a[2], b[2]) - max(a[0], b[0]) > TOUCH
            and min(a[3], b[3]) - max(a[1], b[1]) > TOUCH)


class Picture:
    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            self.source = file.read()
        self.root = ElementTree.fromstring(self.source)
        self.groups = [g for g in self.root.iter(SVG + "g")]
        self.actors = [g for g in self.groups if "actor" in (g.get("class") or "").split()]
        self.ties = [g for g in self.groups if "tie" in (g.get("class") or "").split()]
        self.texts = [Text(t, g) for g in self.groups for t in g.findall(SVG + "text")]

    def paper(self):
        shift = re.search(r"translate\((\S+) (\S+)\)", self.groups[0].get("transform"))
        x, y = float(shift.group(1)), float(shift.group(2))
        left, top, width, height = map(float, self.root.get("viewBox").split())
        return (left - x, top - y, left - x + width, top - y + height)


# --- checks -------------------------------------------------------------------------------------


def check_texts(picture, title):
    paper = picture.paper()
    for i, one in enumerate(picture.texts):
        inside = (one.box[0] >= paper[0] and one.box[1] >= paper[1]
                  and one.box[2] <= paper[2] and one.box[3] <= paper[3])
        yield f"{title}: '{one.text}' lies on the paper", inside
        for two in picture.texts[:i]:
            if overlap(one.box, two.box):
                yield f"{title}: '{one.text}' and '{two.text}' lie apart", False
    yield f"{title}: texts are there", len(picture.texts) > len(picture.actors)


def check_shapes(picture, title):
    shapes = [(group, shape_box(group)) for group in picture.actors]
    for text in picture.texts:
        for group, box in shapes:
            if group is not text.owner and overlap(text.box, box):
                yield f"{title}: '{text.text}' is not on {group.get('id')}", False
    yield f"{title}: shapes are there", len(shapes) > 0


def shown(name):
    """A name as it is to be read: no control characters, none that turn the direction."""
    name = re.sub("[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u061c\ufeff]", "", name)
    return re.sub("[\x00-\x20\x7f-\xa0\u2028\u2029]", "", name)


def check_labels(picture, dossier, title):
    names = sorted(shown(actor.get("name", actor["id"])) for actor in dossier["actors"])
    labels = []
    for group in picture.actors:
        lines = [t.text or "" for t in group.findall(SVG + "text")]
        labels.append(re.sub("[\x20\xa0]", "", "".join(lines)))
        yield f"{title}: {group.get('id')} has one to three lines", 1 <= len(lines) <= 3
    left = list(names)
    for label in labels:
        whole = [n for n in left if n == label]
        cut = [n for n in left if label.endswith("\u2026") and n.startswith(label[:-1])]
        yield f"{title}: '{label}' is an actor's name", bool(whole or cut)
        if whole or cut:
            left.remove((whole or cut)[0])
    yield f"{title}: each actor has its label", not left


def check_marks(picture, title):
    ids = [g.get("id") for g in picture.groups if g.get("id")]
    yield f"{title}: ids are unique", len(ids) == len(set(ids))
    for group in picture.actors + picture.ties:
        first = group.find(SVG + "title")
        yield (f"{title}: {group.get('id')} has a title",
               first is not None and len((first.text or "").strip()) > 3)
        yield (f"{title}: {group.get('id')} has an id for CSS",
               re.fullmatch(r"(actor|tie)-[A-Za-z0-9_-]+", group.get("id")) is not None)


def check_safety(picture, title):
    tags = {element.tag.replace(SVG, "") for element in picture.root.iter()}
    allowed = {"svg", "g", "title", "path", "polygon", "polyline", "ellipse", "text"}
    yield f"{title}: no elements but shapes and texts ({tags - allowed})", tags <= allowed
    attributes = {a for element in picture.root.iter() for a in element.attrib}
    bad = {a for a in attributes if a.startswith("on") or "href" in a or a in ("style", "src")}
    yield f"{title}: no attribute that acts or refers ({bad})", not bad
    head = picture.source[:picture.source.index("<g ")]
    yield f"{title}: no declaration and no comment", "<!" not in picture.source.split("?>", 1)[1]
    links = set(re.findall(r"\w+://[^\s\"<]+", head))
    yield (f"{title}: no address but namespaces ({links})",
           links <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"})


def run(*command):
    return subprocess.run(command, capture_output=True, check=False)


def check_counts(picture, casus, path, title):
    answer = json.loads(run(casus, "report", path, "--format", "json").stdout)
    yield f"{title}: actors as counted", len(picture.actors) == answer["graph"]["actors"]
    yield f"{title}: ties as counted", len(picture.ties) == answer["graph"]["ties"]


def check_svg(casus, dossier, path, folder, title, measured):
    target = os.path.join(folder, title + ".svg")
    done = run(casus, "draw", path, "--all", "-o", target)
    yield f"{title}: drawn {done.stderr.decode()}", done.returncode == 0
    if done.returncode != 0:
        return
    picture = Picture(target)
    if measured:
        yield from check_texts(picture, title)
        yield from check_shapes(picture, title)
    yield from check_labels(picture, dossier, title)
    yield from check_marks(picture, title)
    yield from check_safety(picture, title)
    yield from check_counts(picture, casus, path, title)


def disparity(dossier):
    """The pairs that a backbone of 100 pairs and 60 actors keeps, found in the slowest way."""
    weights, claims = collections.Counter(), collections.Counter()
    for event in dossier["events"]:
        counter = claims if event["type"] == "blame" else weights
        counter[frozenset((event["from"][0], event["to"][0]))] += 1
    ends = collections.defaultdict(list)
    for pair, weight in weights.items():
        for end in pair:
            ends[end].append(weight)

    def stands_out(pair):
        alphas = [(1 - weights[pair] / sum(ends[end])) ** (len(ends[end]) - 1) for end in pair
                  if len(ends[end]) > 1]
        return pair in weights and min(alphas, default=1) < 0.05

    def rank(pair):
        return (pair not in weights, not stands_out(pair), -weights[pair], -claims[pair],
                -sum(sum(ends[end]) for end in pair), sorted(pair))

    kept, actors = [], set()
    for pair in sorted(weights.keys() | claims.keys(), key=rank):
        if len(actors | pair) <= 60 and len(kept) < 100:
            kept.append(pair)
            actors |= pair
    return kept, actors, sum(map(stands_out, kept))


def check_backbone(casus, folder):
    for count, pairs in ((70, 200), (300, 1500)):
        title = f"backbone of {count}"
        draw = random.Random(count)
        ends = [tuple(int(count * draw.random() ** 2) for _ in range(2)) for _ in range(pairs)]
        actors = [{"id": f"a{i:03d}", "name": f"Actor {i}"} for i in range(count)]
        events = [{"id": f"e{i}-{j}", "type": draw.choice(["attack", "support", "blame"]),
                   "from": [f"a{one:03d}"], "to": [f"a{two:03d}"]}
                  for i, (one, two) in enumerate(ends) if one != two
                  for j in range(min(int(draw.paretovariate(1)), 30))]
        dossier = {"casus": 1, "actors": actors, "events": events}
        path, target = (os.path.join(folder, name) for name in ("backbone.json", "backbone.svg"))
        with open(path, "w", encoding="utf-8") as file:
            json.dump(dossier, file)
        kept, shown_actors, out = disparity(dossier)
        yield f"{title}: drawn", run(casus, "draw", path, "-o", target).returncode == 0
        picture = Picture(target)
        ids = {g.get("id").removeprefix("actor-") for g in picture.actors}
        yield f"{title}: the actors of the filter", ids == shown_actors
        found = {frozenset(g.get("id").removeprefix("tie-").split("__")[:2]) for g in picture.ties}
        yield f"{title}: the pairs of the filter", found == set(kept)
        texts = " ".join(t.text for t in picture.texts)
        yield (f"{title}: the caption says what was left out",
               f"{len(ids)} of {count} actors" in texts
               and f"{out} pairs that stand out" in texts and "--all draws everything" in texts)
        yield from check_texts(picture, title)
        yield from check_shapes(picture, title)
        run(casus, "draw", path, "--top", "7", "-o", target)
        found = {frozenset(g.get("id").removeprefix("tie-").split("__")[:2])
                 for g in Picture(target).ties}
        yield f"{title}: --top 7", len(found) == 7 and found <= set(kept)


def check_large(casus, folder):
    """300 actors and 1,500 ties, all of them: names whole and apart, within some seconds."""
    dossier = generate("random", 300, 3)
    draw = random.Random(3)
    dossier["events"] += [{"id": f"more{i}", "type": "attack", "from": [f"a{a:02d}"],
                           "to": [f"a{b:02d}"]}
                          for i, (a, b) in enumerate(draw.sample(range(300), 2)
                                                     for _ in range(1200))]
    path = os.path.join(folder, "large.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(dossier, file)
    begun = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    yield from check_svg(casus, dossier, path, folder, "large", True)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - begun
    yield f"large: within 3 s of a core, twice that of a slow one ({spent:.1f} s)", spent < 6


def check_again(casus, path, folder, title):
    for kind in ("svg", "png", "pdf", "dot"):
        bytes_of = []
        for turn in range(2):
            target = os.path.join(folder, f"again{turn}.{kind}")
            run(casus, "draw", path, "-o", target)
            with open(target, "rb") as file:
                bytes_of.append(file.read())
        yield f"{title}: {kind} twice the same", bytes_of[0] == bytes_of[1]


def check_png(casus, path, folder, title):
    target = os.path.join(folder, "case.png")
    run(casus, "draw", path, "-o", target)
    with open(target, "rb") as file:
        head = file.read(24)
    yield f"{title}: PNG has its signature", head[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", head[16:24])
    yield f"{title}: landscape, wide enough for a page ({width}x{height})", width > 1500
    yield f"{title}: near 16 : 10 ({width}x{height})", 1.2 < width / height < 2.2


def check_tools(casus, path, folder, dossier, title):
    """rsvg-convert, pdftotext, xmllint and dot read what was drawn."""
    paths = {kind: os.path.join(folder, "tool." + kind) for kind in ("svg", "pdf", "dot")}
    for target in paths.values():
        run(casus, "draw", path, "-o", target)
    tools = {
        "xmllint": ("xmllint", "--noout", "--nonet", paths["svg"]),
        "rsvg-convert": ("rsvg-convert", paths["svg"], "-o", os.path.join(folder, "tool.png")),
        "dot": ("dot", "-Tsvg", paths["dot"], "-o", os.path.join(folder, "tool2.svg")),
        "pdftotext": ("pdftotext", paths["pdf"], "-"),
    }
    for tool, command in tools.items():
        if not shutil.which(tool):
            yield f"{title}: {tool} is installed", not os.environ.get("CASUS_CI")
            continue
        done = run(*command)
        yield f"{title}: {tool} reads it", done.returncode == 0 and not done.stderr
        if tool == "pdftotext":
            text = re.sub(r"\s", "", done.stdout.decode())
            for actor in dossier["actors"]:
                # the first word is on one line whatever was wrapped
                yield f"{title}: PDF says {actor['id']}", actor["name"].split()[0] in text


def check_options(casus, path, folder):
    target = os.path.join(folder, "options.svg")
    run(casus, "draw", path, "--paint", "side", "-o", target)
    texts = [t.text for t in Picture(target).texts]
    yield "sides are in the legend", "Sides" in texts and "government" in texts
    run(casus, "draw", path, "--no-legend", "-o", target)
    yield "no legend, if asked", "Actors" not in [t.text for t in Picture(target).texts]
    run(casus, "draw", path, "--relation", "support", "-o", target)
    texts = [t.text for t in Picture(target).texts]
    yield "the legend shows what occurs", "support" in texts and "attack" not in texts
    gone = os.path.join(folder, "gone.svg")
    done = run(casus, "draw", path, "--engine", "circo", "-o", gone)
    yield "circo: refused", done.returncode == 2 and b"CAS-160" in done.stderr
    yield "circo: nothing written", not os.path.exists(gone)


def checks(casus, root, folder):
    case = os.path.join(root, "graphs", "badia-2019", "dossier.json")
    with open(case, encoding="utf-8") as file:
        dossier = json.load(file)
    yield from check_svg(casus, dossier, case, folder, "badia-2019", True)
    yield from check_again(casus, case, folder, "badia-2019")
    yield from check_png(casus, case, folder, "badia-2019")
    yield from check_tools(casus, case, folder, dossier, "badia-2019")
    yield from check_options(casus, case, folder)
    yield from check_backbone(casus, folder)
    yield from check_large(casus, folder)
    for title, dossier, measured in dossiers():
        path = os.path.join(folder, title + ".json")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(dossier, file)
        yield from check_svg(casus, dossier, path, folder, title, measured)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        for text, good in checks(sys.argv[1], sys.argv[2], folder):
            tally.holds(good, text)
    sys.exit(tally.finish())


if __name__ == "__main__":
    main()
