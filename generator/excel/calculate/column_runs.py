"""Runs of formulas that read beyond their row, computed as columns: `=C5/C$20`, a balance, a running sum, a look-up.

The engine takes each formula as a text, parses it and keeps what it depends on, a microsecond here and there and 700 bytes for each of
a hundred thousand. Here the first and the last of a run are made one function of what all of them read; the cells go through it as
lists. Only what gives the very doubles of the engine is done so (see `row_steps`); a run in which anything else turns up (a text
where a number is meant, what hangs on the last bits) is left to the engine as a whole, but for its first formulas: above these there
is often a heading.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from generator.excel.calculate.cell_arrays import ROUNDING, Doubtful
from generator.excel.calculate.column_cells import OPEN, Columns
from generator.excel.calculate.computed_columns import Place
from generator.excel.calculate.formula_judging import ErrorValue
from generator.excel.calculate.formula_runs import JudgedRun
from generator.excel.calculate.row_steps import MOST_OPERANDS, Beyond, NotFound, Step, middling, read_step
from generator.excel.calculate.run_steps import MovingCells, RunWalk, Source, Waits, numbers, pairs_of
from generator.kept.light_classes import dataclass

LEAST = 200  # formulas of a run that are worth it
_HEADS = 3  # first formulas that the engine may compute
_DIVISION, _MISSING = ErrorValue("#DIV/0!"), ErrorValue("#N/A")


@dataclass(slots=True)
class ColumnRun:
    """A run of formulas as one function of the columns that they read.

    Args:
        number: of its first formula.
        run: the formulas.
        step: the function of the operands.
        walk: which operands these are.
        heads: the first formulas that the engine computes.
        values: of all behind these, once they are known.
    """

    number: int
    run: JudgedRun
    step: Step
    walk: RunWalk
    heads: int = 0
    values: list[Any] | None = None

    @property
    def row(self) -> int:
        """The row of the first formula that is computed here."""
        return self.run.row + self.run.stride * self.heads


def column_run(number: int, run: JudgedRun) -> ColumnRun | None:
    """A run as a function of columns; None where it is left to the engine."""
    first, last = run.ends[0][1], run.ends[1][1]
    if (
        run.count < LEAST
        or first.prints
        or first.alike
        or first.spills
        or (first.hides and "IFERROR" not in first.text)
    ):
        return None
    try:
        tree, pairs = pairs_of(first, last)
        walk = RunWalk(run.sheet, run.count, pairs)
        step = read_step(tree, walk)
    except Beyond:
        return None
    if step.kind == "truth" or not walk.sources or len(walk.sources) > MOST_OPERANDS:
        return None
    return ColumnRun(number, run, step, walk)


def compute_columns(
    runs: Sequence[ColumnRun], columns: Columns, known: Callable[[Place], Any], head: Callable[[ColumnRun, int], Any]
) -> list[ColumnRun]:
    """Compute runs, those that others read first; those that could be computed.

    Args:
        runs: in any order; those that are computed get their values.
        columns: what they read, in which formulas stand open; takes the values.
        known: the value of a single formula, or `OPEN` if what it reads is not known.
        head: the same of a formula of a run, by its number.
    """
    waiting = list(runs)
    computed = True
    while waiting and computed:
        computed = False
        for one in list(waiting):
            outcome = _settled(one, columns, known, head)
            if outcome is None:
                continue
            waiting.remove(one)
            if outcome:
                computed = True
                columns.put(one.run.sheet, one.row, one.run.column, one.values or [], one.run.stride)
    return [one for one in runs if one.values is not None]


def _settled(
    one: ColumnRun, columns: Columns, known: Callable[[Place], Any], head: Callable[[ColumnRun, int], Any]
) -> bool | None:
    """Whether a run could be computed; None: it waits for others."""
    asked: set[Place] = set()
    while True:
        try:
            one.values = _values(one, columns)
            return True
        except Waits as waits:
            for place in waits.places:
                value = OPEN if place in asked else known(place)
                asked.add(place)
                if value is OPEN:
                    return None
                columns.put(*place, [value])
        except Doubtful:
            return False
        except Beyond:
            if one.heads == _HEADS:
                return False
            value = head(one, one.heads)
            if value is OPEN:
                return None
            columns.put(one.run.sheet, one.row, one.run.column, [value])
            one.heads += 1


def _values(one: ColumnRun, columns: Columns) -> list[Any]:
    """The values of a run.

    Raises:
        Waits: cells that it reads are not known yet.
        Beyond, Doubtful: it is left to the engine.
    """
    run, begin = one.run, one.heads
    count = run.count - begin
    for table in one.walk.tables:
        table.read(columns)
    own: list[Any] = []
    lag = 0
    operands: list[list[float]] = []
    for source in one.walk.sources:
        before = _before(source, run)
        if 0 < before < count:
            if lag and before != lag:
                raise Beyond
            if not lag:
                own, lag = source.values(columns, before, begin), before
            operands.append(own)
        else:
            operands.append(source.values(columns, count, begin))
    call, cancels = one.step.call, run.first.cancels
    found: list[Any] = own if lag else []
    for operand in zip(*operands, strict=False):  # of its own values it reads those that were added before
        try:
            value = call(operand)
        except NotFound:
            value = _MISSING
        except ZeroDivisionError:
            value = _DIVISION
        if type(value) is float:
            if cancels and 0 < abs(value) < ROUNDING:
                raise Doubtful("rounding")
            if lag and not middling(value):
                raise Beyond
            value += 0.0  # no negative zero
        elif lag:
            numbers([value])
        found.append(value)
        if len(found) - lag == count:
            break
    return found[lag:]


def _before(source: Source, run: JudgedRun) -> int:
    """How many formulas earlier the value that a formula reads was computed, if it is the run's own; else 0."""
    own = (run.sheet, run.column, run.stride)
    if not isinstance(source, MovingCells) or (source.sheet, source.column, source.step) != own:
        return 0
    before, rest = divmod(run.row - source.row, run.stride)
    return before if not rest and before > 0 else 0
