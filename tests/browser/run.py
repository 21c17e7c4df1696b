#!/usr/bin/python3
"""Run one of the tests of this folder with Node.js, its modules fetched first where they are not.

usage: run.py SCRIPT CASUS SOURCE_ROOT

Exits 77 (skipped) where node, npm, chromium or the modules cannot be had; under CASUS_CI that is
a failure.
"""
import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def missing(why):
    print(f"cannot run here: {why}")
    sys.exit(1 if os.environ.get("CASUS_CI") else 77)


def fetch(npm):
    """The modules of package-lock.json, once for each state of it; one test at a time."""
    lock, stamp = HERE / "package-lock.json", HERE / "node_modules" / ".fetched"
    with open(HERE / "package.json") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if stamp.exists() and stamp.read_text() == lock.read_text():
            return
        done = subprocess.run([npm, "ci", "--ignore-scripts", "--prefer-offline", "--no-progress"],
                              cwd=HERE, capture_output=True, text=True, timeout=300)
        if done.returncode:
            missing(f"npm ci: {done.stderr.strip()[-400:]}")
        stamp.write_text(lock.read_text())


def main():
    script, casus, root = sys.argv[1:]
    node, npm = shutil.which("node"), shutil.which("npm")
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not node or not npm:
        missing("no node or npm (packages nodejs, npm)")
    if not browser and script != "consumers.mjs":
        missing("no chromium (package chromium)")
    fetch(npm)
    env = dict(os.environ, CASUS_BROWSER=browser or "")
    done = subprocess.run([node, HERE / script, os.path.abspath(casus), os.path.abspath(root)], env=env,
                          stdin=subprocess.DEVNULL)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
