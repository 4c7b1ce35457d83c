#!/usr/bin/env python3
"""Tests of tests/specification/coverage."""
import importlib.machinery
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True
import declarations  # noqa: E402
import spec  # noqa: E402

loader = importlib.machinery.SourceFileLoader("coverage_tool", str(HERE / "coverage"))
coverage = importlib.util.module_from_spec(importlib.util.spec_from_loader("coverage_tool", loader))
sys.modules["coverage_tool"] = coverage
loader.exec_module(coverage)


def row(row_id, moot=""):
    kind, _, name = row_id.partition("/")
    return spec.Row(kind, name, (), "It holds.", moot)


def report(suite, *cases, written=0.0):
    listed = [{"id": case_id, "rows": rows, "outcome": outcome} for case_id, rows, outcome in cases]
    return {"suite": suite, "cases": listed, "written": written}


def weigh(rows, reports, proofs=(), titles=(), tests=None, examples=None):
    return coverage.weigh(rows, reports, proofs, titles, tests, examples)


class Weighing(unittest.TestCase):
    def test_a_passing_case_proves_its_rows(self):
        result = weigh([row("method/send"), row("method/recv")],
                       [report("posix", ("stream/echo", ["method/send", "method/recv"], "passed"))])
        self.assertEqual(result.summary(), "rows 2, proven 2, moot 0, open 0")
        self.assertTrue(result.good)

    def test_one_backend_is_enough(self):
        result = weigh([row("method/send")], [report("memory", ("s/a", ["method/send"], "failed")),
                                              report("posix", ("s/a", ["method/send"], "passed"))])
        self.assertTrue(result.good)

    def test_a_documented_refusal_proves_too_and_is_told_apart(self):
        result = weigh([row("method/share")], [report("posix", ("share/other", ["method/share"], "refused"))])
        self.assertTrue(result.good)
        self.assertEqual(result.refused, ["method/share"])

    def test_other_outcomes_leave_a_row_open(self):
        for outcome in ("failed", "environment", "expected-failure", "unexpected-pass"):
            result = weigh([row("method/send")], [report("posix", ("s/a", ["method/send"], outcome))])
            self.assertFalse(result.good, outcome)
            self.assertEqual(result.open, {"method/send": f"{outcome}: posix s/a"})

    def test_a_row_without_a_case_is_open(self):
        result = weigh([row("method/send")], [report("posix")])
        self.assertEqual(result.open, {"method/send": "no case names it"})
        self.assertFalse(result.good)

    def test_a_moot_row_needs_no_case(self):
        result = weigh([row("behaviour/B60", "no pickling")], [report("posix")])
        self.assertEqual(result.summary(), "rows 1, proven 0, moot 1, open 0")
        self.assertTrue(result.good)

    def test_a_moot_row_with_a_case_is_a_contradiction(self):
        result = weigh([row("behaviour/B60", "no pickling")],
                       [report("posix", ("s/a", ["behaviour/B60"], "passed"))])
        self.assertEqual(result.complaints, ["behaviour/B60 is moot, yet something proves it"])

    def test_no_more_than_25_rows_are_moot(self):
        self.assertTrue(weigh([row(f"behaviour/B{i}", "why") for i in range(25)], [report("posix")]).good)
        result = weigh([row(f"behaviour/B{i}", "why") for i in range(26)], [report("posix")])
        self.assertEqual(result.complaints, ["26 rows are moot, at most 25 may be"])

    def test_a_case_with_an_unknown_row(self):
        result = weigh([row("method/send")], [report("posix", ("s/a", ["method/send", "method/sent"], "passed"))])
        self.assertEqual(result.complaints, ["s/a names a row that does not exist: method/sent"])
        self.assertFalse(result.good)


class Proofs(unittest.TestCase):
    ROWS = [row("behaviour/B11")]
    UNIT = spec.Proof("behaviour/B11", "posix", "signals")
    EXAMPLE = spec.Proof("behaviour/B11", "examples", "the echo pair")

    def weigh(self, proof, **facts):
        return weigh(self.ROWS, [report("posix")], [proof], **facts)

    def test_a_unit_test_that_passed(self):
        self.assertTrue(self.weigh(self.UNIT, titles={"signals"}, tests={"posix"}).good)

    def test_a_unit_test_that_does_not_exist(self):
        result = self.weigh(self.UNIT, titles={"others"}, tests={"posix"})
        self.assertIn("no test case is called 'signals'", result.complaints[0])
        self.assertIn("behaviour/B11", result.open)

    def test_a_unit_test_that_failed_or_did_not_run(self):
        self.assertIn("did not pass", self.weigh(self.UNIT, titles={"signals"}, tests={"core"}).complaints[0])
        self.assertIn("did not run", self.weigh(self.UNIT, titles={"signals"}).complaints[0])

    def test_examples(self):
        self.assertTrue(self.weigh(self.EXAMPLE, examples={"the echo pair"}).good)
        self.assertIn("no example check", self.weigh(self.EXAMPLE, examples=set()).complaints[0])
        self.assertIn("did not run", self.weigh(self.EXAMPLE).complaints[0])

    def test_an_unknown_row(self):
        result = self.weigh(spec.Proof("behaviour/B99", "posix", "signals"), titles={"signals"}, tests={"posix"})
        self.assertEqual(result.complaints, ["a proof names a row that does not exist: behaviour/B99"])


class Declared(unittest.TestCase):
    HEADER = """
        // A class; private parts do not count.
        class Socket {
         public:
          Result<std::size_t> send(ConstBuffer data, MessageFlags flags = {});
          bool open() const noexcept { return open_; }
         private:
          void hidden();
          bool open_ = false;
        };
        struct Options {
          int backlog = 5;
          bool reuse = false;
        };
        inline constexpr int somaxconn = 4096;
        namespace internal { void helper(); }
        """

    def setUp(self):
        self.found = {d.name: d for d in declarations.Reader("everysock/socket.h", self.HEADER).read()}

    def test_what_is_public_is_found(self):
        self.assertEqual(self.found["Socket::send"].text,
                         "Result<std::size_t> send(ConstBuffer data, MessageFlags flags = {});")
        self.assertEqual(self.found["Socket::open"].text, "bool open() const noexcept;")
        self.assertIn("int backlog = 5;", self.found["Options"].text)
        self.assertIn("somaxconn", self.found)
        for hidden in ("Socket::hidden", "helper", "internal::helper"):
            self.assertNotIn(hidden, self.found)

    def test_a_row_that_nothing_stands_for(self):
        rows = [row("method/send"), row("method/recv"), spec.Row("exception", "error", ("Error",), "It holds.", "")]
        self.assertEqual(coverage.undeclared(rows, self.found), ["method/recv: no header declares Socket::recv",
                                                                 "exception/error: no header declares Error"])


class Files(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.directory = pathlib.Path(temporary.name)

    def write(self, name, text, written=None):
        path = self.directory / name
        path.write_text(text, encoding="utf-8")
        if written:
            os.utime(path, (written, written))
        return path

    def test_rows(self):
        path = self.write("spec.tsv", "# a comment\nmethod\tsend\ta b\tSends.\t\nbehaviour\tB60\t\tNo.\tNo pickling.\n")
        send, b60 = spec.read_rows(path)
        self.assertEqual((send.id, send.cpp, send.moot), ("method/send", ("a", "b"), ""))
        self.assertEqual((b60.id, b60.cpp, b60.moot), ("behaviour/B60", (), "No pickling."))

    def test_malformed_rows_are_named(self):
        for text, what in (("method\tsend\t\tSends.\n", ":1: 4 columns instead of 5"),
                           ("method\tsend\t\t\t\n", ":1: kind, name or statement is missing"),
                           ("m\ts\t\tSends.\t\nm\ts\t\tSends.\t\n", ":2: m/s stands there twice")):
            with self.assertRaises(spec.Malformed) as raised:
                spec.read_rows(self.write("spec.tsv", text))
            self.assertIn(what, str(raised.exception))

    def test_reports_of_other_cases_are_stale(self):
        self.write("posix.json", '{"suite": "posix", "cases": [{"id": "a"}, {"id": "b"}]}', 2000)
        self.write("memory.json", '{"suite": "memory", "cases": [{"id": "a"}]}', 1000)
        self.write("other.json", '{"something": 1}')
        current, stale = spec.split_stale(spec.read_reports(self.directory))
        self.assertEqual([r["suite"] for r in current], ["posix"])
        self.assertEqual([r["suite"] for r in stale], ["memory"])

    def test_a_report_that_is_no_json(self):
        self.write("posix.json", "{")
        with self.assertRaises(spec.Malformed):
            spec.read_reports(self.directory)

    def test_junit_and_example_logs(self):
        junit = self.write("unit.xml", '<testsuite><testcase name="core" status="run"/>'
                                       '<testcase name="posix" status="fail"/></testsuite>')
        self.assertEqual(spec.passed_tests(junit), {"core"})
        self.assertIsNone(spec.passed_tests(self.directory / "none.xml"))
        log = self.write("examples.txt", "passed   the echo pair\nFAILED   redis\n")
        self.assertEqual(spec.passed_examples(log), {"the echo pair"})

    def test_titles_of_test_cases(self):
        self.write("a_test.cc", 'TEST_CASE("one") {\nTEST_CASE_FIXTURE(F, "two \\"2\\"") {\n')
        self.assertEqual(spec.test_titles(self.directory), {"one", 'two \\"2\\"'})

    def test_usage_errors(self):
        for folder in ("core/include/everysock", "core/src", "tests/core", "backends"):
            (self.directory / folder).mkdir(parents=True)
        self.write("core/include/everysock/usage.inc", '// EVERYSOCK_USAGE(enumerator, text)\n'
                   'EVERYSOCK_USAGE(negative_size, "#")\nEVERYSOCK_USAGE(path, "")\nEVERYSOCK_USAGE(later, "")\n')
        self.write("core/src/a.cc", "fail(UsageErrc::negative_size);")
        self.write("backends/b.cc", "UsageErrc::path, UsageErrc::path_of_another_kind")
        self.write("tests/core/a_test.cc", "CHECK(e == UsageErrc::path); UsageErrc::later")
        self.assertEqual(spec.usage_errors(self.directory), ({"negative_size", "path"}, {"path"}))

    def test_without_a_report_the_program_says_so(self):
        ran = subprocess.run([str(HERE / "coverage"), "--reports", str(self.directory)], capture_output=True, text=True,
                             check=False)
        self.assertEqual(ran.returncode, 1)
        self.assertIn("no conformance report in", ran.stderr)


class TheTree(unittest.TestCase):
    def test_the_specification_is_whole(self):
        rows = spec.read_rows()
        self.assertEqual(len(rows), 428)
        self.assertLessEqual(sum(bool(r.moot) for r in rows), coverage.MOST_MOOT)
        ids = {r.id for r in rows}
        for proof in spec.read_proofs():
            self.assertIn(proof.row, ids)


if __name__ == "__main__":
    unittest.main()
