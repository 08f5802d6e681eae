"""What a formula of a draft is called that stands for a computed field: by the words of the form around it.

A template types formulas where Word prints computed fields, and the label of a field is the wording of the form: a row or a
column that is headed by the label of a computed field without a value holds that field.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from generator.excel.calculate.cached_values import ReadSheet, Strings
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS

_EVERY_CELL = dict.fromkeys(range(1, MAX_COLUMNS + 1), (1, MAX_ROWS))
_TOTAL = "合计"
_OF_TOTALS = ("总", "合计", "小计")
_BESIDE = lazy(r"[（(][^（()）]*[)）]")  # a unit, a remark


class WaitingNames:
    """The names by place.

    Args:
        sheets: the worksheets by name.
        names: what the fields are called that are computed and have no value.
        strings: a shared string by its index.
    """

    def __init__(self, sheets: Mapping[str, ReadSheet], names: Collection[str], strings: Strings):
        self._sheets = sheets
        self._strings = strings
        self._names = {_plain(name): name for name in names}
        self._texts: dict[str, dict[tuple[int, int], str]] = {}

    def of(self, place: tuple[str, int, int]) -> str:
        """The name of the field that a formula stands for; "" where nothing around it says so."""
        sheet, row, column = place
        texts = self._texts_of(sheet)
        beside = [one for one in texts if one[0] == row and one[1] < column]
        left = [one for one in beside if texts[one] in self._names]
        above = [one for one in texts if one[1] == column and one[0] < row]
        head = max((one for one in above if not texts[one].startswith("【")), default=None)
        sums = any(sign in texts[one] for one in beside for sign in _OF_TOTALS)
        if sums and head and (total := self._names.get(f"{texts[head]}{_TOTAL}")):
            return total  # of the column for weights, the total is called 分值合计
        named = [one for one in above if texts[one] in self._names]
        found = max(left, default=None, key=lambda one: one[1]) or max(named, default=None)
        if found:
            return self._names[texts[found]]
        return self._longer(texts[max(above)], texts.values()) if above else ""

    def head_of(self, place: tuple[str, int, int]) -> str:
        """The words over a place, or left of it, that are no mark."""
        sheet, row, column = place
        texts = {at: text for at, text in self._texts_of(sheet).items() if not text.startswith("【")}
        above = max((at for at in texts if at[1] == column and at[0] < row), default=None)
        left = max((at for at in texts if at[0] == row and at[1] < column), default=None)
        found = above or left
        return texts[found] if found else ""

    def _longer(self, head: str, others: Collection[str]) -> str:
        """The one name that ends with a head and that nothing else bears: 控制率 for 财政供养人员控制率."""
        ends = [name for name in self._names if name.endswith(head) and name not in others] if len(head) > 1 else []
        return self._names[ends[0]] if len(ends) == 1 else ""

    def _texts_of(self, sheet: str) -> dict[tuple[int, int], str]:
        """The texts of a sheet, plain."""
        if sheet not in self._texts:
            cells = self._sheets[sheet].values(_EVERY_CELL if self._names else {}, self._strings)
            self._texts[sheet] = {
                (row, column): _plain(value) for row, column, value in cells if isinstance(value, str) and value
            }
        return self._texts[sheet]


def _plain(text: str) -> str:
    """A text without spaces and what stands in brackets."""
    return _BESIDE.sub("", "".join(text.split())) or "".join(text.split())
