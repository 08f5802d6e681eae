"""Headings of Word tables that state another unit than the field below them prints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree

from generator.diagnostics import Diagnostic, Location
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.places import innermost
from generator.kept.lazy_patterns import lazy
from generator.kept.light_tuples import NamedTuple
from generator.lint.path_types import Target, resolve
from generator.ooxml.stated_numbers import whole
from generator.ooxml.wordprocessing import TC, W, ancestor
from generator.standard import Standard
from generator.standard.kinds import kind_named
from generator.template.tags import Tag

_UNIT = lazy("万元|元")


class CellText(NamedTuple):
    """A paragraph of a table's cell: its element, place, text and tags."""

    element: etree._Element
    location: Location
    text: str
    tags: tuple[Tag, ...]


class _Heading(NamedTuple):
    row: int
    first: int
    last: int
    text: str


def unit_headings(
    texts: Iterable[CellText], printed: Mapping[tuple[str, str], set[str]], standard: Standard
) -> Iterator[Diagnostic]:
    """An amount in 元 below a heading in 万元, or the other way round: each cell whose only text is one tag.

    Args:
        texts: of the document's paragraphs.
        printed: (anchor, tag) -> the paths that the tag prints.
        standard: whose fields they are.
    """
    headings: dict[str, list[_Heading]] = {}
    told: set[tuple[str, _Heading]] = set()  # it is the heading that is wrong, or the first tag below it
    for text in texts:
        cell = ancestor(text.element, TC)
        anchor = text.location.anchor or {}
        at = innermost(anchor)
        if cell is None or "row" not in at or "column" not in at:
            continue
        table = _table(anchor)
        if not text.tags:
            if _UNIT.search(text.text):
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                width = whole(span.get(f"{W}val", "1")) if span is not None else 1
                last = at["column"] + width - 1
                headings.setdefault(table, []).append(_Heading(at["row"], at["column"], last, text.text.strip()))
            continue
        tag = text.tags[0]
        paths = printed.get((str(text.location.anchor), tag.text), set())
        if len(text.tags) != 1 or tag.text != text.text.strip() or "|" in tag.body or len(paths) != 1:
            continue
        target = resolve(standard, next(iter(paths)))
        if not isinstance(target, Target) or not kind_named(target.kind).money or target.field is None:
            continue
        above = [
            one for one in headings.get(table, ()) if one.first <= at["column"] <= one.last and one.row < at["row"]
        ]
        stated = _UNIT.search(above[-1].text) if above else None
        if stated and stated[0] != target.field.unit and (table, above[-1]) not in told:
            told.add((table, above[-1]))
            heading, unit = above[-1].text, target.field.unit
            yield diagnostic("lint-unit-heading", text.location, heading=heading, tag=tag.text, unit=unit)


def _table(anchor: Mapping[str, Any]) -> str:
    """The table that a place is in, as a text: its anchor without the row and column of its innermost table."""
    kept = {name: value for name, value in anchor.items() if name not in ("nested", "paragraph")}
    if "nested" in anchor:
        return f"{kept} {_table(anchor['nested'])}"
    return str({name: value for name, value in kept.items() if name not in ("row", "column")})
