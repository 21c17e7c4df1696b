#!/usr/bin/python3
"""Files as people have them: of another kind, cut, packed twice, in another writing.

usage: hostile_files.py CASUS SOURCE_ROOT

Each is read with a numbered message and exit 3, or read as if it were whole; what stood before the
damage is kept under --lenient. Ends with 'N passed, N failed'.
"""
import csv
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile

from tally import Tally

CASUS = os.path.abspath(sys.argv[1])
EVENT = {"id": "e1", "type": "ambush", "from": ["a"], "to": ["b"]}
ACTORS = [{"id": "a", "name": "Åland Front"}, {"id": "b", "name": "Army"}]
DOSSIER = json.dumps({"casus": 1, "actors": ACTORS, "events": [EVENT]}, ensure_ascii=False).encode()
LINES = b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in
                 [{"actor": a} for a in ACTORS] + [{"event": {**EVENT, "id": f"e{i}"}}
                                                   for i in range(1, 4)])

tally = Tally()
check = tally.holds


def run(*words, stdin=subprocess.DEVNULL):
    return subprocess.run([CASUS, *words], stdin=stdin, capture_output=True, timeout=60)


def zipped(*files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(*files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def altered(data, at):
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1:]


MANY = gzip.compress(LINES[:60]) + gzip.compress(LINES[60:])

# name: (bytes, message), message None where it is read
FILES = {
    "picture.json": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "CAS-200"),
    "document.json": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "CAS-200"),
    "workbook.csv": (zipped(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<w/>")),
                     "CAS-200"),
    "packed-picture.csv.gz": (gzip.compress(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "CAS-200"),
    "frame.rda": (gzip.compress(b"RDX3\nX\n\0\0\0\x03"), "CAS-200"),
    "wide.json": (DOSSIER.decode().encode("utf-16"), "CAS-201"),
    "wide-other.json": (b"\xfe\xff" + DOSSIER.decode().encode("utf-16-be"), "CAS-201"),
    "wide-unmarked.json": (b"".join(bytes([c, 0]) for c in b'{"casus": 1, "events": []}'),
                           "CAS-201"),
    "empty.json": (b"", "CAS-150"),
    "blank.json": (b" \n\n", "CAS-150"),
    "prose.txt": (b"Dear all,\nthe meeting is at ten.\n", "CAS-151"),
    "zeros.json": (b"\0" * 400, "CAS-1"),
    "zero-inside.json": (DOSSIER.replace(b"Army", b"Ar\0y"), "CAS-102"),
    "cut.json": (DOSSIER[:-30], "CAS-100"),
    "western.json": (DOSSIER.decode().encode("cp1252"), "CAS-101"),
    "marked.json": (b"\xef\xbb\xbf" + DOSSIER, None),
    "marked-twice.json": (b"\xef\xbb\xbf" * 2 + DOSSIER, None),
    "lone-returns.json": (json.dumps(json.loads(DOSSIER), indent=1).replace("\n", "\r").encode(),
                          None),
    "whole.gz": (gzip.compress(DOSSIER), None),
    "chain.gz": (MANY, None),
    "one.zip": (zipped(("case.json", DOSSIER)), None),
    "mac.zip": (zipped(("case.json", DOSSIER), ("__MACOSX/._case.json", b"\0\5\26\7")), None),
    "two.zip": (zipped(("a.json", DOSSIER), ("b.json", DOSSIER)), "CAS-157"),
    "two.tar.gz": (tarred(("a.json", DOSSIER), ("b.json", DOSSIER)), "CAS-157"),
    "none.zip": (zipped(), "CAS-150"),
    "cut.zip": (zipped(("case.json", DOSSIER))[:120], "CAS-156"),
    "cut.gz": (gzip.compress(DOSSIER)[:-20], "CAS-156"),
    "altered-sum.gz": (altered(gzip.compress(DOSSIER), -6), "CAS-156"),
}


def members(folder):
    """A gzip of three members: which is wrong, where it begins and how, whatever the others are."""
    parts = [gzip.compress(LINES[:60]), gzip.compress(LINES[60:90]), gzip.compress(LINES[90:])]
    begins = [0, len(parts[0]), len(parts[0]) + len(parts[1])]
    whole = b"".join(parts)
    cases = {}
    for i, part in enumerate(parts):
        end = begins[i] + len(part)
        place = f"gzip member {i + 1}, which begins at byte {begins[i]}, "
        cases[f"sum {i}"] = altered(whole, end - 8), place + "has another check sum than it names"
        cases[f"length {i}"] = altered(whole, end - 4), place + "has another length than it names"
        cases[f"head {i}"] = altered(whole, begins[i] + 2), place + "is damaged"
        for left in 1, 3, 10, len(part) // 2, len(part) - 8, len(part) - 1:
            cases[f"cut {i} {left}"] = whole[:begins[i] + left], place + "breaks off"
        if i:
            cases[f"magic {i}"] = (altered(whole, begins[i]), f"byte {begins[i]}, behind gzip "
                                   f"member {i}, begins no other member")
    del cases["cut 0 1"]  # no gzip at all
    cases["filled up"] = whole + b"\0" * 70000, None
    cases["more behind"] = (whole + b"\0\0tail", f"byte {len(whole) + 2}, behind gzip member 3, "
                            "begins no other member")
    path = os.path.join(folder, "members.gz")
    for name, (data, message) in cases.items():
        with open(path, "wb") as file:
            file.write(data)
        for words in ["report", path], ["report", "-"]:
            with open(path, "rb") as file:
                done = run(*words, stdin=file)
            right = (done.returncode == 3 and b"[CAS-156]" in done.stderr and
                     message.encode() in done.stderr) if message else done.returncode == 0
            check(right, f"{' '.join(words)} {name}: exit {done.returncode}, {done.stderr[:300]!r}")


def files(folder):
    for name, (data, message) in FILES.items():
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(data)
        for words in (["report", path], ["check", path], ["report", "-"]):
            with open(path, "rb") as file:
                done = run(*words, stdin=file)
            said = (done.stdout if words[0] == "check" else done.stderr) + done.stderr
            if message:
                right = done.returncode == 3 and message.encode() in said
            else:
                right = done.returncode == 0 and not done.stderr
            check(right, f"{words[0]} {name}: exit {done.returncode}, {said[:160]!r}")


# --- tables --------------------------------------------------------------------------------------


def rows_of(root):
    path = os.path.join(root, "tests", "fixtures", "acled", "since-2022.csv")
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) > 5]
    return rows[0], [row for row in rows[1:] if not row[0].startswith("#")]


def table(header, rows, separator=",", end="\r\n", encoding="utf-8", quoting=csv.QUOTE_ALL):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def answer_of(path, *words):
    done = run("report", path, "--format", "json", *words)
    return done, json.loads(done.stdout) if done.returncode == 0 else {}


def tables(folder, root):
    """One table in many writings is one graph."""
    header, rows = rows_of(root)
    note = header.index("notes")
    for row in rows:
        row[note] = "Überfall, told\nin two lines; “so it is said”"
    plain = table(header, rows)
    writings = {
        "plain": plain,
        "marked twice": b"\xef\xbb\xbf" * 2 + plain,
        "semicolons": table(header, rows, ";"),
        "tabs": table(header, rows, "\t"),
        "ones": table(header, rows, "\x01"),
        "lines": table(header, rows, end="\n"),
        "returns": table(header, rows, end="\r"),
        "no last end": plain[:-2],
        "western": table(header, rows, encoding="cp1252"),
        "packed": gzip.compress(plain),
        "packed twice": gzip.compress(plain[:300]) + gzip.compress(plain[300:]),
        "zipped": zipped(("data.csv", plain)),
    }
    expected = None
    for name, data in writings.items():
        path = os.path.join(folder, "table.csv")
        with open(path, "wb") as file:
            file.write(data)
        done, answer = answer_of(path)
        said = [answer.get("graph"), answer.get("actors")]
        expected = expected or said
        check(done.returncode == 0 and said == expected and said[0]["events"] > 1,
              f"{name}: exit {done.returncode}, {said[0]} {done.stderr[:200]!r}")
        check((b"Windows-1252" in run("convert", path, "-o", path + ".json").stderr)
              == (name == "western"), f"{name}: what is said of Windows-1252")


def bad_tables(folder, root):
    """Each has one bad row, the last: a number, a place, and under --lenient the others."""
    header, rows = rows_of(root)
    plain = table(header, rows)
    last = plain[:-2].rindex(b"\r\n") + 2
    cases = {
        "cut in a cell": (plain[:-10], b"CAS-153"),
        "cut in a row": (plain[:last + 40] + b'"', b"CAS-15"),
        "a zero": (plain[:last + 3] + b"\0" + plain[last + 4:], b"CAS-102"),
        "a cell of 2 MiB": (plain[:-3] + b"x" * (2 << 20) + b'"\r\n', b"CAS-104"),
        "20,000 cells": (plain[:-2] + b",1" * 20000 + b"\r\n", b"CAS-1"),
    }
    path = os.path.join(folder, "bad.csv")
    for name, (data, message) in cases.items():
        with open(path, "wb") as file:
            file.write(data)
        done = run("report", path)
        check(done.returncode == 3 and message in done.stderr and b"bad.csv:" in done.stderr,
              f"{name}: exit {done.returncode}, {done.stderr[:200]!r}")
        done, answer = answer_of(path, "--lenient")
        whole = {**(answer.get("input") or [{}])[0]}
        check(done.returncode == 0 and whole.get("records", 0) >= len(rows) - 1
              and answer.get("passed_over"), f"{name} --lenient: {done.returncode} {whole}")


def what_stood_before_is_kept(folder):
    """The third event is damaged, or the file is; two stay, and their loss is told."""
    cases = {"cut.jsonl": LINES[:-20], "rotten.jsonl": LINES.replace(b'"e3"', b'"\xe93"')}
    for name, data in cases.items():
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(data)
        strict, lenient = run("report", path), run("report", path, "--lenient", "--format", "json")
        check(strict.returncode == 3, f"{name}: exit {strict.returncode}")
        check(lenient.returncode == 0, f"{name} --lenient: exit {lenient.returncode}")
        answer = json.loads(lenient.stdout or "{}")
        check(answer.get("graph", {}).get("events") == 2 and answer.get("passed_over"),
              f"{name} --lenient: {answer.get('graph')} {answer.get('passed_over')}")
        check(b"1 problem passed over" in lenient.stderr, f"{name}: {lenient.stderr[:200]!r}")


def folders(folder):
    for name, inside, message in (("bare", [], b"neither"), ("notes", ["notes.txt"], b"neither"),
                                  ("both", ["events.csv", "dossier.json"], b"both")):
        path = os.path.join(folder, name)
        os.mkdir(path)
        for file in inside:
            open(os.path.join(path, file), "w").close()
        done = run("report", path)
        check(done.returncode == 3 and b"CAS-155" in done.stderr and message in done.stderr,
              f"folder {name}: exit {done.returncode}, {done.stderr[:160]!r}")


def interrupted(folder):
    """The signal comes while a folder is written: what is there is whole, and nothing else."""
    source, out = os.path.join(folder, "many.jsonl"), os.path.join(folder, "converted")
    with open(source, "w") as file:
        for i in range(300):
            file.write(json.dumps({"actor": {"id": f"a{i}"}}) + "\n")
        for i in range(200_000):
            file.write(json.dumps({"event": {"id": f"e{i}", "type": "ambush", "from": [f"a{i % 300}"],
                                             "to": [f"a{(i + 1) % 300}"]}}) + "\n")
    met = False
    for wait in (0.2, 0.4, 0.6, 0.8):
        subprocess.run(["rm", "-rf", out], check=True)
        job = subprocess.Popen([CASUS, "convert", source, "-o", out], stderr=subprocess.DEVNULL)
        time.sleep(wait)
        job.send_signal(signal.SIGTERM)
        job.wait(timeout=60)
        left = os.listdir(out) if os.path.isdir(out) else []
        met |= job.returncode == -signal.SIGTERM
        check(job.returncode in (0, -signal.SIGTERM), f"SIGTERM: exit {job.returncode}")
        check(all(name.endswith(".csv") for name in left), f"SIGTERM leaves {left}")
    check(met, "the conversion was never interrupted: give it more to do")


def main():
    with tempfile.TemporaryDirectory() as folder:
        files(folder)
        members(folder)
        tables(folder, sys.argv[2])
        bad_tables(folder, sys.argv[2])
        what_stood_before_is_kept(folder)
        folders(folder)
        interrupted(folder)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
