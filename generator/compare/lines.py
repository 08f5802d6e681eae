"""The canonical, readable text of a document: for people, and for `git diff` (textconv).

Nothing in it counts what stands above (no paragraph or row numbers), so that one inserted paragraph is one changed line.
Tags of templates are text like any other; run splits do not show.
"""

from __future__ import annotations

from generator.compare.package_facts import open_parts
from generator.compare.read_document import read
from generator.ooxml.package import Source


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
        from generator.compare.word.document_lines import document_lines

        lines = list(document_lines(read(parts, main, kind)))
    else:
        from generator.compare.excel.workbook_lines import workbook_lines

        lines = list(workbook_lines(read(parts, main, kind)))
    return "\n".join(lines) + "\n"
