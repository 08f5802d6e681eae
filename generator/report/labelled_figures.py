"""Figures that a sentence gives by their name in the form, against what the fields say: `全年执行数130万元` where it is 120.6.

A name must stand whole and right before its number, and be one thing's: what tells of another year, of a plan or of a part is
left out. Where several fields bear the name, one that agrees is enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property, lru_cache

from generator.figures import round_half_up
from generator.formula import INVALID
from generator.formula.functions import says
from generator.formula.value_text import printer
from generator.kept.kept_patterns import compiled
from generator.kept.lazy_patterns import lazy
from generator.kept.light_tuples import NamedTuple
from generator.report.compute import Computation
from generator.report.prose import MEASURES, SCALES
from generator.report.record import Record
from generator.standard import Field, Section
from generator.standard.kinds import kind_of

_ALSO_CALLED = {  # what sentences call the counts of staff
    "在职人数": (
        "现有在职人员",
        "实有在职人员",
        "年末在职人员",
        "现有在职职工",
        "在职干部职工",
        "在职职工人数",
        "实有在职人数",
    ),
    "退休人数": ("现有退休人员", "退休人员"),
    "编制数": ("核定编制", "核定编制数", "核定人员编制", "编制总数", "人员编制数"),
}
_ELSEWHERE = lazy(
    "下属|下设|所属|二级|中心|[站所局队馆院校]|借调|临聘|其中|新增|本年|当年|年内"
)  # staff of others, or a part of it
SHORTEST = 4  # letters of a name; shorter ones are parts of many words
_LINK = r"(?:合计|共计|总计|总额)?(?:为|是|达到|达|有|：|:|共)?[ ]?"
_AMOUNT = rf"(?P<n>-?[0-9]+(?:\.[0-9]+)?)(?P<scale>亿|千万|百万|万|千)?(?P<unit>元|[%％]|分|{MEASURES})"
_OPEN = lazy("以上|以下|以内|余|多|左右|的")
_OTHER = lazy(
    "上年|去年|往年|前年|上一年|明年|下年|目标|计划|预计|力争|拟|将|应|要求|不超过|不低于|不少于|人均|每|月|季"
)
_CLAUSE = lazy(r"[，,。；;！？!?\n（(]")
_FREE = lazy(r"(?:\A|[\s，,。；;：:、（）()“”！？年度中])\Z")
_NAMED = lazy(r"[\u4e00-\u9fff“”（）]+\Z")


_SYNONYMS = frozenset(name for names in _ALSO_CALLED.values() for name in names)
_SENTENCE = lazy(r"[。；;！？!?\n]")


class Labelled(NamedTuple):
    """A figure of the report that has its name to itself, or shares it."""

    record: Record
    field: Field
    value: Decimal


class Difference(NamedTuple):
    """A figure of a text that is not the field's: start of its name, the words, the figure of the report."""

    start: int
    number: int
    text: str
    known: Labelled


class Labels:
    """The figures of a report by their names."""

    def __init__(self, computation: Computation):
        self.computation = computation
        self.possible = _possible(computation.standard.root)

    @cached_property
    def found(self) -> dict[str, list[Labelled]]:
        """The figures that have a value, by what they are called."""
        found: dict[str, list[Labelled]] = {}
        for records in self.computation.records.values():
            if len(records) != 1 or any(at.index is not None for at in records[0].chain()):
                continue
            record = records[0]
            for name, field, labels in _labelled(record.section):
                value = record.get(name)
                if isinstance(value, Decimal) and value is not INVALID:
                    for label in labels:
                        found.setdefault(label, []).append(Labelled(record, field, value))
        return found

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What they are called, the longest first."""
        return tuple(sorted(self.found, key=len, reverse=True))

    def differing(self, text: str) -> Iterator[Difference]:
        """Every figure of a text that none of the fields of its name agrees with."""
        if not says(text, self.possible) or not says(
            text, self.names
        ):  # to look for each is quicker than for all at once
            return
        for found in _pattern(self.names).finditer(text):
            before = _CLAUSE.split(text[: found.start()])[-1]
            if not _FREE.search(text[: found.start()]) or _OTHER.search(before) or _OPEN.match(text, found.end()):
                continue
            if found["name"] in _SYNONYMS and _ELSEWHERE.search(_SENTENCE.split(text[: found.start()])[-1]):
                continue
            alike = [one for one in self.found[found["name"]] if _measures(one.field, found["unit"])]
            if alike and not any(_agrees(one, found) for one in alike):
                yield Difference(found.start(), found.start("n"), found[0], alike[0])


@lru_cache(maxsize=4096)
def _labelled(section: Section) -> tuple[tuple[str, Field, tuple[str, ...]], ...]:
    """The figures of a section that a sentence can name: name, field, what it is called."""
    found = []
    for name, cell in section.cells.items():
        field = cell.field
        if kind_of(field).amount and not field.many:
            called = dict.fromkeys((name, field.label))
            called |= dict.fromkeys(_ALSO_CALLED.get(name, ()))
            labels = tuple(label for label in called if len(label) >= SHORTEST and _NAMED.match(label))
            found.append((name, field, labels))
    return tuple(found)


@lru_cache(maxsize=64)
def _possible(root: Section) -> tuple[str, ...]:
    """What the figures of a standard can be called that stand in no list."""
    sections = (section for section in root.walk() if "[]" not in section.path)
    return tuple({label: None for section in sections for _, _, labels in _labelled(section) for label in labels})


@lru_cache(maxsize=64)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    return compiled(rf"(?P<name>{'|'.join(map(re.escape, names))}){_LINK}{_AMOUNT}")


def shown(known: Labelled) -> str:
    """A figure as it prints, with its unit."""
    unit = "" if kind_of(known.field).hundredths else known.field.unit
    return printer(known.field.type)(known.value) + unit


def _measures(field: Field, unit: str) -> bool:
    """Whether a number with this unit can be the field's."""
    kind = kind_of(field)
    if kind.hundredths:
        return unit in "%％"
    if field.unit in ("万元", "元"):
        return unit == "元"
    if kind.points:
        return unit == "分"
    return unit not in ("元", "%", "％", "分") and kind.whole and kind.amount


def _agrees(known: Labelled, found: re.Match[str]) -> bool:
    """Whether the report's figure, at the places that the text gives, is the text's."""
    value = known.record.exact(known.field.name)
    typed = Decimal(found["n"])
    scale = SCALES.get(found["scale"] or "", Decimal(1))
    if kind_of(known.field).hundredths:
        value = value * 100
    elif known.field.unit == "万元":
        value = value * 10_000
    places = -int(typed.as_tuple().exponent)
    return round_half_up(value / scale, places) == typed
