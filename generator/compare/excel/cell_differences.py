"""What changed in the cells, rows and columns of a sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from generator.compare.difference import Findings, Level
from generator.compare.excel.dated_cells import dated
from generator.compare.excel.formula_references import Grid, followed, same_formula
from generator.compare.excel.grid_pairs import SheetPair
from generator.compare.excel.look_differences import CellLooks, compare_runs, note_look, over_fonts, tell_looks
from generator.compare.excel.seen_cells import Merged
from generator.compare.excel.workbook_lines import formula_text, value_text
from generator.compare.excel.workbook_model import CellValue, Looks, RowData, Sheet
from generator.compare.text_changes import describe_change, shown
from generator.diagnostics.wording import comparison_terms as terms
from generator.kept.light_tuples import NamedTuple
from generator.ooxml.addresses import cell as cell_name


def compare_cells(
    findings: Findings, pair: SheetPair, grids: Mapping[str, Grid], looks: Looks, defaults: tuple[int, int]
) -> None:
    """Values, formulas and formats of the cells that both sheets have."""
    old, new = pair.old, pair.new
    rows_a, rows_b = dict(zip(old.numbers, old.rows, strict=True)), dict(zip(new.numbers, new.rows, strict=True))
    still = all(grid.identity and name == grid.name for name, grid in grids.items())
    columns = pair.grid.columns
    formats: CellLooks = defaultdict(list)
    deep = findings.wants(Level.FORMAT)
    merged = (Merged(old.merges), Merged(new.merges)) if looks.seen and old.merges and new.merges else None
    axis = pair.grid.rows
    numbers = set(rows_a)
    both = sorted([*pair.rows.pairs, *pair.rows.moved], key=lambda entry: entry[1])
    tail = [(n - 1, n - 1 - axis.old_length + axis.new_length) for n in sorted(numbers) if n > axis.old_length]
    covered = {i for i, _ in both}
    tail += [
        (n - 1 - axis.new_length + axis.old_length, n - 1)
        for n in rows_b
        if n > axis.new_length and n - axis.new_length + axis.old_length not in numbers
    ]
    empty = RowData((), (), None, ())
    for i, j in (*both, *(entry for entry in tail if entry[0] not in covered)):
        a, b = rows_a.get(i + 1, empty), rows_b.get(j + 1, empty)
        if a is b or (columns.identity and (still or a.formulas is None) and a == b and not old.rich and not new.rich):
            continue
        if not deep and columns.identity and a.formulas is None and b.formulas is None and a[:2] == b[:2]:
            continue
        cells_b = {column: index for index, column in enumerate(b.columns)}
        cells: list[tuple[_Side, _Side]] = []
        for index, column in enumerate(a.columns):
            if (target := columns.map(column)) is not None:
                cells.append((_Side(i + 1, column, a, index), _Side(j + 1, target, b, cells_b.get(target))))
        seen = {other.column for _, other in cells}
        for index, target in enumerate(b.columns):
            if target not in seen and columns.kept_in(target, target) > 0:
                cells.append((_Side(i + 1, _source(columns, target), a, None), _Side(j + 1, target, b, index)))
        for one, other in cells:
            _cell(findings, pair, grids, looks, one, other, still)
            if deep and (here := _look(old, one, defaults[0])) != (there := _look(new, other, defaults[1])):
                note_look(formats, looks, (here, there), (one.at, other.at), (old, new), merged)
    tell_looks(findings, new.name, formats)


def _source(columns: Any, target: int) -> int:
    if columns.identity:
        return target
    return next((c for c in range(1, columns.old_length + 1) if columns.map(c) == target), target)


def _look(sheet: Sheet, cell: _Side, default: int) -> int:
    """The look of a cell; of one that is not stated its row's, its column's, the workbook's."""
    if cell.place is not None:
        return cell.row.looks[cell.place]
    line = sheet.lines.get(cell.number)
    if line is not None and line.look:
        return line.look
    line = sheet.columns.get(cell.column)
    return line.look if line is not None and line.look else default


class _Side(NamedTuple):
    """A cell of one side: where it stands, its row, and its place there; None where the row does not state it."""

    number: int
    column: int
    row: RowData
    place: int | None

    @property
    def at(self) -> tuple[int, int]:
        return self.number, self.column

    @property
    def stated(self) -> tuple[RowData, int | None]:
        return self.row, self.place


def _cell(
    findings: Findings, pair: SheetPair, grids: Mapping[str, Grid], looks: Looks, old: _Side, new: _Side, still: bool
) -> None:
    """Tell what differs between two cells.

    Args:
        still: nothing moved anywhere, so that formulas that are spelled apart are different.
    """
    value_a, formula_a = _at(*old.stated)
    value_b, formula_b = _at(*new.stated)
    same_value = value_a == value_b
    if not same_value and looks.since_1904[0] != looks.since_1904[1]:
        dates = dated(looks, 0, *old.stated), dated(looks, 1, *new.stated)
        same_value = isinstance(dates[0], tuple) and dates[0] == dates[1] != value_a
    same = formula_a == formula_b
    if formula_a is not None and formula_b is not None and not (still and same):
        same = same_formula(formula_a, formula_b, pair.old.name, grids)
    if not (same_value and same):
        _tell(findings, pair, grids, looks, (old, new), (same_value, same))
    elif findings.wants(Level.FORMAT) and isinstance(value_a, str):
        rich_a, rich_b = pair.old.rich.get(old.at, ()), pair.new.rich.get(new.at, ())
        if rich_a != rich_b and looks.seen:
            rich_a = over_fonts(looks, rich_a, value_a, *old.stated)
            rich_b = over_fonts(looks, rich_b, value_a, *new.stated)
        if rich_a != rich_b:
            compare_runs(findings, {"sheet": pair.new.name, "cell": cell_name(*new.at)}, rich_a, rich_b, value_a)


def _tell(
    findings: Findings,
    pair: SheetPair,
    grids: Mapping[str, Grid],
    looks: Looks,
    sides: tuple[_Side, _Side],
    same: tuple[bool, bool],
) -> None:
    """A difference of two cells; `same` says whether their values are, and their formulas."""
    old, new = sides
    (value_a, formula_a), (value_b, formula_b) = _at(*old.stated), _at(*new.stated)
    anchor = {"sheet": pair.new.name, "cell": cell_name(*new.at)}
    moved = old.at != new.at or pair.old.name != pair.new.name
    old_anchor = {"sheet": pair.old.name, "cell": cell_name(*old.at)} if moved else None
    # where the new formula is spelled alike and means other cells, the old one is told as it would read now
    before = followed(formula_a, pair.old.name, grids) if formula_a and formula_a == formula_b else formula_a
    if same[0]:
        was, now = _formula(before), _formula(formula_b)
        findings.add("formula", Level.STRUCTURE, anchor, "formula", old=was, new=now, old_anchor=old_anchor)
    elif (
        formula_a is None
        and formula_b is None
        and all(value is None or isinstance(value, str) for value in (value_a, value_b))
    ):
        texts = [value if isinstance(value, str) else "" for value in (value_a, value_b)]
        change = describe_change(*texts, plain=True)
        findings.add("text", Level.TEXT, anchor, "text", old=value_a, new=value_b, change=change, old_anchor=old_anchor)
    else:
        findings.add(
            "value" if formula_a is None or formula_b is None or not same[1] else "cached-value",
            Level.TEXT,
            anchor,
            "value",
            old=_plain(value_a),
            new=_plain(value_b),
            old_anchor=old_anchor,
            formula=_formula_note(before, formula_b, same[1]),
            **_sides(dated(looks, 0, *old.stated), dated(looks, 1, *new.stated)),
        )


def _at(row: RowData, index: int | None) -> tuple[CellValue, str | None]:
    if index is None:
        return None, None
    return row.values[index], row.formulas[index] if row.formulas is not None else None


def _plain(value: CellValue) -> Any:
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value[1] if isinstance(value, tuple) else value


def _sides(old: CellValue, new: CellValue) -> dict[str, Any]:
    """The values as the message shows them; text is marked where the other side is a number."""
    marked = isinstance(old, str) != isinstance(new, str)
    return {"before": _said(old, marked), "after": _said(new, marked)}


def _said(value: CellValue, marked: bool) -> Any:
    if marked and isinstance(value, str):
        return terms.TEXT_VALUE.filled(value=shown(value))
    return terms.EMPTY if value is None else shown(value_text(value))


def _formula(formula: str | None) -> str | None:
    return None if formula is None else formula_text(formula)


def _formula_note(old: str | None, new: str | None, same: bool) -> Any:
    if old is None and new is None:
        return ""
    if same:
        return terms.FORMULA_NOTE.filled(new=_formula(new))
    return terms.FORMULA_CHANGE.filled(old=_formula(old) or terms.NONE, new=_formula(new) or terms.NONE)
