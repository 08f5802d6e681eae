"""Single edits of a Word document, each of one thing: what it does, the kind and level of the one difference, and its place."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Edit(NamedTuple):
    """An edit; `do` gives the place of the one difference, None where the document has nothing to edit so."""

    level: str
    kind: str
    do: Callable[[Document], str | None]


def body_paragraph(document: Document) -> tuple[int, Any]:
    """The number and the first body paragraph of plain text of some length, not a heading, not in a list."""
    for number, paragraph in enumerate(document.paragraphs, 1):
        plain = not any(e.tag in (qn("w:fldSimple"), qn("w:fldChar"), qn("w:drawing")) for e in paragraph._p.iter())
        styled = paragraph.style.name if paragraph.style is not None else ""
        if plain and len(paragraph.text) > 20 and not styled.lower().startswith("heading") and paragraph.runs:
            return number, paragraph
    raise AssertionError("no paragraph of text")


def rows(document: Document) -> Iterator[tuple[int, int, Any]]:
    """Number of a table, of a row but the first, and the row's element."""
    for number, table in enumerate(document.tables, 1):
        for index, row in enumerate(table._tbl.tr_lst[1:], 2):
            yield number, index, row


def whole_row(document: Document) -> tuple[int, int, Any] | None:
    """A row of text that no merge touches."""
    for number, index, row in rows(document):
        merged = any(e.tag in (qn("w:vMerge"), qn("w:gridSpan")) for e in row.iter())
        if not merged and len(row.tc_lst) > 2 and "".join(t.text or "" for t in row.iter(qn("w:t"))):
            return number, index, row
    return None


def cell_of_text(document: Document) -> tuple[str | None, Any]:
    """The place of a cell of text that is not merged, and the cell."""
    for number, index, row in rows(document):
        column = 1
        for cell in row.tc_lst:
            spans = [int(e.get(qn("w:val"))) for e in cell.iter(qn("w:gridSpan"))]
            if not spans and cell.find(f".//{qn('w:vMerge')}") is None and any(t.text for t in cell.iter(qn("w:t"))):
                return f"表{number} 第{index}行 第{column}列", cell
            column += sum(spans) or 1
    return None, None


def in_paragraph(level: str, kind: str, change: Callable[[Any], None]) -> Edit:
    """An edit of the first paragraph of text."""

    def do(document: Document) -> str:
        number, paragraph = body_paragraph(document)
        change(paragraph)
        return f"正文 第{number}段"

    return Edit(level, kind, do)


def in_cell(level: str, kind: str, change: Callable[[Any], None]) -> Edit:
    """An edit of a cell that is not merged."""

    def do(document: Document) -> str | None:
        place, cell = cell_of_text(document)
        if cell is not None:
            change(cell)
        return place

    return Edit(level, kind, do)


def in_row(level: str, kind: str, xml: str) -> Edit:
    """A property of the second row of a table, put in or, where the row has it, taken out; a height is set anew."""

    def do(document: Document) -> str | None:
        made = parse_xml(xml)
        for number, index, row in rows(document):
            own = row.get_or_add_trPr()
            old = own.find(made.tag)
            if old is not None:
                own.remove(old)
            if old is None or made.attrib:
                own.append(made)
            return f"表{number} 第{index}行"
        return None

    return Edit(level, kind, do)


def of_document(level: str, kind: str, place: str, change: Callable[[Document], None]) -> Edit:
    """An edit at a place that is known."""

    def do(document: Document) -> str:
        change(document)
        return place

    return Edit(level, kind, do)


def _text(paragraph: Any, change: Callable[[str], str]) -> None:
    run = max(paragraph.runs, key=lambda one: len(one.text))
    run.text = change(run.text)


def _all_runs(change: Callable[[Any], None]) -> Callable[[Any], None]:
    def do(paragraph: Any) -> None:
        for run in paragraph.runs:
            change(run)

    return do


def _properties(xml: str) -> Callable[[Any], None]:
    """Puts an element into a paragraph's properties, in place of one of its name."""

    def do(paragraph: Any) -> None:
        own, made = paragraph._p.get_or_add_pPr(), parse_xml(xml.replace(" ", f" {W} ", 1))
        for old in own.findall(made.tag):
            own.remove(old)
        own.append(made)

    return do


def _cell_properties(xml: str) -> Callable[[Any], None]:
    def do(cell: Any) -> None:
        own, made = cell.get_or_add_tcPr(), parse_xml(xml.replace(" ", f" {W} ", 1))
        for old in own.findall(made.tag):
            own.remove(old)
        own.append(made)

    return do


def _cell_text(cell: Any, text: str) -> None:
    texts = list(cell.iter(qn("w:t")))
    if not texts:
        run = parse_xml(f"<w:r {W}><w:t/></w:r>")
        next(cell.iter(qn("w:p"))).append(run)
        texts = [run[0]]
    for one in texts:
        one.text = ""
    texts[0].text = text


def _inserted_row(document: Document) -> str | None:
    found = whole_row(document)
    if found is None:
        return None
    table, row, element = found
    new = copy.deepcopy(element)
    for number, cell in enumerate(new.tc_lst):
        _cell_text(cell, f"完全新的{number}")
    element.addnext(new)
    return f"表{table} 第{row + 1}行"


def _row_within_merge(document: Document) -> str | None:
    """A row more between rows that a merged cell spans."""
    for number, index, row in rows(document):
        merges = [(cell, e.get(qn("w:val"), "continue")) for cell in row.tc_lst for e in cell.iter(qn("w:vMerge"))]
        if merges and all(kind == "continue" for _, kind in merges):
            new = copy.deepcopy(row)
            for at, cell in enumerate(new.tc_lst):
                if cell.find(f".//{qn('w:vMerge')}") is None:
                    _cell_text(cell, f"完全新的{at}")
            row.addnext(new)
            return f"表{number} 第{index + 1}行"
    return None


def _deleted_row(document: Document) -> str | None:
    found = whole_row(document)
    if found is None:
        return None
    table, row, element = found
    element.getparent().remove(element)
    return f"表{table} 第{row}行"


def _inserted(document: Document) -> str:
    number, paragraph = body_paragraph(document)
    paragraph.insert_paragraph_before("这是编者后来补写的一段话。", paragraph.style)
    return f"正文 第{number}段"


def _deleted(document: Document) -> str:
    number, paragraph = body_paragraph(document)
    paragraph._p.getparent().remove(paragraph._p)
    return f"正文 第{number}段"


def _split(document: Document) -> str:
    number, paragraph = body_paragraph(document)
    run = max(paragraph.runs, key=lambda one: len(one.text))
    twin = copy.deepcopy(paragraph._p)
    paragraph._p.addnext(twin)
    half = len(run.text) // 2
    position = [one._r for one in paragraph.runs].index(run._r)
    for later in paragraph.runs[position + 1 :]:
        paragraph._p.remove(later._r)
    copies = twin.findall(qn("w:r"))
    for earlier in copies[:position]:
        twin.remove(earlier)
    rest = copies[position].find(qn("w:t"))
    rest.text = run.text[half:]
    run.text = run.text[:half]
    return f"正文 第{number}段"


def _link(paragraph: Any) -> None:
    relation = paragraph.part.relate_to("https://example.com/a", f"{RELATIONS}/hyperlink", is_external=True)
    link = parse_xml(f'<w:hyperlink {W} xmlns:r="{RELATIONS}" r:id="{relation}"/>')
    run = paragraph.runs[0]._r
    run.addprevious(link)
    link.append(run)


def _bookmark(paragraph: Any) -> None:
    run = paragraph.runs[0]._r
    run.addprevious(parse_xml(f'<w:bookmarkStart {W} w:id="977" w:name="合计处"/>'))
    run.addnext(parse_xml(f'<w:bookmarkEnd {W} w:id="977"/>'))


def _appended(xml: str) -> Callable[[Any], None]:
    return lambda paragraph: paragraph._p.append(parse_xml(xml.replace(" ", f" {W} ", 1)))


def _control(paragraph: Any) -> None:
    run = paragraph.runs[0]._r
    made = parse_xml(f'<w:sdt {W}><w:sdtPr><w:alias w:val="单位"/><w:text/></w:sdtPr><w:sdtContent/></w:sdt>')
    run.addprevious(made)
    made[1].append(run)


def _part_format(paragraph: Any) -> None:
    run = max(paragraph.runs, key=lambda one: len(one.text))
    text, twin = run.text, copy.deepcopy(run._r)
    run._r.addnext(twin)
    run.text = text[:6]
    twin.find(qn("w:t")).text = text[6:]
    run.underline = True


def _footer(document: Document) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run("内部资料")


def _set(target: Callable[[Any], Any], name: str, value: Any) -> Callable[[Any], None]:
    return lambda owner: setattr(target(owner), name, value)


def _merged(document: Document) -> str | None:
    found = whole_row(document)
    if found is None:
        return None
    table, row, element = found
    first, second = element.tc_lst[:2]
    for block in list(second.iter(qn("w:p"))):
        first.append(block)
    element.remove(second)
    first.get_or_add_tcPr().insert(1, parse_xml(f'<w:gridSpan {W} w:val="2"/>'))
    return f"表{table} 第{row}行"


EDITS: dict[str, Edit] = {
    "a word": in_paragraph("text", "text", lambda p: _text(p, lambda t: t[:5] + "补充" + t[5:])),
    "a word gone": in_paragraph("text", "text", lambda p: _text(p, lambda t: t[:3] + t[5:])),
    "a sign": in_paragraph("text", "text", lambda p: _text(p, lambda t: t[:4] + "；" + t[4:])),
    "a tab": in_paragraph("text", "text", lambda p: _text(p, lambda t: t[:4] + "\t" + t[4:])),
    "a line break": in_paragraph("text", "text", lambda p: _text(p, lambda t: t[:4] + "\n" + t[4:])),
    "a blank": in_paragraph("text", "text", lambda p: _text(p, lambda t: t[:4] + " " + t[4:])),
    "a paragraph inserted": Edit("text", "paragraph-inserted", _inserted),
    "a paragraph deleted": Edit("text", "paragraph-deleted", _deleted),
    "a paragraph split": Edit("text", "paragraph-split", _split),
    "a cell": in_cell("text", "text", lambda c: _cell_text(c, "改过的")),
    "a cell emptied": in_cell("text", "text", lambda c: _cell_text(c, "")),
    "a row inserted": Edit("text", "row-inserted", _inserted_row),
    "a row within a merge": Edit("text", "row-inserted", _row_within_merge),
    "a row deleted": Edit("text", "row-deleted", _deleted_row),
    "cells merged": Edit("structure", "merge", _merged),
    "a link": in_paragraph("structure", "link", _link),
    "a bookmark": in_paragraph("structure", "bookmark", _bookmark),
    "a field": in_paragraph("structure", "field", _appended('<w:fldSimple w:instr=" NUMPAGES "><w:r><w:t>2</w:t></w:r></w:fldSimple>')),
    "a page break": in_paragraph("structure", "break", _appended('<w:r ><w:br w:type="page"/></w:r>')),
    "a control": in_paragraph("structure", "control", _control),
    "a heading": in_paragraph("structure", "heading", _properties('<w:outlineLvl w:val="1"/>')),
    "a footer": of_document("structure", "text", "页脚（第1节）", _footer),
    "a title": of_document("structure", "property", "属性 title", _set(lambda d: d.core_properties, "title", "另一个标题")),
    "an author": of_document("structure", "property", "属性 creator", _set(lambda d: d.core_properties, "author", "别人")),
    "a comment": Edit("structure", "comment", lambda d: d.add_comment(body_paragraph(d)[1].runs, text="请核对", author="审核") and "批注1"),
    "bold": in_paragraph("format", "run-format", _all_runs(_set(lambda r: r, "bold", True))),
    "underline of some characters": in_paragraph("format", "run-format", _part_format),
    "size": in_paragraph("format", "run-format", _all_runs(_set(lambda r: r.font, "size", Pt(33)))),
    "colour": in_paragraph("format", "run-format", _all_runs(_set(lambda r: r.font.color, "rgb", RGBColor(0xC0, 0, 0x11)))),
    "Chinese font": in_paragraph("format", "run-format", _all_runs(lambda r: r._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "华文彩云"))),
    "highlight": in_paragraph("format", "run-format", _all_runs(lambda r: r._r.get_or_add_rPr().append(parse_xml(f'<w:highlight {W} w:val="yellow"/>')))),
    "strike": in_paragraph("format", "run-format", _all_runs(_set(lambda r: r.font, "strike", True))),
    "alignment": in_paragraph("format", "paragraph-format", _set(lambda p: p, "alignment", WD_ALIGN_PARAGRAPH.RIGHT)),
    "indent": in_paragraph("format", "paragraph-format", _set(lambda p: p.paragraph_format, "left_indent", Cm(3))),
    "space before": in_paragraph("format", "paragraph-format", _set(lambda p: p.paragraph_format, "space_before", Pt(40))),
    "line height": in_paragraph("format", "paragraph-format", _set(lambda p: p.paragraph_format, "line_spacing", Pt(40))),
    "paragraph border": in_paragraph("format", "paragraph-format", _properties('<w:pBdr ><w:top w:val="single" w:sz="4" w:space="1" w:color="auto"/></w:pBdr>')),
    "paragraph shading": in_paragraph("format", "paragraph-format", _properties('<w:shd w:val="clear" w:fill="FFEE00"/>')),
    "tab stop": in_paragraph("format", "paragraph-format", _properties('<w:tabs ><w:tab w:val="left" w:pos="4000"/></w:tabs>')),
    "page break before": in_paragraph("format", "paragraph-format", _set(lambda p: p.paragraph_format, "page_break_before", True)),
    "cell shading": in_cell("format", "cell-format", _cell_properties('<w:shd w:val="clear" w:fill="FFEE00"/>')),
    "cell borders": in_cell("format", "cell-format", _cell_properties('<w:tcBorders ><w:top w:val="double" w:sz="12"/></w:tcBorders>')),
    "cell alignment": in_cell("format", "cell-format", _cell_properties('<w:vAlign w:val="bottom"/>')),
    "row height": in_row("format", "row-format", f'<w:trHeight {W} w:val="1700"/>'),
    "row breaks": in_row("format", "row-format", f"<w:cantSplit {W}/>"),
    "margins": of_document("format", "page-setup", "第1节", _set(lambda d: d.sections[0], "left_margin", Cm(5))),
    "paper": of_document("format", "page-setup", "第1节", _set(lambda d: d.sections[0], "page_width", Cm(25))),
}  # fmt: skip
