"""Two workbooks compared: sheets, cells, and all that belongs to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from generator.compare.canonical import changed
from generator.compare.difference import Findings, Level
from generator.compare.excel.attached_differences import (
    compare_comments,
    compare_drawings,
    compare_links,
    compare_tables_of_sheet,
)
from generator.compare.excel.cell_differences import compare_cells
from generator.compare.excel.formula_references import Grids, area_name, followed, same_formula
from generator.compare.excel.grid_pairs import SheetPair, align_sheet, align_sheets
from generator.compare.excel.line_differences import compare_lines, compare_sizes, sheet_text
from generator.compare.excel.rule_differences import area_anchor, compare_rules
from generator.compare.excel.workbook_model import Looks, Sheet, Workbook
from generator.compare.merged_areas import match_merges
from generator.compare.plain_lines import flat
from generator.compare.shared_parts import compare_parts, compare_properties
from generator.compare.text_changes import describe_change
from generator.diagnostics import Text
from generator.diagnostics.wording import comparison_terms as terms


def compare_workbooks(old: Workbook, new: Workbook, looks: Looks, findings: Findings) -> list[SheetPair]:
    """Note what differs between two workbooks; the sheets that correspond."""
    looks.since_1904 = old.date1904, new.date1904
    if old.date1904 != new.date1904:
        _date_system(findings, new.date1904)
    sheets = align_sheets(old, new)
    for book, indices, came in ((old, sheets.deleted, False), (new, sheets.inserted, True)):
        for index in indices:
            kind, name = "sheet-inserted" if came else "sheet-deleted", book.sheets[index].name
            told = {"at": terms.WORKBOOK, "name": name, "n": index + 1}
            findings.add_presence(kind, Level.TEXT, {"sheet": name}, "sheet", name, came, **told)
    for i, j in sheets.moved:
        name = new.sheets[j].name
        told = {"old": i + 1, "new": j + 1, "at": terms.WORKBOOK, "name": name}
        findings.add("sheet-moved", Level.STRUCTURE, {"sheet": name}, "sheet-moved", **told)
    pairs = [align_sheet(old.sheets[i], new.sheets[j], (old, new)) for i, j in sheets.pairs]
    grids = {pair.old.name: pair.grid for pair in pairs}
    for pair in pairs:
        _compare_sheet(findings, pair, grids, looks, (old.default_look, new.default_look))
    if not findings.wants(Level.STRUCTURE):
        return pairs
    _names(findings, old, new, grids)
    for name, before, after in changed(old.settings, new.settings):
        findings.add_property(
            "settings", Level.STRUCTURE, {"part": "part", "name": "xl/workbook.xml"}, name, before, after
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


def _compare_sheet(findings: Findings, pair: SheetPair, grids: Grids, looks: Looks, defaults: tuple[int, int]) -> None:
    old, new = pair.old, pair.new
    place = {"sheet": new.name}
    if old.name != new.name:
        names = {"old": old.name, "new": new.name, "at": terms.WORKBOOK}
        findings.add("sheet-renamed", Level.STRUCTURE, place, "sheet-renamed", **names)
    compare_lines(findings, pair)
    compare_cells(findings, pair, grids, looks, defaults)
    if not findings.wants(Level.STRUCTURE):
        return
    if old.state != new.state:
        _property(findings, "hidden", Level.STRUCTURE, place, "state", old.state, new.state)
    compare_sizes(findings, pair, looks)
    _merges(findings, pair)
    compare_rules(findings, pair, grids, "validation", terms.VALIDATION, old.validations, new.validations)
    known = len(findings.found)
    compare_rules(
        findings, pair, grids, "conditional-format", terms.CONDITIONAL_FORMAT, old.conditionals, new.conditionals
    )
    ruled = len(findings.found) > known
    compare_comments(findings, pair)
    compare_links(findings, pair, grids)
    compare_drawings(findings, pair, grids)
    compare_tables_of_sheet(findings, pair)
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
    at = sheet_text(anchor["sheet"]) if set(anchor) == {"sheet"} else None
    findings.add_property(kind, level, anchor, name, before, after, at=at)


def _merges(findings: Findings, pair: SheetPair) -> None:
    changes, gone, come = match_merges(pair.old.merges, pair.new.merges, pair.grid.rows, pair.grid.columns)
    sheet = pair.new.name
    at = sheet_text(sheet)
    for a, b in changes:
        place = {"sheet": sheet, "range": area_name(b)}
        findings.add("merge", Level.STRUCTURE, place, "merge", old=area_name(a), new=area_name(b), at=at)
    for areas, name, came in ((gone, pair.old.name, False), (come, sheet, True)):
        for area in map(area_name, areas):
            findings.add_presence("merge", Level.STRUCTURE, {"sheet": name, "range": area}, "merge", area, came, at=at)


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
        anchor = area_anchor(new.name, [b] if b else [])
        _property(findings, "filter", Level.STRUCTURE, anchor, "autoFilter", a and area_name(a), b and area_name(b))


_BUILTIN = {"_xlnm.Print_Area": terms.PRINT_AREA, "_xlnm.Print_Titles": terms.PRINT_TITLES}


def _names(findings: Findings, old: Workbook, new: Workbook, grids: Grids) -> None:
    renamed = {name: grid.name for name, grid in grids.items()}
    before = {(name, renamed.get(scope, scope)): (value, scope) for (name, scope), value in old.names.items()}
    for key in sorted({*before, *new.names}):
        name, scope = key
        local = name in _BUILTIN and scope
        anchor = {"sheet": scope} if local else {"name": f"{scope}!{name}" if scope else name}
        at = Text(f"{scope} {_BUILTIN[name].zh}", f"{scope} {_BUILTIN[name].en}") if name in _BUILTIN else None
        a, b = before.get(key), new.names.get(key)
        if a is None or b is None:
            gone = b is None
            formula = (a[0] if a else b or ("", False))[0]
            if gone and a is not None and scope not in {s.name for s in new.sheets} and scope:
                continue  # it went with its sheet
            findings.add_presence("name", Level.STRUCTURE, anchor, "name", formula, not gone, at=at)
            continue
        (formula, hidden), old_scope = a
        if not same_formula(formula, b[0], old_scope, grids):
            before_now = followed(formula, old_scope, grids) if formula == b[0] else formula
            change = Text(f"{before_now} → {b[0]}", f"{before_now} → {b[0]}")
            findings.add("name", Level.STRUCTURE, anchor, "text", old=before_now, new=b[0], change=change, at=at)
        if hidden != b[1]:
            findings.add_property("name", Level.STRUCTURE, anchor, "hidden", hidden, b[1], at=at)
