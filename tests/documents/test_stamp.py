"""The stamp of a document: what it was made from, and whether its text was changed since."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

import generator
from generator import load_standard
from generator.diagnostics import InvalidDocument
from generator.documents.produce import finished
from generator.documents.stamp import read_stamp
from generator.ooxml.limits import Limits, within
from generator.ooxml.overlay import Overlay
from generator.ooxml.package import open_package
from generator.ooxml.zip_written import build
from tests.support.office import convert

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "shifeng-2020.yaml"


def documents(data: bytes | None = None) -> dict[str, bytes]:
    """The sample's documents by suffix."""
    report = load_standard("shifeng-2020").read(data or DATA.read_bytes(), "data.yaml")
    return {Path(document.name).suffix: document.content for document in report.documents()}


@pytest.fixture(scope="module")
def rendered() -> dict[str, bytes]:
    return documents()


@pytest.mark.parametrize("suffix", [".docx", ".xlsx"])
def it_says_standard_data_and_engine(rendered, suffix):
    found = read_stamp(rendered[suffix])
    assert found is not None
    assert found.unchanged
    assert found.stamp.standard == "shifeng-2020@1.0.0"
    assert found.stamp.engine == generator.__version__
    assert found.stamp.template == f"{suffix[1:]}/shifeng-2020{suffix}"
    assert len(found.stamp.standard_digest) == len(found.stamp.data_digest) == 64


def it_can_be_read_by_other_programs(rendered):
    book = openpyxl.load_workbook(io.BytesIO(rendered[".xlsx"]))
    assert book.custom_doc_props["generator.standard"].value == "shifeng-2020@1.0.0"


def it_keeps_the_digest_of_the_data_where_only_comments_and_print_of_numbers_differ(rendered):
    text = DATA.read_text(encoding="utf-8")
    changed = "# 另一份\n" + text.replace("全年执行数: 161.4\n", "全年执行数: 161.40   # 决算\n")
    assert changed != "# 另一份\n" + text
    for suffix, content in documents(changed.encode()).items():
        assert content == rendered[suffix]


def it_changes_the_digest_of_the_data_with_a_value(rendered):
    text = DATA.read_text(encoding="utf-8")
    other = documents(text.replace("退休人数: 3", "退休人数: 4").encode())
    one, two = read_stamp(rendered[".docx"]), read_stamp(other[".docx"])
    assert one is not None
    assert two is not None
    assert one.stamp.data_digest != two.stamp.data_digest
    assert one.stamp.standard_digest == two.stamp.standard_digest


def it_tells_a_changed_text_of_a_word_document(rendered):
    document = docx.Document(io.BytesIO(rendered[".docx"]))
    document.tables[0].rows[1].cells[1].paragraphs[0].add_run("1")
    out = io.BytesIO()
    document.save(out)
    found = read_stamp(out.getvalue())
    assert found is not None
    assert not found.unchanged


def it_does_not_take_another_font_for_another_text(rendered):
    document = docx.Document(io.BytesIO(rendered[".docx"]))
    document.paragraphs[0].runs[0].bold = True
    out = io.BytesIO()
    document.save(out)
    found = read_stamp(out.getvalue())
    assert found is not None
    assert found.unchanged


@pytest.mark.parametrize("value", [1, "改过", "=1+1"])
def it_tells_a_changed_cell_of_a_workbook(rendered, value):
    book = openpyxl.load_workbook(io.BytesIO(rendered[".xlsx"]))
    formula = next(cell for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "f")
    formula.value = value
    out = io.BytesIO()
    book.save(out)
    found = read_stamp(out.getvalue())
    assert found is not None
    assert not found.unchanged


def it_finds_no_stamp_where_there_is_none():
    assert read_stamp((ROOT / "templates/docx/shifeng-2020.docx").read_bytes()) is None


def it_writes_no_report_that_the_next_reader_would_refuse(rendered):
    found = read_stamp(rendered[".docx"])
    assert found is not None
    with within(Limits(small=1 << 20, ratio=40)):
        document = Overlay(open_package(rendered[".docx"]))
        document.write("word/media/flat.bin", bytes(2 << 20))
        with pytest.raises(InvalidDocument, match="package-too-large"):
            finished(document, found.stamp)


def it_keeps_the_custom_properties_of_the_template(tmp_path):
    case = ROOT / "tests" / "golden" / "small"
    for path in case.rglob("*"):
        if path.is_file():
            (tmp_path / path.relative_to(case)).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path.relative_to(case)).write_bytes(path.read_bytes())
    for template in [*tmp_path.rglob("*.docx"), *tmp_path.rglob("*.xlsx")]:
        package = open_package(template)
        types = package.read("[Content_Types].xml").replace(
            b"</Types>",
            b'<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>',
        )
        links = package.read("_rels/.rels").replace(
            b"</Relationships>",
            b'<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"'
            b' Target="docProps/custom.xml"/></Relationships>',
        )
        own = (
            b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
            b' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
            b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="secret-level"><vt:lpwstr>none</vt:lpwstr>'
            b"</property></Properties>"
        )
        template.write_bytes(
            build(package, {"[Content_Types].xml": types, "_rels/.rels": links, "docProps/custom.xml": own})
        )
    report = load_standard(tmp_path / "standard.yaml").read(tmp_path / "data.yaml")
    for document in report.documents():
        with zipfile.ZipFile(io.BytesIO(document.content)) as package:
            properties = package.read("docProps/custom.xml").decode()
        assert 'name="secret-level"' in properties
        assert 'name="generator.standard"' in properties
        assert properties.count('pid="2"') == 1
        found = read_stamp(document.content)
        assert found is not None
        assert found.unchanged


@pytest.mark.office
def it_stays_true_when_libreoffice_saves_the_document_again(rendered, tmp_path):
    for suffix, content in rendered.items():
        path = tmp_path / f"a{suffix}"
        path.write_bytes(content)
        saved = convert([path], suffix[1:], tmp_path / "saved")
        found = read_stamp(str(saved[path]))
        assert found is not None
        assert found.unchanged, suffix
