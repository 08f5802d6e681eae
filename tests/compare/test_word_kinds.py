"""For every kind of change that Word knows: two documents that differ in it alone, and the one difference."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn

from generator.compare import compare
from tests.compare.word_changes import CASES, LEVELS, W, base, first_footer, hyperlink, insert_row, p, saved, text_box


@pytest.fixture(scope="module")
def original():
    return saved(base())


@pytest.mark.parametrize(("edit", "level", "kind", "message"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def it_tells_the_one_difference_at_its_place_and_level(original, edit, level, kind, message):
    document = base()
    edit(document)
    content = saved(document)
    for candidate in LEVELS:
        found = compare(original, content, level=candidate).differences
        if LEVELS.index(candidate) < LEVELS.index(level):
            assert [str(d) for d in found] == []
            continue
        assert [d.kind for d in found] == [kind], [str(d) for d in found]
        if message is not None:
            assert found[0].message == message


@pytest.mark.parametrize("edit", [c[1] for c in CASES], ids=[c[0] for c in CASES])
def it_sees_the_same_change_backwards(original, edit):
    document = base()
    edit(document)
    back = compare(saved(document), original, level="format").differences
    assert len(back) == 1, [str(d) for d in back]


def it_tells_an_own_first_page_and_its_footer(original):
    document = base()
    first_footer(document)
    found = compare(original, saved(document), level="format")
    assert sorted(d.message for d in found) == ["第1节：首页不同 无 → 是", "页脚（第1节 首页）：新增页脚“首页页脚”"]


def rewritten(content, edits):
    """The package with members passed through functions."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, edits[name](data) if name in edits else data)
    return buffer.getvalue()


def with_footnote(text="注释甲"):
    content = saved(base())
    note = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="3"><w:p><w:r><w:footnoteRef/>'
        f"</w:r><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    edited = rewritten(
        content,
        {
            "word/document.xml": lambda d: d.replace(
                "第2条，".encode(), '第2条</w:t></w:r><w:r><w:footnoteReference w:id="3"/></w:r><w:r><w:t>，'.encode()
            ),
            "word/_rels/document.xml.rels": lambda d: d.replace(
                b"</Relationships>",
                b'<Relationship Id="rIdF" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
                b'Target="footnotes.xml"/></Relationships>',
            ),
        },
    )
    buffer = io.BytesIO(edited)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/footnotes.xml", note)
    return buffer.getvalue()


def it_tells_footnotes(original):
    assert [str(d) for d in compare(original, with_footnote(), level="format")] == ["正文：新增脚注1“注释甲”"]
    found = compare(with_footnote(), with_footnote("注释乙"), level="format").differences
    assert [(str(d), d.place) for d in found] == [("脚注1：文字 “甲” → “乙”", "脚注1")]
    assert not compare(with_footnote(), with_footnote("注释乙"), level="text")


def it_tells_the_text_within_a_text_box():
    one, two = base(), base()
    text_box(one)
    text_box(two, "框内改过的文字")
    found = compare(saved(one), saved(two), level="format").differences
    assert [str(d) for d in found] == ["文本框1：文字 增加“改过的”"]


def it_tells_another_target_of_a_hyperlink():
    one, two = base(), base()
    hyperlink(one)
    hyperlink(two, "https://example.com/b")
    found = compare(saved(one), saved(two), level="format").differences
    assert [str(d) for d in found] == ["正文 第5段：超链接 https://example.com/a → https://example.com/b"]


def split_runs(data):
    return re.sub(r"<w:t>(..)(第\d条，)".encode(), rb"<w:t>\1\2", data).replace(
        "本年支出".encode(), '本年</w:t></w:r><w:r w:rsidR="00AB12CD"><w:t>支出'.encode()
    )


def other_prefix(data):
    return (
        data.replace(b"<w:", b"<x:").replace(b"</w:", b"</x:").replace(b" w:", b" x:").replace(b"xmlns:w=", b"xmlns:x=")
    )


MEANINGLESS = {
    "run splits and rsid": split_runs,
    "prefix": other_prefix,
    "revision ids": lambda d: d.replace(b"<w:p>", b'<w:p w:rsidR="00112233" w:rsidRDefault="00445566">'),
    "paragraph ids": lambda d: d.replace(
        b"<w:p>", b'<w:p xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" w14:paraId="1A2B3C4D">'
    ),
    "proofing": lambda d: d.replace(b"<w:r>", b'<w:proofErr w:type="spellStart"/><w:r>'),
    "layout traces": lambda d: d.replace(b"<w:t>", b"<w:lastRenderedPageBreak/><w:t>"),
    "language": lambda d: d.replace(b"<w:r>", b'<w:r><w:rPr><w:lang w:eastAsia="zh-CN"/></w:rPr>', 3),
    "drawing ids": lambda d: re.sub(rb'<wp:docPr id="\d+" name="[^"]*"', b'<wp:docPr id="991" name="x"', d),
    "empty properties": lambda d: d.replace(b"<w:p><w:r>", b"<w:p><w:pPr/><w:r><w:rPr/>", 4),
    "the session's bookmark": lambda d: d.replace(
        b"<w:p><w:r>", b'<w:p><w:bookmarkStart w:id="5" w:name="_GoBack"/><w:bookmarkEnd w:id="5"/><w:r>', 1
    ),
    "spelling of truth": lambda d: d.replace(b"<w:b/>", b'<w:b w:val="true"/>'),
}


@pytest.mark.parametrize("name", MEANINGLESS)
def it_finds_no_difference_in_what_means_nothing(original, name):
    content = rewritten(original, {"word/document.xml": MEANINGLESS[name]})
    with zipfile.ZipFile(io.BytesIO(content)) as one, zipfile.ZipFile(io.BytesIO(original)) as two:
        changed = one.read("word/document.xml") != two.read("word/document.xml")
    assert changed or name == "spelling of truth"
    assert [str(d) for d in compare(original, content, level="format")] == []


def it_finds_no_difference_in_the_order_of_a_package_or_the_names_of_relations(original):
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(original)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as new:
        for name in sorted(old.namelist(), reverse=True):
            data = old.read(name)
            if name in ("word/_rels/document.xml.rels", "word/document.xml"):
                data = re.sub(rb'((?:r:embed|r:id|Id)=")rId', rb"\1relation", data)
            new.writestr(name, data)
    assert [str(d) for d in compare(original, buffer.getvalue(), level="format")] == []


def it_lists_the_traces_of_saving_instead_of_counting_them(original):
    document = base()
    document.core_properties.last_modified_by = "别人"
    document.core_properties.revision = 7
    result = compare(original, saved(document), level="format")
    assert not result
    assert any("lastModifiedBy" in str(entry) for entry in result.not_compared)


def it_does_not_count_the_label_of_a_session(original):
    buffer = io.BytesIO(original)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("docMetadata/LabelInfo.xml", "<labelList/>")
    assert [str(d) for d in compare(original, buffer.getvalue(), level="format")] == []


def it_compares_unknown_parts_by_their_bytes(original):
    def with_part(content, data):
        buffer = io.BytesIO(content)
        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr("customXml/item9.bin", data)
        return buffer.getvalue()

    found = compare(with_part(original, b"a"), with_part(original, b"b")).differences
    assert [(d.kind, d.place) for d in found] == [("part", "部件 customXml/item9.bin")]
    assert [d.kind for d in compare(original, with_part(original, b"b"))] == ["part-inserted"]
    assert [d.kind for d in compare(with_part(original, b"b"), original)] == ["part-deleted"]


def it_tells_many_changes_each_at_its_own_place(original):
    document = base()
    p(document, 2).text = "改成了完全不同的说法。"
    insert_row(document)
    document.tables[0].cell(3, 3).text = "18"
    p(document, 8)._p.getparent().remove(p(document, 8)._p)
    found = [str(d) for d in compare(original, saved(document))]
    assert "表1：新增第3行（产出指标 | 培训会员 | 5 | 4）" in found
    assert "表1 第4行 第4列「得分」：19.5 → 18" in found
    assert "正文：删除第8段“第7条，本年支出7.40万元，用于第7项工作。”" in found
    assert len(found) == 4


def it_restarts_numbering():
    def numbered(restart):
        document = docx.Document()
        numbering = document.part.numbering_part.element
        abstract = next(
            one.get(qn("w:abstractNumId"))
            for one in numbering.iter(qn("w:abstractNum"))
            if one.find(f"{qn('w:lvl')}/{qn('w:numFmt')}").get(qn("w:val")) == "decimal"
        )
        anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        for number, own in (("90", ""), ("91", anew)):
            numbering.append(
                parse_xml(f'<w:num {W} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{own}</w:num>')
            )
        for index in range(4):
            paragraph = document.add_paragraph(f"事项{index}")
            number = "91" if restart and index >= 2 else "90"
            paragraph._p.get_or_add_pPr().append(
                parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
            )
        return saved(document)

    found = compare(numbered(False), numbered(True)).differences
    assert [str(d) for d in found] == ["正文 第3段：编号与前面的列表：接续 → 重新开始（3. → 1.）"]
    assert not compare(numbered(True), numbered(True))


def it_reads_content_controls_and_tracked_changes(original):
    document = base()
    run = p(document, 5).runs[0]._r
    control = OxmlElement("w:sdt")
    control.append(parse_xml(f'<w:sdtPr {W}><w:alias w:val="支出"/></w:sdtPr>'))
    content = OxmlElement("w:sdtContent")
    control.append(content)
    run.addprevious(control)
    content.append(run)
    assert [str(d) for d in compare(original, saved(document))] == ["正文 第5段：新增内容控件“支出”"]
