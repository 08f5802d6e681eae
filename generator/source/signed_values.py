"""Values of plain YAML that begin with a sign: quotes, braces and brackets within a line, blocks behind `|` and `>`.

Each is read as libyaml reads it, or not at all (see `by_lines`).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from generator.kept.lazy_patterns import lazy
from generator.source.nodes import MAX_TEXT, List, Map, Node, Written

HEAD = r"\w{1,100}+:"  # a name with its colon, which libyaml looks for within 1,024 characters
FIRST = r"""-?+[^\s\-?:,\[\]{}#&*!|>'"%@`]"""  # what a text without quotes begins with
_QUOTES = r"""(?:"[^"\\]*+(?:\\[n"\\][^"\\]*+)*+"|'[^']*+')"""  # a text in quotes, with the plainest escapes
_DEEPEST = 40  # braces and brackets within each other; deeper ones are left to libyaml, which counts them
_ENTRY = lazy(
    rf"""
    ({HEAD}\ ++)?+                                 # a name with its colon
    (?:({FIRST}[^\ ,\[\]{{}}:?\#]*+(?:(?:\ ++(?=[^\ ,\[\]{{}}:?\#])|:(?=\w))[^\ ,\[\]{{}}:?\#]*+)*+)  # a text without quotes
      |({_QUOTES})
      |([{{\[](?:\ *+[}}\]])?+))                   # what a brace or a bracket begins; nothing in them
    (\ *+(?:[}}\]]\ *+)*+(?:,\ *+)?+)              # what ends behind it
    |.++                                           # what is not known, to its end
    """,
    re.VERBOSE,
)
_QUOTED = lazy(rf"({_QUOTES})(?: *+\Z| ++#)")
_ESCAPED = lazy(r'\\([n"\\])')
_BLOCK = lazy(r"[|>]([-+]?+) *+\Z")


class Unsure(Exception):
    """There is something in a text that is not known for certain."""


class SignedValues:
    """Reads the values of one text.

    Args:
        text: all of it.
    """

    __slots__ = ("known", "lines", "skipped", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self.known: dict[str, str] = {}  # names by how they are written before a value, each kept once
        self.lines: list[str] = []
        self.skipped = 0  # how many lines below its own the value goes on

    def name(self, head: str) -> str:
        """A name that is not known yet."""
        name = head.rstrip(" ")[:-1]
        if not name.isidentifier():
            raise Unsure
        self.known[head] = name
        return name

    def read(self, sign: str, number: int, at: int, deep: int) -> Node:
        """A value.

        Args:
            sign: its line, from its sign on.
            number: of the line, from 1.
            at: the column of the sign, from 1.
            deep: the column, from 0, of the mapping or list that it belongs to.

        Raises:
            Unsure: it is not known for certain.
        """
        if sign[0] == "{" or sign[0] == "[":
            return self._within(sign, number, at)
        if sign[0] == "|" or sign[0] == ">":
            return self._block(sign, number, at, deep)
        found = _QUOTED.match(sign)
        if found is None:
            raise Unsure
        return Written(_unquoted(found[1]), number, at, "quoted")

    def _within(self, line: str, number: int, at: int) -> Node:
        """What stands in the braces or brackets with which a line goes on at a column, from 1."""
        known = self.known
        start = at
        base: list[Any] = []
        holder: Any = base
        above: list[Any] = []
        note: Any = None  # takes the column of a name, in a mapping
        name = ""
        for head, words, quoted, begins, behind in _ENTRY.findall(line):
            if note is None:
                if head or "，" in words:  # perhaps meant to be two items
                    raise Unsure
            elif head:
                name = known.get(head) or self.name(head)
                note(at)
                at += len(head)
            else:
                raise Unsure
            if words:
                value: Any = Written(words, number, at)
                at += len(words)
            elif quoted:
                value = Written(_unquoted(quoted), number, at, "quoted")
                at += len(quoted)
            else:
                value = _holder(begins, number, at)
                at += len(begins)
            at += len(behind)
            if note is None:
                holder.append(value)
            elif holder.setdefault(name, value) is not value:
                raise Unsure
            if above and behind == ", ":
                continue
            if len(begins) == 1:
                above.append((holder, note))
                holder, note = value, value.places[1].append if begins == "{" else None
                if behind.strip(" ") or len(above) > _DEEPEST:
                    raise Unsure
                continue
            for closing in behind.replace(" ", "").removesuffix(","):
                if not above or (closing == "}") is (note is None):
                    raise Unsure
                holder, note = above.pop()
            if not above:
                rest = line[at - start :]
                if "," in behind or (rest and not (rest[0] == "#" and line[at - start - 1] == " ")):
                    raise Unsure
                return base[0]
            if "," not in behind:
                raise Unsure
        raise Unsure

    def _block(self, sign: str, number: int, column: int, deep: int) -> Written:
        """The text of the lines below `|` or `>`."""
        lines = self.lines = self.lines or self.text.split("\n")
        head = _BLOCK.match(sign)
        first = lines[number] if number < len(lines) else ""
        indent = len(first) - len(first.lstrip(" "))
        if head is None or not deep < indent < len(first):
            raise Unsure
        folded = sign[0] == ">"
        kept: list[str] = []
        lead = " " * indent
        for below in range(number, len(lines) - 1):
            shown = lines[below]
            rest = shown[indent:]
            if not shown.startswith(lead):
                if shown.strip(" "):
                    break
            elif rest and not rest.strip(" "):
                raise Unsure
            kept.append(rest)
        end = number + len(kept)
        if end == len(lines) - 1 and lines[-1]:  # the last line has no end
            raise Unsure
        self.skipped = len(kept)
        while not kept[-1]:
            kept.pop()
        body = _folded(kept) if folded else "\n".join(kept)
        if len(body) > MAX_TEXT or (folded and " " in body and _parts(lines[number : end + 1], body)):
            raise Unsure
        breaks = {"-": 0, "": 1, "+": 1 + end - number - len(kept)}[head[1]]
        return Written(body + "\n" * breaks, number, column, "folded" if folded else "literal")


def _unquoted(text: str) -> str:
    """What stands in quotes."""
    if "\\" in text and text[0] == '"':
        text = _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)
    return text[1:-1]


def _holder(signs: str, number: int, column: int) -> Map | List:
    """A mapping or a list that begins with a brace or a bracket."""
    if signs[:1] == "[" and signs[-1] != "}":
        return List(number, column)
    if signs[:1] != "{" or signs[-1] == "]":
        raise Unsure
    made = Map(number, column)
    made.places = False, []
    return made


def _folded(lines: list[str]) -> str:
    """Lines folded to one: empty ones are line breaks, and those that are indented more stay lines."""
    pieces = [lines[0]]
    breaks = 0
    for line in lines[1:]:
        if line:
            stays = line[0] == " " or pieces[-1][0] == " "
            pieces += ("\n" * (breaks + stays) or " ", line)
            breaks = 0
        else:
            breaks += 1
    return "".join(pieces)


def _parts(lines: list[str], text: str) -> bool:
    """Whether a fold may have put a space where none belongs: between two lines, or as between the last and what follows it."""
    *inner, last = [(above.rstrip()[-1:], below.strip()[:1]) for above, below in pairwise(lines)]
    return any(not (end.isascii() or begin.isascii()) for end, begin in inner) or (all(last) and " ".join(last) in text)
