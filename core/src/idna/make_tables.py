#!/usr/bin/env python3
"""Writes tables.inc, for normalize.cc, from Python's copy of the Unicode database.

usage: make_tables.py > tables.inc
"""
import stringprep
import unicodedata

EVERYTHING = [chr(c) for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def canonical(c):
    """One step of the canonical decomposition: the one or two characters, or nothing."""
    text = unicodedata.decomposition(c)
    return [] if not text or text.startswith("<") else [int(part, 16) for part in text.split()]


def mapped(c):
    """RFC 5895, 2: lower case, then the decomposition of full-width and half-width forms."""
    low = c.lower()
    if len(low) != 1:
        return c  # U+0130, whose decomposition goes to lower case by itself
    text = unicodedata.decomposition(low)
    if text.startswith(("<wide>", "<narrow>")):
        low = chr(int(text.split()[1], 16))
    return low


def shifts():
    pairs = [(ord(c), ord(mapped(c)) - ord(c)) for c in EVERYTHING if mapped(c) != c]
    runs = []
    for c, delta in pairs:
        if runs:
            first, last, step, same = runs[-1]
            if same == delta and c - last in (1, 2) and step in (0, c - last):
                runs[-1] = (first, c, c - last, same)
                continue
        runs.append((c, c, 0, delta))
    return [(first, last, step or 1, delta) for first, last, step, delta in runs]


def ranges(value_of):
    runs = []
    for c in EVERYTHING:
        value = value_of(c)
        if not value:
            continue
        if runs and runs[-1][1] == ord(c) - 1 and runs[-1][2] == value:
            runs[-1] = (runs[-1][0], ord(c), value)
        else:
            runs.append((ord(c), ord(c), value))
    return runs


def prohibited(c):
    return any(table(c) for table in (
        stringprep.in_table_c12, stringprep.in_table_c22, stringprep.in_table_c3, stringprep.in_table_c4,
        stringprep.in_table_c6, stringprep.in_table_c7, stringprep.in_table_c8, stringprep.in_table_c9))


def table(declaration, rows):
    print(f"\nconstexpr {declaration}[] = {{")
    line = ""
    for row in rows:
        if len(line) + len(row) + 3 > 116:
            print(f"    {line.rstrip()}")
            line = ""
        line += row + ", "
    print(f"    {line.rstrip()}\n}};")


decompositions = [(ord(c), *(canonical(c) + [0])[:2]) for c in EVERYTHING if canonical(c)]
compositions = sorted((first, second, index) for index, (c, first, second) in enumerate(decompositions)
                      if second and unicodedata.normalize("NFC", chr(first) + chr(second)) == chr(c))

print(f"// Written by make_tables.py, from Unicode {unicodedata.unidata_version}. Do not edit.")
print("// clang-format off")
table("Shift kShifts", [f"{{{a:#x}, {b:#x}, {step}, {delta}}}" for a, b, step, delta in shifts()])
table("Decomposition kDecompositions", [f"{{{c:#x}, {a:#x}, {b:#x}}}" for c, a, b in decompositions])
table("std::uint16_t kCompositions", [f"{index}" for _, _, index in compositions])
table("CombiningClass kCombiningClasses",
      [f"{{{a:#x}, {b:#x}, {v}}}" for a, b, v in ranges(unicodedata.combining)])
table("Range kProhibited", [f"{{{a:#x}, {b:#x}}}" for a, b, _ in ranges(prohibited)])
print("// clang-format on")
