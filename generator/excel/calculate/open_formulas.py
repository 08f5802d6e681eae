"""Formulas of a draft: what reads a cell that is still to fill in names that field, instead of a partial total or #VALUE!.

Word prints a computed field that lacks an input as something to fill in; the formula of the same figure has to agree. The
formula stays in its cell, behind a condition, so that it computes as soon as somebody types the missing value there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from html import unescape

from generator.excel.calculate.cached_values import ReadSheet, Strings, read_formulas
from generator.excel.calculate.computed_columns import Place
from generator.excel.calculate.loose_marks import (
    LooseMarks,
    marks_of,
    read_as_empty,
    shows_nothing_sometimes,
    with_mark,
)
from generator.excel.calculate.names_of_waiting import WaitingNames
from generator.figures.marked_text import AT_FAULT, TO_FILL_IN
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import Area, cell, column_number, columns_of, rows_of, write_area
from generator.ooxml.cut_formulas import parse_formula
from generator.ooxml.escaping import escape

SHOWN = "【待填】"
_CELL = lazy(rb'<(\w+:)?c r="([A-Z]+)(\d+)"[^>]*(?<!/)>(.*?)</(?:\w+:)?c>', re.S)
_TEXT = lazy(rb"<(?:\w+:)?[tv](?:\s[^>]*)?>([^<]*)<")
_NORMAL = lazy(rb'(<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*><(?:\w+:)?f>)([^<]*)(?=</)')
_LONGEST = 8192  # characters of a formula (Excel's limit)


@dataclass
class Waiting:
    """What holds formulas of a draft up.

    Args:
        texts: the formulas that can be read.
        marked: cells that are to fill in, formulas that wait for one too, with their marks.
        areas: of each waiting formula, what it waits for.
        loose: the cells that formulas read as empty.
        names: what formulas are called that stand for a field of the report.
        rewritten: those formulas, as they read them.
    """

    texts: dict[Place, str]
    marked: dict[Place, str]
    loose: LooseMarks
    names: WaitingNames
    areas: dict[Place, list[Area]] = field(default_factory=dict)
    rewritten: dict[Place, str] = field(default_factory=dict)

    def settle(self) -> None:
        """Follow the marks through the formulas; a total of totals waits as well."""
        reads = {place: list(_areas(text, place[0])) for place, text in self.texts.items()}
        grown = True
        while grown:
            grown = False
            for place, areas in reads.items():
                waiting = [area for names, area in areas if any(_covers(names, area, one) for one in self.marked)]
                if waiting and waiting != self.areas.get(place):
                    self._wait(place, waiting, [one for one in areas if one[1] in waiting])
                    grown = True
                if place not in self.marked and self._reads_loose(place, areas):
                    grown = True

    def _wait(self, place: Place, waiting: list[Area], covering: list[tuple[tuple[str, ...], Area]]) -> None:
        first = min(one for one in self.marked for names, area in covering if _covers(names, area, one))
        self.areas[place] = waiting
        named = self.names.of(place)
        if not named and self.marked[first].startswith(AT_FAULT):  # what is at fault there is not at fault here
            named = self.names.head_of(place)
        self.marked[place] = f"{TO_FILL_IN}：{named}】" if named else self.marked[first]
        self.loose.texts.pop(place, None)

    def _reads_loose(self, place: Place, areas: list[tuple[tuple[str, ...], Area]]) -> bool:
        """Whether a formula reads loose marks in another way than was known."""
        text = self.texts[place]
        try:
            read = read_as_empty(text, place[0], self.loose)
        except LookupError:
            for names, area in areas:
                for one in self.loose.within(names, area):
                    self.marked[one] = self.loose.texts[one]
            return True
        if read is None:
            return False
        formula, first = read
        if shows_nothing_sometimes(text):
            named = self.names.of(place)
            mark = f"{TO_FILL_IN}：{named}】" if named else self.loose.texts[first]
            formula = with_mark(formula, mark)
            self.loose.texts.setdefault(place, mark)
            if first in self.loose.optional:
                self.loose.optional.add(place)
        if self.rewritten.get(place) == formula:
            return False
        self.rewritten[place] = formula
        return True

    def formula(self, place: Place, text: str) -> str:
        """A formula as the draft holds it."""
        text = self.rewritten.get(place, text)
        areas = self.areas.get(place)
        if not areas:
            return text
        counted = dict.fromkeys(one for area in areas for one in self._counted(place[0], area))
        kinds = [kind for kind in (TO_FILL_IN, AT_FAULT) if self._waits_for(kind, place, areas)]
        counts = "+".join(f'COUNTIF({one},"{kind}*")' for one in counted for kind in kinds)
        shown = self.marked[place].replace('"', '""')
        return f'IF({counts}>0,"{shown}",{text})'

    def _waits_for(self, kind: str, place: Place, areas: list[Area]) -> bool:
        """Whether any cell of these areas has a mark of a kind."""
        return any(
            text.startswith(kind) and any(_covers(area.sheets or (place[0],), area, one) for area in areas)
            for one, text in self.marked.items()
        )

    def _counted(self, sheet: str, area: Area) -> list[str]:
        """Where the marks of an area are counted: its own cells one by one where others may stay as they are."""
        names = area.sheets or (sheet,)
        loose = [one for one in self.loose.within(names, area) if one not in self.marked]
        if not loose:
            return [write_area(area)]
        prefix = write_area(area).rpartition("!")
        return [
            f"{prefix[0]}{prefix[1]}{cell(row, column)}"
            for name, row, column in sorted(self.marked)
            if _covers(names, area, (name, row, column))
        ]


def open_formulas(
    sheets: Mapping[str, tuple[str, bytes]], names: Collection[str], strings: Strings
) -> tuple[dict[str, bytes], LooseMarks]:
    """The parts in which a formula depends on a cell that is to fill in, with those formulas behind a condition.

    Args:
        sheets: the worksheets by name: their parts' names and contents.
        names: what the fields are called that are computed and have no value.
        strings: a shared string by its index.

    Returns:
        the changed parts, and the cells whose fields may be left out or come of themselves.
    """
    loose, plain = marks_of(sheets)
    read = {name: read_formulas(name, xml) for name, (_, xml) in plain.items()}
    texts = {
        (name, *place): cell.text
        for name, sheet in read.items()
        for place, cell in sheet.formulas.items()
        if cell.known
    }
    marked = {place: text for name, sheet in read.items() for place, text in _marks(name, sheet)}
    known = WaitingNames(read, names, strings)
    waiting = Waiting(texts, {place: text for place, text in marked.items() if place not in loose.texts}, loose, known)
    waiting.settle()
    changed = {name for name, _, _ in {*waiting.areas, *waiting.rewritten, *loose.texts, *loose.computed}}
    return {plain[name][0]: _write(name, sheet, waiting) for name, sheet in read.items() if name in changed}, loose


def _areas(text: str, sheet: str) -> Iterator[tuple[tuple[str, ...], Area]]:
    """What a formula refers to, with the sheets that it lies on; a span of sheets is left out: COUNTIF reads none."""
    for area in parse_formula(text).areas:
        if len(area.sheets) < 2:
            yield area.sheets or (sheet,), area


def marked_cells(xml: bytes) -> Iterator[tuple[int, int, str]]:
    """Row, column and text of the cells that say that something is to fill in, formulas' values too."""
    for match in _CELL.finditer(xml):
        if any(kind.encode() in match[4] for kind in (TO_FILL_IN, AT_FAULT)):
            text = unescape(b"".join(_TEXT.findall(match[4])).decode())
            if TO_FILL_IN in text or AT_FAULT in text:
                yield int(match[3]), column_number(match[2].decode()), text


def _marks(name: str, sheet: ReadSheet) -> Iterator[tuple[Place, str]]:
    """The cells, with their marks, that are to fill in and nothing else: beside other words, a mark is no figure's."""
    for row, column, text in marked_cells(sheet.xml):
        if text.startswith((TO_FILL_IN, AT_FAULT)) and (row, column) not in sheet.formulas:
            yield (name, row, column), text[: text.find("】") + 1] or SHOWN


def _covers(names: tuple[str, ...], area: Area, place: Place) -> bool:
    sheet, row, column = place
    (top, bottom), (left, right) = rows_of(area), columns_of(area)
    return sheet in names and top <= row <= bottom and left <= column <= right


def _write(name: str, sheet: ReadSheet, waiting: Waiting) -> bytes:
    def guard(match: re.Match[bytes]) -> bytes:
        place = (name, int(match[3]), column_number(match[2].decode()))
        if place not in waiting.areas and place not in waiting.rewritten:
            return match[0]
        text = waiting.formula(place, unescape(match[4].decode()))
        return match[1] + escape(text).encode() if len(text) <= _LONGEST else match[0]

    return _NORMAL.sub(guard, sheet.xml)
