#!/usr/bin/python3
"""Every example in README.md and examples/*.md is run: what it prints is what stands there.

usage: pages.py CASUS SOURCE_ROOT

A block fenced as ```console holds commands (`$ casus …`) with their output below. A line of just
`…` stands for any number of lines. `$ …` lines of other programs run in bash, in the same folder,
a copy of the source's root without its build folders.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FENCE = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)


def commands(block):
    """[(command, [expected lines])] of one block."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif found:
            found[-1][1].append(line.rstrip())
    return found


def matches(expected, printed):
    if not expected:
        return not printed
    if expected[0] == "…":
        return any(matches(expected[1:], printed[i:]) for i in range(len(printed) + 1))
    return bool(printed) and expected[0] == printed[0] and matches(expected[1:], printed[1:])


def run(command, folder, casus):
    env = dict(os.environ, NO_COLOR="1", LC_ALL="C.UTF-8",
               PATH=f"{casus.parent}:{os.environ['PATH']}")
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=env, text=True, timeout=120,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT)
    return [line.rstrip() for line in done.stdout.splitlines()]


def main():
    casus, root = Path(sys.argv[1]).absolute(), Path(sys.argv[2]).absolute()
    pages = [root / "README.md", *sorted((root / "examples").glob("**/*.md"))]
    passed = failed = 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "casus"
        shutil.copytree(root, folder, ignore=shutil.ignore_patterns("build*", ".git", "node_modules"))
        for page in pages:
            for block in FENCE.findall(page.read_text()):
                for command, expected in commands(block):
                    printed = run(command, folder, casus)
                    ok = matches(expected, printed)
                    passed, failed = passed + ok, failed + (not ok)
                    if not ok:
                        print(f"{page.name}: $ {command}\n--- expected\n" + "\n".join(expected) +
                              "\n--- printed\n" + "\n".join(printed[:60]))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
