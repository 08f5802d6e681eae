"""Which formulas of a workbook can be computed, and from what; formulas that differ in their addresses are judged once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import uncomputed_words as reasons
from generator.excel.calculate.computable import judge
from generator.excel.calculate.computed_columns import CellValues
from generator.excel.calculate.formula_forms import Judged
from generator.excel.calculate.formula_names import Names, Refused
from generator.excel.calculate.formula_runs import JudgedRun, judged_run
from generator.excel.calculate.formula_tables import AlikeFormulas, FormulaCell, FormulaTable
from generator.excel.calculate.moved_ranges import NAMES_RANGES
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field, replace
from generator.ooxml.addresses import parse_area, shape_of

Value = float | str | bool


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell's error, such as `#DIV/0!`."""

    text: str


Needed = Mapping[int, tuple[int, int]]  # column → first and last row that some formula refers to
Block = tuple[int, int, list[list[Any]]]  # row and column of the first cell, rows of values


@dataclass(slots=True)
class SheetCells:
    """A sheet: `constants` gives the values of the cells that are needed, in blocks; its formulas by (row, column)."""

    name: str
    constants: Callable[[Needed], Iterable[Block]]
    formulas: FormulaTable


@dataclass(slots=True)
class Computed:
    """Values by (sheet, row, column); reasons for the formulas that have none."""

    values: CellValues = field(default_factory=CellValues)
    refused: dict[tuple[str, int, int], Text] = field(default_factory=dict)


_REFERENCES = lazy(
    r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'!?|\[[^\[\]]*\]|(?<![\w.$!])(\$?[A-Z]{1,3}\$?[0-9]+)(?![\w.(!\[])'
    r"|(?<=!)(\$?[A-Z]{1,3}\$?[0-9]+)(?![\w.(!\[])"
)
_PLACEHOLDER = lazy(r"XEA(\d+)(?!\d)")


Texts = dict[tuple[str, str], Judged]  # formulas that can be computed, by sheet and text

_MOST_TEXTS = 5_000


def judge_all(
    sheets: list[SheetCells], names: Names, computed: Computed, texts: Texts | None = None
) -> tuple[dict[tuple[str, int, int], Judged], list[JudgedRun]]:
    """Judge every formula; formulas that differ in their cell addresses only are judged once, runs of them by their ends.

    Args:
        sheets: of the workbook.
        names: what formulas may name.
        computed: takes the reasons for those that have no value.
        texts: what was judged with the same names before; takes what is judged now.
    """
    judging = _Judging(names, {} if texts is None else texts)
    judged: dict[tuple[str, int, int], Judged] = {}
    runs: list[JudgedRun] = []
    for sheet in sheets:
        own, rest = judging.runs(sheet)
        runs += own
        for (row, column), cell in rest.items():
            place = (sheet.name, row, column)
            try:
                if not cell.known:
                    raise Refused(reasons.WHAT_IF_TABLE)
                if cell.array is not None:
                    judged[place] = _alike(judge(cell.text, sheet.name, row, names, True, cell.array != (1, 1)))
                elif _alone(cell.text, names):
                    judged[place] = _alike(judge(cell.text, sheet.name, row, names))
                else:
                    judged[place] = judging.judged(cell.text, sheet.name, row)
            except Refused as refused:
                for at in cell.filled(row, column):
                    computed.refused[(sheet.name, *at)] = refused.reason
    return judged, runs


def _alone(text: str, names: Names) -> bool:
    """Whether a formula is judged for itself, since its shape does not tell."""
    return "[" in text or len(text) > 2000 or _placed(text, names)


class _Judging:
    """The judging of one workbook."""

    def __init__(self, names: Names, texts: Texts) -> None:
        self.names = names
        self.texts = texts
        self.shapes: dict[tuple[str, str], Judged | Text] = {}

    def judged(self, text: str, sheet: str, row: int) -> Judged:
        """A formula that is judged by its shape.

        Raises:
            Refused: it cannot be computed.
        """
        found = self.texts.get((sheet, text))
        if found is None:
            found = _judge_shape(text, sheet, row, self.names, self.shapes)
            if len(self.texts) < _MOST_TEXTS:
                self.texts[sheet, text] = found
        return found

    def runs(self, sheet: SheetCells) -> tuple[list[JudgedRun], Mapping[tuple[int, int], FormulaCell]]:
        """The runs of a sheet's formulas, and the formulas that are in none."""
        found: list[JudgedRun] = []
        left: dict[tuple[int, int], FormulaCell] = {}
        for run in sheet.formulas.runs:
            judged = self._run(sheet.name, run)
            if judged is not None:
                found.append(judged)
            else:
                left |= {place: FormulaCell(run.at(by)) for by, place in enumerate(run.places)}
        singles = sheet.formulas.singles
        return found, dict(sorted((singles | left).items())) if left else singles

    def _run(self, sheet: str, run: AlikeFormulas) -> JudgedRun | None:
        """A run by its ends, if its formulas have one shape: then all that differs is in their addresses."""
        first, last = run.first, run.last
        if _alone(first, self.names) or _alone(last, self.names) or _shape(first)[0] != _shape(last)[0]:
            return None
        try:
            ends = self.judged(first, sheet, run.row), self.judged(last, sheet, run.row)
        except Refused:
            return None
        return judged_run(sheet, run, *ends)


_NUMBERS_PLACES = lazy(r"\b(?:ROW|COLUMN)\([^()]*:", re.IGNORECASE)
_LEAVES_HIDDEN = lazy(r"\b(?:SUBTOTAL|AGGREGATE)\(", re.IGNORECASE)


def _placed(text: str, names: Names) -> bool:
    """Whether a formula's judgement depends on where its areas lie."""
    return bool(
        _NUMBERS_PLACES.search(text)
        or NAMES_RANGES.search(text)
        or ((names.hidden or names.totals) and _LEAVES_HIDDEN.search(text))
    )


def _shape(text: str) -> tuple[str, list[str]]:
    """A formula with marks in the place of its addresses, and these."""
    addresses: list[str] = []

    def placeholder(match: re.Match[str]) -> str:
        address = match[1] or match[2]
        if address is None:
            return match[0]
        addresses.append(address)
        return f"XEA{len(addresses)}"

    return _REFERENCES.sub(placeholder, text), addresses


def _judge_shape(text: str, sheet: str, row: int, names: Names, shapes: dict[tuple[str, str], Judged | Text]) -> Judged:
    shape, addresses = _shape(text)
    known = shapes.get((sheet, shape))
    if known is None:
        if len(addresses) >= 1000 or "XEA" in text.upper():
            return _alike(judge(text, sheet, row, names))
        try:
            known = judge(shape, sheet, row, names)
        except Refused as refused:
            known = refused.reason
        shapes[(sheet, shape)] = known
    if isinstance(known, Text):
        raise Refused(known)

    def restore(written: str) -> str:
        return _PLACEHOLDER.sub(lambda match: addresses[int(match[1]) - 1], written)

    restored = replace(
        known,
        text=restore(known.text),
        areas=tuple(map(restore, known.areas)),
        asked=tuple(map(restore, known.asked)),
        alike=tuple(tuple(map(restore, group)) for group in known.alike),
    )
    return _alike(restored)


def _alike(judged: Judged) -> Judged:
    """A formula whose areas have the sizes that it needs.

    Raises:
        Refused: they have not.
    """
    for group in judged.alike:
        spread = group[:1] == ("*",)
        shapes = {shape_of(area) for area in map(parse_area, group) if area is not None}
        heights, widths = ({shape[at] for shape in shapes} - ({1} if spread else set()) for at in (0, 1))
        if len(heights) > 1 or len(widths) > 1:
            raise Refused(reasons.SIZES_DIFFER)
    return judged
