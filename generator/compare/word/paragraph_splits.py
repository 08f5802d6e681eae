"""Paragraphs that were split or joined: one change, not a paragraph that came and a text that went."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.compare.align import Alignment
from generator.compare.word.document_model import Block, Paragraph
from generator.kept.light_tuples import NamedTuple


class Resplit(NamedTuple):
    """Old and new blocks by index that hold the same text, split otherwise: one old and several new ones, or the reverse."""

    old: range
    new: range


def find_resplits(old: Sequence[Block], new: Sequence[Block], aligned: Alignment) -> tuple[Alignment, list[Resplit]]:
    """The paragraphs that were split or joined, and the alignment of all other blocks."""
    if not aligned.deleted and not aligned.inserted:
        return aligned, []
    moved = {i for i, _ in aligned.moved}, {j for _, j in aligned.moved}
    found: list[Resplit] = []
    for gap_old, gap_new in _gaps(old, new, aligned):
        for i, many in _splits(old, gap_old, new, gap_new, moved):
            found.append(Resplit(range(i, i + 1), many))
        for j, many in _splits(new, gap_new, old, gap_old, (moved[1], moved[0])):
            found.append(Resplit(many, range(j, j + 1)))
    if not found:
        return aligned, []
    told_old = {i for one in found for i in one.old}
    told_new = {j for one in found for j in one.new}
    freed = [pair for pair in aligned.pairs if (pair[0] in told_old) != (pair[1] in told_new)]
    pairs = [pair for pair in aligned.pairs if pair[0] not in told_old and pair[1] not in told_new]
    deleted = [i for i in aligned.deleted if i not in told_old] + [i for i, _ in freed if i not in told_old]
    inserted = [j for j in aligned.inserted if j not in told_new] + [j for _, j in freed if j not in told_new]
    return Alignment(pairs, sorted(deleted), sorted(inserted), aligned.moved), found


def _gaps(old: Sequence[Block], new: Sequence[Block], aligned: Alignment) -> Iterator[tuple[range, range]]:
    """The stretches between blocks that stayed what they were."""
    last = (-1, -1)
    still = ((i, j) for i, j in aligned.pairs if _text(old[i]) is not None and _text(old[i]) == _text(new[j]))
    for i, j in [*still, (len(old), len(new))]:
        gap = range(last[0] + 1, i), range(last[1] + 1, j)
        if len(gap[0]) != len(gap[1]) and gap[0] and gap[1]:
            yield gap
        last = (i, j)


def _splits(
    one: Sequence[Block], ones: range, many: Sequence[Block], manies: range, moved: tuple[set[int], set[int]]
) -> Iterator[tuple[int, range]]:
    taken = manies.start
    for i in ones:
        whole = _text(one[i])
        if i in moved[0] or not whole:
            continue
        for start in range(taken, manies.stop - 1):
            parts = _parts(whole, many, range(start, manies.stop), moved[1])
            if parts is not None:
                taken = parts.stop
                yield i, parts
                break


def _parts(whole: str, many: Sequence[Block], candidates: range, moved: set[int]) -> range | None:
    """The paragraphs, at least two, whose texts one after the other are a whole one's."""
    rest = whole
    for j in candidates:
        text = _text(many[j])
        if not text or j in moved or not rest.startswith(text):
            return None
        rest = rest[len(text) :].lstrip()
        if not rest:
            return range(candidates.start, j + 1) if j > candidates.start else None
    return None


def _text(block: Block) -> str | None:
    return block.text.strip() if isinstance(block, Paragraph) else None
