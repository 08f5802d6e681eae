"""What looks different in a table: its own format, widths, heights, and cells as a reader sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from generator.compare.align import Axis
from generator.compare.canonical import Properties, changed
from generator.compare.difference import Level
from generator.compare.word.comparing_state import Comparing
from generator.compare.word.document_model import Cell, Row, Table
from generator.compare.word.table_looks import SIDES
from generator.diagnostics.places import within
from generator.ooxml.stated_numbers import digits

Anchor = Mapping[str, Any]
_UNSEEN = 6  # twips: a tenth of a millimetre, as editors round
_MARGINS = tuple(f"{side}Mar" for side in SIDES)
_SEEN = ("tcBorders", "shd", "vAlign", "tcMar")  # of a cell: compared by its look
_TEXT = "text"
_OF_STYLES = ("tblLook", "tblStyleRowBandSize", "tblStyleColBandSize")
# what a reader sees of cells when a property of their table changes
_CAUSES = {
    "tblBorders": frozenset(SIDES),
    "tblCellMar": frozenset(_MARGINS),
    "shd": frozenset(("shd",)),
    **dict.fromkeys(_OF_STYLES, frozenset((*SIDES, *_MARGINS, "shd", "vAlign", _TEXT))),
}
_Edges = dict[tuple[str, int, int], Any]


def by_table(old: Cell, new: Cell) -> set[Any]:
    """What changed of the formats of a cell's text through its table: that is told of the table, or of its style."""
    if old.look is None or new.look is None or old.look.text == new.look.text:
        return set()
    sides = (*old.look.text, *old.look.shown), (*new.look.text, *new.look.shown)
    return {change for pair in zip(*sides, strict=True) for change in changed(*pair)}


def compare_table_formats(
    comparing: Comparing, old: Table, new: Table, rows: Axis, columns: Axis, anchor: Anchor
) -> None:
    """Note what looks different in a table: its own format, widths, rows and cells."""
    findings = comparing.findings

    def tell(kind: str, place: Anchor, name: str, before: Any, after: Any) -> None:
        findings.add_property(kind, Level.FORMAT, place, name, before, after)

    by_style = comparing.by_style(old.style, new.style)
    through_table = _cell_looks(old, new, rows, columns, anchor, tell) if comparing.effective else None
    for name, before, after in changed(old.format, new.format):
        if (name, before, after) in by_style:
            continue
        if through_table is not None and name in _CAUSES:
            if not through_table & _CAUSES[name]:
                continue
            before, after = _sides_that_changed(before, after)
        tell("table-format", anchor, name, before, after)
    told = _widths(old, new, columns, anchor, tell, _UNSEEN if comparing.effective else 0)
    for index, row in enumerate(old.rows):
        r = rows.map(index + 1)
        if r is None:
            continue
        other = new.rows[r - 1]
        place = within(anchor, row=r)
        if row.header != other.header:
            findings.add_property("row-format", Level.FORMAT, place, "tblHeader", row.header, other.header)
        for name, before, after in changed(row.format, other.format):
            tell("row-format", place, name, before, after)
        _cells_of_row(comparing, row, other, columns, place, told, tell)


def _cells_of_row(
    comparing: Comparing, old: Row, new: Row, columns: Axis, place: Anchor, told: set[int], tell: Any
) -> None:
    """Note what looks different in the cells of a row, but widths of columns that were `told`."""
    partners = {cell.column + 1: cell for cell in new.cells}
    for cell in old.cells:
        c = columns.map(cell.column + 1)
        if c is None or (partner := partners.get(c)) is None:
            continue
        known = c in told or -c in told or partner.columns != cell.columns
        for name, before, after in changed(cell.format, partner.format):
            width = name == "tcW"
            unseen = comparing.effective and (name in _SEEN or (width and _as_wide(before, after)))
            if not unseen and not (width and known):
                tell("cell-format", within(place, column=c), name, before, after)


def _as_wide(old: Any, new: Any) -> bool:
    """Whether two widths in twips are the same to the eye."""
    a, b = (dict(value) if isinstance(value, tuple) else {} for value in (old, new))
    before, after = digits(a.get("w")), digits(b.get("w"))
    same_kind = a.get("type", "dxa") == b.get("type", "dxa") == "dxa"
    return same_kind and before is not None and after is not None and abs(before - after) <= _UNSEEN


def _widths(old: Table, new: Table, columns: Axis, anchor: Anchor, tell: Any, unseen: int) -> set[int]:
    """Tell a column's width once, whether the grid states it, its cells, or both, from `unseen` twips on; the columns told."""
    told: set[int] = set()
    for index in range(old.width):
        c = columns.map(index + 1)
        if c is None:
            continue
        before = old.grid[index] if index < len(old.grid) else None
        after = new.grid[c - 1] if c - 1 < len(new.grid) else None
        name = "gridCol"
        wide, wider = digits(before), digits(after)
        if wide is not None and wider is not None and 0 < abs(wide - wider) <= unseen:
            told.add(-c)
            continue
        if before == after:
            cells = [
                {
                    cell.row: dict(cell.format).get("tcW")
                    for row in t.rows
                    for cell in row.cells
                    if cell.column == k and cell.columns == 1
                }
                for t, k in ((old, index), (new, c - 1))
            ]
            values = [set(cells[0].values()), set(cells[1].values())]
            if len(cells[0]) < 2 or values[0] == values[1] or len(values[0]) != 1 or len(values[1]) != 1:
                continue
            name, before, after = "tcW", values[0].pop(), values[1].pop()
        told.add(c)
        tell("width", within(anchor, column=c), name, before, after)
    if any(c > 0 for c in told):
        # a grid that changed carries the cells over several columns along
        told |= set(range(1, new.width + 1)) if len(told) > 1 else set()
    return told


def _cell_looks(
    old: Table, new: Table, rows: Axis, columns: Axis, anchor: Anchor, tell: Callable[..., None]
) -> frozenset[str]:
    """Tell the cells that look different by what they state themselves; what looks different through their table."""
    through_table: set[str] = set()
    edges = _edges(old), _edges(new)
    targets = {(cell.row, cell.column): cell for row in new.rows for cell in row.cells}
    for row in old.rows:
        for cell in row.cells:
            r, c = rows.map(cell.row + 1), columns.map(cell.column + 1)
            partner = targets.get((r - 1, c - 1)) if r and c else None
            if partner is None or cell.look is None or partner.look is None:
                continue
            if cell.look.text != partner.look.text:
                through_table.add(_TEXT)
            base = changed(cell.look.base, partner.look.base)
            own: list[tuple[str, Any, Any]] = []
            for change in changed(cell.look.seen, partner.look.seen):
                name = change[0]
                if name in SIDES and _line(cell, name, edges[0]) == _line(partner, name, edges[1]):
                    continue  # the cell beside it draws the same line
                if change in base:
                    through_table.add(name)
                else:
                    own.append(change)
            _tell_own(own, within(anchor, row=r, column=c), tell)
    return frozenset(through_table)


def _tell_own(changes: list[tuple[str, Any, Any]], place: Anchor, tell: Callable[..., None]) -> None:
    """Each kind of property once, with the sides that changed."""
    grouped: dict[str, list[tuple[str, Any, Any]]] = defaultdict(list)
    for name, before, after in changes:
        group = "tcBorders" if name in SIDES else "tcMar" if name in _MARGINS else name
        grouped[group].append((name.removesuffix("Mar"), before, after))
    for group, found in grouped.items():
        if group in ("tcBorders", "tcMar"):
            sides = [tuple((side, change[at] or ()) for side, *change in found) for at in (0, 1)]
            tell("cell-format", place, group, *sides)
        else:
            tell("cell-format", place, group, found[0][1], found[0][2])


def _sides_that_changed(old: Any, new: Any) -> tuple[Any, Any]:
    """Of borders or margins, the sides that changed."""
    if not all(value is None or (isinstance(value, tuple) and len(value) == 4) for value in (old, new)):
        return old, new
    before, after = ({child[0]: child[1] for child in value[2]} if value else {} for value in (old, new))
    names = [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    one, other = (tuple((name, known.get(name, ())) for name in names) for known in (before, after))
    return one, other


def _edges(table: Table) -> _Edges:
    """The lines of a table's grid: where two cells meet, the wider of their borders."""
    found: _Edges = {}
    for row in table.rows:
        for cell in row.cells:
            seen = dict(cell.look.seen) if cell.look is not None else {}
            for side in SIDES:
                for key in _keys(cell, side):
                    found[key] = max(found.get(key, ()), seen.get(side, ()), key=_weight)
    return found


def _keys(cell: Cell, side: str) -> list[tuple[str, int, int]]:
    """The lines of the grid that a side of a cell lies on."""
    if side in ("top", "bottom"):
        at = cell.row if side == "top" else cell.row + cell.rows
        return [("h", at, column) for column in range(cell.column, cell.column + cell.columns)]
    at = cell.column if side == "left" else cell.column + cell.columns
    return [("v", at, row) for row in range(cell.row, cell.row + cell.rows)]


def _line(cell: Cell, side: str, edges: _Edges) -> set[Any]:
    return {edges[key] for key in _keys(cell, side)}


def _weight(line: Properties) -> tuple[bool, int, str]:
    return bool(line), digits(str(dict(line).get("sz", "0"))) or 0, repr(line)
