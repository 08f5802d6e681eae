"""The names and tables of a workbook as a render has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from html import unescape

from generator.excel.calculate.formula_names import NamedTable
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import parse_area
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import local, parse_xml
from generator.ooxml.relationships import related_parts
from generator.ooxml.spreadsheet import double_quoted
from generator.ooxml.stated_numbers import whole

KEPT = 1 << 16  # bytes of a workbook part whose names are remembered
_DEFINED = lazy(rb"<(?:\w+:)?definedName\s([^>]*)>([^<]*)</")


def defined_names(xml: bytes) -> dict[tuple[str | None, str], str]:
    """The formulas of the names that a workbook part defines, by (sheet or None, name)."""
    return {**(_defined_names(xml) if len(xml) <= KEPT else _defined_names.__wrapped__(xml))}


@lru_cache(maxsize=16)  # documents of one template have mostly the same names
def _defined_names(xml: bytes) -> dict[tuple[str | None, str], str]:
    all_sheets = [
        element.get("name", "")
        for element in parse_xml(xml).iter()
        if local(element) == "sheet" and element.get("sheetId")
    ]
    xml = double_quoted(xml)
    found: dict[tuple[str | None, str], str] = {}
    for match in _DEFINED.finditer(xml):
        attributes = dict(re.findall(rb'(?<![\w:])([\w:]++)="([^"]*)"', match[1]))
        owner = attributes.get(b"localSheetId")
        index = whole(owner) if owner else -1
        scope = None if owner is None else all_sheets[index] if index < len(all_sheets) else ""
        found[scope, unescape(attributes.get(b"name", b"").decode())] = unescape(match[2].decode())
    return found


def tables_of(sheets: Iterable[tuple[str, str]], parts: Overlay) -> tuple[NamedTable, ...]:
    """The tables of sheets.

    Args:
        sheets: names with their parts.
        parts: of the workbook.
    """
    found = []
    for sheet, owner in sheets:
        for part in related_parts(parts, owner, "table"):
            root = parse_xml(parts.read(part))
            area = parse_area(root.get("ref", ""))
            if area is None:
                continue
            columns = tuple(
                re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), column.get("name", ""))
                for group in root
                if local(group) == "tableColumns"
                for column in group
            )
            name = root.get("displayName") or root.get("name") or ""
            header, totals = root.get("headerRowCount", "1") != "0", root.get("totalsRowCount", "0") != "0"
            found.append(NamedTable(name, sheet, area, columns, header, totals))
    return tuple(found)
