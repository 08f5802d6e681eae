"""A workbook with its differences from an older one marked in it: cells shaded, notes of the old values, a sheet of all differences.

Everything else of the workbook stays as it is, notes of its own included: the package is changed, not written anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from generator.compare.align import Axis
from generator.compare.difference import Comparison, Difference
from generator.compare.excel.cell_shading import Shading
from generator.compare.excel.difference_sheet import add_difference_sheet, free_name
from generator.compare.excel.formula_references import read_area
from generator.compare.excel.grid_pairs import SheetPair
from generator.diagnostics import InvalidDocument
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import marked_wording as words
from generator.excel.read.workbook import Workbook
from generator.lint.annotated_workbook import annotate
from generator.ooxml.addresses import cell as cell_name
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import Source, open_package
from generator.ooxml.relationships import main_document

AUTHOR = "generator diff"
MOST_NOTES = 2000  # a workbook with more of them opens slowly; the sheet of differences has all
MOST_CELLS = 100_000  # shaded one by one
_COLOURS = {"inserted": "FFD5EFD5", "deleted": "FFFFD6D3", "moved": "FFDCE9FB", "changed": "FFFFF0C2"}
Marks = dict[str, dict[tuple[int, int], str]]  # sheet -> cell -> what happened to it


def marked(b: Source, result: Comparison, language: str = "zh") -> bytes:
    """Workbook `b` with what differs from the older one marked: changed cells are shaded and have a note of the old value, rows and
    columns that came are shaded, those that went are told in a note where they were; the last sheet lists all differences.

    Args:
        b: the newer workbook.
        result: how it differs from the older one (`compare(a, b)`).
        language: of the notes and of the list, `zh` or `en`.

    Raises:
        Failure: the file is missing.
        InvalidDocument: it is damaged, or is no workbook.
    """
    package = open_package(b, own=True)
    if not main_document(package).startswith("xl/"):
        raise InvalidDocument([diagnostic("compare-marked-kind", name=package.name or "(bytes)")])
    pairs = {pair.new.name: pair for pair in (result.documents[2] if result.documents else ())}
    before = {pair.old.name: pair for pair in pairs.values()}
    marks: Marks = defaultdict(dict)
    notes: list[tuple[Mapping[str, Any], str]] = []
    rows: list[tuple[Difference, str, str]] = []
    for difference in result:
        sheet, cells, what = _where(difference, pairs, before)
        rows.append((difference, sheet, cell_name(*cells[0]) if cells else "A1"))
        for cell in cells[: max(0, MOST_CELLS - sum(map(len, marks.values())))] if sheet else ():
            if marks[sheet].get(cell) in (None, "deleted"):
                marks[sheet][cell] = what
        if sheet and cells and len(notes) < MOST_NOTES and what not in ("inserted",):
            notes.append(({"sheet": sheet, "cell": cell_name(*cells[0])}, _note(difference, language)))
    overlay = Overlay(package)
    annotate(overlay, notes, AUTHOR)
    shading = Shading(overlay, _COLOURS)
    sheets = Workbook(package).sheets
    for one in sheets:
        if one.worksheet and one.name in marks:
            shading.shade(one.part, marks[one.name])
    name = free_name(words.SHEET.in_language(language), {one.name for one in sheets})
    add_difference_sheet(overlay, name, rows, language, shading)
    shading.finish()
    return overlay.build()


def _where(
    difference: Difference, pairs: Mapping[str, SheetPair], before: Mapping[str, SheetPair]
) -> tuple[str, list[tuple[int, int]], str]:
    """The sheet of the newer workbook, the cells there that a difference is about, what happened to them."""
    anchor = difference.anchor
    kind = difference.kind
    what = next((w for w in ("inserted", "deleted", "moved") if kind.endswith(f"-{w}")), "changed")
    pair = (before if difference.gone else pairs).get(str(anchor.get("sheet")))
    if pair is None:
        return str(anchor.get("sheet", "")) if not difference.gone else "", [], what
    text = next((str(anchor[k]) for k in ("cell", "range", "rows", "columns") if k in anchor), None)
    if text is None:
        return pair.new.name, [], what
    top, left, bottom, right = read_area(text)
    if not difference.gone:
        if "cell" in anchor or ("range" not in anchor and what == "changed"):  # of a width or height one cell tells it
            return pair.new.name, [(top, left)], what
        lines = {k: v for k, v in zip(pair.new.numbers, pair.new.rows, strict=True) if top <= k <= bottom}
        found = [(row, column) for row in sorted(lines) for column in lines[row].columns if left <= column <= right]
        return pair.new.name, found or [(top, left)], what
    rows, columns = pair.grid.rows, pair.grid.columns
    if "rows" not in anchor and "columns" not in anchor:
        return pair.new.name, [(_now(rows, top), _now(columns, left))], what
    is_row = "rows" in anchor
    axis, position = (rows, top) if is_row else (columns, left)
    moved_to = axis.map(position)
    if moved_to is not None and what == "moved":
        row = dict(zip(pair.new.numbers, pair.new.rows, strict=True)).get(moved_to) if is_row else None
        cells = [(moved_to, column) for column in row.columns] if row else [(moved_to, 1) if is_row else (1, moved_to)]
        return pair.new.name, cells, what
    place = _now(axis, position)
    return pair.new.name, [(place, 1) if is_row else (1, place)], what


def _now(axis: Axis, position: int) -> int:
    """Where a row or column is now; of one that went, where the next one is."""
    following = (axis.map(k) for k in range(position, axis.old_length + 1))
    return next((image for image in following if image is not None), axis.new_length + 1)


def _note(difference: Difference, language: str) -> str:
    """What a note says: the old value where there is one, and the difference."""
    lines = []
    if difference.kind in ("value", "text", "cached-value", "formula"):
        old = words.EMPTY.in_language(language) if difference.old in (None, "") else str(difference.old)
        lines.append(words.OLD.in_language(language).format(old=old if len(old) <= 500 else old[:499] + "…"))
    return words.plain("\n".join([*lines, difference.without_place(language)]))
