"""What changed in the cells, rows and columns of a sheet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from generator.compare.canonical import changed
from generator.compare.difference import Findings, Level
from generator.compare.excel.dated_cells import dated
from generator.compare.excel.formula_references import Grid, area_name, cell_name, followed, same_formula
from generator.compare.excel.grid_pairs import SheetPair
from generator.compare.excel.seen_cells import Merged, pixels_high, pixels_wide, seen_run
from generator.compare.excel.workbook_lines import formula_text, value_text
from generator.compare.excel.workbook_model import CellValue, Line, Looks, RowData, Sheet
from generator.compare.format_labels import change_of, change_side, property_label, value_label
from generator.compare.text_changes import describe_change, shown
from generator.diagnostics import Text
from generator.diagnostics.wording import comparison_terms as terms
from generator.ooxml.addresses import column_letters

_RUN = 20  # so many rows or columns in a row are told one by one; more of them as a range
_Look = dict[tuple[str, Any, Any], list[tuple[int, int]]]


def sheet_text(sheet: str) -> Text:
    """A sheet's name as a message begins with it."""
    return Text(sheet, sheet)


def compare_lines(findings: Findings, pair: SheetPair) -> None:
    """Rows and columns that came, went or moved."""
    old, new = pair.old, pair.new
    for kind, aligned, key in (("row", pair.rows, "rows"), ("column", pair.columns, "columns")):
        for change, sheet, indices in (("deleted", old, aligned.deleted), ("inserted", new, aligned.inserted)):
            for first, last in _runs(index + 1 for index in indices):
                if last - first >= _RUN:
                    _tell_lines(findings, kind, key, change, sheet, new.name, first, last)
                else:
                    for number in range(first, last + 1):
                        _tell_lines(findings, kind, key, change, sheet, new.name, number, number)
        for i, j in aligned.moved:
            above = [x for x, y in aligned.pairs if y < j]
            below = [x for x, y in aligned.pairs if y > j]
            name = _line_name(kind, i + 1)
            content = _content(old, kind, i + 1)
            wording = ("sheet-column-moved" if kind == "column" else "row-moved") + ("" if above else "-first")
            findings.add(
                f"{kind}-moved",
                Level.TEXT,
                {"sheet": old.name, key: f"{name}:{name}"},
                wording,
                old=content,
                new=content,
                at=sheet_text(new.name),
                n=name,
                m=_line_name(kind, (above[-1] if above else below[0] if below else 0) + 1),
                gone=True,
            )


def _tell_lines(
    findings: Findings, kind: str, key: str, change: str, sheet: Sheet, title: str, first: int, last: int
) -> None:
    names = _line_name(kind, first), _line_name(kind, last)
    content = _content(sheet, kind, first) if first == last else ""
    told = Text(f"（{shown(content)}）", f" ({shown(content)})") if content else ""
    wording = f"{kind}-{change}" if kind == "row" else f"sheet-column-{change}"
    if first != last:
        wording = f"rows-{change}" if kind == "row" else wording
        names = (names[0], names[1]) if kind == "row" else (f"{names[0]}:{names[1]}", names[1])
    side: dict[str, Any] = {"old": content, "gone": True} if change == "deleted" else {"new": content}
    findings.add(
        f"{kind}-{change}",
        Level.TEXT if content or first != last else Level.STRUCTURE,
        {"sheet": sheet.name, key: f"{_line_name(kind, first)}:{_line_name(kind, last)}"},
        wording,
        at=sheet_text(title),
        n=names[0],
        m=names[1],
        text=told,
        **side,
    )


def _line_name(kind: str, number: int) -> str:
    return str(number) if kind == "row" else column_letters(number)


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def _content(sheet: Sheet, kind: str, number: int) -> str:
    if kind == "row":
        from bisect import bisect_left

        index = bisect_left(sheet.numbers, number)
        if index == len(sheet.numbers) or sheet.numbers[index] != number:
            return ""
        row = sheet.rows[index]
        return " | ".join(filter(None, (_shown_cell(row, i) for i in range(len(row.columns)))))
    found = []
    for row in sheet.rows[:200]:
        if number in row.columns:
            found.append(_shown_cell(row, row.columns.index(number)))
    return " | ".join(filter(None, found))


def _shown_cell(row: RowData, index: int) -> str:
    if row.formulas is not None and row.formulas[index] is not None:
        return formula_text(row.formulas[index] or "")
    return value_text(row.values[index])


def compare_cells(
    findings: Findings, pair: SheetPair, grids: Mapping[str, Grid], looks: Looks, defaults: tuple[int, int]
) -> None:
    """Values, formulas and formats of the cells that both sheets have."""
    old, new = pair.old, pair.new
    rows_a, rows_b = dict(zip(old.numbers, old.rows, strict=True)), dict(zip(new.numbers, new.rows, strict=True))
    still = all(grid.identity and name == grid.name for name, grid in grids.items())
    columns = pair.grid.columns
    formats: _Look = defaultdict(list)
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
        seen: set[int] = set()
        for index, column in enumerate(a.columns):
            target = columns.map(column)
            if target is None:
                continue
            seen.add(target)
            other = cells_b.get(target)
            _cell(findings, pair, grids, looks, (i + 1, column), (j + 1, target), (a, index), (b, other), still)
            if deep:
                look_a = a.looks[index]
                look_b = _missing_look(new, j + 1, target, defaults[1]) if other is None else b.looks[other]
                if look_a != look_b:
                    _note_look(formats, looks, (look_a, look_b), ((i + 1, column), (j + 1, target)), (old, new), merged)
        for index, target in enumerate(b.columns):
            if target in seen or not _is_kept(columns, target):
                continue
            source = _source(columns, target)
            _cell(findings, pair, grids, looks, (i + 1, source), (j + 1, target), (a, None), (b, index), still)
            if deep:
                look_a, look_b = _missing_look(old, i + 1, source, defaults[0]), b.looks[index]
                if look_a != look_b:
                    _note_look(formats, looks, (look_a, look_b), ((i + 1, source), (j + 1, target)), (old, new), merged)
    _tell_looks(findings, new.name, formats)


def _is_kept(columns: Any, target: int) -> bool:
    return columns.kept_in(target, target) > 0


def _source(columns: Any, target: int) -> int:
    if columns.identity:
        return target
    return next((c for c in range(1, columns.old_length + 1) if columns.map(c) == target), target)


def _missing_look(sheet: Sheet, row: int, column: int, default: int) -> int:
    """The look of a cell that is not stated: its row's, its column's, the workbook's."""
    line = sheet.lines.get(row)
    if line is not None and line.look:
        return line.look
    line = sheet.columns.get(column)
    return line.look if line is not None and line.look else default


def _cell(
    findings: Findings,
    pair: SheetPair,
    grids: Mapping[str, Grid],
    looks: Looks,
    before: tuple[int, int],
    after: tuple[int, int],
    old: tuple[RowData, int | None],
    new: tuple[RowData, int | None],
    still: bool,
) -> None:
    value_a, formula_a = _at(*old)
    value_b, formula_b = _at(*new)
    same_value = value_a == value_b
    if not same_value and looks.since_1904[0] != looks.since_1904[1]:
        dates = dated(looks, 0, *old), dated(looks, 1, *new)
        same_value = isinstance(dates[0], tuple) and dates[0] == dates[1] != value_a
    same = formula_a == formula_b if still or formula_a is None or formula_b is None else None
    if same is None or (not same and formula_a is not None and formula_b is not None):
        assert formula_a is not None
        assert formula_b is not None
        same = same_formula(formula_a, formula_b, pair.old.name, grids)
    anchor = {"sheet": pair.new.name, "cell": cell_name(*after)}
    if same_value and same:
        if findings.wants(Level.FORMAT) and isinstance(value_a, str):
            rich_a, rich_b = pair.old.rich.get(before, ()), pair.new.rich.get(after, ())
            if rich_a != rich_b and looks.seen:
                rich_a, rich_b = _over_fonts(looks, rich_a, value_a, *old), _over_fonts(looks, rich_b, value_a, *new)
            if rich_a != rich_b:
                _rich(findings, anchor, rich_a, rich_b, value_a)
        return
    moved = before != after or pair.old.name != pair.new.name
    old_anchor = {"sheet": pair.old.name, "cell": cell_name(*before)} if moved else None
    if same_value:
        findings.add(
            "formula",
            Level.STRUCTURE,
            anchor,
            "formula",
            old=_formula(_where_it_went(formula_a, formula_b, pair, grids)),
            new=_formula(formula_b),
            old_anchor=old_anchor,
        )
        return
    if formula_a is None and formula_b is None and (isinstance(value_a, str) or isinstance(value_b, str)):
        texts = [v if isinstance(v, str) else "" for v in (value_a, value_b)]
        if all(v is None or isinstance(v, str) for v in (value_a, value_b)):
            change = describe_change(*texts, plain=True)
            findings.add(
                "text", Level.TEXT, anchor, "text", old=value_a, new=value_b, change=change, old_anchor=old_anchor
            )
            return
    findings.add(
        "value" if formula_a is None or formula_b is None or not same else "cached-value",
        Level.TEXT,
        anchor,
        "value",
        old=_plain(value_a),
        new=_plain(value_b),
        old_anchor=old_anchor,
        formula=_formula_note(_where_it_went(formula_a, formula_b, pair, grids), formula_b, bool(same)),
        **_sides(dated(looks, 0, *old), dated(looks, 1, *new)),
    )


def _where_it_went(old: str | None, new: str | None, pair: SheetPair, grids: Mapping[str, Grid]) -> str | None:
    """The old formula; where the new one is spelled alike and means other cells, as it would read now."""
    return followed(old, pair.old.name, grids) if old is not None and old == new else old


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
    if isinstance(old, str) == isinstance(new, str):
        return {"before": _said(old), "after": _said(new)}
    return {"before": _marked(old), "after": _marked(new)}


def _said(value: CellValue) -> Any:
    return terms.EMPTY if value is None else shown(value_text(value))


def _marked(value: CellValue) -> Any:
    if isinstance(value, str):
        return terms.TEXT_VALUE.filled(value=shown(value))
    return _said(value)


def _formula(formula: str | None) -> str | None:
    if formula is None:
        return None
    return formula_text(formula)


def _formula_note(old: str | None, new: str | None, same: bool) -> Any:
    if old is None and new is None:
        return ""
    if same:
        return terms.FORMULA_NOTE.filled(new=_formula(new))
    return terms.FORMULA_CHANGE.filled(old=_formula(old) or terms.NONE, new=_formula(new) or terms.NONE)


def _over_fonts(looks: Looks, runs: Any, text: str, row: RowData, index: int | None) -> Any:
    """Runs over the font of their cell."""
    font = dict(looks.looks[row.looks[index]]).get("font", ()) if index is not None else ()
    return tuple((piece, seen_run(look, font)) for piece, look in runs or ((text, ()),))


def _rich(findings: Findings, anchor: Mapping[str, Any], old: Any, new: Any, text: str) -> None:
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
        findings.add(
            "run-format",
            Level.FORMAT,
            anchor,
            "run-format",
            old=change_side(changes, 1),
            new=change_side(changes, 2),
            text=f"“{shown(text[start:end], 30)}”",
            change=change_of(changes),
        )


_KINDS = {"numFmt": "number-format", "style": "cell-style", "quotePrefix": "cell-format"}


def _note_look(
    formats: _Look,
    looks: Looks,
    numbers: tuple[int, int],
    cells: tuple[tuple[int, int], tuple[int, int]],
    sheets: tuple[Sheet, Sheet],
    merged: tuple[Merged, Merged] | None,
) -> None:
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


def _tell_looks(findings: Findings, sheet: str, formats: _Look) -> None:
    """Cells beside each other that changed alike are one difference."""
    found: list[tuple[int, int, int, int, str, Any, Any]] = []
    for (name, before, after), cells in formats.items():
        found += [(*area, name, before, after) for area in rectangles(cells)]
    for top, left, bottom, right, name, before, after in sorted(found, key=lambda entry: entry[:5]):
        area = area_name((top, left, bottom, right))
        _tell_look(findings, {"sheet": sheet, "range" if ":" in area else "cell": area}, name, before, after)


def _tell_look(findings: Findings, anchor: Mapping[str, Any], name: str, before: Any, after: Any) -> None:
    kind = _KINDS.get(name, name)
    label = property_label(name)
    if name in ("font", "border", "alignment", "protection"):
        changes = changed(before or (), after or ())
        told = change_of(changes)
        change = Text(f"{label.zh} {told.zh}", f"{label.en} {told.en}")
        findings.add(
            kind,
            Level.FORMAT,
            anchor,
            "text",
            old=change_side(changes, 1),
            new=change_side(changes, 2),
            change=change,
        )
        return
    findings.add(
        kind,
        Level.FORMAT,
        anchor,
        "property-value",
        old=value_label(name, before),
        new=value_label(name, after),
        property=label,
    )


def rectangles(cells: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Cells as few rectangles: runs of columns in a row, equal runs of rows below each other joined."""
    by_row: dict[int, list[int]] = defaultdict(list)
    for row, column in cells:
        by_row[row].append(column)
    open_runs: dict[tuple[int, int], list[int]] = {}
    found: list[tuple[int, int, int, int]] = []
    for row in sorted(by_row):
        runs = _runs(sorted(by_row[row]))
        for run in list(open_runs):
            if run not in runs or open_runs[run][1] != row - 1:
                first, last = open_runs.pop(run)
                found.append((first, run[0], last, run[1]))
        for run in runs:
            if run in open_runs:
                open_runs[run][1] = row
            else:
                open_runs[run] = [row, row]
    found += [(first, run[0], last, run[1]) for run, (first, last) in open_runs.items()]
    return sorted(found)


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
            if not axis.kept_in(number, number):
                continue
            a, b = sources.get(number, nothing), after.get(number, nothing)
            if a == b:
                continue
            rest = (a.hidden, a.outline, a.look) == (b.hidden, b.outline, b.look)
            if a.hidden != b.hidden:
                found["hidden", a.hidden, b.hidden].append(number)
            if a.outline != b.outline:
                found["outline", a.outline, b.outline].append(number)
            if a.look != b.look:
                found["look", a.look, b.look].append(number)
            if a.size != b.size and not _automatic(a, b, rest) and not (looks.seen and _looks_alike(pair, kind, a, b)):
                found[size, a.size or None, b.size or None].append(number)
        for (name, old, new), numbers in sorted(found.items(), key=lambda entry: (entry[1], entry[0][0])):
            for first, last in _runs(numbers):
                anchor = {"sheet": pair.new.name, key: f"{_line_name(kind, first)}:{_line_name(kind, last)}"}
                if name == "look":
                    for part, x, y in changed(looks.looks[old] if old else (), looks.looks[new] if new else ()):
                        if old and new:
                            _tell_look(findings, anchor, part, x, y)
                    if not (old and new):
                        findings.add(
                            f"{kind}-format",
                            Level.FORMAT,
                            anchor,
                            "property-value",
                            old=terms.DEFAULT if not old else terms.OWN,
                            new=terms.DEFAULT if not new else terms.OWN,
                            property=terms.FORMAT_OF_ROW if kind == "row" else terms.FORMAT_OF_COLUMN,
                        )
                    continue
                level = Level.FORMAT if name == size else Level.STRUCTURE
                findings.add(
                    name,
                    level,
                    anchor,
                    "property-value",
                    old=terms.DEFAULT if old is None else value_label(name, old),
                    new=terms.DEFAULT if new is None else value_label(name, new),
                    property=property_label(name),
                )


def _looks_alike(pair: SheetPair, kind: str, old: Line, new: Line) -> bool:
    """Whether two sizes are as many pixels; what states none has that of its sheet."""
    pixels, name = (pixels_high, "defaultRowHeight") if kind == "row" else (pixels_wide, "defaultColWidth")
    sizes = [line.size or str(dict(sheet.view).get(name, "")) for line, sheet in ((old, pair.old), (new, pair.new))]
    return bool(sizes[0] and sizes[1]) and pixels(sizes[0]) == pixels(sizes[1])


def _automatic(old: Line, new: Line, rest: bool) -> bool:
    """Whether a size is no statement: an automatic height beside none, or what a library writes along with something else."""
    if old.hidden != new.hidden:
        return True
    if not old.size or not new.size:
        stated = old if old.size else new
        return not rest or (not stated.custom)
    return False
