"""Which element of one sequence is which of another: by content, in order, with moves told apart.

Four steps: what is equal and in order is paired (unique elements first, as patience diff does, then the longest common
subsequence, rapidfuzz's bit-parallel one, which is fast where `difflib` is quadratic); what is equal and out of order has
moved; what is similar is paired within each gap; gaps of equal length that remain are paired by position.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from generator.kept.light_tuples import NamedTuple

SIMILAR = 0.5  # from here on two elements count as the same one, changed
_LCS_CELLS = 400_000_000  # one bit each
_GAP_CELLS = 60_000

Pair = tuple[int, int]


class Alignment(NamedTuple):
    """Indices: `pairs` (old, new) in order, those only in the old and only in the new one, and `moved` pairs."""

    pairs: list[Pair]
    deleted: list[int]
    inserted: list[int]
    moved: list[Pair]

    @property
    def plain(self) -> bool:
        """Nothing was inserted, deleted or moved."""
        return not (self.deleted or self.inserted or self.moved)

    def around(self, j: int) -> tuple[list[int], list[int]]:
        """The old indices of what stayed above new element j, and of what stayed below it."""
        return [x for x, y in self.pairs if y < j], [x for x, y in self.pairs if y > j]


def align(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    *,
    similarity: Callable[[int, int], float] | None = None,
    movable: Callable[[int], bool] | None = None,
    compatible: Callable[[int, int], bool] | None = None,
) -> Alignment:
    """Align two sequences.

    Args:
        old, new: their elements, equal where they mean the same.
        similarity: of old element i and new element j, 0 to 1; not called for equal ones.
        movable: whether old element i is so particular that it is recognised elsewhere; none is by default.
        compatible: whether old element i may have become new element j without being similar; every one by default.
    """
    if list(old) == list(new):
        return Alignment([(i, i) for i in range(len(old))], [], [], [])
    pairs = _equal_pairs(old, new)
    moved = _moves(old, new, pairs, movable) if movable else []
    gone, come = {i for i, _ in moved}, {j for _, j in moved}
    found: list[Pair] = []
    last = (-1, -1)
    for pair in [*pairs, (len(old), len(new))]:
        left = [i for i in range(last[0] + 1, pair[0]) if i not in gone]
        right = [j for j in range(last[1] + 1, pair[1]) if j not in come]
        if left and right:
            found += _gap(left, right, similarity, compatible)
        found.append(pair)
        last = pair
    found.pop()
    paired_old, paired_new = {i for i, _ in found} | gone, {j for _, j in found} | come
    deleted = [i for i in range(len(old)) if i not in paired_old]
    inserted = [j for j in range(len(new)) if j not in paired_new]
    return Alignment(found, deleted, inserted, moved)


def _equal_pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Pair]:
    numbers: dict[Hashable, int] = {}
    a = [numbers.setdefault(key, len(numbers)) for key in old]
    b = [numbers.setdefault(key, len(numbers)) for key in new]
    pairs: list[Pair] = []
    stack = [(0, len(a), 0, len(b), True)]
    while stack:
        alo, ahi, blo, bhi, unique = stack.pop()
        while alo < ahi and blo < bhi and a[alo] == b[blo]:
            pairs.append((alo, blo))
            alo, blo = alo + 1, blo + 1
        while alo < ahi and blo < bhi and a[ahi - 1] == b[bhi - 1]:
            ahi, bhi = ahi - 1, bhi - 1
            pairs.append((ahi, bhi))
        if alo == ahi or blo == bhi:
            continue
        anchors = _unique_anchors(a, alo, ahi, b, blo, bhi) if unique else []
        if not anchors:
            pairs += [(alo + i, blo + j) for i, j in common_subsequence(a[alo:ahi], b[blo:bhi])]
            continue
        for i, j in anchors:
            stack.append((alo, i, blo, j, True))
            pairs.append((i, j))
            alo, blo = i + 1, j + 1
        stack.append((alo, ahi, blo, bhi, True))
    pairs.sort()
    return pairs


def _unique_anchors(a: list[int], alo: int, ahi: int, b: list[int], blo: int, bhi: int) -> list[Pair]:
    """The elements that occur once on each side, their longest run in one order."""
    left, right = Counter(a[alo:ahi]), Counter(b[blo:bhi])
    places = {key: j for j, key in enumerate(b[blo:bhi], blo) if right[key] == 1}
    both = [(i, places[key]) for i, key in enumerate(a[alo:ahi], alo) if left[key] == 1 and key in places]
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, (_, j) in enumerate(both):
        position = bisect_left(tails, j)
        previous.append(ends[position - 1] if position else -1)
        if position == len(tails):
            tails.append(j)
            ends.append(index)
        else:
            tails[position] = j
            ends[position] = index
    found: list[Pair] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(both[index])
        index = previous[index]
    found.reverse()
    return found


def common_subsequence(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Pair]:
    """The longest common subsequence as pairs of indices; found in stretches where the two are very long and very unlike."""
    if len(a) * len(b) > _LCS_CELLS:
        return _in_stretches(a, b)
    from rapidfuzz.distance import LCSseq

    return [
        (block.src_start + k, block.dest_start + k)
        for block in LCSseq.opcodes(a, b)
        if block.tag == "equal"
        for k in range(block.src_end - block.src_start)
    ]


def _in_stretches(a: Sequence[Hashable], b: Sequence[Hashable]) -> list[Pair]:
    """Very long sequences stretch by stretch, cut at the same shares of both: only what crosses a cut may be missed."""
    count = math.isqrt(len(a) * len(b) // _LCS_CELLS) + 1
    found: list[Pair] = []
    for k in range(count):
        i, i_end = k * len(a) // count, (k + 1) * len(a) // count
        j, j_end = k * len(b) // count, (k + 1) * len(b) // count
        found += [(i + x, j + y) for x, y in common_subsequence(a[i:i_end], b[j:j_end])]
    return found


def _moves(
    old: Sequence[Hashable], new: Sequence[Hashable], pairs: list[Pair], movable: Callable[[int], bool]
) -> list[Pair]:
    left, right = {i for i, _ in pairs}, {j for _, j in pairs}
    gone: dict[Hashable, list[int]] = defaultdict(list)
    for i, key in enumerate(old):
        if i not in left and movable(i):
            gone[key].append(i)
    come: dict[Hashable, list[int]] = defaultdict(list)
    for j, key in enumerate(new):
        if j not in right and key in gone:
            come[key].append(j)
    return sorted(
        (i, j)
        for key, places in come.items()
        if len(places) == len(gone[key])
        for i, j in zip(gone[key], places, strict=True)
    )


def _gap(
    left: list[int],
    right: list[int],
    similarity: Callable[[int, int], float] | None,
    compatible: Callable[[int, int], bool] | None,
) -> list[Pair]:
    similar = []
    if similarity is not None and (len(left) > 1 or len(right) > 1) and len(left) * len(right) <= _GAP_CELLS:
        similar = _similar(left, right, similarity)
    found: list[Pair] = []
    last = (-1, -1)
    for pair in [*similar, (len(left), len(right))]:
        a, b = left[last[0] + 1 : pair[0]], right[last[1] + 1 : pair[1]]
        if len(a) == len(b):
            found += [(i, j) for i, j in zip(a, b, strict=True) if compatible is None or compatible(i, j)]
        if pair[0] < len(left):
            found.append((left[pair[0]], right[pair[1]]))
        last = pair
    return found


def _similar(left: list[int], right: list[int], similarity: Callable[[int, int], float]) -> list[Pair]:
    """The pairs in order whose similarities add up to the most."""
    width = len(right)
    best = [[0.0] * (width + 1) for _ in range(len(left) + 1)]
    scores = [[similarity(i, j) for j in right] for i in left]
    for x in range(len(left) - 1, -1, -1):
        row, below, score = best[x], best[x + 1], scores[x]
        for y in range(width - 1, -1, -1):
            value = max(below[y], row[y + 1])
            if score[y] >= SIMILAR and below[y + 1] + score[y] > value:
                value = below[y + 1] + score[y]
            row[y] = value
    found: list[Pair] = []
    x = y = 0
    while x < len(left) and y < width:
        if scores[x][y] >= SIMILAR and best[x][y] == best[x + 1][y + 1] + scores[x][y] and best[x][y] > 0:
            found.append((x, y))
            x, y = x + 1, y + 1
        elif best[x][y] == best[x + 1][y]:
            x += 1
        else:
            y += 1
    return found


def align_by_values(
    old: Sequence[Sequence[Any]], new: Sequence[Sequence[Any]], filled: Callable[[Any], int]
) -> Alignment:
    """Align columns by the values in them; as many as before keep their places unless one stands elsewhere now.

    Args:
        old, new: the values of each column.
        filled: how many values of a column say something.
    """
    keys_a, keys_b = [tuple(column) for column in old], [tuple(column) for column in new]
    places = set(keys_b)
    if len(old) == len(new) and not any(
        key != other and key in places and filled(key) for key, other in zip(keys_a, keys_b, strict=True)
    ):
        return Alignment([(i, i) for i in range(len(old))], [], [], [])
    counters_a, counters_b = [Counter(column) for column in old], [Counter(column) for column in new]

    def alike(i: int, j: int) -> float:
        most = max(len(old[i]), len(new[j]))
        return sum((counters_a[i] & counters_b[j]).values()) / most if most else 0.0

    return align(keys_a, keys_b, similarity=alike, movable=lambda i: filled(old[i]) > 1)


class Axis:
    """Where each row (or column) of the old grid went, counted from 1; beyond the last one all move alike."""

    def __init__(self, alignment: Alignment, old_length: int, new_length: int):
        self.identity = alignment.plain and old_length == new_length
        self.old_length, self.new_length = old_length, new_length
        self.reordered = bool(alignment.moved)
        self.permuted = self.reordered and not alignment.inserted and not alignment.deleted
        self._new: list[int] = []
        self._kept_old: list[int] = []
        self._kept_new: list[int] = []
        if not self.identity:
            self._new = [0] * (old_length + 1)
            both = [*alignment.pairs, *alignment.moved]
            for i, j in both:
                self._new[i + 1] = j + 1
            self._kept_old = sorted(i + 1 for i, _ in both)
            self._kept_new = sorted(j + 1 for _, j in both)

    def map(self, position: int) -> int | None:
        """The new position of an old one, None where it is gone."""
        if self.identity:
            return position
        if position > self.old_length:
            return position - self.old_length + self.new_length
        return self._new[position] or None

    def same(self, low: int, high: int, new_low: int, new_high: int, limit: int | None = None) -> bool:
        """Whether two ranges hold the same rows: those that were inserted or deleted within or beside them do not count.

        A range that ends at `limit`, the last row or column that a sheet can have, ends there wherever its rows went.
        """
        if self.identity:
            return low == new_low and high == new_high
        if limit is not None and high == limit and low <= self.old_length:
            if new_high != limit:
                return False
            high, new_high = self.old_length, max(new_low, self.new_length)
        first = self._first(low, self._kept_old, self.old_length)
        last = self._last(high, self._kept_old, self.old_length)
        new_first = self._first(new_low, self._kept_new, self.new_length)
        new_last = self._last(new_high, self._kept_new, self.new_length)
        if first > last or new_first > new_last:  # all of it is gone, or all of it is new
            return first > last and new_first > new_last
        if self.reordered:
            return self._holds_the_same(low, high, new_low, new_high)
        return self.map(first) == new_first and self.map(last) == new_last

    def _holds_the_same(self, low: int, high: int, new_low: int, new_high: int) -> bool:
        """Where rows changed places a range is known by the rows in it, not by its ends."""
        if self.surviving(low, high) != self.kept_in(new_low, new_high):
            return False
        images = [new for new in self._new[low : min(high, self.old_length) + 1] if new]
        return not images or (new_low <= min(images) and max(images) <= new_high)

    def first(self, low: int, high: int) -> int | None:
        """The new position of the first row of a range that is left."""
        if self.identity:
            return low
        first = self._first(low, self._kept_old, self.old_length)
        return self.map(first) if first <= high else None

    def surviving(self, low: int, high: int) -> int:
        """How many old rows of a range are left."""
        return self._count(low, high, self._kept_old, self.old_length)

    def kept_in(self, low: int, high: int) -> int:
        """How many rows of a new range were there before."""
        return self._count(low, high, self._kept_new, self.new_length)

    def _count(self, low: int, high: int, kept: list[int], length: int) -> int:
        if self.identity:
            return high - low + 1
        within = bisect_left(kept, min(high, length) + 1) - bisect_left(kept, low)
        return within + max(0, high - max(low, length + 1) + 1)

    def _first(self, position: int, kept: list[int], length: int) -> int:
        index = bisect_left(kept, position)
        return kept[index] if index < len(kept) else max(position, length + 1)

    def _last(self, position: int, kept: list[int], length: int) -> int:
        if position > length:
            return position
        index = bisect_left(kept, position + 1)
        return kept[index - 1] if index else 0
