"""What the scripts of this folder share: counted checks, and the command run as users run it."""
import json
import os
import subprocess


class Tally:
    """Counts checks and tells of those that fail, the moment they do."""

    def __init__(self):
        self.passed = self.failed = 0

    def holds(self, holds, text, found=""):
        """A check that `holds`, or is told as `text`, with what was found instead."""
        self.passed += bool(holds)
        self.failed += not holds
        if not holds:
            print(f"FAILED {text} {str(found)[:600]}".rstrip(), flush=True)

    def note(self, name, complaint):
        """A check that has nothing to complain of."""
        self.holds(not complaint, f"{name}:", complaint)

    def equal(self, name, got, wanted):
        self.holds(got == wanted, f"{name}\n  got    {str(got)[:600]}\n  wanted {str(wanted)[:600]}")

    def finish(self):
        """The closing line. @return the exit code"""
        print(f"{self.passed} passed, {self.failed} failed")
        return int(self.failed > 0 or not self.passed)


class Command:
    """`binary`, run in `folder`; an exit code other than the expected one is a failed check."""

    def __init__(self, tally, binary, folder=None):
        self.tally, self.binary, self.folder = tally, os.path.abspath(binary), folder

    def __call__(self, *words, code=0):
        done = subprocess.run([self.binary, *map(str, words)], capture_output=True, text=True,
                              cwd=self.folder, stdin=subprocess.DEVNULL, timeout=600)
        if done.returncode != code:
            self.tally.equal(f"exit of {words}", (done.returncode, done.stderr), code)
        return done.stdout

    def answer(self, *words):
        return json.loads(self(*words, "--format", "json"))
