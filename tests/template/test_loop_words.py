"""What people try in loops and does not work, said in their words, alike in Word and Excel."""

import io
from decimal import Decimal

import docx
import openpyxl
import pytest

from generator import ExcelTemplate, WordTemplate
from generator.diagnostics import InvalidTemplate
from generator.figures import Figure


def word(text: str) -> WordTemplate:
    document, file = docx.Document(), io.BytesIO()
    document.add_paragraph(text)
    document.save(file)
    return WordTemplate(file.getvalue())


def excel(text: str) -> ExcelTemplate:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0]["A1"] = text
    book.save(file)
    return ExcelTemplate(file.getvalue())


@pytest.mark.parametrize("made", [word, excel])
@pytest.mark.parametrize(
    ("text", "code", "zh", "en"),
    [
        (
            "{% for x in 列 %}{% break %}{% endfor %}",
            "template-unsupported-statement",
            "不能用“break”",
            "“break” cannot",
        ),
        (
            "{% for x in 列 %}{% if x %}{% continue %}{% endif %}{% endfor %}",
            "template-unsupported-statement",
            "不能用“continue”",
            "“continue” cannot",
        ),
        (
            "{% for x in 列 %}{{ loop.nextitem }}{% endfor %}",
            "template-failed",
            "最后一项没有下一项，请放在“{% if not loop.last %}”里",
            "the last item has no next one",
        ),
        (
            "{% for x in 列 %}{{ loop.previtem }}{% endfor %}",
            "template-failed",
            "第一项没有上一项，请放在“{% if not loop.first %}”里",
            "the first item has no previous one",
        ),
        ("{{ 数|tojson }}", "template-failed", "数值不能写成 JSON", "cannot be written as JSON"),
        ("{% set 列.a = 1 %}", "template-failed", "“列”不是 namespace", "“列” is no namespace"),
        ("{% for a, b in 列 %}{% endfor %}", "template-failed", "数字不能拆给几个名称", "apart for several names"),
        ("{{ '列'|fixed(2) }}", "template-failed", "不是数字", "not a number"),
        ("{{ '列'|date }}", "template-failed", "不是日期", "not a date"),
    ],
)
def it_says_what_is_not_to_be_had_in_a_loop(made, text, code, zh, en):
    with pytest.raises(InvalidTemplate) as caught:
        made(text).render({"列": [1, 2], "数": Figure(Decimal("1.5"), "万元")})
    (found,) = caught.value.diagnostics
    assert found.code == code
    assert zh in found.message
    assert en in found.text.in_language("en")
    if code == "template-unsupported-statement":
        assert "{% for 项 in 列 if" in (found.hint or "")


@pytest.mark.parametrize("made", [word, excel])
def it_prints_neighbours_and_chosen_items(made):
    text = "{% for x in 列 if x != 2 %}{{ x }}{% if not loop.last %}<{{ loop.nextitem }},{% endif %}{% endfor %}"
    content = made(text).render({"列": [1, 2, 3]})
    if made is word:
        shown = docx.Document(io.BytesIO(content)).paragraphs[0].text
    else:
        shown = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["A1"].value
    assert shown == "1<3,3"
