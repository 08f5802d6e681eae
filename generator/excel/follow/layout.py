"""The layout map: where every row, column and sheet of a template stands in the rendered workbook.

A template's rows (or columns) fall into *bands*: runs of rows that always appear together, with control rows
(`{%tr for … %}`) between them. Rendering places a band zero, one or many times; each placement has an *instance*, the
iteration indexes of the loops around the band, outermost first. Everything that holds an address asks this map:

* `AxisLayout.outputs(4)`: where row 4 went: `((0,), 4), ((1,), 5), …`;
* `AxisLayout.seen_from(4, origin)`: the rows that row 4 means to a formula at `origin`: in the same loop those of its own
  instance, for a row of an outer loop that loop's instance, from elsewhere the covering span;
* `AxisLayout.cover(4, 6, origin)`: the same for a range;
* `AxisLayout.within(4, 6, span)`: exactly the rows of the range in there, where other rows stand between them;
* `AxisLayout.beside(4, origin)`: the row that a control row means to the rows that touch it;
* `AxisLayout.instances(4, 5)`: a range that is repeated as a whole (a merge, a picture), once for each instance;
* `AxisLayout.spans(4, 5)`: all the places of a range (a conditional format);
* `AxisLayout.anchor(4)`: where something that must stand somewhere goes, though its row is gone.

Placements that follow each other regularly are kept as one run, so a loop of a million equal rows costs one entry.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain

from generator.excel.follow.placed_bands import GROUP, Band, BandGroup, Instance, Origin, Run, Span, groups, shared
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import MAX_ROWS

_MOST_SPANS = 20_000  # ranges of an axis whose output is remembered


@dataclass(frozen=True, slots=True)
class AxisLayout:
    """The rows, or the columns, of one rendered sheet.

    Args:
        bands: in source order; positions in no band are control rows, which are gone. The last band reaches `limit`.
        runs: the placements of each band, in output order.
        limit: the last position that the format knows.
    """

    bands: tuple[Band, ...]
    runs: tuple[tuple[Run, ...], ...]
    limit: int = MAX_ROWS
    _firsts: tuple[int, ...] = field(init=False, repr=False, compare=False)
    _spans: dict[tuple[int, int], list[Span]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _known_groups: list[BandGroup] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_firsts", tuple(band.first for band in self.bands))

    @classmethod
    @cache
    def unmoved(cls, limit: int = MAX_ROWS) -> AxisLayout:
        """The layout of an axis without tags: every position stays."""
        return cls((Band(1, limit),), ((Run((), -1, 1),),), limit)

    @property
    def identity(self) -> bool:
        """Whether every position stays where it is."""
        return len(self.bands) == 1 and self.bands[0].first == 1 and self._range(0, ()) == (1, 1)

    def band_of(self, source: int) -> int | None:
        """The index of the band of a source position; None for a control row."""
        index = bisect_right(self._firsts, source) - 1
        return index if index >= 0 and source <= self.bands[index].last else None

    def loops(self, source: int) -> tuple[int, ...]:
        """The loops around a source position, outermost first; () for a control row."""
        index = self.band_of(source)
        return () if index is None else self.bands[index].loops

    def around(self, first: int, last: int) -> tuple[int, ...] | None:
        """The loops around all that is printed of a source range, outermost first; None where all of it is control rows."""
        low = max(bisect_right(self._firsts, first) - 1, 0)
        high = bisect_right(self._firsts, last) - 1
        if low <= high and self.bands[low].last < first:
            low += 1
        if low > high:
            return None
        loops = self.bands[low].loops  # the bands of a loop follow each other, so those between share what the ends do
        return loops[: shared(loops, self.bands[high].loops)]

    def beside(self, source: int, origin: Origin | None) -> int | None:
        """The output position that a control row means to a formula in the band that touches it: the one before, or behind.

        So the row above a loop's first is the header in the first iteration and the previous output row in each later one.
        None: it is no control row, or does not touch the origin's band, or nothing can stand there. 0: nothing stands above.
        """
        index = self.band_of(origin.source) if origin else None
        if origin is None or index is None or self.band_of(source) is not None:
            return None
        band = self.bands[index]
        start = self.at(band.first, origin.instance)
        if start is not None and source == band.first - 1:
            return start - 1
        if start is not None and source == band.last + 1:
            return start + band.last - band.first + 1
        return None

    def opens(self, source: int, origin: Origin) -> bool:
        """Whether a control row next to the origin's band opens or closes the origin's own loop."""
        index = self.band_of(origin.source)
        loops = self.loops(origin.source)
        if index is None or not loops:
            return False
        other = index - 1 if source < origin.source else index + 1
        return not 0 <= other < len(self.bands) or loops[-1] not in self.bands[other].loops

    def enters(self, source: int, origin: Origin) -> bool:
        """Whether a control row next to the origin's band stands between it and a loop that the origin is not in."""
        index = self.band_of(origin.source)
        if index is None or self.band_of(source) is not None:
            return False
        band = self.bands[index]
        if source not in (band.first - 1, band.last + 1):
            return False
        other = index - 1 if source < origin.source else index + 1
        loops = self.bands[other].loops if 0 <= other < len(self.bands) else ()
        return len(loops) > shared(loops, band.loops) and not self.opens(source, origin)

    def outputs(self, source: int) -> Iterator[tuple[Instance, int]]:
        """Every output position of a source position with its instance, in output order."""
        index = self.band_of(source)
        if index is None:
            return
        offset = source - self.bands[index].first
        for run in self.runs[index]:
            for number in range(run.count):
                yield run.instance(number), run.output(number) + offset

    def at(self, source: int, instance: Instance) -> int | None:
        """The output position of a source position in exactly this instance; None if it is not there."""
        index = self.band_of(source)
        if index is None or len(instance) != len(self.bands[index].loops):
            return None
        starts = self._range(index, instance)
        return None if starts is None else starts[0] + source - self.bands[index].first

    def seen_from(self, source: int, origin: Origin | None = None) -> Span | None:
        """What a source position means to a formula at `origin` (None: a formula outside all loops, or on another sheet).

        One position, or the span that covers the positions of a loop that `origin` is not in. None: nothing was rendered.
        """
        return self.cover(source, source, origin)

    def cover(self, first: int, last: int, origin: Origin | None = None) -> Span | None:
        """What the source range `first` to `last` means to a formula at `origin`: the span that covers what it sees of it.

        An end whose position was not rendered moves inwards. None: nothing of the range was rendered.
        """
        begin = end = None
        low = max(bisect_right(self._firsts, first) - 1, 0)
        high = bisect_right(self._firsts, last)
        indexes: Iterable[int] = range(low, high)
        if high - low > 2 * GROUP:
            start, stop = low // GROUP + 1, (high - 1) // GROUP  # whole groups, without the ends of the range
            own = self.loops(origin.source)[:1] if origin else ()
            alike = [number for number in range(start, stop) if not own or own[0] not in self._groups[number].loops]
            for number in alike:
                block = self._groups[number]
                if block.first is not None:
                    begin = block.first if begin is None else min(begin, block.first)
                    end = block.last if end is None else max(end, block.last)
            others = sorted({*range(start, stop)}.difference(alike))
            inner = (index for number in others for index in range(number * GROUP, (number + 1) * GROUP))
            indexes = chain(range(low, start * GROUP), inner, range(stop * GROUP, high))
        for index in indexes:
            band = self.bands[index]
            starts = self._seen(index, origin) if band.last >= first else None
            if starts is None:
                continue
            # of bands that alternate in a loop, the one that comes first in the template need not come first or last here
            top, bottom = starts[0] + max(first - band.first, 0), starts[1] + min(last, band.last) - band.first
            begin = top if begin is None else min(begin, top)
            end = bottom if end is None else max(end, bottom)
        if begin is None or end is None or begin > self.limit:
            return None
        return Span(begin, self.limit if last == self.limit else min(end, self.limit))

    def within(self, first: int, last: int, window: Span) -> list[Span]:
        """The output positions of the source range that lie in `window`, as spans in output order."""
        if window.first == window.last:
            return [window]
        known = self._spans.get((first, last))
        if known is None:
            if len(self._spans) >= _MOST_SPANS:  # the layout that moves nothing lives as long as the process
                self._spans.clear()
            known = self._spans[first, last] = self.spans(first, last)
        found = []
        for index in range(bisect_left(known, window.first, key=lambda span: span.last), len(known)):
            span = known[index]
            if span.first > window.last:
                break
            found.append(Span(max(span.first, window.first), min(span.last, window.last)))
        return found

    def instances(self, first: int, last: int) -> Iterator[tuple[Instance, Span]]:
        """The source range once for each instance of the loops that both its ends stand in, in output order.

        A range inside a loop is repeated with it; a range around a loop, or across a loop's edge, is there once and covers
        it. Instances in which nothing of it was rendered are left out. Ends on control rows count as their neighbour inside.
        """
        low = max(bisect_right(self._firsts, first) - 1, 0)
        high = bisect_right(self._firsts, last)
        inside = [index for index in range(low, high) if self.bands[index].last >= first]
        if not inside:
            return
        if len(inside) == 1 and not self.bands[inside[0]].loops:  # the common case, in one step
            span = self.cover(first, last)
            if span is not None:
                yield (), span
            return
        head, tail = self.bands[inside[0]], self.bands[inside[-1]]
        depth = shared(head.loops, tail.loops)
        prefixes: Iterable[Instance]
        if len(inside) == 1:
            prefixes = (run.instance(number) for run in self.runs[inside[0]] for number in range(run.count))
        else:
            prefixes = sorted(
                {
                    run.instance(number)[:depth]
                    for index in inside
                    for run in self.runs[index]
                    for number in range(run.count if len(run.prefix) < depth else 1)
                }
            )
        for prefix in prefixes:
            span = self.cover(first, last, Origin(head.first, prefix) if depth else None)
            if span is not None:
                yield prefix, span

    def spans(self, first: int, last: int) -> list[Span]:
        """All output positions of the source range, as spans in output order with gaps only where something else stands."""
        found: list[Span] = []
        for index in self._told_apart(first, last, found):
            band = self.bands[index]
            low, high = max(first, band.first), min(last, band.last)
            if low > high:
                continue
            for run in self.runs[index]:
                if run.stride == high - low + 1 and run.count > 1:
                    begin = run.start + low - band.first
                    found.append(Span(begin, begin + run.stride * run.count - 1))
                    continue
                for number in range(run.count):
                    begin = run.output(number) + low - band.first
                    found.append(Span(begin, begin + high - low))
        found.sort()
        joined: list[Span] = []
        for span in found:
            if joined and span.first <= joined[-1].last + 1:
                joined[-1] = Span(joined[-1].first, max(joined[-1].last, span.last))
            else:
                joined.append(span)
        if joined and last == self.limit:
            joined[-1] = Span(joined[-1].first, self.limit)
        return [Span(span.first, min(span.last, self.limit)) for span in joined if span.first <= self.limit]

    def _told_apart(self, first: int, last: int, found: list[Span]) -> Iterable[int]:
        """The bands of a range in the loops that its ends cut; what lies between them, whole, is put into `found`."""
        low = max(bisect_right(self._firsts, first) - 1, 0)
        high = bisect_right(self._firsts, last)
        start, stop = low + 1, high - 1
        while start < stop and self.bands[start].loops[:1] == self.bands[low].loops[:1] != ():
            start += 1
        while start < stop and self.bands[stop - 1].loops[:1] == self.bands[high - 1].loops[:1] != ():
            stop -= 1
        if start >= stop:
            return range(low, high)
        between = self.cover(self.bands[start].first, self.bands[stop - 1].last)
        if between is not None:
            found.append(between)
        return chain(range(low, start), range(stop, high))

    def anchor(self, source: int, origin: Origin | None = None) -> int:
        """Where something at a source position goes: its first output position, else that of what comes next.

        Position 1 for a sheet of which nothing was rendered.
        """
        span = self.cover(source, self.limit, origin) or self.cover(source, self.limit)
        return span.first if span else 1

    @property
    def _groups(self) -> list[BandGroup]:
        if not self._known_groups:
            self._known_groups.extend(groups(self.bands, self.runs))
        return self._known_groups

    def _seen(self, index: int, origin: Origin | None) -> tuple[int, int] | None:
        band = self.bands[index]
        if origin is None or not band.loops:
            return self._range(index, ())
        depth = min(shared(band.loops, self.loops(origin.source)), len(origin.instance))
        return self._range(index, origin.instance[:depth])

    def _range(self, index: int, prefix: Instance) -> tuple[int, int] | None:
        """Start positions of a band's first and last placement among the instances that begin with `prefix`."""
        runs = self.runs[index]
        if not runs:
            return None
        if not prefix:
            return runs[0].start, runs[-1].output(runs[-1].count - 1)
        depth = len(prefix)
        if depth == len(self.bands[index].loops):
            run = self._run(index, prefix)
            if run is None:
                return None
            start = run.output(prefix[-1] - run.index)
            return start, start
        low = bisect_left(runs, prefix, key=lambda run: run.prefix[:depth])
        high = bisect_right(runs, prefix, key=lambda run: run.prefix[:depth])
        if low == high:
            return None
        return runs[low].start, runs[high - 1].output(runs[high - 1].count - 1)

    def _run(self, index: int, instance: Instance) -> Run | None:
        """The placements of a band of loops that hold one in exactly this instance."""
        number = self._last_run(index, instance)
        run = self.runs[index][number]
        if number < 0 or run.prefix != instance[:-1] or instance[-1] - run.index >= run.count:
            return None
        return run

    def _last_run(self, index: int, instance: Instance) -> int:
        """The number of a band's last run that begins with this instance or before; -1: none does."""
        return (
            bisect_right(self.runs[index], (instance[:-1], instance[-1]), key=lambda run: (run.prefix, run.index)) - 1
        )

    def alike_until(self, source: int, instance: Instance) -> int:
        """The end of the turns, from this instance's on, in which each band of the innermost loop is placed alike.

        Each is placed in all of them as far apart, or in none. 0: the loop holds others, or the instance has no place.
        """
        own = self.loops(source)
        end = MAX_ROWS
        stride = None
        for index, band in enumerate(self.bands):
            if band.loops[: len(own)] != own:
                continue
            run = self._run(index, instance) if band.loops == own and self.runs[index] else None
            if band.loops != own or len(instance) != len(own):
                return 0
            if run is None:
                following = self._last_run(index, instance) + 1
                if following < len(self.runs[index]) and self.runs[index][following].prefix == instance[:-1]:
                    end = min(end, self.runs[index][following].index)
                if band.first <= source <= band.last:
                    return 0
                continue
            if stride not in (None, run.stride):
                return 0
            stride, end = run.stride, min(end, run.index + run.count)
        return end

    def evenly_until(self, source: int, turn: int) -> int:
        """The end of the turns of a position's only loop, from one on, that lie evenly; 0: they do not."""
        index = self.band_of(source)
        runs = () if index is None or len(self.bands[index].loops) != 1 else self.runs[index]
        if len(runs) > 1:
            return 0
        end = max((run.index + run.count for run in runs), default=0)
        return end if turn < end else MAX_ROWS
