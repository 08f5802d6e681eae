"""Which formulas of a workbook can be computed, and from what; formulas that differ in their addresses are judged once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from generator.diagnostics import Text
from generator.diagnostics.wording import uncomputed_words as reasons
from generator.excel.calculate.cell_arrays import shape_of
from generator.excel.calculate.computable import judge
from generator.excel.calculate.formula_forms import Judged
from generator.excel.calculate.formula_names import Names, Refused
from generator.excel.calculate.moved_ranges import NAMES_RANGES
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field, replace
from generator.ooxml.addresses import parse_area

Value = float | str | bool


@dataclass(frozen=True, slots=True)
class ErrorValue:
    """A cell's error, such as `#DIV/0!`."""

    text: str


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A formula (without `=`) and, for an array formula, how many rows and columns it fills."""

    text: str
    array: tuple[int, int] | None = None
    known: bool = True  # False: a kind of formula that nobody reads (a data table)


Needed = Mapping[int, tuple[int, int]]  # column → first and last row that some formula refers to
Block = tuple[int, int, list[list[Any]]]  # row and column of the first cell, rows of values


@dataclass(slots=True)
class SheetCells:
    """A sheet: `constants` gives the values of the cells that are needed, in blocks; its formulas by (row, column)."""

    name: str
    constants: Callable[[Needed], Iterable[Block]]
    formulas: Mapping[tuple[int, int], FormulaCell]


@dataclass(slots=True)
class Computed:
    """Values by (sheet, row, column); reasons for the formulas that have none."""

    values: dict[tuple[str, int, int], Value | ErrorValue] = field(default_factory=dict)
    refused: dict[tuple[str, int, int], Text] = field(default_factory=dict)


_REFERENCES = lazy(
    r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'!?|\[[^\]]*\]|(?<![\w.$!])(\$?[A-Z]{1,3}\$?[0-9]+)(?![\w.(!\[])'
    r"|(?<=!)(\$?[A-Z]{1,3}\$?[0-9]+)(?![\w.(!\[])"
)
_PLACEHOLDER = lazy(r"XEA(\d+)(?!\d)")


Texts = dict[tuple[str, str], Judged]  # formulas that can be computed, by sheet and text

_MOST_TEXTS = 5_000


def judge_all(
    sheets: list[SheetCells], names: Names, computed: Computed, texts: Texts | None = None
) -> dict[tuple[str, int, int], Judged]:
    """Judge every formula; formulas that differ in their cell addresses only are judged once.

    Args:
        sheets: of the workbook.
        names: what formulas may name.
        computed: takes the reasons for those that have no value.
        texts: what was judged with the same names before; takes what is judged now.
    """
    judged: dict[tuple[str, int, int], Judged] = {}
    shapes: dict[tuple[str, str], Judged | Text] = {}
    texts = {} if texts is None else texts
    for sheet in sheets:
        for (row, column), cell in sheet.formulas.items():
            place = (sheet.name, row, column)
            try:
                if not cell.known:
                    raise Refused(reasons.WHAT_IF_TABLE)
                if cell.array is not None:
                    judged[place] = _alike(judge(cell.text, sheet.name, row, names, True, cell.array != (1, 1)))
                elif "[" in cell.text or len(cell.text) > 2000 or _placed(cell.text, names):
                    judged[place] = _alike(judge(cell.text, sheet.name, row, names))
                else:
                    found = texts.get((sheet.name, cell.text))
                    if found is None:
                        found = _judge_shape(cell.text, sheet.name, row, names, shapes)
                        if len(texts) < _MOST_TEXTS:
                            texts[sheet.name, cell.text] = found
                    judged[place] = found
            except Refused as refused:
                computed.refused[place] = refused.reason
                for below in range(cell.array[0] if cell.array else 0):
                    for right in range(cell.array[1] if cell.array else 0):
                        computed.refused[(sheet.name, row + below, column + right)] = refused.reason
    return judged


_NUMBERS_PLACES = lazy(r"\b(?:ROW|COLUMN)\([^()]*:", re.IGNORECASE)
_LEAVES_HIDDEN = lazy(r"\b(?:SUBTOTAL|AGGREGATE)\(", re.IGNORECASE)


def _placed(text: str, names: Names) -> bool:
    """Whether a formula's judgement depends on where its areas lie."""
    return bool(
        _NUMBERS_PLACES.search(text)
        or NAMES_RANGES.search(text)
        or ((names.hidden or names.totals) and _LEAVES_HIDDEN.search(text))
    )


def _judge_shape(text: str, sheet: str, row: int, names: Names, shapes: dict[tuple[str, str], Judged | Text]) -> Judged:
    addresses: list[str] = []

    def placeholder(match: re.Match[str]) -> str:
        address = match[1] or match[2]
        if address is None:
            return match[0]
        addresses.append(address)
        return f"XEA{len(addresses)}"

    shape = _REFERENCES.sub(placeholder, text)
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
