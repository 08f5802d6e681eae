"""The marks of a draft's workbook by their places, asked for by area: a formula of a long table reads a few of thousands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, MutableMapping

from generator.excel.calculate.computed_columns import Place
from generator.ooxml.addresses import Area, columns_of, rows_of


class MarkedPlaces(MutableMapping[Place, str]):
    """Marks by place."""

    def __init__(self, texts: Mapping[Place, str] | None = None):
        self._texts: dict[Place, str] = {}
        self._rows: dict[str, dict[int, list[int]]] = {}  # by sheet and column, in order
        self.update(texts or {})

    def __getitem__(self, place: Place) -> str:
        return self._texts[place]

    def __setitem__(self, place: Place, text: str) -> None:
        if place not in self._texts:
            sheet, row, column = place
            insort(self._rows.setdefault(sheet, {}).setdefault(column, []), row)
        self._texts[place] = text

    def __delitem__(self, place: Place) -> None:
        del self._texts[place]
        sheet, row, column = place
        self._rows[sheet][column].remove(row)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def within(self, sheets: Iterable[str], area: Area) -> Iterator[Place]:
        """The places that lie in an area of these sheets, column by column."""
        for sheet, column, rows, first, last in self._columns(sheets, area):
            for row in rows[first:last]:
                yield sheet, row, column

    def first_within(self, sheets: Iterable[str], area: Area) -> Place | None:
        """The first of them by sheet, row and column."""
        heads = ((sheet, rows[first], column) for sheet, column, rows, first, _ in self._columns(sheets, area))
        return min(heads, default=None)

    def _columns(self, sheets: Iterable[str], area: Area) -> Iterator[tuple[str, int, list[int], int, int]]:
        """Sheet, column, rows, and which of these lie in the area; only where any does."""
        (top, bottom), (left, right) = rows_of(area), columns_of(area)
        for sheet in sheets:
            columns = self._rows.get(sheet, {})
            few = right - left < len(columns)
            for column in range(left, right + 1) if few else sorted(columns):
                rows = columns.get(column)
                if not rows or not left <= column <= right:
                    continue
                first, last = bisect_left(rows, top), bisect_right(rows, bottom)
                if first < last:
                    yield sheet, column, rows, first, last
