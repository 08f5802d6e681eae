"""Formulas below each other that differ by numbers alone, and these grow evenly (`=C5/C$20`, `=C6/C$20`, …).

A long table has thousands of them. They are judged by the first and the last: what is the same in both, an address included whose
number grows by the same in each, is so in all between, since every one is held against the pattern that it is counted to.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any

from generator.excel.calculate.calculation_engine import written_for
from generator.excel.calculate.formula_forms import Judged
from generator.excel.calculate.formula_tables import AlikeFormulas
from generator.excel.follow.growing_texts import Growing, growing, grown
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, replace
from generator.ooxml.addresses import cell

if TYPE_CHECKING:
    from formualizer import Workbook

_AT_ONCE = 5_000  # formulas that are written at once
_KNOWS_ITS_CELL = lazy(r"\b(?:ROW|COLUMN|CELL|SHEET)\(")


@dataclass(frozen=True, slots=True)
class JudgedRun:
    """Judged formulas of a column, every `stride` rows one from `row` on.

    Args:
        first: the judgement of the first.
        last: of the last.
        text: of all as the engine takes them.
        areas, asked: of all (see `Judged`).
    """

    sheet: str
    row: int
    column: int
    stride: int
    count: int
    first: Judged
    last: Judged
    text: Growing
    areas: tuple[Growing, ...]
    asked: tuple[Growing, ...]

    @property
    def ends(self) -> tuple[tuple[tuple[str, int, int], Judged], ...]:
        """The first and the last, with their places: all that the others refer to lies between what these do."""
        return (self.place(0), self.first), (self.place(self.count - 1), self.last)

    def place(self, by: int) -> tuple[str, int, int]:
        """Of a formula by its number from 0."""
        return self.sheet, self.row + self.stride * by, self.column

    def at(self, by: int) -> Judged:
        """The judgement of a formula by its number from 0."""
        areas, asked = (tuple(grown(one, by) for one in many) for many in (self.areas, self.asked))
        return replace(self.first, text=grown(self.text, by), areas=areas, asked=asked)


def judged_run(sheet: str, run: AlikeFormulas, first: Judged, last: Judged) -> JudgedRun | None:
    """A run of formulas by the judgements of its ends; None where these do not tell of all between."""
    alike_but_for_numbers = replace(last, text=first.text, areas=first.areas, asked=first.asked) == first
    if first.alike or not alike_but_for_numbers or len(first.areas) != len(last.areas):
        return None
    if len(first.asked) != len(last.asked):
        return None
    pairs = [(first.text, last.text), *zip(first.areas, last.areas, strict=True)]
    pairs += zip(first.asked, last.asked, strict=True)
    forms = [growing(one, other, run.count - 1) for one, other in pairs]
    text, *others = (form for form in forms if form is not None)
    if len(others) != len(forms) - 1:
        return None
    areas = tuple(others[: len(first.areas)])
    asked = tuple(others[len(first.areas) :])
    return JudgedRun(sheet, run.row, run.column, run.stride, run.count, first, last, text, areas, asked)


def set_run(workbook: Workbook, run: JudgedRun, number: int) -> bool:
    """Give the engine the formulas of a run, which are numbered from `number` on; False where it does not take them all."""
    ends = written_for(run.first, number), written_for(run.last, number + run.count - 1)
    form = growing(*ends, run.count - 1)
    if form is None:
        return False
    texts = (grown(form, by) for by in range(run.count))
    if not form[1] and not _KNOWS_ITS_CELL.search(ends[0]):
        # one formula in every row (a total beside each): it is computed once
        texts = chain([ends[0]], repeat(f"={cell(run.row, run.column)}", run.count - 1))
    try:
        if run.stride == 1:
            for begin in range(0, run.count, _AT_ONCE):
                batch = [[text] for text in islice(texts, _AT_ONCE)]
                workbook.set_formulas_batch(run.sheet, run.row + begin, run.column, batch)
        else:
            for by, text in enumerate(texts):
                workbook.set_formula(*run.place(by), text)
    except (RuntimeError, ValueError):
        return False
    return True


def run_values(workbook: Workbook, run: JudgedRun) -> Iterator[Any]:
    """The values of a run's formulas as the engine has them."""
    from formualizer import RangeAddress

    if run.stride != 1:
        yield from (workbook.get_value(*run.place(by)) for by in range(run.count))
        return
    sheet = workbook.sheet(run.sheet)
    for begin in range(run.row, run.row + run.count, _AT_ONCE):
        end = min(begin + _AT_ONCE, run.row + run.count) - 1
        for row in sheet.get_values(RangeAddress(run.sheet, begin, run.column, end, run.column)):
            yield row[0]
