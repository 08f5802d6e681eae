"""A golden case for every finding of the engines and of comparing: the template or the call, and what is told of it.

The templates are made here, small enough to be read; `tests/cases/<room>/<code>/` holds what is told, in both languages, as text and
as JSON. A code that both engines raise is shown in both.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docxtpl import RichText
from openpyxl.worksheet.table import Table

from generator.compare import Comparison, compare, output_kinds
from generator.compare.compare import compare_folders, compare_rendered
from generator.compare.excel.marked_workbook import marked
from generator.compare.rules import make_rules, read_rules
from generator.compare.word.tracked_document import tracked
from generator.diagnostics import Diagnostic, Invalid
from generator.diagnostics.catalogue import diagnostic
from generator.diagnostics.wording import compare_wording, excel_wording, template_wording, word_wording
from generator.excel.template import ExcelTemplate
from generator.figures import Figure, printing_a_report
from generator.ooxml.file_endings import WORD_ENDINGS
from generator.ooxml.limits import Limits, within
from generator.word import WordTemplate
from tests.support import words
from tests.support.golden import check_every_code, check_golden, expected_json
from tests.support.words import document, paragraph, row, run, table

CASES = Path(__file__).parent / "cases"
ROOMS = {
    "template": template_wording.WORDING,
    "word": word_wording.WORDING,
    "excel": excel_wording.WORDING,
    "compare": compare_wording.WORDING,
}
Cells = dict[str, Any]


def workbook(cells: Cells, *, title: str = "表", sheets: dict[str, Cells] | None = None) -> Any:
    """A workbook with cells on its first sheet, and on others."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, content in {title: cells, **(sheets or {})}.items():
        sheet = book.create_sheet(name)
        for address, value in content.items():
            sheet[address] = value
    return book


def saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'


def told(work: Callable[[], object]) -> tuple[Diagnostic, ...]:
    with pytest.raises(Invalid) as caught:
        work()
    return caught.value.diagnostics


def in_word(*blocks: str, context: Cells | None = None, content: bytes | None = None) -> tuple[Diagnostic, ...]:
    """What a Word template tells when it is compiled and rendered; what is no XML becomes a paragraph."""
    made = (
        document(*(one if one.startswith("<w:") else paragraph(one) for one in blocks)) if content is None else content
    )
    Path("模板.docx").write_bytes(made)
    return told(lambda: WordTemplate("模板.docx").render(context or {}))


def controlled(tag: str, kind: str) -> str:
    """A content control."""
    return (
        f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>{kind}</w:sdtPr>'
        "<w:sdtContent><w:r><w:t>点击输入</w:t></w:r></w:sdtContent></w:sdt>"
    )


def number_format() -> Any:
    book = workbook({"A1": 1, "A2": "{{ 年度 }}"})
    book["表"]["A1"].number_format = '0"{{ 单位 }}"'
    return book


def in_excel(
    cells: Cells | None = None, context: Cells | None = None, *, book: Any = None, content: bytes | None = None
) -> tuple[Diagnostic, ...]:
    """What an Excel template tells when it is compiled and rendered."""
    Path("模板.xlsx").write_bytes(content if content is not None else saved(book or workbook(cells or {})))
    return told(lambda: ExcelTemplate("模板.xlsx").render(context or {}))


def both(text: str, context: Cells | None = None) -> tuple[Diagnostic, ...]:
    """What each engine tells of a tag in its second paragraph, and in a cell."""
    return (*in_word("正文。", text, context=context), *in_excel({"B2": text}, context))


def of_report() -> tuple[Diagnostic, ...]:
    with printing_a_report():
        return both("{{ 行 }}{{ 行[0] }}{{ 甲 == 3 }}{{ '共' ~ 行 }}{{ 行|join }}", {"行": [{"名": "甲"}], "甲": 3})


def changed(content: bytes, member: str, old: str, new: str) -> bytes:
    parts = words.members(content)
    assert old.encode() in parts[member]
    parts[member] = parts[member].replace(old.encode(), new.encode())
    return words.pack(parts)


def linked(content: bytes, target: str) -> bytes:
    """A document whose first paragraph is a link with that target."""
    relation = (
        '<Relationship Id="rIdLink" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"'
        f' Target="{target}" TargetMode="External"/></Relationships>'
    )
    content = changed(content, "word/_rels/document.xml.rels", "</Relationships>", relation)
    opening = '<w:p><w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdLink">'
    link = opening + "<w:r><w:t>乙</w:t></w:r></w:hyperlink></w:p></w:body>"
    return changed(content, "word/document.xml", "</w:body>", link)


def hurried(make: Callable[[], tuple[Diagnostic, ...]], turns: int = 10**9) -> tuple[Diagnostic, ...]:
    """With limits that a test can wait for."""
    with within(Limits(seconds=0.2, turns=turns)):
        return make()


ENDLESS = "{% for i in n %}{% for j in n %}{% for k in n %}{% endfor %}{% endfor %}{% endfor %}"
LOOP = {"A1": "{%tr for 项 in 指标 %}", "A2": "{{ 项.名称 }}", "A3": "{%tr endfor %}"}
CHANGE = '<w:ins w:id="1" w:author="某">'
FUNDS = {"资金": {"年初预算数": Decimal(161), "全年执行数": Decimal("161.4")}}

TEMPLATE: dict[str, Callable[[], Iterable[Diagnostic]]] = {
    "template-tag-unclosed": lambda: both("{{ 单位.名称"),
    "template-tag-empty": lambda: both("共{{ }}个项目"),
    "template-syntax": lambda: (
        *both("{{ 单位 名称 }}"),
        *in_word(
            "{% if 年度 = 2020 %}是{% endif %}", "{{ 资金. }}", "{{ 数 + }}", "{{ 数|}}", "{{ (数) (甲 }}", "{{ 甲 § }}"
        ),
        *in_word("{% for 项 指标 %}{% endfor %}"),
        *in_excel({"A1": "{% colspan %}甲"}),
    ),
    "template-unknown-statement": lambda: both("{% fro 项 in 指标 %}"),
    "template-unsupported-statement": lambda: (
        *both("{% include '页眉.docx' %}"),
        *in_excel({"A1": "{% block 甲 %}乙{% endblock %}"}),
    ),
    "template-unclosed-block": lambda: (
        *both("{% if 得分 >= 90 %}优"),
        *in_excel({"A1": "{%tr for 项 in 指标 %}", "A2": "{{ 项.名称 }}"}),
    ),
    "template-unexpected-end": lambda: (*both("优{% endif %}"), *in_excel({"A1": "{%tr endfor %}"})),
    "template-unknown-filter": lambda: both("{{ 金额|大些 }}"),
    "template-unknown-test": lambda: both("{% if 金额 is 没写 %}无{% endif %}"),
    "template-undefined": lambda: both("{{ 单为 }}", {"单位": "某局"}),
    "template-undefined-item": lambda: (
        *both("{{ 资金.全年执行 }}", FUNDS),
        *in_word("{{ 指标.名称 }}", context={"指标": [{"名称": "产出"}]}),
    ),
    "template-figure-arithmetic": lambda: both(
        "{{ 金额 * 10000 }}{{ 金额|round(1) }}", {"金额": Figure(Decimal("161.4"))}
    ),
    "template-unprintable": of_report,
    "template-unsafe": lambda: both("{{ ''.__class__.__mro__ }}"),
    "template-failed": lambda: (
        *both("{{ 预算 // 0 }}", {"预算": 1}),
        *in_word("{{ '甲' < 1 }}".replace("<", "&lt;"), "{{ '甲' + 1 }}", "{{ '甲'|fixed }}", "{{ '甲'|日期 }}"),
    ),
    "template-not-a-list": lambda: both("{% for 项 in 指标 %}{{ 项 }}{% endfor %}", {"指标": 5}),
    "template-too-slow": lambda: hurried(lambda: both(ENDLESS, {"n": list(range(3000))})),
    "template-unsafe-link": lambda: in_word(
        content=linked(document(paragraph("甲")), "{{ 网址 }}"), context={"网址": "javascript:alert(1)"}
    ),
    "template-context-value": lambda: (
        *in_word("{{ 单位 }}", context={"单位": "甲", "资金": {"表": [Path("x")]}}),
        *in_excel({"A1": "{{ 单位 }}"}, {"单位": "甲", "算": print}),
    ),
    "template-field-argument": lambda: in_word(
        content=document('<w:p><w:fldSimple w:instr=" SEQ 表{{ 名 }} "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'),
        context={"名": "一 \\r 9"},
    ),
    "template-too-many-turns": lambda: hurried(lambda: both(ENDLESS, {"n": list(range(3000))}), turns=1000),
    "template-too-complex": lambda: (
        *both("{{ " + "(" * 40 + "单位" + ")" * 40 + " }}"),
        *in_word("{% for 甲 in 乙 %}" * 20 + "{% endfor %}" * 20),
        *in_word("{% set n = namespace(s=1) %}{% for i in range(200) %}{% set n.s = [n.s] %}{% endfor %}"),
    ),
    "template-not-printable": lambda: both("{{ 单位.upper }}{{ 单位|map('upper') }}", {"单位": "甲"}),
    "template-object-in-list": lambda: both("{{ 单位 }}", {"单位": ["甲", RichText("乙")]}),
    "template-not-finite": lambda: in_word("{{ 率 }}", context={"率": float("nan")}),
    "template-too-large": lambda: both("{{ '甲' * 10 ** 9 }}"),
    "template-too-deep": lambda: both("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"),
    "template-wrong-kind": lambda: in_word(content=saved(workbook({"A1": 1}))),
}

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


def overlapping() -> Any:
    """Cells that two tags merge, across and down."""
    return workbook(
        {"A1": "{%tr for 项 in 指标 %}", "A2": "{% colspan 2 %}甲", "B2": "{% vm %}乙", "A3": "{%tr endfor %}"}
    )


def with_table() -> Any:
    own = {"A1": "{%sheet for 项 in 指标 %}", "A2": "名称", "A3": "{{ 项 }}"}
    book = workbook(own, title="分表")
    book["分表"].add_table(Table(displayName="表1", ref="A2:A3"))
    return book


def colour_and_count(tag: str, value: Any) -> tuple[Diagnostic, ...]:
    return in_excel({"B2": tag + "甲"}, {"值": value})


EXCEL: dict[str, Callable[[], Iterable[Diagnostic]]] = {
    "excel-no-workbook": lambda: in_excel(content=words.pack({"[Content_Types].xml": b"<Types/>"})),
    "excel-unsafe-link": lambda: in_excel(
        {"A1": "{{ 网址 }}", "B1": '=HYPERLINK(A1,"官网")'}, {"网址": "javascript:alert(1)"}
    ),
    "excel-control-row-mixed": lambda: in_excel({**LOOP, "C1": "名称"}),
    "excel-control-column-mixed": lambda: in_excel(
        {"A1": "{%tc for 月 in 月份 %}", "A2": "单位", "B1": "{{ 月 }}", "C1": "{%tc endfor %}"}
    ),
    "excel-tag-not-for-rows": lambda: in_excel({"A1": "{%tr macro m() %}", "A2": "甲", "A3": "{%tr endmacro %}"}),
    "excel-tag-of-word": lambda: in_excel({"A1": "{%p if 有指标 %}甲{%p endif %}"}),
    "excel-loops-beside": lambda: in_excel(
        {
            "A1": "{%tr for 项 in 指标 %}",
            "B1": "{%tr for 项 in 资金 %}",
            "A2": "{{ 项 }}",
            "A3": "{%tr endfor %}{%tr endfor %}",
        }
    ),
    "excel-wide-braces": lambda: in_excel({"B2": "支出｛｛ 金额 ｝｝万元"}),
    "excel-half-tag": lambda: in_excel({"B2": "支出{ 金额 }}万元"}),
    "excel-tag-left": lambda: in_excel(book=number_format()),
    "excel-tag-in-formula": lambda: in_excel({"B2": "=SUM({{ 金额 }},1)"}),
    "excel-name-reserved": lambda: in_excel({"B2": "{{ __合计 }}"}),
    "excel-control-character": lambda: in_excel({"B2": "{{ 说明 }}"}, {"说明": "完成\x07情况"}),
    "excel-text-too-long": lambda: in_excel({"B2": "{{ 说明 }}"}, {"说明": "完成" * 20_000}),
    "excel-not-finite": lambda: in_excel({"B2": "{{ 率 }}"}, {"率": float("nan")}),
    "excel-too-many-rows": lambda: in_excel(
        {"A1": "{%tr for i in 行 %}", "A2": "{{ i }}", "A3": "{%tr endfor %}"}, {"行": range(1_048_577)}
    ),
    "excel-too-many-columns": lambda: in_excel(
        {"A1": "{%tc for i in 列 %}", "B1": "{{ i }}", "C1": "{%tc endfor %}"}, {"列": range(16_385)}
    ),
    "excel-merges-overlap": lambda: in_excel(book=overlapping(), context={"指标": [1, 2]}),
    "excel-not-a-colour": lambda: colour_and_count("{% cellbg 值 %}", "红色"),
    "excel-not-a-count": lambda: colour_and_count("{% colspan 值 %}", "三"),
    "excel-sheet-tag": lambda: in_excel(
        {"A1": "{%sheet hidden 甲 %}", "B1": "{%sheet if 甲 %}", "C1": "{%sheet if 乙 %}"}
    ),
    "excel-sheet-name-control": lambda: in_excel(book=workbook({"A1": 1}, title="{% if 甲 %}乙{% endif %}")),
    "excel-sheet-unnamed": lambda: in_excel({"A1": "{%sheet name 名称 %}", "A2": 1}, {"名称": ""}),
    "excel-no-sheet": lambda: in_excel({"A1": "{%sheet for 项 in 指标 %}", "A2": "{{ 项 }}"}, {"指标": []}),
    "excel-sheet-not-repeatable": lambda: in_excel(book=with_table(), context={"指标": ["甲", "乙"]}),
}


def part_missing() -> None:
    parts = words.members(saved(workbook({"A1": 1})))
    del parts["xl/worksheets/sheet1.xml"]
    Path("自评表.xlsx").write_bytes(words.pack(parts))
    compare("自评表.xlsx", saved(workbook({"A1": 1})))


def binary_workbook() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.bin"/>'
        "</Relationships>"
    )
    parts = {"[Content_Types].xml": b"<Types/>", "_rels/.rels": relations.encode(), "xl/workbook.bin": b"\x83\x01"}
    Path("自评表.xlsb").write_bytes(words.pack(parts))
    compare("自评表.xlsb", "自评表.xlsb")


def no_office() -> None:
    Path("说明.zip").write_bytes(words.pack({"[Content_Types].xml": b"<Types/>", "说明.txt": "一段文字".encode()}))
    compare("说明.zip", "说明.zip")


def no_counterpart() -> None:
    Path("旧报告.docx").write_bytes(document(paragraph("甲")))
    compare_rendered("旧报告.docx", {"自评表.xlsx": b"", "附件.xlsx": b""})


def rules_file(text: str) -> tuple[Diagnostic, ...]:
    Path("diff.yaml").write_text(text, "utf-8")
    return told(lambda: read_rules("diff.yaml"))


COMPARE: dict[str, Callable[[], Iterable[Diagnostic]]] = {
    "compare-not-office": lambda: told(no_office),
    "compare-binary-workbook": lambda: told(binary_workbook),
    "compare-part-missing": lambda: told(part_missing),
    "compare-formatting": lambda: told(lambda: make_rules(formatting="exact")),
    "compare-pages-kind": lambda: told(lambda: output_kinds.check_pages("旧.docx", "数据.yaml")),
    "compare-pages-tool": lambda: [diagnostic("compare-pages-tool", tool="LibreOffice")],
    "compare-pages-failed": lambda: [diagnostic("compare-pages-failed", name="a.docx", reason="Syntax Error")],
    "compare-marked-kind": lambda: told(lambda: marked(document(paragraph(run("文"))), Comparison())),
    "compare-output-suffix": lambda: told(
        lambda: output_kinds.check_output("a.docx", "b.docx", "c.xlsx", WORD_ENDINGS)
    ),
    "compare-tracked-kind": lambda: told(lambda: tracked(saved(workbook({"A1": 1})), saved(workbook({"A1": 2})))),
    "compare-level": lambda: told(lambda: make_rules(level="strict")),
    "compare-rule": lambda: (
        *told(lambda: make_rules(ignore=["field:"])),
        *told(lambda: make_rules(ignore=[{"格": "A1"}])),
    ),
    "compare-pattern": lambda: told(lambda: make_rules(ignore=["pattern:(\\d{4}年"])),
    "compare-tolerance": lambda: told(lambda: make_rules(tolerance="一点")),
    "compare-rules-file": lambda: (
        *rules_file("levle: text\n"),
        *rules_file("- place:表2\n"),
        *rules_file("ignore: [a\n"),
    ),
    "compare-folder-missing": lambda: told(lambda: compare_folders("没有", "没有")),
    "compare-no-counterpart": lambda: told(no_counterpart),
}

MADE = {
    (room, code): make
    for room, made in {"template": TEMPLATE, "word": WORD, "excel": EXCEL, "compare": COMPARE}.items()
    for code, make in made.items()
}


@pytest.mark.parametrize(("room", "code"), MADE, ids=lambda value: value)
def it_says_what_is_wrong(
    room: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(tmp_path)
    findings = list(MADE[room, code]())
    assert {finding.code for finding in findings} == {code}
    check_golden(CASES / room / code, findings, bool(request.config.getoption("--update-golden")))


@pytest.mark.parametrize(("room", "code"), [key for key in MADE if key[0] in ("template", "word", "excel")])
def it_names_place_and_tag(room: str, code: str) -> None:
    """What concerns a tag names it as it stands in the template, and the paragraph or cell that holds it."""
    if code in WHOLE:
        return
    for finding in expected_json(CASES / room / code)["diagnostics"]:
        assert finding["place"]
        assert finding["anchor"]
        assert finding["file"]
        assert "{" in finding["message"] or code in TAGLESS


# What concerns a file, a workbook or a render as a whole.
WHOLE = {
    "template-wrong-kind",
    "template-context-value",
    "template-too-slow",
    "template-too-many-turns",
    "template-too-complex",
    "template-too-large",
    "word-strict",
    "word-macros",
    "excel-no-workbook",
    "excel-no-sheet",
}
# What concerns a sheet or its cells, not one tag.
TAGLESS = {
    "word-control-date",
    "word-control-character",
    "word-control-choice",
    "word-wide-braces",
    "word-half-tag",
    "excel-wide-braces",
    "excel-half-tag",
    "excel-too-many-rows",
    "excel-too-many-columns",
    "excel-unsafe-link",
    "excel-merges-overlap",
    "excel-sheet-unnamed",
    "excel-sheet-not-repeatable",
}


def it_has_a_case_for_every_code():
    check_every_code((code for _, code in MADE), *ROOMS)
