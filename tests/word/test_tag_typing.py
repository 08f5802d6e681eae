"""Tags as they get typed: what Word and input methods put into them is read, or refused with a hint that works."""

import io

import PIL.Image
import pytest

from generator.lint import lint_template
from generator.word import WordTemplate
from tests.support import ooxml, words
from tests.support.authoring import CASES, context_of, printed, refused, template_of, told
from tests.support.words import document, paragraph, run

MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"


def texts(*blocks: str, **context: object) -> list[str]:
    template = document(*blocks)
    content = WordTemplate(template).render(context)
    assert not ooxml.new_findings(template, content)
    return words.texts(content)


def hint(template: bytes, context: dict | None = None) -> str:
    (found,) = told(template, context or {})
    assert found.location.place is not None
    return str(found.hint)


def field(code: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return mark.format("begin") + code + mark.format("separate") + result + mark.format("end")


def instruction(*pieces: str) -> str:
    return "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("zwsp", ["N"]),
        ("multiline_tag", ["yes"]),
        ("field_in_tag", ["型号 X-1 完"]),
        ("raw_p", ["{%tr for x in y %} {{ z }}", "1"]),
        ("lint_hint_dash", ["x"]),
    ],
)
def it_reads_what_word_put_into_a_tag(name, expected):
    assert words.texts(printed(name)) == expected


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("endash_minus", "“–”请改成“-”"), ("fullwidth_braces", "半角"), ("half_tag_close", "结尾只有一个“}”")],
)
def it_hints_at_what_was_mistyped(name, wanted):
    assert wanted in hint(template_of(name), context_of(name))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("{{ a − b }}", "请改成“-”"),
        ("{{ a × b }}", "请改成“*”"),
        ("{% if a ≥ b %}甲{% endif %}", "请改成“&gt;=”".replace("&gt;", ">")),
        ("{{ p x }}", "{{p x }}"),
        ("{{ r x }}", "{{r x }}"),
        ("{{ x ｝｝", "全角"),
        ("{{ x ｝}", "全角"),
        ("{{ x %}", "“%}”，请改成“}}”"),
        ("甲{% if a }}乙", "“}}”，请改成“%}”"),
        ("尊敬的{ name }}先生", "补上开头"),
        ("尊敬的name}}先生", "补上开头"),
        ("甲% if a %}乙", "补上开头"),
        ("｛% if a %｝", "半角"),
        ("{｛ a }}", "半角"),
        ("{\u200b{ a }}", "半角"),
    ],
)
def it_hints_at_each_slip(text, wanted):
    assert wanted in hint(document(paragraph(text)), {"a": 1, "b": 2, "x": 1})


@pytest.mark.parametrize(
    "text", ["\\frac{a}{b^{2}}", "{占比100%}", "x}", "a{_{b}_}", "{% raw %}｛｛ a ｝｝ b}}{% endraw %}"]
)
def it_leaves_other_braces_alone(text):
    assert len(texts(paragraph(text))) == 1


def it_hints_at_a_blank_in_front_of_the_host_letter():
    assert refused(template_of("space_p"), context_of("space_p")) == [
        ("template-unknown-statement", "正文 第1段"),
        ("template-unknown-statement", "正文 第3段"),
    ]


@pytest.mark.parametrize("text", ["{%- if ok %}", "{% if ok -%}", "{%-if ok-%}", "{% if ok %}"])
def it_gives_advice_on_blank_lines_that_works(tmp_path, text):
    template = tmp_path / "模板.docx"
    template.write_bytes(document(paragraph(text), paragraph("甲"), paragraph("{% endif %}")))
    lines = [one for one in lint_template(template) if one.code == "lint-blank-line"]
    better = [one.hint.split("“")[1].split("”")[0] for one in lines if one.hint]
    assert better == ["{%p if ok %}", "{%p endif %}"]
    assert texts(paragraph(better[0]), paragraph("甲"), paragraph(better[1]), ok=1) == ["甲"]


@pytest.mark.parametrize("blank", ["<w:br/>", "<w:tab/>", "<w:cr/>"])
def it_takes_a_break_in_a_tag_for_a_blank(blank):
    for text in (("{{ a", "if b else 0 }}"), ("{% for x", "in xs %}{{ x }}{% endfor %}")):
        block = f"<w:p>{run(text[0])}<w:r>{blank}</w:r>{run(text[1])}</w:p>"
        assert texts(block, a=1, b=1, xs=[1]) == ["1"]


def it_leaves_breaks_between_tags():
    assert texts(f"<w:p>{run('{{ a }}')}<w:r><w:br/></w:r>{run('{{ a }}')}</w:p>", a=1) == ["1\n1"]


def it_takes_the_automatic_link_out_of_a_tag_wherever_it_begins():
    link = instruction(' HYPERLINK "http://x.cn" ')
    assert texts(f"<w:p>{run('见{{ ')}{field(link, run('网址 }}'))}{run('完')}</w:p>", 网址="u") == ["见u完"]
    assert texts(f"<w:p>{field(link, run('见{{ 网'))}{run('址 }}完')}</w:p>", 网址="u") == ["见u完"]
    whole = WordTemplate(document(f"<w:p>{field(link, run('{{ 网址 }}'))}</w:p>")).render({"网址": "u"})
    assert len(list(words.root(whole).iter(f"{words.W}fldChar"))) == 3


def it_refuses_another_field_in_a_tag():
    block = f"<w:p>{run('{{ ')}{field(instruction(' PAGE '), run('1'))}{run(' }}')}</w:p>"
    assert ("word-field-in-tag", "正文 第1段") in refused(document(block))


def code_of(block: str, **context: object) -> str:
    content = WordTemplate(document(block)).render(context)
    nodes = words.root(content).iter(f"{words.W}instrText")
    return "".join(node.text or "" for node in nodes)


def it_escapes_what_stands_within_the_quotation_marks_of_a_field():
    content = printed("field_code_split")
    code = "".join(node.text or "" for node in words.root(content).iter(f"{words.W}instrText"))
    assert code == ' IF "a\\"b" = "a" "Y Z" "no" '
    block = f"<w:p>{field(instruction(' QUOTE ', '&quot;{{ u }}&quot; {{ v }} '), run('链接'))}</w:p>"
    assert code_of(block, u='甲\\a"b', v='\\o "x"') == ' QUOTE "甲\\\\a\\"b" "\\\\o \\"x\\"" '


def it_escapes_them_in_a_simple_field_too():
    block = f"<w:p><w:fldSimple w:instr=' QUOTE \"{{{{ v }}}}\" '>{run('x')}</w:fldSimple></w:p>"
    content = WordTemplate(document(block)).render({"v": 'a"b'})
    (simple,) = words.root(content).iter(f"{words.W}fldSimple")
    assert simple.get(f"{words.W}instr") == ' QUOTE "a\\"b" '


def math(content: bytes) -> str:
    return "".join(node.text or "" for node in words.root(content).iter(f"{{{MATH}}}t"))


def it_reads_a_tag_over_the_runs_of_an_equation_and_in_mathematical_italics():
    assert math(printed("math_split_tag")) == "P=5kw"
    runs = "".join(f"<m:r><m:t>{text}</m:t></m:r>" for text in ("{{ 𝑛𝑢", "𝑚𝟏 }}", "𝑥"))
    block = f'<w:p><m:oMath xmlns:m="{MATH}">{runs}</m:oMath></w:p>'
    assert math(WordTemplate(document(block)).render({"num1": "<5"})) == "<5𝑥"
    assert WordTemplate(document(block)).variables() == {"num1"}


def jpeg(orientation: int | None = None, mode: str = "RGB", size: tuple[int, int] = (40, 10)) -> bytes:
    stream = io.BytesIO()
    exif = PIL.Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    PIL.Image.new(mode, size).save(stream, "JPEG", exif=exif)
    return stream.getvalue()


@pytest.mark.parametrize("orientation", range(1, 9))
def it_turns_a_picture_upright(orientation):
    made = WordTemplate(document(paragraph("{{ 图 }}"))).image(jpeg(orientation))
    assert (made.width > made.height) == (orientation < 5)
    with PIL.Image.open(io.BytesIO(made.content)) as picture:
        assert picture.getexif().get(0x0112, 1) == 1
        assert (picture.width > picture.height) == (orientation < 5)


def it_prints_pictures_of_cameras_and_of_printers():
    made = document(paragraph("{{ 甲 }}{{ 乙 }}"))
    template = WordTemplate(made)
    images = {name: template.image(CASES / f"{file}.jpg") for name, file in (("甲", "exif"), ("乙", "cmyk"))}
    assert images["甲"].height > images["甲"].width
    assert not ooxml.new_findings(made, template.render(images))


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("{{{ 名 }}}", "“{{ 名 }}”"), ("{{ {名} }}", "“{{ 名 }}”"), ("{{{名|upper}}}", "“{{ 名|upper }}”")],
)
def it_says_that_two_braces_are_enough(typed, wanted):
    assert wanted in hint(document(paragraph(typed)), {"名": "甲"})
