"""The canonical, readable text of a document: for people, and for `git diff` (textconv).

Nothing in it counts what stands above (no paragraph or row numbers), so that one inserted paragraph is one changed line.
Tags of templates are text like any other; run splits do not show.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.compare.package_facts import open_parts
from generator.compare.read_document import read
from generator.compare.word.document_model import Block, Document, Note, Paragraph, Table
from generator.ooxml.package import Source

_KINDS = {"default": "", "first": " 首页", "even": " 偶数页"}


def show(source: Source) -> str:
    """The readable text of a `.docx` or `.xlsx` document or template.

    Headings begin with `#`, list items with `-`, cells stand between `|`, a cell that goes on is `↑` or `←`; pictures, fields,
    links and notes stand in `[ ]` where they belong; headers, notes, sections and properties follow the body. Workbooks print
    a line a row, formulas with their cached value (`=F12*0.9 → 9`).

    Raises:
        Failure: the file is missing or cannot be read.
        InvalidDocument: it is damaged, encrypted, or neither a Word nor an Excel file.
    """
    parts, main, kind = open_parts(source)
    parts.unchanged = set(parts.package.members)  # there is no other side
    if kind == "word":
        lines = list(_document(read(parts, main, kind)))
    else:
        from generator.compare.excel.workbook_lines import workbook_lines

        lines = list(workbook_lines(read(parts, main, kind)))
    return "\n".join(lines) + "\n"


def _document(document: Document) -> Iterable[str]:
    yield from _blocks(document.body)
    seen: list[object] = []
    for number, section in enumerate(document.sections, 1):
        for title, stories in (("页眉", section.headers), ("页脚", section.footers)):
            for kind, blocks in stories.items():
                if any(blocks is one for one in seen) or not any(_blocks(blocks)):
                    continue
                seen.append(blocks)
                yield from ("", f"── {title}（第{number}节{_KINDS[kind]}） ──")
                yield from _blocks(blocks)
    for title, notes in (
        ("脚注", document.footnotes),
        ("尾注", document.endnotes),
        ("批注", document.comments),
        ("文本框", document.textboxes),
    ):
        if notes:
            yield from ("", f"── {title} ──")
            for note in notes:
                yield from _note(note)
    for chart in document.charts:
        yield from ("", f"── 图表 {' '.join(chart.kinds)} {chart.title} ──")
        for series in chart.series:
            yield f"{series.name} | {series.categories} | {series.values}"
    for number, section in enumerate(document.sections, 1):
        yield from ("", f"── 第{number}节 页面 ──")
        for name, value in section.format:
            yield f"{name}: {flat(value)}"
    yield from show_properties(document.properties)


def show_properties(properties: dict[str, str] | object) -> Iterable[str]:
    """The lines of the document properties."""
    if isinstance(properties, dict) and properties:
        yield from ("", "── 属性 ──")
        for name in sorted(properties):
            yield f"{name}: {one_line(properties[name])}"


def _note(note: Note) -> Iterable[str]:
    for index, line in enumerate(_blocks(note.blocks)):
        author = f"{note.author}：" if note.author else ""
        yield f"* {author}{line}" if index == 0 else f"  {line}"


def _blocks(blocks: Iterable[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield paragraph_line(block)
        else:
            yield from _table(block)


def paragraph_line(paragraph: Paragraph, in_cell: bool = False) -> str:
    """A paragraph in one line: what it is (in a cell, only a heading or list item), then its text with objects."""
    prefix = ""
    if paragraph.heading:
        prefix = "#" * paragraph.heading + " "
    elif paragraph.list:
        prefix = "  " * paragraph.list.level + f"- [{paragraph.list.text or paragraph.list.format}] "
    elif paragraph.style != "Normal" and not in_cell:
        prefix = f"[{paragraph.style}] "
    return prefix + one_line(_with_objects(paragraph))


_NAMES = {
    "image": "图片",
    "field": "域",
    "bookmark": "书签",
    "link": "链接",
    "break": "分隔符",
    "footnote": "脚注",
    "endnote": "尾注",
    "comment": "批注",
    "textbox": "文本框",
    "chart": "图表",
    "math": "公式",
    "control": "内容控件",
    "object": "对象",
    "shape": "形状",
    "inserted": "修订插入",
    "deleted": "修订删除",
}


def _with_objects(paragraph: Paragraph) -> str:
    text, last = [], 0
    for item in paragraph.objects:
        text.append(paragraph.text[last : item.position])
        last = item.position
        value = item.value
        if item.kind in ("footnote", "endnote", "comment", "textbox", "chart"):
            shown = ""  # its number would change with every one before it
        elif item.kind == "image":
            shown = " " + str(value)[:12]
        else:
            shown = " " + (" ".join(filter(None, value)) if isinstance(value, tuple) else str(value))
        text.append(f"[{_NAMES[item.kind]}{shown}]")
    text.append(paragraph.text[last:])
    return "".join(text)


def _table(table: Table) -> Iterable[str]:
    covered: set[tuple[int, int]] = set()
    yield f"┌ 表 {table.width}列"
    nested: list[Table] = []
    for number, row in enumerate(table.rows):
        begins = {cell.column: cell for cell in row.cells}
        words: list[str] = []
        column = 0
        while column < table.width:
            cell = begins.get(column)
            if cell is None:
                words.append("↑" if (number, column) in covered else "")
                column += 1
                continue
            inner = [paragraph_line(b, in_cell=True) for b in cell.blocks if isinstance(b, Paragraph)]
            tables = [b for b in cell.blocks if isinstance(b, Table)]
            nested += tables
            words.append(" ⏎ ".join(inner).strip() + " [表]" * len(tables))
            words += ["←"] * (cell.columns - 1)
            covered |= {
                (r, c) for r in range(number + 1, number + cell.rows) for c in range(column, column + cell.columns)
            }
            column += cell.columns
        yield "| " + " | ".join(words) + " |"
        for inner_table in nested:
            yield from ("  " + line for line in _table(inner_table))
        nested = []
    yield "└"


def one_line(text: str) -> str:
    """A text on one line."""
    return text.replace("\r", "").replace("\n", "⏎").replace("\t", "⇥")


def flat(value: object) -> str:
    """A property's value in words: names and values, no brackets."""
    if isinstance(value, tuple):
        if len(value) == 2 and isinstance(value[0], str) and isinstance(value[1], str):
            return f"{value[0]}={value[1]}"
        return " ".join(filter(None, (flat(part) for part in value)))
    return str(value)
