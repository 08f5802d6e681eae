"""What a formula of a draft is called that stands for a computed field: by the words of the form around it.

A template types formulas where Word prints computed fields, and the label of a field is the wording of the form: a row or a
column that is headed by the label of a computed field without a value holds that field.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from html import unescape

from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import column_number

_CELL = lazy(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*(?<!/)>(.*?)</(?:\w+:)?c>', re.S)
_TEXT = lazy(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")
_BESIDE = lazy(r"[（(][^（()）]*[)）]")  # a unit, a remark


class FormulaNames:
    """The names by place.

    Args:
        sheets: the worksheets by name.
        names: what the fields are called that are computed and have no value.
    """

    def __init__(self, sheets: Mapping[str, bytes], names: Collection[str]):
        self._sheets = sheets
        self._names = {_plain(name): name for name in names}
        self._heads: dict[str, dict[tuple[int, int], str]] = {}

    def of(self, place: tuple[str, int, int]) -> str:
        """The name of the field that a formula stands for; "" where nothing around it says so."""
        sheet, row, column = place
        heads = self._heads_of(sheet)
        if not heads:
            return ""
        left = [one for one in heads if one[0] == row and one[1] < column]
        above = [one for one in heads if one[1] == column and one[0] < row]
        found = max(left, default=None, key=lambda one: one[1]) or max(above, default=None)
        return heads[found] if found else ""

    def _heads_of(self, sheet: str) -> dict[tuple[int, int], str]:
        """Where a sheet names a field, with the field's label."""
        if sheet not in self._heads:
            found = {}
            for match in _CELL.finditer(self._sheets[sheet]) if self._names else ():
                text = unescape(b"".join(_TEXT.findall(match[3])).decode())
                name = self._names.get(_plain(text)) if text else None
                if name is not None:
                    found[int(match[2]), column_number(match[1].decode())] = name
            self._heads[sheet] = found
        return self._heads[sheet]


def _plain(text: str) -> str:
    """A text without spaces and what stands in brackets."""
    return _BESIDE.sub("", "".join(text.split())) or "".join(text.split())
