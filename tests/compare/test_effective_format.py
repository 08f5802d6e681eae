"""Formats as a reader sees them: what is spelled out elsewhere is the same, what looks different is told once."""

import io
import re
import zipfile

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from generator.compare import compare
from generator.diagnostics import Failure


def document(change=lambda document: None) -> bytes:
    made = docx.Document()
    made.add_heading("一、基本情况", 1)
    made.add_paragraph("2020年度支出161.4万元，增长5%，用于3项工作。")
    made.add_paragraph("第一条", style="List Number")
    made.add_paragraph("第二条", style="List Number")
    made.add_table(2, 2, style="Table Grid")
    change(made)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def told(old: bytes, new: bytes, formatting: str | None = None, level: str = "format") -> list[str]:
    return [d.message for d in compare(old, new, level=level, formatting=formatting)]


def spelled_out(made) -> None:
    """What an editor does that leaves nothing to styles."""
    normal = made.styles["Normal"].font.size or Pt(11)
    for paragraph in made.paragraphs[1:]:
        for run in paragraph.runs:
            run.font.size, run.font.bold, run.font.italic = normal, False, False
        paragraph.paragraph_format.space_before = Pt(0)
        paragraph.paragraph_format.keep_together = False


def it_takes_what_the_styles_say_anyway_for_no_difference():
    assert told(document(), document(spelled_out)) == []
    assert len(told(document(), document(spelled_out), "literal")) >= 6


def it_tells_a_style_once_and_not_of_each_paragraph_in_it():
    def larger(made):
        made.styles["Normal"].font.size = Pt(16)

    assert told(document(), document(larger)) == ["样式 Normal：字号 11磅 → 16磅"]


def it_tells_one_change_of_chinese_characters_with_digits_between_them():
    def font(made):
        fonts = made.paragraphs[1].runs[0]._r.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), "仿宋_GB2312")
        fonts.attrib.pop(qn("w:eastAsiaTheme"), None)

    found = told(document(), document(font))
    assert len(found) == 1
    assert "中文字体" in found[0]
    assert "仿宋_GB2312" in found[0]


def it_does_not_see_a_style_that_nothing_uses():
    new = document(lambda made: made.styles.add_style("自定义", WD_STYLE_TYPE.PARAGRAPH))
    assert told(document(), new) == []
    assert told(document(), new, "literal") == ["样式 自定义：新增样式"]
    assert any("所见" in str(entry) for entry in compare(document(), new, level="format").not_compared)


def it_refuses_another_way_to_compare_formats():
    with pytest.raises(Failure) as refusal:
        compare(document(), document(), formatting="exact")
    assert refusal.value.diagnostics[0].code == "compare-formatting"


def numbering(content: bytes, pattern: str, replacement: str) -> bytes:
    """A document whose numbering.xml was edited, in the definition that `List Number` uses."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/numbering.xml":
                data, count = re.subn(pattern, replacement, data.decode(), flags=re.S)
                assert count
                data = data.encode()
            new.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("pattern", "replacement", "level", "expected"),
    [
        (r'<w:start w:val="1"/>', '<w:start w:val="5"/>', "structure", "编号的起始值 1 → 5（1. → 5.）"),
        (r"<w:lvlText ", '<w:suff w:val="space"/><w:lvlText ', "structure", "编号之后 制表符 → 空格"),
        (r'<w:lvlJc w:val="left"/>', '<w:lvlJc w:val="right"/>', "format", "编号对齐 left → right"),
    ],
)
def it_compares_how_a_list_numbers(pattern, replacement, level, expected):
    new = numbering(document(), pattern, replacement)
    assert told(document(), new, level=level) == [f"正文 第3段：{expected}"]
    assert level == "structure" or told(document(), new, level="structure") == []


def equation(text: str):
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    return lambda made: made.paragraphs[1]._p.append(
        parse_xml(f'<m:oMath xmlns:m="{space}"><m:r><m:t>{text}</m:t></m:r></m:oMath>')
    )


def it_tells_an_equation_once_and_as_text():
    found = compare(document(equation("a+b")), document(equation("a-b")), level="format")
    assert [(d.kind, d.level.name) for d in found] == [("math", "TEXT")]
    assert told(document(equation("a+b")), document(equation("a-b")), level="text") == ["正文 第2段：公式 a+b → a-b"]


def control(own: str):
    return lambda made: made.paragraphs[1]._p.append(
        parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="x"/>{own}</w:sdtPr>'
            "<w:sdtContent><w:r><w:t>是</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )


def it_compares_the_properties_of_content_controls():
    def choices(*items):
        listed = "".join(f'<w:listItem w:displayText="{item}" w:value="{item}"/>' for item in items)
        return control(f"<w:dropDownList>{listed}</w:dropDownList>")

    found = told(document(choices("是", "否")), document(choices("是", "否", "不适用")), level="structure")
    assert found == ["正文 第2段：内容控件的选项 是、否 → 是、否、不适用"]
    locked = told(document(control("")), document(control('<w:lock w:val="sdtLocked"/>')), level="structure")
    assert locked == ["正文 第2段：内容控件的锁定 无 → sdtLocked"]
