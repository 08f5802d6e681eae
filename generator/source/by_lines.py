"""Plain YAML read line by line: what nearly every data file is written in, in one pass over its lines.

Names and values on lines of their own, lists with dashes, texts in quotes, braces and brackets within a line, blocks behind `|` and
`>`. It gives the values that `yaml_events` gives, or none: at the first thing that it does not know for certain, and wherever
anything would be told of the file, it leaves the whole of it to libyaml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from generator.kept.lazy_patterns import lazy
from generator.source.nodes import LARGE, MAX_TEXT, List, Map, Node, Written
from generator.source.signed_values import FIRST, HEAD, SignedValues, Unsure

_DEEPEST = 40  # containers within each other; deeper ones are left to libyaml, which counts them
_PIECE = 1 << 16  # characters whose lines are cut at once
_LINE = lazy(
    rf"""
    (\ *+(?:-(?:\ ++|(?=\n|\Z)))*+)                # indentation, dashes
    ({HEAD}(?:\ ++|(?=\n|\Z)))?+                   # a name with its colon
    (?:({FIRST}[^\n:#\ ]*+(?:(?:\ ++(?=[^\n#])|:(?=[^\ \n])|(?<!\ )\#)[^\n:#\ ]*+)*+)  # a text without quotes
      |(["'{{\[|>][^\n]*+))?+                      # what begins with a sign, to the end of the line
    \ *+([^\n]*+)                                  # a comment, or what is not known
    (?:\n|\Z(?<!\n))
    """,
    re.VERBOSE,
)
_NUMBER = lazy(r"[-+]?[0-9][0-9.,:%/年月日-]*\Z")
_PAIRS = (("（", "）"), ("(", ")"), ("“", "”"), ("《", "》"), ("【", "】"), ("「", "」"), ("〔", "〕"))


def read_by_lines(text: str) -> Node | None:
    """The values of a YAML text of which there is nothing to tell; None where that is not certain.

    Args:
        text: of a file, with no character in it that a data file may not hold.
    """
    if len(text) > LARGE or "\t" in text or "\ufeff" in text:
        return None
    if len(text) > MAX_TEXT and any(len(line) > MAX_TEXT for line in text.split("\n")):
        return None
    try:
        return _read(text)
    except Unsure:
        return None


def cuts(text: str, comment: str) -> bool:
    """Whether a comment probably cut off a text that had a `#` in it: right behind a figure, or with a space behind it, it is one.

    Args:
        text: before it, without quotes.
        comment: what follows the `#`.
    """
    if _NUMBER.match(text):
        return False
    torn = any(text.count(left) > text.count(right) for left, right in _PAIRS)
    return torn or (comment != "" and not comment[0].isspace() and comment[0] not in "#!")


def _lines(text: str) -> Iterator[list[tuple[str, ...]]]:
    """What stands in each line, as `_LINE` cuts it, many lines at a time."""
    start = 0
    while start < len(text):
        stop = text.find("\n", start + _PIECE) + 1 or len(text)
        yield _LINE.findall(text, start, stop)
        start = stop


def _read(text: str) -> Node | None:
    """The values of a text.

    Raises:
        Unsure: there is something in it that is not known.
    """
    opened, signed = _Opened(), SignedValues(text)
    known, lines = signed.known, enumerate(chain.from_iterable(_lines(text)), 1)
    holder: Any = None  # the mapping at hand, if it goes on with the next name
    note: Any = None  # takes the line of a name of it
    name = ready = ""  # how a line begins that goes on with it
    column = 0
    for number, (lead, head, words, sign, rest) in lines:
        if head:
            if lead != ready or holder is None:
                holder, note = opened.named(number, lead)
                column = opened.deep + 1
                ready = " " * opened.deep
            name = known.get(head) or signed.name(head)
            note(number)
            at = column + len(head)
        elif "-" in lead:
            opened.dashed(number, lead)
            holder = None
            at = len(lead) + 1
        elif words or sign or (rest and rest[0] != "#"):
            raise Unsure
        else:
            continue
        if rest and (rest[0] != "#" or cuts(words, rest[1:])):
            raise Unsure
        if words:
            value = Written(words, number, at)
        elif sign:
            value = signed.read(sign, number, at, opened.deep)
            if signed.skipped:
                next(islice(lines, signed.skipped, signed.skipped), None)
                signed.skipped = 0
        else:
            if head:
                holder = None
                opened.waiting, opened.waits_at = name, (number, column + len(name) + 1)
            continue
        if not head:
            opened.put(value)
        elif holder.setdefault(name, value) is not value:
            raise Unsure
    return opened.whole()


class _Opened:
    """The mappings and lists that are open, the innermost at hand, and the name or dash that waits for its value."""

    __slots__ = ("above", "base", "deep", "holder", "note", "waiting", "waits_at")

    def __init__(self) -> None:
        self.base: List = List()
        self.holder: Any = self.base
        self.note: Any = None  # takes the line of a name of it, if it is a mapping
        self.deep = -1  # its column, from 0
        self.above: list[tuple[Any, Any, int]] = []
        self.waiting: str | None = ""  # a name of it, "" for an item of it
        self.waits_at = (0, 0)

    def named(self, number: int, lead: str) -> tuple[Map, Any]:
        """The mapping that a name stands in, behind indentation and dashes, and what takes the line of a name.

        Raises:
            Unsure: it stands where none can.
        """
        column = len(lead)
        if "-" in lead:
            self.dashed(number, lead)
        elif self.waiting is None:
            self.close(column, False)
            return self.holder, self.note
        elif column <= self.deep:
            self.put(Written("", *self.waits_at))
            self.close(column, False)
            return self.holder, self.note
        made = Map(number, column + 1)
        lines: list[int] = []
        made.places = True, lines
        self.put(made)
        self.above.append((self.holder, self.note, self.deep))
        self.holder, self.note, self.deep = made, lines.append, column
        if len(self.above) > _DEEPEST:
            raise Unsure
        return made, self.note

    def dashed(self, number: int, lead: str) -> None:
        """Go on with a list, or begin those whose dashes stand behind the indentation of a line.

        Raises:
            Unsure: none can stand there.
        """
        indent, _, more = lead.partition("-")
        column = len(indent)
        if self.waiting is None:
            self.close(column, True)
        elif column > self.deep or (column == self.deep and self.note is not None):
            self.list(number, column)
        else:
            self.put(Written("", *self.waits_at))
            self.close(column, True)
        self.waiting, self.waits_at = "", (number, column + 2)
        while "-" in more:
            indent, _, more = more.partition("-")
            column += len(indent) + 1
            self.list(number, column)
            self.waiting, self.waits_at = "", (number, column + 2)

    def list(self, number: int, column: int) -> None:
        """A list, which is the value that is waited for."""
        made = List(number, column + 1)
        self.put(made)
        self.above.append((self.holder, self.note, self.deep))
        self.holder, self.note, self.deep = made, None, column
        if len(self.above) > _DEEPEST:
            raise Unsure

    def close(self, column: int, dash: bool) -> None:
        """Close what ends before a line that goes on with a list or a mapping at a column.

        Raises:
            Unsure: there is none.
        """
        deep = self.deep
        if column < deep or (column == deep and dash is not (self.note is None)):
            above = self.above
            while column < deep or (column == deep and dash is not (self.note is None)):
                self.holder, self.note, deep = above.pop()
            self.deep = deep
        if column != deep:
            raise Unsure

    def put(self, value: Node) -> None:
        """The value that is waited for."""
        if self.note is None:
            self.holder.append(value)
        elif self.holder.setdefault(self.waiting, value) is not value:
            raise Unsure
        self.waiting = None

    def whole(self) -> Node | None:
        """What the text says, at its end; None where that is nothing."""
        if self.waiting is not None and self.above:
            self.put(Written("", *self.waits_at))
        return self.base[0] if self.base else None
