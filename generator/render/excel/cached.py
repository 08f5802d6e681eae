"""The kept values of formula cells in a worksheet's XML: read what is there, put in what was computed.

Every formula cell of a rendered workbook gets its value (`<v>`) or none; what the template's program had kept is gone,
since the cells may have other values now. A cell that changes is written again, all others keep their bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from xml.sax.saxutils import escape

from generator.render.excel.charts import number_text
from generator.render.excel.formulas import parse_formula, shift_formula
from generator.render.excel.ranges import columns_of, rows_of
from generator.render.excel.references import Area, column_number, parse_area
from generator.render.excel.values import ErrorValue, FormulaCell, Value

_CELL = re.compile(rb"<((?:\w+:)?)c((?:\s[^>]*?)?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_ROW = re.compile(rb"<(?:\w+:)?row(\s[^>]*)?>", re.S)
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?row(?:\s[^>]*)?>|<(?:\w+:)?c(?:\s[^>]*?)?(?:/>|>.*?</(?:\w+:)?c>)", re.S)
_REFERENCE = re.compile(rb'\sr="([A-Z]+)?(\d+)"')
_KIND = re.compile(rb'\st="([^"]*)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f((?:\s[^>]*?)?)(?:/>|>([^<]*)</(?:\w+:)?f>)", re.S)
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?v>)", re.S)
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)</(?:\w+:)?t>", re.S)
_PHONETIC = re.compile(rb"<(?:\w+:)?rPh\s.*?</(?:\w+:)?rPh>", re.S)
_ATTRIBUTE = re.compile(rb'\s([\w:]+)="([^"]*)"')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_HIDDEN = re.compile(rb'\shidden="(?:1|true)"')


@dataclass(slots=True)
class ReadSheet:
    """A worksheet's cells as they stand in its XML.

    Args:
        name: the sheet.
        constants: rows of values, as (row, first column, values).
        formulas: by (row, column).
        filled: cells that an array formula of another cell fills, with that cell.
        hidden: some row is hidden.
    """

    name: str
    constants: list[tuple[int, int, list[object]]] = field(default_factory=list)
    formulas: dict[tuple[int, int], FormulaCell] = field(default_factory=dict)
    filled: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    hidden: bool = False

    def values(self) -> Iterator[tuple[int, int, object]]:
        """Every constant with its row and column."""
        for row, column, values in self.constants:
            for offset, value in enumerate(values):
                if value is not None:
                    yield row, column + offset, value


def read_cells(name: str, xml: bytes, strings: Callable[[int], str]) -> ReadSheet:
    """The cells of a worksheet.

    Args:
        name: the sheet's name.
        xml: its part.
        strings: a shared string by its index.
    """
    sheet = ReadSheet(name)
    masters: dict[bytes, tuple[int, int, str]] = {}
    arrays: list[tuple[Area, tuple[int, int]]] = []
    row = column = 0
    first = 0
    values: list[object] = []
    for match in _ROW_OR_CELL.finditer(xml):
        found = match[0]
        if (start := _ROW.fullmatch(found)) is not None:
            if values:
                sheet.constants.append((row, first, values))
                values = []
            attributes = start[1] or b""
            number = _REFERENCE.search(attributes)
            row = int(number[2]) if number else row + 1
            column = 0
            sheet.hidden |= _HIDDEN.search(attributes) is not None
            continue
        parts = _CELL.fullmatch(found)
        assert parts is not None
        reference = _REFERENCE.search(parts[2])
        column = column_number(reference[1].decode()) if reference and reference[1] else column + 1
        inner = parts[3]
        if inner is None:
            continue
        formula = _FORMULA.search(inner)
        if formula is not None:
            _read_formula(sheet, formula, row, column, masters, arrays)
            continue
        value = _constant(parts[2], inner, strings)
        if value is None:
            continue
        if not values:
            first = column
        elif column - first > len(values) + 8:  # a wide gap: two runs
            sheet.constants.append((row, first, values))
            values, first = [], column
        values += [None] * (column - first - len(values))
        values.append(value)
    if values:
        sheet.constants.append((row, first, values))
    _fill_arrays(sheet, arrays)
    return sheet


def _constant(attributes: bytes, inner: bytes, strings: Callable[[int], str]) -> object:
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
    elif kind == b"array" and area is not None:
        size = (rows_of(area)[1] - rows_of(area)[0] + 1, columns_of(area)[1] - columns_of(area)[0] + 1)
        sheet.formulas[row, column] = FormulaCell(text, size)
        if size != (1, 1):
            arrays.append((area, (row, column)))
    else:
        sheet.formulas[row, column] = FormulaCell(text, known=kind == b"normal")
        if kind != b"normal" and area is not None:
            arrays.append((area, (row, column)))


def _fill_arrays(sheet: ReadSheet, arrays: list[tuple[Area, tuple[int, int]]]) -> None:
    """Cells that an array formula fills hold its values, not values of their own."""
    if not arrays:
        return
    for area, place in arrays:
        (top, bottom), (left, right) = rows_of(area), columns_of(area)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != place and (row, column) not in sheet.formulas:
                    sheet.filled[row, column] = place
    rows = {row for row, _ in sheet.filled}
    for row, first, values in sheet.constants:
        if row in rows:
            for offset in range(len(values)):
                if (row, first + offset) in sheet.filled:
                    values[offset] = None


def write_values(
    xml: bytes, places: Iterable[tuple[int, int]], values: Mapping[tuple[int, int], Value | ErrorValue]
) -> bytes:
    """A worksheet whose formula cells hold the given values and no others.

    Args:
        xml: its part.
        places: the cells that formulas fill, by row and column.
        values: what they hold; a cell that is not here gets no value.
    """
    wanted = set(places)
    row = column = 0

    def write(match: re.Match[bytes]) -> bytes:
        nonlocal row, column
        found = match[0]
        if (start := _ROW.fullmatch(found)) is not None:
            number = _REFERENCE.search(start[1] or b"")
            row, column = int(number[2]) if number else row + 1, 0
            return found
        parts = _CELL.fullmatch(found)
        assert parts is not None
        reference = _REFERENCE.search(parts[2])
        column = column_number(reference[1].decode()) if reference and reference[1] else column + 1
        if (row, column) not in wanted:
            return found
        return _write_cell(parts, values.get((row, column)))

    return _ROW_OR_CELL.sub(write, xml)


def _write_cell(parts: re.Match[bytes], value: Value | ErrorValue | None) -> bytes:
    prefix, attributes, inner = parts[1], parts[2], parts[3] or b""
    kind, text = _written(value)
    attributes = _KIND.sub(b"", attributes)
    if kind:
        attributes += b' t="%b"' % kind
    formula = _FORMULA.search(inner)
    body = formula[0] if formula else b""
    if text is not None:
        body += b"<%bv>%b</%bv>" % (prefix, text, prefix)
    return b"<%bc%b>%b</%bc>" % (prefix, attributes, body, prefix) if body else b"<%bc%b/>" % (prefix, attributes)


def _written(value: Value | ErrorValue | None) -> tuple[bytes, bytes | None]:
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
