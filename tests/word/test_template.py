"""Word templates: what they read, what they print, compiled once."""

import datetime
import io
import threading
import zipfile
from decimal import Decimal

import docx
import jinja2
import pytest
from docxtpl import Listing, RichText
from lxml import etree
from markupsafe import Markup

from generator.diagnostics import Failure, InvalidTemplate
from generator.figures import Blank
from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.words import W, document, paragraph, row, run, table


def render(template, context, **options):
    content = WordTemplate(template).render(context, **options)
    assert not ooxml.new_findings(template, content)
    return content


def it_reads_paths_bytes_and_files(tmp_path):
    content = document(paragraph("{{ a }}"))
    path = tmp_path / "模板.docx"
    path.write_bytes(content)
    for source in (path, str(path), content, io.BytesIO(content)):
        assert words.texts(WordTemplate(source).render({"a": "甲"})) == ["甲"]
    with path.open("rb") as file:
        assert words.texts(WordTemplate(file).render({"a": "甲"})) == ["甲"]


def it_refuses_what_is_no_word_document(tmp_path):
    with pytest.raises(Failure):
        WordTemplate(tmp_path / "nothing.docx")
    for content in (b"", b"hello", words.pack({"[Content_Types].xml": b"<Types/>"})):
        with pytest.raises(InvalidTemplate):
            WordTemplate(content)


def it_makes_documents_of_dotx_and_refuses_macros_and_strict_files():
    parts = words.members(document(paragraph("{{ a }}")))
    types = parts["[Content_Types].xml"]

    def of(kind):
        return words.pack({**parts, "[Content_Types].xml": types.replace(b"wordprocessingml.document.main", kind)})

    made = docx.Document(io.BytesIO(WordTemplate(of(b"wordprocessingml.template.main")).render({"a": 1})))
    assert made.paragraphs[0].text == "1"
    macro = types.replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(words.pack({**parts, "[Content_Types].xml": macro}))
    assert caught.value.diagnostics[0].code == "word-macros"
    allowed = words.pack({**parts, "[Content_Types].xml": macro, "word/vbaProject.bin": b"macros"})
    made = words.members(WordTemplate(allowed, allow_macros=True).render({"a": 1}))
    assert made["word/vbaProject.bin"] == b"macros"
    assert made["[Content_Types].xml"] == macro
    of_template = macro.replace(b"document.macroEnabled.main", b"template.macroEnabledTemplate.main")
    allowed = words.pack({**parts, "[Content_Types].xml": of_template})
    assert words.members(WordTemplate(allowed, allow_macros=True).render({"a": 1}))["[Content_Types].xml"] == macro
    strict = parts["word/document.xml"].replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(words.pack({**parts, "word/document.xml": strict}))
    assert caught.value.diagnostics[0].code == "word-strict"


def it_gives_the_same_bytes_to_every_thread():
    template = WordTemplate(
        document(
            table(
                row("{%tr for r in rows %}", ""),
                row("{% vm r.k %}{{ r.k }}", "{{ r.v }}"),
                row("{%tr endfor %}", ""),
                columns=2,
            ),
            paragraph("{{ t }}"),
        )
    )
    contexts = [{"rows": [{"k": i // 3, "v": f"{n}-{i}\n"} for i in range(40)], "t": n} for n in range(8)]
    expected = [template.render(context) for context in contexts]
    assert len(set(expected)) == 8
    found = [[b""] * 25 for _ in contexts]

    def work(number):
        for turn in range(25):
            found[number][turn] = template.render(contexts[number])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert all(set(turns) == {wanted} for turns, wanted in zip(found, expected, strict=True))


def it_leaves_what_holds_no_tags_as_it_is():
    template = document(paragraph("{{ a }}"))
    before, after = words.members(template), words.members(WordTemplate(template).render({"a": 1}))
    assert list(before) == list(after)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}


def it_names_the_variables_of_every_part():
    made = docx.Document()
    made.add_paragraph("{{ 单位.名称 }}{% for r in rows %}{{ r.total|fixed(2) }}{% endfor %}{% set k = a.b %}{{ k.c }}")
    made.sections[0].header.paragraphs[0].text = "{{ 年度 }}"
    made.core_properties.title = "{{ 标题 }}"
    made.add_table(1, 1).cell(0, 0).text = "{% vm r2.x %}{{ q }}{% colspan n %}"
    buffer = io.BytesIO()
    made.save(buffer)
    assert WordTemplate(buffer.getvalue()).variables() == {
        "单位.名称",
        "rows[].total",
        "a.b.c",
        "年度",
        "标题",
        "r2.x",
        "q",
        "n",
    }


def it_takes_an_environment_with_filters_tests_and_globals():
    own = jinja2.Environment()
    own.filters["twice"] = lambda value: value * 2
    own.tests["big"] = lambda value: value > 9
    own.globals["unit"] = "万元"
    content = document(paragraph("{{ a|twice }}{{ unit }}{% if a is big %}大{% endif %}"))
    assert words.texts(WordTemplate(content, environment=own).render({"a": 10})) == ["20万元大"]
    with pytest.raises(InvalidTemplate):
        WordTemplate(content)


def it_prints_nothing_for_undefined_names_if_asked():
    template = WordTemplate(document(paragraph("[{{ a.b }}]")), undefined="empty")
    assert words.texts(template.render({})) == ["[]"]
    with pytest.raises(InvalidTemplate):
        template.render({}, undefined="strict")
    with pytest.raises(ValueError, match="strict"):
        WordTemplate(document(paragraph("x")), undefined="loose")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (Decimal("1.5"), "数字"),
        (2, "数字"),
        (True, "是否"),
        (None, "空值"),
        (datetime.date(2020, 1, 1), "日期"),
        (datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC), "日期"),
        (datetime.time(1, 2), "时刻"),
    ],
)
def it_says_in_words_what_a_loop_cannot_run_over(value: object, kind: str):
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(document(paragraph("{% for x in a %}{{ x }}{% endfor %}"))).render({"a": value})
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.place.zh) == ("template-not-a-list", "正文 第1段")
    assert found.message.endswith(f"而是{kind}。")


def it_prints_control_characters_as_what_they_mean():
    template = document(paragraph("{{ a }}"))
    assert words.texts(render(template, {"a": "1\r\n2\r3\x0b4\u20285\x076"})) == ["1\n2\n3\n4\n5", "6"]


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x08", "\x0e", "\x1b", "\x1f", "\ud800", "\ufffe", "\uffff"])
def it_refuses_a_character_that_no_document_holds_wherever_it_would_print(character: str):
    text = f"甲{character}乙"
    values = {"text": text, "safe": Markup(text), "rich": RichText(text), "listing": Listing(text)}
    template = WordTemplate(
        document(
            *(paragraph(f"{{{{ {name} }}}}") for name in values),
            paragraph("{{r rich }}"),
            paragraph("{{ 1|footnote(text) }}"),
            paragraph("{{ text|markdown }}"),
            table(row("{{ text }}"), columns=1),
        )
    )
    with pytest.raises(InvalidTemplate) as caught:
        template.render(values)
    found = [(finding.code, finding.location.place.zh) for finding in caught.value.diagnostics]
    places = [*(f"正文 第{number}段" for number in range(1, 8)), "表1 第1行 第1列"]
    assert found == [("word-control-character", place) for place in places]
    assert f"U+{ord(character):04X}" in caught.value.diagnostics[0].message


def it_never_evaluates_what_stands_in_values():
    template = document(paragraph("{{ a }}"), paragraph("{{r a }}"), paragraph("{{p a }}"))
    text = "{{ b }}{% if %}{# x #}{_{"
    assert words.texts(render(template, {"a": text})) == [text] * 3


def it_prints_docxtpls_escapes_and_raw_text():
    template = document(paragraph("{_{ a }_} {_% b %_} {% raw %}{{ c }}{% endraw %} {# 注 #}尾"))
    assert words.texts(render(template, {})) == ["{{ a }} {% b %} {{ c }} 尾"]


def it_keeps_the_formats_around_run_tags():
    template = document(paragraph(run("前{{r a }}后", "<w:b/>")))
    content = render(template, {"a": "中"})
    shapes = [
        (one.findtext(f"{W}t"), one.find(f"{W}rPr/{W}b") is not None) for one in words.root(content).iter(f"{W}r")
    ]
    assert shapes == [("前", True), ("中", True), ("后", True)]


def it_lifts_tags_out_of_hosts_that_hold_hosts():
    inner = table(row("{%tr for x in r.xs %}"), row("{{ x }}"), row("{%tr endfor %}"), columns=1)
    outer = table(
        row("{%tr for r in rows %}", ""),
        row(
            "{{ r.n }}",
            inner + paragraph("{%p if r.ok %}") + paragraph("好") + paragraph("{%p endif %}") + paragraph(""),
        ),
        row("{%tr endfor %}", ""),
        columns=2,
    )
    context = {"rows": [{"n": 1, "xs": [2, 3], "ok": True}, {"n": 4, "xs": [], "ok": False}]}
    assert words.texts(render(document(outer), context)) == ["1", "2", "3", "好", "", "4", ""]


def it_keeps_every_statement_of_a_paragraph_that_goes():
    template = document(
        paragraph("{%p for r in rows %}{%p if r.ok %}"), paragraph("{{ r.n }}"), paragraph("{%p endif %}{%p endfor %}")
    )
    assert words.texts(render(template, {"rows": [{"n": 1, "ok": True}, {"n": 2, "ok": False}]})) == ["1"]


def it_ends_a_merge_where_its_loop_ends():
    loops = [
        line
        for name in ("甲", "乙")
        for line in (row(f"{{%tr for r in {name} %}}"), row("{% vm r %}{{ r }}"), row("{%tr endfor %}"))
    ]
    content = render(document(table(*loops, columns=1)), {"甲": ["x", "x"], "乙": ["x"]})
    merges = [one.get(f"{W}val") for one in words.root(content).iter(f"{W}vMerge")]
    assert merges == ["restart", "continue", "restart"]


def it_tells_records_apart_that_read_alike():
    template = document(
        table(
            row("{%tr for g in groups %}", ""),
            row("{%tr for r in g.rows %}", ""),
            row("{% vm g %}{{ g.name }}", "{{ r }}"),
            row("{%tr endfor %}", ""),
            row("{%tr endfor %}", ""),
            columns=2,
        )
    )
    groups = [{"name": "数量指标", "rows": [1, 2]}, {"name": "数量指标", "rows": [3]}]
    content = render(template, {"groups": groups})
    assert [one.get(f"{W}val") for one in words.root(content).iter(f"{W}vMerge")] == ["restart", "continue", "restart"]
    assert words.texts(content) == ["数量指标", "1", "", "2", "数量指标", "3"]


def it_prints_a_draft_with_what_is_missing():
    template = document(
        paragraph(run("总额{{ 资金.总额 }}，{{ 单位.名称 }}", "<w:b/><w:sz w:val='32'/>")),
        paragraph("{% for x in 指标 %}{{ x }}{% endfor %}"),
    )
    context = {"资金": {"总额": Blank("资金.总额", "年度资金总额", "", required=True, draft=True)}}
    content = render(template, context, draft=True)
    assert words.texts(content) == [
        "总额【待填：年度资金总额】，【待填：单位.名称】",
        "",
        "待填内容（必填2处）",
        "1. 年度资金总额（资金.总额）",
        "2. 单位.名称",
    ]
    marked = [one for one in words.root(content).iter(f"{W}r") if "待填：" in (one.findtext(f"{W}t") or "")]
    assert [words.order(one.find(f"{W}rPr")) for one in marked] == [["b", "sz", "highlight"]] * 2
    assert (
        words.texts(render(template, {"资金": {"总额": Blank()}, "单位": {"名称": "甲"}, "指标": []}))[0] == "总额，甲"
    )


def it_changes_nothing_that_a_reader_of_the_package_sees_between_renders():
    template = WordTemplate(document(paragraph("{{ a }}")))
    one, other = template.render({"a": "x"}), template.render({"a": "x"})
    assert one == other
    assert etree.tostring(words.root(one)) == etree.tostring(words.root(other))


def it_takes_comments_over_paragraphs_out():
    template = document(paragraph("前{# 说明"), paragraph("{{ gone"), paragraph("结束 #}后{{ a }}"))
    assert words.texts(render(template, {"a": 1})) == ["前后1"]


def it_leaves_raw_text_over_paragraphs_alone():
    template = document(paragraph("{% raw %}{{ a }}"), paragraph("{{ b"), paragraph("{%p c %}{% endraw %}{{ a }}"))
    assert words.texts(render(template, {"a": 1})) == ["{{ a }}", "{{ b", "{%p c %}1"]


def it_prints_in_formulas():
    formula = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>{{ a }}</m:t></m:r></m:oMath>'
    content = render(document(paragraph(run("x")).replace("</w:p>", formula + "</w:p>")), {"a": "1<2"})
    math = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
    assert [one.text for one in words.root(content).iter(math)] == ["1<2"]


def it_prints_numbers_as_python_does():
    template = document(paragraph("{{ a }} {{ b }} {{ c }} {{ d }}"))
    assert words.texts(render(template, {"a": 1.5, "b": True, "c": None, "d": 10**20})) == [
        "1.5 True None 100000000000000000000"
    ]


def it_refuses_names_that_only_the_fifth_edition_of_xml_has():
    content = document(paragraph("甲{{ a }}"))
    with zipfile.ZipFile(io.BytesIO(content)) as package, io.BytesIO() as stream:
        with zipfile.ZipFile(stream, "w") as odd:
            for member in package.namelist():
                data = package.read(member)
                if member == "word/document.xml":
                    data = data.replace(b"<w:body>", "<w:body \ufffdx='1'>".encode())
                odd.writestr(member, data)
        template = WordTemplate(stream.getvalue())
    with pytest.raises(InvalidTemplate) as caught:
        template.render({"a": "x"})
    assert [(one.code, one.arguments["part"]) for one in caught.value.diagnostics] == [
        ("xml-damaged", "word/document.xml")
    ]
