"""What formulas may name: sheets, defined names, tables and their structured references."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache

from generator.diagnostics import Text
from generator.diagnostics.wording import uncomputed_words as reasons
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import Area, rectangle


class Refused(Exception):
    """A formula's value cannot be computed rightly; `reason` is for people."""

    def __init__(self, reason: Text, **arguments: object):
        self.reason = reason.filled(**arguments) if arguments else reason
        super().__init__(self.reason.en)


@dataclass(frozen=True, slots=True)
class NamedTable:
    """A table's place: its whole area with header and totals, and its columns' names."""

    name: str
    sheet: str
    area: Area
    columns: tuple[str, ...]
    header: bool = True
    totals: bool = False


@dataclass(frozen=True)
class Names:
    """What formulas may name, looked up without case.

    Args:
        sheets: the workbook's sheets, in order.
        defined: formulas of defined names, by (sheet or None, name).
        tables: the workbook's tables.
        hidden: the hidden rows of sheets that have some, which SUBTOTAL and AGGREGATE may leave out.
        filtered: sheets with a filter that hides rows.
        totals: row and column of the cells with SUBTOTAL or AGGREGATE, by sheet; AGGREGATE may leave them out.
    """

    sheets: tuple[str, ...]
    defined: Mapping[tuple[str | None, str], str]
    tables: tuple[NamedTable, ...] = ()
    hidden: Mapping[str, frozenset[int]] = field(default_factory=dict)
    filtered: frozenset[str] = frozenset()
    totals: Mapping[str, frozenset[tuple[int, int]]] = field(default_factory=dict)

    @cached_property
    def sheets_folded(self) -> dict[str, str]:
        return {name.casefold(): name for name in self.sheets}

    @cached_property
    def defined_folded(self) -> dict[tuple[str | None, str], str]:
        return {(sheet and sheet.casefold(), name.casefold()): text for (sheet, name), text in self.defined.items()}

    @cached_property
    def tables_folded(self) -> dict[str, NamedTable]:
        return {table.name.casefold(): table for table in self.tables}


@lru_cache(maxsize=64)
def _indexes(columns: tuple[str, ...]) -> dict[str, int]:
    """Where the columns of a table stand, by their names in whichever case."""
    return {column.casefold(): index for index, column in reversed(list(enumerate(columns)))}


_SPECIFIER = lazy(r"\[((?:[^\[\]']|'.)*)\]")


def resolve_structured(text: str, table: NamedTable, row: int = 0) -> Area:
    """The area of a structured reference (`表1[[#This Row],[得分]]`).

    Args:
        text: the reference.
        table: the table that it names.
        row: the row of the formula's cell, for `#This Row`; 0 if it stands on another sheet.

    Raises:
        Refused: the table has no such column or part.
    """
    area = table.area
    if area.top is None or area.bottom is None or area.left is None:
        raise Refused(reasons.TABLE_AREA)
    body = text.partition("[")[2].removesuffix("]").strip()
    this_row = body.startswith("@")
    body = body.removeprefix("@").strip()
    parts = [_unescape(part) for part in _SPECIFIER.findall(body)] if "[" in body else [_unescape(body)] if body else []
    sections = {part.casefold() for part in parts if part.startswith("#")}
    columns = [part for part in parts if not part.startswith("#")]
    known = _indexes(table.columns)
    try:
        indexes = [known[column.casefold()] for column in columns]
    except KeyError:
        raise Refused(reasons.TABLE_COLUMN) from None
    left = area.left.number + min(indexes, default=0)
    right = area.left.number + (max(indexes) if indexes else len(table.columns) - 1)
    top, bottom = area.top.number, area.bottom.number
    first, last = top + table.header, bottom - table.totals
    if this_row or "#this row" in sections:
        if not first <= row <= last:
            raise Refused(reasons.TABLE_ROW)
        first = last = row
    elif sections:
        spans = []
        for section in sections:
            if section == "#all":
                spans.append((top, bottom))
            elif section == "#data":
                spans.append((first, last))
            elif section == "#headers" and table.header:
                spans.append((top, top))
            elif section == "#totals" and table.totals:
                spans.append((bottom, bottom))
            else:
                raise Refused(reasons.TABLE_PART)
        first, last = min(span[0] for span in spans), max(span[1] for span in spans)
    return rectangle(first, left, last, right, (table.sheet,))


def _unescape(name: str) -> str:
    return re.sub(r"'(.)", r"\1", name)
