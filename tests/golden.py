#!/usr/bin/python3
"""Goldens: a command, its exit code and its output, byte for byte.

usage: golden.py CASUS SOURCE_ROOT [--write]

tests/golden/NAME.cmd holds the command line (run in the source's root, `casus` stands for the
binary) and, on a second line, the exit code. NAME.out is what it prints on stdout, NAME.err on
stderr (absent: nothing). `--write` or CASUS_GOLDEN=write rewrites .out and .err, never .cmd.
"""
import os
import shlex
import subprocess
import sys
from pathlib import Path


def run(casus, root, command):
    words = shlex.split(command)
    assert words[0] == "casus", command
    env = dict(os.environ, NO_COLOR="1")
    return subprocess.run([casus] + words[1:], cwd=root, env=env, stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=120)


def put(path, data):
    if data:
        path.write_bytes(data)
    elif path.exists():
        path.unlink()


def first_difference(expected, found):
    for number, (a, b) in enumerate(zip(expected.splitlines(), found.splitlines()), 1):
        if a != b:
            return f"line {number}:\n  expected {a!r}\n  found    {b!r}"
    return f"{len(expected.splitlines())} lines expected, {len(found.splitlines())} found"


def check(case, casus, root, write):
    command, code = case.read_text().splitlines()[:2]
    done = run(casus, root, command)
    problems = []
    if done.returncode != int(code):
        problems.append(f"exit {done.returncode}, expected {code}: {done.stderr.decode()[:400]}")
    for ending, data in ((".out", done.stdout), (".err", done.stderr)):
        path = case.with_suffix(ending)
        if write:
            put(path, data)
        expected = path.read_bytes() if path.exists() else b""
        if data != expected:
            problems.append(f"{path.name}: {first_difference(expected, data)}")
    return problems


def main():
    casus, root = os.path.abspath(sys.argv[1]), Path(sys.argv[2])
    write = "--write" in sys.argv or os.environ.get("CASUS_GOLDEN") == "write"
    passed = failed = 0
    for case in sorted((root / "tests/golden").glob("*.cmd")):
        problems = check(case, casus, root, write)
        for problem in problems:
            print(f"{case.name}: {problem}")
        passed, failed = passed + (not problems), failed + bool(problems)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
