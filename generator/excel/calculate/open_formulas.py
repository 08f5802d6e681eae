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
from generator.excel.calculate.marked_places import MarkedPlaces
from generator.excel.calculate.names_of_waiting import WaitingNames
from generator.figures.marked_text import AT_FAULT, TO_FILL_IN
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import Area, cell, column_number, rows_of, write_area
from generator.ooxml.cut_formulas import parse_formula
from generator.ooxml.escaping import escape

SHOWN = "【待填】"
_FILL, _FAULT = TO_FILL_IN.encode(), AT_FAULT.encode()
_CELL = lazy(rb'<(\w+:)?c r="([A-Z]+)(\d+)"[^>]*(?<!/)>(.*?)</(?:\w+:)?c>', re.S)
_TEXT = lazy(rb"<(?:\w+:)?[tv](?:\s[^>]*)?>([^<]*)<")
_NORMAL = lazy(rb'(<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*><(?:\w+:)?f>)([^<]*)(?=</)')
_LONGEST = 8192  # characters of a formula (Excel's limit)
_ONE_BY_ONE = 8  # marks of an area that are counted so
_WILD = lazy(r'[*?~"]')


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
    marked: MarkedPlaces
    loose: LooseMarks
    names: WaitingNames
    areas: dict[Place, list[Area]] = field(default_factory=dict)
    rewritten: dict[Place, str] = field(default_factory=dict)

    def settle(self) -> None:
        """Follow the marks through the formulas; a total of totals waits as well."""
        reads = [(place, list(_areas(text, place[0]))) for place, text in self.texts.items()]
        grown = True
        while grown:
            grown = False
            for place, areas in reads:
                waiting = [one for one in areas if self.marked.first_within(*one)]
                if len(waiting) > len(self.areas.get(place, ())):
                    self._wait(place, waiting)
                    grown = True
                if place not in self.marked and self._reads_loose(place, areas):
                    grown = True
            reads.reverse()  # formulas may go on from row to row, downwards or upwards

    def _wait(self, place: Place, waiting: list[tuple[tuple[str, ...], Area]]) -> None:
        first = min(found for one in waiting if (found := self.marked.first_within(*one)))
        self.areas[place] = [area for _, area in waiting]
        named = self._named(place, waiting)
        if not named and self.marked[first].startswith(AT_FAULT):  # what is at fault there is not at fault here
            named = self.names.head_of(place)
        self.marked[place] = f"{TO_FILL_IN}：{named}】" if named else self.marked[first]
        self.loose.texts.pop(place, None)

    def _named(self, place: Place, areas: list[tuple[tuple[str, ...], Area]]) -> str:
        sheet, row, _ = place
        along = all((names, rows_of(area)) == ((sheet,), (row, row)) for names, area in areas)
        return self.names.of(place, along=along)

    def _reads_loose(self, place: Place, areas: list[tuple[tuple[str, ...], Area]]) -> bool:
        """Whether a formula reads loose marks in another way than was known."""
        text = self.texts[place]
        try:
            read = read_as_empty(text, place[0], self.loose)
        except LookupError:
            for one in (one for names, area in areas for one in self.loose.texts.within(names, area)):
                self.marked[one] = self.loose.texts[one]
            return True
        if read is None:
            return False
        formula, first = read
        if shows_nothing_sometimes(text):
            named = self._named(place, areas)
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
        """A formula as the draft holds it; where that is longer than Excel takes, its mark alone."""
        text = self.rewritten.get(place, text)
        areas = self.areas.get(place)
        if not areas:
            return text
        counted = dict.fromkeys(one for area in areas for one in self._counted(place[0], area))
        counts = "+".join(counted).replace("+-", "-")
        shown = self.marked[place].replace('"', '""')
        guarded = f'IF({counts}>0,"{shown}",{text})'
        return guarded if len(guarded) <= _LONGEST else f'"{shown}"'

    def _counted(self, sheet: str, area: Area) -> list[str]:
        """What counts the marks of an area that a formula waits for: in it others may stay as they are."""
        names = area.sheets or (sheet,)
        own = sorted(self.marked.within(names, area))
        signs = [sign for sign in (TO_FILL_IN, AT_FAULT) if any(self.marked[one].startswith(sign) for one in own)]
        loose = {self.loose.texts[one] for one in self.loose.texts.within(names, area) if one not in self.marked}
        written = write_area(area)
        if loose and len(own) <= _ONE_BY_ONE:
            before, mark, _ = written.rpartition("!")
            cells = [f"{before}{mark}{cell(row, column)}" for _, row, column in own]
            return [f'COUNTIF({one},"{sign}*")' for one in cells for sign in signs]
        whole = [f'COUNTIF({written},"{sign}*")' for sign in signs]
        if loose.isdisjoint(self.marked[one] for one in own) and not any(map(_WILD.search, loose)):
            whole += [f'-COUNTIF({written},"{mark}")' for mark in sorted(loose)]
        return whole


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
    marked = (one for name, sheet in read.items() for one in _marks(name, sheet))
    own = {place: text for place, text in marked if place not in loose.texts}
    known = WaitingNames(read, names, strings)
    waiting = Waiting(texts, MarkedPlaces(own), loose, known)
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
    if _FILL not in xml and _FAULT not in xml:
        return
    for match in _CELL.finditer(xml):
        inner = match[4]
        if _FILL in inner or _FAULT in inner:
            text = unescape(b"".join(_TEXT.findall(inner)).decode())
            if TO_FILL_IN in text or AT_FAULT in text:
                yield int(match[3]), column_number(match[2].decode()), text


def _marks(name: str, sheet: ReadSheet) -> Iterator[tuple[Place, str]]:
    """The cells, with their marks, that are to fill in and nothing else: beside other words, a mark is no figure's."""
    for row, column, text in marked_cells(sheet.xml):
        if text.startswith((TO_FILL_IN, AT_FAULT)) and (row, column) not in sheet.formulas:
            yield (name, row, column), text[: text.find("】") + 1] or SHOWN


def _write(name: str, sheet: ReadSheet, waiting: Waiting) -> bytes:
    def guard(match: re.Match[bytes]) -> bytes:
        place = (name, int(match[3]), column_number(match[2].decode()))
        if place not in waiting.areas and place not in waiting.rewritten:
            return match[0]
        return match[1] + escape(waiting.formula(place, unescape(match[4].decode()))).encode()

    return _NORMAL.sub(guard, sheet.xml)
