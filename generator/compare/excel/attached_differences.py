"""What changed of what is attached to the cells of a sheet: comments, links, drawings, tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.compare.align import align
from generator.compare.difference import Findings, Level
from generator.compare.excel.formula_references import Grids, area_name, same_formula
from generator.compare.excel.grid_pairs import SheetPair
from generator.compare.excel.seen_cells import drawing_size
from generator.compare.excel.workbook_model import Drawing
from generator.compare.plain_lines import flat
from generator.compare.shared_parts import compare_chart
from generator.compare.text_changes import describe_change, quoted, shown
from generator.diagnostics import Text
from generator.diagnostics.wording import comparison_terms as terms
from generator.ooxml.addresses import cell as cell_name


def _mapped(pair: SheetPair, row: int, column: int) -> tuple[int, int] | None:
    r, c = pair.grid.rows.map(row), pair.grid.columns.map(column)
    return (r, c) if r is not None and c is not None else None


def _now(pair: SheetPair, cell: tuple[int, int], what: Any, after: Mapping[tuple[int, int], Any]) -> Any:
    """Where a comment or link of a cell is to be looked for: at its cell; where it stayed while rows changed places, there."""
    mapped = _mapped(pair, *cell)
    stayed = after.get(cell) == what and after.get(mapped or (0, 0)) != what
    return cell if stayed and pair.grid.stands(cell, cell) else mapped


def _on_both(
    findings: Findings,
    pair: SheetPair,
    kind: str,
    label: Text,
    sides: tuple[Mapping[tuple[int, int], Any], Mapping[tuple[int, int], Any]],
    shown: int,
) -> Iterator[tuple[dict[str, Any], Any, Any]]:
    """Of what is attached to cells that which differs, with its place; what came or went is told by its part number `shown`."""
    rows, columns = pair.grid.rows, pair.grid.columns
    old, after = sides
    before = {cell: what for at, what in old.items() if (cell := _now(pair, at, what, after))}
    for cell in sorted({*before, *after}):
        a, b = before.get(cell), after.get(cell)
        anchor = {"sheet": pair.new.name, "cell": cell_name(*cell)}
        if a is not None and b is not None:
            if a != b:
                yield anchor, a, b
        elif a is not None or (rows.kept_in(cell[0], cell[0]) and columns.kept_in(cell[1], cell[1])):
            text = next(one for one in (a, b) if one is not None)[shown]
            told = {"object": label, "text": quoted(text), "gone": False}
            findings.add_presence(kind, Level.STRUCTURE, anchor, "object", text, a is None, **told)


def compare_comments(findings: Findings, pair: SheetPair) -> None:
    """Comments of cells."""
    sides = pair.old.comments, pair.new.comments
    for anchor, a, b in _on_both(findings, pair, "comment", terms.COMMENT, sides, 1):
        if a[1] != b[1]:
            change = describe_change(a[1], b[1])
            told = terms.COMMENT_CHANGE.filled(change=change)
            findings.add("comment", Level.STRUCTURE, anchor, "text", old=a[1], new=b[1], change=told)
        if a[0] != b[0]:
            findings.add_value("comment", Level.STRUCTURE, anchor, terms.COMMENT_AUTHOR, a[0], b[0])


def compare_links(findings: Findings, pair: SheetPair, grids: Grids) -> None:
    """Links of cells."""
    label = terms.HYPERLINK
    old, new = ({area[:2]: link for area, link in sheet.links.items()} for sheet in (pair.old, pair.new))
    for anchor, a, b in _on_both(findings, pair, "link", label, (old, new), 0):
        if a[0] == b[0]:
            findings.add_value("link", Level.STRUCTURE, anchor, terms.HYPERLINK_TOOLTIP, a[1], b[1])
        elif not (a[0][:1] == b[0][:1] == "#" and same_formula(a[0][1:], b[0][1:], pair.old.name, grids)):
            findings.add("link", Level.STRUCTURE, anchor, "object-value", old=a[0], new=b[0], object=label)


_DRAWINGS = {"image": terms.IMAGE, "chart": terms.CHART, "shape": terms.SHAPE}


def compare_drawings(findings: Findings, pair: SheetPair, grids: Grids) -> None:
    """Pictures, charts and shapes."""
    old, new = pair.old.drawings, pair.new.drawings
    if old == new and pair.grid.identity:
        return
    keys = [(d.kind, d.value) for d in old], [(d.kind, d.value) for d in new]

    def alike(i: int, j: int) -> float:
        if old[i].kind != new[j].kind:
            return 0.0
        return 0.9 if _mapped(pair, old[i].row, old[i].column) == (new[j].row, new[j].column) else 0.6

    aligned = align(*keys, similarity=alike, movable=lambda _: True, compatible=lambda i, j: old[i].kind == new[j].kind)
    for i, j in (*aligned.pairs, *aligned.moved):
        _drawing(findings, pair, grids, old[i], new[j])
    for sheet, indices, came in ((pair.old, aligned.deleted, False), (pair.new, aligned.inserted, True)):
        for drawing in (sheet.drawings[index] for index in indices):
            anchor = {"sheet": sheet.name, "cell": cell_name(drawing.row, drawing.column)}
            text = drawing.value[1] if drawing.kind == "shape" else ""
            told = {"object": _DRAWINGS[drawing.kind], "text": quoted(text) if text else ""}
            findings.add_presence(drawing.kind, Level.STRUCTURE, anchor, "object", None, came, **told)


def _drawing(findings: Findings, pair: SheetPair, grids: Grids, old: Drawing, new: Drawing) -> None:
    anchor = {"sheet": pair.new.name, "cell": cell_name(new.row, new.column)}
    label = _DRAWINGS[new.kind]
    if new.kind == "chart":
        compare_chart(findings, old.value, new.value, anchor, lambda a, b: same_formula(a, b, pair.old.name, grids))
    elif old.value != new.value and new.kind == "image":
        findings.add("image", Level.STRUCTURE, anchor, "object-changed", old=old.value, new=new.value, object=label)
    elif old.value != new.value:
        before, after = (quoted(flat(d.value)) for d in (old, new))
        findings.add("shape", Level.STRUCTURE, anchor, "object-value", old=before, new=after, object=label)
    (start_a, extent_a, reach_a), alt_a, look_a = old.frame
    (start_b, extent_b, reach_b), alt_b, look_b = new.frame
    if alt_a != alt_b:
        name = terms.ALTERNATIVE_TEXT_OF.filled(label=label)
        findings.add_value(new.kind, Level.STRUCTURE, anchor, name, quoted(alt_a), quoted(alt_b))
    if not pair.grid.stands((old.row, old.column), (new.row, new.column)) or start_a != start_b:
        name = terms.POSITION_OF.filled(label=label)
        before = _mapped(pair, old.row, old.column) or (old.row, old.column)
        places = [cell_name(*before), cell_name(new.row, new.column)]
        if places[0] == places[1]:
            places = [f"{name} {_offset(start)}" for name, start in zip(places, (start_a, start_b), strict=True)]
        findings.add_value(new.kind, Level.FORMAT, anchor, name, places[0], places[1])
    elif (extent_a != extent_b or (reach_a != reach_b and pair.grid.identity)) and (sizes := _sizes(pair, old, new)):
        name = terms.SIZE_OF.filled(label=label)
        findings.add_value(new.kind, Level.FORMAT, anchor, name, sizes[0], sizes[1])
    elif look_a != look_b:
        name = terms.LOOK_OF.filled(label=label)
        findings.add_value(new.kind, Level.FORMAT, anchor, name, "-", "-")


def _sizes(pair: SheetPair, old: Drawing, new: Drawing) -> tuple[str, str] | None:
    """How large a drawing was and is; None where that is the same to a fifth of a millimetre."""
    before = drawing_size(pair.old, old.row, old.column, old.frame[0])
    after = drawing_size(pair.new, new.row, new.column, new.frame[0])
    if before == after or (before and after and max(abs(a - b) for a, b in zip(before, after, strict=True)) <= 7_200):
        return None
    return _centimetres(before), _centimetres(after)


def _centimetres(size: tuple[int, int] | None) -> str:
    if size is None:
        return "-"
    return " × ".join(f"{length / 360_000:.2f}" for length in size) + " cm"


def _offset(start: tuple[int, ...]) -> str:
    """How far within its cell a drawing begins, down and across; 360,000 EMU to the centimetre."""
    return " × ".join(f"+{length / 360_000:.2f} cm" for length in start)


_TABLE_PARTS = (terms.COLUMNS_OF_TABLE, terms.OPTIONS_OF_TABLE, terms.STYLE_OF_TABLE, terms.FORMULAS_OF_TABLE)


def compare_tables_of_sheet(findings: Findings, pair: SheetPair) -> None:
    """A sheet's tables."""
    before, after = {t.name: t for t in pair.old.tables}, {t.name: t for t in pair.new.tables}
    renamed = [
        (a, b)
        for a in before
        if a not in after
        for b in after
        if b not in before and pair.grid.same(before[a].area, after[b].area)
    ]
    for a, b in renamed:
        if a in before and b in after:
            anchor = {"sheet": pair.new.name, "range": area_name(after[b].area)}
            findings.add_value("table", Level.STRUCTURE, anchor, terms.TABLE_NAME, a, b)
            before[b] = before.pop(a)
    for name in sorted({*before, *after}):
        a, b = before.get(name), after.get(name)
        if a is None or b is None:
            table = a or b
            assert table is not None
            anchor = {"sheet": pair.new.name, "range": area_name(table.area)}
            told = {"object": terms.TABLE, "text": quoted(name)}
            findings.add_presence("table", Level.STRUCTURE, anchor, "object", None, a is None, **told)
            continue
        anchor = {"sheet": pair.new.name, "range": area_name(b.area)}
        if not pair.grid.same(a.area, b.area):
            area = terms.AREA_OF_TABLE.filled(name=name)
            findings.add_value("table", Level.STRUCTURE, anchor, area, area_name(a.area), area_name(b.area))
        for index, part in enumerate(_TABLE_PARTS):
            if a.what[index] != b.what[index] and not (index == 0 and not pair.grid.columns.identity):
                level = Level.FORMAT if index == 2 else Level.STRUCTURE
                values = (shown(flat(table.what[index])) for table in (a, b))
                findings.add_value("table", level, anchor, part.filled(name=name), *values)
