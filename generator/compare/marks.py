"""Which field is printed where: a report rendered once more with marks around every value.

The marks are characters of a private-use area; values compare, sort and count as before, so that the templates take the
same turns. A document that cannot be printed with marks has no known fields; its differences are told without them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import total_ordering
from typing import TYPE_CHECKING, Any

from generator.compare.difference import Difference, place_of
from generator.compare.package_facts import open_parts
from generator.compare.rules import FIELDS_JOINED_BY
from generator.compare.text_changes import hunks
from generator.diagnostics import InvalidDocument, InvalidTemplate
from generator.figures import Figure, Paragraphs
from generator.kept.light_classes import dataclass, field
from generator.kept.light_tuples import NamedTuple
from generator.ooxml.addresses import cell as cell_name

if TYPE_CHECKING:
    from generator.report import Report

_FEW = 3  # of a place whose change tells no more, so many fields are still an answer
_OPEN, _CLOSE, _DIGIT = "\ue0f0", "\ue0f1", 0xE0E0
_MARK = re.compile("\ue0f0([\ue0e0-\ue0e9]+)|\ue0f1")


class Spot(NamedTuple):
    """Where a field stands in a text: start, end, path."""

    start: int
    end: int
    path: str


@dataclass
class Fields:
    """The fields of one document by place, with where they stand in its text."""

    spots: dict[str, list[Spot]] = field(default_factory=dict)

    def of(self, difference: Difference) -> str | None:
        """The fields that a difference is about: those that stand in what changed, else the place's only one."""
        if difference.gone:
            return None
        spots = self.spots.get(place_of(difference.anchor).zh, [])
        paths = list(dict.fromkeys(path for _, _, path in spots))
        told = False
        if len(paths) > 1 and isinstance(difference.old, str) and isinstance(difference.new, str):
            changes, told = hunks(difference.old, difference.new), True
            paths = list(
                dict.fromkeys(
                    path
                    for start, end, path in spots
                    if any(hunk.new_start < end and start < max(hunk.new_end, hunk.new_start + 1) for hunk in changes)
                )
            )
        return FIELDS_JOINED_BY.join(paths) if paths and (told or len(paths) <= _FEW) else None


class _Marks:
    """The marks of one rendering: each path has a number."""

    def __init__(self) -> None:
        self.paths: list[str] = []
        self.made: dict[int, Any] = {}

    def around(self, text: str, path: str) -> str:
        """A text between its marks."""
        if path not in self.paths[-1:]:
            self.paths.append(path)
        number = "".join(chr(_DIGIT + int(digit)) for digit in str(len(self.paths) - 1))
        return f"{_OPEN}{number}{text}{_CLOSE}"

    def value(self, value: Any, path: str, numbers_as_text: bool) -> Any:
        """A context's value with marks; a record stays one record wherever it is reached."""
        if isinstance(value, dict):
            if id(value) not in self.made:
                found = self.made[id(value)] = {}
                for name, inner in value.items():
                    found[name] = self.value(inner, f"{path}.{name}" if path else str(name), numbers_as_text)
            return self.made[id(value)]
        if type(value) is list:
            return [self.value(item, f"{path}[{index}]", numbers_as_text) for index, item in enumerate(value)]
        if isinstance(value, Paragraphs):
            return Paragraphs(self.around(item, path) for item in value)
        if type(value) is Figure:
            return _Printed(value, self.around(str(value), path)) if numbers_as_text else _figure(value, self, path)
        if type(value) is str and value:
            return _Text(value, self.around(value, path))
        return value


class _Text(str):
    """A text that prints with marks and is otherwise the plain one."""

    plain: str

    def __new__(cls, plain: str, marked: str) -> _Text:
        found = super().__new__(cls, marked)
        found.plain = plain
        return found

    def __eq__(self, other: object) -> bool:
        return self.plain == (other.plain if isinstance(other, _Text) else other)

    def __hash__(self) -> int:
        return hash(self.plain)

    def __lt__(self, other: str) -> bool:
        return self.plain < (other.plain if isinstance(other, _Text) else other)

    def __contains__(self, other: object) -> bool:
        return str(other.plain if isinstance(other, _Text) else other) in self.plain

    def __len__(self) -> int:
        return len(self.plain)


class _MarkedFigure(Figure):
    """A figure that prints with marks."""

    marked: str

    def __str__(self) -> str:
        return self.marked


def _figure(value: Figure, marks: _Marks, path: str) -> Figure:
    found = _MarkedFigure(value.value, value.unit, value.places, value.form, value.exact)
    object.__setattr__(found, "marked", marks.around(str(value), path))
    return found


@total_ordering
class _Printed:
    """A figure for a workbook: the text with marks stands in its cell, but it compares as the number."""

    def __init__(self, figure: Figure, marked: str):
        self.figure, self.marked = figure, marked

    def __str__(self) -> str:
        return self.marked

    def __bool__(self) -> bool:
        return bool(self.figure)

    def __hash__(self) -> int:
        return hash(self.figure)

    def __eq__(self, other: object) -> bool:
        return self.figure == (other.figure if isinstance(other, _Printed) else other)

    def __lt__(self, other: object) -> bool:
        return self.figure < (other.figure if isinstance(other, _Printed) else other)


def document_fields(report: Report) -> Mapping[str, Fields]:
    """The fields of each document of a report, by the document's name."""
    from generator.documents.produce import compiled_template
    from generator.ooxml.file_endings import EXCEL_ENDINGS

    found: dict[str, Fields] = {}
    for planned, whole in report.contexts():
        name, marks = planned.name, _Marks()
        context = marks.value(whole, "", planned.template.suffix.lower() in EXCEL_ENDINGS)
        try:
            content = compiled_template(planned.template).render(context, trusted=True)
            found[name] = read_fields(content, marks.paths)
        except (InvalidTemplate, InvalidDocument):  # a filter or a sheet's name that takes no marks
            found[name] = Fields()
    return found


def read_fields(content: bytes, paths: list[str]) -> Fields:
    """The fields of a document that was printed with marks; `paths` by their numbers."""
    parts, main, kind = open_parts(content)
    parts.unchanged = set(parts.package.members)
    found = Fields()

    def note(place: str, text: str) -> None:
        spots = _spots(text, paths)
        if spots:
            found.spots[_MARK.sub("", place)] = spots

    if kind == "excel":
        from generator.compare.excel.read_workbook import read_workbook

        for sheet in read_workbook(parts, main).sheets:
            for number, row in zip(sheet.numbers, sheet.rows, strict=True):
                for column, value in zip(row.columns, row.values, strict=True):
                    if isinstance(value, str):
                        note(f"{sheet.name}!{cell_name(number, column)}", value)
        return found
    from generator.compare.word.read_parts import read_document
    from generator.compare.word.text_places import texts_by_place

    for anchor, text in texts_by_place(read_document(parts, main)):
        note(place_of(anchor).zh, text)
    return found


def _spots(text: str, paths: list[str]) -> list[Spot]:
    """Where the fields stand in the text without marks; of nested marks the innermost counts."""
    found: list[Spot] = []
    opened: list[tuple[int, str]] = []
    plain = last = 0
    for match in _MARK.finditer(text):
        plain += match.start() - last
        last = match.end()
        if match[1]:
            number = int("".join(str(ord(digit) - _DIGIT) for digit in match[1]))
            opened.append((plain, paths[number]))
        elif opened:
            start, path = opened.pop()
            found.append(Spot(start, plain, path))
    return sorted(found)
