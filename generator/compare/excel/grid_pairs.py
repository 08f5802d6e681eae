"""Which row, column and sheet of a workbook became which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence

from generator.compare.align import Alignment, Axis, align, align_by_values
from generator.compare.excel.beyond_content import stays
from generator.compare.excel.formula_references import Grid
from generator.compare.excel.workbook_lines import value_text
from generator.compare.excel.workbook_model import CellValue, RowData, Sheet, Workbook
from generator.compare.word.table_differences import row_similarity
from generator.kept.light_tuples import NamedTuple

_MANY = 250


class SheetPair(NamedTuple):
    """An old sheet, what it became, and how their rows and columns correspond."""

    old: Sheet
    new: Sheet
    rows: Alignment
    columns: Alignment
    grid: Grid


class SheetAlignment(NamedTuple):
    """Sheets by index: pairs, those that went and came, those that changed their order."""

    pairs: list[tuple[int, int]]
    deleted: list[int]
    inserted: list[int]
    moved: list[tuple[int, int]]


def align_sheets(old: Workbook, new: Workbook) -> SheetAlignment:
    """Pair the sheets by name, those with new names by content."""
    names = {sheet.name: j for j, sheet in enumerate(new.sheets)}
    pairs = [(i, names[sheet.name]) for i, sheet in enumerate(old.sheets) if sheet.name in names]
    left = [i for i, sheet in enumerate(old.sheets) if sheet.name not in names]
    taken = {j for _, j in pairs}
    right = [j for j in range(len(new.sheets)) if j not in taken]
    scored = sorted(
        ((sheet_similarity(old.sheets[i], new.sheets[j]), -abs(i - j), i, j) for i in left for j in right), reverse=True
    )
    for score, _, i, j in scored:
        if score >= 0.5 and i in left and j in right:
            pairs.append((i, j))
            left.remove(i)
            right.remove(j)
    if len(left) == len(right) == 1 and len(old.sheets) == len(new.sheets) == 1:
        pairs.append((left.pop(), right.pop()))
    pairs.sort()
    order = sorted(range(len(pairs)), key=lambda k: pairs[k][1])
    stable = align(list(range(len(pairs))), order, movable=lambda _: True)
    moved = [pairs[k] for k, _ in stable.moved]
    return SheetAlignment(pairs, left, right, moved)


def sheet_similarity(old: Sheet, new: Sheet) -> float:
    """How much of the content of two sheets is the same, 0 to 1."""
    a, b = _sample(old), _sample(new)
    most = max(sum(a.values()), sum(b.values()))
    if not most:
        return 1.0 if old.others == new.others and len(old.drawings) == len(new.drawings) else 0.0
    return sum((a & b).values()) / most


def _sample(sheet: Sheet) -> Counter[CellValue]:
    return Counter(value for row in sheet.rows[:2000] for value in row.values if value is not None)


def align_sheet(old: Sheet, new: Sheet, books: tuple[Workbook, Workbook]) -> SheetPair:
    """Align the rows and columns of a sheet of two workbooks by content."""
    width = max((row.columns[-1] for row in old.rows if row.columns), default=0)
    new_width = max((row.columns[-1] for row in new.rows if row.columns), default=0)
    plain = Alignment([(i, i) for i in range(max(width, new_width))], [], [], [])
    columns = plain
    a, b = _keys(old, None), _keys(new, None)
    rows = _align_rows(a, b)
    filled = max(sum(key is not None for key in a), sum(key is not None for key in b))
    same = sum(a[i] is not None and a[i] == b[j] for i, j in rows.pairs)
    if filled and same * 2 < filled:
        columns, (width, new_width) = _open_end(
            _align_columns(old, new, width, new_width), _column_keys(old, width), _column_keys(new, new_width)
        )
        if (columns.plain and width == new_width) or not (columns.pairs or columns.moved):
            columns = plain
        else:
            where = {i + 1: j + 1 for i, j in (*columns.pairs, *columns.moved)}
            kept = {j + 1: j + 1 for j in where.values() for j in (j - 1,)}
            a, b = _keys(old, where), _keys(new, kept)
            rows = _align_rows(a, b)
            same = sum(a[i] is not None and a[i] == b[j] for i, j in rows.pairs)
    if filled - same > _MANY and (rows.deleted or rows.inserted):
        rows = _by_key_column(old, new, a, b, columns) or rows
    rows, lengths = _open_end(rows, a, b)
    sides = (books[0], old), (books[1], new)
    if columns is plain:
        column_axis = Axis(plain, len(plain.pairs), len(plain.pairs))
    else:
        column_axis = Axis(columns, *_settled(columns, (width, new_width), sides, 1))
    row_axis = Axis(rows, *_settled(rows, lengths, sides, 0))
    return SheetPair(old, new, rows, columns, Grid(new.name, row_axis, column_axis))


def _settled(
    aligned: Alignment,
    lengths: tuple[int, int],
    sides: tuple[tuple[Workbook, Sheet], tuple[Workbook, Sheet]],
    axis: int,
) -> tuple[int, int]:
    """How many rows or columns correspond; beyond them all move alike, or stay, where what came or went there was but filled in."""
    both = [*aligned.pairs, *aligned.moved]
    last = max((i for i, _ in both), default=-1), max((j for _, j in both), default=-1)
    at_end = lengths[0] == last[0] + 1 or lengths[1] == last[1] + 1
    if lengths[0] != lengths[1] and at_end and stays(*sides, axis, lengths):
        return max(lengths), max(lengths)
    return lengths


def _open_end(rows: Alignment, a: list[Hashable], b: list[Hashable]) -> tuple[Alignment, tuple[int, int]]:
    """Below the last row, or behind the last column, a sheet goes on without end: a cell filled there is a change of that cell,
    not a row inserted.

    Rows of several cells that were added below the others count as inserted.
    """
    lengths = [len(a), len(b)]
    both = [*rows.pairs, *rows.moved]
    last = max((i for i, _ in both), default=-1), max((j for _, j in both), default=-1)
    tails = [i for i in rows.deleted if i > last[0]], [j for j in rows.inserted if j > last[1]]
    if bool(tails[0]) == bool(tails[1]):
        return rows, (lengths[0], lengths[1])
    side = 0 if tails[0] else 1
    keys = (a, b)[side]
    pairs = list(rows.pairs)
    taken: set[int] = set()
    for index in tails[side]:
        key = keys[index]
        if key is None or (isinstance(key, tuple) and len(key[0]) == 1):
            other = lengths[1 - side]
            lengths[1 - side] += 1
            pairs.append((index, other) if side == 0 else (other, index))
            taken.add(index)
    deleted = [i for i in rows.deleted if side == 1 or i not in taken]
    inserted = [j for j in rows.inserted if side == 0 or j not in taken]
    return Alignment(pairs, deleted, inserted, rows.moved), (lengths[0], lengths[1])


def _keys(sheet: Sheet, where: Mapping[int, int] | None) -> list[Hashable]:
    """The content of each row from the first to the last, None for empty ones; columns as `where` renames them."""
    last = sheet.numbers[-1] if sheet.numbers else 0
    keys: list[Hashable] = [None] * last
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        keys[number - 1] = _key(row, where)
    while keys and keys[-1] is None:
        keys.pop()
    return keys


def _key(row: RowData, where: Mapping[int, int] | None) -> Hashable:
    columns, values = row.columns, row.values
    if where is None and row.formulas is None and None not in values:
        return (columns, values)
    found = [
        (column if where is None else where[column], value)
        for column, value in _told(row)
        if where is None or column in where
    ]
    if not found:
        return None
    if where is not None:
        found.sort(key=lambda entry: entry[0])
    return (tuple(column for column, _ in found), tuple(value for _, value in found))


def _told(row: RowData) -> Iterator[tuple[int, CellValue]]:
    """The cells of a row that hold anything, by column; `=` stands for a formula without a value."""
    for index, column in enumerate(row.columns):
        value = row.values[index]
        if value is None and row.formulas is not None and row.formulas[index] is not None:
            value = "="
        if value is not None:
            yield column, value


def _texts(key: Hashable) -> list[str]:
    return [value_text(value) for value in key[1]] if isinstance(key, tuple) else []


def _align_rows(a: Sequence[Hashable], b: Sequence[Hashable]) -> Alignment:
    texts: dict[int, list[str]] = {}
    others: dict[int, list[str]] = {}

    def alike(i: int, j: int) -> float:
        if i not in texts:
            texts[i] = _texts(a[i])
        if j not in others:
            others[j] = _texts(b[j])
        return row_similarity(texts[i], others[j])

    def particular(i: int) -> bool:
        words = _texts(a[i])
        return len(words) > 1 and sum(map(len, words)) > 3

    return align(a, b, similarity=alike, movable=particular)


def _column_values(sheet: Sheet, width: int) -> list[list[tuple[int, CellValue]]]:
    found: list[list[tuple[int, CellValue]]] = [[] for _ in range(width)]
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        for column, value in _told(row):
            found[column - 1].append((number, value))
    return found


def _column_keys(sheet: Sheet, width: int) -> list[Hashable]:
    """The content of each column, None for empty ones."""
    return [
        (tuple(number for number, _ in column), tuple(value for _, value in column)) if column else None
        for column in _column_values(sheet, width)
    ]


def _align_columns(old: Sheet, new: Sheet, width: int, new_width: int) -> Alignment:
    a, b = ([[value for _, value in c] for c in _column_values(*side)] for side in ((old, width), (new, new_width)))
    return align_by_values(a, b, len)


def _by_key_column(
    old: Sheet, new: Sheet, a: list[Hashable], b: list[Hashable], columns: Alignment
) -> Alignment | None:
    """Where most rows changed, the column that tells them apart best aligns them (a number, a name)."""
    pairs = {i + 1: j + 1 for i, j in (*columns.pairs, *columns.moved)}
    width = max(pairs, default=0)
    values_a = _column_values(old, max(width, max((r.columns[-1] for r in old.rows if r.columns), default=0)))
    values_b = _column_values(new, max((r.columns[-1] for r in new.rows if r.columns), default=0))
    best: tuple[float, int, int] = (0.0, 0, 0)
    for i, j in pairs.items():
        if i > len(values_a) or j > len(values_b):
            continue
        common = {v for _, v in values_a[i - 1]} & {v for _, v in values_b[j - 1]}
        best = max(best, (len(common) / max(len(a), len(b), 1), i, j))
    if best[0] < 0.5:
        return None
    keys_a, keys_b = list(a), list(b)
    for keys, values in ((keys_a, values_a[best[1] - 1]), (keys_b, values_b[best[2] - 1])):
        for number, value in values:
            if number <= len(keys):
                keys[number - 1] = ("key", value)
    return align(keys_a, keys_b)
