"""The values of formulas by cell; those of a run of formulas as a list, not one by one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

from generator.kept.light_classes import dataclass

Place = tuple[str, int, int]  # sheet, row, column


@dataclass(slots=True)
class RunValues:
    """The values of formulas below each other, every `stride` rows one from `row` on; None: none."""

    row: int
    stride: int
    values: list[Any]


class CellValues(MutableMapping[Place, Any]):
    """Values by sheet, row and column."""

    __slots__ = ("_runs", "singles")

    def __init__(self) -> None:
        self.singles: dict[Place, Any] = {}
        self._runs: dict[str, dict[int, list[RunValues]]] = {}

    def add_run(self, sheet: str, column: int, run: RunValues) -> None:
        """Add the values of a run, which stand below those of the column's earlier ones."""
        self._runs.setdefault(sheet, {}).setdefault(column, []).append(run)

    def runs_of(self, sheet: str) -> Mapping[int, list[RunValues]]:
        """The runs of a sheet by column."""
        return self._runs.get(sheet, {})

    def _found(self, place: Place) -> tuple[list[Any], int] | None:
        """The run's values that a place is among, and which of them."""
        sheet, row, column = place
        runs = self._runs.get(sheet, {}).get(column)
        index = bisect_right(runs, row, key=lambda run: run.row) - 1 if runs else -1
        if not runs or index < 0:
            return None
        by, rest = divmod(row - runs[index].row, runs[index].stride)
        return (runs[index].values, by) if not rest and by < len(runs[index].values) else None

    def __getitem__(self, place: Place) -> Any:
        if place in self.singles:
            return self.singles[place]
        found = self._found(place)
        value = found[0][found[1]] if found else None
        if value is None:
            raise KeyError(place)
        return value

    def __setitem__(self, place: Place, value: Any) -> None:
        self.singles[place] = value

    def __delitem__(self, place: Place) -> None:
        found = self._found(place)
        if place not in self.singles and found is None:
            raise KeyError(place)
        self.singles.pop(place, None)
        if found is not None:
            found[0][found[1]] = None

    def __iter__(self) -> Iterator[Place]:
        yield from self.singles
        for sheet, columns in self._runs.items():
            for column, runs in columns.items():
                for run in runs:
                    for by, value in enumerate(run.values):
                        if value is not None:
                            yield sheet, run.row + run.stride * by, column

    def __len__(self) -> int:
        return sum(1 for _ in self)
