"""Hold the JSON Schema, the reader and the fixtures against one another.

Usage: /usr/bin/python3 tests/schema.py CASUS_BINARY SOURCE_ROOT

tests/fixtures/dossier/expected.tsv has one row for each problem of a bad fixture:
file, code, line, column, and whether a JSON Schema can refuse it:
  yes   it does
  no    it cannot: a reference, an order, a day that the calendar does not have
  text  it never comes to that: Python reads no JSON there, or reads too much
Line 0 stands for any place.
"""

import json
import os
import re
import subprocess
import sys
import tempfile

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError

from tally import Tally

FIXTURES = os.path.join("tests", "fixtures", "dossier")
ANSWERED, BAD_CONTENT = 0, 3


class Schema:
    """The schema as two validators: of a whole dossier and of one line of JSON Lines."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as file:
            whole = json.load(file)
        Draft202012Validator.check_schema(whole)
        self.dossier = Draft202012Validator(whole)
        self.line = Draft202012Validator(
            {"$schema": whole["$schema"], "$ref": "#/$defs/line", "$defs": whole["$defs"]}
        )

    def first_error(self, path):
        """The first reason to refuse the file, or None."""
        validator, values = self.dossier, None
        with open(path, encoding="utf-8-sig", newline="") as file:
            text = file.read()
        if path.endswith(".jsonl"):
            # Not splitlines(): U+2028 inside a string ends no line.
            values = [json.loads(line) for line in text.split("\n") if line.strip()]
            validator = self.line
        else:
            values = [json.loads(text)]
        for value in values:
            for error in validator.iter_errors(value):
                where = "/".join(str(step) for step in error.absolute_path)
                return f"at /{where}: {error.message[:200]}"
        return None


class Casus:
    """`casus check` on one file; paths are relative to `folder`, as they are printed."""

    def __init__(self, binary):
        self.binary = os.path.abspath(binary)

    def check(self, path, folder):
        done = subprocess.run(
            [self.binary, "check", path],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
        )
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def complaint_if_good(self, path, folder):
        code, said = self.check(path, folder)
        if code != ANSWERED:
            return f"casus check ended with {code}, not {ANSWERED}: {said.strip()[:400]}"
        return None

    def complaint_if_bad(self, path, folder, rows):
        code, said = self.check(path, folder)
        if code != BAD_CONTENT:
            return f"casus check ended with {code}, not {BAD_CONTENT}: {said.strip()[:400]}"
        for row in rows:
            if not re.search(row.pattern(path), said, re.MULTILINE):
                return f"casus check does not say {row}: {said.strip()[:400]}"
        return None


class Row:
    def __init__(self, text):
        self.file, self.code, line, column, self.schema = text.split("\t")
        self.line, self.column = int(line), int(column)
        if self.schema not in ("yes", "no", "text"):
            raise ValueError(f"{self.file}: schema is '{self.schema}', not yes, no or text")

    def __str__(self):
        place = f"at {self.line}:{self.column}" if self.line else "anywhere"
        return f"CAS-{self.code} {place}"

    def pattern(self, path):
        place = f":{self.line}:{self.column}" if self.line else r"(:[0-9]+:[0-9]+)?"
        return rf"^{re.escape(path)}{place}: \[CAS-{self.code}\]"


def read_table(path):
    """Rows by file, in the order of the table."""
    rows = {}
    with open(path, encoding="utf-8") as file:
        for number, text in enumerate(file):
            if number == 0:
                continue
            row = Row(text.rstrip("\n"))
            rows.setdefault(row.file, []).append(row)
    return rows


def fixtures_in(root, folder):
    names = os.listdir(os.path.join(root, FIXTURES, folder))
    return sorted(name for name in names if name.endswith((".json", ".jsonl")))


def cases_in(root):
    graphs = os.path.join(root, "graphs")
    paths = (os.path.join("graphs", name, "dossier.json") for name in sorted(os.listdir(graphs)))
    return [path for path in paths if os.path.exists(os.path.join(root, path))]


def schema_complaint_if_good(schema, path):
    try:
        error = schema.first_error(path)
    except ValueError as problem:
        return f"Python cannot read it: {problem}"
    return None if error is None else f"the schema refuses it {error}"


def schema_complaint_if_bad(schema, path, rows):
    answers = {row.schema for row in rows}
    if "text" in answers:
        return None
    try:
        error = schema.first_error(path)
    except ValueError as problem:
        return f"Python cannot read it: {problem}"
    if "yes" in answers:
        return "the schema accepts it" if error is None else None
    return None if error is None else f"the schema refuses what the table says it cannot: {error}"


def test_good(tally, schema, casus, root):
    good = [os.path.join(FIXTURES, "good", name) for name in fixtures_in(root, "good")]
    for path in good + cases_in(root):
        tally.note(path, schema_complaint_if_good(schema, os.path.join(root, path)))
        tally.note(path, casus.complaint_if_good(path, root))
    return len(good)


def test_bad(tally, schema, casus, root):
    table = read_table(os.path.join(root, FIXTURES, "expected.tsv"))
    names = fixtures_in(root, "bad")
    for name in sorted(set(table) - set(names)):
        tally.note(name, "in expected.tsv, but no such fixture")
    for name in names:
        path = os.path.join(FIXTURES, "bad", name)
        if name not in table:
            tally.note(path, "has no row in expected.tsv")
            continue
        tally.note(path, schema_complaint_if_bad(schema, os.path.join(root, path), table[name]))
        tally.note(path, casus.complaint_if_bad(path, root, table[name]))
    return len(names)


def test_huge(tally, casus):
    """What is too big to keep as a file is made here."""
    event = '{"id": "e", "type": "raid", "from": ["a"], "note": "%s"}' % ("n" * (16 << 20))
    whole = '{"casus": 1, "actors": [{"id": "a"}],\n "events": [%s]}\n' % event
    lines = '{"actor": {"id": "a"}}\n{"event": %s}\n' % event
    head = '{"casus": 1, "x-deep": '
    made = [
        ("large.json", whole, "104\t0\t0"),
        ("large.jsonl", lines, "104\t0\t0"),
        ("deep.json", head + "[" * 200_000_000, f"103\t1\t{len(head) + 64}"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        for name, text, expected in made:
            path = os.path.join(folder, name)
            with open(path, "w", encoding="ascii") as file:
                file.write(text)
            row = Row(f"{name}\t{expected}\ttext")
            tally.note(f"made {name}", casus.complaint_if_bad(name, folder, [row]))
            os.remove(path)


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: schema.py CASUS_BINARY SOURCE_ROOT")
    casus, root = Casus(sys.argv[1]), os.path.abspath(sys.argv[2])
    if not os.access(casus.binary, os.X_OK):
        sys.exit(f"{casus.binary}: no such program")
    try:
        schema = Schema(os.path.join(root, "graphs", "dossier.schema.json"))
    except SchemaError as error:
        sys.exit(f"graphs/dossier.schema.json is no valid schema: {error.message}")
    tally = Tally()
    good = test_good(tally, schema, casus, root)
    bad = test_bad(tally, schema, casus, root)
    test_huge(tally, casus)
    if good == 0 or bad == 0:
        tally.note(FIXTURES, "no fixture found")
    sys.exit(tally.finish())


if __name__ == "__main__":
    main()
