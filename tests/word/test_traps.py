"""What goes wrong in docxtpl 0.20, and does not here: each test shows both."""

import re
import subprocess
import sys

import pytest
from docxtpl import RichText
from lxml import etree

from generator.diagnostics import InvalidTemplate
from generator.figures import Paragraphs
from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.words import W, cell, document, paragraph, row, run, table
from tests.word.both_engines import ours, theirs

LOOP = "{%tr for r in rows %}", "{%tr endfor %}"


def looped(*cells, columns, head=()):
    empty = [""] * (columns - 1)
    return table(*head, row(LOOP[0], *empty), row(*cells), row(LOOP[1], *empty), columns=columns)


def it_keeps_signs_that_mean_something_in_xml():  # trap 1
    template = document(paragraph("{{ a }}"), paragraph("第二段"))
    context = {"a": "a<b 注 R&D >"}
    assert words.texts(theirs(template, context))[:2] != ["a<b 注 R&D >", "第二段"]
    assert words.texts(ours(template, context)) == ["a<b 注 R&D >", "第二段"]


def it_keeps_them_in_headers_footnotes_and_properties():  # trap 1
    note = f'<w:footnote w:id="2">{paragraph("{{ a }}")}</w:footnote>'
    template = document(paragraph("x"), parts={"footnotes": note})
    parts = words.members(template)
    parts["docProps/core.xml"] = re.sub(
        rb"<dc:title>.*?</dc:title>|<dc:title/>", b"<dc:title>{{ a }}</dc:title>", parts["docProps/core.xml"]
    )
    template = words.pack(parts)
    with pytest.raises(etree.XMLSyntaxError):
        words.root(theirs(template, {"a": "R&D<"}), "word/footnotes.xml")
    content = ours(template, {"a": "R&D<"})
    assert words.texts(content, "word/footnotes.xml") == ["R&D<"]
    assert "R&amp;amp;" in words.members(theirs(template, {"a": "R&D<"}, autoescape=True))["docProps/core.xml"].decode()
    assert "<dc:title>R&amp;D&lt;</dc:title>" in words.members(content)["docProps/core.xml"].decode()


def it_keeps_templates_from_the_system():  # trap 2
    template = document(paragraph("{{ cycler.__init__.__globals__.os.getcwd() }}"))
    assert words.texts(theirs(template, {}))[0].startswith("/")
    with pytest.raises(InvalidTemplate) as caught:
        ours(template, {})
    assert caught.value.diagnostics[0].code == "template-unsafe"


def it_refuses_missing_names_unless_asked():  # trap 2
    template = document(paragraph("[{{ a }}]"))
    assert words.texts(theirs(template, {})) == ["[]"]
    with pytest.raises(InvalidTemplate):
        ours(template, {})
    assert words.texts(ours(template, {}, undefined="empty")) == ["[]"]


def it_tells_where_a_render_failed():  # trap 3
    template = document(paragraph("好"), looped("{{ r.a }}", "{{ r.b + 1 }}", columns=2, head=[row("甲", "乙")]))
    context = {"rows": [{"a": 1, "b": "x"}]}
    with pytest.raises(TypeError) as plain:
        theirs(template, context)
    assert "第" not in str(plain.value)
    with pytest.raises(InvalidTemplate) as caught:
        ours(template, context)
    (fault,) = caught.value.diagnostics
    assert fault.as_json()["place"] == "表1 第3行 第2列"
    assert fault.location.anchor == {"part": "body", "table": 1, "row": 3, "column": 2}
    assert "{{ r.b + 1 }}" in fault.message


def it_does_the_work_of_a_template_once():  # trap 4
    template = WordTemplate(document(paragraph("{{ a }}")))
    code = "import sys, builtins\nprint('ok')"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    first = template.render({"a": 1})
    assert template.render({"a": 1}) == first
    assert words.texts(template.render({"a": 2})) == ["2"]


def it_merges_by_value_and_by_all_to_the_left():  # trap 5
    template = document(looped("{% vm r.a %}{{ r.a }}", "{% vm r.b %}{{ r.b }}", "{{ r.c }}", columns=3))
    rows = [("甲", "x", 1), ("甲", "x", 2), ("乙", "x", 3), ("乙", "y", 4)]
    content = ours(template, {"rows": [dict(zip("abc", values, strict=True)) for values in rows]})
    merges = [
        [
            property_.get(f"{W}val") if (property_ := one.find(f"{W}tcPr/{W}vMerge")) is not None else None
            for one in line.iter(f"{W}tc")
        ]
        for line in words.root(content).iter(f"{W}tr")
    ]
    assert merges == [
        ["restart", "restart", None],
        ["continue", "continue", None],
        ["restart", "restart", None],
        ["continue", "restart", None],
    ]
    with pytest.raises(Exception, match="unknown tag"):
        theirs(template, {"rows": []})


def it_merges_two_in_a_cell_and_where_the_template_merged_already():  # trap 5
    merged = cell("{% vm r.a %}{% vm r.b %}{{ r.a }}", '<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>')
    template = document(looped(merged, columns=1))
    content = ours(template, {"rows": [{"a": 1, "b": 1}, {"a": 1, "b": 1}, {"a": 1, "b": 2}]})
    properties = [one.find(f"{W}tcPr") for one in words.root(content).iter(f"{W}tc")]
    assert [words.order(one) for one in properties if one is not None] == [["tcW", "vMerge", "vAlign"]] * 3
    assert [one.find(f"{W}vMerge").get(f"{W}val") for one in properties] == ["restart", "continue", "restart"]


def it_writes_cell_properties_in_the_order_of_the_schema():  # trap 5
    template = document(looped(cell("{% vm %}{{ r }}", '<w:vAlign w:val="center"/>'), columns=1))
    plain = next(words.root(theirs(template, {"rows": [1, 2]})).iter(f"{W}tcPr"))
    assert words.order(plain) == ["tcW", "vAlign", "vMerge"]
    right = next(words.root(ours(template, {"rows": [1, 2]})).iter(f"{W}tcPr"))
    assert words.order(right) == ["tcW", "vMerge", "vAlign"]


def it_says_so_where_a_merge_has_no_loop():  # trap 5
    template = document(table(row("{% vm %}x", "{% hm %}y"), columns=2))
    with pytest.raises(Exception, match="loop"):
        theirs(template, {})
    with pytest.raises(InvalidTemplate) as caught:
        ours(template, {})
    assert [(one.code, one.as_json()["place"]) for one in caught.value.diagnostics] == [
        ("word-merge-needs-columns", "表1 第1行 第2列"),
        ("word-merge-needs-loop", "表1 第1行 第1列"),
    ]


@pytest.mark.parametrize(
    ("before", "text", "behind", "printed"),
    [
        ("{%p for i in [1, 2] %}", "{{ i % 2 }}", "{%p endfor %}", ["1", "0"]),
        ("{%p if 3 % 2 %}", "odd", "{%p endif %}", ["odd"]),
        ("{%p set d = {'a': {'b': 1}} %}", "{{ d.a.b }}", "", ["1", ""]),
        ("", '{{ {"a": "}}"}["a"] }}', "", ["", "}}", ""]),
        ("", "{{ 资金。总额|default（“无”） }}", "", ["", "12", ""]),
        ("", '{{ "“引号”（一）" }}', "", ["", "“引号”（一）", ""]),
    ],
)
def it_reads_tags_that_hold_percents_braces_and_full_width_signs(before, text, behind, printed):  # trap 6
    template = document(paragraph(before), paragraph(text), paragraph(behind))
    assert words.texts(ours(template, {"资金": {"总额": 12}})) == printed


@pytest.mark.parametrize("text", ["{%p if i % 2 %}", "{{ f（1） }}"])
def it_reads_tags_that_docxtpl_cannot(text):  # trap 6
    end = paragraph("{%p endif %}") if "if" in text else ""
    template = document(paragraph(text), paragraph("y"), end)
    context = {"i": 1, "f": lambda number: f"f{number}"}
    with pytest.raises(Exception, match=r"."):
        theirs(template, context)
    assert words.texts(ours(template, context))[-1] == "y"


def it_gives_what_a_loop_repeats_ids_of_its_own():  # trap 7
    marked = '<w:bookmarkStart w:id="7" w:name="节"/>' + run("{{ r }}") + '<w:bookmarkEnd w:id="7"/>'
    control = f'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>{paragraph("{{ r }}")}</w:sdtContent></w:sdt>'
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:extent cx="1" cy="1"/><wp:docPr id="1" name="x"/>'
        '<a:graphic><a:graphicData uri="u"/></a:graphic></wp:inline></w:drawing></w:r>'
    )
    template = document(
        paragraph("{%p for r in rows %}"),
        paragraph(marked, drawing, attributes=' w14:paraId="00000001"'),
        control,
        paragraph("{%p endfor %}"),
    )
    context = {"rows": [1, 2, 3]}
    kinds = {finding.kind for finding in ooxml.new_findings(template, theirs(template, context))}
    assert {"bookmark-id-twice", "bookmark-name-twice", "paraId-twice", "sdt-id-twice"} <= kinds
    content = ours(template, context)
    names = [one.get(f"{W}name") for one in words.root(content).iter(f"{W}bookmarkStart")]
    assert names == ["节", "节_2", "节_3"]
    ends = [one.get(f"{W}id") for one in words.root(content).iter(f"{W}bookmarkEnd")]
    assert ends == [one.get(f"{W}id") for one in words.root(content).iter(f"{W}bookmarkStart")]


def it_sets_the_east_asian_font_of_rich_text():  # trap 9
    template = document(paragraph("{{r a }}"))
    value = RichText("中", font="仿宋_GB2312")

    def fonts(content):
        return next(words.root(content).iter(f"{W}rFonts")).get(f"{W}eastAsia")

    assert fonts(theirs(template, {"a": value})) is None
    assert fonts(ours(template, {"a": value})) == "仿宋_GB2312"


def it_prints_paragraphs_as_paragraphs_of_that_format():  # trap 10
    template = document(paragraph("{{ a }}", properties='<w:jc w:val="both"/>'), paragraph("全文：{{ a }}"))
    content = ours(template, {"a": Paragraphs(["第一段。", "第二段。"])})
    assert words.texts(content) == ["第一段。", "第二段。", "全文：第一段。\n第二段。"]
    assert [one.find(f"{W}pPr/{W}jc") is not None for one in words.root(content).iter(f"{W}p")] == [True, True, False]


def it_keeps_docxtpls_signs_in_plain_text():  # trap 10
    template = document(paragraph(run("a", "<w:b/>"), run("{{ a }}", "<w:i/>"), properties='<w:jc w:val="both"/>'))
    context = {"a": "1\n2\t3\a4\f5"}
    both = [words.root(render(template, context)).find(f"{W}body") for render in (theirs, ours)]
    assert etree.tostring(both[0], method="c14n") == etree.tostring(both[1], method="c14n")


def it_refuses_tags_across_tracked_changes():  # trap 11
    change = '<w:ins w:id="1" w:author="x"><w:r><w:t>b }}</w:t></w:r></w:ins>'
    template = document(paragraph("x"), paragraph(run("{{ a") + change))
    with pytest.raises(InvalidTemplate) as caught:
        ours(template, {"ab": 1})
    (fault,) = caught.value.diagnostics
    assert (fault.code, fault.as_json()["place"]) == ("word-tag-across-change", "正文 第2段")


def it_leaves_deleted_text_alone():  # trap 11
    deleted = '<w:del w:id="1" w:author="x"><w:r><w:delText>{{ gone }}{%p if %}</w:delText></w:r></w:del>'
    template = document(paragraph(run("{{ a }}") + deleted))
    content = ours(template, {"a": 1})
    assert words.texts(content) == ["1"]
    assert next(words.root(content).iter(f"{W}delText")).text == "{{ gone }}{%p if %}"


BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="1" cy="1"/>'
    '<wp:docPr id="1" name="box" descr="{{ a }}"/><a:graphic><a:graphicData uri="u"><wps:wsp><wps:txbx><w:txbxContent>'
    f"{paragraph('{{ n() }}')}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice>"
    f"<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('{{ n() }}')}</w:txbxContent></v:textbox>"
    "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def it_prints_text_boxes_once():  # trap 11
    template = document(paragraph(BOX))

    def printed(render):
        calls = iter(range(9))
        return words.texts(render(template, {"n": lambda: next(calls), "a": "<图>"}))

    assert printed(theirs) == ["", "0", "1"]
    assert printed(ours) == ["", "0", "0"]


def it_prints_in_notes_comments_links_and_alternative_texts():  # trap 12
    def note(kind, start=2):
        return f'<w:{kind} w:id="{start}">{paragraph("{{ a }}")}</w:{kind}>'

    template = document(
        paragraph('<w:hyperlink r:id="rIdX"><w:r><w:t>网址</w:t></w:r></w:hyperlink>'),
        paragraph(BOX),
        parts={
            "footnotes": note("footnote"),
            "endnotes": note("endnote"),
            "comments": f'<w:comment w:id="0" w:author="x">{paragraph("{{ a }}")}</w:comment>',
        },
        links={"rIdX": ("hyperlink", "https://example.org/%7B%7B%20a%20%7D%7D?x=1")},
    )
    content = ours(template, {"a": "甲&", "n": lambda: 1})
    for kind in ("footnotes", "endnotes", "comments"):
        assert words.texts(content, f"word/{kind}.xml") == ["甲&"]
    link = next(words.root(content).iter(f"{W}hyperlink"))
    identity = link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
    targets = {one.get("Id"): one.get("Target") for one in words.root(content, "word/_rels/document.xml.rels")}
    assert targets[identity] == "https://example.org/%E7%94%B2&?x=1"
    assert "rIdX" not in targets
    drawing = next(
        words.root(content).iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    )
    assert drawing.get("descr") == "甲&"


def it_gives_each_turn_of_a_loop_its_own_link():  # trap 12
    link = '<w:hyperlink r:id="rIdX"><w:r><w:t>{{ r }}</w:t></w:r></w:hyperlink>'
    template = document(
        paragraph("{%p for r in rows %}"),
        paragraph(link),
        paragraph("{%p endfor %}"),
        links={"rIdX": ("hyperlink", "mailto:{{ r }}")},
    )
    content = ours(template, {"rows": ["a@b.cn", "c@d.cn"]})
    targets = [one.get("Target") for one in words.root(content, "word/_rels/document.xml.rels")]
    assert {"mailto:a@b.cn", "mailto:c@d.cn"} <= set(targets)


def it_writes_properties_into_their_own_namespace():  # trap 13
    template = document(paragraph("x"))
    parts = words.members(template)
    core = parts["docProps/core.xml"].decode()
    core = re.sub(r"<cp:keywords>.*?</cp:keywords>|<cp:keywords/>", "", core)
    parts["docProps/core.xml"] = core.replace(
        "</cp:coreProperties>", "<cp:keywords>{{ a }}</cp:keywords></cp:coreProperties>"
    ).encode()
    content = ours(words.pack(parts), {"a": "绩效"})
    space = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
    assert words.root(content, "docProps/core.xml").find(f"{space}keywords").text == "绩效"


def it_needs_no_docx_library_to_render():  # trap 13: python-docx's namespaces are not touched
    code = (
        "import sys, io\nfrom tests.support import words\n"
        "from generator.word import WordTemplate\n"
        "import docx.oxml.ns\nbefore = docx.oxml.ns.nsmap['cp']\n"
        "WordTemplate(words.document(words.paragraph('{{ a }}'))).render({'a': 1})\n"
        "print(docx.oxml.ns.nsmap['cp'] == before)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


def it_leaves_no_table_without_rows_and_no_cell_without_paragraph():
    template = document(
        looped("{{ r }}", columns=1),
        paragraph("x"),
        table(row(paragraph("{%p if a %}") + paragraph("y") + paragraph("{%p endif %}")), columns=1),
    )
    content = ours(template, {"rows": [], "a": False})
    assert len(list(words.root(content).iter(f"{W}tbl"))) == 1
    assert words.texts(content) == ["x", ""]
    assert words.texts(ours(template, {"rows": [1], "a": True})) == ["1", "x", "y"]


def it_keeps_the_format_of_the_run_where_a_tag_begins():
    pieces = (
        run("前{{ a", "<w:b/>"),
        '<w:proofErr w:type="spellStart"/>',
        run(".b ", "<w:i/>"),
        run("}}后", "<w:u w:val='single'/>"),
    )
    content = ours(document(paragraph(*pieces)), {"a": {"b": "值"}})
    runs = list(words.root(content).iter(f"{W}r"))
    assert [(one.findtext(f"{W}t"), words.order(one.find(f"{W}rPr"))) for one in runs] == [
        ("前值", ["b"]),
        ("后", ["u"]),
    ]


def it_gives_each_turn_of_a_loop_a_comment_of_its_own():  # trap 7
    marked = (
        '<w:commentRangeStart w:id="0"/>' + run("{{ r }}") + '<w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r>'
    )
    comment = f'<w:comment w:id="0" w:author="x">{paragraph("注")}</w:comment>'
    template = document(
        paragraph("{%p for r in rows %}"), paragraph(marked), paragraph("{%p endfor %}"), parts={"comments": comment}
    )
    content = ours(template, {"rows": [1, 2, 3]})
    assert words.texts(content) == ["1", "2", "3"]
    for name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        assert len({one.get(f"{W}id") for one in words.root(content).iter(f"{W}{name}")}) == 3
    assert words.texts(content, "word/comments.xml") == ["注"] * 3
