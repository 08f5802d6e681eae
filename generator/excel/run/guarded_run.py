"""Every fault of a render: the programs run again, each expression guarded, so that one mistake hides no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from generator.diagnostics import Diagnostic, Invalid
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import in_document
from generator.excel.compile.program import recording
from generator.excel.run.row_batches import faults_of
from generator.excel.run.sheet_limits import TooManyColumns, TooManyRows
from generator.excel.run.sheet_render import SheetRun
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS
from generator.template.budget import LimitExceeded
from generator.template.fault_frames import fault_line, fault_names
from generator.template.faults import PlacedTag
from generator.template.jinja_program import Program
from generator.template.output import Output
from generator.template.raised_faults import SUGGESTED, limit_fault, render_fault
from generator.template.rebuilt import runs_once


def find_faults(
    run: Callable[[], SheetRun], context: Mapping[str, Any], first: Exception, programs: Sequence[Program]
) -> list[Diagnostic]:
    """Every fault of a sheet's tags with a context, from a second run in which each expression is guarded.

    Args:
        run: makes a fresh run of the sheet.
        context: what it was rendered with.
        first: what the first run raised.
        programs: what is run again.
    """
    sheet = run()
    if isinstance(first, TooManyRows | TooManyColumns):
        anchor = {"sheet": sheet.compiled.sheet.name}
        code = "excel-too-many-rows" if isinstance(first, TooManyRows) else "excel-too-many-columns"
        limit = MAX_ROWS if isinstance(first, TooManyRows) else MAX_COLUMNS
        return [diagnostic(code, in_document(anchor), limit=limit)]
    output = sheet.output()

    def seen(piece: Any) -> None:
        if type(piece) is tuple and len(piece) == 3 and sheet.compiled.columns:
            output.render = iter(sheet.kept)

    found = all_faults(sheet.compiled.places, output, context, first, programs, seen)
    told = set(found)
    return found + [finding for finding in sheet.findings if finding not in told]


def all_faults(
    places: Sequence[PlacedTag],
    output: Output,
    context: Mapping[str, Any],
    first: Exception,
    programs: Sequence[Program],
    seen: Callable[[Any], None] = lambda piece: None,
) -> list[Diagnostic]:
    """Every fault that programs have with a context.

    Args:
        places: the tags by line.
        output: of a fresh run.
        context: if it holds an iterator that the first run used up, only the first fault is told.
        first: what the first run raised.
        programs: what is run again.
        seen: takes what the programs yield.
    """
    known = _finding(places, first, fault_line(first), context)
    if isinstance(first, LimitExceeded) or runs_once(context):
        return [known]
    found: dict[Diagnostic, None] = {}  # in their order, each once

    def record(fault: Exception, line: int) -> None:
        found.setdefault(_finding(places, fault, line, context, suggest=len(found) < SUGGESTED))

    output.recorder = record
    cell = getattr(output, "functions", {}).get("cell")
    try:
        for program in programs:
            for piece in recording(program).chunks(context, output):
                if cell and type(piece) is tuple and type(piece[-1]) is tuple:  # a row: no program writes its values
                    for line, fault in faults_of(piece[2], piece[-1], cell):
                        record(fault, line)
                seen(piece)
    except Exception as fault:
        if not isinstance(fault, LimitExceeded):  # both runs spend one budget: what the first run met is told
            record(fault, fault_line(fault) or 1)
    return [*found] or [known]


def _finding(
    places: Sequence[PlacedTag], fault: Exception, line: int | None, context: Mapping[str, Any], *, suggest: bool = True
) -> Diagnostic:
    """An exception as a finding; raised again if no template or data can cause it."""
    if line is not None and line <= len(places):
        if isinstance(fault, Invalid):  # of a value that says itself what is wrong
            where = places[line - 1].location
            return fault.diagnostics[0].at(place=where.place, anchor=where.anchor)
        names = fault_names(fault) if suggest else set()
        found = render_fault(places[line - 1], fault, names | context.keys())
        if found is not None:
            return found
    if isinstance(fault, LimitExceeded):
        return limit_fault(fault)
    raise fault
