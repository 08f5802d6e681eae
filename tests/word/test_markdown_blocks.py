"""Markdown as a value: paragraphs in the tag's format, headings, lists and tables in the template's styles; HTML is text."""

import io
import re

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.figures import Markdown
from generator.figures.markdown_text import literal
from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.authoring import refused, told
from tests.support.words import W, cell, document, paragraph, root, row, run, table, texts

ALL = """第一段，**粗体**和*斜体*，`code`，~~删~~，[链接](https://example.com/?a=1&b=2)。
接着写 A
B。

# 大标题

## 小标题 & <b>x</b>

- 一
- 二
  - 二甲

    第二段
- 三

1. 甲
2. 乙

中间

1. 重新

| 项目 | 预算 | 决算 |
|:---|---:|:-:|
| 培训 | 12.0 | **11** |

> 引用

```
if x:
    y
```

---

<script>alert(1)</script>
"""
LIST = "1. 甲\n2. 乙\n   1. 子\n\n中间\n\n1. 重新\n"
FORMAT = '<w:rFonts w:ascii="SimSun" w:eastAsia="FangSong"/><w:sz w:val="28"/>'


def printed(text: str, tag: str = "{{p x|markdown }}", **more: object) -> tuple[bytes, bytes]:
    """A template of one tag, and its document."""
    made = document(paragraph(run(tag, FORMAT), properties='<w:ind w:firstLine="560"/>'), paragraph("后"))
    content = WordTemplate(made).render({"x": text, **more})
    assert not ooxml.new_findings(made, content)
    return made, content


def bare() -> bytes:
    """A template without a style or a numbering of its own."""
    parts = words.members(document(paragraph("{{p x|markdown }}")))
    style = '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    parts["word/styles.xml"] = f'<w:styles xmlns:w="{W[1:-1]}">{style}</w:styles>'.encode()
    del parts["word/numbering.xml"]
    for name in ("word/_rels/document.xml.rels", "[Content_Types].xml"):
        parts[name] = re.sub(rb"<(?:Relationship|Override)[^>]*numbering[^>]*/>", b"", parts[name])
    return words.pack(parts)


def styles(content: bytes) -> list[tuple[str, str]]:
    """Style and text of each paragraph of the body."""
    return [(one.style.name or "", one.text) for one in docx.Document(io.BytesIO(content)).paragraphs if one.style]


def it_prints_headings_lists_and_tables_in_the_styles_of_the_template():
    _, content = printed(ALL)
    assert [one for one in styles(content) if one[0] != "Normal"] == [
        ("Heading 1", "大标题"),
        ("Heading 2", "小标题 & <b>x</b>"),
        ("List Bullet", "一"),
        ("List Bullet", "二"),
        ("List Bullet 2", "二甲\n第二段"),
        ("List Bullet", "三"),
        ("List Number", "甲"),
        ("List Number", "乙"),
        ("List Number", "重新"),
        ("Quote", "引用"),
    ]
    grid = docx.Document(io.BytesIO(content)).tables[0]
    assert grid.style is not None
    assert grid.style.name == "Table Grid"
    assert [[one.text for one in line.cells] for line in grid.rows] == [
        ["项目", "预算", "决算"],
        ["培训", "12.0", "11"],
    ]
    assert [str(one.paragraphs[0].alignment) for one in grid.rows[1].cells] == ["LEFT (0)", "RIGHT (2)", "CENTER (1)"]
    assert grid.rows[0]._tr.find(f"{W}trPr/{W}tblHeader") is not None


def it_prints_paragraphs_in_the_format_of_the_tag():
    _, content = printed(ALL)
    first = root(content).find(f".//{W}p")
    assert first is not None
    assert first.find(f"{W}pPr/{W}ind").get(f"{W}firstLine") == "560"  # type: ignore[union-attr]
    assert texts(content)[0] == "第一段，粗体和斜体，code，删，链接。接着写 A B。"
    formats = {
        "".join(node.text or "" for node in one.iter(f"{W}t")): {child.tag.removeprefix(W) for child in one[0]}
        for one in first.iter(f"{W}r")
    }
    plain = {"rFonts", "sz"}
    assert formats["第一段，"] == plain
    assert formats["粗体"] == {*plain, "b", "bCs"}
    assert formats["斜体"] == {*plain, "i", "iCs"}
    assert formats["删"] == {*plain, "strike"}
    fonts = {font.get(f"{W}eastAsia") for font in first.iter(f"{W}rFonts")}
    assert fonts == {"FangSong"}


def it_takes_html_for_text():
    _, content = printed(ALL)
    assert "<script>alert(1)</script>" in texts(content)
    assert b"<script" not in words.members(content)["word/document.xml"]


def it_begins_each_numbered_list_anew():
    _, content = printed(LIST)
    numbers = [one.get(f"{W}val") for one in root(content).iter(f"{W}numId")]
    assert len(set(numbers)) == 3
    assert numbers[0] == numbers[1]
    _, content = printed("3. 三\n4. 四")
    made = root(content, "word/numbering.xml")
    assert made.findall(f"{W}num")[-1].find(f".//{W}startOverride").get(f"{W}val") == "3"  # type: ignore[union-attr]


@pytest.mark.parametrize(("typed", "start"), [("1. 一\n2. 二", "1"), ("0. 零\n1. 一", "0"), ("3) 三\n4) 四", "3")])
def it_begins_a_numbered_list_where_it_was_begun(typed, start):
    _, content = printed(typed)
    number = root(content, "word/numbering.xml").findall(f"{W}num")[-1]
    override = number.find(f".//{W}startOverride")
    assert (override.get(f"{W}val") if override is not None else "1") == start


def it_sets_quotations_in_by_their_depth():
    _, content = printed("> 甲\n>\n> > 乙\n>\n> > > 丙")
    indents = {}
    for one in root(content).iter(f"{W}p"):
        indent = one.find(f"{W}pPr/{W}ind")
        indents["".join(node.text or "" for node in one.iter(f"{W}t"))] = (
            indent.get(f"{W}left") if indent is not None else ""
        )
    assert (indents["甲"], indents["乙"], indents["丙"]) == ("", "840", "1260")  # the first is as its style says


def it_makes_what_a_template_lacks():
    template = bare()
    content = WordTemplate(template).render({"x": ALL})
    assert not ooxml.new_findings(template, content)
    made = words.members(content)
    assert b'w:val="heading 2"' in made["word/styles.xml"]
    assert made["word/numbering.xml"].count(b"<w:abstractNum ") == 2
    assert b"<w:tblBorders>" in made["word/document.xml"]
    indents = [one.get(f"{W}left") for one in root(content).iter(f"{W}ind")]
    assert indents[:3] == ["420", "420", "840"]


def it_prints_a_line_within_a_sentence():
    made = document(paragraph("依据{{ x|markdown }}，执行。"), paragraph(run("{{r x|markdown }}", "<w:b/>")))
    content = WordTemplate(made).render({"x": "《*办法*》[全文](https://example.com)"})
    assert texts(content) == ["依据《办法》全文，执行。", "《办法》全文"]
    assert not ooxml.new_findings(made, content)


def it_parts_a_sentence_where_blocks_stand():
    made = document(paragraph("前{{ x|markdown }}后"), table(row(cell("{{p x|markdown }}"), "b"), columns=2))
    content = WordTemplate(made).render({"x": "一\n\n|甲|\n|---|\n|乙|\n\n二"})
    assert texts(content)[:5] == ["前一", "甲", "乙", "二后", "一"]
    assert not ooxml.new_findings(made, content)
    content = WordTemplate(made).render({"x": "|甲|\n|---|\n|乙|"})
    assert not ooxml.new_findings(made, content)


def it_lets_a_tag_alone_take_the_place_of_its_paragraph():
    content = WordTemplate(document(paragraph("{{ x|markdown }}"), paragraph("后"))).render({"x": "- 一\n- 二"})
    assert texts(content) == ["一", "二", "后"]
    content = WordTemplate(document(paragraph("{{ x|markdown(3) }}"), paragraph("后"))).render({"x": "# 题"})
    assert styles(content)[0] == ("Heading 3", "题")


def it_is_a_value_that_the_template_makes():
    template = WordTemplate(
        document(paragraph("{{p x }}"), paragraph("{%p if x %}"), paragraph("有"), paragraph("{%p endif %}"))
    )
    content = template.render({"x": template.markdown("# 题\n\n|甲|\n|-|\n|乙|", 2, table="Light Grid")})
    assert styles(content)[0] == ("Heading 2", "题")
    assert docx.Document(io.BytesIO(content)).tables[0].style.name == "Light Grid"  # type: ignore[union-attr]
    assert texts(template.render({"x": template.markdown(" ")})) == []


def it_prints_in_headers_notes_and_loops():
    parts = {"footnotes": '<w:footnote w:id="2"><w:p><w:r><w:t>{{ x|markdown }}</w:t></w:r></w:p></w:footnote>'}
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    made = document(
        paragraph("{%p for x in xs %}"),
        paragraph("甲", reference),
        paragraph("{{p x|markdown }}"),
        paragraph("{%p endfor %}"),
        parts=parts,
    )
    content = WordTemplate(made).render({"xs": ["[a](https://a.cn)\n\n1. 甲", "[b](https://b.cn)\n\n1. 乙"]})
    assert not ooxml.new_findings(made, content)
    assert b"https://b.cn" in words.members(content)["word/_rels/footnotes.xml.rels"]
    assert texts(content) == ["甲", "a", "甲", "甲", "b", "乙"]
    numbers = [one.get(f"{W}val") for one in root(content).iter(f"{W}numId")]
    assert len(set(numbers)) == 2


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///c:/a", "data:text/html,x", "vbscript:x", "\\\\\\\\a\\\\b"]
)
def it_refuses_a_link_that_data_may_not_name(target):
    made = document(paragraph("{{p x|markdown }}"))
    assert [code for code, _ in refused(made, {"x": f"[甲](<{target}>)"})] == ["template-unsafe-link"]


def it_refuses_what_cannot_stand_here():
    made = document(paragraph("{{p x|markdown }}"))
    assert refused(made, {"x": "![章](a.png)"}) == [("markdown-picture", "正文 第1段")]
    assert refused(document(table(row("{{ x|markdown(0) }}"), columns=1)), {"x": "a"}) == [
        ("template-failed", "表1 第1行 第1列")
    ]
    linked = '<w:hyperlink r:id="rIdL"><w:r><w:t>{{ x|markdown }}</w:t></w:r></w:hyperlink>'
    made = document(paragraph("a", linked), links={"rIdL": ("hyperlink", "https://a.cn")})
    assert texts(WordTemplate(made).render({"x": "甲\n\n乙"})) == ["a甲\n乙"]
    assert len(told(made, {"x": "# 甲\n\n乙"})) == 1


def it_prints_plain_text_in_properties_and_workbooks():
    parts = words.members(document(paragraph("甲")))
    parts["docProps/core.xml"] = re.sub(
        rb"<dc:title>.*?</dc:title>|<dc:title/>", b"<dc:title>{{ x|markdown }}</dc:title>", parts["docProps/core.xml"]
    )
    content = WordTemplate(words.pack(parts)).render({"x": "**甲**和[乙](https://a.cn)"})
    assert b"<dc:title>\xe7\x94\xb2\xe5\x92\x8c\xe4\xb9\x99</dc:title>" in words.members(content)["docProps/core.xml"]
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "{{ x|markdown }}"
    book.worksheets[0]["A2"] = "说明：{{ x|markdown }}"
    buffer = io.BytesIO()
    book.save(buffer)
    made = ExcelTemplate(buffer.getvalue()).render({"x": "# 题\n\n- **一**\n- 二\n\n|甲|乙|\n|-|-|\n|1|2|"})
    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    assert sheet["A1"].value == "题\n• 一\n• 二\n甲\t乙\n1\t2"
    assert sheet["A2"].value == "说明：题\n• 一\n• 二\n甲\t乙\n1\t2"


def it_sees_the_fields_used():
    assert WordTemplate(document(paragraph("{{p 甲.乙|markdown }}"))).variables() == {"甲.乙"}


@settings(max_examples=30, deadline=None)
@given(st.text("ab甲 -+*_`#>|[]()<&!~\\1.\n=:", max_size=60))
def it_prints_any_text_soundly(text):
    made = document(paragraph("前{{ x|markdown }}后"), paragraph("{{p x|markdown }}"))
    text = text.replace("![", "[").replace("](", "] (")
    content = WordTemplate(made).render({"x": text})
    assert not ooxml.new_findings(made, content)


@given(st.text("ab甲-+*_`#>|[]()<&!~\\1.=:", min_size=1, max_size=40))
def it_prints_a_literal_as_it_is(text):
    assert str(Markdown("前" + literal(text))) == "前" + text
    assert str(Markdown(literal(text))) == text


def it_loses_no_text_of_deep_quotes():
    """Beyond twenty levels the parser left out what stood there, without a word."""
    template = WordTemplate(document(paragraph("{{p a|markdown }}")))
    text = "\n".join("> " * level + f"第{level}层" for level in range(0, 150, 10))
    printed = "".join(texts(template.render({"a": text})))
    assert all(f"第{level}层" in printed for level in range(0, 150, 10))
    with pytest.raises(InvalidTemplate) as raised:
        template.render({"a": "> " * 3000 + "甲"})
    assert [found.code for found in raised.value.diagnostics] == ["template-failed"]
    assert "Markdown" in raised.value.diagnostics[0].text.en
