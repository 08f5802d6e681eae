"""Formulas that read cells beside their own rows, followed once for many turns of their loop.

`=C5/C$20`, a running balance or a look-up on another sheet differ from turn to turn in the numbers of rows alone, and these grow
evenly: of a run of turns in which every band of the loop is placed alike, a position that a formula means is either the same in
all of them or as far from the formula's own row as in the first. What is the first and what is the last of two positions at both
ends of the run is so between them. So the formula is followed for the first turn, the second and the last, and where these three
differ by such numbers alone, all between are written from them.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.diagnostics import Diagnostic
from generator.excel.follow.formulas import Frame
from generator.excel.follow.growing_texts import growing
from generator.excel.follow.layout import Instance, Origin
from generator.excel.read.formula_cells import FormulaCell
from generator.kept.light_classes import dataclass, replace
from generator.ooxml.escaping import escape

_LEAST = 6  # turns for which three are followed


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A formula over turns: its `<f>` with `%d` for the numbers that grow; these in turn 0, and by how much they grow a turn."""

    wording: bytes
    numbers: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class AlongRun:
    """A formula over a run of turns.

    Args:
        outer: the instance of the loops around.
        turns: of the innermost loop, of which this tells.
        begin: the first turn that the pattern is of.
        pattern: None where the formula is followed turn by turn.
        own: the `<f>` that reads as in the template, and the template's own bytes for it.
    """

    outer: Instance
    turns: range
    begin: int = 0
    pattern: _Pattern | None = None
    own: tuple[bytes, bytes] = (b"", b"")

    def tells(self, instance: Instance) -> bool:
        """Whether this tells of an instance."""
        return instance[-1] in self.turns and instance[:-1] == self.outer

    def at(self, turn: int) -> bytes | None:
        """The `<f>` in a turn; None where it has to be followed."""
        pattern = self.pattern
        if pattern is None or turn < self.begin:
            return None
        found = pattern.wording % tuple([number + step * turn for number, step in pattern.numbers])
        return self.own[1] if found == self.own[0] else found


def along_run(cell: FormulaCell, frame: Frame, source: int, instance: Instance, prefix: bytes) -> AlongRun:
    """A formula from one turn of its loop on.

    Args:
        cell: on a sheet whose columns stay.
        frame: what it follows by; what it cannot follow is not told here.
        source, instance: its row, and the turn.
        prefix: of the sheet's elements.
    """
    outer, turn = instance[:-1], instance[-1]
    end = _alike_until(cell, frame, source, instance) if cell.kind == "normal" else 0
    turns = range(turn, max(end, turn + 1))
    if cell.formula is None or len(turns) < _LEAST:
        return AlongRun(outer, turns)
    for begin in turns[:2]:  # the first may be another: what stands above it is no turn
        texts = [_text(cell, frame, source, (*outer, one)) for one in (begin, begin + 1, turns[-1])]
        pattern = _pattern(cell, texts, range(begin, turns.stop), prefix)
        if pattern is not None:
            return AlongRun(
                outer, turns, begin, pattern, (cell.element(escape(cell.formula.text).encode(), prefix), cell.raw)
            )
    return AlongRun(outer, turns)


def _text(cell: FormulaCell, frame: Frame, source: int, instance: Instance) -> str | None:
    """The formula in one turn; None where something is to be told of it."""
    findings: list[Diagnostic] = []
    text = cell.text(replace(frame, findings=findings), Origin(source, instance), Origin(cell.column, ()))
    return None if findings else text


def _pattern(cell: FormulaCell, texts: Sequence[str | None], turns: range, prefix: bytes) -> _Pattern | None:
    """What the texts of the first turn, the second and the last have alike; None where more than numbers differs."""
    first, second, last = texts
    if first is None or second is None or last is None:
        return None
    form = growing(first, second, 1)
    if form is None or form != growing(first, last, len(turns) - 1):
        return None
    wording, numbers = form
    start, end = cell.element(b"\0", prefix).replace(b"%", b"%%").split(b"\0")
    in_turn_0 = tuple((number - step * turns.start, step) for number, step in numbers)
    return _Pattern(start + escape(wording).encode() + end, in_turn_0)


def _alike_until(cell: FormulaCell, frame: Frame, source: int, instance: Instance) -> int:
    """The end of the turns from this one on in which all that the formula may mean is placed alike; 0: it is not."""
    sheet, turn = frame.sheet, instance[-1]
    if sheet is None or cell.formula is None:
        return 0
    end = sheet.rows.alike_until(source, instance)
    for area in cell.formula.areas:
        targets = [target for name in area.sheets for target in frame.workbook.outputs(name)] or [sheet]
        if area.sheets and sheet.row_loops and any(target.loop is not None for target in targets):
            return 0  # a sheet for each item
        if not area.single or area.top is None:
            continue
        for target in targets if sheet.row_loops else ():  # a loop over the same list (see `paired`)
            if target is not sheet or target.rows.loops(area.top.number) != sheet.rows.loops(source):
                end = min(end, target.rows.evenly_until(area.top.number, turn))
    return end
