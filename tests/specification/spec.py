"""The specification and what a run says about it: the rows of tests/conformance/spec.tsv, the conformance reports
build/report/<suite>.json, and the few proofs of tests/conformance/proofs.tsv that are no conformance cases."""
import dataclasses
import json
import pathlib
import re
import xml.etree.ElementTree

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
SPEC = TOP / "tests/conformance/spec.tsv"
PROOFS = TOP / "tests/conformance/proofs.tsv"
REPORTS = TOP / "build/report"
LOGS = TOP / "build/log"
FIRST_SUITES = ["posix", "posix (guest)", "winsock (wine 8)", "memory", "websocket", "proxied-memory", "browser",
                "suspending", "node", "wasi"]


class Malformed(Exception):
    """A file that does not say what it should, with where and why."""


@dataclasses.dataclass(frozen=True)
class Row:
    kind: str
    name: str
    cpp: tuple  # the C++ names that stand for it; empty where they follow from the name
    statement: str
    moot: str  # why C++ makes the row moot; empty where it does not

    @property
    def id(self):
        return f"{self.kind}/{self.name}"

    @property
    def declared_as(self):
        """The C++ names that stand for the row."""
        if self.cpp:
            return self.cpp
        if self.kind == "function":
            return (self.name.lower(),)
        if self.kind in ("method", "attribute") and self.name.isidentifier():
            return ("Socket::" + self.name,)
        return ()


def table(path, columns):
    """The lines of a tab-separated file, without comments and empty ones: (line number, cells)."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != columns:
            raise Malformed(f"{path}:{number}: {len(cells)} columns instead of {columns}")
        yield number, cells


def read_rows(path=SPEC):
    rows, seen = [], set()
    for number, (kind, name, cpp, statement, moot) in table(path, 5):
        row = Row(kind, name, tuple(cpp.split()), statement, moot)
        if not (kind and name and statement):
            raise Malformed(f"{path}:{number}: kind, name or statement is missing")
        if row.id in seen:
            raise Malformed(f"{path}:{number}: {row.id} stands there twice")
        seen.add(row.id)
        rows.append(row)
    return rows


def read_reports(directory=REPORTS):
    """The conformance reports of a directory, in the order of the matrix."""
    reports = []
    for path in sorted(directory.glob("*.json")):
        try:
            report = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise Malformed(f"{path}: not JSON: {error}") from error
        if isinstance(report, dict) and "suite" in report and "cases" in report:
            report["written"] = path.stat().st_mtime
            reports.append(report)
    rank = {name: place for place, name in enumerate(FIRST_SUITES)}
    return sorted(reports, key=lambda report: (rank.get(report["suite"], len(rank)), report["suite"]))


def split_stale(reports):
    """(reports that list the cases of the newest one, those that list others: of another state of the tree)."""
    if not reports:
        return [], []
    newest = max(reports, key=lambda report: report["written"])
    ids = {case["id"] for case in newest["cases"]}
    current = [report for report in reports if {case["id"] for case in report["cases"]} == ids]
    return current, [report for report in reports if report not in current]


@dataclasses.dataclass(frozen=True)
class Proof:
    """A row that a unit test or an example proves. `test`: a ctest name, or "examples"; `name`: the title of a test
    case in it, or what tests/examples/run calls its check."""

    row: str
    test: str
    name: str


def read_proofs(path=PROOFS):
    return [Proof(*cells) for _, cells in table(path, 3)]


def test_titles(directory=TOP / "tests"):
    """Every title of a doctest case in the tree."""
    titles = set()
    for source in directory.rglob("*_test.cc"):
        titles.update(re.findall(r'^TEST_CASE(?:_FIXTURE)?\((?:\w+,\s*)?"((?:[^"\\]|\\.)*)"', source.read_text("utf-8"), re.M))
    return titles


def passed_tests(junit=REPORTS / "ctest-unit.xml"):
    """The names of the ctest tests that ran and passed; None without a run."""
    if not junit.exists():
        return None
    tests = xml.etree.ElementTree.parse(junit).getroot().iter("testcase")
    return {test.get("name") for test in tests if test.get("status") == "run"}


def passed_examples(log=LOGS / "examples.txt"):
    """The checks of tests/examples/run that passed; None without a run."""
    if not log.exists():
        return None
    return set(re.findall(r"^passed +(.*)$", log.read_text(encoding="utf-8", errors="replace"), re.M))


def usage_errors(top=TOP):
    """(the enumerators of usage.inc that the sources use, those of them that a test names)."""
    listed = re.findall(r"^EVERYSOCK_USAGE\((\w+),", (top / "core/include/everysock/usage.inc").read_text("utf-8"), re.M)

    def named_in(*folders):
        files = [path for folder in folders for path in (top / folder).rglob("*") if path.suffix in (".cc", ".h")]
        return {name for path in files for name in re.findall(r"\bUsageErrc::(\w+)", path.read_text("utf-8"))}

    used = named_in("core", "backends", "platform", "web").intersection(listed)
    return used, used & named_in("tests")


def without_kind(case_id):
    """The case that was written, for one of the kinds of sockets that it was run over: "stream/echo@tcp6"."""
    return case_id.partition("@")[0]
