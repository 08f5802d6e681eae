"""Proofreads the texts of a data file: figures typed where a reference belongs, claims that contradict each other.

What is meant as it stands is kept by an entry of `保留` with its reason; an entry that keeps nothing is told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from typing import Any, NamedTuple

from generator.diagnostics import Text
from generator.formula import INVALID
from generator.formula.value_text import printer
from generator.kept.lazy_patterns import lazy
from generator.report.announced_counts import counts
from generator.report.compute import Computation
from generator.report.field_paths import find
from generator.report.labelled_figures import Labels, shown
from generator.report.prose import Contradiction, Number, changes, numbers, stray_year, titles
from generator.report.read_records import KEPT
from generator.report.record import Record
from generator.report.stated_text import has_tag, says_nothing
from generator.report.typed_text import UNSEEN, without_unseen
from generator.source import List, Map, Node, Scalar, position_in
from generator.standard import Field, Section, Standard
from generator.standard.kinds import NUMERIC, UNITS

_KEPT_KEYS = ("处", "文字", "理由")
_SPEAKS = lazy("[0-9二两三四五六七八九十]").search
_NAME = lazy(r"[^\W\d]\w*\Z")
SHOWN_PATHS = 2
_LITERAL: tuple[tuple[int, int, bool], ...] = ((0, 0, True),)
ZERO = Decimal(0)
_SAME = Text("是同一个数", "is the same figure")
_CLOSE = Text("前三位相同", "has the same first three digits")


class _Prose(NamedTuple):
    """One text of the data file.

    Args:
        record, name: the field where it belongs; `suffix` its place in that, of a list or map.
        node: as it is written.
        printed: with its tags printed.
        pieces: start in the printed text, start in the written one, whether it is literal, of each part.
    """

    record: Record
    name: str
    suffix: str
    node: Scalar
    printed: str
    pieces: tuple[tuple[int, int, bool], ...]

    @property
    def path(self) -> str:
        """Its place in the report."""
        return self.record.path_of(self.name) + self.suffix

    @property
    def can_refer(self) -> bool:
        """Whether it can refer to a figure."""
        section = self.record.section
        return not section.cells[self.name].field.plain and self.name != section.type.key

    def written(self, offset: int) -> tuple[int, bool]:
        """Where a printed character stands in the written text (of a tag, its start), and whether it is literal."""
        at = bisect_right(self.pieces, offset, key=itemgetter(0)) if len(self.pieces) > 1 else 1
        begin, start, literal = self.pieces[at - 1]
        return (start + offset - begin if literal else start), literal


class _Known(NamedTuple):
    """A figure of the report; `key` is set where it is an entry of a map."""

    record: Record
    field: Field
    value: Decimal
    key: str = ""

    @property
    def own(self) -> str:
        """How texts of its own record refer to it."""
        return f"{self.field.name}.{self.key}" if self.key else self.field.name

    @property
    def label(self) -> str:
        """What the form calls it."""
        return self.key or self.field.label


def proofread(computation: Computation) -> None:
    """Tell what the texts of a data file say in figures that the report does not bear out."""
    kept = _Kept(computation)
    units = _units(computation.standard)
    year = _year(computation)
    labels = Labels(computation)
    typed: list[tuple[_Prose, Number]] = []
    seen: dict[str, tuple[list[Number], list[Contradiction]]] = {}  # indicators repeat each other's words
    for prose in _texts(computation):
        text = prose.printed
        claims = seen.get(text)
        if claims is None:
            claims = seen[text] = _claims(text, units)
        for number in claims[0]:
            offset, literal = prose.written(number.start)
            if not literal:
                continue
            if number.unit != "年":
                typed.append((prose, number))
            elif year and stray_year(text, number, year):
                kept.tell("prose-year", prose, offset, text=text[number.start : number.end], year=year)
        for other in labels.differing(text):
            offset, _ = prose.written(other.start)
            if prose.written(other.number)[1]:  # a reference prints what is there
                kept.tell(
                    "prose-differs",
                    prose,
                    offset,
                    text=other.text,
                    label=other.known.field.label,
                    value=shown(other.known),
                )
        for found in claims[1]:
            kept.tell(found.code, prose, prose.written(found.start)[0], text=found.text, reason=found.reason)
    if typed:
        _tell_figures(computation, kept, [pair for pair in typed if pair[0].can_refer])
    kept.tell_unused()


def _claims(text: str, units: frozenset[str]) -> tuple[list[Number], list[Contradiction]]:
    """The numbers of a text that could be figures of the report, its years, and where it contradicts itself."""
    quoted = titles(text)
    found = [
        number
        for number in numbers(text, units)
        if (number.unit == "年" or number.significant > 1)
        and not any(start <= number.start < end for start, end in quoted)
    ]
    contradictions = [*changes(text)] if "%" in text or "％" in text else []
    contradictions += counts(text)
    return found, contradictions


def _year(computation: Computation) -> int | None:
    """The report's year: of its first field of that type, else the standard's."""
    for name, cell in computation.standard.root.cells.items():
        if cell.field.kind == "year" and cell.origin == "data":
            value = computation.root.get(name)
            return int(value) if isinstance(value, Decimal) else None
    return computation.standard.fiscal_year


@lru_cache(maxsize=64)
def _units(standard: Standard) -> frozenset[str]:
    """The units that a standard has of its own."""
    fields = (cell.field for section in standard.root.walk() for cell in section.cells.values())
    found = {unit for field in fields for unit in (field.unit, field.of.unit if field.of else "") if unit}
    return frozenset(found - {*UNITS.values(), "元"})


# --- the texts


@lru_cache(maxsize=4096)
def _textual(section: Section) -> tuple[str, ...]:
    """The inputs of a section that hold text."""
    found = []
    for name, cell in section.cells.items():
        kind = cell.field.of.kind if cell.field.kind == "map" and cell.field.of else cell.field.kind
        if cell.origin == "data" and kind in ("text", "paragraphs"):
            found.append(name)
    return tuple(found)


def _texts(computation: Computation) -> Iterator[_Prose]:
    """The texts of the data file that say something in figures."""
    for records in computation.records.values():
        names = _textual(records[0].section)
        if not names:
            continue
        for record in records:
            source = record.source
            for name in names:
                node = source.get(name)
                if node is None:
                    continue
                if type(node) is Scalar:
                    text = node.text
                    if "{" in text or (not text.isascii() and UNSEEN.search(text)):
                        yield from _prose(computation, record, name, "", node)
                    elif _SPEAKS(text):
                        yield _Prose(record, name, "", node, text, _LITERAL)
                elif isinstance(node, List):
                    for index, item in enumerate(node):
                        yield from _prose(computation, record, name, f"[{index}]", item)
                elif isinstance(node, Map):
                    for key, item in node.items():
                        yield from _prose(computation, record, name, f".{key}", item)


def _prose(computation: Computation, record: Record, name: str, suffix: str, node: Node) -> Iterator[_Prose]:
    if type(node) is not Scalar:
        return
    text = node.text
    pieces = _LITERAL
    if "{" in text and has_tag(text) and not record.section.cells[name].field.plain:
        parts = computation.printed.get(id(node))
        if not parts:
            return
        text = "".join(part for _, part, _ in parts)
        begins = accumulate((len(part) for _, part, _ in parts), initial=0)
        pieces = tuple((begin, start, literal) for begin, (start, _, literal) in zip(begins, parts, strict=False))
    if UNSEEN.search(text):
        text, pieces = without_unseen(text, pieces)
    if _SPEAKS(text):
        yield _Prose(record, name, suffix, node, text, pieces)


# --- figures


def _key(value: Decimal) -> str:
    """A number at three significant digits."""
    return f"{value:.2e}"


def _measured(field: Field, value: Decimal) -> tuple[str, Decimal]:
    """A figure in the unit of prose: money in 元, percents in hundredths."""
    if field.unit == "万元":
        return "元", value.scaleb(4)
    if field.kind == "percent":
        return "%", value.scaleb(2)
    return field.unit, value


def _tell_figures(computation: Computation, kept: _Kept, typed: list[tuple[_Prose, Number]]) -> None:
    """Tell of each literal that equals a figure of the report."""
    wanted: dict[str, dict[str, list[_Known]]] = {}
    bare: dict[Decimal, list[_Known]] = {}
    distinct = {number[2:]: number for _, number in typed}
    for number in distinct.values():
        wanted.setdefault(number.unit, {})[_key(number.value * number.scale)] = []
        bare[number.value] = []
    _collect(computation, wanted, bare)
    known_by = {
        which: found
        for which, number in distinct.items()
        if (found := _equal(number, wanted[number.unit][_key(number.value * number.scale)], bare[number.value]))
    }
    for prose, number in typed:
        found = known_by.get(number[2:])
        if not found:
            continue
        usable = {path: known for known in reversed(found) if (path := _reference(known, prose.record))}
        if not usable:
            continue
        paths = sorted(usable, key=lambda path: _distance(usable[path], prose.record, path))
        known = usable[paths[0]]
        literal = prose.printed[number.start : number.end]
        unit, value = _measured(known.field, known.value)
        same = value == number.value * (number.scale if unit else 1)
        after = known.field.unit if unit not in ("", "%") else ""
        rest = after if unit else literal[len(number.typed) :]
        kept.tell(
            "prose-figure",
            prose,
            prose.written(number.start)[0],
            text=literal,
            label=known.label,
            value=printer(known.field.type)(known.value) + after,
            degree=_SAME if same else _CLOSE,
            written="、".join(f"{{{{ {path} }}}}{rest}" for path in paths[:SHOWN_PATHS]),
        )


def _equal(number: Number, measured: list[_Known], bare: list[_Known]) -> list[_Known]:
    """Which figures a literal can be, of those of its unit that begin alike and those without a unit that equal it.

    Fewer than three digits have to agree exactly, and without a unit the name has to say what is counted: 走访家数 counts
    52家.
    """
    exact = number.value * number.scale
    if number.significant > 2:
        return [*measured, *bare]
    return [
        *(known for known in measured if _measured(known.field, known.value)[1] == exact),
        *(known for known in bare if number.unit in known.own or number.unit in known.label),
    ]


def _distance(known: _Known, reader: Record, path: str) -> tuple[bool, bool, int, int]:
    """Which of equal figures a text probably means: its own record's, an input, the one with the shortest path."""
    computed = known.record.section.cells[known.field.name].origin != "data"
    return known.record is not reader, computed, path.count("."), len(path)


def _reference(known: _Known, reader: Record) -> str | None:
    """How a text of a record refers to a figure; None where it cannot."""
    if known.record is reader:
        both = reader.parent is not None and known.field.name in reader.root.section.cells
        return f"本.{known.own}" if both else known.own
    path, at = known.own, known.record
    while at.parent is not None:
        step = at.section.path.rpartition(".")[2].removesuffix("[]")
        if at.index is not None:
            key = at.key_value
            if not isinstance(key, str) or '"' in key:
                return None
            step += f'["{key}"]'
        path, at = f"{step}.{path}", at.parent
    both = reader.parent is not None and re.split(r"[.\[]", path)[0] in reader.section.cells
    return f"报告.{path}" if both else path


@lru_cache(maxsize=4096)
def _numeric(section: Section) -> tuple[tuple[str, Field, bool], ...]:
    """The figures of a section: name, field (of a map, its entries'), whether it is a map."""
    found = []
    for name, cell in section.cells.items():
        field, is_map = cell.field, cell.field.kind == "map"
        if is_map:
            of = field.of or Field(name, "number")
            field = Field(name, of.kind, label=name, unit=of.unit, type=of.type)
        if field.kind in NUMERIC and field.kind != "year" and not cell.field.many:
            found.append((name, field, is_map))
    return tuple(found)


def _collect(
    computation: Computation, wanted: dict[str, dict[str, list[_Known]]], bare: dict[Decimal, list[_Known]]
) -> None:
    """Find the figures of the report that the literals could be, by unit and three digits; those without a unit."""
    for records in computation.records.values():
        for name, field, is_map in _numeric(records[0].section):
            unit = _measured(field, ZERO)[0]
            keys = wanted.get(unit) if unit else None
            if unit and keys is None:
                continue
            for record in records:
                value = record.get(name)
                if not value or value is INVALID:
                    continue
                for key, figure in value.items() if is_map else (("", value),):
                    if not isinstance(figure, Decimal) or not figure or (key and not _NAME.match(key)):
                        continue
                    found = bare.get(figure) if keys is None else keys.get(_key(_measured(field, figure)[1]))
                    if found is not None:
                        found.append(_Known(record, field, figure, key))


# --- what is kept


class _Kept:
    """The entries of `保留`, and which of them keep something."""

    def __init__(self, computation: Computation):
        self.computation = computation
        self.entries: list[tuple[str, str, Scalar, str]] = []
        self.used: set[int] = set()
        node: Node | None = computation.root.source.get(KEPT)
        if node is None or says_nothing(node):
            return
        if not isinstance(node, List):
            computation.tell("kept-shape", node, KEPT)
            return
        for index, item in enumerate(node):
            self._read(item, f"{KEPT}[{index}]")

    def _read(self, item: Node, path: str) -> None:
        if not isinstance(item, Map) or item.keys() - set(_KEPT_KEYS):
            self.computation.tell("kept-shape", item, path)
            return
        place, text, reason = (item.get(key) for key in _KEPT_KEYS)
        if not isinstance(place, Scalar) or not isinstance(text, Scalar) or says_nothing(place) or says_nothing(text):
            self.computation.tell("kept-shape", item, path)
            return
        if not isinstance(reason, Scalar) or says_nothing(reason):
            self.computation.tell("kept-without-reason", item, path, text=text.text)
        self.entries.append((self._path(place.text.strip()), text.text, text, path))

    def _path(self, path: str) -> str:
        """A path as findings give it: with positions instead of keys."""
        found = find(self.computation.root, path)
        if found is None:
            return path
        record, name = found
        item = re.search(r"\[[0-9]+\]\Z", path)
        return record.path_of(name) + (item[0] if item and record.section.cells[name].section is None else "")

    def tell(self, code: str, prose: _Prose, offset: int, **arguments: Any) -> None:
        """Tell a finding at an offset of the written text, unless an entry keeps the words there."""
        written = prose.node.text
        for index, (path, text, _, _) in enumerate(self.entries):
            if path != prose.path:
                continue
            start = written.find(text)
            while start >= 0:
                if start <= offset < start + len(text):
                    self.used.add(index)
                    return
                start = written.find(text, start + 1)
        place = position_in(self.computation.source, prose.node, offset)
        self.computation.tell(code, place, prose.path, **arguments)

    def tell_unused(self) -> None:
        """Tell of the entries that keep nothing."""
        for index, (place, text, node, path) in enumerate(self.entries):
            if index not in self.used:
                self.computation.tell("kept-unused", node, path, text=text, place=place)
