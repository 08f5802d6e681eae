"""The last sheet of a draft: every cell that is to fill in, with what it says."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from generator.excel.calculate.loose_marks import MARK
from generator.excel.calculate.open_formulas import marked_cells
from generator.excel.run.workbook_parts import write_content_types
from generator.kept.light_classes import dataclass
from generator.ooxml.addresses import cell
from generator.ooxml.escaping import escape

NAME = "待填内容"
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class WorkbookFrame:
    """The parts that say which sheets a workbook has: its main part, its relationships, the content types."""

    main: bytes
    relations: bytes
    types: bytes


def open_cells(sheets: Mapping[str, bytes], optional: Collection[tuple[str, int, int]] = ()) -> list[tuple[str, str]]:
    """Where something is to fill in, with what stands there, in the order of sheets and cells.

    Args:
        sheets: the worksheets' parts by name.
        optional: sheet, row and column of the cells whose fields may be left out.
    """
    found = []
    for name, xml in sheets.items():
        for row, column, text in marked_cells(xml):
            texts = re.findall(f"{MARK}[^】]*】", text)
            may = "（可不填）" if (name, row, column) in optional else ""
            found.append((f"{name}!{cell(row, column)}", ("".join(texts) or text) + may))
    return found


def list_sheet(found: list[tuple[str, str]]) -> bytes:
    """The sheet that lists them."""
    rows = [(f"{NAME}（{len(found)}处）",), *((str(number), *one) for number, one in enumerate(found, 1))]
    written = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{"ABC"[column]}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
            for column, text in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%b">'
        b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        b'<cols><col min="1" max="1" width="8" customWidth="1"/><col min="2" max="2" width="28" customWidth="1"/>'
        b'<col min="3" max="3" width="52" customWidth="1"/></cols><sheetData>%b</sheetData>'
        b'<pageSetup paperSize="9" orientation="portrait" fitToHeight="0"/></worksheet>' % (_MAIN, written.encode())
    )


def add_sheet(frame: WorkbookFrame, part: str, like: str, names: set[str]) -> WorkbookFrame:
    """The workbook with the sheet at its end.

    Args:
        frame: as it is.
        part: the sheet's part, beside the other worksheets.
        like: another worksheet's part.
        names: of the sheets that are there.
    """
    name, number = NAME, 1
    while name in names:
        number += 1
        name = f"{NAME} ({number})"
    used = set(re.findall(rb"""\sId\s*=\s*["']([^"']+)["']""", frame.relations))
    identifier = next(one for number in range(1, len(used) + 2) if (one := b"rIdFill%d" % number) not in used)
    following = max((int(one) for one in re.findall(rb'\ssheetId="(\d+)"', frame.main)), default=0) + 1
    end = re.search(rb"</(\w+:)?sheets>", frame.main)
    relations_end = re.search(rb"</(\w+:)?Relationships>", frame.relations)
    assert end is not None
    assert relations_end is not None
    entry = b'<%bsheet name="%b" sheetId="%d" xmlns:fill="%b" fill:id="%b"/>' % (
        end[1] or b"",
        escape(name).encode(),
        following,
        _RELATIONS.encode(),
        identifier,
    )
    relation = b'<%bRelationship Id="%b" Type="%b" Target="/%b"/>' % (
        relations_end[1] or b"",
        identifier,
        _KIND,
        part.encode(),
    )
    return WorkbookFrame(
        frame.main[: end.start()] + entry + frame.main[end.start() :],
        frame.relations[: relations_end.start()] + relation + frame.relations[relations_end.start() :],
        write_content_types(frame.types, {part: like}, ()),
    )
