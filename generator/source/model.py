"""What a YAML or JSON file says, as it is written: text with line and column, nothing converted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from generator.diagnostics import Location

NULLS = frozenset(("", "~", "null", "Null", "NULL"))


class Scalar:
    """One value that is neither a mapping nor a list, as it is written.

    Args:
        text: what is written, without quotes and escapes; `010`, `是` and `2020-12-31` stay text.
        line: of its first character (an opening quote, a block scalar's `|`), from 1.
        column: likewise, from 1, in code points.
        style: `plain`, `quoted`, `literal` (`|`), `folded` (`>`); of JSON `quoted`, `json-number`, `json-word`.
    """

    __slots__ = ("column", "line", "style", "text")

    def __init__(self, text: str, line: int, column: int, style: str = "plain"):
        self.text = text
        self.line = line
        self.column = column
        self.style = style

    @property
    def is_null(self) -> bool:
        """Whether nothing is stated: an empty value, `~`, `null`, JSON's null; never a quoted text."""
        return self.text in NULLS and (self.style == "plain" or self.style == "json-word")

    def __repr__(self) -> str:
        return f"Scalar({self.text!r}, {self.line}, {self.column}, {self.style!r})"


class Map(dict[str, "Node"]):
    """A mapping; `line` and `column` are its first key's (or its brace's), `key_at` has those of each key."""

    __slots__ = ("column", "key_at", "line")

    def __init__(self, line: int = 1, column: int = 1):
        super().__init__()
        self.line = line
        self.column = column
        self.key_at: dict[str, tuple[int, int]] = {}


class List(list["Node"]):
    """A list; `line` and `column` are its first dash's or its bracket's."""

    __slots__ = ("column", "line")

    def __init__(self, line: int = 1, column: int = 1):
        super().__init__()
        self.line = line
        self.column = column


Node = Scalar | Map | List


@dataclass(frozen=True)
class Source:
    """A file that was read.

    Args:
        name: the file as typed, "" for bytes without a name.
        text: its text, line ends as \\n, without a byte order mark.
        root: what it says.
    """

    name: str
    text: str = field(repr=False)
    root: Node = field(repr=False)

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends."""
        return self.text.split("\n")

    def line_text(self, line: int) -> str:
        """The line of that number, from 1; "" past the end."""
        return self.lines[line - 1] if 1 <= line <= len(self.lines) else ""


def locate(source: Source, at: Node | tuple[int, int] | None, path: str | None = None) -> Location:
    """A finding's location: file, line, column, field path and the line's text.

    Args:
        source: the file.
        at: a value or (line, column), from 1; None for the file as a whole.
        path: the field's path.
    """
    if at is None:
        return Location(file=source.name or None, path=path)
    line, column = at if isinstance(at, tuple) else (at.line, at.column)
    return Location(source.name or None, line, column, path, excerpt=source.line_text(line))


def position_in(source: Source, scalar: Scalar, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of the character at `offset` of a scalar's text.

    Exact for plain and block scalars, folded ones too; for a quoted text, whose escapes hide it, its start.

    Args:
        source: the file that the scalar was read from.
        scalar: the value.
        offset: of a character in `scalar.text`, from 0; its length is the place behind it.
    """
    text, style = scalar.text, scalar.style
    if style == "plain":
        if source.text.startswith(text, source_offset(source, scalar.line, scalar.column)):
            return scalar.line, scalar.column + offset
        first = (scalar.line, scalar.column)
    elif style == "literal" or style == "folded":
        header = source.line_text(scalar.line)[scalar.column - 1 :]
        found = next(_block_lines(source, scalar.line + 1, text, header), None)
        if found is None:
            return scalar.line, scalar.column
        first = found
    else:
        return scalar.line, scalar.column
    return _aligned(source, text, offset, first)


def source_offset(source: Source, line: int, column: int) -> int:
    """Offset in the file's text of a line and column."""
    return sum(map(len, source.lines[: line - 1])) + line - 1 + column - 1


def _block_lines(source: Source, line: int, text: str, header: str) -> Iterator[tuple[int, int]]:
    """Where the text of a block scalar begins: its first line that is not blank, less the blank ones it keeps."""
    blank = len(text) - len(text.lstrip("\n"))
    explicit = re.match(r"[|>][+-]?([1-9])", header)
    for number in range(line, len(source.lines) + 1):
        shown = source.lines[number - 1]
        if shown.strip(" "):
            spaces = len(shown) - len(shown.lstrip(" "))
            own = len(text[blank:]) - len(text[blank:].lstrip(" ")) if explicit else 0
            yield number - blank, spaces - own + 1
            return


def _aligned(source: Source, text: str, offset: int, first: tuple[int, int]) -> tuple[int, int]:
    """Walk text and file side by side: a break or a fold of the text stands for a run of white space in the file."""
    line, column = first
    lines = source.lines
    indentation = column - 1
    for character in text[:offset]:
        shown = lines[line - 1] if line <= len(lines) else ""
        if column <= len(shown) and shown[column - 1] == character:
            column += 1
            continue
        if character not in " \n" or line >= len(lines):
            break
        line += 1
        if character == " ":
            while line < len(lines) and not lines[line - 1].strip():
                line += 1
        following = lines[line - 1]
        column = min(indentation, len(following) - len(following.lstrip(" "))) + 1
    return line, column
