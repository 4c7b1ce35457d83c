#!/usr/bin/env python3
"""Writes text_codec_vectors.inc: what Python's codecs make of chosen and of random bytes and text.

usage: text_codec_vectors.py [RANDOM_CASES] > text_codec_vectors.inc
"""
import random
import sys

ENCODINGS = ("utf-8", "latin-1", "ascii")
HANDLERS = ("strict", "ignore", "replace", "surrogateescape")
# Every border of the well-formed sequences (Unicode, table 3-7), and what lies just beyond.
BYTES = [b"", b"plain", b"a\x00b", b"\x7f\x80", b"\xc3\xa9", b"\xc1\xbf", b"\xc2\x7f", b"\xc2\x80", b"\xdf\xbf", b"\xe0\x9f\xbf",
         b"\xe0\xa0\x80", b"\xe2\x82\xac", b"\xe2\x82", b"\xe2", b"\xe2\x28\xa1", b"\xed\x9f\xbf", b"\xed\xa0\x80", b"\xed\xb2\x80",
         b"\xef\xbf\xbf", b"\xf0\x8f\xbf\xbf", b"\xf0\x90\x80\x80", b"\xf0\x9f\x98\x80", b"\xf0\x9f\x98", b"\xf0\x9f", b"\xf0",
         b"\xf4\x8f\xbf\xbf", b"\xf4\x90\x80\x80", b"\xf5\x80", b"\xff\xfe", b"a\xffb\xe2\x82c\xe2\x82", b"\xf0\x9f\xe2\x82\xac"]
TEXT = ["", "plain", "a\x00b", "\x80\xff", "\u0100", "\u20ac", "\U0001f600", "gr\xfc\xdfe \u2713", "\udc80", "\udcff!", "a\udcc3\udca9b",
        "\udc7f\ud800"]


def literal(data):
    return '"' + "".join(f"\\{byte:03o}" if byte < 32 or byte > 126 or byte in b'"\\?' else chr(byte) for byte in data) + '"'


def utf8(text):
    return text.encode("utf-8", "surrogatepass")


def show(macro, encoding, errors, given, convert, failure, before):
    try:
        outcome, succeeds = convert(), "true"
    except failure as error:
        outcome, succeeds = before(error), "false"
    print(f'EVERYSOCK_{macro}("{encoding}", "{errors}", {literal(given)}, {succeeds}, {literal(outcome)})')


def vectors(bytes_, texts):
    for encoding in ENCODINGS:
        for errors in HANDLERS:
            for data in bytes_:
                show("DECODES", encoding, errors, data, lambda: utf8(data.decode(encoding, errors)), UnicodeDecodeError,
                     lambda error: utf8(data[:error.start].decode(encoding)))
            for text in texts:
                show("ENCODES", encoding, errors, utf8(text), lambda: text.encode(encoding, errors), UnicodeEncodeError,
                     lambda error: text[:error.start].encode(encoding, errors))


def random_bytes():
    return bytes(random.choice((random.randrange(256), random.choice(b"a\xc3\xa9\xe2\x82\xac\xed\xf0\x9f\x98\x80\xf4\x90")))
                 for _ in range(random.randrange(8)))


print("// Written by text_codec_vectors.py.")
vectors(BYTES, TEXT)
random.seed(1)
for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 0):
    vectors([random_bytes()], [random_bytes().decode("utf-8", "surrogateescape")])
