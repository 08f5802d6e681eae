"""Defined names: workbook-wide and of one sheet, print areas and titles, hidden filter names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from generator.excel.follow.formulas import Frame, covering, rewrite
from generator.excel.follow.sheet_layouts import SheetLayout, WorkbookLayout
from generator.kept.lazy_patterns import lazy
from generator.ooxml.addresses import MAX_COLUMNS, MAX_ROWS, Area
from generator.ooxml.cut_formulas import Formula, parse_formula
from generator.ooxml.escaping import escape

_NAMES = lazy(rb"<(\w+:)?definedNames\s*>(.*?)</(?:\w+:)?definedNames\s*>", re.S)
_NAME = lazy(rb"(<(?:\w+:)?definedName\s[^>]*>)([^<]*)(</(?:\w+:)?definedName\s*>)", re.S)
_LOCAL = lazy(rb'\slocalSheetId="(\d+)"')
_LABEL = lazy(rb'\sname="([^"]*)"')
_PRINT = ("_xlnm.Print_Area", "_xlnm.Print_Titles", "_xlnm._FilterDatabase")


def follow_names(xml: bytes, sources: tuple[str, ...], frame: Frame, order: Mapping[str, int]) -> bytes:
    """The workbook part with its defined names after the move.

    Args:
        xml: the workbook part, its list of sheets as it is in the template or rendered: it is not read here.
        sources: the template's sheets in their order, chart sheets too.
        frame: the layout, without a sheet.
        order: the index of each rendered sheet's name among all sheets of the rendered workbook.
    """
    workbook = frame.workbook
    if workbook.unmoved and order == {name: number for number, name in enumerate(sources)}:
        return xml

    def names(match: re.Match[bytes]) -> bytes:
        body = _NAME.sub(lambda name: _follow(name, sources, frame, order, workbook), match[2])
        prefix = match[1] or b""
        return b"<%bdefinedNames>%b</%bdefinedNames>" % (prefix, body, prefix) if _NAME.search(body) else b""

    return _NAMES.sub(names, xml, count=1)


def _follow(
    match: re.Match[bytes], sources: tuple[str, ...], frame: Frame, order: Mapping[str, int], workbook: WorkbookLayout
) -> bytes:
    start, text, end = match.groups()
    label = _LABEL.search(start)
    name = unescape(label[1].decode()) if label else ""
    formula = parse_formula(unescape(text.decode()))
    owner = _LOCAL.search(start)
    if owner is None:
        before = len(frame.findings)
        found = rewrite(formula, Frame(workbook, None, frame.findings), alone="list")
        _rename(frame, before, name)
        return start + escape(found).encode() + end
    number = int(owner[1])
    source = sources[number] if number < len(sources) else ""
    targets = workbook.outputs(source)
    if not targets and source in order:  # a chart sheet
        return _numbered(start, order[source]) + escape(rewrite(formula, frame, alone="list")).encode() + end
    written = []
    for sheet in targets:
        parts = _kept(formula, sheet) if name in _PRINT else formula
        if parts is None:
            continue
        own = Frame(workbook, sheet, frame.findings)
        before = len(frame.findings)
        found = covering(parts, own) if name in _PRINT else rewrite(parts, own, alone="list")
        _rename(frame, before, name)
        written.append(_numbered(start, order[sheet.name]) + escape(found).encode() + end)
    return b"".join(written)


def _numbered(start: bytes, number: int) -> bytes:
    return _LOCAL.sub(b' localSheetId="%d"' % number, start)


def _rename(frame: Frame, before: int, name: str) -> None:
    """Findings about a name stand at the name."""
    from generator.diagnostics.places import describe

    for index in range(before, len(frame.findings)):
        anchor = {"name": name}
        frame.findings[index] = frame.findings[index].at(anchor=anchor, place=describe(anchor))


def _kept(formula: Formula, sheet: SheetLayout) -> Formula | None:
    """What is left of a print area or of print titles: parts of which nothing was rendered are left out; None: all."""
    pieces: list[str | Area] = []
    for piece in formula.pieces:
        if isinstance(piece, Area):
            if _gone(piece, sheet):
                if pieces and pieces[-1] == ",":
                    pieces.pop()
                continue
        elif not any(isinstance(known, Area) for known in pieces):
            piece = piece.removeprefix(",")
        if piece != "":
            pieces.append(piece)
    if not any(isinstance(piece, Area) for piece in pieces) and formula.areas:
        return None
    return Formula(formula.text, tuple(pieces))


def _gone(area: Area, sheet: SheetLayout) -> bool:
    rows = (area.top.number, area.bottom.number) if area.top and area.bottom else (1, MAX_ROWS)
    columns = (area.left.number, area.right.number) if area.left and area.right else (1, MAX_COLUMNS)
    return sheet.rows.cover(*rows) is None or sheet.columns.cover(*columns) is None
