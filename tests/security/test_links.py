"""Links and fields: data names pages, mail and places, never programs or files, and adds no switch to a field."""

import io
import re

import docxtpl
import openpyxl
import pytest

from generator.diagnostics import InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.ooxml.links import is_safe, scheme_of
from generator.template.image import image
from generator.word import WordTemplate
from tests.security.attacks import parts_of, with_relation
from tests.support.pictures import picture
from tests.support.words import document, paragraph, run

UNSAFE = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "\u200bjavascript:alert(1)",
    "vbscript:msgbox(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "file://server/share/x",
    "FILE:///c:/x",
    "\\\\server\\share\\x",
    "//server/share",
    "ms-word:ofe|u|http://x",
    "ms-msdt:/id PCWDiagnostic",
    "search-ms:query=x",
    "mhtml:http://x",
    "c:\\windows\\system32\\calc.exe",
    "jar:http://x",
    "ldap://x",
    "javascript:1/alert(1)",
    "vbscript:8080",
    "ms-word:80/x",
    "com.example.starter:x",
    "/\\\\server\\share",
]
SAFE = [
    "https://a.cn/b?c=d:e",
    "http://a.cn",
    "mailto:a@b.cn",
    "tel:010",
    "#书签",
    "附件.docx",
    "a/b.html",
    "www.a.cn:80/b",
    "localhost:8000/b",
    "",
]


@pytest.mark.parametrize("url", UNSAFE)
def it_refuses_links_that_run_or_read(url):
    assert not is_safe(url)
    rich = docxtpl.RichText("网")
    template = WordTemplate(document(paragraph("{{r x }}")))
    rich.add("站", url_id=template.link(url))
    with pytest.raises(InvalidTemplate) as caught:
        template.render({"x": rich})
    assert {finding.code for finding in caught.value.diagnostics} == {"template-unsafe-link"}
    with pytest.raises(InvalidTemplate):
        WordTemplate(document(paragraph("{{ x }}"))).render({"x": image(picture(), url=url)})


@pytest.mark.parametrize("url", SAFE)
def it_takes_pages_mail_and_places(url):
    assert is_safe(url)
    assert scheme_of(url) is not None


@pytest.mark.parametrize("url", UNSAFE[:10])
def it_refuses_them_where_the_template_writes_the_link(url):
    content = with_relation(document(paragraph("甲")), "hyperlink", "{{ x }}")
    link = '<w:hyperlink xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rIdX">'
    content = parts_of(
        content,
        {
            "word/document.xml": lambda data: data.replace(
                b"</w:body>", (f"<w:p>{link}<w:r><w:t>乙</w:t></w:r></w:hyperlink></w:p></w:body>").encode()
            )
        },
    )
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(content).render({"x": url})
    assert {finding.code for finding in caught.value.diagnostics} == {"template-unsafe-link"}
    assert WordTemplate(content).render({"x": "https://a.cn"})


def field(code: str) -> str:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    text = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    return paragraph(mark("begin") + text + mark("separate") + run("结果") + mark("end"))


def it_adds_no_switch_to_a_field():
    template = WordTemplate(document(field(' HYPERLINK "{{ x }}" ')))
    content = template.render({"x": 'https://a.cn" \\o "点我'})
    code = re.search(rb"<w:instrText[^>]*>([^<]*)<", parts_of(content)["word/document.xml"])
    assert code is not None
    shown = code[1].decode().replace("&quot;", '"')
    assert shown == ' HYPERLINK "https://a.cn\\" \\\\o \\"点我" '


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "\\\\server\\x", "c:\\x.exe", "ms-word:x"]
)
def it_refuses_files_and_programs_in_a_field(url):
    with pytest.raises(InvalidTemplate) as caught:
        WordTemplate(document(field(' HYPERLINK "{{ x }}" '))).render({"x": url})
    assert {finding.code for finding in caught.value.diagnostics} == {"template-unsafe-link"}


def code(template: str, value: str) -> str:
    content = WordTemplate(document(field(template))).render({"x": value})
    found = re.search(rb"<w:instrText[^>]*>([^<]*)<", parts_of(content)["word/document.xml"])
    assert found is not None
    return found[1].decode().replace("&quot;", '"')


@pytest.mark.parametrize("keyword", ["HYPERLINK", "REF", "SEQ", "QUOTE", "DATE \\@"])
def it_keeps_a_value_without_quotation_marks_one_argument(keyword):
    assert code(f" {keyword} {{{{ x }}}} ", "甲") == f" {keyword} 甲 "
    assert code(f" {keyword} {{{{ x }}}} ", 'a \\o "b"') == f' {keyword} "a \\\\o \\"b\\"" '


@pytest.mark.parametrize("template", [" SEQ 表{{ x }} ", " = {{ x }} + 1 ", " REF {{ x }}{{ x }} "])
def it_refuses_a_switch_within_an_argument(template):
    with pytest.raises(InvalidTemplate) as caught:
        code(template, "1 \\o 2")
    assert {finding.code for finding in caught.value.diagnostics} == {"template-field-argument"}


def it_takes_sums_in_a_formula():
    assert code(" = {{ x }} * 2 ", "(1 + 2)") == " = (1 + 2) * 2 "


@pytest.mark.parametrize("url", [*UNSAFE, "onenote:x"])
def it_refuses_a_cell_whose_link_data_leads_elsewhere(url):
    for make in (linked_cell, linked_formula):
        with pytest.raises(InvalidTemplate) as caught:
            ExcelTemplate(make()).render({"x": url})
        assert {finding.code for finding in caught.value.diagnostics} <= {"template-unsafe-link", "excel-unsafe-link"}
        assert all(finding.location.place is not None for finding in caught.value.diagnostics)


@pytest.mark.parametrize("url", [url for url in SAFE if url])
def it_takes_cells_that_lead_to_pages(url):
    assert ExcelTemplate(linked_cell()).render({"x": url})
    assert ExcelTemplate(linked_formula()).render({"x": url})


def book(cells: dict[str, str], link: str = "") -> bytes:
    made = openpyxl.Workbook()
    assert made.active is not None
    for place, text in cells.items():
        made.active[place] = text
    if link:
        made.active["A1"].hyperlink = link  # type: ignore[union-attr]
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def linked_cell() -> bytes:
    return book({"A1": "网站"}, "{{ x }}")


def linked_formula() -> bytes:
    return book({"A1": "{{ x }}", "B1": '=IF(A1="","",HYPERLINK(TRIM(A1),"网站"))'})


def it_is_what_docxtpl_lets_through(tmp_path):
    """docxtpl writes whatever data says into links and fields."""
    path = tmp_path / "a.docx"
    path.write_bytes(document(field(' HYPERLINK "{{ x }}" ')))
    template = docxtpl.DocxTemplate(path)
    template.render({"x": 'https://a.cn" \\o "'})
    template.save(tmp_path / "b.docx")
    shown = parts_of((tmp_path / "b.docx").read_bytes())["word/document.xml"].decode()
    assert 'https://a.cn" \\o ""' in shown.replace("&quot;", '"')
    assert template.build_url_id("javascript:alert(1)")
