"""A filled-in form (.xlsx) to values with sheet and cell as their place.

What holds which field the form says itself (see `form_plan`).
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from generator.diagnostics import Failure, Invalid, Location, Severity
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import source_hints as words
from generator.diagnostics.wording.fill_in_words import VALUE_HEAD
from generator.ooxml.active_content import active_findings
from generator.ooxml.addresses import parse_area
from generator.ooxml.file_endings import ARCHIVES, EXCEL_ENDINGS, OTHER_DOCUMENTS, TEXT_DOCUMENTS, ending_of
from generator.ooxml.package import Package, open_package
from generator.ooxml.workbook_cells import WorkbookCells, is_workbook, read_workbook_cells
from generator.ooxml.worksheet_cells import SheetCell, SheetCells, Unsound
from generator.source.form_cells import cell_node, is_blank, is_typed, own_note
from generator.source.form_homes import Homes
from generator.source.form_plan import (
    FIRST_SHEET,
    FORMAT,
    HEAD,
    MARK,
    PLAN_SHEET,
    VALUE,
    FormInput,
    FormPlan,
    FormSheet,
    load_plan,
)
from generator.source.form_rows import TableReader, label_of
from generator.source.form_sheet import ReadSheet
from generator.source.nodes import Map, Source, Written, locate, sheet_line
from generator.source.tree_places import as_shown, put

_FIGURE = re.compile(r"-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?%?")
_LOOK = 40  # rows and columns at a sheet's corner in which its mark is looked for
_FORMAT_OF = re.compile(r'\{"format":(\d{1,6})')


def read_form(name: str, data: bytes) -> Source:
    """Read a filled-in form; what is to be said of its cells is in the source's findings.

    Raises:
        Invalid: it is no workbook, or none that this program made.
    """
    ending = ending_of(name)
    if ending not in (*EXCEL_ENDINGS, ""):
        document = ending in OTHER_DOCUMENTS or ending in TEXT_DOCUMENTS
        hint = words.NO_DOCUMENT if document else words.EXPORTED if ending == ".csv" else None
        hint = words.PACKED if ending in ARCHIVES else hint
        raise Invalid([diagnostic("form-other-format", Location(file=name or None), hint=hint, ending=ending)])
    package, workbook = _opened(name, data)
    plan = _plan(name, workbook)
    if plan is None:
        raise _refusal("form-not-ours", name)
    source = _Reading(name, workbook, plan).source
    # nothing of it runs here, but who collects forms opens them too
    source.findings.extend(active_findings(package, refused_only=True, severity=Severity.WARNING))
    return source


def _refusal(code: str, name: str, **arguments: Any) -> Invalid:
    return Invalid([diagnostic(code, Location(file=name or None), **arguments)])


def _opened(name: str, data: bytes) -> tuple[Package, WorkbookCells]:
    """The workbook and its cells, from a package within limits."""
    try:
        package = open_package(data, called=name)
        if not is_workbook(package):
            raise _refusal("form-not-workbook", name)
        return package, read_workbook_cells(package)
    except Failure:
        raise
    except Invalid as refused:
        raise Invalid([found.at(file=name or None) for found in refused.diagnostics]) from None
    except Unsound as fault:
        raise _refusal("form-damaged", name, reason=fault.reason) from None


def _plan(name: str, workbook: WorkbookCells) -> FormPlan | None:
    """What the workbook says of itself; the hidden sheet is found by its content too, should it have been renamed."""
    for sheet in sorted(workbook.sheets, key=lambda sheet: sheet.title != PLAN_SHEET):
        first = [row[1] for _, row in sorted(sheet.rows.items()) if 1 in row]
        if not first or 1 not in sheet.rows.get(1, {}) or first[0].value != MARK.rstrip(":"):
            continue
        pieces = [str(cell.value) for cell in first[1:]]
        if plan := load_plan(pieces):
            return plan
        made = _FORMAT_OF.match(pieces[0]) if pieces else None
        if made and int(made[1]) > FORMAT:
            raise _refusal("form-later", name, format=made[1])
    return None


class _Reading:
    """One pass over a form."""

    def __init__(self, name: str, workbook: WorkbookCells, plan: FormPlan):
        self.workbook = workbook
        self.plan = plan
        self.titles = workbook.titles
        self.root = Map()
        self.source = Source(name, "", self.root, self.titles, plan.version, plan.digest)
        self.homes = Homes()
        self.keys = frozenset(
            level.key for sheet in plan.sheets if sheet.table for level in sheet.table.levels if level.key
        )
        self.marked = self._marked()
        first = next((sheet for sheet in workbook.sheets if sheet.title == FIRST_SHEET), workbook.sheets[0])
        top = (sheet_line(self.titles.index(first.title), 1), 1)
        self.root.line, self.root.column = top
        self.root.put("标准", Written(plan.standard, *top, "quoted"))
        if words := own_note(first.notes.get((1, 1))):
            self.source.comments[top] = words
        for sheet in plan.sheets:
            self._sheet(sheet)
        self.homes.tell(self.source)

    def tell(self, code: str, on: str | None, path: str | None = None, **arguments: Any) -> None:
        at = (sheet_line(self.titles.index(on), 1), 1) if on else None
        place = locate(self.source, at, path)
        self.source.findings.append(diagnostic(code, place, **arguments))

    def _marked(self) -> dict[str, list[tuple[SheetCells, int, int]]]:
        """Every sheet that bears a mark, by the mark, with the mark's row and column."""
        found: dict[str, list[tuple[SheetCells, int, int]]] = {}
        for sheet in self.workbook.sheets:
            if mark := _mark_of(sheet):
                text, row, column = mark
                found.setdefault(text, []).append((sheet, row, column))
        return found

    def _sheet(self, planned: FormSheet) -> None:
        found = self.marked.get(planned.id, [])
        chosen = next((one for one in found if one[0].title == planned.title), found[0] if found else None)
        if chosen is None:  # its hidden row is gone: by its name and its labels
            sheet = next((sheet for sheet in self.workbook.sheets if sheet.title == planned.title), None)
            if sheet is None:
                place = Location(self.source.name, path=_path_of(planned))
                lost: dict[str, Any] = {"paths": _inputs_of(planned)} if planned.inputs else {}
                self.source.findings.append(diagnostic("form-sheet-missing", place, title=planned.title, **lost))
                self._lose(planned)
                return
            chosen = (sheet, 0, 1)
        for other, _, _ in found:
            if other is not chosen[0]:
                self.tell("form-sheet-copied", other.title, title=other.title, original=chosen[0].title)
        sheet, mark_row, mark_column = chosen
        rows = sheet.rows
        line = partial(sheet_line, self.titles.index(sheet.title))
        marks = {str(cell.value): column for column, cell in sorted(rows.get(mark_row, {}).items(), reverse=True)}
        if planned.inputs is not None:
            self._inputs(planned, sheet, ReadSheet(rows, line, marks, mark_row + 1), mark_column)
        elif planned.table is not None:
            self._table(planned, sheet, ReadSheet(rows, line, marks, mark_row + 1), mark_row, mark_column)

    def _lose(self, planned: FormSheet) -> None:
        """Note that the items of a table's lists are not known."""
        lists: list[str] = []
        for level in (*planned.table.parents, *planned.table.levels) if planned.table else ():
            lists.append(level.list)
            self.homes.lost.add(".".join(lists))

    # --- inputs

    def _inputs(self, planned: FormSheet, cells: SheetCells, sheet: ReadSheet, mark_column: int) -> None:
        assert planned.inputs is not None
        if VALUE not in sheet.columns and sheet.columns and not self._shows_values(cells):
            self._without_values(planned, cells)
            return
        at = self._input_cells(planned, cells, sheet, mark_column)
        for path, one in planned.inputs.items():
            places = at.get(path)
            if not places:
                if not one.computed:
                    self.tell("form-row-missing", cells.title, path, label=one.label)
                continue
            filled = [place for place in places if not _nothing(sheet, place)]
            if not filled and not one.computed:
                self._beside(sheet, places[0], path, one)
            row, column = filled[0] if filled else places[0]
            cell = sheet.rows.get(row, {}).get(column)
            if one.computed and not is_typed(cell):
                continue
            node = cell_node(self.source, cell, sheet.at(row, column), one.kind, one.label)
            if one.computed:
                node.text = as_shown(node.text, cell, one.places)
            put(self.root, path, node, sheet.at(row, column))
            for other in filled[1:]:
                again = cell_node(self.source, sheet.rows[other[0]][other[1]], sheet.at(*other), one.kind, one.label)
                if again.text.strip() != node.text.strip():
                    found = diagnostic(
                        "form-two-values",
                        locate(self.source, again),
                        label=one.label,
                        text=again.text.strip()[:40],
                        before=node.text.strip()[:40],
                    )
                    self.source.findings.append(found)

    def _beside(self, sheet: ReadSheet, place: tuple[int, int], path: str, one: FormInput) -> None:
        """A number beside the empty cell where it belongs is told: in the column of units, or of examples."""
        row, column = place
        beside = [(at, cell) for at, cell in sorted(sheet.rows.get(row, {}).items()) if at > column]
        for at, cell in beside:
            if is_typed(cell) and (not isinstance(cell.value, str) or _FIGURE.fullmatch(cell.value.strip())):
                found = locate(self.source, sheet.at(row, at), path)
                address = locate(self.source, sheet.at(*place)).place
                told = {"label": one.label, "text": str(cell.value).strip(), "where": address, "paths": (path,)}
                self.source.findings.append(diagnostic("form-value-beside", found, **told))
                return

    @staticmethod
    def _shows_values(cells: SheetCells) -> bool:
        """Whether the column of values is still headed, though its mark is gone."""
        heads = {VALUE_HEAD.zh, VALUE_HEAD.en}
        return any(not heads.isdisjoint(map(_text, row.values())) for row in cells.rows.values())

    def _without_values(self, planned: FormSheet, cells: SheetCells) -> None:
        """The column of all values is gone: told once, for every field that stood in it."""
        self.tell("form-column-missing", cells.title, label=VALUE_HEAD, paths=_inputs_of(planned))

    def _input_cells(
        self, planned: FormSheet, cells: SheetCells, sheet: ReadSheet, mark_column: int
    ) -> dict[str, list[tuple[int, int]]]:
        """The cells of every path: by the marks of the hidden column; where those are gone, by the defined names."""
        assert planned.inputs is not None
        column = sheet.columns.get(VALUE)
        found: dict[str, list[tuple[int, int]]] = {}
        for row, filled in sorted(sheet.rows.items()):
            cell = filled.get(mark_column)
            if column is not None and cell is not None and isinstance(cell.value, str) and cell.value in planned.inputs:
                found.setdefault(str(cell.value), []).append((row, column))
        if len(found) * 2 >= len(planned.inputs):  # a name whose row was deleted may point to another field's cell
            return found
        for path, (title, row, named_column) in self._names().items():
            if path in planned.inputs and path not in found and title == cells.title:
                found[path] = [(row, named_column)]
        return found

    def _names(self) -> dict[str, tuple[str, int, int]]:
        """Sheet, row and column that the defined names of fields point to, by path."""
        if not hasattr(self, "_named"):
            self._named: dict[str, tuple[str, int, int]] = {}
            for name, target in self.workbook.names.items():
                area = parse_area(target)
                if name.startswith("F_") and area is not None and area.sheets and area.top and area.left:
                    self._named[name[2:]] = (area.sheets[0], area.top.number, area.left.number)
        return self._named

    # --- tables

    def _table(self, planned: FormSheet, cells: SheetCells, sheet: ReadSheet, mark_row: int, mark_column: int) -> None:
        table = planned.table
        assert table is not None
        header = next(
            (row for row, filled in sorted(sheet.rows.items()) if _text(filled.get(mark_column)) == HEAD), None
        )
        labels = {column.label for column in table.columns}
        if header is None:

            def likeness(row: int) -> int:
                return len(labels & {label_of(cell) for cell in sheet.rows[row].values()})

            header = max((row for row in sheet.rows if row > mark_row), key=likeness, default=None)
            if header is None or likeness(header) * 2 < len(labels):
                on = self.titles[sheet.line(0) // sheet_line(1, 0)]
                self.tell("form-header-missing", on, _path_of(planned), title=planned.title)
                self._lose(planned)
                return
        named = {label_of(cell): column for column, cell in reversed(sheet.rows[header].items())}
        for column in table.columns:
            if column.id not in sheet.columns and column.label in named:
                sheet.columns[column.id] = named[column.label]
        sheet.first = header + 1
        ends = [area.bottom + header - area.top for area in cells.tables if area.top <= header <= area.bottom]
        sheet.end = max(ends, default=None)
        TableReader(self.source, self.root, sheet, table, self.keys, self.homes).read()


def _inputs_of(planned: FormSheet) -> tuple[str, ...]:
    """The paths of a sheet's inputs and of the records that they stand in."""
    steps = [path.split(".") for path, one in (planned.inputs or {}).items() if not one.computed]
    return (*dict.fromkeys(".".join(one[: end + 1]) for one in steps for end in range(len(one))),)


def _path_of(planned: FormSheet) -> str | None:
    """What a sheet's table holds, as a path without indices."""
    table = planned.table
    if table is None:
        return None
    if table.places is not None:
        return table.places.get("")
    lists = [level.list for level in (*table.parents, *table.levels[:1])]
    return ".".join(lists) or None


def _mark_of(sheet: SheetCells) -> tuple[str, int, int] | None:
    """The mark at a sheet's corner, its row and column."""
    for row in sorted(row for row in sheet.rows if row <= _LOOK):
        for column, cell in sorted(sheet.rows[row].items()):
            if column <= _LOOK and isinstance(cell.value, str) and cell.value.startswith(MARK):
                return cell.value.removeprefix(MARK), row, column
    return None


def _text(cell: SheetCell | None) -> str:
    return str(cell.value) if cell is not None else ""


def _nothing(sheet: ReadSheet, place: tuple[int, int]) -> bool:
    return is_blank(sheet.rows.get(place[0], {}).get(place[1]))
