"""The texts of a data file, as they print, each printed character with its place in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from operator import itemgetter

from generator.kept.light_tuples import NamedTuple
from generator.report.compute import Computation
from generator.report.record import Record
from generator.report.stated_text import has_tag
from generator.report.typed_text import UNSEEN, scalars_in, textual, without_unseen
from generator.source import Refused, Scalar

LITERAL: tuple[tuple[int, int, bool], ...] = ((0, 0, True),)


class Prose(NamedTuple):
    """One text of the data file.

    Args:
        record, name: the field where it belongs; `suffix` its place in that, of a list or map.
        node: as it is written.
        printed: with its tags printed.
        pieces: start in the printed text, start in the written one, whether it is literal, of each part.
    """

    record: Record
    name: str
    suffix: str
    node: Scalar
    printed: str
    pieces: tuple[tuple[int, int, bool], ...]

    @property
    def path(self) -> str:
        """Its place in the report."""
        return self.record.path_of(self.name) + self.suffix

    @property
    def can_refer(self) -> bool:
        """Whether it can refer to a figure."""
        section = self.record.section
        return not section.cells[self.name].field.plain and self.name != section.type.key

    def written(self, offset: int) -> tuple[int, bool]:
        """Where a printed character stands in the written text (of a tag, its start), and whether it is literal."""
        at = bisect_right(self.pieces, offset, key=itemgetter(0)) if len(self.pieces) > 1 else 1
        begin, start, literal = self.pieces[at - 1]
        return (start + offset - begin if literal else start), literal


def texts(computation: Computation) -> Iterator[Prose]:
    """The texts of the data file."""
    for records in computation.records.values():
        names = textual(records[0].section)
        if not names:
            continue
        for record in records:
            source = record.source
            for name in names:
                for inner, suffix in scalars_in(node) if (node := source.get(name)) is not None else ():
                    yield from printed_texts(computation, record, name, suffix, inner)


def printed_texts(computation: Computation, record: Record, name: str, suffix: str, node: Scalar) -> Iterator[Prose]:
    """A text of a field as it prints; none of one that does not."""
    if isinstance(node, Refused):  # a cell that the form's reader refused
        return
    text = node.text
    pieces = LITERAL
    if "{" in text and has_tag(text):
        if record.section.cells[name].field.plain or name == record.section.type.key:
            return  # it is told that no reference may stand there
        parts = computation.printed.get(id(node))
        if not parts:
            return
        text = "".join(part for _, part, _ in parts)
        begins = accumulate((len(part) for _, part, _ in parts), initial=0)
        pieces = tuple((begin, start, literal) for begin, (start, _, literal) in zip(begins, parts, strict=False))
    if UNSEEN.search(text):
        text, pieces = without_unseen(text, pieces)
    yield Prose(record, name, suffix, node, text, pieces)
