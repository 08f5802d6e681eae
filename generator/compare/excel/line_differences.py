"""Which rows and columns came, went and moved, and how they are sized, hidden and outlined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from generator.compare.canonical import Properties, changed
from generator.compare.difference import Findings, Level
from generator.compare.excel.cell_rectangles import runs_of
from generator.compare.excel.grid_pairs import SheetPair
from generator.compare.excel.look_differences import tell_look
from generator.compare.excel.seen_cells import pixels_high, pixels_wide
from generator.compare.excel.workbook_lines import formula_text, value_text
from generator.compare.excel.workbook_model import Line, Looks, RowData, Sheet
from generator.compare.format_labels import property_label, value_label
from generator.compare.text_changes import in_brackets
from generator.diagnostics import Text
from generator.diagnostics.wording import comparison_terms as terms
from generator.ooxml.addresses import column_letters

_RUN = 20  # so many rows or columns in a row are told one by one; more of them as a range


def sheet_text(sheet: str) -> Text:
    """A sheet's name as a message begins with it."""
    return Text(sheet, sheet)


def compare_lines(findings: Findings, pair: SheetPair) -> None:
    """Rows and columns that came, went or moved."""
    old, new = pair.old, pair.new
    for kind, aligned, key in (("row", pair.rows, "rows"), ("column", pair.columns, "columns")):
        for change, sheet, indices in (("deleted", old, aligned.deleted), ("inserted", new, aligned.inserted)):
            for first, last in runs_of(index + 1 for index in indices):
                if last - first >= _RUN:
                    _tell_lines(findings, kind, key, change, sheet, new.name, first, last)
                else:
                    for number in range(first, last + 1):
                        _tell_lines(findings, kind, key, change, sheet, new.name, number, number)
        for i, j in aligned.moved:
            above, below = aligned.around(j)
            name = _line_name(kind, i + 1)
            content = _content(old, kind, i + 1)
            wording = ("sheet-column-moved" if kind == "column" else "row-moved") + ("" if above else "-first")
            anchor = {"sheet": old.name, key: f"{name}:{name}"}
            beside = _line_name(kind, (above[-1] if above else below[0] if below else 0) + 1)
            told = {"old": content, "new": content, "at": sheet_text(new.name), "n": name, "m": beside, "gone": True}
            findings.add(f"{kind}-moved", Level.TEXT, anchor, wording, **told)


def _tell_lines(
    findings: Findings, kind: str, key: str, change: str, sheet: Sheet, title: str, first: int, last: int
) -> None:
    names = _line_name(kind, first), _line_name(kind, last)
    content = _content(sheet, kind, first) if first == last else ""
    wording = kind if kind == "row" else f"sheet-{kind}"
    if first != last:
        wording = "rows" if kind == "row" else wording
        names = names if kind == "row" else (f"{names[0]}:{names[1]}", names[1])
    level = Level.TEXT if content or first != last else Level.STRUCTURE
    anchor = {"sheet": sheet.name, key: f"{_line_name(kind, first)}:{_line_name(kind, last)}"}
    told = {"at": sheet_text(title), "n": names[0], "m": names[1], "text": in_brackets(content)}
    findings.add_presence(f"{kind}-{change}", level, anchor, wording, content, change == "inserted", **told)


def _line_name(kind: str, number: int) -> str:
    return str(number) if kind == "row" else column_letters(number)


def _content(sheet: Sheet, kind: str, number: int) -> str:
    if kind == "row":
        from bisect import bisect_left

        index = bisect_left(sheet.numbers, number)
        if index == len(sheet.numbers) or sheet.numbers[index] != number:
            return ""
        row = sheet.rows[index]
        return " | ".join(filter(None, (_shown_cell(row, i) for i in range(len(row.columns)))))
    found = (_shown_cell(row, row.columns.index(number)) for row in sheet.rows[:200] if number in row.columns)
    return " | ".join(filter(None, found))


def _shown_cell(row: RowData, index: int) -> str:
    if row.formulas is not None and row.formulas[index] is not None:
        return formula_text(row.formulas[index] or "")
    return value_text(row.values[index])


def compare_sizes(findings: Findings, pair: SheetPair, looks: Looks) -> None:
    """Heights, widths, hidden and outlined rows and columns, formats of whole rows and columns."""
    nothing = Line()
    for kind, key, size, before, after, axis in (
        ("row", "rows", "height", pair.old.lines, pair.new.lines, pair.grid.rows),
        ("column", "columns", "width", pair.old.columns, pair.new.columns, pair.grid.columns),
    ):
        if before == after and axis.identity:
            continue
        sources: dict[int, Line] = {}
        for number, line in before.items():
            if (target := axis.map(number)) is not None:
                sources[target] = line
        found: dict[tuple[str, Any, Any], list[int]] = defaultdict(list)
        for number in sorted({*sources, *after}):
            if axis.kept_in(number, number):
                a, b = sources.get(number, nothing), after.get(number, nothing)
                for name, old, new in _changes(a, b, size):
                    if name != size or not (looks.seen and _looks_alike(pair, kind, a, b)):
                        found[name, old, new].append(number)
        for (name, old, new), numbers in sorted(found.items(), key=lambda entry: (entry[1], entry[0][0])):
            for first, last in runs_of(numbers):
                anchor = {"sheet": pair.new.name, key: f"{_line_name(kind, first)}:{_line_name(kind, last)}"}
                if name == "look":
                    _tell_format(findings, anchor, kind, *(looks.looks[one] if one else () for one in (old, new)))
                    continue
                level = Level.FORMAT if name == size else Level.STRUCTURE
                values = (terms.DEFAULT if one is None else value_label(name, one) for one in (old, new))
                findings.add_value(name, level, anchor, property_label(name), *values)


def _changes(old: Line, new: Line, size: str) -> Iterator[tuple[str, Any, Any]]:
    """What of a row or a column differs: its name, and both values; `size` is the name of its height or width."""
    for name in ("hidden", "outline", "look"):
        if getattr(old, name) != getattr(new, name):
            yield name, getattr(old, name), getattr(new, name)
    rest = (old.hidden, old.outline, old.look) == (new.hidden, new.outline, new.look)
    if old.size != new.size and not _automatic(old, new, rest):
        yield size, old.size or None, new.size or None


def _tell_format(findings: Findings, anchor: dict[str, Any], kind: str, old: Properties, new: Properties) -> None:
    """Tell how the format of a whole row or column differs; one that has none is told once."""
    if old and new:
        for part, x, y in changed(old, new):
            tell_look(findings, anchor, part, x, y)
        return
    label = terms.FORMAT_OF_ROW if kind == "row" else terms.FORMAT_OF_COLUMN
    values = (terms.OWN if one else terms.DEFAULT for one in (old, new))
    findings.add_value(f"{kind}-format", Level.FORMAT, anchor, label, *values)


def _looks_alike(pair: SheetPair, kind: str, old: Line, new: Line) -> bool:
    """Whether two sizes are as many pixels; what states none has that of its sheet."""
    pixels, name = (pixels_high, "defaultRowHeight") if kind == "row" else (pixels_wide, "defaultColWidth")
    sizes = [line.size or str(dict(sheet.view).get(name, "")) for line, sheet in ((old, pair.old), (new, pair.new))]
    return bool(sizes[0] and sizes[1]) and pixels(sizes[0]) == pixels(sizes[1])


def _automatic(old: Line, new: Line, rest: bool) -> bool:
    """Whether a size is no statement: an automatic height beside none, or what a library writes along with something else."""
    automatic = not (old.size and new.size) and not (rest and (old if old.size else new).custom)
    return old.hidden != new.hidden or automatic
