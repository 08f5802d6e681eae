"""A golden case for every finding of the Word engine: the template, and what is told of it in both languages and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from generator.diagnostics import Diagnostic
from tests.support.golden import check_every_code
from tests.support.told import CASES, changed, check_case, check_place, in_word
from tests.support.words import document, paragraph, row, run, table

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
CHANGE = '<w:ins w:id="1" w:author="某">'


def controlled(tag: str, kind: str) -> str:
    """A content control."""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>{kind}</w:sdtPr>'
        "<w:sdtContent><w:r><w:t>点击输入</w:t></w:r></w:sdtContent></w:sdt>"
    )


WORD: dict[str, Callable[[], Iterable[Diagnostic]]] = {
    "word-tag-across-change": lambda: in_word(
        paragraph(run("共{{ 项") + CHANGE + run("目数 }}") + "</w:ins>"), context={"项目数": 1}
    ),
    "word-host-outside": lambda: in_word("正文。", "{%tr for 项 in 指标 %}", "{%tc if 甲 %}"),
    "word-beside-host": lambda: (
        *in_word("注：{%p if 有 %}甲", "乙", "{%p endif %}"),
        *in_word(table(row("{%tr for 项 in 列 %}", "备注"), row("{{ 项 }}", ""), row("{%tr endfor %}", ""), columns=2)),
    ),
    "word-wide-braces": lambda: in_word("单位：｛｛ 名称 ｝｝", "{\u200b{ 名称 }}"),
    "word-half-tag": lambda: in_word("尊敬的{ 姓名 }}先生", "优% endif %}"),
    "word-field-in-tag": lambda: in_word(
        paragraph(
            run("{{ ")
            + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
            + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("页数")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
            + run(" }}")
        ),
        context={"页数": 1},
    ),
    "word-dash-eats": lambda: in_word("甲{% if 有 -%}", table(row("乙"), columns=1), "{%- endif %}丙"),
    "word-tag-left": lambda: in_word(
        content=(CASES / "word-authoring" / "chart_all.docx").read_bytes(), context={"title": 1}
    ),
    "word-control-character": lambda: in_word("说明：{{ 说明 }}", context={"说明": "完成\x1b情况"}),
    "word-control-date": lambda: in_word(
        paragraph(controlled("完成日期", '<w:date><w:dateFormat w:val="yyyy-MM-dd"/></w:date>')),
        context={"完成日期": "年底"},
    ),
    "word-control-choice": lambda: in_word(
        paragraph(controlled("等级", '<w:dropDownList><w:listItem w:displayText="优" w:value="A"/></w:dropDownList>')),
        context={"等级": "良好"},
    ),
    "word-merge-outside": lambda: in_word("正文。", "{% vm 项.名称 %}"),
    "word-half-field": lambda: in_word(
        paragraph("第", f"{FIELD.format('begin')}<w:r><w:instrText> PAGE </w:instrText></w:r>", "{% if 单位 %}页"),
        paragraph(FIELD.format("end"), "{% endif %}"),
        context={"单位": "甲"},
    ),
    "word-merge-needs-columns": lambda: in_word(
        table(row("{%tr for 行 in 表 %}", ""), row("{% hm %}{{ 行 }}", "乙"), row("{%tr endfor %}", ""), columns=2)
    ),
    "word-merge-needs-loop": lambda: in_word(table(row("甲", "{% vm %}乙"), columns=2)),
    "word-unbalanced": lambda: in_word(
        "{% if 有指标 %}", table(row("甲", "{% endif %}"), columns=2), context={"有指标": True}
    ),
    "word-strict": lambda: in_word(
        content=changed(
            document(paragraph("{{ 甲 }}")),
            "word/document.xml",
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        )
    ),
    "word-macros": lambda: in_word(
        content=changed(
            document(paragraph("甲")),
            "[Content_Types].xml",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            "application/vnd.ms-word.document.macroEnabled.main+xml",
        )
    ),
    "word-link-statement": lambda: in_word(
        content=document(
            paragraph("正文。"),
            paragraph('<w:hyperlink r:id="rId90">' + run("网站") + "</w:hyperlink>"),
            links={"rId90": ("hyperlink", "https://example.com/{% if 甲 %}a{% endif %}")},
        )
    ),
}
# What concerns a file as a whole.
WHOLE = {
    "word-strict",
    "word-macros",
}
# What concerns text or a control, not one tag.
TAGLESS = {
    "word-control-date",
    "word-control-character",
    "word-control-choice",
    "word-wide-braces",
    "word-half-tag",
}


@pytest.mark.parametrize("code", WORD)
def it_says_what_is_wrong(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    check_case(code, list(WORD[code]()), CASES / "word" / code, bool(request.config.getoption("--update-golden")))


@pytest.mark.parametrize("code", sorted({*WORD} - WHOLE))
def it_names_place_and_tag(code: str) -> None:
    check_place(CASES / "word" / code, code in TAGLESS)


def it_has_a_case_for_every_code():
    check_every_code(WORD, "word")
