"""What the guides for template authors print as examples is so: every example is rendered and compared."""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.source import plain_values, read_source
from generator.word import WordTemplate
from tests.support import words
from tests.support.pictures import picture
from tests.support.words import document, paragraph, row, table

DOCS = Path(__file__).parents[1] / "docs"
WORD = (DOCS / "word.zh-CN.md").read_text(encoding="utf-8")
EXCEL = (DOCS / "excel.zh-CN.md").read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.S | re.M)


def cells(line: str) -> list[str]:
    """The cells of a line of a Markdown table; `\\|` within one is a bar."""
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def rows_under(text: str, *header: str) -> list[list[str]]:
    """The rows of every Markdown table with that header."""
    found: list[list[str]] = []
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if line.startswith("|") and cells(line) == list(header):
            for following in lines[number + 2 :]:
                if not following.startswith("|"):
                    break
                found.append(cells(following))
    return found


def data() -> dict[str, Any]:
    return plain_values(read_source(blocks(WORD, "yaml")[0].encode(), "data.yaml"))


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


LINES = [(one.strip("`"), printed) for one, printed in rows_under(WORD, "写法", "印出")]
PAIRS = list(zip(blocks(WORD, "jinja"), blocks(WORD, "text"), strict=True))


def it_finds_the_examples():
    assert len(LINES) > 20
    assert len(PAIRS) == 3


@pytest.mark.parametrize(("template", "printed"), LINES)
def it_prints_a_line_as_the_guide_says(template, printed):
    content = WordTemplate(document(paragraph(escaped(template)))).render(data())
    assert words.texts(content) == [printed]


@pytest.mark.parametrize(("template", "printed"), PAIRS, ids=["paragraphs", "rows", "cells"])
def it_prints_a_block_as_the_guide_says(template, printed):
    lines = template.splitlines()
    if lines[0].startswith("|"):
        grid = [cells(line) for line in lines]
        made = document(table(*(row(*map(escaped, one)) for one in grid), columns=len(grid[0])))
        expected = [cells(line) for line in printed.splitlines()]
        shown = docx.Document(io.BytesIO(WordTemplate(made).render(data()))).tables[0]
        obtained = [[cell.text for cell in one.cells] for one in shown.rows]
        for above, one in itertools.pairwise(expected):
            one[:] = [text or over for text, over in zip(one, above, strict=True)]  # merged cells show one text
        assert obtained == expected
    else:
        content = WordTemplate(document(*(paragraph(escaped(line)) for line in lines))).render(data())
        assert words.texts(content) == printed.splitlines()


def it_runs_the_python_of_the_word_guide(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tags = ("{{ 照片 }}", "{{ 图章 }}", "{{p 附件 }}", "{{r 说明 }}", "{{ 清单 }}")
    Path("模板.docx").write_bytes(document(*map(paragraph, tags)))
    Path("附件.docx").write_bytes(document(paragraph("附件的正文")))
    Path("照片.png").write_bytes(picture())
    (source,) = blocks(WORD, "python")
    names: dict[str, Any] = {"png": picture()}
    exec(compile(source, "word.zh-CN.md", "exec"), names)
    shown = words.texts(names["content"])
    assert "附件的正文" in shown
    assert "见 网站" in shown
    assert "第一行\n第二行" in shown
    assert [name for name in zipfile.ZipFile(io.BytesIO(names["content"])).namelist() if "media" in name]


def it_shows_an_error_of_a_word_template_as_it_is_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("模板.docx").write_bytes(document(paragraph("正文。"), paragraph("{{ 资金.全年执行 }}")))
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate("模板.docx").render(data())
    assert str(caught.value) in WORD


def grids() -> list[dict[str, str]]:
    """The worksheets of the Excel guide: cells by address."""
    found = []
    for part in re.split(r"\n\n", EXCEL):
        lines = part.strip().splitlines()
        if lines and lines[0].startswith("| | A |"):
            letters = cells(lines[0])[1:]
            found.append(
                {
                    f"{letter}{one[0]}": text.strip("`")
                    for one in map(cells, lines[2:])
                    for letter, text in zip(letters, one[1:], strict=True)
                    if text
                }
            )
    return found


def it_prints_the_worksheets_of_the_excel_guide():
    rows, beside, columns = grids()
    assert printed(rows, {"项目": [{"名称": name, "金额": 2} for name in "甲乙丙"]}) == [
        [None, None],
        ["甲", 2],
        ["乙", 2],
        ["丙", 2],
        ["合计", "=SUM(B2:B4)"],
    ]
    context = {"收入": [{"名称": "甲", "金额": 1}, {"名称": "乙", "金额": 2}], "支出": [{"名称": "丙", "金额": 5}]}
    assert printed(beside, context) == [
        [None] * 5,
        ["甲", 1, None, "丙", 5],
        ["乙", 2, None, None, None],
        ["合计", "=SUM(B2:B3)", None, None, "=SUM(E2:E3)"],
    ]
    context = {"月份": [1, 2], "单位": "某局", "支出": {1: 5, 2: 6}}
    assert printed(columns, context) == [["单位", "1月", "2月", "合计"], ["某局", 5, 6, "=SUM(B2:C2)"]]


def rendered(grid: dict[str, str], context: dict[str, Any]) -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "表"
    for address, text in grid.items():
        book.worksheets[0][address] = text
    stream = io.BytesIO()
    book.save(stream)
    return ExcelTemplate(stream.getvalue()).render(context)


def printed(grid: dict[str, str], context: dict[str, Any]) -> list[list[Any]]:
    shown = openpyxl.load_workbook(io.BytesIO(rendered(grid, context)))
    return [list(one) for one in shown.worksheets[0].iter_rows(values_only=True)]


SHEETS = {
    "{%sheet for 项 in 项目 %}": ["表", "表 (2)"],
    "{%sheet name 项.名称 %}": ["甲"],
    "{%sheet if 项目 %}": ["表"],
}


def it_merges_and_makes_sheets_as_the_excel_guide_says():
    item = {"名称": "甲", "金额": 2}
    merging = "{% vm 一级 %}{{ 一级.名称 }}"
    assert f"`{merging}`" in EXCEL
    grid = {"A1": "{%tr for 一级 in 各级 %}", "A2": "{%tr for 项 in 项目 %}", "A3": merging, "B3": "{{ 项.名称 }}"}
    grid |= {"A4": "{%tr endfor %}", "A5": "{%tr endfor %}"}
    book = openpyxl.load_workbook(
        io.BytesIO(rendered(grid, {"各级": [{"名称": "产出"}, {"名称": "效益"}], "项目": [item, item]}))
    )
    assert sorted(map(str, book.worksheets[0].merged_cells.ranges)) == ["A1:A2", "A3:A4"]
    for tag, names in SHEETS.items():
        assert f"`{tag}`" in EXCEL
        content = rendered({"A1": tag, "A2": "x"}, {"项目": [item, item], "项": item})
        assert openpyxl.load_workbook(io.BytesIO(content)).sheetnames == names
