"""What looks different in cells: their formats, and those of their characters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.compare.canonical import changed
from generator.compare.difference import Findings, Level
from generator.compare.excel.cell_rectangles import rectangles
from generator.compare.excel.formula_references import area_name
from generator.compare.excel.seen_cells import Merged, seen_run
from generator.compare.excel.workbook_model import Looks, RowData, Sheet
from generator.compare.format_labels import property_label, told_changes, value_label
from generator.compare.text_changes import shown

CellLooks = dict[tuple[str, Any, Any], list[tuple[int, int]]]


def over_fonts(looks: Looks, runs: Any, text: str, row: RowData, index: int | None) -> Any:
    """Runs over the font of their cell."""
    font = dict(looks.looks[row.looks[index]]).get("font", ()) if index is not None else ()
    return tuple((piece, seen_run(look, font)) for piece, look in runs or ((text, ()),))


def compare_runs(findings: Findings, anchor: Mapping[str, Any], old: Any, new: Any, text: str) -> None:
    """Runs within a cell's text that look different."""

    def looks(runs: Any) -> list[Any]:
        return [look for piece, look in runs for _ in piece] or [()] * len(text)

    a, b = looks(old), looks(new)
    found: list[tuple[int, int, Any]] = []
    for position in range(min(len(a), len(b), len(text))):
        changes = changed(a[position], b[position])
        known = next((index for index, entry in enumerate(found) if entry[2] == changes), None)
        if changes and known is not None:  # what stands between is told from it by its own font: one change
            found[known] = (found[known][0], position + 1, changes)
        elif changes:
            found.append((position, position + 1, changes))
    for start, end, changes in found:
        piece = f"“{shown(text[start:end], 30)}”"
        findings.add("run-format", Level.FORMAT, anchor, "run-format", text=piece, **told_changes(changes))


_KINDS = {"numFmt": "number-format", "style": "cell-style", "quotePrefix": "cell-format"}


def note_look(
    formats: CellLooks,
    looks: Looks,
    numbers: tuple[int, int],
    cells: tuple[tuple[int, int], tuple[int, int]],
    sheets: tuple[Sheet, Sheet],
    merged: tuple[Merged, Merged] | None,
) -> None:
    """Note what looks different in a cell, by kind of change."""
    sides = [looks.looks[number] for number in numbers]
    if merged is not None:
        sides = [area.seen(look, *cell) for area, look, cell in zip(merged, sides, cells, strict=True)]
    changes = changed(*sides)
    if looks.seen and (cells[0] in sheets[0].rich or cells[1] in sheets[1].rich):
        changes = [change for change in changes if change[0] != "font"]  # its characters tell theirs
    row, column = cells[1]
    style = next(((before, after) for name, before, after in changes if name == "style"), None)
    for name, before, after in changes:
        if style is not None and name != "style":
            own = [looks.styles.get(str(one), {}).get(name) for one in style]
            if own == [before, after]:
                continue  # it came with the named style
        formats[name, before, after].append((row, column))


def tell_looks(findings: Findings, sheet: str, formats: CellLooks) -> None:
    """Cells beside each other that changed alike are one difference."""
    found: list[tuple[int, int, int, int, str, Any, Any]] = []
    for (name, before, after), cells in formats.items():
        found += [(*area, name, before, after) for area in rectangles(cells)]
    for top, left, bottom, right, name, before, after in sorted(found, key=lambda entry: entry[:5]):
        area = area_name((top, left, bottom, right))
        tell_look(findings, {"sheet": sheet, "range" if ":" in area else "cell": area}, name, before, after)


def tell_look(findings: Findings, anchor: Mapping[str, Any], name: str, before: Any, after: Any) -> None:
    """Tell one change of looks at a place."""
    kind = _KINDS.get(name, name)
    label = property_label(name)
    if name in ("font", "border", "alignment", "protection"):
        changes = changed(before or (), after or ())
        findings.add(kind, Level.FORMAT, anchor, "text", **told_changes(changes, label))
        return
    findings.add_value(kind, Level.FORMAT, anchor, label, value_label(name, before), value_label(name, after))
