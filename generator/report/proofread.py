"""Proofreads the texts of a data file: figures typed where a reference belongs, claims that contradict each other.

What is meant as it stands is kept by an entry of `保留` with its reason; an entry that keeps nothing is told.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property, lru_cache

from generator.kept.lazy_patterns import lazy
from generator.report import text_signs as signs
from generator.report.announced_counts import counts
from generator.report.compute import Computation
from generator.report.impossible_percents import impossible_percents
from generator.report.kept_words import Kept
from generator.report.labelled_figures import Labels, shown
from generator.report.last_year import tells_last_year
from generator.report.prose import Contradiction, Number, changes, numbers, stray_year, titles
from generator.report.spoken_texts import Prose
from generator.report.stated_grades import Grades, Stated
from generator.report.sums_in_prose import sums
from generator.report.text_signs import FIGURE, REMEMBERED
from generator.report.text_slips import Slips
from generator.report.typed_figures import tell_figures
from generator.report.unit_names import UnitNames
from generator.report.watched_texts import Marked, watched_texts
from generator.source import Map, Scalar
from generator.standard import Standard
from generator.standard.kinds import KINDS, kind_of

_REFERENCE = lazy(r"\{\{\s*(?:报告\.)?([^\W\d]\w*)\.([^\W\d]\w*)").match


def proofread(computation: Computation, marked: list[Marked]) -> None:
    """Tell what the texts of a data file say in figures that the report does not bear out.

    Args:
        computation: the report.
        marked: gets the texts with characters that are hardly meant so.
    """
    reader = _Proofreader(computation)
    for prose, seen, slips in watched_texts(computation, marked):
        if seen & signs.OF_SLIPS:
            reader.slips.tell(prose, slips)
            if reader.slips.exchanged and prose.path in reader.slips.exchanged:
                continue
        if seen & signs.OF_NAMES:
            reader.names.tell(prose)
        graded = reader.tell_grades(prose) if seen & signs.GRADED else []
        if seen & signs.CLAIMS:
            reader.tell_claims(prose, graded)
    reader.end()


class _Proofreader:
    """What is known of a report, as far as one of its texts asks for it, and the figures that its texts type."""

    def __init__(self, computation: Computation):
        self.computation = computation
        self.kept = Kept(computation)
        self.slips = Slips(computation, self.kept)
        self.told_before = frozenset(self.slips.doubted)
        self.units = _units(computation.standard)
        self.typed: list[tuple[Prose, Number]] = []

    @cached_property
    def names(self) -> UnitNames:
        """The unit's own."""
        return UnitNames(self.computation, self.kept, self.told_before)

    @cached_property
    def grades(self) -> Grades:
        """Those of the report."""
        return Grades(self.computation)

    @cached_property
    def labels(self) -> Labels:
        """The figures of the report by their names."""
        return Labels(self.computation)

    @cached_property
    def year(self) -> int | None:
        """The report's."""
        return _year(self.computation)

    def tell_grades(self, prose: Prose) -> list[Stated]:
        """Tell of grades and totals that are not the report's, and give them back."""
        graded = [*self.grades.differing(prose.printed)]
        for other in graded:
            offset, literal = prose.written(other.start)
            if literal and prose.can_refer:
                self.slips.doubted.add(prose.path)
                self.kept.tell("prose-differs", prose, offset, text=other.text, label=other.label, value=other.value)
        return graded

    def tell_claims(self, prose: Prose, graded: list[Stated]) -> None:
        """Tell of years, figures and contradictions; figures that are typed are kept for the end."""
        text, year = prose.printed, self.year
        claimed, contradictions = _claims(text, self.units) if len(text) <= REMEMBERED else _claimed(text, self.units)
        for number in claimed:
            offset, literal = prose.written(number.start)
            if not literal:
                continue
            if number.unit != "年":
                self.typed.append((prose, number))
            elif year and prose.path not in self.slips.doubted:
                stray = stray_year(text, number, year)
                if stray or tells_last_year(text, number, year):
                    code = "prose-year" if stray else "prose-last-year"
                    self.kept.tell(code, prose, offset, text=text[number.start : number.end], year=year)
        for other in self.labels.differing(text):
            offset, _ = prose.written(other.start)
            if any(one.start <= other.number < one.start + len(one.text) for one in graded):
                continue  # told as the total
            if prose.written(other.number)[1]:  # a reference prints what is there
                self.slips.doubted.add(prose.path)
                told = {"text": other.text, "label": other.known.field.label, "value": shown(other.known)}
                self.kept.tell("prose-differs", prose, offset, **told)
        for found in contradictions:
            _tell_contradiction(self.computation, self.kept, self.slips, prose, found)

    def end(self) -> None:
        """Tell of figures of the report that are typed, and of what is kept without need."""
        if self.typed:
            can_refer = [pair for pair in self.typed if pair[0].can_refer]
            tell_figures(self.computation, self.kept, can_refer, self.slips.doubted)
        self.kept.tell_unused()


def _tell_contradiction(computation: Computation, kept: Kept, slips: Slips, prose: Prose, found: Contradiction) -> None:
    """Tell it where it is typed: of a figure that a reference prints, at the value, unless that is told of already."""
    offset, literal = prose.written(found.start)
    printed = _printed_fact(computation, prose, offset) if found.of_figure and not literal else None
    if printed is None:
        if found.of_figure and not literal and found.text.endswith("元"):
            return  # a difference that the report computes
        counted = None if literal else _printed_fact(computation, prose, offset)
        if counted is not None:  # one figure that many texts print is told once
            if counted[1] in slips.doubted or _checked(computation, counted[1]):
                return
            slips.doubted.add(counted[1])
        kept.tell(found.code, prose, offset, text=found.text, reason=found.reason)
        return
    node, path = printed
    if path not in slips.doubted and not _checked(computation, path):
        slips.doubted.add(path)
        computation.tell(found.code, node, path, text=found.text, reason=found.reason)


def _checked(computation: Computation, path: str) -> bool:
    """Whether a check fails that names a value of a mapping."""
    return any(path in one.check.rule.text for one in computation.failures)


def _printed_fact(computation: Computation, prose: Prose, offset: int) -> tuple[Scalar, str] | None:
    """The value of a mapping that a reference at an offset of the written text prints, with its path."""
    found = _REFERENCE(prose.node.text, offset)
    facts = computation.root.source.get(found[1]) if found else None
    entry = facts.get(found[2]) if found and isinstance(facts, Map) else None
    return (entry, f"{found[1]}.{found[2]}") if found and isinstance(entry, Scalar) else None


def _claimed(text: str, units: frozenset[str]) -> tuple[tuple[Number, ...], tuple[Contradiction, ...]]:
    """The numbers of a text that could be figures of the report, its years, and where it contradicts itself."""
    if not FIGURE.search(text):
        return (), tuple(counts(text))
    quoted = titles(text)
    found = tuple(
        number
        for number in numbers(text, units)
        if (number.unit == "年" or number.significant > 1)
        and not any(start <= number.start < end for start, end in quoted)
    )
    changed = changes(text) if "%" in text or "％" in text else ()
    percents = impossible_percents(text) if "%" in text or "％" in text or "0." in text else ()
    return found, (*changed, *percents, *counts(text), *sums(text))


_claims = lru_cache(maxsize=1024)(
    _claimed
)  # indicators repeat each other's words, departments those of the standard's sample


def _year(computation: Computation) -> int | None:
    """The report's year: of its first field of that type, else the standard's; None where it is told to be wrong."""
    if any(found.code == "year-not-fiscal" for found in computation.diagnostics):
        return None
    for name, cell in computation.standard.root.cells.items():
        if kind_of(cell.field).year and cell.origin == "data":
            value = computation.root.get(name)
            return int(value) if isinstance(value, Decimal) else None
    return computation.standard.fiscal_year


@lru_cache(maxsize=64)
def _units(standard: Standard) -> frozenset[str]:
    """The units that a standard has of its own."""
    fields = (cell.field for section in standard.root.walk() for cell in section.cells.values())
    found = {unit for field in fields for unit in (field.unit, field.of.unit if field.of else "") if unit}
    return frozenset(found - {*(kind.unit for kind in KINDS.values()), "元"})
