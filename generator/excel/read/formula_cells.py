"""The formula cells of a sheet: their formulas cut at their references, shared ones expanded (ECMA-376 part 1, 18.3.1.40)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from generator.diagnostics.wording import workbook_words as words
from generator.excel.follow.along_rows import AlongRows, along_rows
from generator.excel.follow.formulas import Frame, rewrite, rewrite_areas
from generator.excel.follow.layout import Origin
from generator.excel.read.sheet_xml import SheetXml, attributes_of
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.addresses import Area, parse_area, shape_of, write_area
from generator.ooxml.addresses import cell as cell_name
from generator.ooxml.cut_formulas import Formula, parse_formula, shift_formula
from generator.ooxml.escaping import escape

_FORMULA = lazy(rb"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>)", re.S)


@dataclass(frozen=True, slots=True)
class FormulaCell:
    """A cell that holds a formula.

    Args:
        row, column: its source position.
        formula: what it computes; None for a data table.
        kind: "normal", "array" or "dataTable".
        area: the cells of an array formula or data table.
        raw: its `<f>` element as it is written; of a shared formula the element that it would have alone.
        attributes: of its `<f>`, but those that say where and how it is shared.
    """

    row: int
    column: int
    formula: Formula | None
    kind: str
    area: Area | None
    raw: bytes
    attributes: bytes = b""

    def write(self, frame: Frame, row: Origin, column: Origin, prefix: bytes = b"") -> bytes:
        """Its `<f>` element in the rendered workbook."""
        if self.formula is None:
            return self._data_table(frame, row, column)
        text = rewrite(self.formula, frame, row, column)
        if self.kind == "normal" and text == self.formula.text and self.raw:
            return self.raw
        kind = b""
        if self.kind == "array" and self.area is not None:
            area, *_ = rewrite_areas(self.area, frame, row, column)  # of several the first covers it
            kind = b' t="array" ref="%b"' % write_area(area).encode()
        return self.element(escape(text).encode(), prefix, kind)

    def along(self, first: int, last: int) -> AlongRows | None:
        """The formula as it moves with the rows of its band; None where it follows otherwise."""
        return along_rows(self.formula, first, last) if self.formula is not None and self.kind == "normal" else None

    def element(self, escaped: bytes, prefix: bytes = b"", kind: bytes = b"") -> bytes:
        """Its `<f>` element with the text of a formula."""
        return b"<%bf%b%b>%b</%bf>" % (prefix, kind, self.attributes, escaped, prefix)

    def _data_table(self, frame: Frame, row: Origin, column: Origin) -> bytes:
        """A what-if table (`t="dataTable"`) with its cells and its input cells where they went."""
        raw = self.raw
        for name in (b"ref", b"r1", b"r2"):
            match = re.search(rb'(\s%b=")([^"]*)(")' % name, raw)
            area = parse_area(match[2].decode()) if match else None
            if match is None or area is None:
                continue
            found = rewrite_areas(area, frame, row, column)
            if len(found) != 1 or shape_of(found[0]) != shape_of(area):
                place = {"sheet": frame.sheet.source, "cell": cell_name(self.row, self.column)} if frame.sheet else None
                frame.refuse("excel-cannot-follow", place, what=words.DATA_TABLE, reference=str(area))
                return raw
            raw = raw[: match.start(2)] + write_area(found[0]).encode() + raw[match.end(2) :]
        return raw

    def text(self, frame: Frame, row: Origin, column: Origin) -> str | None:
        """The formula's text in the rendered workbook; None for a data table."""
        return None if self.formula is None else rewrite(self.formula, frame, row, column)


def formula_cells(xml: SheetXml) -> Mapping[tuple[int, int], FormulaCell]:
    """The formula cells of a sheet by row and column."""
    found: dict[tuple[int, int], FormulaCell] = {}
    masters: dict[bytes, tuple[int, int, Formula]] = {}
    for row in xml.rows:
        for cell in row.cells:
            if not cell.formula:
                continue
            match = _FORMULA.search(cell.inner)
            if match is None:
                continue
            text = unescape((match[1] or b"").decode())
            attributes = attributes_of(match[0])
            kind = attributes.get(b"t", b"normal").decode()
            rest = b"".join(
                b' %b="%b"' % (name, value) for name, value in attributes.items() if name not in (b"t", b"si", b"ref")
            )
            area = parse_area(attributes[b"ref"].decode()) if b"ref" in attributes else None
            raw = match[0]
            if kind == "shared":
                shared = attributes.get(b"si", b"")
                if text:
                    formula = parse_formula(text)
                    masters[shared] = (cell.row, cell.column, formula)
                elif shared in masters:
                    top, left, master = masters[shared]
                    formula = shift_formula(master, cell.row - top, cell.column - left)
                else:
                    formula = parse_formula("")
                kind, area = "normal", None
                raw = b"<%bf%b>%b</%bf>" % (xml.prefix, rest, escape(formula.text).encode(), xml.prefix)
            elif kind == "dataTable":
                found[cell.row, cell.column] = FormulaCell(cell.row, cell.column, None, kind, area, raw)
                continue
            else:
                formula = parse_formula(text)
            found[cell.row, cell.column] = FormulaCell(cell.row, cell.column, formula, kind, area, raw, rest)
    return found
