"""The rows, or columns, that a range of a formula means in the rendered sheet, one axis at a time."""

from __future__ import annotations

from generator.excel.follow.layout import AxisLayout, Origin, Span
from generator.ooxml.addresses import Position

Corner = tuple["Position | None", "Position | None"]


def follow_ends(
    first: Position | None, last: Position | None, single: bool, axis: AxisLayout, origin: Origin | None, edge: int
) -> list[Corner] | None:
    """What the ends of an area became, once for each stretch; None: only control rows, which are gone."""
    if first is None or last is None or axis.identity:
        return [(first, last)]
    loops = axis.around(first.number, last.number)
    if loops is None:  # control rows, and nothing else
        beside = None if first != last or first.absolute else axis.beside(first.number, origin)
        return [(Position(beside), Position(beside))] if beside else None
    window = axis.cover(first.number, last.number, origin)
    ends = None if origin is None or single else _neighbours(first, last, axis, origin)
    if ends is not None:
        begin = ends[0] or (window.first if window else ends[1])
        end = ends[1] or (window.last if window else ends[0])
        if not begin or not end:
            return None
        if ends[0] is None and first.absolute:
            begin = _reach(first, last, loops, axis, origin, Span(begin, end)).first
        return [(Position(min(begin, end), first.absolute), Position(max(begin, end), last.absolute))]
    if window is None:
        return [(Position(edge, first.absolute), Position(edge, last.absolute))]
    if not single and (first.absolute or last.absolute):
        window = _reach(first, last, loops, axis, origin, window)
    return [
        (Position(span.first, first.absolute), Position(span.last, last.absolute))
        for span in axis.within(first.number, last.number, window)
    ]


def _neighbours(
    first: Position, last: Position, axis: AxisLayout, origin: Origin
) -> tuple[int | None, int | None] | None:
    """The output positions of ends that are the control rows of the formula's own loop, next to it and without `$`."""
    found = [
        axis.beside(end.number, origin) if not end.absolute and axis.opens(end.number, origin) else None
        for end in (first, last)
    ]
    return (found[0], found[1]) if found[0] is not None or found[1] is not None else None


def _reach(
    first: Position, last: Position, loops: tuple[int, ...], axis: AxisLayout, origin: Origin | None, window: Span
) -> Span:
    """The window of a range with `$`, from inside its loop: down from the loop's first, down to its last, or all of it."""
    own = axis.loops(origin.source) if origin else ()
    if origin is None or not loops or not own:
        return window
    begin, end = window
    if first.absolute and last.absolute:
        if own[: len(loops)] == loops:
            wide = axis.cover(first.number, last.number, Origin(origin.source, origin.instance[: len(loops) - 1]))
            return wide or window
        return window
    if loops == own:
        wide = axis.cover(first.number, last.number, Origin(origin.source, origin.instance[:-1]))
        if wide and first.absolute:
            begin = wide.first
        elif wide:
            end = wide.last
    return Span(begin, end)
