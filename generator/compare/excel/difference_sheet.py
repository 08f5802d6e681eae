"""A sheet that lists the differences of a workbook, with a link to each place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from generator.compare.difference import Difference, place_of
from generator.compare.excel.cell_shading import MAIN, Shading
from generator.compare.tally import kind_label
from generator.diagnostics import Text
from generator.diagnostics.wording import marked_wording as words
from generator.excel.run.row_heights import MAX_HEIGHT, height
from generator.ooxml.addresses import quote_sheet
from generator.ooxml.escaping import escape, quoteattr
from generator.ooxml.overlay import Overlay
from generator.ooxml.relationships import main_document
from generator.ooxml.stated_numbers import digits

MOST = 50_000  # differences that are listed
_LONGEST = 2000  # characters of a cell here
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_WIDTHS = (6, 26, 16, 30, 30, 60)
_SIZE, _STANDARD = 11.0, 16.0  # of the letters and of a row of one line, in points


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """A sheet name that no sheet has."""
    known = {name.casefold() for name in taken}
    name, number = wanted, 1
    while name.casefold() in known:
        number += 1
        name = f"{wanted} {number}"
    return name


def add_difference_sheet(
    overlay: Overlay, name: str, rows: Sequence[tuple[Difference, str, str]], language: str, shading: Shading
) -> None:
    """Add the sheet to a workbook, behind all others.

    Args:
        overlay: the workbook.
        name: of the sheet.
        rows: differences, each with the sheet and the cell to go to; no sheet where there is none.
        language: `zh` or `en`.
        shading: the formats, which the sheet adds to.
    """
    part = "xl/worksheets/sheetDifferences.xml"
    number = 1
    while part in overlay:
        number += 1
        part = f"xl/worksheets/sheetDifferences{number}.xml"
    main = main_document(overlay.package)
    book = overlay.xml(main)
    sheets = book.find(f"{MAIN}sheets")
    assert sheets is not None
    identity = f"rIdDifferences{number}"
    highest = max((digits(sheet.get("sheetId")) or 0 for sheet in sheets), default=0)
    sheets.append(etree.Element(f"{MAIN}sheet", {"name": name, "sheetId": str(highest + 1), f"{{{_R}}}id": identity}))
    overlay.write_xml(main, book)
    overlay.relate(main, [(identity, f"{_R}/worksheet", part, False)])
    overlay.write(part, _sheet(rows, language, (shading.bold(), shading.wrapped())).encode())
    overlay.declare((part, _KIND))


def _sheet(rows: Sequence[tuple[Difference, str, str]], language: str, styles: tuple[str, str]) -> str:
    def say(text: Text) -> str:
        return text.in_language(language)

    bold, wrapped = styles
    heads = (words.NUMBER, words.PLACE, words.KIND, words.BEFORE, words.AFTER, words.DIFFERENCE)
    out = [
        (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet '
            'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
        ),
        *(f'<col min="{n}" max="{n}" width="{w}" customWidth="1"/>' for n, w in enumerate(_WIDTHS, 1)),
        "</cols><sheetData>",
        _row(1, [say(head) for head in heads], bold),
    ]
    links: list[str] = []
    for number, (difference, sheet, cell) in enumerate(rows[:MOST], 1):
        place = say(place_of(difference.anchor))
        sides = ["" if side is None else str(side) for side in (difference.old, difference.new)]
        texts = [place, say(kind_label(difference.kind)), *sides, say(difference.text)]
        out.append(_row(number + 1, [number, *texts], wrapped))
        if sheet:
            target = quoteattr(f"{quote_sheet(sheet)}!{cell}")
            links.append(f'<hyperlink ref="B{number + 1}" location={target} display={quoteattr(place[:250])}/>')
    if len(rows) > MOST:
        out.append(_row(MOST + 2, ["", say(words.MORE).format(n=len(rows) - MOST)], wrapped))
    if not rows:
        out.append(_row(2, ["", say(words.NOTHING)], wrapped))
    out.append("</sheetData>")
    if links:
        out += ["<hyperlinks>", *links, "</hyperlinks>"]
    out.append('<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>')
    return "".join(out)


def _row(number: int, values: Sequence[str | int], style: str) -> str:
    cells = []
    for letter, value in zip("ABCDEF", values, strict=False):
        if isinstance(value, int):
            cells.append(f'<c r="{letter}{number}" s="{style}"><v>{value}</v></c>')
        elif value:
            text = value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"
            text = escape(words.plain(text))
            cells.append(
                f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
            )
    needed = max(height(str(one), width - 2, _SIZE, _STANDARD) for one, width in zip(values, _WIDTHS, strict=False))
    high = f' ht="{min(needed, MAX_HEIGHT):.4g}" customHeight="1"' if needed > _STANDARD else ""
    return f'<row r="{number}"{high}>{"".join(cells)}</row>'
