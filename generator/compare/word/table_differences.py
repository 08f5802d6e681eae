"""What changed between two versions of a table: rows, columns, merges, cells, widths and heights."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

from generator.compare.align import Alignment, Axis, align, align_by_values
from generator.compare.difference import Level
from generator.compare.format_labels import property_label, style_label
from generator.compare.merged_areas import Merge, match_merges
from generator.compare.text_changes import describe_change, in_brackets, similarity
from generator.compare.word.comparing_state import Comparing
from generator.compare.word.document_model import Cell, Table, paragraphs
from generator.compare.word.table_formats import by_table, compare_table_formats
from generator.diagnostics import Text
from generator.diagnostics.places import within
from generator.diagnostics.wording import comparison_terms as terms

Anchor = Mapping[str, Any]
CompareBlocks = Callable[..., Alignment]


def compare_tables(
    comparing: Comparing, old: Table, new: Table, anchor: Anchor, old_anchor: Anchor, compare_blocks: CompareBlocks
) -> None:
    """Note what differs between two tables at `anchor`; `compare_blocks` compares the blocks of a cell, tables too."""
    columns = align_columns(old, new)
    rows = align_rows(old, new, columns)
    findings = comparing.findings
    _lines(comparing, "row", rows, old, new, anchor, old_anchor)
    _lines(comparing, "column", columns, old, new, anchor, old_anchor)
    row_axis, column_axis = Axis(rows, len(old.rows), len(new.rows)), Axis(columns, old.width, new.width)
    if findings.wants(Level.STRUCTURE):
        _merges(comparing, old, new, row_axis, column_axis, anchor)
    _cells(comparing, old, new, row_axis, column_axis, anchor, old_anchor, compare_blocks)
    if old.style != new.style:
        findings.add_value(
            "style", Level.FORMAT, anchor, property_label("tblStyle"), style_label(old.style), style_label(new.style)
        )
    if findings.wants(Level.FORMAT):
        compare_table_formats(comparing, old, new, row_axis, column_axis, anchor)


def align_columns(old: Table, new: Table) -> Alignment:
    """Align the grid columns by what stands in them; tables of the same width keep theirs unless content says otherwise."""
    return align_by_values(_column_texts(old), _column_texts(new), lambda texts: sum(map(bool, texts)))


def _column_texts(table: Table) -> list[list[str]]:
    """The texts down each grid column; a cell over several columns stands in the first."""
    rows = [{cell.column: cell.text for cell in row.cells} for row in table.rows]
    return [[texts.get(column, "") for texts in rows] for column in range(table.width)]


def align_rows(old: Table, new: Table, columns: Alignment) -> Alignment:
    """Align the rows by the cells that both tables have."""
    where = dict((*columns.pairs, *columns.moved))
    fresh = set(columns.inserted)
    a = [tuple((where[c.column], c.text) for c in row.cells if c.column in where) for row in old.rows]
    b = [tuple((c.column, c.text) for c in row.cells if c.column not in fresh) for row in new.rows]
    if columns.moved:
        a, b = [tuple(sorted(key)) for key in a], [tuple(sorted(key)) for key in b]

    def alike(i: int, j: int) -> float:
        return row_similarity([t for _, t in a[i]], [t for _, t in b[j]])

    def particular(i: int) -> bool:
        texts = [text for _, text in a[i] if text.strip()]
        return len(texts) > 1 and sum(map(len, texts)) > 3

    return align(a, b, similarity=alike, movable=particular)


def row_similarity(old: list[str], new: list[str]) -> float:
    """How alike two rows are: the share of equal cells, the likeness of the texts, and whether the first texts agree."""
    filled_old, filled_new = [t for t in old if t.strip()], [t for t in new if t.strip()]
    if not filled_old or not filled_new:
        return 0.0
    if len(filled_old) == len(filled_new) == 1:
        return similarity(filled_old[0], filled_new[0])
    same = sum((Counter(filled_old) & Counter(filled_new)).values()) / max(len(filled_old), len(filled_new))
    score = 0.6 * same + 0.4 * similarity("\t".join(filled_old), "\t".join(filled_new))
    if filled_old[0] == filled_new[0] and not _is_number(filled_old[0]):
        score = max(score, 0.7)
    return score


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?[\d,]*+(?:\.\d++|(?<=\d))\s*[%％‰]?", text.strip()) is not None


def _lines(
    comparing: Comparing, kind: str, aligned: Alignment, old: Table, new: Table, anchor: Anchor, old_anchor: Anchor
) -> None:
    """Rows or columns that came, went or moved."""
    findings = comparing.findings

    def text(table: Table, index: int) -> str:
        texts = [cell.text for cell in table.rows[index].cells] if kind == "row" else _column_texts(table)[index]
        return " | ".join(text for text in texts if text.strip())

    for table, indices, place, came in (
        (old, aligned.deleted, old_anchor, False),
        (new, aligned.inserted, anchor, True),
    ):
        for index in indices:
            content = text(table, index)
            level = comparing.text if content else Level.STRUCTURE
            kind_of_change = f"{kind}-{'inserted' if came else 'deleted'}"
            told = {"at": anchor, "n": index + 1, "text": in_brackets(content)}
            place_of_line = within(place, **{kind: index + 1})
            findings.add_presence(kind_of_change, level, place_of_line, kind, content, came, **told)
    for i, j in aligned.moved:
        above, below = aligned.around(j)
        content = text(old, i)
        beside = (above[-1] if above else below[0] if below else 0) + 1
        told = {"old": content, "new": content, "at": anchor, "n": i + 1, "m": beside, "gone": True}
        wording, place = f"{kind}-moved" + ("" if above else "-first"), within(old_anchor, **{kind: i + 1})
        findings.add(f"{kind}-moved", comparing.text, place, wording, **told)


def _merged(table: Table) -> list[Merge]:
    return [
        (cell.row + 1, cell.column + 1, cell.row + cell.rows, cell.column + cell.columns)
        for row in table.rows
        for cell in row.cells
        if cell.rows > 1 or cell.columns > 1
    ]


def _area(area: Merge) -> Text:
    rows = f"{area[0]}–{area[2]}" if area[0] != area[2] else str(area[0])
    columns = f"{area[1]}–{area[3]}" if area[1] != area[3] else str(area[1])
    return terms.ROW_COLUMN.filled(rows=rows, columns=columns)


def _merges(comparing: Comparing, old: Table, new: Table, rows: Axis, columns: Axis, anchor: Anchor) -> None:
    changes, gone, come = match_merges(_merged(old), _merged(new), rows, columns)
    findings = comparing.findings
    for a, b in changes:
        place = within(anchor, row=b[0], column=b[1])
        findings.add("merge", Level.STRUCTURE, place, "merge", old=_area(a), new=_area(b), at=anchor)
    for a in gone:
        place = within(anchor, row=rows.map(a[0]) or a[0], column=columns.map(a[1]) or a[1])
        findings.add("merge", Level.STRUCTURE, place, "merge-deleted", old=_area(a), at=anchor)
    for b in come:
        place = within(anchor, row=b[0], column=b[1])
        findings.add("merge", Level.STRUCTURE, place, "merge-inserted", new=_area(b), at=anchor)


def _cells(
    comparing: Comparing,
    old: Table,
    new: Table,
    rows: Axis,
    columns: Axis,
    anchor: Anchor,
    old_anchor: Anchor,
    compare_blocks: CompareBlocks,
) -> None:
    targets = {(cell.row, cell.column): cell for row in new.rows for cell in row.cells}
    seen: set[tuple[int, int]] = set()
    gathered_old, gathered_new = _gathered(old, new, rows, columns)
    for row in old.rows:
        for cell in row.cells:
            r, c = rows.map(cell.row + 1), columns.map(cell.column + 1)
            if r is None or c is None:
                continue
            if (cell.row, cell.column) in gathered_old:
                seen.add((r - 1, c - 1))
                continue
            place = within(anchor, row=r, column=c)
            partner = targets.get((r - 1, c - 1))
            if partner is None:
                _lost(comparing, cell.text, "", place, column_header(new, r - 1, c - 1))
                continue
            seen.add((r - 1, c - 1))
            if cell.blocks != partner.blocks or any(p.number for p in paragraphs(cell.blocks)):
                header = column_header(new, partner.row, partner.column)
                before = within(old_anchor, row=cell.row + 1, column=cell.column + 1)
                outer, comparing.by_table = comparing.by_table, by_table(cell, partner)
                compare_blocks(comparing, cell.blocks, partner.blocks, place, header=header, old_base=before)
                comparing.by_table = outer
    kept_rows = {rows.map(r) for r in range(1, rows.old_length + 1)}
    kept_columns = {columns.map(c) for c in range(1, columns.old_length + 1)}
    for (r, c), cell in targets.items():
        if (r, c) not in seen and (r, c) not in gathered_new and r + 1 in kept_rows and c + 1 in kept_columns:
            _lost(comparing, "", cell.text, within(anchor, row=r + 1, column=c + 1), column_header(new, r, c))


def _gathered(old: Table, new: Table, rows: Axis, columns: Axis) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The cells, old and new, whose content a merge only brought together or a split only parted: no text changed there."""
    from_old: set[tuple[int, int]] = set()
    from_new: set[tuple[int, int]] = set()
    mapped: dict[tuple[int, int], Cell] = {}
    for row in old.rows:
        for cell in row.cells:
            r, c = rows.map(cell.row + 1), columns.map(cell.column + 1)
            if r is not None and c is not None:
                mapped[r - 1, c - 1] = cell
    targets = {(cell.row, cell.column): cell for row in new.rows for cell in row.cells}
    for bigger, parts, is_new in ((targets, mapped, True), (mapped, targets, False)):
        for (r, c), cell in bigger.items():
            other = parts.get((r, c))
            size = cell.rows, cell.columns
            if size == (1, 1) or other is None or (other.rows, other.columns) == size:
                continue
            grid = product(range(r, r + cell.rows), range(c, c + cell.columns))
            inside = [key for key in grid if key in parts]
            if _pieces(cell) != [piece for key in inside for piece in _pieces(parts[key])]:
                continue
            olds = [mapped[key] for key in inside if key in mapped] if is_new else [cell]
            from_old |= {(one.row, one.column) for one in olds}
            from_new |= {(r, c)} if is_new else set(inside)
    return from_old, from_new


def _pieces(cell: Cell) -> list[str]:
    return [p.text for p in paragraphs((*cell.blocks, *cell.swallowed)) if p.text.strip()]


def _lost(comparing: Comparing, old: str, new: str, place: Anchor, header: str) -> None:
    """Text of a cell that a merge swallowed or a split set free."""
    if old.strip() or new.strip():
        change = describe_change(old, new, plain=True)
        comparing.findings.add("text", comparing.text, place, "text", old=old, new=new, change=change, header=header)


def column_header(table: Table, row: int, column: int) -> str:
    """The heading of the column that a cell stands in, where it can be told: rows and columns from 0.

    It is the cell at the same grid column in the nearest row above that reads like a heading: every cell (but for one corner) filled with a short
    text that is no number, no two alike. A row marked to repeat on each page is taken before others.
    """
    above = list(range(min(row, len(table.rows)) - 1, -1, -1))
    marked = [r for r in above if table.rows[r].header]
    for index in [*marked, *above]:
        cells = table.rows[index].cells
        if not (table.rows[index].header or _reads_like_heading(cells)):
            continue
        cell = next((c for c in cells if c.column <= column < c.column + c.columns), None)
        if cell is None:
            continue
        if cell.row + cell.rows > row and not table.rows[index].header:
            return ""  # the cell itself is under that heading's merge: it is a row label
        text = re.sub(r"\s+", "", cell.text) if not cell.text.isascii() else " ".join(cell.text.split())
        return text if 0 < len(text) <= 30 else ""
    return ""


def _reads_like_heading(cells: tuple[Cell, ...]) -> bool:
    texts = [cell.text.strip() for cell in cells]
    if len(texts) > 3 and texts.count("") == 1:
        texts.remove("")  # the corner above the row labels
    return (
        len(texts) > 1
        and all(texts)
        and len(set(texts)) == len(texts)
        and all(len(text) <= 24 and not any(ch.isdigit() for ch in text) for text in texts)
    )
