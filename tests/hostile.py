#!/usr/bin/python3
"""Hostile input from outside: huge, broken, endless, and text that would command a terminal.

usage: hostile.py CASUS SOURCE_ROOT

Whatever comes in, the command ends by itself with an exit code of DESIGN's and a message on one
place, within bounded memory; no control character or direction mark reaches a terminal; an
interrupted `-o` leaves nothing. The memory is measured of a plain build alone: a sanitizer's
shadow would be counted too. Ends with 'N passed, N failed'.
"""
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time

from tally import Tally

MANY = 200_000_000
MOST_MIB = 256
CASUS = os.path.abspath(sys.argv[1])
ENV = dict(os.environ, TERM="xterm", ASAN_OPTIONS="detect_leaks=0")
SANITIZED = b"__asan_init" in open(CASUS, "rb").read()

tally = Tally()
check = tally.holds


def limits():
    if not SANITIZED:
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MIB << 20, MOST_MIB << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(*words, stdin=subprocess.DEVNULL, bounded=False):
    return subprocess.run([CASUS, *words], stdin=stdin, capture_output=True, timeout=60, env=ENV,
                          preexec_fn=limits if bounded else None)


def died(done):
    return done.returncode < 0 or b"runtime error" in done.stderr or b"Sanitizer" in done.stderr


# --- large ---------------------------------------------------------------------------------------

LARGE = {  # name: (what begins the file, what fills it, the message)
    "brackets.json": ("", "[", "CAS-103"),
    "objects.json": ('{"casus":1,"actors":', '{"a":', "CAS-103"),
    "string.json": ('{"casus":1,"title":"', "x", "CAS-104"),
    "line.jsonl": ('{"actor":{"id":"a","name":"', "x", "CAS-104"),
    "digits.json": ('{"casus":', "1", "CAS-104"),
    "blanks.json": ('{"casus":', " ", None),
    "key.json": ('{"', "k", None),
}


def large(folder):
    for name, (begin, fill, message) in LARGE.items():
        path = os.path.join(folder, name)
        with open(path, "w") as file:
            file.write(begin)
            piece = fill * (10_000_000 // len(fill))
            for _ in range(MANY // len(piece)):
                file.write(piece)
        for command in ("check", "report"):
            done = run(command, path, bounded=True)
            said = done.stdout if command == "check" else done.stderr
            check(done.returncode == 3 and not died(done) and b"CAS-" in said,
                  f"{command} {name}: exit {done.returncode} {done.stderr[:200]!r}")
            if message:
                check(message.encode() in said, f"{command} {name}: no {message}: {said[:200]!r}")
        os.unlink(path)


def endless():
    for words in (["check", "--from", "dossier", "/dev/zero"], ["report", "/dev/zero"]):
        done = run(*words, bounded=True)
        check(done.returncode == 3, f"{words}: exit {done.returncode} {done.stderr[:200]!r}")
    with open("/dev/zero", "rb") as zero:
        done = run("check", "-", stdin=zero, bounded=True)
    check(done.returncode == 3, f"check - of zeros: exit {done.returncode}")


# --- what a terminal obeys -----------------------------------------------------------------------

ORDERS = ["\x1b[31m", "\x1b]0;title\x07", "\x9b31m", "\u202e", "\u2066", "\r", "\b", "\x7f"]


def obeyed(shown):
    text = shown.decode("utf-8", "replace")
    return [c for c in text if (ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160
            or c in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]


def silent(label, words):
    done = run(*words)
    check(not obeyed(done.stdout + done.stderr) and not died(done),
          f"{label}: passes on {obeyed(done.stdout + done.stderr)} in {done.stderr[:200]!r}")
    return done


def orders_in_arguments(good):
    for order in ORDERS:
        for words in ([order], ["report", "--" + order], ["report", good, "--format", order],
                      ["report", order], ["explain", order], ["draw", good, "-o", order + ".gif"],
                      ["export", good, "--to", order], ["convert", good, "-o", order + ".xyz"],
                      ["report", good, "--focus", order], ["report", good, "--where", order],
                      ["report", good, "--since", order], ["report", good, "--level", order],
                      ["report", good, "--type", order], ["formats", order]):
            done = silent(f"{words[0]!a} … {order!a}", words)
            check(done.returncode in (1, 2, 4), f"{words!a}: exit {done.returncode}")


def orders_in_names(folder):
    for number, order in enumerate(ORDERS):
        path = os.path.join(folder, f"{order}{number}.json")
        a, b = "a" + order, "b" + order
        event = {"id": "e" + order, "type": "ambush", "from": [a], "to": [b],
                 "place": {"name": order}, "note": order,
                 "claims": [{"by": a, "stance": "report", "note": order}]}
        dossier = {"casus": 1, "title": order, "events": [event],
                   "actors": [{"id": a, "name": order + "A", "aliases": [order + "B"]},
                              {"id": b, "name": order + "C"}]}
        with open(path, "w") as file:
            json.dump(dossier, file)
        for words in (["check"], ["report"], ["actors"], ["report", "--format", "markdown"],
                      ["report", "--focus", "nobody"], ["report", "--since", "2030"]):
            silent(f"{words} of {order!a}", [words[0], path, *words[1:]])
        event["to"] = ["nobody" + order]
        event[order] = 1
        with open(path, "w") as file:
            json.dump(dossier, file)
        done = silent(f"check of a bad {order!a}", ["check", path])
        check(done.returncode == 3, f"check of a bad {order!a}: exit {done.returncode}")


# --- one word too much ---------------------------------------------------------------------------


def broken_is_not_empty(folder):
    """What is cut off before its first event has one problem: nobody knows what it would hold."""
    path = os.path.join(folder, "cut.json")
    for text in ('{"casus":1,"actors":[{"id":"a","name":"A"}],"events":[{"id":"e","ty',
                 '{"casus":1,"events":[{"id":"e","type":"attack","from":["a"],"to":[01]}]}'):
        with open(path, "w") as file:
            file.write(text)
        done = run("check", path)
        check(done.returncode == 3 and b"CAS-100" in done.stdout and b"CAS-150" not in done.stdout,
              f"check of {text}: {done.stdout!r}")


# --- interrupted ---------------------------------------------------------------------------------


def interrupted(folder):
    """A graph that Graphviz takes long over; the signal comes while it does."""
    dossier = os.path.join(folder, "dense.json")
    out = os.path.join(folder, "out")
    os.mkdir(out)
    names = [f"a{i}" for i in range(300)]
    events = [{"id": f"e{i}", "type": "attack", "from": [names[i % 300]],
               "to": [names[(i * 7 + i // 300 + 1) % 300]]} for i in range(3000)]
    with open(dossier, "w") as file:
        json.dump({"casus": 1, "actors": [{"id": n, "name": n} for n in names],
                   "events": events}, file)
    for number in (signal.SIGINT, signal.SIGTERM):
        job = subprocess.Popen([CASUS, "draw", dossier, "--all", "--engine", "dot", "-o",
                                out + "/x.svg"],
                               stderr=subprocess.DEVNULL, env=ENV)
        time.sleep(1)
        job.send_signal(number)
        job.wait(timeout=30)
        check(job.returncode == -number, f"{number}: exit {job.returncode}")
        check(os.listdir(out) == [], f"{number} leaves {os.listdir(out)}")


def main():
    good = os.path.join(os.path.abspath(sys.argv[2]), "graphs/badia-2019/dossier.json")
    with tempfile.TemporaryDirectory() as folder:
        large(folder)
        endless()
        orders_in_arguments(good)
        orders_in_names(folder)
        broken_is_not_empty(folder)
        interrupted(folder)
    return tally.finish()


if __name__ == "__main__":
    sys.exit(main())
