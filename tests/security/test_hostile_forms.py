"""Forms that departments hand in: whatever acts in them is told where they are checked, and runs nowhere; sizes and lies end soon."""

import csv
import io
import json
import re
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from generator.api import Standard, load_standard
from generator.cli import run
from generator.diagnostics import Diagnostic, Invalid, Severity
from tests.security.attacks import parts_of, with_relation

ROOT = Path(__file__).parents[2]
SHEET = "xl/worksheets/sheet2.xml"
DDE = b"<externalLink><ddeLink ddeService='cmd' ddeTopic='/c calc'/></externalLink>"


@pytest.fixture(scope="module")
def standard() -> Standard:
    return load_standard(ROOT / "templates" / "standards" / "shifeng-2020.yaml")


@pytest.fixture(scope="module")
def form(standard) -> bytes:
    return standard.form(ROOT / "data" / "shifeng-2020.yaml")


def into(part: str, old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def changed(content: bytes) -> bytes:
        assert re.search(old, parts_of(content)[part])
        return parts_of(
            content, {part: lambda data: re.sub(old, lambda found: new.replace(b"@", found[0]), data, count=1)}
        )

    return changed


def row(cell: bytes) -> Callable[[bytes], bytes]:
    return into(SHEET, b"</sheetData>", cell + b"@")


ACTING = {
    "dde link": lambda form: parts_of(form, {"xl/externalLinks/externalLink1.xml": lambda _: DDE}),
    "dde formula": row(b"<row r='900'><c r='B900'><f>cmd|'/c calc'!A0</f><v>1</v></c></row>"),
    "webservice": row(b"<row r='900'><c r='B900'><f>WEBSERVICE(A1)</f><v>1</v></c></row>"),
    "macros": lambda form: parts_of(form, {"xl/vbaProject.bin": lambda _: b"x"}),
    "linked picture": lambda form: with_relation(form, "image", "http://x/y.png", "xl/drawings/drawing9.xml"),
}


@pytest.mark.parametrize("name", ACTING)
def it_tells_of_what_acts(name, form, standard):
    report = standard.read(ACTING[name](form), "a.xlsx")
    ((code, severity),) = [(one.code, one.severity) for one in report.diagnostics]
    assert code == ("active-macros" if name == "macros" else "active-content")
    assert severity is Severity.WARNING
    assert standard.read(form, "a.xlsx").diagnostics == ()


REFUSED = {
    "form-column-missing",
    "form-damaged",
    "package-too-large",
    "missing-value",
    "computed-blank",
}  # a column, the last two: what a merged area covers


@pytest.mark.parametrize("text", ["cmd|'/c calc'!A0", 'HYPERLINK("http://x/"&B3,"点")'])
def it_takes_no_formula_for_an_answer_and_carries_none_into_a_summary(text, form, tmp_path, monkeypatch, capsys):
    """A formula in a cell that is filled in is an error there; the same typed as text stays text in the summary, and its CSV none."""
    monkeypatch.chdir(tmp_path)
    Path("报送").mkdir()
    for name, kind in (("公式", "f"), ("文字", "s")):
        book = openpyxl.load_workbook(io.BytesIO(form))
        cell = book["填报"]["C13"]
        assert "石峰区" in cell.value  # the unit's name
        cell.value, cell.data_type = f"={text}", kind
        book.save(f"报送/{name}.xlsx")
    assert run(["check", "报送/公式.xlsx", "--format", "json"]) == 1
    errors = [one for one in json.loads(capsys.readouterr().out)["diagnostics"] if one["severity"] == "error"]
    assert [(one["code"], one["place"]) for one in errors] == [("form-formula", f"填报!{cell.coordinate}")]
    assert run(["collect", "shifeng-2020", "报送", "-o", "汇总.xlsx"]) == 1
    summary = openpyxl.load_workbook("汇总.xlsx")
    cells = [cell for sheet in summary for row in sheet.iter_rows() for cell in row]
    assert f"={text}" in {cell.value for cell in cells}
    assert not [cell.coordinate for cell in cells if cell.data_type == "f" and text in str(cell.value)]
    assert run(["collect", "shifeng-2020", "报送", "-o", "汇总.csv"]) == 1
    assert not [
        cell
        for row in csv.reader(io.StringIO(Path("汇总.csv").read_text("utf-8-sig")))
        for cell in row
        if cell[:1] == "="
    ]


def many(each: bytes, count: int) -> bytes:
    return b"".join(each.replace(b"#", str(number).encode()) for number in range(2_000, 2_000 + count))


LARGE = {
    "a dimension of the whole sheet": into(SHEET, b"<dimension[^>]*>", b'<dimension ref="A1:XFD1048576"/>'),
    "the last cell": row(b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"),
    "rows": row(many(b"<row r='#'/>", 100_000)),
    "styles": into("xl/styles.xml", b"</cellXfs>", b"<xf numFmtId='0'/>" * 100_000 + b"@"),
    "styles beyond measure": into("xl/styles.xml", b"</cellXfs>", b"<xf numFmtId='0'/>" * 600_000 + b"@"),
    "merged areas": into(
        SHEET, b"</sheetData>", b"@<mergeCells>" + many(b"<mergeCell ref='Z#:AA#'/>", 50_000) + b"</mergeCells>"
    ),
    "a merged sheet": into(SHEET, b"</sheetData>", b"@<mergeCells><mergeCell ref='A1:XFD1048576'/></mergeCells>"),
    "a row that there is none of": row(b"<row r='9999999999'><c r='A9999999999'><v>1</v></c></row>"),
    "a column that there is none of": row(b"<row r='900'><c r='AAAA900'><v>1</v></c></row>"),
    "a picture that inflates": lambda form: parts_of(form, {"xl/media/a.png": lambda _: bytes(9 << 20)}),
}


@pytest.mark.parametrize("name", LARGE)
def it_reads_or_refuses_in_seconds(name, form, standard):
    content = LARGE[name](form)
    begun = time.thread_time()
    findings = found(standard, content)
    assert time.thread_time() - begun < 10
    assert {one.code for one in findings if one.severity is Severity.ERROR} <= REFUSED


def found(standard: Standard, content: bytes) -> tuple[Diagnostic, ...]:
    try:
        return standard.read(content, "a.xlsx").diagnostics
    except Invalid as refused:
        return tuple(refused.diagnostics)
