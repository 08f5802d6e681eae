"""The grammar of addresses in workbooks: cells, ranges, whole rows and columns, sheets, and where they stand in formulas.

`A1`, `$A$1`, `A1:B2`, `3:5`, `$A:$C`, each with a sheet (`自评表!A1`, `'It''s'!A1`) or a span of sheets (`'一:三'!A1`, 3-D).
Structured references (`表1[得分]`), names, and references to other workbooks (`[1]数据!A1`) are no areas: formulas keep them as
they are. ECMA-376 part 1, 18.17 is the grammar; the tokens come from formualizer's tokenizer.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.kept.light_tuples import NamedTuple
from generator.kept.name_sets import pairs

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_SHEET = r"(?:(?P<quoted>'(?:[^']|'')+')|(?P<plain>[^\W\d][\w.]*(?::[^\W\d][\w.]*)?))!"
_AREA = lazy(
    rf"(?:{_SHEET})?(?:"
    r"(?P<c1>\$?[A-Za-z]{1,3})(?P<r1>\$?[1-9]\d{0,6})(?::(?P<c2>\$?[A-Za-z]{1,3})(?P<r2>\$?[1-9]\d{0,6}))?"
    r"|(?P<wc1>\$?[A-Za-z]{1,3}):(?P<wc2>\$?[A-Za-z]{1,3})"
    r"|(?P<wr1>\$?[1-9]\d{0,6}):(?P<wr2>\$?[1-9]\d{0,6}))"
)
_PLAIN_SHEET = lazy(r"[^\W\d][\w.]*")
_LIKE_CELL = lazy(r"[A-Za-z]{1,3}\d+|[rR]\d*(?:[cC]\d*)?|[cC]\d*")


class Position(NamedTuple):
    """A row or column number from 1 as an address writes it, with or without `$`."""

    number: int
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A reference to a cell or a rectangle of cells.

    Args:
        top, bottom: its rows; None for whole columns.
        left, right: its columns; None for whole rows.
        sheets: the sheet's name, the first and last of a span of sheets, or nothing for the sheet it is written on.
        single: written as one cell, without a colon.
    """

    top: Position | None
    bottom: Position | None
    left: Position | None
    right: Position | None
    sheets: tuple[str, ...] = ()
    single: bool = False

    def __str__(self) -> str:
        return write_area(self)


@lru_cache(maxsize=20_000)
def column_letters(number: int) -> str:
    """The letters of a column number: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_LETTERS = [column_letters(number) for number in range(1, 703)]


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """The number of a column's letters: A is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell(row: int, column: int) -> str:
    """The address of a cell by its row and column, from 1: (4, 7) is G4."""
    return f"{_LETTERS[column - 1] if column <= 702 else column_letters(column)}{row}"


def rows_of(area: Area) -> tuple[int, int]:
    """First and last row of an area; all rows of whole columns."""
    return (area.top.number, area.bottom.number) if area.top and area.bottom else (1, MAX_ROWS)


def columns_of(area: Area) -> tuple[int, int]:
    """First and last column of an area; all columns of whole rows."""
    return (area.left.number, area.right.number) if area.left and area.right else (1, MAX_COLUMNS)


def rectangle(top: int, left: int, bottom: int, right: int, sheets: tuple[str, ...] = ()) -> Area:
    """The relative area of four numbers."""
    single = top == bottom and left == right
    return Area(Position(top), Position(bottom), Position(left), Position(right), sheets, single)


def quote_sheet(name: str) -> str:
    """A sheet's name as formulas write it, quoted where it must be."""
    if _PLAIN_SHEET.fullmatch(name) and not _LIKE_CELL.fullmatch(name) and name.upper() not in ("TRUE", "FALSE"):
        return name
    return "'" + name.replace("'", "''") + "'"


def _row(text: str | None) -> Position | None:
    if text is None:
        return None
    return Position(int(text[1:]), True) if text[0] == "$" else Position(int(text))


def _column(text: str | None) -> Position | None:
    if text is None:
        return None
    return Position(column_number(text[1:]), True) if text[0] == "$" else Position(column_number(text))


@lru_cache(maxsize=4096)
def parse_area(text: str) -> Area | None:
    """The area that `text` writes; None if it writes something else (a name, a structured or an external reference)."""
    match = _AREA.fullmatch(text)
    if match is None:
        return None
    sheets: tuple[str, ...] = ()
    quoted, plain, c1, r1, c2, r2, wc1, wc2, wr1, wr2 = match.groups()
    if quoted:
        name = quoted[1:-1].replace("''", "'")
        if "[" in name or "]" in name:
            return None  # another workbook
        sheets = tuple(name.split(":"))  # no sheet's name may hold a colon
    elif plain:
        sheets = tuple(plain.split(":"))
    if len(sheets) > 2:
        return None
    top = _row(r1 or wr1)
    left = _column(c1 or wc1)
    single = c1 is not None and c2 is None
    bottom = top if single else _row(r2 or wr2)
    right = left if single else _column(c2 or wc2)
    if top and bottom:
        if top.number > bottom.number:
            top, bottom = bottom, top
        if bottom.number > MAX_ROWS:
            return None
    if left and right:
        if left.number > right.number:
            left, right = right, left
        if right.number > MAX_COLUMNS:
            return None
    return Area(top, bottom, left, right, sheets, single)


def write_area(area: Area) -> str:
    """The text of an area."""
    prefix = ""
    if len(area.sheets) == 1:
        prefix = quote_sheet(area.sheets[0]) + "!"
    elif area.sheets:
        first, last = (quote_sheet(name) for name in area.sheets)
        if first.startswith("'") or last.startswith("'"):
            prefix = "'" + ":".join(name.replace("'", "''") for name in area.sheets) + "'!"
        else:
            prefix = f"{first}:{last}!"
    first = _corner(area.left, area.top)
    if area.single:
        return prefix + first
    return f"{prefix}{first}:{_corner(area.right, area.bottom)}"


def _corner(column: Position | None, row: Position | None) -> str:
    text = ""
    if column:
        text = ("$" if column.absolute else "") + column_letters(column.number)
    if row:
        text += ("$" if row.absolute else "") + str(row.number)
    return text


def parse_areas(text: str) -> list[Area]:
    """The areas of a list that blanks separate (`sqref`); what is no area is left out."""
    return [area for word in text.split() if (area := parse_area(word)) is not None]


def shift_area(area: Area, rows: int, columns: int) -> Area | None:
    """The area as a copy of its formula writes it, `rows` down and `columns` to the right; None beyond the sheet's edge."""
    top, left = _shifted(area.top, rows), _shifted(area.left, columns)
    bottom = top if area.single else _shifted(area.bottom, rows)
    right = left if area.single else _shifted(area.right, columns)
    for position, limit in ((top, MAX_ROWS), (bottom, MAX_ROWS), (left, MAX_COLUMNS), (right, MAX_COLUMNS)):
        if position is not None and not 1 <= position[0] <= limit:
            return None
    return Area(top, bottom, left, right, area.sheets, area.single)


def _shifted(position: Position | None, by: int) -> Position | None:
    return position if not by or position is None or position.absolute else Position(position.number + by)


class Token(NamedTuple):
    """A piece of a formula: `kind` is "operand", "function", "operator", "separator", "open", "close", "space" or "other"."""

    text: str
    kind: str


_KINDS = pairs(
    "Operand=operand Func=function OpInfix=operator OpPrefix=operator OpPostfix=operator Sep=separator "
    "Whitespace=space Paren=paren Array=array"
)


def tokens(formula: str) -> Iterator[Token]:
    """The tokens of a formula without its `=`; joined they give the formula back.

    Raises:
        ValueError: it is no formula.
    """
    from formualizer import TokenizerError, tokenize

    source = ("=" + formula).encode()
    position = 1
    try:
        found = [token for token in tokenize("=" + formula) if token is not None]
    except (TokenizerError, ValueError) as fault:
        raise ValueError(str(fault)) from None
    for token in found:
        if token.start > position:  # the tokenizer drops the sheet of `数据!#REF!`
            yield Token(source[position : token.start].decode(), "other")
        text = source[token.start : token.end].decode()
        kind = _KINDS.get(str(token.token_type), "other")
        if kind in ("function", "paren", "array"):
            closing = text.endswith((")", "}"))
            kind = "close" if closing else "function" if kind == "function" else "open"
        yield Token(text, kind)
        position = token.end
    if position < len(source):
        yield Token(source[position:].decode(), "other")


def shape_of(area: Area) -> tuple[int, int]:
    """Rows and columns of an area; 0 for all of them."""
    rows = area.bottom.number - area.top.number + 1 if area.top and area.bottom else 0
    return rows, area.right.number - area.left.number + 1 if area.left and area.right else 0
