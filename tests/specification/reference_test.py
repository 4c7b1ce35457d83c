#!/usr/bin/env python3
"""Tests of tests/specification/reference."""
import importlib.machinery
import importlib.util
import pathlib
import re
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.dont_write_bytecode = True
import declarations  # noqa: E402
import spec  # noqa: E402

loader = importlib.machinery.SourceFileLoader("reference_tool", str(HERE / "reference"))
reference = importlib.util.module_from_spec(importlib.util.spec_from_loader("reference_tool", loader))
loader.exec_module(reference)


def case(case_id, rows, outcome="passed", reason="", constants=None):
    return {"id": case_id, "rows": rows, "outcome": outcome, "reason": reason, "constants": constants or {}}


SEND = spec.Row("method", "send", (), "Sends *some* bytes.", "")
B60 = spec.Row("behaviour", "B60", (), "Sockets refuse to be pickled.", "C++ has no pickling.")
DECLARED = {"Socket::send": [declarations.Declaration("Socket::send", "Result<int> send();", "everysock/socket.h")]}


class Entries(unittest.TestCase):
    def test_declaration_backends_and_cases(self):
        run = reference.Run([
            {"suite": "posix", "features": {}, "cases": [case("s/a@tcp4", ["method/send"]), case("s/a@tcp6", ["method/send"]),
                                                         case("s/b", ["method/send"])]},
            {"suite": "memory", "features": {}, "cases": [case("s/a@tcp4", ["method/send"], "failed")]}])
        text = "\n".join(reference.entry(SEND, DECLARED, run.of_row(SEND, [])))
        self.assertIn("### `Socket::send`\n\nSends \\*some\\* bytes.\n\n```cpp\nResult<int> send();\n```\n", text)
        self.assertIn("[everysock/socket.h](../core/include/everysock/socket.h)", text)
        self.assertIn("Backends: posix. Cases: `s/a` (2), `s/b`.", text)

    def test_what_everyone_refuses_says_why(self):
        run = reference.Run([{"suite": "posix", "features": {}, "cases": [case("s/a", ["method/send"], "refused", "Windows'")]}])
        self.assertEqual(run.of_row(SEND, []), "Backends: none. Refused: Windows'. Cases: `s/a`.")

    def test_moot_rows_say_why(self):
        text = "\n".join(reference.entry(B60, DECLARED, "Backends: none."))
        self.assertIn("Not in C++: C++ has no pickling.", text)
        self.assertNotIn("Backends", text)

    def test_constants(self):
        run = reference.Run([{"suite": suite, "features": {}, "cases": [case("c", [], constants={"SO_MARK": refusal})]}
                             for suite, refusal in (("posix", ""), ("memory", "setsockopt: ..."))])
        self.assertEqual(run.of_constant("SO_MARK"), "posix")
        self.assertEqual(run.of_constant("INADDR_ANY"), "—")


class Pages(unittest.TestCase):
    def test_repeated_headings_have_anchors_of_their_own(self):
        self.assertEqual(reference.anchors(["`SocketType`", "`Socket::type`", "AF_INET host ''"]),
                         ["sockettype", "sockettype-1", "af_inet-host-"])

    def test_every_link_within_the_page_leads_somewhere(self):
        page = reference.API.read_text(encoding="utf-8")
        there = set(reference.anchors([line.lstrip("# ") for line in page.splitlines() if re.match(r"#+ ", line)]))
        links = set(re.findall(r"\]\(#([^)]*)\)", page))
        self.assertGreater(len(links), 100)
        self.assertEqual(links - there, set())

    def test_what_a_run_says_does_not_make_a_page_out_of_date(self):
        page = "### `x`\n\nText.\n\nBackends: posix. Cases: `a`.\n\n| `SO_MARK` | Marks. | Linux | posix |\n"
        other = page.replace("posix. Cases: `a`", "memory").replace("| posix |", "| memory |")
        self.assertEqual(reference.static_part(page), reference.static_part(other))

    def test_what_the_specification_says_does(self):
        page = "### `x`\n\nText.\n\nBackends: posix.\n\n| `SO_MARK` | Marks. | Linux | posix |\n"
        for old, new in (("Text", "Other"), ("Marks", "Paints"), ("Linux", "BSD"), ("`x`", "`y`")):
            self.assertNotEqual(reference.static_part(page), reference.static_part(page.replace(old, new)))


if __name__ == "__main__":
    unittest.main()
