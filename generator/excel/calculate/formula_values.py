"""The values of formulas, computed over the cells of a rendered workbook.

`compute` takes cells and formulas and gives each formula its value, or says why it has none: a formula that `computable`
refuses, one that depends on such a cell, and one whose value the engine fails at. One such cell never costs the others, and
none ever keeps a value that may be wrong. Time grows linearly with the number of cells and formulas.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from generator.diagnostics import Text
from generator.excel.calculate.computable import (
    HALF,
    MARK,
    MINUS,
    PRINTED,
    RATIO,
    ROUND15,
    WHOLE,
    Judged,
    Names,
    Refused,
    judge,
)
from generator.excel.follow.ranges import columns_of, rows_of
from generator.ooxml.addresses import column_number, parse_area

if TYPE_CHECKING:
    from formualizer import LiteralValue, Workbook

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


_DEPENDS = Text("它引用的单元格没有结果", "a cell that it depends on has no value")
_FAILED = Text("计算失败", "the calculation failed")
_CONVERTED = Text(
    "结果是 #VALUE!，或取决于末位舍入或地区设置", "the result is #VALUE!, or hangs on rounding or the locale"
)
_CIRCULAR = Text("循环引用", "it refers to itself")
_ROUNDING = Text("结果取决于末位舍入", "the result hangs on rounding")
_ERRORS = {"Div": "#DIV/0!", "Na": "#N/A"}
_CODES = {
    "#DIV/0!": "Div",
    "#N/A": "Na",
    "#NAME?": "Name",
    "#NULL!": "Null",
    "#NUM!": "Num",
    "#REF!": "Ref",
    "#VALUE!": "Value",
}
_NO_VALUE = Text("结果是 Excel 以外的程序显示不同的错误值", "the result is an error that programs show differently")
_TINY = 1e-9
_MANY_DIGITS = re.compile(r"\d[\d.]{15}")


def round15(value: Any) -> Any:
    """A number at 15 significant digits, as Excel compares and prints it; anything else as it is."""
    return float(f"{value:.15g}") if isinstance(value, float) else value


def minus(left: Any, right: Any) -> Any:
    """A difference that is about to be compared; it fails where it is nothing but rounding."""
    one, other = _number(left), _number(right)
    difference = one - other
    if difference and abs(difference) < 1e-12 * max(abs(one), abs(other)):
        raise ValueError("within rounding")
    return difference


def printed(value: Any) -> Any:
    """A number as it is printed; it fails for numbers that programs print differently (`1E+20`)."""
    if isinstance(value, float) and abs(value) >= 1e15:
        raise ValueError("printed differently")
    return round15(value)


def half(value: Any, places: Any) -> Any:
    """A number about to be rounded; it fails if it has more than 15 digits and lies at a half, where the last bits decide."""
    return _steady(value, 10.0 ** _number(places), 0.5)


def whole(value: Any, places: Any) -> Any:
    """A number about to be cut off; it fails if it has more than 15 digits and lies at a whole step."""
    return _steady(value, 10.0 ** _number(places), 0.0)


def ratio(value: Any, step: Any) -> Any:
    """A number about to be divided into whole steps; it fails if it lies at one, unless both are integers."""
    by = _number(step)
    if by == 0:
        raise ValueError("no step")
    if float(by).is_integer() and isinstance(value, float) and value.is_integer():
        return value
    return _steady(value, 1 / by, 0.0, always=True)


def _steady(value: Any, scale: float, at: float, always: bool = False) -> Any:
    if isinstance(value, float) and (always or value != round15(value)):
        scaled = value * scale - at
        if abs(scaled - round(scaled)) < 1e-12 * max(abs(scaled), 1.0):
            raise ValueError("the last bits decide")
    return value


def _number(value: Any) -> float:
    if value is None or value == "":
        return 0.0
    if isinstance(value, str):
        raise ValueError("text")
    return float(value)


def compute(sheets: Iterable[SheetCells], names: Names, date_1904: bool = False) -> Computed:
    """Compute every formula of a workbook.

    Args:
        sheets: the cells of all its sheets.
        names: its defined names and tables.
        date_1904: whether its days count from 1904.
    """
    computed = Computed()
    sheets = list(sheets)
    if not any(sheet.formulas for sheet in sheets):
        return computed
    judged = _judge_all(sheets, names, computed)
    failures: set[int] = set()
    workbook = _engine(date_1904, failures)
    needed = needed_cells((sheet, area) for (sheet, _, _), formula in judged.items() for area in formula.areas)
    for sheet in sheets:
        workbook.add_sheet(sheet.name)
        _load(workbook, sheet, needed.get(sheet.name, {}))
    numbers = {place: number for number, place in enumerate(judged)}
    for place, formula in judged.items():
        number = numbers[place]
        try:
            workbook.set_formula(*place, "=" + formula.text.replace(MARK, f",{number}" if formula.hides else ""))
        except (
            RuntimeError,
            ValueError,
        ) as fault:  # a cell that refers to itself; a form that the engine does not take
            computed.refused[place] = _CIRCULAR if "CIRC" in str(fault) else _FAILED
    for place in computed.refused:
        judged.pop(place, None)
    tainted: set[tuple[str, int, int]] = set(computed.refused)
    found = _evaluate(workbook, judged)
    for place, value in found.items():
        if reason := _ROUNDING if numbers[place] in failures else _doubt(value, judged[place]):
            computed.refused[place] = reason
            if reason is not _NO_VALUE:
                tainted.add(place)
    for place in _dependents(judged, tainted, sheets):
        computed.refused.setdefault(place, _DEPENDS)
    for place, value in found.items():
        if place not in computed.refused:
            computed.values[place] = _value(value)
    return computed


_REFERENCES = re.compile(
    r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'!?|\[[^\]]*\]|(?<![\w.$!])(\$?[A-Z]{1,3}\$?[0-9]+)(?![\w.(!\[])'
    r"|(?<=!)(\$?[A-Z]{1,3}\$?[0-9]+)(?![\w.(!\[])"
)
_PLACEHOLDER = re.compile(r"XEA(\d+)(?!\d)")


def _judge_all(sheets: list[SheetCells], names: Names, computed: Computed) -> dict[tuple[str, int, int], Judged]:
    """Judge every formula; formulas that differ in their cell addresses only are judged once."""
    judged: dict[tuple[str, int, int], Judged] = {}
    shapes: dict[tuple[str, str], Judged | Text] = {}
    for sheet in sheets:
        for (row, column), cell in sheet.formulas.items():
            place = (sheet.name, row, column)
            try:
                if not cell.known:
                    raise Refused("这种公式不能预先计算", "formulas of this kind cannot be computed beforehand")
                if cell.array is not None:
                    _judge_array(place, cell, names, judged, computed)
                elif "[" in cell.text or len(cell.text) > 2000:
                    judged[place] = judge(cell.text, sheet.name, row, names)
                else:
                    judged[place] = _judge_shape(cell.text, sheet.name, row, names, shapes)
            except Refused as refused:
                computed.refused[place] = refused.reason
                for below in range(cell.array[0] if cell.array else 0):
                    for right in range(cell.array[1] if cell.array else 0):
                        computed.refused[(sheet.name, row + below, column + right)] = refused.reason
    return judged


def _judge_array(
    place: tuple[str, int, int],
    cell: FormulaCell,
    names: Names,
    judged: dict[tuple[str, int, int], Judged],
    computed: Computed,
) -> None:
    if cell.array != (1, 1):
        raise Refused("数组公式占几个单元格", "an array formula fills several cells")
    judged[place] = judge(cell.text, place[0], place[1], names, array=True)


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
            return judge(text, sheet, row, names)
        try:
            known = judge(shape, sheet, row, names)
        except Refused as refused:
            known = refused.reason
        shapes[(sheet, shape)] = known
    if isinstance(known, Text):
        raise Refused(*known)

    def restore(written: str) -> str:
        return _PLACEHOLDER.sub(lambda match: addresses[int(match[1]) - 1], written)

    return Judged(restore(known.text), tuple(map(restore, known.areas)), known.cancels, known.prints, known.hides)


def _engine(date_1904: bool, failures: set[int] | None = None) -> Workbook:
    """An empty calculation; `failures` takes the numbers of the formulas that could hide the failure of a function of ours."""
    from formualizer import EvaluationConfig, Workbook, WorkbookConfig, WorkbookMode

    settings = EvaluationConfig()
    settings.enable_parallel = False
    settings.date_system = "1904" if date_1904 else "1900"
    workbook = Workbook(config=WorkbookConfig(mode=WorkbookMode.Ephemeral, eval_config=settings))
    workbook.set_temporal_egress("serial")
    workbook.register_function(ROUND15, round15, min_args=1, max_args=1)

    def guard(name: str, count: int, function: Callable[..., Any]) -> None:
        def call(*arguments: Any) -> Any:
            try:
                return function(*arguments[:count])
            except ValueError:
                if failures is not None and len(arguments) > count:
                    failures.add(int(arguments[count]))
                raise

        workbook.register_function(name, call, min_args=count, max_args=count + 1)

    guard(PRINTED, 1, printed)
    for name, function in ((MINUS, minus), (HALF, half), (WHOLE, whole), (RATIO, ratio)):
        guard(name, 2, function)
    return workbook


_PLAIN = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_column = lru_cache(maxsize=1024)(column_number)


def needed_cells(areas: Iterable[tuple[str, str]]) -> dict[str, dict[int, tuple[int, int]]]:
    """The columns that areas touch, by sheet, each with its first and last row.

    Args:
        areas: the sheet that each stands on, and its text.
    """
    found: dict[str, dict[int, tuple[int, int]]] = {}
    for sheet, text in areas:
        if (plain := _PLAIN.fullmatch(text)) is not None:  # most areas of a long sheet: one cell of its own
            columns, column, row = found.setdefault(sheet, {}), _column(plain[1]), int(plain[2])
            known = columns.get(column)
            if known is None or not known[0] <= row <= known[1]:
                columns[column] = (min(row, known[0]), max(row, known[1])) if known else (row, row)
            continue
        area = parse_area(text)
        if area is None:
            continue
        columns = found.setdefault(area.sheets[0] if area.sheets else sheet, {})
        first, last = rows_of(area)
        left, right = columns_of(area)
        for column in range(left, right + 1):
            known = columns.get(column)
            columns[column] = (min(first, known[0]), max(last, known[1])) if known else (first, last)
    return found


def _load(workbook: Workbook, sheet: SheetCells, needed: Needed) -> None:
    """Put the constants of a sheet that are needed into the engine."""
    if not needed:
        return
    for row, column, block in sheet.constants(needed):
        for values in block:
            for index, value in enumerate(values):
                if isinstance(value, ErrorValue):
                    values[index] = _error(value)
        workbook.set_values_batch(sheet.name, row, column, block)


def _error(value: ErrorValue) -> LiteralValue:
    from formualizer import LiteralValue

    return LiteralValue.error(_CODES.get(value.text, "Value"), None)


def _evaluate(workbook: Workbook, judged: Mapping[tuple[str, int, int], Judged]) -> dict[tuple[str, int, int], Any]:
    try:
        workbook.evaluate_all()
        return {place: workbook.get_value(*place) for place in judged}
    except BaseException as fault:  # one cell failed the whole: ask for each
        if not _of_engine(fault):
            raise
    found: dict[tuple[str, int, int], Any] = {}
    for place in judged:
        try:
            found[place] = workbook.evaluate_cell(*place)
        except BaseException as fault:
            if not _of_engine(fault):
                raise
            found[place] = {"type": "Error", "kind": "Error"}
    return found


def _of_engine(fault: BaseException) -> bool:
    """Whether the engine failed: its own exceptions, and the panics of its language, which are no `Exception`."""
    from formualizer import ExcelEvaluationError

    return isinstance(fault, ExcelEvaluationError | RuntimeError) or type(fault).__name__ == "PanicException"


def _doubt(value: Any, formula: Judged) -> Text | None:
    """Why a value that the engine gave is not to be written."""
    if isinstance(value, dict):
        kind = value.get("kind")
        if kind in _ERRORS:
            return None
        if kind in ("Num", "Ref"):
            return _NO_VALUE
        return {"Value": _CONVERTED, "Circ": _CIRCULAR}.get(str(kind), _FAILED)
    if isinstance(value, float):
        if not math.isfinite(value):
            return _FAILED
        if formula.cancels and 0 < abs(value) < _TINY:
            return _ROUNDING
        return None
    if formula.prints and isinstance(value, str) and _MANY_DIGITS.search(value):
        return _ROUNDING
    return None if value is None or isinstance(value, int | str) else _FAILED


def _value(value: Any) -> Value | ErrorValue:
    if isinstance(value, dict):
        return ErrorValue(_ERRORS[value["kind"]])
    if value is None:
        return 0.0
    if isinstance(value, bool | str):
        return value
    return float(value) + 0.0  # no negative zero


def _dependents(
    judged: Mapping[tuple[str, int, int], Judged], tainted: set[tuple[str, int, int]], sheets: list[SheetCells]
) -> Iterator[tuple[str, int, int]]:
    """The formulas that depend on a tainted cell, also through others.

    The engine itself follows the dependencies: in a second workbook tainted cells hold 1 and every formula is the maximum
    of the cells that the real one reads.
    """
    if not tainted:
        return
    workbook = _engine(False)
    for sheet in sheets:
        workbook.add_sheet(sheet.name)
    for place in tainted:
        workbook.set_value(*place, 1)
    followed = {place: formula for place, formula in judged.items() if place not in tainted and formula.areas}
    for place, formula in followed.items():
        areas = list(formula.areas)
        while len(areas) > 200:
            areas = [f"MAX({','.join(areas[at : at + 200])})" for at in range(0, len(areas), 200)]
        workbook.set_formula(*place, f"=MAX({','.join(areas)})")
    reached = _evaluate(workbook, followed)
    for place, value in reached.items():
        if value != 0:
            yield place
