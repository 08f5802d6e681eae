"""Data files and workbooks that ask for more than they hold: references to long texts, merges over a whole sheet."""

import pickle

import pytest

from generator.api import examine, lint, read_context
from generator.diagnostics import Invalid, InvalidTemplate
from generator.excel.template import ExcelTemplate
from generator.template.image import image
from generator.word import WordTemplate
from tests.security.attacks import one_cell, parts_of
from tests.support.words import document, paragraph

SHEET = "xl/worksheets/sheet1.xml"


def codes(refusal) -> set[str]:
    return {finding.code for finding in refusal.value.diagnostics}


def it_counts_the_texts_that_references_stand_for(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: &a " + "x" * 96_000 + "\nb: [" + ",".join(["*a"] * 99_000) + "]\n", encoding="utf-8")
    with pytest.raises(Invalid) as refusal:
        read_context(path)
    assert codes(refusal) == {"yaml-long-aliases"}


def it_lets_references_stand_for_what_reports_hold(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("a: &a " + "x" * 900 + "\nb: [" + ",".join(["*a"] * 5_000) + "]\n", encoding="utf-8")
    assert len(read_context(path)["b"]) == 5_000


def merged(area: str) -> bytes:
    added = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'.encode()
    return parts_of(one_cell("{{ a }}"), {SHEET: lambda data: data.replace(b"</sheetData>", added)})


@pytest.mark.parametrize("area", ["A2:XFD1048576", "A1:XFD1048576", "A2:B1048576"])
def it_examines_a_merge_over_a_whole_sheet(area, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(merged(area))
    assert lint(tmp_path / "a.xlsx") == []


def it_tells_of_a_text_below_such_a_merge(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(
        parts_of(merged("A1:XFD1048576"), {SHEET: lambda d: d.replace(b'r="A1"', b'r="B9"')})
    )
    assert [(one.code, str(one.location.place.en)) for one in lint(tmp_path / "a.xlsx")] == [  # type: ignore[union-attr]
        ("lint-merge-covers", "Sheet!B9")
    ]


def it_reads_such_a_workbook_as_no_form(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(merged("A1:XFD1048576"))
    examined = examine(tmp_path / "a.xlsx")
    assert examined.report is None
    assert {finding.code for finding in examined.diagnostics} == {"form-not-ours"}


@pytest.mark.parametrize(
    "content", [b"GIF89a", b"GIF89a\1\0", b"\x89PNG\r\n\x1a\n", b"BM", b"II*\0", b"MM\0*", b"\xff\xd8\xff\xe0"]
)
def it_says_that_a_picture_cut_short_is_none(content):
    with pytest.raises(InvalidTemplate) as refusal:
        image(content)
    assert codes(refusal) == {"image-cut-short"}


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def it_prints_no_number_that_is_none(value):
    for text in ("{{ x }}", "{{ x }} 元"):
        with pytest.raises(InvalidTemplate) as refusal:
            WordTemplate(document(paragraph(text))).render({"x": value})
        assert codes(refusal) == {"template-not-finite"}
        with pytest.raises(InvalidTemplate):
            ExcelTemplate(one_cell(text)).render({"x": value})


def it_carries_a_compiled_template_to_another_process(tmp_path):
    for name, content, kind in (
        ("a.docx", document(paragraph("{{ x }}")), WordTemplate),
        ("a.xlsx", one_cell("{{ x }}"), ExcelTemplate),
    ):
        (tmp_path / name).write_bytes(content)
        template = kind(tmp_path / name, undefined="empty")
        again = pickle.loads(pickle.dumps(template))
        assert again.render({"x": 1}) == template.render({"x": 1})
        assert again.render({}) == template.render({})
        assert again.name == template.name
