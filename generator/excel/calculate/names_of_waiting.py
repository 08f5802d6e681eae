"""What a formula of a draft is called that stands for a computed field: by the words of the form around it.

A template types formulas where Word prints computed fields, and the label of a field is the wording of the form: a row or a
column that is headed by the label of a computed field without a value holds that field.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Mapping

from generator.excel.calculate.cached_values import ReadSheet, Strings
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS, column_number

_LETTERS = lazy(rb'<(?:\w+:)?c r="([A-Z]{1,3})[0-9]')
_TOTAL = "合计"
_MARK = "【"
_OF_TOTALS = ("总", "合计", "小计")
_BESIDE = lazy(r"[（(][^（()）]*[)）]|^(?:[一二三四五六七八九十]+、|\d+[.．、])")  # a unit, a remark, a number


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
        self._read: dict[str, _Texts] = {}

    def of(self, place: tuple[str, int, int], *, along: bool) -> str:
        """The name of the field that a formula stands for; "" where nothing around it says so.

        Args:
            place: of the formula.
            along: whether it is made of cells of its row alone: its column's head then says more than the row's.
        """
        sheet, row, column = place
        texts = self._texts_of(sheet)
        beside = texts.beside(row, column)
        head = texts.heads.above(row, column)
        sums = any(sign in text for text in beside for sign in _OF_TOTALS)
        if sums and head and (total := self._names.get(f"{head}{_TOTAL}")):
            return total  # of the column for weights, the total is called 分值合计
        left = next((text for text in reversed(beside) if text in self._names), "")
        own = self._longer(texts.all.above(row, column), texts.known)
        if along and (head in self._names or own):
            return self._names.get(head, own)
        found = left or texts.named.above(row, column)
        if found:
            return self._names[found]
        return own or self._names.get(texts.marks.get((column, head), ""), "")

    def head_of(self, place: tuple[str, int, int]) -> str:
        """The words over a place, or left of it, that are no mark."""
        sheet, row, column = place
        texts = self._texts_of(sheet)
        left = next((text for text in reversed(texts.beside(row, column)) if not text.startswith(_MARK)), "")
        return texts.heads.above(row, column) or left

    def _longer(self, head: str, others: Collection[str]) -> str:
        """The one name that ends with a head and that nothing else bears: 控制率 for 财政供养人员控制率."""
        ends = [name for name in self._names if name.endswith(head) and name not in others] if len(head) > 1 else []
        return self._names[ends[0]] if len(ends) == 1 else ""

    def _texts_of(self, sheet: str) -> _Texts:
        """The texts of a sheet, plain."""
        if sheet not in self._read:
            found = self._read[sheet] = _Texts()
            cells = self._sheets[sheet].values(_columns(self._sheets[sheet]) if self._names else {}, self._strings)
            for row, column, value in cells:
                if isinstance(value, str) and value:
                    found.add(row, column, _plain(value), self._names)
        return self._read[sheet]


def _columns(sheet: ReadSheet) -> Mapping[int, tuple[int, int]]:
    """The columns in which a sheet has cells, whole: to name every column that it might have takes longer than to read it."""
    if not sheet.plain:
        return dict.fromkeys(range(1, MAX_COLUMNS + 1), (1, MAX_ROWS))
    letters = {found.decode() for found in _LETTERS.findall(sheet.xml)}
    return {column_number(one): (1, MAX_ROWS) for one in letters}


class _Column:
    """Texts of a kind by column, from above to below."""

    def __init__(self) -> None:
        self._found: dict[int, tuple[list[int], list[str]]] = {}

    def add(self, row: int, column: int, text: str) -> None:
        rows, texts = self._found.setdefault(column, ([], []))
        rows.append(row)
        texts.append(text)

    def above(self, row: int, column: int) -> str:
        """The last text above a row; "" where there is none."""
        rows, texts = self._found.get(column, ([], []))
        at = bisect_left(rows, row)
        return texts[at - 1] if at else ""


class _Texts:
    """The texts of a sheet: its rows; by column all, those that are no mark, and names of fields."""

    def __init__(self) -> None:
        self.all, self.heads, self.named = _Column(), _Column(), _Column()
        self.known: set[str] = set()
        self.marks: dict[tuple[int, str], str] = {}  # the name in the first mark under a column's head
        self._rows: dict[int, list[tuple[int, str]]] = {}

    def add(self, row: int, column: int, text: str, names: Collection[str]) -> None:
        self.known.add(text)
        self._rows.setdefault(row, []).append((column, text))
        self.all.add(row, column, text)
        if not text.startswith(_MARK):
            self.heads.add(row, column, text)
        elif (name := text.partition("：")[2].removesuffix("】")) in names:
            self.marks.setdefault((column, self.heads.above(row, column)), name)
        if text in names:
            self.named.add(row, column, text)

    def beside(self, row: int, column: int) -> list[str]:
        """The texts left of a place, from the left."""
        return [text for at, text in self._rows.get(row, ()) if at < column]


def _plain(text: str) -> str:
    """A text without spaces, its number (一、) and what stands in brackets."""
    return _BESIDE.sub("", "".join(text.split())) or "".join(text.split())
