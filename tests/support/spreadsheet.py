"""Faults of SpreadsheetML that make Excel repair a workbook: order of cells, merges, counts, references."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

from lxml import etree
from openpyxl.utils import column_index_from_string, range_boundaries

from tests.support.finding import Finding

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!"}
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384


def findings(raw: Mapping[str, bytes], relationships: Mapping[str, Mapping[str, tuple[str, str]]]) -> Iterator[Finding]:
    """The faults of every worksheet, of the workbook and of its tables."""
    workbook = next(
        (target for kind, target in relationships.get("", {}).values() if kind.endswith("/officeDocument")), ""
    )
    if not workbook.startswith("xl/") or workbook not in raw:
        return
    book = relationships.get(workbook, {})
    strings = _count(raw, book, "/sharedStrings", f"{S}si")
    yield from _workbook(workbook, raw[workbook])
    yield from _shared_strings(raw, book)
    styles = _styles(raw, book)
    tables: dict[str, str] = {}
    for kind, target in book.values():
        if kind.endswith("/worksheet") and target in raw:
            yield from _sheet(target, raw[target], strings, styles)
            for inner, table in relationships.get(target, {}).values():
                if inner.endswith("/table") and table in raw:
                    yield from _table(table, raw[table], tables)


def _count(raw: Mapping[str, bytes], book: Mapping[str, tuple[str, str]], kind: str, tag: str) -> int:
    target = next((target for found, target in book.values() if found.endswith(kind)), "")
    return len(etree.fromstring(raw[target]).findall(tag)) if target in raw else 0


def _styles(raw: Mapping[str, bytes], book: Mapping[str, tuple[str, str]]) -> int:
    target = next((target for kind, target in book.values() if kind.endswith("/styles")), "")
    if target not in raw:
        return 1
    formats = etree.fromstring(raw[target]).find(f"{S}cellXfs")
    return 1 if formats is None else len(formats)


def _shared_strings(raw: Mapping[str, bytes], book: Mapping[str, tuple[str, str]]) -> Iterator[Finding]:
    target = next((target for kind, target in book.values() if kind.endswith("/sharedStrings")), "")
    if target in raw:
        root = etree.fromstring(raw[target])
        unique = root.get("uniqueCount")
        if unique is not None and int(unique) != len(root.findall(f"{S}si")):
            yield Finding("shared-strings-count", target, f"{unique} stated, {len(root.findall(f'{S}si'))} there")


def _workbook(name: str, data: bytes) -> Iterator[Finding]:
    root = etree.fromstring(data)
    seen: dict[tuple[str, str], None] = {}
    sheets = root.findall(f"{S}sheets/{S}sheet")
    for sheet in sheets:
        label = sheet.get("name", "")
        if not 0 < len(label) <= 31 or re.search(r"[\[\]:*?/\\]", label) or label[:1] == "'" or label[-1:] == "'":
            yield Finding("sheet-name", name, label)
        for key in (("name", label.casefold()), ("id", sheet.get("sheetId", ""))):
            if key in seen:
                yield Finding(f"sheet-{key[0]}-twice", name, key[1])
            seen[key] = None
    if not any(sheet.get("state", "visible") == "visible" for sheet in sheets):
        yield Finding("no-visible-sheet", name, "")
    for item in root.findall(f"{S}definedNames/{S}definedName"):
        scope = item.get("localSheetId", "")
        key = ("defined", f"{item.get('name', '').casefold()}@{scope}")
        if key in seen:
            yield Finding("defined-name-twice", name, key[1])
        seen[key] = None
        if scope and int(scope) >= len(sheets):
            yield Finding("defined-name-scope", name, key[1])
        if "#REF!" in (item.text or ""):
            yield Finding("defined-name-ref", name, f"{item.get('name')} = {item.text}")


def _sheet(name: str, data: bytes, strings: int, styles: int) -> Iterator[Finding]:
    previous = 0
    merges: list[tuple[int, int, int, int]] = []
    shared: set[str] = set()
    events = etree.iterparse(
        io.BytesIO(data), tag=(f"{S}row", f"{S}mergeCells", f"{S}worksheet"), huge_tree=True, resolve_entities=False
    )
    for _, element in events:
        if element.tag == f"{S}row":
            number = int(element.get("r") or previous + 1)
            if number <= previous:
                yield Finding("row-twice" if number == previous else "row-out-of-order", name, str(number))
            if number > MAX_ROW:
                yield Finding("row-past-end", name, str(number))
            previous = number
            yield from _cells(name, element, number, strings, styles, shared)
            element.clear(keep_tail=True)
        elif element.tag == f"{S}mergeCells":
            items = element.findall(f"{S}mergeCell")
            if (stated := element.get("count")) is not None and int(stated) != len(items):
                yield Finding("merge-count", name, f"{stated} stated, {len(items)} there")
            if not items:
                yield Finding("merges-empty", name, "")
            for item in items:
                merges.append(_bounds(item.get("ref", "")))
        else:
            yield from _references(name, element)
    yield from _overlaps(name, merges)


def _cells(
    name: str, row: etree._Element, number: int, strings: int, styles: int, shared: set[str]
) -> Iterator[Finding]:
    last = 0
    for cell in row.iterchildren(f"{S}c"):
        address = cell.get("r")
        column = last + 1
        if address is not None:
            match = _ADDRESS.fullmatch(address)
            if not match:
                yield Finding("cell-address", name, address)
                continue
            column = column_index_from_string(match[1])
            if int(match[2]) != number:
                yield Finding("cell-in-wrong-row", name, f"{address} in row {number}")
        if column <= last:
            yield Finding("cell-twice" if column == last else "cell-out-of-order", name, str(address))
        if column > MAX_COLUMN:
            yield Finding("cell-past-end", name, str(address))
        last = column
        if int(cell.get("s", 0)) >= styles:
            yield Finding("cell-style-unknown", name, f"{address} s={cell.get('s')}")
        formula = cell.find(f"{S}f")
        if formula is not None:
            if formula.get("t") == "shared" and formula.get("ref"):
                if formula.get("si", "") in shared:
                    yield Finding("shared-formula-twice", name, str(address))
                shared.add(formula.get("si", ""))
            elif formula.get("t") == "shared" and formula.get("si", "") not in shared:
                yield Finding("shared-formula-without-master", name, str(address))
            if (formula.text or "").startswith("="):
                yield Finding("formula-with-equals", name, f"{address} {formula.text}")
        yield from _value(name, cell, str(address), strings)


def _value(name: str, cell: etree._Element, address: str, strings: int) -> Iterator[Finding]:
    value = cell.find(f"{S}v")
    if value is None:
        return
    text, kind = value.text or "", cell.get("t", "n")
    if kind == "n" and text:
        try:
            float(text)
        except ValueError:
            yield Finding("number-not-a-number", name, f"{address} {text!r}")
        else:
            if not re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?", text):
                yield Finding("number-not-a-number", name, f"{address} {text!r}")
    elif kind == "s" and not (text.isdecimal() and int(text) < strings):
        yield Finding("shared-string-unknown", name, f"{address} {text}")
    elif kind == "b" and text not in ("0", "1"):
        yield Finding("boolean-value", name, f"{address} {text!r}")
    elif kind == "e" and text not in _ERRORS:
        yield Finding("error-value", name, f"{address} {text!r}")
    elif kind == "inlineStr":
        yield Finding("inline-string-with-value", name, address)
    if kind in ("str", "inlineStr") and len(text) > 32_767:
        yield Finding("text-too-long", name, address)


def _references(name: str, sheet: etree._Element) -> Iterator[Finding]:
    for tag, attribute in (
        ("dimension", "ref"),
        ("autoFilter", "ref"),
        ("hyperlinks/", "ref"),
        ("dataValidations/", "sqref"),
    ):
        for item in sheet.iterfind(f"{S}{tag[:-1]}/*" if tag.endswith("/") else f"{S}{tag}"):
            for reference in item.get(attribute, "").split():
                try:
                    _bounds(reference)
                except ValueError:
                    yield Finding("reference-malformed", name, f"{tag} {reference}")
    for tag in ("hyperlinks", "dataValidations", "tableParts", "rowBreaks", "colBreaks"):
        for item in sheet.findall(f"{S}{tag}"):
            stated = item.get("count")
            if stated is not None and int(stated) != len(item):
                yield Finding(f"{tag}-count", name, f"{stated} stated, {len(item)} there")
            if not len(item) and tag in ("hyperlinks", "dataValidations"):
                yield Finding(f"{tag}-empty", name, "")
    for item in sheet.iterfind(f"{S}conditionalFormatting"):
        if not item.get("sqref", "").strip():
            yield Finding("conditional-format-without-range", name, "")


def _overlaps(name: str, merges: list[tuple[int, int, int, int]]) -> Iterator[Finding]:
    """Merges that share a cell, by a sweep down the rows."""
    active: list[tuple[int, int, int, int]] = []
    for merge in sorted(merges, key=lambda bounds: bounds[1]):
        left, top, right, bottom = merge
        if left == right and top == bottom:
            yield Finding("merge-of-one-cell", name, str(merge))
        active = [other for other in active if other[3] >= top]
        for other in active:
            if other[0] <= right and left <= other[2]:
                yield Finding("merges-overlap", name, f"{other} and {merge}")
        active.append(merge)


def _table(name: str, data: bytes, seen: dict[str, str]) -> Iterator[Finding]:
    root = etree.fromstring(data)
    left, _, right, _ = _bounds(root.get("ref", ""))
    columns = root.findall(f"{S}tableColumns/{S}tableColumn")
    if len(columns) != right - left + 1:
        yield Finding("table-columns", name, f"{len(columns)} columns in {root.get('ref')}")
    labels = [column.get("name", "").casefold() for column in columns]
    if len(set(labels)) != len(labels):
        yield Finding("table-column-twice", name, "")
    for key in (f"id {root.get('id')}", f"name {root.get('displayName', '').casefold()}"):
        if key in seen:
            yield Finding("table-twice", name, f"{key}, also in {seen[key]}")
        seen[key] = name


def _bounds(reference: str) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of a range; whole rows and columns reach to the end.

    Raises:
        ValueError: it is no range.
    """
    left, top, right, bottom = range_boundaries(reference)
    bounds = (left or 1, top or 1, right or MAX_COLUMN, bottom or MAX_ROW)
    if bounds[0] > bounds[2] or bounds[1] > bounds[3] or bounds[2] > MAX_COLUMN or bounds[3] > MAX_ROW:
        raise ValueError(reference)
    return bounds
