"""Read the cells of a sheet, a row at a time: a hundred thousand rows fit into little memory."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from lxml import etree

from generator.compare.canonical import properties
from generator.compare.excel.seen_cells import Colours, seen_font
from generator.compare.excel.workbook_model import CellValue, Line, RowData, Sheet
from generator.compare.excel.workbook_styles import CellFormats
from generator.compare.package_facts import Parts
from generator.diagnostics import InvalidDocument
from generator.diagnostics.catalogue import diagnostic
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS, column_number
from generator.ooxml.cut_formulas import parse_formula, shift_formula
from generator.ooxml.package import local
from generator.ooxml.stated_numbers import Misstated, real, whole

X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RUN_NOISE = ("family", "charset", "scheme")
_V, _F, _IS, _ROW, _C = X + "v", X + "f", X + "is", X + "row", X + "c"


class Strings:
    """The shared strings: texts, and the runs of those that are formatted within."""

    def __init__(self, parts: Parts, main: str, colours: Colours | None = None):
        self.texts: list[str] = []
        self.rich: dict[int, Any] = {}
        part = parts.one(main, "sharedStrings")
        if part is None:
            return
        self.colours = colours
        _events(parts, part, X + "si", self._take)

    def _take(self, element: etree._Element) -> None:
        text, runs = string(element, self.colours)
        if runs:
            self.rich[len(self.texts)] = runs
        self.texts.append(text)


def string(element: etree._Element, colours: Colours | None = None) -> tuple[str, Any]:
    """Text and runs of a string item, with `colours` as a reader sees them; plain text has no runs. Phonetic hints are left out."""
    if len(element) == 1 and element[0].tag == X + "t":
        return element[0].text or "", ()
    text: list[str] = []
    runs: list[tuple[str, Any]] = []
    for child in element:
        if child.tag == X + "t":
            text.append(child.text or "")
            runs.append((child.text or "", ()))
        elif child.tag == X + "r":
            piece = "".join(t.text or "" for t in child.iterfind(X + "t"))
            look = tuple(("size" if n == "sz" else n, v) for n, v in properties(child.find(X + "rPr"), _RUN_NOISE))
            if colours is not None:
                look = seen_font(look, colours)
            text.append(piece)
            if runs and runs[-1][1] == look:
                runs[-1] = (runs[-1][0] + piece, look)
            elif piece:
                runs.append((piece, look))
    return "".join(text), tuple(runs) if any(look for _, look in runs) else ()


def _events(parts: Parts, part: str, tag: str, take: Callable[[etree._Element], None]) -> etree._Element | None:
    """Take the finished elements of one name as they are read, each forgotten then; the root, which keeps the rest.

    Raises:
        InvalidDocument: the part is no well-formed XML.
    """
    context = etree.iterparse(
        io.BytesIO(parts.bytes(part)),
        events=("end",),
        tag=tag,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for _, element in context:
            take(element)
            _forget(element)
    except etree.XMLSyntaxError as fault:
        raise InvalidDocument(
            [diagnostic("xml-damaged", name=parts.package.name, part=part, reason=fault.msg)]
        ) from None
    return context.root


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def read_rows(sheet: Sheet, parts: Parts, part: str, strings: Strings, formats: CellFormats) -> etree._Element | None:
    """Read all rows of a sheet part into `sheet`; what else the part holds is returned, without the rows."""
    reader = _RowReader(sheet, strings, formats)
    root = _events(parts, part, _ROW, reader.read)
    if root is not None and root.getroottree().docinfo.internalDTD is not None:
        raise InvalidDocument([diagnostic("xml-doctype", name=parts.package.name, part=part)])
    return root


class _RowReader:
    """The state of reading one sheet: the last row's number, shared formulas, tuples that repeat."""

    def __init__(self, sheet: Sheet, strings: Strings, formats: CellFormats):
        self.sheet = sheet
        self.strings = strings
        self.formats = formats
        self.number = 0
        self.shared: dict[str, tuple[str, int, int]] = {}
        self.columns: dict[str, int] = {}
        self.known: dict[tuple[int, ...], tuple[int, ...]] = {}
        self.floats: dict[str, float] = {}

    def read(self, row: etree._Element) -> None:
        own = row.get("r")
        number = self.number = whole(own) if own else self.number + 1
        if not 0 < number <= MAX_ROWS:
            raise Misstated(own or number)
        columns: list[int] = []
        values: list[CellValue] = []
        looks: list[int] = []
        formulas: list[str | None] | None = None
        column = 0
        known_columns, look_of = self.columns, self.formats.looks
        for cell in row:
            if cell.tag != _C:
                continue
            reference = cell.get("r")
            if reference:
                letters = reference.rstrip("0123456789")
                column = known_columns.get(letters) or self.column(letters)
            else:
                column += 1
            style = cell.get("s")
            look = look_of[0] if style is None else self.formats.look(style)
            value, formula = self.content(cell, column)
            if value == "" and formula is None:
                value = None
            if value is None and formula is None and look == look_of[0]:
                continue
            columns.append(column)
            values.append(value)
            looks.append(look)
            if formulas is not None:
                formulas.append(formula)
            elif formula is not None:
                formulas = [*([None] * (len(columns) - 1)), formula]
        self.line(row, number)
        if columns:
            texts = None if formulas is None else tuple(formulas)
            self.sheet.numbers.append(number)
            self.sheet.rows.append(RowData(self.same(tuple(columns)), tuple(values), texts, self.same(tuple(looks))))

    def content(self, cell: etree._Element, column: int) -> tuple[CellValue, str | None]:
        """The value and the formula of a cell."""
        value: CellValue = None
        formula: str | None = None
        for child in cell:
            tag = child.tag
            if tag == _V:
                value = self.value(cell.get("t"), child.text, column)
            elif tag == _F:
                formula = self.formula(child, self.number, column)
            elif tag == _IS:
                value, runs = string(child, self.formats.colours)
                if runs:
                    self.sheet.rich[self.number, column] = runs
        return value, formula

    def value(self, kind: str | None, raw: str | None, column: int) -> CellValue:
        """A value as it is written, by the type of its cell."""
        if raw is None:
            return "" if kind == "str" else None
        if kind is None or kind == "n":
            return self.float(raw)
        if kind == "str":
            return raw
        if kind == "s":
            try:  # once a cell: a call costs as much as the number
                index = int(raw)
            except ValueError:
                raise Misstated(raw) from None
            if index in self.strings.rich:
                self.sheet.rich[self.number, column] = self.strings.rich[index]
            return self.strings.texts[index] if 0 <= index < len(self.strings.texts) else ""
        return ("b", "TRUE" if raw.strip() in ("1", "true") else "FALSE") if kind == "b" else (kind, raw)

    def column(self, letters: str) -> int:
        """A column's number, remembered.

        Raises:
            Misstated: there is no such column.
        """
        number = column_number(letters) if letters.isascii() and letters.isalpha() and letters.isupper() else 0
        if not 0 < number <= MAX_COLUMNS:
            raise Misstated(letters)
        self.columns[letters] = number
        return number

    def same(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        """Rows mostly have the same columns and looks: one tuple serves them all."""
        return self.known.setdefault(numbers, numbers)

    def float(self, raw: str) -> CellValue:
        known = self.floats.get(raw)
        if known is None:
            try:
                known = float(raw)
                # Excel keeps 15 digits (its documented precision); what follows is noise of conversion
                if len(raw) > 15:
                    known = float(f"{known:.15g}")
            except ValueError:
                return ("n", raw)
            if len(self.floats) < 100_000:
                self.floats[raw] = known
        return known

    def formula(self, element: etree._Element, row: int, column: int) -> str:
        text = element.text or ""
        if element.get("t") == "shared":
            group = element.get("si", "")
            if text:
                self.shared[group] = (text, row, column)
            elif group in self.shared:
                master, master_row, master_column = self.shared[group]
                text = shift_formula(parse_formula(master), row - master_row, column - master_column).text
        elif element.get("t") == "array":
            text = f"{{{text}}}" + ("" if element.get("ref", "").find(":") < 0 else element.get("ref", ""))
        return text

    def line(self, row: etree._Element, number: int) -> None:
        get = row.get
        height, style = get("ht"), get("s")
        hidden, outline = get("hidden") in ("1", "true"), get("outlineLevel")
        look = self.formats.own(style) if get("customFormat") in ("1", "true") else 0
        if height is None and not hidden and not outline and not look:
            return
        self.sheet.lines[number] = Line(
            f"{real(height):g}" if height else "",
            get("customHeight") in ("1", "true"),
            hidden,
            whole(outline or 0),
            look,
        )


def rest_of(root: etree._Element | None) -> dict[str, list[etree._Element]]:
    """The children of a sheet part by name."""
    found: dict[str, list[etree._Element]] = {}
    for child in root if root is not None else ():
        found.setdefault(local(child), []).append(child)
    return found
