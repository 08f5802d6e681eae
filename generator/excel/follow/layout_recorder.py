"""The layout of an axis, recorded while a program runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.excel.follow.layout import AxisLayout, Band, Instance, Run
from generator.ooxml.addresses import MAX_ROWS


class LayoutRecorder:
    """Records placements while one sheet is rendered; belongs to that render alone.

    Args:
        bands: the bands of the template's sheet, in source order.
        covered: indexes of bands of which only the covering span is ever asked (`cover` from outside); they cost nothing
            however irregularly they are placed.
    """

    def __init__(self, bands: Sequence[Band], covered: Iterable[int] = (), limit: int = MAX_ROWS):
        self._bands = tuple(bands)
        self._runs: list[list[Run]] = [[] for _ in bands]
        self._covered = frozenset(covered)
        self._limit = limit

    def place(self, band: int, instance: Instance, start: int) -> None:
        """The band stands at output position `start` in this instance; called in output order."""
        runs = self._runs[band]
        if not instance:
            runs.append(Run((), -1, start))
            return
        prefix, index = instance[:-1], instance[-1]
        if runs:
            run = runs[-1]
            count = run.count
            if run.index + count == index and run.prefix == prefix:
                if run.start + run.stride * count == start and count > 1:  # once a row
                    run.count = count + 1
                    return
                if count == 1:
                    run.stride, run.count = start - run.start, 2
                    return
            if band in self._covered and len(runs) == 2:
                runs[-1] = Run(prefix, index, start)
                return
        runs.append(Run(prefix, index, start))

    def place_rows(self, band: int, instance: Instance, starts: range) -> None:
        """The band stands at each of these positions, from this instance of its loop on."""
        prefix, turn = instance[:-1], instance[-1]
        runs = self._runs[band]
        for number, start in enumerate(starts):
            self.place(band, (*prefix, turn + number), start)
            run = runs[-1]
            if run.count > 1 and run.stride == starts.step:  # so are the others
                run.count += len(starts) - number - 1
                return

    def finish(self) -> AxisLayout:
        """The layout, when the sheet is complete."""
        return AxisLayout(self._bands, tuple(tuple(runs) for runs in self._runs), self._limit)
