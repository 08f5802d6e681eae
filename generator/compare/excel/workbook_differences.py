"""Two workbooks compared: sheets, cells, and all that belongs to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from generator.compare.align import align
from generator.compare.canonical import changed
from generator.compare.difference import Findings, Level
from generator.compare.excel.cell_differences import compare_cells, compare_lines, compare_sizes, sheet_text
from generator.compare.excel.formula_references import Grid, area_name, cell_name, followed, same_formula
from generator.compare.excel.grid_pairs import SheetPair, align_sheet, align_sheets
from generator.compare.excel.seen_cells import drawing_size
from generator.compare.excel.workbook_model import Area, Drawing, Looks, Rule, Sheet, Workbook
from generator.compare.format_labels import property_label, value_label
from generator.compare.merged_areas import match_merges
from generator.compare.plain_lines import flat
from generator.compare.shared_parts import compare_chart, compare_parts, compare_properties
from generator.compare.text_changes import describe_change, quoted, shown
from generator.diagnostics import Text
from generator.diagnostics.wording import comparison_terms as terms

Grids = Mapping[str, Grid]


def compare_workbooks(old: Workbook, new: Workbook, looks: Looks, findings: Findings) -> list[SheetPair]:
    """Note what differs between two workbooks; the sheets that correspond."""
    looks.since_1904 = old.date1904, new.date1904
    if old.date1904 != new.date1904:
        _date_system(findings, new.date1904)
    sheets = align_sheets(old, new)
    for i in sheets.deleted:
        _sheet_line(findings, "sheet-deleted", old.sheets[i].name, i, gone=True)
    for j in sheets.inserted:
        _sheet_line(findings, "sheet-inserted", new.sheets[j].name, j)
    for i, j in sheets.moved:
        name = new.sheets[j].name
        findings.add(
            "sheet-moved",
            Level.STRUCTURE,
            {"sheet": name},
            "sheet-moved",
            old=i + 1,
            new=j + 1,
            at=terms.WORKBOOK,
            name=name,
            n=i + 1,
            m=j + 1,
        )
    pairs = [align_sheet(old.sheets[i], new.sheets[j], (old, new)) for i, j in sheets.pairs]
    grids = {pair.old.name: pair.grid for pair in pairs}
    for pair in pairs:
        _compare_sheet(findings, pair, grids, looks, (old.default_look, new.default_look))
    if not findings.wants(Level.STRUCTURE):
        return pairs
    _names(findings, old, new, grids)
    for name, before, after in changed(old.settings, new.settings):
        findings.add(
            "settings",
            Level.STRUCTURE,
            {"part": "part", "name": "xl/workbook.xml"},
            "property-value",
            old=value_label(name, before),
            new=value_label(name, after),
            property=property_label(name),
        )
    compare_properties(findings, old.properties, new.properties, old.traces, new.traces)
    compare_parts(findings, old.parts, new.parts)
    return pairs


def _date_system(findings: Findings, later: bool) -> None:
    """One change for all dates: the same numbers are other days (ECMA-376 part 1, 18.17.4.1)."""
    findings.add(
        "date-system",
        Level.TEXT,
        {"part": "part", "name": "xl/workbook.xml"},
        "date-system",
        old=1900 if later else 1904,
        new=1904 if later else 1900,
        at=terms.WORKBOOK,
        zh_shift="晚" if later else "早",
        en_shift="later" if later else "earlier",
    )


def _sheet_line(findings: Findings, kind: str, name: str, index: int, gone: bool = False) -> None:
    findings.add(
        kind,
        Level.TEXT,
        {"sheet": name},
        kind,
        old=name if gone else None,
        new=None if gone else name,
        at=terms.WORKBOOK,
        name=name,
        n=index + 1,
        gone=gone,
    )


def _compare_sheet(findings: Findings, pair: SheetPair, grids: Grids, looks: Looks, defaults: tuple[int, int]) -> None:
    old, new = pair.old, pair.new
    if old.name != new.name:
        findings.add(
            "sheet-renamed",
            Level.STRUCTURE,
            {"sheet": new.name},
            "sheet-renamed",
            old=old.name,
            new=new.name,
            at=terms.WORKBOOK,
        )
    compare_lines(findings, pair)
    compare_cells(findings, pair, grids, looks, defaults)
    if not findings.wants(Level.STRUCTURE):
        return
    place = {"sheet": new.name}
    if old.state != new.state:
        _property(findings, "hidden", Level.STRUCTURE, place, "state", old.state, new.state)
    compare_sizes(findings, pair, looks)
    _merges(findings, pair)
    _rules(findings, pair, grids, "validation", terms.VALIDATION, old.validations, new.validations)
    known = len(findings.found)
    _rules(
        findings,
        pair,
        grids,
        "conditional-format",
        terms.CONDITIONAL_FORMAT,
        old.conditionals,
        new.conditionals,
    )
    ruled = len(findings.found) > known
    _comments(findings, pair)
    _links(findings, pair, grids)
    _drawings(findings, pair, grids)
    _tables(findings, pair, grids)
    _page(findings, pair, looks)
    for name in sorted({*old.others, *new.others}):
        before, after = old.others.get(name), new.others.get(name)
        if name == "conditionalFormattings" and ruled:
            continue  # the newer half of a rule that was told already
        if before != after:
            level = Level.FORMAT if name in ("tabColor", "ignoredErrors") else Level.STRUCTURE
            _property(findings, "sheet-property", level, place, name, before, after)
    if old.session != new.session:
        findings.leave_out("view", place)


def _property(
    findings: Findings, kind: str, level: Level, anchor: Mapping[str, Any], name: str, before: Any, after: Any
) -> None:
    findings.add(
        kind,
        level,
        anchor,
        "property-value",
        old=value_label(name, before),
        new=value_label(name, after),
        property=property_label(name),
        at=sheet_text(anchor["sheet"]) if set(anchor) == {"sheet"} else None,
    )


def _merges(findings: Findings, pair: SheetPair) -> None:
    changes, gone, come = match_merges(pair.old.merges, pair.new.merges, pair.grid.rows, pair.grid.columns)
    sheet = pair.new.name
    at = sheet_text(sheet)
    for a, b in changes:
        place = {"sheet": sheet, "range": area_name(b)}
        findings.add("merge", Level.STRUCTURE, place, "merge", old=area_name(a), new=area_name(b), at=at)
    for a in gone:
        place = {"sheet": pair.old.name, "range": area_name(a)}
        findings.add("merge", Level.STRUCTURE, place, "merge-deleted", old=area_name(a), at=at, gone=True)
    for b in come:
        place = {"sheet": sheet, "range": area_name(b)}
        findings.add("merge", Level.STRUCTURE, place, "merge-inserted", new=area_name(b), at=at)


def _area_anchor(sheet: str, areas: Sequence[Area]) -> dict[str, Any]:
    if not areas:
        return {"sheet": sheet}
    name = area_name(areas[0])
    return {"sheet": sheet, "range" if ":" in name else "cell": name}


def _same_areas(pair: SheetPair, old: Sequence[Area], new: Sequence[Area]) -> bool:
    return len(old) == len(new) and all(pair.grid.same(a, b) for a, b in zip(old, new, strict=True))


def _rules(
    findings: Findings, pair: SheetPair, grids: Grids, kind: str, label: Text, old: Sequence[Rule], new: Sequence[Rule]
) -> None:
    """Validations or conditional formats, paired by where they hold and what they say."""

    def same_formulas(a: Rule, b: Rule) -> bool:
        return len(a.formulas) == len(b.formulas) and all(
            x == y or same_formula(x, y, pair.old.name, grids) for x, y in zip(a.formulas, b.formulas, strict=True)
        )

    left, right = list(range(len(old))), list(range(len(new)))
    tests = (
        lambda a, b: (
            a.what == b.what and a.look == b.look and same_formulas(a, b) and _same_areas(pair, a.areas, b.areas)
        ),
        lambda a, b: _same_areas(pair, a.areas, b.areas) and a.what == b.what,
        lambda a, b: _same_areas(pair, a.areas, b.areas),
        lambda a, b: a.what == b.what and same_formulas(a, b),
    )
    for test in tests:
        for i in list(left):
            j = next((j for j in right if test(old[i], new[j])), None)
            if j is None:
                continue
            left.remove(i)
            right.remove(j)
            _rule(findings, pair, kind, label, old[i], new[j], same_formulas(old[i], new[j]))
    sheet = pair.new.name
    for i in left:
        if any(pair.grid.rows.surviving(a[0], a[2]) and pair.grid.columns.surviving(a[1], a[3]) for a in old[i].areas):
            anchor = _area_anchor(pair.old.name, old[i].areas)
            findings.add(
                kind,
                Level.STRUCTURE,
                anchor,
                "object-deleted",
                old=_rule_text(old[i]),
                object=label,
                text=quoted(_rule_text(old[i])),
                gone=True,
            )
    for j in right:
        if any(pair.grid.rows.kept_in(a[0], a[2]) and pair.grid.columns.kept_in(a[1], a[3]) for a in new[j].areas):
            anchor = _area_anchor(sheet, new[j].areas)
            findings.add(
                kind,
                Level.STRUCTURE,
                anchor,
                "object-inserted",
                new=_rule_text(new[j]),
                object=label,
                text=quoted(_rule_text(new[j])),
            )


def _rule_text(rule: Rule) -> str:
    return f"{flat(rule.what)} {' ; '.join(rule.formulas)}".strip()


def _rule(
    findings: Findings, pair: SheetPair, kind: str, label: Text, old: Rule, new: Rule, same_formulas: bool
) -> None:
    anchor = _area_anchor(pair.new.name, new.areas)
    if not _same_areas(pair, old.areas, new.areas):
        names = [" ".join(area_name(a) for a in rule.areas) for rule in (old, new)]
        area = terms.AREA_OF_THE.filled(label=label)
        findings.add(kind, Level.STRUCTURE, anchor, "property-value", old=names[0], new=names[1], property=area)
    if old.what != new.what or not same_formulas:
        before, after = _rule_text(old), _rule_text(new)
        findings.add(kind, Level.STRUCTURE, anchor, "property-value", old=before, new=after, property=label)
    elif old.look != new.look:
        look = terms.LOOK_OF_THE.filled(label=label)
        before, after = shown(flat(old.look)), shown(flat(new.look))
        findings.add(kind, Level.STRUCTURE, anchor, "property-value", old=before, new=after, property=look)


def _mapped(pair: SheetPair, row: int, column: int) -> tuple[int, int] | None:
    r, c = pair.grid.rows.map(row), pair.grid.columns.map(column)
    return (r, c) if r is not None and c is not None else None


def _now(pair: SheetPair, cell: tuple[int, int], what: Any, after: Mapping[tuple[int, int], Any]) -> Any:
    """Where a comment or link of a cell is to be looked for: at its cell; where it stayed while rows changed places, there."""
    mapped = _mapped(pair, *cell)
    stayed = after.get(cell) == what and after.get(mapped or (0, 0)) != what
    return cell if stayed and pair.grid.stands(cell, cell) else mapped


def _is_kept(pair: SheetPair, cell: tuple[int, int]) -> bool:
    return bool(pair.grid.rows.kept_in(cell[0], cell[0]) and pair.grid.columns.kept_in(cell[1], cell[1]))


def _comments(findings: Findings, pair: SheetPair) -> None:
    label = terms.COMMENT
    after = pair.new.comments
    before = {cell: note for old, note in pair.old.comments.items() if (cell := _now(pair, old, note, after))}
    for cell in sorted({*before, *after}):
        a, b = before.get(cell), after.get(cell)
        anchor = {"sheet": pair.new.name, "cell": cell_name(*cell)}
        if a == b:
            continue
        if a is None or b is None:
            if a is None and not _is_kept(pair, cell):
                continue
            _, text = a or b or ("", "")
            wording = "object-inserted" if a is None else "object-deleted"
            side: dict[str, Any] = {"new": text} if a is None else {"old": text}
            findings.add("comment", Level.STRUCTURE, anchor, wording, object=label, text=quoted(text), **side)
            continue
        if a[1] != b[1]:
            change = describe_change(a[1], b[1])
            told = terms.COMMENT_CHANGE.filled(change=change)
            findings.add("comment", Level.STRUCTURE, anchor, "text", old=a[1], new=b[1], change=told)
        if a[0] != b[0]:
            name = terms.COMMENT_AUTHOR
            findings.add("comment", Level.STRUCTURE, anchor, "property-value", old=a[0], new=b[0], property=name)


def _links(findings: Findings, pair: SheetPair, grids: Grids) -> None:
    label = terms.HYPERLINK
    after = {(area[0], area[1]): link for area, link in pair.new.links.items()}
    before: dict[tuple[int, int], tuple[str, str]] = {}
    for area, link in pair.old.links.items():
        if cell := _now(pair, (area[0], area[1]), link, after):
            before[cell] = link
    for cell in sorted({*before, *after}):
        a, b = before.get(cell), after.get(cell)
        if a == b:
            continue
        anchor = {"sheet": pair.new.name, "cell": cell_name(*cell)}
        if a is None or b is None:
            if a is None and not _is_kept(pair, cell):
                continue
            target = (a or b or ("", ""))[0]
            wording = "object-inserted" if a is None else "object-deleted"
            side: dict[str, Any] = {"new": target} if a is None else {"old": target}
            findings.add("link", Level.STRUCTURE, anchor, wording, object=label, text=quoted(target), **side)
            continue
        if a[0] != b[0]:
            if a[0][:1] == b[0][:1] == "#" and same_formula(a[0][1:], b[0][1:], pair.old.name, grids):
                continue
            findings.add("link", Level.STRUCTURE, anchor, "object-value", old=a[0], new=b[0], object=label)
        else:
            tip = terms.HYPERLINK_TOOLTIP
            findings.add("link", Level.STRUCTURE, anchor, "property-value", old=a[1], new=b[1], property=tip)


_DRAWINGS = {"image": terms.IMAGE, "chart": terms.CHART, "shape": terms.SHAPE}


def _drawings(findings: Findings, pair: SheetPair, grids: Grids) -> None:
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
    for indices, drawings, wording in (
        (aligned.deleted, old, "object-deleted"),
        (aligned.inserted, new, "object-inserted"),
    ):
        for index in indices:
            drawing = drawings[index]
            sheet = pair.old.name if wording == "object-deleted" else pair.new.name
            anchor = {"sheet": sheet, "cell": cell_name(drawing.row, drawing.column)}
            text = drawing.value[1] if drawing.kind == "shape" else ""
            findings.add(
                drawing.kind,
                Level.STRUCTURE,
                anchor,
                wording,
                object=_DRAWINGS[drawing.kind],
                text=quoted(text) if text else "",
                gone=wording == "object-deleted",
            )


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
        findings.add(
            new.kind, Level.STRUCTURE, anchor, "property-value", old=quoted(alt_a), new=quoted(alt_b), property=name
        )
    if not pair.grid.stands((old.row, old.column), (new.row, new.column)) or start_a != start_b:
        name = terms.POSITION_OF.filled(label=label)
        before = _mapped(pair, old.row, old.column) or (old.row, old.column)
        places = [cell_name(*before), cell_name(new.row, new.column)]
        if places[0] == places[1]:
            places = [f"{name} {_offset(start)}" for name, start in zip(places, (start_a, start_b), strict=True)]
        findings.add(new.kind, Level.FORMAT, anchor, "property-value", old=places[0], new=places[1], property=name)
    elif (extent_a != extent_b or (reach_a != reach_b and pair.grid.identity)) and (sizes := _sizes(pair, old, new)):
        name = terms.SIZE_OF.filled(label=label)
        findings.add(new.kind, Level.FORMAT, anchor, "property-value", old=sizes[0], new=sizes[1], property=name)
    elif look_a != look_b:
        name = terms.LOOK_OF.filled(label=label)
        findings.add(new.kind, Level.FORMAT, anchor, "property-value", old="-", new="-", property=name)


def _sizes(pair: SheetPair, old: Drawing, new: Drawing) -> tuple[str, str] | None:
    """How large a drawing was and is; None where that is the same to a fifth of a millimetre."""
    before = drawing_size(pair.old, old.row, old.column, old.frame[0])
    after = drawing_size(pair.new, new.row, new.column, new.frame[0])
    if before is None or after is None:
        return None if before == after else (_centimetres(before), _centimetres(after))
    if max(abs(a - b) for a, b in zip(before, after, strict=True)) <= 7_200:
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


def _tables(findings: Findings, pair: SheetPair, grids: Grids) -> None:
    label = terms.TABLE
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
            name = terms.TABLE_NAME
            findings.add("table", Level.STRUCTURE, anchor, "property-value", old=a, new=b, property=name)
            before[b] = before.pop(a)
    for name in sorted({*before, *after}):
        a, b = before.get(name), after.get(name)
        if a is None or b is None:
            table = a or b
            assert table is not None
            anchor = {"sheet": pair.new.name, "range": area_name(table.area)}
            wording = "object-inserted" if a is None else "object-deleted"
            findings.add("table", Level.STRUCTURE, anchor, wording, object=label, text=quoted(name), gone=b is None)
            continue
        anchor = {"sheet": pair.new.name, "range": area_name(b.area)}
        if not pair.grid.same(a.area, b.area):
            area = terms.AREA_OF_TABLE.filled(name=name)
            findings.add(
                "table",
                Level.STRUCTURE,
                anchor,
                "property-value",
                old=area_name(a.area),
                new=area_name(b.area),
                property=area,
            )
        for index, part in enumerate(_TABLE_PARTS):
            if a.what[index] != b.what[index] and not (index == 0 and not pair.grid.columns.identity):
                level = Level.FORMAT if index == 2 else Level.STRUCTURE
                findings.add(
                    "table",
                    level,
                    anchor,
                    "property-value",
                    old=shown(flat(a.what[index])),
                    new=shown(flat(b.what[index])),
                    property=part.filled(name=name),
                )


_BANDS = {"odd": Text("", ""), "even": terms.EVEN_PAGES, "first": terms.FIRST_PAGE}


def _unseen_margins(old: Sheet, new: Sheet) -> set[str]:
    """Where a header would stand is not seen of a sheet without one."""
    return {
        f"{area.lower()}Margin"
        for area in ("Header", "Footer")
        for sheet in (old, new)
        if not any(name.endswith(area) for name in sheet.header_footer)
    }


def _page(findings: Findings, pair: SheetPair, looks: Looks) -> None:
    old, new = pair.old, pair.new
    for name in sorted({*old.header_footer, *new.header_footer}):
        a, b = old.header_footer.get(name, ""), new.header_footer.get(name, "")
        if a != b:
            area = "header" if name.endswith("Header") else "footer"
            which = _BANDS.get(name.removesuffix("Header").removesuffix("Footer"), Text("", ""))
            change = describe_change(a, b)
            told = Text(f"{which.zh}{change.zh}", f"{which.en}{change.en}")
            findings.add(area, Level.STRUCTURE, {"sheet": new.name, "area": area}, "text", old=a, new=b, change=told)
    unseen = _unseen_margins(old, new) if looks.seen else set()
    for pairs in ((old.page, new.page), (old.view, new.view)):
        for name, before, after in changed(*pairs):
            if name in unseen:
                continue
            if name in ("rowBreaks", "colBreaks"):
                axis = pair.grid.rows if name == "rowBreaks" else pair.grid.columns
                if tuple(axis.map(n) for n in before or ()) == tuple(after or ()):
                    continue
                before, after = (flat(tuple(map(str, rows or ()))) or None for rows in (before, after))
            if name == "pane":
                _property(findings, "view", Level.STRUCTURE, {"sheet": new.name}, name, before, after)
            else:
                _property(findings, "page-setup", Level.FORMAT, {"sheet": new.name}, name, before, after)
    a, b = old.filter, new.filter
    if (a is None) != (b is None) or (a and b and not pair.grid.same(a, b)):
        anchor = _area_anchor(new.name, [b] if b else [])
        _property(findings, "filter", Level.STRUCTURE, anchor, "autoFilter", a and area_name(a), b and area_name(b))


_BUILTIN = {
    "_xlnm.Print_Area": terms.PRINT_AREA,
    "_xlnm.Print_Titles": terms.PRINT_TITLES,
}


def _names(findings: Findings, old: Workbook, new: Workbook, grids: Grids) -> None:
    renamed = {name: grid.name for name, grid in grids.items()}
    before = {(name, renamed.get(scope, scope)): (value, scope) for (name, scope), value in old.names.items()}
    for key in sorted({*before, *new.names}):
        name, scope = key
        anchor: dict[str, Any] = {"name": f"{scope}!{name}" if scope else name}
        if name in _BUILTIN and scope:
            anchor = {"sheet": scope}
        at = Text(f"{scope} {_BUILTIN[name].zh}", f"{scope} {_BUILTIN[name].en}") if name in _BUILTIN else None
        a, b = before.get(key), new.names.get(key)
        if a is None or b is None:
            gone = b is None
            formula = (a[0] if a else b or ("", False))[0]
            if gone and a is not None and scope not in {s.name for s in new.sheets} and scope:
                continue  # it went with its sheet
            findings.add(
                "name",
                Level.STRUCTURE,
                anchor,
                "name-deleted" if gone else "name-inserted",
                old=formula if gone else None,
                new=None if gone else formula,
                at=at,
                gone=gone,
            )
            continue
        (formula, hidden), old_scope = a
        if not same_formula(formula, b[0], old_scope, grids):
            before_now = followed(formula, old_scope, grids) if formula == b[0] else formula
            change = Text(f"{before_now} → {b[0]}", f"{before_now} → {b[0]}")
            findings.add("name", Level.STRUCTURE, anchor, "text", old=before_now, new=b[0], change=change, at=at)
        if hidden != b[1]:
            _say = value_label("hidden", hidden), value_label("hidden", b[1])
            findings.add(
                "name",
                Level.STRUCTURE,
                anchor,
                "property-value",
                old=_say[0],
                new=_say[1],
                property=property_label("hidden"),
                at=at,
            )
