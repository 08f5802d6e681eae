"""The formulas of a worksheet's XML, and the values of its other cells, as they are read before formulas are computed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from html import unescape

from generator.excel.calculate.formula_judging import Block, ErrorValue, Needed
from generator.excel.calculate.formula_tables import AlikeFormulas, FormulaCell, FormulaTable
from generator.excel.follow.growing_texts import grown
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import Area, cell, column_letters, column_number, columns_of, parse_area, rows_of
from generator.ooxml.cut_formulas import parse_formula, shift_formula
from generator.ooxml.spreadsheet import double_quoted

# A cell as programs write it, its address first; where one is written otherwise, `_addressed` writes the addresses first.
_ROW_OR_CELL = lazy(rb"<(?:\w+:)?row(?:\s[^>]*)?>|<(?:\w+:)?c(?:\s[^>]*?)?/?>", re.S)
_SINGLE_QUOTED = lazy(rb"<(?:\w+:)?(?:c|f|row)\s[^<>]*='")
_REFERENCE = lazy(rb'\sr="([A-Z]+)?(\d+)"')
KIND = lazy(rb'\st="([^"]*)"')
FORMULA = lazy(rb"<(?:\w+:)?f((?:\s[^>]*?)?)(?:/>|>([^<]*)</(?:\w+:)?f>)", re.S)
_VALUE = lazy(rb"<(?:\w+:)?v(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?v>)", re.S)
_TEXT = lazy(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</(?:\w+:)?t>", re.S)
_PHONETIC = lazy(rb"<(?:\w+:)?rPh\s(?:[^>]*+(?<=/)>|.*?</(?:\w+:)?rPh>)", re.S)
_ATTRIBUTE = lazy(rb'\s([\w:]+)="([^"]*)"')
_ESCAPED = lazy(r"_x([0-9A-Fa-f]{4})_")
_HIDDEN = lazy(rb'<(?:\w+:)?row\s[^>]*?hidden="(?:1|true)"[^>]*>')
_ROW_NUMBER = lazy(rb'\sr="(\d+)"')

_MAX_FILLED = 1_000_000  # cells of a sheet that array formulas fill; what fills more gets no value

Strings = Callable[[int], str]


@lru_cache(maxsize=16)
def cells_with_formulas(prefix: bytes, computed: bool) -> re.Pattern[bytes]:
    """Cells with a formula: prefix, attributes, column, row, and what is inside; with `computed` only those without a value."""
    inner = rb"<%bf(?:\s[^>]*)?(?:/>|>[^<]*</%bf>)" if computed else rb"<%bf[\s>/].*?"
    inner = inner.replace(b"%b", prefix)
    return re.compile(rb'<(%b)c( r="([A-Z]+)(\d+)"[^>]*)>(%b)</%bc>' % (prefix, inner, prefix), re.S)


def formula_cells(xml: bytes, prefix: bytes, computed: bool) -> Iterator[re.Match[bytes]]:
    """The cells that `cells_with_formulas` finds, looked for from their formulas: most cells of a sheet have none."""
    pattern, mark, opened = cells_with_formulas(prefix, computed), b"<%bf" % prefix, b"<%bc " % prefix
    if computed and b"/></%bc>" % prefix not in xml:  # then a formula without a value ends its cell
        mark = b"</%bf></%bc>" % (prefix, prefix)
    behind, at = 0, xml.find(mark)
    while at >= 0:
        start = xml.rfind(opened, behind, at)
        found = pattern.match(xml, start) if start >= 0 else None
        if found is None:
            behind = at + 1
        else:
            yield found
            behind = found.end()
        at = xml.find(mark, behind)


def prefix_of(xml: bytes) -> bytes:
    match = re.search(rb"<(\w+:)?sheetData", xml)
    return match[1] or b"" if match else b""


@dataclass(slots=True)
class ReadSheet:
    """A worksheet's formulas, and where its other cells can be read.

    Args:
        name: the sheet.
        xml: its part, every cell's address first if `plain`.
        formulas: by (row, column).
        filled: cells that an array formula of another cell fills.
        computed: formulas that have a value are computed already, and constants to all others.
    """

    name: str
    xml: bytes
    formulas: FormulaTable = field(default_factory=FormulaTable)
    filled: set[tuple[int, int]] = field(default_factory=set)
    plain: bool = False
    computed: bool = False

    @property
    def hidden(self) -> frozenset[int]:
        """The hidden rows."""
        numbers = (_ROW_NUMBER.search(match[0]) for match in _HIDDEN.finditer(self.xml))
        return frozenset(int(number[1]) for number in numbers if number)

    @property
    def filtered(self) -> bool:
        """Whether a filter may hide rows."""
        return b"filterColumn" in self.xml

    def constants(self, needed: Needed, strings: Strings) -> Iterator[Block]:
        """The values of the cells of some columns, each column in runs of bounded length without wide gaps.

        Args:
            needed: the columns, with the first and last row that matter.
            strings: a shared string by its index.
        """
        if not needed:
            return
        open_blocks: dict[bytes, _Block] = {}
        for letters, row, value in self._wanted(needed, strings):
            block = open_blocks.get(letters)
            if block is None:
                open_blocks[letters] = _Block(column_number(letters.decode()), row, [[value]])
            elif block.following == row and len(block.values) < _LONGEST:
                block.values.append([value])
                block.following += 1
            elif 0 < row - block.following <= _GAP and len(block.values) < _LONGEST:
                block.values.extend([None] for _ in range(row - block.following))
                block.values.append([value])
                block.following = row + 1
            else:
                yield block.following - len(block.values), block.column, block.values
                block.values, block.following = [[value]], row + 1
        for block in open_blocks.values():
            yield block.following - len(block.values), block.column, block.values

    def values(self, needed: Needed, strings: Strings) -> Iterator[tuple[int, int, object]]:
        """The constants of the needed columns with their rows and columns."""
        columns: dict[bytes, int] = {}
        for letters, row, value in self._wanted(needed, strings) if needed else ():
            column = columns.get(letters)
            if column is None:
                column = columns[letters] = column_number(letters.decode())
            yield row, column, value

    def _wanted(self, needed: Needed, strings: Strings) -> Iterator[tuple[bytes, int, object]]:
        """The letters of the column, the row and the value of each constant of the needed columns."""
        if not self.plain:
            self.xml, self.plain = _addressed(self.xml), True
        bounds: dict[bytes, tuple[int, int, int]] = {}
        formulas, filled = self.formulas, self.filled
        for match in _cells_of(tuple(sorted(needed)), prefix_of(self.xml), self.computed).finditer(self.xml):
            letters, digits, number, attributes, inner = match.groups()
            known = bounds.get(letters)
            if known is None:
                column = column_number(letters.decode())
                known = bounds[letters] = (column, *needed.get(column, (1, 0)))
            row = int(digits)
            if not known[1] <= row <= known[2] or (filled and (row, known[0]) in filled):
                continue
            if number is not None:
                yield letters, row, _number(number)
            elif (row, known[0]) not in formulas and (value := constant(attributes, inner, strings)) is not None:
                yield letters, row, value


class _Block:
    """Values of a column below each other: the column, and the row below the last of them."""

    __slots__ = ("column", "following", "values")

    def __init__(self, column: int, row: int, values: list[list[object]]) -> None:
        self.column = column
        self.following = row + 1
        self.values = values


_F, FORMULA_END = b"<f>", b"</f>"
_ESCAPES = lazy(r"[&<>]")
_GAP = 64
_LONGEST = 5_000  # values of a block: a long column is not held whole a second time
_MANY = 40  # columns that a pattern names one by one


@lru_cache(maxsize=64)
def _cells_of(columns: tuple[int, ...], prefix: bytes, computed: bool) -> re.Pattern[bytes]:
    """Cells of some columns: column, row, and the number of a cell that holds nothing else, or attributes and what is inside.

    With `computed` the value may stand behind the formula that gave it; else no cell with a formula is taken.
    """
    letters = columns_pattern(columns)
    formula = rb"(?:<%bf>[^<]*</%bf>)?" % (prefix, prefix) if computed else b""
    number = rb'(?: s="\d+")?>%b<%bv>([-+.\dEe]+)</%bv></%bc>' % (formula, prefix, prefix, prefix)
    other = rb"([^>]*)(?<!/)>%b(.*?)</%bc>" % (b"" if computed else rb"(?!<%bf[\s>/])" % prefix, prefix)
    return re.compile(rb'<%bc r="(%b)(\d+)"(?:%b|%b)' % (prefix, letters, number, other), re.S)


def columns_pattern(columns: Collection[int]) -> bytes:
    """A pattern of the letters of columns, or of any where they are many."""
    return b"|".join(column_letters(column).encode() for column in columns) if len(columns) <= _MANY else b"[A-Z]+"


def is_addressed(xml: bytes) -> bool:
    """Whether every cell of a worksheet names its address first."""
    return _addressed(xml) is xml


def _addressed(xml: bytes) -> bytes:
    """A worksheet in which every cell names its address first."""
    if b"='" in xml and _SINGLE_QUOTED.search(xml):
        xml = double_quoted(xml)
    name = b"<" + prefix_of(xml) + b"c"
    if sum(xml.count(name + end) for end in (b" ", b">", b"/", b"\n", b"\t", b"\r")) == xml.count(name + b' r="'):
        return xml
    start, end = xml.find(b"sheetData"), xml.rfind(b"sheetData")
    row = column = 0

    def write(match: re.Match[bytes]) -> bytes:
        nonlocal row, column
        found = match[0]
        number = _REFERENCE.search(found)
        if re.match(rb"<(?:\w+:)?row", found):
            row, column = int(number[2]) if number else row + 1, 0
            return found
        column = column_number(number[1].decode()) if number and number[1] else column + 1
        rest = _REFERENCE.sub(b"", found)
        name = re.match(rb"<(?:\w+:)?c", rest)
        assert name is not None
        return name[0] + b' r="%b"' % cell(row, column).encode() + rest[name.end() :]

    return xml[:start] + _ROW_OR_CELL.sub(write, xml[start:end]) + xml[end:]


def read_formulas(name: str, xml: bytes, computed: bool = False, addressed: bool = False) -> ReadSheet:
    """The formulas of a worksheet.

    Args:
        name: the sheet's name.
        xml: its part.
        computed: whether formulas with a value are computed already.
        addressed: whether every cell is known to name its address first.
    """
    sheet = ReadSheet(name, xml if addressed else _addressed(xml), plain=True, computed=computed)
    masters: dict[bytes, tuple[int, int, str]] = {}
    arrays: list[tuple[Area, tuple[int, int]]] = []
    expected: dict[bytes, _Expected] = {}
    for match in formula_cells(sheet.xml, prefix_of(sheet.xml), sheet.computed):
        letters, row, inner = match[3], int(match[4]), match[5]
        known = expected.get(letters)
        if known is not None and known.takes(row, inner):
            continue
        column = column_number(letters.decode())
        plain = _plain_formula(inner)
        if plain is not None:
            expected[letters] = _Expected(sheet.formulas.add(row, column, plain))
            continue
        formula = FORMULA.match(inner)
        assert formula is not None
        _read_formula(sheet, formula, row, column, masters, arrays)
    sheet.formulas.close()
    left_over = _MAX_FILLED
    for area, place in arrays:
        (top, bottom), (left, right) = rows_of(area), columns_of(area)
        left_over -= (bottom - top + 1) * (right - left + 1)
        if left_over < 0:
            sheet.formulas.singles[place] = FormulaCell(sheet.formulas[place].text, known=False)
            continue
        sheet.filled |= {
            (row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != place and (row, column) not in sheet.formulas
        }
    return sheet


class _Expected:
    """The cell that a run of formulas goes on with, as it is written."""

    __slots__ = ("inner", "numbers", "run", "wording")

    def __init__(self, run: AlikeFormulas) -> None:
        self.run = run
        self.inner = b""
        self.wording, self.numbers = b"", ()
        if run.form is not None and not _ESCAPES.search(run.form[0]):
            self.wording, self.numbers = b"%b%b%b" % (_F, run.form[0].encode(), FORMULA_END), run.form[1]
            self.inner = b"%b%b%b" % (_F, grown(run.form, run.count).encode(), FORMULA_END)

    def takes(self, row: int, inner: bytes) -> bool:
        """Count a cell, if the run goes on with it."""
        run = self.run
        if inner != self.inner or row != run.following:
            return False
        count = run.count = run.count + 1
        run.following += run.stride
        self.inner = self.wording % tuple([number + step * count for number, step in self.numbers])
        return True


def _plain_formula(inner: bytes) -> str | None:
    """The formula of a cell that holds `<f>` without attributes and nothing else; None where more has to be looked at."""
    if inner[:3] != _F or inner[-4:] != FORMULA_END or inner.find(FORMULA_END) != len(inner) - 4:
        return None
    text = inner[3:-4].decode()
    return (unescape(text) if "&" in text else text).strip()


def constant(attributes: bytes, inner: bytes, strings: Strings) -> object:
    """The value of a cell; None for none.

    Args:
        attributes: of its start tag, behind its address.
        inner: what it holds.
        strings: a shared string by its index.
    """
    if b"t=" not in attributes and inner.endswith(b"</v>") and (at := inner.rfind(b"<v>")) >= 0:
        return _number(inner[at + 3 : -4])
    kind = KIND.search(attributes)
    word = kind[1] if kind else b"n"
    if word == b"inlineStr":
        return _text(b"".join(_TEXT.findall(_PHONETIC.sub(b"", inner))))
    match = _VALUE.search(inner)
    if match is None or match[1] is None:
        return None
    text = match[1]
    if word in (b"n", b"s"):
        number = _number(text)
        return strings(int(number)) if word == b"s" and isinstance(number, float) else number
    if word == b"b":
        return text.strip() in (b"1", b"true")
    if word == b"e":
        return ErrorValue(text.decode())
    return _text(text)


def _number(text: bytes) -> float | ErrorValue | None:
    """A number as it is written; None where nothing is, and an error where what is written is none: no value comes of it."""
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    return found if math.isfinite(found) else ErrorValue("#VALUE!") if text.strip() else None


def _text(raw: bytes) -> str:
    text = unescape(raw.decode())
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _read_formula(
    sheet: ReadSheet,
    match: re.Match[bytes],
    row: int,
    column: int,
    masters: dict[bytes, tuple[int, int, str]],
    arrays: list[tuple[Area, tuple[int, int]]],
) -> None:
    attributes = dict(_ATTRIBUTE.findall(match[1]))
    kind = attributes.get(b"t", b"normal")
    text = unescape((match[2] or b"").decode()).strip()
    area = parse_area(attributes[b"ref"].decode()) if b"ref" in attributes else None
    if kind == b"shared":
        index = attributes.get(b"si", b"")
        if text:
            masters[index] = (row, column, text)
        elif index in masters:
            top, left, master = masters[index]
            text = shift_formula(parse_formula(master), row - top, column - left).text
        sheet.formulas.add(row, column, text)
    elif kind != b"normal" and area is not None:
        size = (rows_of(area)[1] - rows_of(area)[0] + 1, columns_of(area)[1] - columns_of(area)[0] + 1)
        if kind == b"dataTable":
            inputs = [attributes.get(name, b"").decode() for name in (b"r1", b"r2")]
            text = f"TABLE({','.join(inputs).rstrip(',')})"
        sheet.formulas.singles[row, column] = FormulaCell(text, size, known=kind == b"array")
        if size != (1, 1):
            arrays.append((area, (row, column)))
    elif kind == b"normal":
        sheet.formulas.add(row, column, text)
    else:
        sheet.formulas.singles[row, column] = FormulaCell(text, known=False)
