"""The readable text of a Word document: a line a paragraph, a frame a table, then notes, sections and properties."""

from __future__ import annotations

from collections.abc import Iterable

from generator.compare.plain_lines import flat, one_line, show_properties
from generator.compare.word.document_model import Block, Document, Note, Paragraph, Table
from generator.kept.name_sets import pairs

_KINDS = {"default": "", "first": " 首页", "even": " 偶数页"}


def document_lines(document: Document) -> Iterable[str]:
    """The lines of a document, headers, notes, charts, sections and properties included."""
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
    for kind, notes in document.notes.items():
        if notes:
            yield from ("", f"── {_NAMES[kind]} ──")
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


_NAMES = pairs(
    "image=图片 field=域 bookmark=书签 link=链接 break=分隔符 footnote=脚注 endnote=尾注 comment=批注 textbox=文本框 chart=图表 "
    "math=公式 control=内容控件 object=对象 shape=形状 inserted=修订插入 deleted=修订删除"
)


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
    width = table.width
    yield f"┌ 表 {width}列"
    nested: list[Table] = []
    for number, row in enumerate(table.rows):
        begins = {cell.column: cell for cell in row.cells}
        words: list[str] = []
        column = 0
        while column < width:
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
