"""Two workbooks side by side in HTML: the rows that differ, with their neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from generator.compare.excel.dated_cells import dated
from generator.compare.excel.formula_references import read_area
from generator.compare.excel.grid_pairs import SheetPair
from generator.compare.excel.workbook_lines import formula_text, value_text
from generator.compare.excel.workbook_model import Looks, RowData, Sheet
from generator.compare.page_marks import Marks, broken, changed_text
from generator.diagnostics.wording import comparison_terms as terms
from generator.ooxml.addresses import cell as cell_name
from generator.ooxml.addresses import column_letters

_AROUND = 2
_MOST = 400
_WIDEST = 40
_AREAS = 20_000  # differences that are looked at for areas


def workbook_sides(documents: tuple[Any, Any, list[SheetPair]], marks: Marks, language: str) -> Iterable[str]:
    """The sheets that differ, with the pictures that do."""
    for pair in documents[2]:
        rows = _rows(pair, marks)
        if not rows:
            continue
        title = pair.new.name if pair.old.name == pair.new.name else f"{pair.old.name} → {pair.new.name}"
        yield f"<h2>{escape(title)}</h2>"
        width = min(_width(pair), _WIDEST)
        yield '<table class="sides"><tbody><tr>'
        shown = rows[:_MOST]
        for side in ("old", "new"):
            yield "<td>" + "".join(_grid(pair, side, shown, width, marks, documents[0].looks)) + "</td>"
        yield "</tr></tbody></table>"
        if len(rows) > _MOST:
            more = len(rows) - _MOST
            yield f'<p class="note">{terms.MORE_ROWS.filled(more=more).in_language(language)}</p>'
        yield from _pictures(pair, marks)


def _pictures(pair: SheetPair, marks: Marks) -> Iterable[str]:
    """The pictures of one side at the cells at which one differs."""
    sides: list[str] = []
    for side, sheet in (("old", pair.old), ("new", pair.new)):
        images = []
        for drawing in sheet.drawings:
            numbers = marks.at(side, {"sheet": sheet.name, "cell": cell_name(drawing.row, drawing.column)})
            if drawing.kind == "image" and any(marks.differences[n].kind == "image" for n in numbers):
                images.append(f"{cell_name(drawing.row, drawing.column)} {marks.image(side, str(drawing.value))}")
        sides.append("".join(images))
    if any(sides):
        cells = "".join(f'<td class="pictures">{images}</td>' for images in sides)
        yield f'<table class="sides"><tbody><tr>{cells}</tr></tbody></table>'


def _width(pair: SheetPair) -> int:
    return max((row.columns[-1] for sheet in (pair.old, pair.new) for row in sheet.rows[:5000]), default=1)


def _touched(sheet: Sheet, marks: Marks, side: str) -> set[int]:
    """The rows of one side at which a difference stands; of a large area, its first ones."""
    found: set[int] = set()
    for index, difference in enumerate(marks.differences):
        anchors = [difference.anchor] if difference.gone == (side == "old") else []
        if side == "old" and not difference.gone and difference.old is not None:
            anchors = [difference.old_anchor or difference.anchor]
        for anchor in anchors:
            if anchor.get("sheet") != sheet.name or index > 20_000:
                continue
            text = next((anchor[k] for k in ("cell", "range", "rows", "columns") if k in anchor), None)
            if text:
                area = read_area(text)
                found.update(range(area[0], min(area[2], area[0] + 20) + 1))
    return found


def _rows(pair: SheetPair, marks: Marks) -> list[tuple[int, int]]:
    """The rows to show as old and new number, 0 where there is none; (0, 0) is a gap."""
    old_touched, new_touched = _touched(pair.old, marks, "old"), _touched(pair.new, marks, "new")
    if not old_touched and not new_touched:
        return []
    order: list[tuple[int, int]] = []
    last = (0, 0)
    end = max(pair.grid.rows.old_length, *old_touched, 0), max(pair.grid.rows.new_length, *new_touched, 0)
    for i, j in [*((i + 1, j + 1) for i, j in pair.rows.pairs), (end[0] + 1, end[1] + 1)]:
        tail = min(i - last[0], j - last[1]) - 1 if i > end[0] else 0
        order += [(last[0] + k, last[1] + k) for k in range(1, tail + 1)]
        order += [(x, 0) for x in range(last[0] + tail + 1, i)]
        order += [(0, y) for y in range(last[1] + tail + 1, j)]
        if i <= end[0] or j <= end[1]:
            order.append((i, j))
        last = (i, j)
    hits = [n for n, (i, j) in enumerate(order) if i in old_touched or j in new_touched or not i or not j]
    wanted = sorted({k for n in hits for k in range(max(0, n - _AROUND), min(len(order), n + _AROUND + 1))})
    shown: list[tuple[int, int]] = []
    for position, k in enumerate(wanted):
        if position and wanted[position - 1] != k - 1:
            shown.append((0, 0))
        shown.append(order[k])
    return shown


def _grid(
    pair: SheetPair, side: str, rows: list[tuple[int, int]], width: int, marks: Marks, looks: Looks | None
) -> Iterable[str]:
    old = side == "old"
    sheet, other = (pair.old, pair.new) if old else (pair.new, pair.old)
    wanted = {i if old else j for i, j in rows}
    others = {j if old else i for i, j in rows}
    data = {n: row for n, row in zip(sheet.numbers, sheet.rows, strict=True) if n in wanted}
    other_data = {n: row for n, row in zip(other.numbers, other.rows, strict=True) if n in others}
    moved = {entry[0 if old else 1] + 1 for entry in pair.rows.moved}
    classes = _column_classes(pair, old)
    spread = _spread(marks, sheet.name, side, wanted, width)
    yield '<table class="grid"><tbody><tr><th></th>'
    for column in range(1, width + 1):
        found = marks.at(side, {"sheet": sheet.name, "columns": f"{column_letters(column)}:{column_letters(column)}"})
        words = marks.words(side, found)
        yield f"<th{marks.attributes(found, classes.get(column, ''))}>{column_letters(column)}{words}</th>"
    yield "</tr>"
    for i, j in rows:
        number, partner = (i, j) if old else (j, i)
        if not number:
            yield f'<tr><th>{"…" if not partner else "&nbsp;"}</th><td colspan="{width}"></td></tr>'
            continue
        found = marks.at(side, {"sheet": sheet.name, "rows": f"{number}:{number}"}) + spread.get((number, 0), [])
        extra = "moved" if number in moved else "" if partner else "gone" if old else "come"
        yield f"<tr{marks.attributes(found, extra)}><th>{number}{marks.words(side, found)}</th>"
        row, counterpart = data.get(number), other_data.get(partner)
        for column in range(1, width + 1):
            at = marks.at(side, {"sheet": sheet.name, "cell": cell_name(number, column)})
            text = _text(row, column, looks, 0 if old else 1)
            html = broken(escape(text))
            if at and counterpart is not None and pair.grid.columns.identity:
                texts = (text, _text(counterpart, column, looks, 1 if old else 0))
                html = changed_text(*texts)[0] if old else changed_text(texts[1], texts[0])[1]
            at = at + spread.get((number, column), [])
            looked = "look" if at and all(marks.differences[n].kind not in ("text", "value") for n in at) else ""
            yield f"<td{marks.attributes(at, classes.get(column, '') or looked)}>{html}{marks.words(side, at)}</td>"
        yield "</tr>"
    yield "</tbody></table>"


def _column_classes(pair: SheetPair, old: bool) -> dict[int, str]:
    """The columns that came, went or moved, with the class that colours them."""
    other, word = (pair.columns.deleted, "gone") if old else (pair.columns.inserted, "come")
    moved = {entry[0 if old else 1] + 1: "moved" for entry in pair.columns.moved}
    return moved | {index + 1: word for index in other}


def _spread(marks: Marks, sheet: str, side: str, rows: set[int], width: int) -> dict[tuple[int, int], list[int]]:
    """The differences of areas and of several rows by cell; of a row, by column 0. An area's words stand in its first cell."""
    found: dict[tuple[int, int], list[int]] = {}
    for index, difference in enumerate(marks.differences[:_AREAS]):
        if difference.gone != (side == "old") or difference.anchor.get("sheet") != sheet:
            continue
        anchor = difference.anchor
        if "range" in anchor:
            top, left, bottom, right = read_area(anchor["range"])
            cells = [(r, c) for r in range(top, bottom + 1) if r in rows for c in range(left, min(right, width) + 1)]
        elif ":" in (lines := str(anchor.get("rows", ""))) and len(set(lines.split(":"))) == 2:
            top, _, bottom, _ = read_area(lines)
            cells = [(r, 0) for r in range(top, bottom + 1) if r in rows]
        else:
            continue
        if cells:
            found.setdefault(cells[0], []).append(index)
    return found


def _text(row: RowData | None, column: int, looks: Looks | None, side: int) -> str:
    if row is None or column not in row.columns:
        return ""
    index = row.columns.index(column)
    value = value_text(row.values[index] if looks is None else dated(looks, side, row, index))
    if row.formulas is not None and row.formulas[index] is not None:
        return formula_text(row.formulas[index] or "") + (f" → {value}" if value else "")
    return value
