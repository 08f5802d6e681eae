"""The last sheet of a draft: every cell that is to fill in, with what it says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set

from generator.excel.calculate.loose_marks import LooseMarks
from generator.excel.calculate.open_formulas import marked_cells
from generator.excel.run.row_heights import height
from generator.excel.run.workbook_parts import write_content_types
from generator.figures.marked_text import AT_FAULT, MARKED, TO_FILL_IN
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import dataclass
from generator.ooxml.addresses import cell, column_number
from generator.ooxml.escaping import escape
from generator.template.draft_list import (
    COMPUTED,
    HEADINGS,
    MOST_PLACES,
    NEEDED,
    OPTIONAL,
    REMARKS,
    TITLE,
    WRONG,
    Remark,
    summary,
)

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_WIDTHS = (36, 64)  # of the columns for places and for marks, in digits
_SIZE, _STANDARD, _HEADING = 11.0, 16.0, 22.0  # of the letters, of a row of one line and of a heading, in points
_FORMULA = lazy(rb'<(?:\w+:)?c r="([A-Z]+)(\d+)"[^>]*><(?:\w+:)?f[ >/]')
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class WorkbookFrame:
    """The parts that say which sheets a workbook has: its main part, its relationships, the content types."""

    main: bytes
    relations: bytes
    types: bytes


@dataclass(frozen=True, slots=True)
class OpenCell:
    """A cell in which something is to fill in or to put right.

    Args:
        sheet: its sheet.
        address: in it.
        marks: what it says.
        group: under which heading it is listed.
        wrong: the paths of the values at fault that stand there.
    """

    sheet: str
    address: str
    marks: str
    group: int
    wrong: tuple[str, ...] = ()


def open_cells(sheets: Mapping[str, bytes], loose: LooseMarks, names: Iterable[str] = ()) -> list[OpenCell]:
    """Where something is to fill in, with what stands there, in the order of sheets and cells.

    Args:
        sheets: the worksheets' parts by name.
        loose: the cells whose fields may be left out, or come of themselves.
        names: what the fields are called that come of themselves, for marks beside other words.
    """
    of_itself = {f"{TO_FILL_IN}：{name}】" for name in names}
    found = []
    for name, xml in sheets.items():
        formulas = {(int(match[2]), column_number(match[1].decode())) for match in _FORMULA.finditer(xml)}
        for row, column, text in marked_cells(xml):
            place = (name, row, column)
            group = NEEDED
            if AT_FAULT in text:
                group = WRONG
            elif place in loose.optional:
                group = OPTIONAL
            elif place in loose.computed or (row, column) in formulas or _beside_words(text, of_itself):
                group = COMPUTED
            marks = "".join(MARKED.findall(text)) or text
            found.append(OpenCell(name, cell(row, column), marks, group, loose.wrong.get(place, ())))
    return found


def _beside_words(text: str, marks: Set[str]) -> bool:
    """Whether a text holds other words than its marks, all of which are of these."""
    found = MARKED.findall(text)
    return bool(found) and found != [text] and set(found) <= marks


def list_sheet(found: Sequence[OpenCell], remarks: Sequence[Remark], wrapped: int = 0) -> bytes:
    """The sheet that lists them.

    Args:
        found: the cells.
        remarks: what was found about the data.
        wrapped: the style of its cells.
    """
    groups = [[one for one in found if one.group == group] for group in range(len(HEADINGS))]
    needed = [(f"{one.sheet}!{one.address}", one.marks) for one in groups[NEEDED]]
    wrong, others = _with_findings(groups[WRONG], remarks)
    counts = [len(needed), len(wrong), len(groups[COMPUTED]), len(groups[OPTIONAL])]
    rows: list[tuple[str, ...]] = [(summary(counts, len(others)),)]
    rows += _headed(HEADINGS[NEEDED], "处", needed)
    rows += _headed(HEADINGS[WRONG], "处", wrong)
    rows += _headed(REMARKS, "个", [("数据文件", remark.words) for remark in others])
    for group in (COMPUTED, OPTIONAL):
        if groups[group]:
            rows.append((f"{HEADINGS[group]}（{len(groups[group])}处）",))
            rows += [("", *entry) for entry in _together(groups[group], {})]
    written = "".join(
        f'<row r="{number}"{_height(row)}>'
        + "".join(
            _cell(f"{'ABC'[column]}{number}", text, len(row) == 1, wrapped) for column, text in enumerate(row) if text
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="%b">'
        b'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        b'<cols><col min="1" max="1" width="6" customWidth="1"/><col min="2" max="2" width="%d" customWidth="1"/>'
        b'<col min="3" max="3" width="%d" customWidth="1"/></cols><sheetData>%b</sheetData>'
        b'<pageSetup paperSize="9" orientation="portrait" fitToHeight="0"/></worksheet>'
        % (_MAIN, *_WIDTHS, written.encode())
    )


def _with_findings(cells: Sequence[OpenCell], remarks: Sequence[Remark]) -> tuple[list[tuple[str, str]], list[Remark]]:
    """What stands in cells of values at fault with what was found about them, as Word lists it; the other findings."""
    shown = {path for one in cells for path in one.wrong}
    told = {one.path: one.words for one in remarks}
    return _together(cells, told), [one for one in remarks if one.path not in shown]


def _headed(heading: str, unit: str, entries: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """A heading and its numbered entries; nothing where there are none."""
    if not entries:
        return []
    return [(f"{heading}（{len(entries)}{unit}）",), *((str(number), *one) for number, one in enumerate(entries, 1))]


def _height(row: Sequence[str]) -> str:
    """The height of a row; a heading runs over the columns beside it."""
    if len(row) == 1:
        return f' ht="{_HEADING:g}" customHeight="1"'
    needed = max(height(text, width - 2, _SIZE, _STANDARD) for text, width in zip(row[1:], _WIDTHS, strict=True))
    return f' ht="{max(needed, _STANDARD):.4g}" customHeight="1"'


def _together(cells: Sequence[OpenCell], told: Mapping[str, str]) -> list[tuple[str, str]]:
    """The cells that say the same of the same in one entry: where they are, what they say, what is told of it by its path."""
    places: dict[tuple[str, str, tuple[str, ...]], list[str]] = {}
    for one in cells:
        places.setdefault((one.sheet, one.marks, one.wrong), []).append(one.address)
    return [
        (
            f"{sheet}!{_written(addresses)}",
            marks
            + (f"（{len(addresses)}处）" if len(addresses) > 1 else "")
            + " ".join(told[path] for path in wrong if path in told),
        )
        for (sheet, marks, wrong), addresses in places.items()
    ]


def _written(addresses: Sequence[str]) -> str:
    """Addresses as a reader wants them: `B7:B22` for a column of cells."""
    if len(addresses) == 1:
        return addresses[0]
    at = sorted((column_number(one.rstrip("0123456789")), int(one.lstrip(_LETTERS))) for one in addresses)
    runs: list[list[tuple[int, int]]] = []
    for column, row in at:
        if runs and runs[-1][-1] == (column, row - 1):
            runs[-1].append((column, row))
        else:
            runs.append([(column, row)])
    names = [[cell(row, column) for column, row in run] for run in runs]
    written = [one for run in names for one in ([f"{run[0]}:{run[-1]}"] if len(run) > 2 else run)]
    return "、".join(written[:MOST_PLACES]) + (" 等" if len(written) > MOST_PLACES else "")


def _cell(address: str, text: str, heading: bool, wrapped: int) -> str:
    written = f'<t xml:space="preserve">{escape(text)}</t>'
    if heading:  # it runs over the columns beside it
        return f'<c r="{address}" t="inlineStr"><is><r><rPr><b/><sz val="11"/></rPr>{written}</r></is></c>'
    style = f' s="{wrapped}"' if wrapped else ""
    return f'<c r="{address}"{style} t="inlineStr"><is>{written}</is></c>'


def add_sheet(frame: WorkbookFrame, part: str, like: str, names: set[str]) -> WorkbookFrame:
    """The workbook with the sheet at its end.

    Args:
        frame: as it is.
        part: the sheet's part, beside the other worksheets.
        like: another worksheet's part.
        names: of the sheets that are there.
    """
    name, number = TITLE, 1
    while name in names:
        number += 1
        name = f"{TITLE} ({number})"
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
