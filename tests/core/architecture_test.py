#!/usr/bin/env python3
"""The directions of dependency and the home of OS conditionals (docs: CONTRIBUTING.md, "The house").

usage: architecture_test.py PROJECT_DIRECTORY
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(sys.argv[1])
SOURCES = [p for d in ("core", "backends", "platform", "web", "tests", "docs") for p in (ROOT / d).rglob("*")
           if p.suffix in {".h", ".cc", ".cpp", ".inc", ".c"} and "node_modules" not in p.parts]
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)
OS_CONDITIONAL = re.compile(
    r"^\s*#\s*(?:if|ifdef|ifndef|elif).*\b(_WIN32|_WIN64|WIN32|__linux__|__APPLE__|__EMSCRIPTEN__|__wasi__|__wasip2__|"
    r"__FreeBSD__|__NetBSD__|__OpenBSD__|__unix__|__MINGW32__|_MSC_VER)\b", re.M)
SYSTEM_HEADER = re.compile(r"^(sys/|netinet/|arpa/|net/|linux/|emscripten|winsock|windows|ws2|unistd\.h|poll\.h|fcntl\.h|netdb\.h)")
DEFAULT_BACKEND = "core/src/default_backend.cc"
failures = []


def relative(path):
    return path.relative_to(ROOT).as_posix()


def fail(path, what):
    failures.append(f"{relative(path)}: {what}")


def check_core(path, included):
    if SYSTEM_HEADER.match(included):
        fail(path, f"core includes the system header <{included}>")
    if included.startswith(("backends/", "web/", "tests/")):
        fail(path, f"core includes {included}")
    if included.startswith("platform/") and relative(path) != DEFAULT_BACKEND:
        fail(path, f"only {DEFAULT_BACKEND} may ask the platform ({included})")
    if relative(path).startswith("core/include/") and included.startswith("src/"):
        fail(path, f"a public header includes the private {included}")


def check_backend(path, included):
    own = relative(path).split("/")[1]
    if included.startswith(("web/", "tests/", "src/")):
        fail(path, f"a backend includes {included}")
    other = re.match(r"backends/(\w+)/", included)
    if not other or other.group(1) == own:
        return
    # A backend may be built on another one's public face (websocket's native transport runs on posix).
    if included != f"backends/{other.group(1)}/{other.group(1)}_backend.h":
        fail(path, f"backend {own} looks into backend {other.group(1)}: {included}")


def check_platform(path, included):
    if included.startswith(("web/", "tests/", "src/")):
        fail(path, f"platform includes {included}")
    if included.startswith("backends/") and not included.endswith("_backend.h"):
        fail(path, f"platform looks into a backend: {included}")


CHECKS = {"core": check_core, "backends": check_backend, "platform": check_platform}

for source in SOURCES:
    text = source.read_text(encoding="utf-8")
    top = relative(source).split("/")[0]
    if top not in ("platform", "backends"):
        for conditional in OS_CONDITIONAL.finditer(text):
            fail(source, f"a conditional on {conditional.group(1)}: OS facts live in platform/ and in backends")
    if top in CHECKS:
        for included in INCLUDE.findall(text):
            CHECKS[top](source, included)

for failure in failures:
    print(failure)
print(f"architecture: {len(SOURCES)} files, {len(failures)} violations")
sys.exit(bool(failures) or len(SOURCES) < 50)
