"""Bands of rows or columns that always appear together, and where a rendering placed them."""

from __future__ import annotations

from collections.abc import Sequence

from generator.kept.light_classes import dataclass
from generator.kept.light_tuples import NamedTuple

Instance = tuple[int, ...]
GROUP = 64  # bands of which one entry holds where they went


class Span(NamedTuple):
    """Output positions from `first` to `last`, both included, counted from 1."""

    first: int
    last: int


class Origin(NamedTuple):
    """From where an address is read: a source position and its instance."""

    source: int
    instance: Instance


@dataclass(frozen=True, slots=True)
class Band:
    """Source positions `first` to `last` that always appear together; `loops` are the loops around, outermost first.

    Every loop has a number of its own, so two bands share as many loops as their tuples begin alike.
    """

    first: int
    last: int
    loops: tuple[int, ...] = ()


@dataclass(slots=True)
class Run:
    """Regular placements of one band: the `count` instances from `prefix + (index,)`, one every `stride` positions."""

    prefix: Instance
    index: int
    start: int
    stride: int = 0
    count: int = 1

    def instance(self, number: int) -> Instance:
        return self.prefix if self.index < 0 else (*self.prefix, self.index + number)

    def output(self, number: int) -> int:
        return self.start + number * self.stride


class BandGroup(NamedTuple):
    """Bands that follow each other: the first and last position of all of them, and the outermost loops around them."""

    first: int | None
    last: int
    loops: frozenset[int]


def shared(left: Sequence[int], right: Sequence[int]) -> int:
    """How many loops two bands share."""
    count = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        count += 1
    return count


def groups(bands: Sequence[Band], runs: Sequence[Sequence[Run]]) -> list[BandGroup]:
    """Of each `GROUP` bands one entry."""
    found = []
    for start in range(0, len(bands), GROUP):
        placed = list(zip(bands[start : start + GROUP], runs[start : start + GROUP], strict=True))
        firsts = [own[0].start for _, own in placed if own]
        lasts = [own[-1].output(own[-1].count - 1) + band.last - band.first for band, own in placed if own]
        loops = frozenset(band.loops[0] for band, _ in placed if band.loops)
        found.append(BandGroup(min(firsts, default=None), max(lasts, default=0), loops))
    return found
