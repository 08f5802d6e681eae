"""The engine (formualizer) with our own functions in it."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, Any

from generator.excel.calculate import comparisons
from generator.excel.calculate.cell_arrays import (
    Doubtful,
    error,
    flat,
    is_number,
    over_arrays,
    round15,
    rows_of_value,
    single,
)
from generator.excel.calculate.computed_columns import Place
from generator.excel.calculate.criteria import criterion, doubtful_numbers, read_criterion
from generator.excel.calculate.formula_forms import MARK, OMITTED, TOLD, Judged
from generator.excel.calculate.own_functions import OWN
from generator.excel.calculate.signatures import (
    COMPARE,
    CRITERION,
    DAYED,
    FILLED,
    HALF,
    KEY,
    MINUS,
    MODULO,
    NUMBERS,
    NUMERIC,
    PRINTED,
    RAISED,
    RATIO,
    SIGNED,
    SINGLE,
    SPILL,
    WHOLE,
)
from generator.excel.calculate.text_numbers import number_or_error
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import MAX_ROWS

if TYPE_CHECKING:
    from formualizer import Workbook

_NUMBER = "\ufdd0"  # before the number of the formula that a function of ours serves
_DATED = ("TEXT", "YEAR", "MONTH", "DAY", "WEEKDAY", "DATEDIF", "VALUE", "DATEVALUE")  # they count days from 1900
NEAR = "NEAR_"
_CLOSE = 1e-13


@dataclass(slots=True)
class Told:
    """What functions of ours tell beside their results, by the number of the formula.

    Args:
        failures: formulas of which one of ours failed.
        asked: the numbers that criteria and keys of a formula were.
        spilled: the rows of values of a formula that gives an array.
        near: sorted numbers of an area which a criterion could take or leave (see `doubtful_numbers`), by the area's number,
            which is negative: no formula's.
        last_row: the last of all sheets that holds anything.
    """

    failures: set[int] = field(default_factory=set)
    asked: dict[int, list[float]] = field(default_factory=dict)
    spilled: dict[int, list[list[Any]]] = field(default_factory=dict)
    near: dict[int, list[float]] = field(default_factory=dict)
    last_row: int = MAX_ROWS


_FEW = 500  # formulas whose text is searched for the names of functions


def empty_engine(date_1904: bool, told: Told, formulas: Collection[str] = ()) -> Workbook:
    """An empty calculation.

    Args:
        date_1904: whether its days count from 1904.
        told: takes what functions of ours tell.
        formulas: what will be computed; of few formulas those functions of ours alone are told to the engine that they name.
    """
    from formualizer import EvaluationConfig, Workbook, WorkbookConfig, WorkbookMode

    settings = EvaluationConfig()
    settings.enable_parallel = False
    settings.date_system = "1904" if date_1904 else "1900"
    workbook = Workbook(config=WorkbookConfig(mode=WorkbookMode.Ephemeral, eval_config=settings))
    workbook.set_temporal_egress("serial")
    named = "\n".join(formulas) if len(formulas) <= _FEW else None
    for name, function in _PLAIN.items():
        if named is None or name in named:
            workbook.register_function(name, _guarded(function, told, False), min_args=0, max_args=None)
    for name, function in OWN.items():
        if named is not None and name not in named:
            continue
        ours = _counted_from_1900 if date_1904 and name in _DATED else function
        workbook.register_function(name + "__", _guarded(ours, told, False), min_args=0, max_args=None)
    for name, function in _telling(told, date_1904).items():
        workbook.register_function(name, _guarded(function, told, True), min_args=0, max_args=None)
    return workbook


def written_for(formula: Judged, number: int) -> str:
    """A judged formula as the engine takes it, the formula's number told where it matters."""
    tag = f',"{_NUMBER}{number}"'
    return "=" + formula.text.replace(MARK, tag if formula.hides else "").replace(TOLD, tag)


_PLAIN = {
    COMPARE: comparisons.compare,
    PRINTED: comparisons.printed,
    MINUS: comparisons.minus,
    HALF: comparisons.half,
    WHOLE: comparisons.whole,
    RATIO: comparisons.ratio,
    MODULO: comparisons.modulo,
    NUMBERS: comparisons.numbers_only,
    RAISED: comparisons.raised,
    FILLED: comparisons.filled,
    DAYED: comparisons.dayed,
    SIGNED: comparisons.signed,
    NUMERIC: over_arrays(number_or_error),
    SINGLE: single,
}


def _counted_from_1900(*_: Any) -> Any:
    raise Doubtful("the days of this workbook count from 1904")


def _guarded(function: Callable[..., Any], told: Told, tells: bool) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:
        number, last = None, arguments[-1] if arguments else None
        if isinstance(last, str) and last[:1] == _NUMBER:
            number, arguments = int(last[1:]), arguments[:-1]
        arguments = tuple(None if isinstance(one, str) and one == OMITTED else one for one in arguments)
        try:
            return function(*arguments, number) if tells else function(*arguments)
        except Exception:
            if number is not None:
                told.failures.add(number)
            raise

    return call


def _telling(told: Told, date_1904: bool) -> dict[str, Callable[..., Any]]:
    """The functions that tell something for the formula whose number is their last argument."""

    def ask(value: Any, number: int) -> Any:
        for one in flat(value):
            if isinstance(one, str) and date_1904 and any(sign in one for sign in "-/:"):
                raise Doubtful("the days of this workbook count from 1904")
            read = None if isinstance(one, dict) else read_criterion(one)
            if read is not None and is_number(read.operand):
                told.asked.setdefault(number, []).append(float(read.operand))
        return criterion(value)

    def key(value: Any, number: int) -> Any:
        for one in flat(value):
            if one is None:
                raise Doubtful("no value to look for")
            if is_number(one):
                if one != round15(float(one)):
                    raise Doubtful("more than 15 digits")
                told.asked.setdefault(number, []).append(float(one))
        return value

    def spill(value: Any, number: int) -> Any:
        told.spilled[number] = rows_of_value(value)
        return told.spilled[number][0][0]

    def near(values: Any, number: int) -> float:
        told.near[number] = doubtful_numbers(values)
        return 0.0

    return {CRITERION: ask, KEY: key, SPILL: spill, NEAR: near}


def is_near(number: float, sorted_numbers: list[float]) -> bool:
    """Whether a number is as good as one of some sorted ones."""
    at = bisect(sorted_numbers, number)
    return any(
        abs(one - number) <= _CLOSE * max(abs(one), abs(number)) for one in sorted_numbers[max(at - 1, 0) : at + 1]
    )


def of_engine(fault: BaseException) -> bool:
    """Whether the engine failed: its own exceptions, and the panics of its language, which are no `Exception`."""
    from formualizer import ExcelEvaluationError

    return isinstance(fault, ExcelEvaluationError | RuntimeError) or type(fault).__name__ == "PanicException"


def evaluated(workbook: Workbook, place: Place) -> Any:
    """The value of a formula that the engine has; an error of no cell's kind where it fails."""
    try:
        return workbook.evaluate_cell(*place)
    except BaseException as fault:
        if not of_engine(fault):
            raise
        return error("Error")
