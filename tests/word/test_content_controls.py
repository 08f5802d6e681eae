"""Content controls filled by their tag: kinds, levels, loops; controls of other programs stay as they are."""

import datetime

import pytest

from generator.figures import Paragraphs
from generator.word import WordTemplate
from tests.support import ooxml
from tests.support.authoring import refused
from tests.support.words import W, cell, document, paragraph, root, row, run, table, texts

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
ASKING = "<w:showingPlcHdr/>"


def control(
    tag: str, kind: str = "<w:text/>", content: str = "点击输入", *, more: str = "", inline: bool = True
) -> str:
    """A content control with a tag."""
    shown = run(content, '<w:rStyle w:val="PlaceholderText"/><w:b/>') if not content.startswith("<w:") else content
    inner = shown if inline else paragraph(shown, properties='<w:jc w:val="center"/>')
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val="标题"/><w:tag w:val="{tag}"/><w:id w:val="7"/>{more}{kind}</w:sdtPr>'
        f"<w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    )


def filled(*blocks: str, **context: object) -> bytes:
    """The document of a template, found sound."""
    made = document(*blocks)
    content = WordTemplate(made).render(context)
    assert not ooxml.new_findings(made, content)
    return content


@pytest.mark.parametrize("tag", ["资金.全年执行数", "{{ 资金.全年执行数 }}"])
@pytest.mark.parametrize("inline", [True, False])
def it_fills_a_control_by_its_tag(tag, inline):
    one = control(tag, more=ASKING, inline=inline)
    content = filled(paragraph("共", one, "万元") if inline else one, 资金={"全年执行数": "161.4 & 更多"})
    assert texts(content) == ["共161.4 & 更多万元" if inline else "161.4 & 更多"]
    made = root(content)
    assert made.find(f".//{W}showingPlcHdr") is None
    assert made.find(f".//{W}rStyle") is None
    assert made.find(f".//{W}sdtContent//{W}b") is not None
    assert len(list(made.iter(f"{W}sdt"))) == 1


def it_fills_by_a_tag_in_the_title():
    one = control("别的").replace('w:val="标题"', 'w:val="{{ x|upper }}"')
    assert texts(filled(paragraph(one), x="ab")) == ["AB"]


@pytest.mark.parametrize(
    "tag", ["DocTitle", "资金.没有", "没有.没有", "goog_rdk_0", "a b", "1", "资金", "列", "loop", "空"]
)
def it_leaves_a_control_whose_tag_leads_to_no_single_value(tag):
    blocks = (paragraph(control(tag, more=ASKING)), paragraph("{{ 年 }}"))
    content = filled(*blocks, 年=1, 资金={"全年执行数": 1}, 列=[1], 空=None)
    assert texts(content) == ["点击输入", "1"]
    assert root(content).find(f".//{W}showingPlcHdr") is not None


def it_leaves_controls_that_hold_tags_or_no_text():
    inner = control("年", content="{{ 年 }}年")
    picture = control("年", "<w:picture/>")
    grid = (
        control("年", "", table(row("甲"), columns=1), inline=False)
        .replace('<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:tbl>', "<w:tbl>")
        .replace("</w:tbl></w:p>", "</w:tbl><w:p/>")
    )
    content = filled(paragraph(inner), paragraph(picture), grid, 年=2024)
    assert texts(content)[:3] == ["2024年", "点击输入", "甲"]


def it_fills_dates_in_the_format_of_the_control():
    kind = '<w:date w:fullDate="2000-01-01T00:00:00Z"><w:dateFormat w:val="{}"/></w:date>'
    forms = ["yyyy年M月d日", "yyyy-MM-dd", "EEEE年O月A日", "yyyy年M月d日 HH:mm", "yyyy'年度'"]
    blocks = [paragraph(control("日", kind.format(form))) for form in forms]
    content = filled(*blocks, 日=datetime.date(2024, 3, 5))
    assert texts(content) == ["2024年3月5日", "2024-03-05", "二〇二四年三月五日", "2024-03-05", "2024年度"]
    dates = [one.get(f"{W}fullDate") for one in root(content).iter(f"{W}date")]
    assert dates == ["2024-03-05T00:00:00Z"] * 5
    assert texts(filled(blocks[0], 日="2024年3月5日")) == ["2024年3月5日"]
    content = filled(blocks[0], 日="")
    assert texts(content) == [""]
    assert [one.get(f"{W}fullDate") for one in root(content).iter(f"{W}date")] == [None]
    assert refused(document(paragraph("甲"), blocks[0]), {"日": "明天"}) == [("word-control-date", "正文 第2段")]


def it_fills_lists_with_one_of_their_items():
    items = '<w:listItem w:displayText="优秀" w:value="A"/><w:listItem w:displayText="良好" w:value="B"/>'
    closed = document(paragraph(control("等级", f'<w:dropDownList w:lastValue="A">{items}</w:dropDownList>')))
    for value, shown in (("B", "良好"), ("优秀", "优秀"), ("", "")):
        content = WordTemplate(closed).render({"等级": value})
        assert texts(content) == [shown]
        assert not ooxml.new_findings(closed, content)
    assert refused(closed, {"等级": "中"}) == [("word-control-choice", "正文 第1段")]
    assert texts(filled(paragraph(control("等级", f"<w:comboBox>{items}</w:comboBox>")), 等级="中")) == ["中"]


def it_ticks_boxes_by_a_path():
    box = '<w14:checkbox><w14:checked w14:val="0"/></w14:checkbox>'
    blocks = (paragraph(control("事.完成", box, "☐")), paragraph(control("事.没有", box, "☐")))
    content = filled(*blocks, 事={"完成": "是"})
    assert texts(content) == ["☒", "☐"]
    assert [one.get(f"{W14}val") for one in root(content).iter(f"{W14}checked")] == ["1", "0"]


def it_fills_controls_of_each_turn_of_a_loop_and_in_cells():
    inner = control("项.名", inline=False).replace("<w:sdtContent>", "<w:sdtContent><w:tc><w:tcPr/>")
    blocks = (
        paragraph("{%p for 项 in 列 %}"),
        paragraph(control("项.名")),
        paragraph("{%p endfor %}"),
        table(
            row("{%tr for 项 in 列 %}"),
            row(cell(paragraph(control("项.名"))), inner.replace("</w:sdtContent>", "</w:tc></w:sdtContent>"))
            .replace('<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/></w:tcPr><w:sdt>', "<w:sdt>")
            .replace("</w:sdt></w:tc></w:tr>", "</w:sdt></w:tr>"),
            row("{%tr endfor %}"),
            columns=2,
        ),
    )
    content = filled(*blocks, 列=[{"名": "甲"}, {"名": "乙"}])
    assert texts(content) == ["甲", "乙", "甲", "甲", "乙", "乙"]


def it_prints_paragraphs_into_rich_text_and_lines_into_plain_text():
    value = Paragraphs(["一", "二"])
    assert texts(filled(control("文", "", inline=False), 文=value)) == ["一", "二"]
    assert texts(filled(control("文", "<w:text/>", inline=False), 文=value)) == ["一\n二"]


def it_unbinds_a_control_that_it_fills():
    bound = '<w:dataBinding w:xpath="/a" w:storeItemID="{55AF091B-3C7A-41E3-B477-F2FDAA23CFDA}"/>'
    content = filled(paragraph(control("年", more=bound)), 年=2024)
    assert root(content).find(f".//{W}dataBinding") is None


def it_sees_the_paths_of_controls():
    made = document(
        paragraph(control("资金.全年执行数")), paragraph(control("{{ 年 }}")), paragraph(control("goog_rdk_1"))
    )
    assert WordTemplate(made).variables() == {"资金.全年执行数", "年"}
    assert refused(made, {}) == [("template-undefined", "正文 第2段")]
