"""Marks of a draft in cells that may stay empty: formulas read those cells as if nothing stood there.

A required blank holds a formula up (`open_formulas`); an optional one does not: Word prints the total of the others. A text in a
cell would make `=B5-C5` an error and `=B5=""` false, so a reference to such a cell alone is read through `N` or as an empty text;
within functions that pass over text it stays as it is. Where neither can be known, the formula waits for the cell after all.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import unescape

from generator.excel.calculate.computed_columns import Place
from generator.excel.calculate.marked_places import MarkedPlaces
from generator.figures.marked_text import TO_FILL_IN
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import Area, column_number, columns_of, rows_of, write_area
from generator.ooxml.cut_formulas import parse_formula

# behind a mark, until the sheet is finished: may be read as empty; may stay so, too; comes of itself
LOOSE, OPTIONAL, COMPUTED = "\ufdd0", "\ufdd1", "\ufdd2"
AT_PATH = "\ufdd3"  # around the path of a value at fault

_TOLD = lazy(f"({TO_FILL_IN}[^<]*?】)({LOOSE}|{OPTIONAL}|{COMPUTED})|{AT_PATH}([^<]*?){AT_PATH}".encode())
_SIGNS = lazy(f"[{LOOSE}{OPTIONAL}{COMPUTED}]|{AT_PATH}[^{AT_PATH}]*{AT_PATH}")
_CELL = lazy(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*(?<!/)>')
_PASS_OVER_TEXT = frozenset(
    ["SUM", "COUNT", "MAX", "MIN", "AVERAGE", "N", "ISNUMBER", "ISTEXT", "PRODUCT", "SUMPRODUCT", "MEDIAN"]
)
_PIECE = lazy(r'"(?:[^"]|"")*"|(?<![\w.])[\d.]*+([A-Za-z_][\w.]*+)?\(|\(|\)')
_OPERATORS = "+-*/^%&=<>"


@dataclass
class LooseMarks:
    """Where a draft's workbook says that something may be filled in.

    Args:
        texts: the mark of each place; formulas join them whose own result may be nothing for that.
        optional: the places whose fields may be left out.
        computed: the places whose fields come of themselves.
        wrong: by place, the paths of the values at fault that stand there.
    """

    texts: MarkedPlaces = field(default_factory=MarkedPlaces)
    optional: set[Place] = field(default_factory=set)
    computed: set[Place] = field(default_factory=set)
    wrong: dict[Place, tuple[str, ...]] = field(default_factory=dict)

    def take(self, sheet: str, xml: bytes) -> bytes:
        """The sheet without the signs behind its marks, whose places are noted."""
        if _TOLD.search(xml) is None:
            return xml
        cells = iter(list(_CELL.finditer(xml)))
        cell, following = None, next(cells, None)
        for told in _TOLD.finditer(xml):
            while following is not None and following.start() < told.start():
                cell, following = following, next(cells, None)
            if cell is not None:
                place = (sheet, int(cell[2]), column_number(cell[1].decode()))
                if told[2] is None:
                    self.wrong[place] = (*self.wrong.get(place, ()), unescape(told[3].decode()))
                    continue
                if told[2].decode() == COMPUTED:
                    self.computed.add(place)
                    continue
                self.texts.setdefault(place, told[1].decode())
                if told[2].decode() == OPTIONAL:
                    self.optional.add(place)
        return _TOLD.sub(lambda told: told[1] or b"", xml)


def without_signs(text: str) -> str:
    """A cell's text as it will be written."""
    return _SIGNS.sub("", text)


def read_as_empty(text: str, sheet: str, marks: LooseMarks) -> tuple[str, Place] | None:
    """The formula that takes loose places for empty ones, and the first of them; nothing if it reads none.

    Args:
        text: of the formula, without `=`.
        sheet: where it stands.
        marks: the loose places.

    Raises:
        LookupError: it cannot be told how the formula takes a text there.
    """
    pieces = parse_formula(text).pieces
    open_functions: list[str] = []
    written: list[str] = []
    first: Place | None = None
    for number, piece in enumerate(pieces):
        if isinstance(piece, str):
            _follow(piece, open_functions)
            written.append(piece)
            continue
        own = marks.texts.first_within(piece.sheets or (sheet,), piece) if len(piece.sheets) < 2 else None
        if own:
            first = first or own
            before = pieces[number - 1] if number else ""
            after = pieces[number + 1] if number + 1 < len(pieces) else ""
            around = (str(before).rstrip()[-1:], str(after).lstrip()[:3])
            written.append(_written(piece, around, open_functions[-1] if open_functions else ""))
        else:
            written.append(write_area(piece))
    return None if first is None else ("".join(written), first)


def _follow(text: str, functions: list[str]) -> None:
    """The functions that are open behind a piece of a formula."""
    for match in _PIECE.finditer(text):
        if match[0].endswith("(") and not match[0].startswith('"'):
            functions.append((match[1] or "").upper())
        elif match[0] == ")" and functions:
            functions.pop()


def _written(area: Area, around: tuple[str, str], function: str) -> str:
    """A reference to loose places, as a formula reads it."""
    text = write_area(area)
    before, after = around
    alone = rows_of(area)[0] == rows_of(area)[1] and columns_of(area)[0] == columns_of(area)[1]
    operated = (before in _OPERATORS and before != "") or (after[:1] in _OPERATORS and after != "")
    if function in _PASS_OVER_TEXT and not operated:
        return text
    if not alone:
        raise LookupError(text)
    if after.startswith(('=""', "<>")) or before == "&" or after[:1] == "&":
        return f'IF(LEFT({text},{len(TO_FILL_IN)})="{TO_FILL_IN}","",{text})'
    if operated:
        return f"N({text})"
    raise LookupError(text)


def shows_nothing_sometimes(text: str) -> bool:
    """Whether a formula can give an empty text."""
    return '""' in text


def with_mark(text: str, mark: str) -> str:
    """The formula that shows the mark where it would show nothing."""
    shown = mark.replace('"', '""')
    return f'IF(({text})="","{shown}",{text})'


def marks_of(sheets: Mapping[str, tuple[str, bytes]]) -> tuple[LooseMarks, dict[str, tuple[str, bytes]]]:
    """The loose marks of a workbook, and its sheets without the signs for them."""
    marks = LooseMarks()
    return marks, {name: (part, marks.take(name, xml)) for name, (part, xml) in sheets.items()}
