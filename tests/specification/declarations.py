"""The declarations in C++ headers of this project's style: a reader for docs, not for compilers."""
import dataclasses
import re

TYPE = re.compile(r"(?:template\s*<[^;{]*>\s*)?(?:enum\s+)?(?:class|struct)\s+(?:\[\[\w+\]\]\s*)?(\w+)")


@dataclasses.dataclass(frozen=True)
class Declaration:
    name: str  # "recv", "Socket::recv"
    text: str  # as it stands in the header, without its body
    header: str  # "everysock/socket.h"


class Reader:
    def __init__(self, header, text):
        self.header = header
        text = re.sub(r"^[ \t]*#.*?(?<!\\)\n", "\n", re.sub(r"//[^\n]*", "", text), flags=re.M)
        self.text = re.sub(r"(?<=[>\w])\((\w+)\)\(", r" \1(", text)  # (htons)(x), safe from macros
        self.found = []

    def read(self):
        self.scope(0, "", True)
        return self.found

    def scope(self, at, prefix, public):
        """Reads declarations from `at` to the brace that closes the scope; returns the place after it."""
        start = at
        depth = 0  # of parentheses
        while at < len(self.text):
            char = self.text[at]
            if char in "([":
                depth += 1
            elif char in ")]":
                depth -= 1
            elif depth == 0 and char == ";":
                self.declare(self.text[start:at + 1], prefix, public)
                start = at + 1
            elif depth == 0 and char == ":" and (label := re.search(r"\b(public|private|protected)\s*$", self.text[start:at])):
                public = label.group(1) == "public"
                start = at + 1
            elif depth == 0 and char == "}":
                return at + 1
            elif depth == 0 and char == "{":
                at = start = self.block(start, at, prefix, public)
                continue
            at += 1
        return at

    def block(self, start, at, prefix, public):
        """What an opening brace at `at` begins; returns where the next declaration begins."""
        head = self.text[start:at].strip()
        if head.startswith("namespace"):
            return self.scope(at + 1, prefix, "internal" not in head)
        kind = TYPE.match(head)
        if kind and "(" not in head:
            end = self.end_of_block(at)
            if public:
                self.add(kind.group(1), self.type_text(head, self.text[start:end]), prefix)
            if not head.startswith("enum"):
                self.scope(at + 1, prefix + kind.group(1) + "::", public and "class" not in head.split("<")[0].split())
            return self.after_semicolon(end)
        end = self.end_of_block(at)
        if "(" in head and not re.search(r"=\s*$", head):  # a function with its body
            self.declare(re.split(r"\)\s*(?:noexcept\s*)?:\s", head)[0] + ";" if ") :" in head else head + ";", prefix, public)
            return end
        rest = self.after_semicolon(end)  # a variable with its value
        self.declare(self.text[start:rest], prefix, public)
        return rest

    @staticmethod
    def type_text(head, whole):
        """A struct or enum as it is, without its friends; a class by its head: its members are named apart."""
        lines = [line for line in whole.splitlines() if line.strip() and not line.lstrip().startswith("friend")]
        if "class" in head.split() and "enum" not in head.split() or len(lines) <= 3:
            return head.split(" : ")[0] + ";" if "enum" not in head.split() else head + ";"
        return "\n".join(lines) + ";"

    def end_of_block(self, at):
        depth = 0
        for place in range(at, len(self.text)):
            depth += {"{": 1, "}": -1}.get(self.text[place], 0)
            if depth == 0:
                return place + 1
        return len(self.text)

    def after_semicolon(self, at):
        place = self.text.find(";", at)
        return len(self.text) if place < 0 else place + 1

    def declare(self, text, prefix, public):
        if not public:
            return
        plain = re.sub(r"^\s*template\s*<.*?>\s*(?=\w)", "", text.strip(), flags=re.S)
        if plain.startswith(("friend", "static_assert", "using ")):
            alias = re.match(r"using\s+(\w+)\s*=", plain)
            if alias:
                self.add(alias.group(1), text, prefix)
            return
        # What stands before the first parenthesis, brace or "=" ends in the name.
        named = re.match(r"[^({=]*?(~?\w+)\s*[({=;]", plain, re.S)
        if named and not re.search(r"\boperator\b", plain):
            self.add(named.group(1), text, prefix)

    def add(self, name, text, prefix):
        lines = [line.rstrip() for line in text.strip("\n").splitlines()]
        lines = [line for line in lines if line]
        if not lines:
            return
        indent = min(len(line) - len(line.lstrip()) for line in lines)
        self.found.append(Declaration(prefix + name, "\n".join(line[indent:] for line in lines), self.header))


def read_headers(directory):
    """Every public declaration below a directory of headers, by name: {name: [Declaration]}."""
    found = {}
    for path in sorted((directory / "everysock").rglob("*.h")):
        for declaration in Reader(path.relative_to(directory).as_posix(), path.read_text(encoding="utf-8")).read():
            found.setdefault(declaration.name, []).append(declaration)
    return found
