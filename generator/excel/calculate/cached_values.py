"""The kept values of formula cells in a worksheet's XML: read what is there, put in what was computed.

Every formula cell of a rendered workbook gets its value (`<v>`) or none; what the template's program had kept is gone,
since the cells may have other values now. A cell that changes is written again, all others keep their bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import unescape

from generator.excel.calculate.formula_judging import Block, ErrorValue, FormulaCell, Needed, Value
from generator.excel.follow.charts import number_text
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass, field
from generator.ooxml.addresses import Area, cell, column_letters, column_number, columns_of, parse_area, rows_of
from generator.ooxml.cut_formulas import parse_formula, shift_formula
from generator.ooxml.escaping import escape
from generator.ooxml.spreadsheet import double_quoted

# A cell as programs write it, its address first; where one is written otherwise, `_addressed` writes the addresses first.
_ROW_OR_CELL = lazy(rb"<(?:\w+:)?row(?:\s[^>]*)?>|<(?:\w+:)?c(?:\s[^>]*?)?/?>", re.S)
_SINGLE_QUOTED = lazy(rb"<(?:\w+:)?(?:c|f|row)\s[^<>]*='")
_REFERENCE = lazy(rb'\sr="([A-Z]+)?(\d+)"')
_KIND = lazy(rb'\st="([^"]*)"')
_FORMULA = lazy(rb"<(?:\w+:)?f((?:\s[^>]*?)?)(?:/>|>([^<]*)</(?:\w+:)?f>)", re.S)
_VALUE = lazy(rb"<(?:\w+:)?v(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?v>)", re.S)
_TEXT = lazy(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</(?:\w+:)?t>", re.S)
_PHONETIC = lazy(rb"<(?:\w+:)?rPh\s.*?</(?:\w+:)?rPh>", re.S)
_ATTRIBUTE = lazy(rb'\s([\w:]+)="([^"]*)"')
_ESCAPED = lazy(r"_x([0-9A-Fa-f]{4})_")
_HIDDEN = lazy(rb'<(?:\w+:)?row\s[^>]*?hidden="(?:1|true)"[^>]*>')
_ROW_NUMBER = lazy(rb'\sr="(\d+)"')

_MAX_FILLED = 1_000_000  # cells of a sheet that array formulas fill; what fills more gets no value

Strings = Callable[[int], str]


@lru_cache(maxsize=16)
def _formula_cells(prefix: bytes, computed: bool) -> re.Pattern[bytes]:
    """Cells with a formula: prefix, attributes, column, row, and what is inside; with `computed` only those without a value."""
    inner = rb"<%bf(?:\s[^>]*)?(?:/>|>[^<]*</%bf>)" if computed else rb"<%bf[\s>/].*?"
    inner = inner.replace(b"%b", prefix)
    return re.compile(rb'<(%b)c( r="([A-Z]+)(\d+)"[^>]*)>(%b)</%bc>' % (prefix, inner, prefix), re.S)


def _prefix(xml: bytes) -> bytes:
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
    formulas: dict[tuple[int, int], FormulaCell] = field(default_factory=dict)
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
        runs: dict[int, tuple[int, list[list[object]]]] = {}
        for row, column, value in self.values(needed, strings):
            run = runs.get(column)
            if run is not None:
                first, block = run
                gap = row - first - len(block)
                if gap <= _GAP and len(block) < _LONGEST:
                    if gap:
                        block.extend([None] for _ in range(gap))
                    block.append([value])
                    continue
                yield first, column, block
            runs[column] = (row, [[value]])
        for column, (row, block) in runs.items():
            yield row, column, block

    def values(self, needed: Needed, strings: Strings) -> Iterator[tuple[int, int, object]]:
        """The constants of the needed columns with their rows and columns."""
        if not needed:
            return
        if not self.plain:
            self.xml, self.plain = _addressed(self.xml), True
        bounds: dict[bytes, tuple[int, int, int]] = {}
        formulas, filled = self.formulas, self.filled
        for match in _cells_of(tuple(sorted(needed)), _prefix(self.xml)).finditer(self.xml):
            letters, digits, attributes, inner = match.groups()
            known = bounds.get(letters)
            if known is None:
                column = column_number(letters.decode())
                known = bounds[letters] = (column, *needed.get(column, (1, 0)))
            column, first, last = known
            row = int(digits)
            if not first <= row <= last or (row, column) in formulas or (row, column) in filled:
                continue
            value = _constant(attributes, inner, strings)
            if value is not None:
                yield row, column, value


_F, _F_END = b"<f>", b"</f>"
_GAP = 64
_LONGEST = 5_000  # values of a block: a long column is not held whole a second time
_MANY = 40  # columns that a pattern names one by one


@lru_cache(maxsize=64)
def _cells_of(columns: tuple[int, ...], prefix: bytes) -> re.Pattern[bytes]:
    """Cells of some columns: column, row, attributes, and what is inside."""
    letters = b"|".join(column_letters(column).encode() for column in columns) if len(columns) <= _MANY else b"[A-Z]+"
    return re.compile(rb'<%bc r="(%b)(\d+)"([^>]*)(?<!/)>(.*?)</%bc>' % (prefix, letters, prefix), re.S)


def _addressed(xml: bytes) -> bytes:
    """A worksheet in which every cell names its address first."""
    if b"='" in xml and _SINGLE_QUOTED.search(xml):
        xml = double_quoted(xml)
    name = b"<" + _prefix(xml) + b"c"
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


def read_formulas(name: str, xml: bytes, computed: bool = False) -> ReadSheet:
    """The formulas of a worksheet.

    Args:
        name: the sheet's name.
        xml: its part.
        computed: whether formulas with a value are computed already.
    """
    sheet = ReadSheet(name, _addressed(xml), plain=True, computed=computed)
    masters: dict[bytes, tuple[int, int, str]] = {}
    arrays: list[tuple[Area, tuple[int, int]]] = []
    column_of = lru_cache(column_number)
    for match in _formula_cells(_prefix(sheet.xml), sheet.computed).finditer(sheet.xml):
        row, column = int(match[4]), column_of(match[3].decode())
        inner = match[5]
        if (plain := _plain_formula(inner)) is not None:
            sheet.formulas[row, column] = FormulaCell(plain)
            continue
        formula = _FORMULA.match(inner)
        assert formula is not None
        _read_formula(sheet, formula, row, column, masters, arrays)
    left_over = _MAX_FILLED
    for area, place in arrays:
        (top, bottom), (left, right) = rows_of(area), columns_of(area)
        left_over -= (bottom - top + 1) * (right - left + 1)
        if left_over < 0:
            sheet.formulas[place] = FormulaCell(sheet.formulas[place].text, known=False)
            continue
        sheet.filled |= {
            (row, column)
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != place and (row, column) not in sheet.formulas
        }
    return sheet


def _plain_formula(inner: bytes) -> str | None:
    """The formula of a cell that holds `<f>` without attributes and nothing else; None where more has to be looked at."""
    if inner[:3] != _F or inner[-4:] != _F_END or inner.find(_F_END) != len(inner) - 4:
        return None
    text = inner[3:-4].decode()
    return (unescape(text) if "&" in text else text).strip()


def _constant(attributes: bytes, inner: bytes, strings: Strings) -> object:
    if b"t=" not in attributes and inner.endswith(b"</v>") and (at := inner.rfind(b"<v>")) >= 0:
        return float(inner[at + 3 : -4])
    kind = _KIND.search(attributes)
    word = kind[1] if kind else b"n"
    if word == b"inlineStr":
        return _text(b"".join(_TEXT.findall(_PHONETIC.sub(b"", inner))))
    match = _VALUE.search(inner)
    if match is None or match[1] is None:
        return None
    text = match[1]
    if word == b"n":
        return float(text)
    if word == b"s":
        return strings(int(text))
    if word == b"b":
        return text.strip() in (b"1", b"true")
    if word == b"e":
        return ErrorValue(text.decode())
    return _text(text)


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
        sheet.formulas[row, column] = FormulaCell(text)
    elif kind != b"normal" and area is not None:
        size = (rows_of(area)[1] - rows_of(area)[0] + 1, columns_of(area)[1] - columns_of(area)[0] + 1)
        if kind == b"dataTable":
            inputs = [attributes.get(name, b"").decode() for name in (b"r1", b"r2")]
            text = f"TABLE({','.join(inputs).rstrip(',')})"
        sheet.formulas[row, column] = FormulaCell(text, size, known=kind == b"array")
        if size != (1, 1):
            arrays.append((area, (row, column)))
    else:
        sheet.formulas[row, column] = FormulaCell(text, known=kind == b"normal")


def write_values(sheet: ReadSheet, values: Callable[[int, int], Value | ErrorValue | None], original: bytes) -> bytes:
    """A worksheet whose formula cells hold the given values and no others.

    Args:
        sheet: the worksheet.
        values: what a cell holds by its row and column; None: no value.
        original: the part as it was read, which is given back if nothing changes.
    """

    column_of = lru_cache(column_number)

    def write(match: re.Match[bytes]) -> bytes:
        prefix, attributes, letters, digits, inner = match.groups()
        value = values(int(digits), column_of(letters.decode()))
        if inner[-4:] != _F_END or inner.find(b"<", 1) != len(inner) - 4:  # more than a formula
            formula = _FORMULA.match(inner)
            assert formula is not None
            inner = formula[0]
        if type(value) is float and not prefix and b"t=" not in attributes:
            return b"<c%b>%b<v>%b</v></c>" % (attributes, inner, number_text(value).encode())
        return _write_cell(prefix, attributes, inner, value)

    written = _formula_cells(_prefix(sheet.xml), sheet.computed).sub(write, sheet.xml)
    if sheet.filled:
        left = set(sheet.filled)

        def fill(match: re.Match[bytes]) -> bytes:
            row, column = int(match[2]), column_number(match[1].decode())
            if (row, column) not in left:
                return match[0]
            prefix = re.match(rb"<((?:\w+:)?)c", match[0])
            assert prefix is not None
            return _write_cell(prefix[1], b' r="%b%b"' % (match[1], match[2]) + match[3], b"", values(row, column))

        columns = tuple(sorted({column for _, column in left}))
        written = _cells_of(columns, _prefix(written)).sub(fill, written)
    return original if written == sheet.xml else written


def _write_cell(prefix: bytes, attributes: bytes, formula: bytes, value: Value | ErrorValue | None) -> bytes:
    kind, text = written_value(value)
    attributes = _KIND.sub(b"", attributes)
    if kind:
        attributes += b' t="%b"' % kind
    body = formula
    if text is not None:
        body += b"<%bv>%b</%bv>" % (prefix, text, prefix)
    return b"<%bc%b>%b</%bc>" % (prefix, attributes, body, prefix) if body else b"<%bc%b/>" % (prefix, attributes)


def written_value(value: Value | ErrorValue | None) -> tuple[bytes, bytes | None]:
    """The kind of a cell with a value, and the text of its `<v>`."""
    if value is None:
        return b"", None
    if isinstance(value, ErrorValue):
        return b"e", value.text.encode()
    if isinstance(value, bool):
        return b"b", b"1" if value else b"0"
    if isinstance(value, str):
        return b"str", escape(_safe(value)).encode()
    return b"", number_text(value).encode()


def _safe(text: str) -> str:
    """A text with the characters that XML cannot hold as the format writes them (`_x000B_`)."""
    text = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)
    return re.sub(r"[\x00-\x08\x0b\x0c\x0d\x0e-\x1f]", lambda match: f"_x{ord(match[0]):04X}_", text)
