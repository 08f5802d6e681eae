"""A list filled from an export of the accounting software: CSV (UTF-8 or GBK) or .xlsx, columns by their labels."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from generator.diagnostics import Diagnostic, Failure, Invalid, Location, has_errors
from generator.diagnostics.catalogue import diagnostic
from generator.form.arrangement import Arrangement, Table
from generator.form.table_rows import follow
from generator.kept.light_classes import replace
from generator.ooxml.file_endings import FORM_ENDINGS
from generator.ooxml.package import open_package, read_bytes
from generator.ooxml.workbook_cells import is_workbook, read_workbook_cells
from generator.ooxml.worksheet_cells import Rows, SheetCell, Unsound
from generator.source.decoding import decode
from generator.source.form_cells import NUMBERS
from generator.source.form_homes import Homes
from generator.source.form_plan import FormColumn
from generator.source.form_rows import TableReader
from generator.source.form_sheet import ReadSheet
from generator.source.nodes import Map, Node, Scalar, Source, sheet_line

_LOOK = 30  # rows in which the header is looked for: exports begin with titles
_UNIT = re.compile(r"[（(][^（(）)\n]*+[）)]|[\s*＊:：]")
_THOUSANDS = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


def fill_list(
    arrangement: Arrangement, root: Map, path: str, file: str, columns: Mapping[str, str]
) -> list[Diagnostic]:
    """Put the rows of an export into a list of a data file's tree, instead of those that are there.

    Args:
        arrangement: what the form holds.
        root: the tree; changed.
        path: of the list: `指标`, `单位.内设机构`.
        file: the export: `.csv` or `.xlsx`.
        columns: by the export's column, the form's, where their labels differ.

    Returns:
        what is to be said: columns that were left out, values that the form cannot take.

    Raises:
        Failure: there is no such list or file, or a column that must be filled was not found.
    """
    table = _table(arrangement, path)
    rows = _read(file)
    wanted = [column for column in table.table.columns if not column.computed and column.role != "number"]
    header = max(list(rows)[:_LOOK], key=lambda row: len(_matches(rows[row], wanted, columns)), default=None)
    found = _matches(rows[header], wanted, columns) if header is not None else {}
    labels = {number: _text(cell) for number, cell in rows[header].items()} if header is not None else {}
    demanded = [
        column
        for column in wanted
        if column.role in ("value", "name") or (column.id in table.fields and table.fields[column.id].demanded)
    ]
    missing = [column for column in demanded if column.id not in found]
    spare = [label for number, label in labels.items() if label and number not in found.values()]
    if missing or not found:
        names = "、".join(column.label for column in (missing or wanted))
        raise Failure(
            [diagnostic("fill-columns", Location(file), names=names, spare="、".join(spare) or "—", path=path)]
        )
    source = Source(file, "", root, (PurePath(file).name,))
    _empty(root, path)
    assert header is not None
    sheet = ReadSheet(_plain(rows, found, wanted), lambda row: sheet_line(0, row), found, header + 1)
    TableReader(source, root, sheet, table.table, frozenset(), Homes()).read()
    findings = [finding for finding in source.findings if finding.code != "form-column-missing"]
    if spare:
        findings.append(diagnostic("fill-left-out", Location(file), names="、".join(spare)))
    filled = follow(root, path)
    if filled is not None:
        _unplace(filled)
    return findings


def _table(arrangement: Arrangement, path: str) -> Table:
    lists = arrangement.lists
    found = {**{table.sheet.title: table for table in lists.values()}, **lists}.get(path)
    if found is None:
        raise Failure([diagnostic("fill-no-list", name=path, known="、".join(lists))])
    return found


def _read(file: str) -> Rows:
    """The cells of an export that hold something."""
    name, data = read_bytes(file)
    ending = PurePath(file).suffix.lower()
    if ending in (".csv", ".txt", ".tsv"):
        text, findings = decode(data, name, "table")
        if has_errors(findings):
            raise Failure(findings)
        head = text.split("\n", 1)[0]
        mark = max(",\t;", key=head.count)
        try:
            rows = list(csv.reader(io.StringIO(text), delimiter=mark))
        except csv.Error:  # a cell of more than 128 Ki characters: a quotation mark that nothing closes
            raise Failure([diagnostic("fill-cell-too-long", Location(file), name=file)]) from None
        found = {number: _filled_cells(row) for number, row in enumerate(rows, 1)}
        return {number: cells for number, cells in found.items() if cells}
    if ending not in FORM_ENDINGS:
        raise Failure([diagnostic("fill-file", Location(file), name=file)])
    try:
        package = open_package(data, called=name)
        if not is_workbook(package):
            raise Failure([diagnostic("form-not-workbook", Location(file))])
        workbook = read_workbook_cells(package)
    except Invalid as fault:
        raise Failure([found.at(file=name) for found in fault.diagnostics]) from None
    except Unsound as fault:
        raise Failure([diagnostic("form-damaged", Location(file), reason=fault.reason)]) from None
    return next((rows for sheet in workbook.sheets if (rows := _values(sheet.rows))), {})


def _filled_cells(row: list[str]) -> dict[int, SheetCell]:
    return {index: SheetCell(value) for index, value in enumerate(row, 1) if value.strip()}


def _values(rows: Rows) -> Rows:
    """The cells with what formulas came to instead of the formulas, in order."""
    found: Rows = {}
    for row in sorted(rows):
        cells = {number: replace(cell, formula=None) for number, cell in rows[row].items() if cell.value is not None}
        if cells:
            found[row] = cells
    return found


def _matches(row: dict[int, Any], wanted: list[FormColumn], columns: Mapping[str, str]) -> dict[str, int]:
    """The column numbers of a header row by the form's columns: as mapped, by label, by the field's name."""
    by_label = {_bare(_text(cell)): number for number, cell in reversed(row.items())}
    mapped = {_bare(target): _bare(name) for name, target in columns.items()}
    found: dict[str, int] = {}
    for column in wanted:
        name = column.path.rpartition(".")[2]
        for label in (mapped.get(_bare(column.label)), mapped.get(name), _bare(column.label), name):
            if label and label in by_label and by_label[label] not in found.values():
                found[column.id] = by_label[label]
                break
    return found


def _bare(label: str) -> str:
    return _UNIT.sub("", unicodedata.normalize("NFKC", label))


def _text(cell: Any) -> str:
    return str(cell.value).strip()


def _plain(rows: Rows, found: Mapping[str, int], wanted: list[FormColumn]) -> Rows:
    """The rows with amounts of numeric columns without separators of thousands."""
    kinds = {found[column.id]: column.kind for column in wanted if column.id in found}
    for row in rows.values():
        for number, cell in row.items():
            if kinds.get(number) in NUMBERS and isinstance(cell.value, str):
                text = cell.value.strip().replace("，", ",")
                if _THOUSANDS.fullmatch(text.removesuffix("%")):
                    row[number] = SheetCell(text.replace(",", ""))
    return rows


def _empty(root: Map, path: str) -> None:
    """Take a list out of the tree."""
    *upper, name = path.split(".")
    holder = follow(root, ".".join(upper)) if upper else root
    if isinstance(holder, Map):
        holder.pop(name, None)


def _unplace(node: Node) -> None:
    """Take the places of the export from values that now belong to the form."""
    node.line = node.column = 0
    if not isinstance(node, Scalar):
        for inner in list(node.values()) if isinstance(node, Map) else node:
            _unplace(inner)
