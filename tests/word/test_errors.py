"""Faults of Word templates: all of them, each with its place, its tag and a hint."""

import io
from decimal import Decimal

import docx
import pytest
from docxtpl import Listing, RichText

from generator.diagnostics import InvalidTemplate
from generator.diagnostics.places import parse
from generator.figures import Figure
from generator.ooxml.limits import Limits, within
from generator.word import WordTemplate
from tests.support import words
from tests.support.words import cell, document, paragraph, row, table


def faults(content, context=None, **options):
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(content, **options).render(context or {})
    if context is None:
        with pytest.raises(InvalidTemplate):
            WordTemplate(content, **options)
    found = caught.value.diagnostics
    for one in found:
        assert one.location.place is not None
        assert parse(one.location.place.zh) == one.location.anchor == parse(one.location.place.en)
    return [(one.code, one.as_json()["place"]) for one in found]


def it_finds_every_fault_of_every_part_in_one_pass():
    made = docx.Document()
    made.add_paragraph("{{ a b }}")
    made.add_paragraph("好 {% fr x in y %}")
    grid = made.add_table(2, 2)
    grid.cell(0, 1).text = "{{ r|fixd }}"
    grid.cell(1, 0).text = "{{ open"
    grid.cell(1, 1).add_table(1, 1).cell(0, 0).text = "{% endif %}"
    made.sections[0].header.paragraphs[0].text = "{{ }}"
    made.sections[0].different_first_page_header_footer = True
    made.sections[0].first_page_footer.paragraphs[0].text = "{% if x %}"
    made.core_properties.title = "{{ 1 + }}"
    buffer = io.BytesIO()
    made.save(buffer)
    assert sorted(faults(buffer.getvalue())) == sorted(
        [
            ("template-syntax", "正文 第1段"),
            ("template-unknown-statement", "正文 第2段"),
            ("template-unknown-filter", "表1 第1行 第2列"),
            ("template-tag-unclosed", "表1 第2行 第1列"),
            ("template-unexpected-end", "表1 第2行 第2列 表1 第1行 第1列"),
            ("template-tag-empty", "页眉（第1节） 第1段"),
            ("template-unclosed-block", "页脚（第1节 首页） 第1段"),
            ("template-syntax", "属性 title"),
        ]
    )


def it_finds_the_first_fault_of_each_place_when_rendering():
    template = document(
        paragraph("{{ 资金.总额 }}{{ 没有 }}"),
        paragraph("{{ 数 * 2 }}"),
        table(row("{%tr for r in rows %}"), row("{{ r.甲 }}{{ r.乙|fixed }}"), row("{%tr endfor %}"), columns=1),
        paragraph("{% for x in 数字 %}{{ x }}{% endfor %}"),
        paragraph("{{ 1 // 0 }}"),
        paragraph("{{ 'a' &lt; 1 }}"),
        parts={"footnotes": f'<w:footnote w:id="2">{paragraph("{{ 注 }}")}</w:footnote>'},
    )
    context = {"资金": {"总金额": 1}, "数": Figure(Decimal(1)), "rows": [{"甲": 1, "乙": "无"}, {}], "数字": 5}
    assert faults(template, context) == [
        ("template-undefined-item", "正文 第1段"),
        ("template-undefined", "正文 第1段"),
        ("template-figure-arithmetic", "正文 第2段"),
        ("template-failed", "表1 第2行 第1列"),
        ("template-undefined-item", "表1 第2行 第1列"),
        ("template-not-a-list", "正文 第3段"),
        ("template-failed", "正文 第4段"),
        ("template-failed", "正文 第5段"),
        ("template-undefined", "脚注1 第1段"),
    ]


def it_suggests_what_was_meant():
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(document(paragraph("{{ 资金.全年执行 }}"), paragraph("{{ 单为 }}"))).render(
            {"资金": {"全年执行数": 1, "年初预算数": 2}, "单位": 1}
        )
    assert [one.hint for one in caught.value.diagnostics] == ["是不是“全年执行数”？", "是不是“单位”？"]
    assert "{{ 资金.全年执行 }}" in caught.value.diagnostics[0].message
    assert "“资金”（记录）里没有“全年执行”" in caught.value.diagnostics[0].message


def it_names_the_template_file(tmp_path):
    path = tmp_path / "甲.docx"
    path.write_bytes(document(paragraph("{{ a")))
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(str(path))
    assert caught.value.diagnostics[0].location.file == str(path)


@pytest.mark.parametrize(
    "blocks",
    [
        [paragraph("{% if a %}"), table(row("{% endif %}"), columns=1)],
        [table(row("{% for a in b %}"), columns=1), paragraph("{% endfor %}")],
        [table(row("{% if a %}", "{%tr else %}"), columns=2), paragraph("{% endif %}")],
    ],
)
def it_refuses_blocks_whose_branches_would_damage_the_document(blocks):
    assert faults(document(*blocks))[0][0] == "word-unbalanced"


def it_repeats_cells_of_a_block_from_one_to_another():
    template = WordTemplate(document(table(row("{% for x in xs %}", "{{ x }}{% endfor %}"), columns=2)))
    content = template.render({"xs": [1, 2, 3]})
    assert words.texts(content) == ["", "1", "2", "3"]
    assert len(list(words.root(content).iter(f"{words.W}gridCol"))) == 4


def it_accepts_blocks_over_paragraphs_that_leave_no_damage():
    template = WordTemplate(document(paragraph("a{% if x %}b"), paragraph("c{% else %}d"), paragraph("e{% endif %}f")))
    assert words.texts(template.render({"x": True})) == ["ab", "cf"]
    assert words.texts(template.render({"x": False})) == ["ad", "ef"]


def it_says_what_is_wrong_with_tags_outside_tables():
    assert faults(document(paragraph("{%tr for r in rows %}"), paragraph("{% vm %}"))) == [
        ("word-host-outside", "正文 第1段"),
        ("word-merge-outside", "正文 第2段"),
    ]


def it_counts_columns_on_the_grid():
    wide = cell("x", '<w:gridSpan w:val="3"/>')
    assert faults(document(table(row(wide, "{{ a b }}"), columns=4))) == [("template-syntax", "表1 第1行 第4列")]


def it_stops_renders_without_end():
    template = WordTemplate(
        document(paragraph("{% for i in n %}{% for j in n %}{% for k in n %}{% endfor %}{% endfor %}{% endfor %}"))
    )
    with within(Limits(seconds=0.2, turns=10**9)), pytest.raises(InvalidTemplate) as caught:
        template.render({"n": list(range(3000))})
    assert caught.value.diagnostics[0].code == "template-too-slow"
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(document(paragraph("{{ 'x' * 10**9 }}"))).render({})
    assert caught.value.diagnostics[0].code == "template-too-large"
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(document(paragraph("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"))).render({})
    assert caught.value.diagnostics[0].code == "template-too-deep"


def it_lets_errors_of_its_own_pass(monkeypatch):
    def broken(*_):
        raise AssertionError("ours")

    monkeypatch.setattr("generator.word.run.value_xml._text", broken)
    with pytest.raises(AssertionError, match="ours"):
        WordTemplate(document(paragraph("{{ a }}"))).render({"a": "<"})


@pytest.mark.parametrize("value", ["a<b", "R&D", "<w:b>", "</w:p>x", "<w:r><w:t>x</w:r></w:t>", "<br>"])
def it_refuses_markup_that_would_damage_the_document(value):
    assert faults(document(paragraph("{{ a|safe }}")), {"a": value})[0] == ("template-failed", "正文 第1段")


def it_prints_sound_markup_as_it_is():
    template = WordTemplate(document(paragraph("{{ a|safe }}")))
    made = template.render({"a": "x</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>粗&amp;</w:t></w:r><w:r><w:t>y"})
    assert words.texts(made) == ["x粗&y"]


def it_says_that_text_cannot_take_the_place_of_a_row():
    found = faults(document(table(row("{{tr a }}"), row("x"), columns=1)), {"a": "文字"})
    assert found == [("template-failed", "表1 第1行 第1列")]


@pytest.mark.parametrize(
    "value",
    [
        WordTemplate(document()).footnote("注", "1"),
        RichText("甲"),
        Listing("甲\n乙"),
        WordTemplate(document()).markdown("**甲**"),
        WordTemplate(document()).subdoc(document(paragraph("子"))),
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("tag", ["{{ [甲] }}", "{{ {'a': 甲} }}", "{{p [甲] }}", "{{r (1, [甲]) }}"])
def it_never_prints_how_python_writes_an_object_within_a_list(tag, value):
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(document(paragraph("正文"), paragraph(tag))).render({"甲": value})
    (finding,) = caught.value.diagnostics
    assert (finding.code, finding.location.place.zh) == ("template-object-in-list", "正文 第2段")
