"""Second runs of a render that failed: every fault with its place, the tag behind which a part broke."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment

from generator.diagnostics import Diagnostic, Invalid
from generator.kept.light_classes import dataclass
from generator.template.budget import Budget, LimitExceeded
from generator.template.captured import MarkupBuffers
from generator.template.fault_frames import fault_line, fault_names
from generator.template.faults import PlacedTag
from generator.template.output import Output, blocks
from generator.template.plain_rows import LastRows
from generator.template.raised_faults import SUGGESTED, limit_fault, render_fault
from generator.word.compile.compiled_story import CompiledPart
from generator.word.compile.fed_charts import FedChart
from generator.word.compile.tokens import Slot
from generator.word.run.additions import Additions, Part, WithinPart
from generator.word.run.chart_parts import ChartFault
from generator.word.run.inventory import Ground
from generator.word.run.last_check import UnsoundPart, parsed
from generator.word.run.render_state import Render
from generator.word.run.value_xml import writers


@dataclass(frozen=True, slots=True)
class Rerun:
    """What a second run needs of the first.

    Args:
        ground: what the template's package holds.
        charts: that take data, by their relationship.
        slots: part -> line of its program -> what prints there.
        context: names -> values.
        jinja: the environment, where it is another than the template's.
    """

    ground: Ground
    charts: Mapping[str, FedChart]
    slots: Mapping[str, Mapping[int, Slot]]
    context: Mapping[str, Any]
    jinja: Environment | None


def headed(head: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The chunks of a part behind its declaration."""
    yield head
    yield from chunks


def checked(chunks: Iterator[bytes], part: CompiledPart, again: Callable[[], Rerun], rows: LastRows) -> Iterator[bytes]:
    """The chunks of a part, parsed as they pass.

    Every part is parsed the first time that its template prints it, and each time if it holds blocks that capture
    or filter; what else prints markup is held to its place.

    Raises:
        UnsoundPart: it is not well-formed; the tag behind which that shows is named.
    """
    try:
        yield from parsed(chunks, part.member, rows)
    except UnsoundPart as fault:
        placed = _last_tag(again(), part)
        where = placed.location.place.zh if placed is not None and placed.location.place is not None else part.member
        tag = f" behind the tag {placed.tag.text} ({where})" if placed is not None else ""
        raise UnsoundPart(f"{fault}{tag}") from None


def _last_tag(run: Rerun, part: CompiledPart) -> PlacedTag | None:
    """The tag that printed last before a part stopped being well-formed, by a second run."""
    printed: list[int] = []
    write, text, _ = writers(run.slots[part.member])

    def noted(value: Any, line: int) -> bytes:
        printed.append(line)
        return write(value, line)

    additions = Additions(run.ground)
    program = part.compiled.program if run.jinja is None else part.compiled.program.within(run.jinja)
    output = Output(noted, text, Render(additions, charts=run.charts), buffers=MarkupBuffers(text))
    try:
        with WithinPart(Part(additions, part.member, part.prefixes or {})):
            for _ in parsed(headed(part.head, program.chunks(run.context, output)), part.member):
                pass
    except Exception:  # the first run's fault is the one that is told
        pass
    tags = (part.compiled.source.placed(line) for line in reversed(printed))
    return next((placed for placed in tags if placed is not None), None)


def all_faults(run: Rerun, parts: Sequence[CompiledPart], budget: Budget) -> list[Diagnostic]:
    """The first fault of each place, by a run that goes on behind each, as far as what is left of the budget takes it; none if a
    fault is the program's own."""
    found: list[Diagnostic] = []
    state = Render(Additions(run.ground), charts=run.charts)
    for part in parts:
        seen = _faults_of(run, part, state, budget)
        if seen is None or None in seen.values():
            return []
        for faults in seen.values():
            found += faults or []
    return found


def first_fault(run: Rerun, part: CompiledPart | None, fault: Exception) -> list[Diagnostic]:
    """The fault that ended a render, told at its tag; none if it has no place or is the program's own.

    Args:
        run: of the render.
        part: that was printed.
        fault: what it raised.
    """
    line = fault_line(fault)
    return [] if part is None or line is None else _told(run, part, fault, line, suggest=True) or []


def stopped(fault: LimitExceeded, part: CompiledPart | None, parts: Sequence[CompiledPart]) -> Diagnostic:
    """A limit that a render reached, at the tag where it did: nothing is run again for it.

    Args:
        fault: what ended the render.
        part: that was printed.
        parts: the template's, as they know the places of their tags.
    """
    line = fault_line(fault)
    if part is None or line is None:
        return limit_fault(fault)
    (same,) = (one for one in parts if one.member == part.member)
    return limit_fault(fault, same.compiled.source.placed(line))


def _told(run: Rerun, part: CompiledPart, fault: Exception, line: int, *, suggest: bool) -> list[Diagnostic] | None:
    """A fault at the tag of a line, an empty list where the line has none; None if it is the program's own."""
    placed = part.compiled.source.placed(line)
    if isinstance(fault, ChartFault):
        return list(fault.diagnostics)
    if placed is None:
        return []
    if isinstance(fault, Invalid):
        return [one.at(place=placed.location.place, anchor=placed.location.anchor) for one in fault.diagnostics]
    names = fault_names(fault) if suggest else set()
    diagnosis = render_fault(placed, fault, set(run.context) | names)
    return None if diagnosis is None else [diagnosis]


def _faults_of(
    run: Rerun, part: CompiledPart, state: Render, budget: Budget
) -> dict[int, list[Diagnostic] | None] | None:
    """Line -> the fault of a part there, None of the program's own; None if one has no place."""
    source, additions = part.compiled.source, state.additions
    seen: dict[int, list[Diagnostic] | None] = {}

    def record(fault: Exception, line: int) -> None:
        if line in seen:
            return
        told = _told(run, part, fault, line, suggest=len(seen) < SUGGESTED)
        if told != []:
            seen[line] = told

    write, text, _ = writers(run.slots[part.member])
    output = Output(write, text, state, record, budget, MarkupBuffers(text))
    program = part.compiled.program
    program = (program if run.jinja is None else program.within(run.jinja)).recording()
    try:
        with WithinPart(Part(additions, part.member, part.prefixes or {})):
            for _ in blocks(program.chunks(run.context, output), budget):
                pass
    except LimitExceeded:  # both runs spend one budget: what the first run met is told
        pass
    except RecursionError as fault:
        record(fault, fault_line(fault) or 1)
    except Exception as fault:  # of a statement, which a run cannot go on behind
        line = fault_line(fault)
        if line is None or (source.placed(line) is None and not isinstance(fault, ChartFault)):
            return seen if any(seen.values()) else None
        record(fault, line)
    return seen
