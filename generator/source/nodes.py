"""What a YAML or JSON file or a form says, as it is written: text with its place, nothing converted.

A place is a line and a column. In a form the line tells sheet and row: `SHEET_LINES` lines a sheet, in the order of the tabs.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from typing import Any

from generator.diagnostics import Diagnostic, Location, Text
from generator.diagnostics.places import describe
from generator.diagnostics.wording import source_hints as words
from generator.diagnostics.wording.entry import Spelling
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import cell, column_number
from generator.ooxml.file_endings import YAML_ENDINGS, ending_of

SHEET_LINES = 1 << 21  # a sheet has 2^20 rows
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_PRINTED = lazy(r"[^ \t\n]")
_LINE_END = lazy("\n")
_COLUMN = 32  # bits of a packed place that are its column
MAX_DEPTH = 100
MAX_TEXT = 100_000  # code points of one text: some 200 pages
SHORT = 40  # characters of a text that is kept once, however often it stands …
KEPT = 20_000  # … and how many of them
LARGE = 1 << 20  # characters of a file whose values are kept as pieces of it
_LENGTH = 17  # bits of a piece of a file that are its length
MAX_PIECE = (1 << _LENGTH) - 1  # characters of a piece
STYLES = ("plain", "quoted", "literal", "folded", "json-number", "json-word")
PLAIN, QUOTED, NUMBER = (STYLES.index(style) for style in ("plain", "quoted", "json-number"))


class Scalar:
    """One value that is neither a mapping nor a list, as it is written.

    A large file holds a million of them, each a `TextPiece` of its text.

    Args:
        text: what is written, without quotes and escapes; `010`, `是` and `2020-12-31` stay text.
        line: of its first character (an opening quote, a block scalar's `|`), from 1.
        column: likewise, from 1, in code points.
        style: `plain`, `quoted`, `literal` (`|`), `folded` (`>`); of JSON `quoted`, `json-number`, `json-word`.
    """

    __slots__ = ()
    text: str
    line: int
    column: int
    style: str

    @property
    def at(self) -> tuple[int, int]:
        """Line and column."""
        return self.line, self.column

    @property
    def is_null(self) -> bool:
        """Whether nothing is stated: an empty value, `~`, `null`, JSON's null; never a quoted text."""
        return self.text in NULLS and (self.style == "plain" or self.style == "json-word")

    def __reduce__(self) -> tuple[Any, ...]:
        """Without the file around it."""
        return Written, (self.text, *self.at, self.style)

    def __repr__(self) -> str:
        return f"Scalar({self.text!r}, {self.line}, {self.column}, {self.style!r})"


class Written(Scalar):
    """One that holds its text and its place."""

    __slots__ = ("column", "line", "style", "text")

    def __init__(self, text: str, line: int, column: int, style: str = "plain"):
        self.text = text
        self.line = line
        self.column = column
        self.style = style


class TextPiece(Scalar):
    """One that stands in a large file as it is meant: cut out when it is asked for, as is its place.

    Args:
        page: the file.
        start: offset of its text, behind an opening quote.
        length: of its text, up to `MAX_PIECE`.
        style: `PLAIN`, `QUOTED` or another place in `STYLES`.
    """

    __slots__ = ("_at", "_page")

    def __init__(self, page: Source, start: int, length: int, style: int):
        self._page = page
        self._at = (start << _LENGTH | length) << 3 | style  # one number takes less than four

    @property
    def text(self) -> str:  # type: ignore[override]
        start = self._at >> _LENGTH + 3
        return self._page.text[start : start + (self._at >> 3 & MAX_PIECE)]

    @property
    def at(self) -> tuple[int, int]:
        return self._page.place((self._at >> _LENGTH + 3) - (self._at & 7 == QUOTED))

    @property
    def line(self) -> int:  # type: ignore[override]
        return self.at[0]

    @property
    def column(self) -> int:  # type: ignore[override]
        return self.at[1]

    @property
    def style(self) -> str:  # type: ignore[override]
        return STYLES[self._at & 7]


def stands(page: Source, start: int, length: int, style: int) -> Scalar:
    """A value that stands in its file as it is meant (see `TextPiece`)."""
    if len(page.text) > LARGE:
        return TextPiece(page, start, length, style)
    return Written(page.text[start : start + length], *page.place(start - (style == QUOTED)), STYLES[style])


class Refused(Written):
    """A cell that is filled in but cannot be taken; a finding of its source says why."""

    __slots__ = ()


class Map(dict[str, "Node"]):
    """A mapping; `line` and `column` are its first key's (or its brace's), `key_at` has those of each key.

    Of a large file most memory would be places of keys: they are packed until someone asks for one.
    """

    __slots__ = ("column", "line", "places")

    def __init__(self, line: int = 1, column: int = 1):
        self.line = line
        self.column = column
        self.places: dict[str, tuple[int, int]] | list[int] | bytes | tuple[bool, list[int]] = {}

    @property
    def key_at(self) -> dict[str, tuple[int, int]]:
        """Line and column of each key."""
        places = self.places
        if isinstance(places, tuple):
            below, others = places
            line, column = self.line, self.column
            places = {key: (at, column) if below else (line, at) for key, at in zip(self, others, strict=False)}
            self.places = places
        elif not isinstance(places, dict):
            packed = memoryview(places).cast("Q") if isinstance(places, bytes) else places
            places = {key: (at >> _COLUMN, at & (1 << _COLUMN) - 1) for key, at in zip(self, packed, strict=False)}
            self.places = places
        return places

    def add_key(self, key: str, line: int, column: int) -> None:
        """Note where a new key stands, before its value is set; for readers, between `begin` and `end`."""
        places = self.places
        if type(places) is list:
            places.append(line << _COLUMN | column)
        else:
            self.key_at[key] = (line, column)

    def begin(self) -> None:
        """Every key from here on comes once and gets a value before the next, or `key_at` is asked for before."""
        self.places = []

    def end(self) -> None:
        """Pack the places of the keys, which are all there."""
        places = self.places
        if type(places) is list:
            self.places = array("Q", places).tobytes()

    def put(self, key: str, value: Node, at: tuple[int, int] | None = None) -> None:
        """Set a value; its key stands where the value does, unless `at` says otherwise."""
        self[key] = value
        self.key_at[key] = at or (value.line, value.column)

    # Packed places are those of the keys in their order: they are unpacked before a key is taken away.

    def __delitem__(self, key: str) -> None:
        _ = self.key_at
        super().__delitem__(key)

    def pop(self, key: str, *default: Any) -> Any:
        _ = self.key_at
        return super().pop(key, *default)

    def clear(self) -> None:
        _ = self.key_at
        super().clear()


class List(list["Node"]):
    """A list; `line` and `column` are its first dash's or its bracket's."""

    __slots__ = ("column", "line")

    def __init__(self, line: int = 1, column: int = 1):
        super().__init__()
        self.line = line
        self.column = column


Node = Scalar | Map | List


def scalars(node: Node) -> Iterator[Scalar]:
    """Every single value within a value, in order."""
    if isinstance(node, Scalar):
        yield node
    else:
        for inner in node.values() if isinstance(node, Map) else node:
            yield from scalars(inner)


@dataclass(frozen=True, eq=False)
class Source:
    """A file that was read.

    Args:
        name: the file as typed, "" for bytes without a name.
        text: its text, line ends as \\n, without a byte order mark.
        root: what it says.
        sheets: of a form, the titles of its sheets in order; a line is that of `sheet_line`.
        version, digest: of a form, those of the standard that it was made from.
        comments: of a form, the notes of its cells by their place.
        findings: of a form, what is to be said of its cells; errors too, for the rest is examined all the same.
    """

    name: str
    text: str = field(repr=False)
    root: Node = field(repr=False)
    sheets: tuple[str, ...] = ()
    version: str = ""
    digest: str = ""
    comments: dict[tuple[int, int], str] = field(default_factory=dict, repr=False)
    findings: list[Diagnostic] = field(default_factory=list, repr=False)

    @cached_property
    def spelling(self) -> Spelling:
        """How it is written: what is advised speaks of that."""
        return "form" if self.sheets else "json" if is_json(self.name, self.text[:4096]) else "yaml"

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text, without their ends: of a large file several times its size."""
        return self.text.split("\n")

    @cached_property
    def starts(self) -> array[int]:
        """The offset in the text of each line's first character."""
        starts = array("I", (0,))
        starts.extend(map(re.Match.end, _LINE_END.finditer(self.text)))
        return starts

    def line_text(self, line: int) -> str:
        """The line of that number, from 1; "" past the end."""
        starts = self.starts
        if not 1 <= line <= len(starts):
            return ""
        number, text = self._latest[0]
        if number != line:
            text = self.text[starts[line - 1] : starts[line] - 1 if line < len(starts) else None]
            self._latest[0] = (line, text)
        return text

    @cached_property
    def _latest(self) -> list[tuple[int, str]]:
        """The line asked for last: ten thousand findings in a long line hold one text, not a copy each."""
        return [(0, "")]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, from 1, of the character at an offset of the text."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def lines_with(self, sign: str) -> Iterator[tuple[int, str]]:
        """The lines that hold a sign, each with its number from 1."""
        offset = self.text.find(sign)
        while offset >= 0:
            line, _ = self.place(offset)
            yield line, self.line_text(line)
            offset = self.text.find(sign, self.starts[line]) if line < len(self.starts) else -1


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
    if source.sheets:
        anchor = cell_anchor(source, line, column)
        return Location(source.name or None, path=path, place=describe(anchor), anchor=anchor)
    return Location(source.name or None, line, column, path, excerpt=source.line_text(line))


def sheet_line(sheet: int, row: int) -> int:
    """The line of a form's row: `sheet` counts from 0, `row` from 1."""
    return sheet * SHEET_LINES + row


def cell_anchor(source: Source, line: int, column: int) -> dict[str, str]:
    """Sheet and cell of a form's place."""
    sheet, row = divmod(line, SHEET_LINES)
    return {"sheet": source.sheets[sheet], "cell": cell(row, column)}


def is_json(name: str, text: str) -> bool:
    """Whether a text is JSON, by the file's name or, where that does not say, by its first character."""
    ending = ending_of(name)
    if ending in YAML_ENDINGS:
        return False
    return ending == ".json" or text.lstrip()[:1] in ("{", "[")


def place_words(source: Source, at: tuple[int, int]) -> Text:
    """A place of the file inside a message: `第12行`, of JSON `第12行第5列`, of a form `指标!C7`."""
    if source.sheets:
        return describe(cell_anchor(source, *at))
    line, column = at
    if source.spelling == "json":  # which may stand on one line
        return words.LINE_AND_COLUMN.filled(line=line, column=column)
    return words.LINE.filled(at=line)


def place_order(source: Source, location: Location) -> tuple[int, int]:
    """Where a finding stands in the order of the file."""
    if location.anchor is None or not source.sheets:
        return location.line or 0, location.column or 0
    sheet = source.sheets.index(str(location.anchor["sheet"]))
    address = str(location.anchor.get("cell", "A1"))
    letters = address.rstrip("0123456789")
    return sheet_line(sheet, int(address[len(letters) :])), column_number(letters)


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
        if source.line_text(scalar.line).startswith(text, scalar.column - 1):
            return scalar.line, scalar.column + offset
        line, column = scalar.line, scalar.column
    elif style == "literal" or style == "folded":
        line, column = scalar.line + 1, 1
        if style == "literal":  # line by line as it is written, indented
            start, end = text.rfind("\n", 0, offset) + 1, text.find("\n", offset)
            printed_line = text[start : end if end >= 0 else None]
            at_line = line + text.count("\n", 0, start)
            written = source.line_text(at_line)
            if printed_line and written.endswith(printed_line):
                return at_line, len(written) - len(printed_line) + offset - start + 1
    else:
        return scalar.line, scalar.column
    # Indentation and folds change white space only: the same printed character is as many from the start in both.
    printed = [at.start() for at in _PRINTED.finditer(text, 0, offset + 1)]
    if not printed:
        return scalar.line, scalar.column
    start = source.starts[line - 1] + column - 1
    found = next(islice(_PRINTED.finditer(source.text, start), len(printed) - 1, None), None)
    if found is None:
        return scalar.line, scalar.column
    at = found.start()
    line += source.text.count("\n", start, at)
    column = at - source.text.rfind("\n", 0, at) + offset - printed[-1]
    return line, min(column, len(source.line_text(line)) + 1)
