"""The texts of a data file of which some rule may have to speak, in one walk: of each field the signs are known that matter there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generator.kept.light_tuples import NamedTuple
from generator.report import text_signs as signs
from generator.report.compute import Computation
from generator.report.record import Record
from generator.report.repeated_items import title_of
from generator.report.repeated_leads import is_called_by_lead
from generator.report.spoken_texts import LITERAL, Prose, printed_texts
from generator.report.text_signs import Signs, signs_of
from generator.report.text_slips import TITLES, not_printed
from generator.report.typed_text import scalars_in, textual
from generator.report.unit_names import NAMES, names_unit
from generator.report.written_slips import Found
from generator.source import Refused, Scalar
from generator.source.nodes import Written
from generator.standard import Section
from generator.standard.kinds import kind_of


class Marked(NamedTuple):
    """A text with characters that are hardly meant so, in its field; `suffix` is its place in that, of a list or map."""

    record: Record
    name: str
    suffix: str
    node: Scalar


class Watched(NamedTuple):
    """A text, which of the signs it shows that matter in its field, and its slips of writing."""

    prose: Prose
    shown: int
    slips: tuple[Found, ...]


def watched_texts(computation: Computation, marked: list[Marked]) -> Iterator[Watched]:
    """The texts that show something; those with marks are noted, too, as they are come by.

    Args:
        computation: the report.
        marked: gets the texts that `check_typed` is to look at.
    """
    for records in computation.records.values():
        fields = _fields(records[0].section)
        for record in records if fields else ():
            source = record.source
            for name, mask, inner in fields:
                if (node := source.get(name)) is None:
                    continue
                if type(node) is Written:  # what most values are
                    shown, slips = signs_of(node.text)
                    if shown & mask:
                        yield from _watched(computation, marked, record, name, "", node, (shown & mask, slips))
                    continue
                for item, suffix in scalars_in(node):
                    shown, slips = signs_of(item.text)
                    if shown := shown & (inner if suffix[:1] == "[" else mask):
                        yield from _watched(computation, marked, record, name, suffix, item, (shown, slips))


def _watched(
    computation: Computation,
    marked: list[Marked],
    record: Record,
    name: str,
    suffix: str,
    node: Scalar,
    of_text: Signs,
) -> Iterator[Watched]:
    shown, slips = of_text
    if shown & signs.MARKS:
        marked.append(Marked(record, name, suffix, node))
        if shown == signs.MARKS:
            return
    if type(node) is Refused:  # a cell that the form's reader refused
        return
    if not shown & signs.UNREAD:
        yield Watched(Prose(record, name, suffix, node, node.text, LITERAL), shown, slips)
        return
    for prose in printed_texts(computation, record, name, suffix, node):
        shown, slips = signs_of(prose.printed)
        yield Watched(prose, shown | signs.STOP | signs.NUMBERED, slips)  # of these, what is written counts


@lru_cache(maxsize=4096)
def _fields(section: Section) -> tuple[tuple[str, int, int], ...]:
    """The fields of a section that hold text, each with the signs that matter there, and in the items of its list."""
    title = None if section.type.key else title_of(section)
    return tuple((name, *_that_matter(section, name, name == title)) for name in textual(section))


def _that_matter(section: Section, name: str, title: bool) -> tuple[int, int]:
    """The signs that matter in a field, and those that do in the items of its list."""
    field = section.cells[name].field
    mask = (
        signs.SLIPS | signs.LINES | signs.SELF | signs.COUNTY | signs.GRADED | signs.CLAIMS | signs.UNREAD | signs.MARKS
    )
    if not not_printed(field):
        mask |= signs.NOTE
    if name in TITLES:
        mask |= signs.STOP
    if is_called_by_lead(field.label):
        mask |= signs.LEAD
    if title:
        mask |= signs.NUMBERED
    if field.plain:
        mask |= signs.GAP
    if name in NAMES and names_unit(section):
        mask |= signs.ALWAYS
    inner = mask | signs.NUMBERED
    if not field.plain and name != section.type.key:
        mask |= signs.JOINED
        inner |= signs.JOINED
        if not field.markdown:
            breaks = signs.BREAKS_LINES if kind_of(field).lines else signs.BREAKS
            mask, inner = mask | breaks, inner | breaks | signs.ALONE
    return mask, inner
