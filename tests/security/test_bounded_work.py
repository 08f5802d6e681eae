"""Work is bounded: what a template, its loops and its expressions cost ends with a message at the tag, within a second or two.

Each template here took minutes or gigabytes, or ended in a traceback, without the bounds.
"""

import datetime
import io
import time
from fractions import Fraction

import openpyxl
import pytest
from docx import Document

from generator.api import lint
from generator.diagnostics import Invalid, InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.ooxml.limits import Limits, limits, parse_limits, within
from generator.source import read_source
from generator.word import WordTemplate
from tests.security.attacks import one_cell, parts_of
from tests.support.words import document, paragraph

CONTEXT = {
    "v": 1,
    "n": 7,
    "s": "x",
    "d": {"a": 1},
    "day": datetime.datetime(2020, 1, 2, tzinfo=datetime.UTC),
    "f": Fraction(1, 3),
}
TENTH = Limits(turns=1_000_000, characters=10_000_000, output=25 << 20)  # of the bounds that hold where none are named
DOUBLING = "{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(60) %}"

TOO_MUCH = {
    "nested loops": ("{% for a in range(9999) %}" * 4 + "{% endfor %}" * 4, "template-too-many-turns"),
    "lists of lists": (
        DOUBLING + "{% set ns.a = [ns.a, ns.a] %}{% endfor %}{{ ns.a|string|length }}",
        "template-too-large",
    ),
    "lists compared": (
        DOUBLING + "{% set ns.a = [ns.a, ns.a] %}{% set ns.b = [ns.b, ns.b] %}{% endfor %}{{ ns.a == ns.b }}",
        "template-too-large",
    ),
    "lists added": (DOUBLING + "{% set ns.a = ns.a + ns.a %}{% endfor %}{{ ns.a|length }}", "template-too-large"),
    "lists filled": (
        DOUBLING + "{% set ns.a = [1]|batch(3, ns.a)|list %}{% endfor %}{{ ns.a == 1 }}",
        "template-too-large",
    ),
    "tuples hashed": (
        "{% set ns = namespace(t=(1,)) %}{% for i in range(60) %}{% set ns.t = (ns.t, ns.t) %}{% endfor %}{{ d[ns.t] }}",
        "template-too-large",
    ),
    "tuples too deep": (
        "{% set ns = namespace(t=(1,)) %}{% for i in range(99999) %}{% set ns.t = (ns.t,) %}{% endfor %}{{ {ns.t: 1} }}",
        "template-too-complex",
    ),
    "numbers squared": (
        "{% set ns = namespace(n=2) %}{% for i in range(60) %}{% set ns.n = ns.n * ns.n %}{% endfor %}{{ ns.n }}",
        "template-too-large",
    ),
    "blocks doubled": (
        (
            "{% set ns = namespace(s='x') %}{% for i in range(60) %}{% set t %}{{ ns.s }}{{ ns.s }}{% endset %}"
            "{% set ns.s = t %}{% endfor %}{{ ns.s|length }}"
        ),
        "template-too-large",
    ),
    "literals kept": (
        "{% set x %}{% for i in range(99999) %}" + "L" * 9_999 + "{% endfor %}{% endset %}{{ x|length }}",
        "template-too-large",
    ),
    "slices kept": ("{% set s = 'x' * 1000000 %}" + "{% set a = s[1:] %}" * 200, "template-too-large"),
    "map center": ("{{ range(99999)|map('string')|map('center', 99999)|join|length }}", "template-too-large"),
    "translate": ("{{ ('a' * 100000).translate({97: 'x' * 100000})|length }}", "template-too-large"),
    "format": ("{{ ('{0}' * 100000).format('x' * 100000)|length }}", "template-too-large"),
    "format widths": ("{{ ('{0:99999}' * 10000).format(1)|length }}", "template-too-large"),
    "format widths that values give": ("{{ '{:{}}'.format(1, '>999999999') }}", "template-too-large"),
    "format widths within values": ("{{ '{0:{1[a][0]}}'.format(1, {'a': ['&lt;999999999']}) }}", "template-too-large"),
    "percent widths": ("{{ ('%99999d' * 100000)|format(1)|length }}", "template-too-large"),
    "percent star": ("{{ '%*d' % (1000000000, 1) }}", "template-too-large"),
    "wordwrap": ("{{ ('a ' * 5000000)|wordwrap(1, true, 'x' * 1000)|length }}", "template-too-large"),
    "wordwrap of one word": ("{{ ('a' * 900000)|wordwrap(1)|length }}", "template-too-large"),
    "date widths": ("{{ day.strftime('%99999Y') }}", "template-too-large"),
    "date layouts": ("{{ ('{:' ~ '%Y' * 4000 ~ '}').format(day) }}", "template-too-large"),
    "date layouts read": ("{{ day.strptime('x', '%Y' * 50000) }}", "template-too-large"),
    "fractions": ("{{ f ** 1000000000 }}", "template-too-large"),
    "fractions grown": (
        (
            "{% set ns = namespace(f=f, g=f) %}{% for i in range(100) %}{% set ns.f = ns.f - ns.g %}"
            "{% set ns.g = ns.g / (ns.f + 7) %}{% endfor %}{{ ns.f > 1 }}"
        ),
        "template-too-large",
    ),
    "indent": ("{{ ('\\n' * 1000000)|indent(99999)|length }}", "template-too-large"),
    "expandtabs": ("{{ ('\\t' * 1000000).expandtabs(99999)|length }}", "template-too-large"),
    "zfill": ("{{ 'a'.zfill(999999999)|length }}", "template-too-large"),
    "fixed": ("{{ n|fixed(1000000000) }}", "template-too-large"),
    "join": ("{{ ('x' * 100000)|list|join('y' * 100000)|length }}", "template-too-large"),
    "split": ("{{ ('x ' * 20000000).split()|length }}", "template-too-large"),
    "striptags": ("{{ ('&lt;a>' * 3000000)|striptags|length }}", "template-too-large"),
    "sum of lists": ("{% set l = [[1]] * 99999 %}{{ l|sum(start=[])|length }}", "template-too-large"),
    "lists of ranges": (
        "{% set ns = namespace(a=1) %}{% for i in range(99999) %}{% set ns.a = [ns.a, range(100000)|list] %}{% endfor %}",
        "template-too-large",
    ),
    "output": ("{% set s = 'x' * 1000000 %}{% for i in range(99999) %}{{ s }}{% endfor %}", "template-too-large"),
    "to_bytes": ("{{ n.to_bytes(1000000000, 'big')|length }}", "template-unsafe"),
    "encode": ("{{ s.encode('utf-32')|length }}", "template-unsafe"),
    "recursive loop": ("{% for x in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}", "template-too-deep"),
    "recursive macro": ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "template-too-deep"),
}

TOO_COMPLEX = {
    "brackets": "{{ " + "(" * 5000 + "v" + ")" * 5000 + " }}",
    "lists": "{{ " + "[" * 3000 + "]" * 3000 + " }}",
    "not": "{{ " + "not " * 5000 + "v }}",
    "minus": "{{ " + "-" * 5000 + "n }}",
    "plus": "{{ n" + "+n" * 900 + " }}",
    "attributes": "{{ d" + ".a" * 4000 + " }}",
    "filters": "{{ s" + "|upper" * 1000 + " }}",
    "conditions": "{{ " + "1 if v else " * 800 + "2 }}",
    "powers": "{{ n" + "**n" * 3000 + " }}",
    "digits": "{{ " + "9" * 100_000 + " }}",
    "ifs": "{% if v %}" * 5000 + "x" + "{% endif %}" * 5000,
    "ifs that Python takes no more": "{% if v %}" * 95 + "x" + "{% endif %}" * 95,
    "loops": "{% for i in [1] %}" * 25 + "x" + "{% endfor %}" * 25,
    "elif": "{% if v %}" + "{% elif v %}" * 2_001 + "{% endif %}",
    "macros": "{% macro f() %}" * 90 + "x" + "{% endmacro %}" * 90,
    "name": "{{ " + "x" * 20_000 + " }}",
    "tags": "{{ n }}" * 60_000,
    "blocks and names": "".join(f"{{% if x{n} %}}{{% set y{n} = 1 %}}{{% endif %}}" for n in range(5_000)),
}

UNCLOSED = {
    "braces": "{" * 100_000,
    "comments": "{#" * 50_000,
    "tags": "{{ x " * 15_000,
    "statements": "{% if x " * 15_000,
    "quotes": '{{ "' * 15_000,
}


def codes(template: str, make=None) -> set[str]:
    begun = time.thread_time()
    with pytest.raises(InvalidTemplate) as caught:
        (make or (lambda text: WordTemplate(document(paragraph(text)))))(template).render(CONTEXT)
    assert time.thread_time() - begun < 5
    for finding in caught.value.diagnostics:
        assert finding.location.place
    return {finding.code for finding in caught.value.diagnostics}


@pytest.mark.parametrize("name", TOO_MUCH)
def it_ends_a_render_that_costs_too_much(name):
    template, code = TOO_MUCH[name]
    with within(TENTH):
        assert codes(template) == {code}


@pytest.mark.slow
@pytest.mark.parametrize("name", TOO_MUCH)
def it_ends_it_within_the_bounds_that_hold_where_none_are_named(name):
    template, code = TOO_MUCH[name]
    assert codes(template) == {code}


@pytest.mark.parametrize("name", ["nested loops", "lists compared", "map center", "percent widths", "recursive macro"])
def it_ends_it_in_a_workbook_too(name):
    template, code = TOO_MUCH[name]
    assert codes(template, lambda text: ExcelTemplate(one_cell(text))) == {code}


@pytest.mark.parametrize("name", TOO_COMPLEX)
def it_refuses_what_is_too_complex_to_be_parsed(name):
    assert codes(TOO_COMPLEX[name]) == {"template-too-complex"}


@pytest.mark.parametrize("name", ["brackets", "digits", "ifs", "loops", "plus"])
def it_refuses_it_in_a_workbook_too(name):
    text = TOO_COMPLEX[name][:32_000] if name != "ifs" else "{% if v %}" * 90 + "{% endif %}" * 90
    found = codes(text, lambda text: ExcelTemplate(one_cell(text)))
    assert found & {"template-too-complex", "template-tag-unclosed"}


@pytest.mark.parametrize("name", UNCLOSED)
def it_reads_unclosed_tags_in_linear_time(name):
    assert codes(UNCLOSED[name]) == {"template-tag-unclosed"}


def it_ends_a_tree_of_macros_at_its_deadline():
    tree = "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}"
    with within(Limits(seconds=0.5)):
        assert codes(tree) == {"template-too-slow"}


@pytest.mark.parametrize("kind", [WordTemplate, ExcelTemplate])
def it_ends_a_kept_template_at_its_deadline_without_a_second_run(kind):
    tree = "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}"
    content = document(paragraph("甲"), paragraph(tree)) if kind is WordTemplate else one_cell(tree)
    kept = kind.restored(content, kind(content).kept())
    begun = time.thread_time()
    with within(Limits(seconds=0.3)), pytest.raises(InvalidTemplate) as caught:
        kept.render(CONTEXT)
    assert time.thread_time() - begun < 0.6
    (finding,) = caught.value.diagnostics
    assert finding.code == "template-too-slow"
    assert finding.location.place is not None
    assert finding.location.place.zh == ("正文 第2段" if kind is WordTemplate else "Sheet!A1")


def it_spends_one_budget_on_a_render_and_on_the_search_for_its_faults():
    """600 turns of 1,000, a fault, and 400 that are left for finding others: the fault is told, and no limit that nothing reached."""
    word = document(
        paragraph("{% for x in range(600) %}{% endfor %}"), paragraph("{{ 1/0 }}"), paragraph("{{ nothing }}")
    )
    book = openpyxl.Workbook()
    sheet = book["Sheet"]
    sheet["A1"] = "{% for x in range(600) %}{% endfor %}"
    sheet["A2"] = "{{ 1/0 }}"
    book.create_sheet("次")["A1"] = "{% for x in range(600) %}{% endfor %}"
    stream = io.BytesIO()
    book.save(stream)
    for engine, content, place in ((WordTemplate, word, "正文 第2段"), (ExcelTemplate, stream.getvalue(), "Sheet!A2")):
        with within(Limits(turns=1_000)), pytest.raises(InvalidTemplate) as caught:
            engine(content).render({})
        found = [
            (finding.code, finding.location.place and finding.location.place.zh) for finding in caught.value.diagnostics
        ]
        assert found == [("template-failed", place)]


@pytest.mark.parametrize(
    "formula",
    ["SUM(A$1:A1)", "SUMPRODUCT((A$1:A$99=A1)*B$1:B$99)", "SUMIF(A:A,A1,B:B)", "SUMPRODUCT(A$1:A1,B$1:B1)"],
    ids=["sum", "array", "columns", "products"],
)
def it_leaves_formulas_to_excel_that_read_too_many_cells(formula):
    cells = b"".join(
        b'<row r="%d"><c r="C%d"><f>%b</f></c></row>' % (n, n, formula.replace("A1", f"A{n}").encode())
        for n in range(2, 100)
    )
    content = crowded(one_cell("{{ v }}"), SHEET, b"</row></sheetData>", b"</row>" + cells + b"</sheetData>")
    assert ExcelTemplate(content).render_with_notes(CONTEXT).notes == []
    with within(Limits(cells=4_000)):
        notes = ExcelTemplate(content).render_with_notes(CONTEXT).notes
    assert {note.code for note in notes} == {"excel-not-computed", "excel-not-computed-more"}
    assert "4000" in notes[0].message.replace(",", "")


def it_looks_in_whole_columns_as_far_as_they_hold_something():
    """A column of a million empty cells took a second for each column that a criterion looks in."""
    cells = b"".join(
        b'<c r="%b2"><f>AVERAGEIF(%b:%b,"&gt;1")</f></c>' % (column, column, column) for column in (b"H", b"I", b"J")
    )
    content = crowded(
        one_cell("{{ v }}"), SHEET, b"</row></sheetData>", b'</row><row r="2">' + cells + b"</row></sheetData>"
    )
    begun = time.thread_time()
    ExcelTemplate(content).render(CONTEXT)
    assert time.thread_time() - begun < 1


def it_takes_other_limits(monkeypatch):
    template = WordTemplate(document(paragraph("{% for i in range(n) %}{{ i }}{% endfor %}")))
    with within(Limits(turns=100)), pytest.raises(InvalidTemplate):
        template.render({"n": 1000})
    assert template.render({"n": 1000})
    monkeypatch.setenv("GENERATOR_LIMITS", "turns=100")
    with pytest.raises(InvalidTemplate):
        template.render({"n": 1000})


def it_reads_limits_as_they_are_typed():
    assert parse_limits("seconds=0.5, turns=7") == Limits(seconds=0.5, turns=7)
    assert limits() == Limits()
    for wrong in ("second=1", "seconds", "seconds=0", "turns=x", "turns=-1", "seconds=nan"):
        with pytest.raises(ValueError, match=r"."):
            parse_limits(wrong)


def it_lets_ordinary_work_pass():
    rows = [{"a": i, "b": f"第{i}行", "c": [i, i + 1]} for i in range(20_000)]
    text = (
        "{% for r in rows %}{{ r.a|fixed }}{{ r.b|replace('第', '')|center(20) }}{{ r.c|join('、') }}{{ '%05d' % r.a }}"
        "{{ [r.a, 1]|sum }}{{ r.b ~ r.a }}{% if r.a in [1, 2] and r.b != r.a %}x{% endif %}{% endfor %}"
        "{{ rows|sum(attribute='a') }}{{ rows|map(attribute='b')|list|length }}{{ (rows|sort(attribute='b'))[0].a }}"
    )
    assert WordTemplate(document(paragraph(text.replace("<", "&lt;")))).render({"rows": rows})


def it_adds_up_lists_that_are_short():
    text = "{{ [c, [3]]|sum(start=[])|join('、') }}"
    made = WordTemplate(document(paragraph(text))).render({"c": [1, 2]})
    assert "1、2、3" in Document(io.BytesIO(made)).paragraphs[0].text


def it_says_of_lists_of_two_kinds_that_they_cannot_be_added():
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(document(paragraph("{{ [c]|sum(start=()) }}"))).render({"c": [1, 2]})
    (found,) = caught.value.diagnostics
    assert found.code == "template-failed"
    assert "列表只能和同一种列表相加" in found.message


@pytest.mark.parametrize("text", ["> " * 3_000 + "a", "[" * 3_000 + "a" + "](b)" * 3_000], ids=["quotations", "links"])
def it_says_of_markdown_that_it_is_nested_too_deep(text):
    for engine, content in (
        (WordTemplate, document(paragraph("{{ m|markdown }}"))),
        (ExcelTemplate, one_cell("{{ m|markdown }}")),
    ):
        with pytest.raises(InvalidTemplate) as caught:
            engine(content).render({"m": text})
        (found,) = caught.value.diagnostics
        assert found.code == "template-failed"
        assert "层数太多" in found.message


def crowded(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    return parts_of(content, {part: lambda data: data.replace(old, new, 1)})


SHEET = "xl/worksheets/sheet1.xml"
CONTROL = '<w:sdt><w:sdtPr><w:tag w:val="t{}"/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>x</w:t></w:r></w:p></w:sdtContent></w:sdt>'


REFERENCE = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
NOTE = '<w:footnote w:id="{}"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote>'
MARK = '<w:bookmarkStart w:id="{0}" w:name="b{0}"/><w:bookmarkEnd w:id="{0}"/>'


def looped(runs: str) -> str:
    return paragraph("{%p for r in rows %}") + f"<w:p>{runs}</w:p>" + paragraph("{%p endfor %}")


CROWDS = {
    "controls": ("".join(CONTROL.format(number) for number in range(5_000)), "", "正文 第3001段"),
    "notes in a loop": (
        looped("".join(REFERENCE.format(number) for number in range(4_001))),
        "".join(NOTE.format(number) for number in range(4_001)),
        "脚注4001",
    ),
    "bookmarks in a loop": (looped("".join(MARK.format(number) for number in range(7_000))), "", "正文 第1段"),
    "branches in paragraphs": (
        paragraph("{%p if a == 0 %}") + paragraph("{%p elif a == 1 %}") * 2_001 + paragraph("{%p endif %}"),
        "",
        "正文 第2002段",
    ),
}


@pytest.mark.parametrize("name", CROWDS)
def it_refuses_what_is_too_many_with_the_place_of_the_first(name):
    body, notes, place = CROWDS[name]
    content = document(body, parts={"footnotes": notes} if notes else {})
    begun = time.thread_time()
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(content)
    assert time.thread_time() - begun < 5
    (finding,) = caught.value.diagnostics
    assert finding.location.place is not None
    assert (finding.code, finding.location.place.zh) == ("template-too-complex", place)


OVERFULL = {
    "attributes": crowded(
        document(paragraph("甲")),
        "word/document.xml",
        b"<w:body",
        b"<w:body " + b" ".join(b'w:a%d="x"' % n for n in range(50_000)),
    ),
    "elements": crowded(document(paragraph("甲")), "word/settings.xml", b"<w:zoom", b"<w:x/>" * 3_000_000 + b"<w:zoom"),
}


@pytest.mark.parametrize("name", OVERFULL)
def it_refuses_parts_that_readers_take_long_for(name):
    begun = time.thread_time()
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(OVERFULL[name])
    assert time.thread_time() - begun < 5
    (finding,) = caught.value.diagnostics
    assert finding.code == "package-too-large"
    assert name == "elements" or "an element of word/document.xml has more than 5000 attributes" in finding.text.en


@pytest.mark.parametrize(
    "new",
    [
        b'</row></sheetData><mergeCells><mergeCell ref="B1:XFD1048576"/></mergeCells>',
        b'<c r="B1"><f t="array" ref="B1:XFD1048576">A1</f></c></row></sheetData>',
        b'<c r="B1"><f t="shared" si="0" ref="B1:B1048576">A1</f></c></row></sheetData>',
        b"<c r='B1'><f>" + b"(" * 8_000 + b"1" + b")" * 8_000 + b"</f></c></row></sheetData>",
    ],
    ids=["merge", "array", "shared formula", "brackets"],
)
def it_takes_what_spans_a_whole_sheet(new, tmp_path):
    content = crowded(one_cell("{{ v }}"), SHEET, b"</row></sheetData>", new)
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    begun = time.thread_time()
    assert ExcelTemplate(content).render(CONTEXT)
    lint(path)
    assert time.thread_time() - begun < 5


@pytest.mark.parametrize("text", ["{" * 100_000, "[" * 100_000, "a: {" * 20_000], ids=["braces", "brackets", "keys"])
def it_stops_reading_data_that_is_far_too_deep(text):
    begun = time.thread_time()
    with pytest.raises(Invalid):
        read_source(text.encode(), "a.yaml")
    assert time.thread_time() - begun < 5


def it_marks_five_thousand_runs_of_a_paragraph_in_linear_time():
    content = document("<w:p>" + "<w:r><w:t>{{ n }}</w:t></w:r>" * 5_000 + "</w:p>")
    begun = time.thread_time()
    WordTemplate(content)
    assert time.thread_time() - begun < 15


def it_bounds_a_data_file_as_it_is_told_to():
    with within(Limits(data=10)), pytest.raises(Invalid) as refusal:
        read_source(b"a: 1\nb: 234567\n", "a.yaml")
    assert [found.code for found in refusal.value.diagnostics] == ["source-too-large"]
