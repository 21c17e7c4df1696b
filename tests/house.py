#!/usr/bin/python3
"""The rules of the house, as a test.

usage: house.py SOURCE_ROOT [LIBRARY]     LIBRARY: libcasus.so or libcasus.a
       house.py --self-test

  includes   a part includes only what lies upstream of it (PARTS), third-party headers only where
             they have their one place (LIBRARIES, PLACES), the command only <casus/...> and libc
  top        no other folder stands at the top
  headers    each public header compiles on its own, and twice
  symbols    what the library exports begins with casus_ and stands in a public header
  machine    no file names a place on the machine that it was written on

Each offence is printed as file:line: text. Ends with 'N passed, N failed'.
"""
import os
import re
import shlex
import subprocess
import sys
import tempfile

TOP = {"include", "src", "graphs", "tests", "examples", ".ci", ".git"}

BEFORE_ANSWERS = {"base", "event", "read", "actor", "claim", "graph", "analysis"}
PARTS = {  # part: the other parts that it may include
    "base": set(),
    "event": {"base"},
    "read": {"base", "event"},
    "actor": {"base", "event"},
    "claim": {"base", "event", "actor"},
    "graph": {"base", "event", "actor", "claim"},
    "analysis": BEFORE_ANSWERS - {"analysis"},
    "report": BEFORE_ANSWERS,
    "export": BEFORE_ANSWERS | {"report"},
    "draw": BEFORE_ANSWERS,
    "view": BEFORE_ANSWERS,
    "cli": set(),
}
ROOMS = {  # room of src/analysis/: the other rooms there that it may include; files beside them are all's
    "centrality": set(),
    "balance": {"centrality"},
    "chains": set(),
    "brokerage": {"centrality", "balance", "chains"},
    "change": {"centrality", "balance"},
    "belief": {"centrality"},
    None: set(),
}
LIBRARIES = {  # library: its headers, the parts that may include them
    "cJSON": (r"(cjson/)?cJSON\.h", {"read", "report", "export", "draw", "view"}),
    "libarchive": (r"archive(_entry)?\.h", {"read"}),
    "zlib": (r"zlib\.h", {"read"}),
    "utf8proc": (r"utf8proc\.h", {"actor"}),
    "igraph": (r"(igraph/)?igraph\w*\.h", {"graph", "analysis"}),
    "CBC": (r"(coin/)?(Cbc|Clp|Cgl|Coin|Osi)\w*\.h", {"analysis"}),
    "libxml2": (r"(libxml2/)?libxml/\w+\.h", {"report", "export", "draw", "view"}),
    "Graphviz": (r"(graphviz/)?(gvc|gvcext|cgraph|cdt|gvplugin\w*|types|geom)\.h", {"draw"}),
}
PLACES = [  # library, parts taken together, files that may include it there
    ("cJSON", {"report", "export", "draw", "view"}, 1),
    ("libxml2", {"report", "export", "draw", "view"}, 1),
    ("Graphviz", {"draw"}, 4),
]
LIBC = re.compile(
    r"(assert|complex|ctype|errno|fenv|float|inttypes|iso646|limits|locale|math|setjmp|signal"
    r"|stdalign|stdarg|stdatomic|stdbool|stddef|stdint|stdio|stdlib|stdnoreturn|string|tgmath"
    r"|threads|time|uchar|wchar|wctype"
    r"|dirent|dlfcn|endian|fcntl|fnmatch|ftw|getopt|glob|iconv|langinfo|libgen|poll|pthread|regex"
    r"|sched|semaphore|spawn|strings|sysexits|syslog|termios|unistd|wordexp"
    r"|sys/\w+|[xepntsi]mmintrin|immintrin|arm_neon)\.h"
)
GENERATED = {"config.h"}  # by meson; for the library's parts, not for the command
SOURCES = (".c", ".h", ".def", ".inc")
INCLUDE = re.compile(r'\s*#\s*include\s+(?:"([^"]*)"|<([^>]*)>|(\S+))')
COMMENT = re.compile(r'"(?:\\.|[^"\\\n])*"|/\*.*?\*/|//[^\n]*', re.S)
MACHINE = re.compile(
    r"(?:(?<![\w.:~/*-])|(?<=file://))/(?:work|root|home/[\w.-]+|Users/[\w.-]+)/"
    r"|(?<![\w./-])\.\./shar[e]d/"
)
COMPILE = ["-std=c11", "-fsyntax-only", "-Wall", "-Wextra", "-Werror"]
INSTRUMENTED = re.compile(r"_{1,3}(asan|odr_asan|ubsan|sancov|start|stop|llvm|prof|gcov|bss|edata)")


class House:
    """A source tree, the offences found in it, and how many checks found none."""

    def __init__(self, root):
        self.root = os.path.abspath(root)
        self.files = sorted(list_files(self.root))
        self.passed = 0
        self.offences = []

    def offend(self, path, line, text):
        self.offences.append(f"{path}:{line}: {text}")

    def check(self, rule, *args):
        before = len(self.offences)
        rule(self, *args)
        self.passed += len(self.offences) == before

    def sources(self):
        return [path for path in self.files if path.endswith(SOURCES)]

    def text(self, path):
        """None where the file is no text."""
        with open(os.path.join(self.root, path), "rb") as file:
            data = file.read()
        return None if b"\0" in data[:8192] else data.decode("utf-8", "replace")


def list_files(root):
    """Tracked files and those that could be; without git, all outside of build folders."""
    command = ["git", "-C", root, "ls-files", "-z", "-co", "--exclude-standard"]
    if os.path.exists(os.path.join(root, ".git")):
        try:
            names = subprocess.run(command, capture_output=True, check=True).stdout
            names = names.decode("utf-8", "surrogateescape").split("\0")
            return {name for name in names if os.path.isfile(os.path.join(root, name))}
        except (OSError, subprocess.CalledProcessError):
            pass
    return set(walk(root))


def walk(root):
    for folder, folders, names in os.walk(root):
        at_top = folder == root
        folders[:] = [f for f in folders if not (at_top and is_build(f)) and not is_made(f)]
        for name in names:
            yield os.path.relpath(os.path.join(folder, name), root)


def is_build(folder):
    return folder.startswith("build")


def is_made(folder):
    return folder in (".git", "node_modules", "__pycache__", ".cache")


# --- includes --------------------------------------------------------------------------------


def includes(text):
    """(line, quoted, angled, macro) of each include directive outside of comments."""
    def blank(match):
        found = match.group()
        return found if found.startswith('"') else "\n" * found.count("\n")

    for number, line in enumerate(COMMENT.sub(blank, text).split("\n"), 1):
        match = INCLUDE.match(line)
        if match:
            yield (number, *match.groups())


def part_of(path):
    folders = path.split("/")
    return folders[1] if folders[0] == "src" and len(folders) > 2 else None


def library_of(header):
    for library, (pattern, _) in LIBRARIES.items():
        if re.fullmatch(pattern, header):
            return library
    return None


def rule_known_part(house, path):
    if part_of(path) not in PARTS:
        house.offend(path, 1, f"no such part of src/; the parts are {', '.join(PARTS)}")


def room_of(path):
    """The room of src/analysis/ that holds the file, None for one beside them."""
    steps = path.split("/")
    return steps[2] if len(steps) > 3 else None


def rule_known_room(house, path):
    if room_of(path) not in ROOMS:
        house.offend(path, 1, f"no such room of src/analysis/; they are {', '.join(filter(None, ROOMS))}")


def rule_includes(house, path):
    for line, quoted, angled, macro in includes(house.text(path) or ""):
        if macro:
            house.offend(path, line, f"an include by macro hides what it includes: {macro}")
        elif quoted:
            check_quoted(house, path, line, quoted)
        else:
            check_angled(house, path, line, angled)


def check_quoted(house, path, line, header):
    part = part_of(path)
    target = part_of("src/" + header)
    if path.startswith(("include/", "examples/")):
        house.offend(path, line, f'"{header}": only <casus/...> and libc are included here')
    elif header in GENERATED and part != "cli":
        return
    elif ".." in header.split("/") or target is None:
        house.offend(path, line, f'"{header}": write the path from src/, as in "base/arena.h"')
    elif "src/" + header not in house.files:
        house.offend(path, line, f'"{header}": there is no src/{header}')
    elif target != part and target not in PARTS[part]:
        house.offend(path, line, f'"{header}": {part} may not include {target}')
    elif target == part == "analysis":
        check_room(house, path, line, header)


def check_room(house, path, line, header):
    here, there = room_of(path), room_of("src/" + header)
    if there not in (None, here, *ROOMS.get(here, ())):
        house.offend(path, line, f'"{header}": {here or "what all rooms share"} may not include {there}')


def check_angled(house, path, line, header):
    part = part_of(path)
    library = library_of(header)
    if header.startswith("casus/"):
        if "include/" + header not in house.files:
            house.offend(path, line, f"<{header}>: there is no include/{header}")
    elif library and (part is None or part not in LIBRARIES[library][1]):
        where = f"part {part}" if part else "this folder"
        house.offend(path, line, f"<{header}>: {library} has no place in {where}")
    elif not library and not LIBC.fullmatch(header):
        house.offend(path, line, f"<{header}>: neither libc nor a library that has a place here")


def rule_places(house, library, parts, limit):
    """The files beyond the limit are the offence, in order of their names."""
    found = []
    for path in house.sources():
        if part_of(path) in parts:
            found += [(path, line) for line, _, angled, _ in includes(house.text(path) or "")
                      if angled and library_of(angled) == library][:1]
    for path, line in found[limit:]:
        others = ", ".join(other for other, _ in found[:limit])
        house.offend(path, line, f"{library} has its place already, in {others}")


def check_includes(house):
    for path in house.sources():
        if path.startswith("src/"):
            house.check(rule_known_part, path)
        if part_of(path) == "analysis":
            house.check(rule_known_room, path)
        if part_of(path) in PARTS or path.startswith(("include/", "examples/")):
            house.check(rule_includes, path)
    for place in PLACES:
        house.check(rule_places, *place)


# --- the other rules -------------------------------------------------------------------------


def rule_top(house):
    folders = {path.split("/")[0] for path in house.files if "/" in path}
    for folder in sorted(folders - TOP):
        if not is_build(folder):
            house.offend(folder, 1, "no other folder stands at the top")


def rule_header_compiles(house, path):
    name = path[len("include/"):]
    compiler = shlex.split(os.environ.get("CC", "cc"))
    command = [*compiler, *COMPILE, "-I" + os.path.join(house.root, "include"), "-xc", "-"]
    done = subprocess.run(command, input=f"#include <{name}>\n" * 2, capture_output=True, text=True)
    if done.returncode:
        first = re.search(r"[\w/.-]*?:(\d+):\d+: (?:fatal )?(?:error|warning): (.*)", done.stderr)
        line, text = first.groups() if first else (1, done.stderr.strip())
        house.offend(path, line, f"does not compile on its own: {text}")


def check_headers(house):
    for path in house.sources():
        if path.startswith("include/") and path.endswith(".h"):
            house.check(rule_header_compiles, path)


def exported_symbols(library):
    table = "-g" if library.endswith(".a") else "-D"
    command = ["nm", "-P", table, "--defined-only", library]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
    return sorted({line.split(" ")[0].split("@")[0] for line in lines if line.count(" ") >= 2})


def rule_symbol(house, library, symbol, declared):
    shared = not library.endswith(".a")
    name = os.path.basename(library)
    if not symbol.startswith("casus_") and (shared or not symbol.startswith("cas_")):
        house.offend(name, 1, f"exports {symbol}, which does not begin with casus_")
    elif shared and symbol not in declared:
        house.offend(name, 1, f"exports {symbol}, which no public header declares")


def rule_exports_something(house, library, symbols):
    if not any(symbol.startswith("casus_") for symbol in symbols):
        house.offend(os.path.basename(library), 1, "exports nothing that begins with casus_")


def check_symbols(house, library):
    headers = [path for path in house.files if path.startswith("include/")]
    declared = set(re.findall(r"\w+", " ".join(house.text(path) or "" for path in headers)))
    symbols = [s for s in exported_symbols(library) if not INSTRUMENTED.match(s)]
    house.check(rule_exports_something, library, symbols)
    for symbol in symbols:
        house.check(rule_symbol, library, symbol, declared)


def rule_machine(house, path):
    for number, line in enumerate((house.text(path) or "").split("\n"), 1):
        match = MACHINE.search(line)
        if match:
            house.offend(path, number, f"names a place on one machine: {match.group()}")


def check_machine(house):
    for path in house.files:
        house.check(rule_machine, path)


def inspect(root, library=None):
    house = House(root)
    check_includes(house)
    house.check(rule_top)
    check_headers(house)
    if library:
        check_symbols(house, library)
    check_machine(house)
    return house


# --- the self-test: a small good tree, spoilt in one way after the other ----------------------

GOOD = {
    "include/casus/a.h": "#ifndef A_H\n#define A_H\n#include <stddef.h>\n"
                         "size_t casus_a(void);\n#endif\n",
    "src/base/x.h": "/* x\n#include \"nothing.h\" */\n#include <stdint.h>\n"
                    '#include "config.h"\n',
    "src/read/x.c": '#include "base/x.h"\n#include <cjson/cJSON.h>\n',
    "src/analysis/x.h": "#include <stdint.h>\n",
    "src/analysis/centrality/x.h": '#include "analysis/x.h"\n',
    "src/analysis/balance/x.h": '#include "analysis/centrality/x.h"\n',
    "src/graph/x.c": '#include "base/x.h"\n#include <casus/a.h>\n#include <igraph.h>\n',
    "src/report/x.c": '#include "base/x.h"\n#include <cjson/cJSON.h>\n',
    "src/export/x.c": "#include <libxml/xmlwriter.h>\n",
    "src/draw/x.c": "#include <graphviz/gvc.h>\n",
    "src/cli/cli.h": "#include <stdio.h>\n",
    "src/cli/main.c": '#include "cli/cli.h"\n#include <casus/a.h>\n',
    "examples/x.c": "#include <casus/a.h>\n",
    "tests/x.c": '#include "read/x.h"\n#include <cmocka.h>\n',
    "graphs/x.json": '{"url": "https://example.org/' + 'root/x", "or": "a/' + 'work/b"}\n',
    "lib.c": "int casus_a(void);\nint casus_a(void) { return 1; }\n",
}
BAD = [  # file, its text, the offence expected
    ("src/base/y.c", '\n#include "graph/x.h"\n', "src/base/y.c:2: \"graph/x.h\": there is no"),
    ("src/base/y.c", '#include "cli/cli.h"\n', "src/base/y.c:1: \"cli/cli.h\": base may not"),
    ("src/cli/y.c", '#include "base/x.h"\n', "src/cli/y.c:1: \"base/x.h\": cli may not"),
    ("src/cli/y.c", '#include "config.h"\n', "src/cli/y.c:1: \"config.h\": write the path"),
    ("src/read/y.c", '#include "x.h"\n', "src/read/y.c:1: \"x.h\": write the path from src/"),
    ("src/read/y.c", '#include "../base/x.h"\n', "src/read/y.c:1: \"../base/x.h\": write"),
    ("src/read/y.c", "#include HIDDEN\n", "src/read/y.c:1: an include by macro"),
    ("src/read/y.c", "#include <igraph/igraph.h>\n", "src/read/y.c:1: <igraph/igraph.h>: igraph"),
    ("src/cli/y.c", "#include <archive.h>\n", "src/cli/y.c:1: <archive.h>: libarchive"),
    ("src/cli/y.c", "#include <lzma.h>\n", "src/cli/y.c:1: <lzma.h>: neither"),
    ("src/cli/y.c", "#include <casus/b.h>\n", "src/cli/y.c:1: <casus/b.h>: there is no"),
    ("src/analysis/centrality/y.c", '#include "analysis/balance/x.h"\n',
     "src/analysis/centrality/y.c:1: \"analysis/balance/x.h\": centrality may not"),
    ("src/analysis/y.c", '#include "analysis/balance/x.h"\n',
     "src/analysis/y.c:1: \"analysis/balance/x.h\": what all rooms share may not"),
    ("src/analysis/odd/y.c", "\n", "src/analysis/odd/y.c:1: no such room"),
    ("src/odd/y.c", "\n", "src/odd/y.c:1: no such part"),
    ("src/y.c", "\n", "src/y.c:1: no such part"),
    ("src/report/y.c", "#include <cJSON.h>\n", "src/report/y.c:1: cJSON has its place already"),
    ("src/report/y.c", "#include <libxml/tree.h>\n", "src/report/y.c:1: libxml2 has its place"),
    ("src/report/y.c", "#include <cgraph.h>\n", "src/report/y.c:1: <cgraph.h>: Graphviz"),
    ("examples/y.c", '#include "base/x.h"\n', "examples/y.c:1: \"base/x.h\": only <casus/"),
    ("include/casus/y.h", "#include <archive.h>\n", "include/casus/y.h:1: <archive.h>: libarch"),
    ("include/casus/y.h", "\nsize_t casus_y(void);\n", "include/casus/y.h:2: does not compile"),
    ("include/casus/y.h", "struct y { int z; };\n", "include/casus/y.h:1: does not compile"),
    ("docs/y.txt", "y\n", "docs:1: no other folder"),
    ("graphs/y.txt", "y\nsee /" + "work/y\n", "graphs/y.txt:2: names a place"),
    ("graphs/y.txt", "cd '/" + "root/y'\n", "graphs/y.txt:1: names a place"),
    ("graphs/y.txt", "file:///" + "home/y/z\n", "graphs/y.txt:1: names a place"),
    ("lib.c", "int casus_a = 1, cas_y = 1;\n", "lib.so:1: exports cas_y, which does not begin"),
    ("lib.c", "int casus_a = 1, casus_y = 1;\n", "lib.so:1: exports casus_y, which no public"),
    ("lib.c", "\n", "lib.so:1: exports nothing"),
]


def inspect_tree(files):
    """Offences of a tree laid out for this alone, its lib.c built as a shared library."""
    with tempfile.TemporaryDirectory() as root:
        for path, text in files.items():
            os.makedirs(os.path.dirname(os.path.join(root, path)), exist_ok=True)
            with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                file.write(text)
        with tempfile.TemporaryDirectory() as out:
            library = os.path.join(out, "lib.so")
            subprocess.run(["cc", "-shared", "-fPIC", "-o", library, os.path.join(root, "lib.c")],
                           check=True)
            return inspect(root, library).offences


def self_test():
    problems = [f"a good tree offends: {offence}" for offence in inspect_tree(GOOD)]
    for path, text, expected in BAD:
        offences = inspect_tree({**GOOD, path: text})
        if len(offences) != 1 or not offences[0].startswith(expected):
            problems.append(f"{path}: {text!r}: expected {expected!r}, found {offences}")
    return len(BAD) + 1 - len(problems), problems


def main(args):
    if args == ["--self-test"]:
        passed, problems = self_test()
    elif len(args) in (1, 2) and os.path.isdir(args[0]):
        house = inspect(*args)
        passed, problems = house.passed, house.offences
    else:
        print(__doc__, file=sys.stderr)
        return 2
    for problem in problems:
        print(problem)
    print(f"{passed} passed, {len(problems)} failed")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
