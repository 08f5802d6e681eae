"""The native charts of the sample documents show the budget beside the final account, with the report's figures."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from lxml import etree

from generator import load_standard

ROOT = Path(__file__).parents[2]
SPACE = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "huidong-2023",
            {"预算数": ["147.89", "135.47", "12.42"], "决算数": ["135.64", "131.72", "3.92"]},
        ),
        (
            "wanzhou-2020",
            {"本年预算数": ["2.2", "0", "1.61", "0.59"], "本年决算数": ["2.2", "0", "1.61", "0.59"]},
        ),
    ],
)
def it_draws_the_budget_beside_the_final_account(name, expected, tmp_path):
    report = load_standard(ROOT / "templates" / "standards" / f"{name}.yaml").read(ROOT / "data" / f"{name}.yaml")
    (workbook,) = (Path(path) for path in report.render(tmp_path) if Path(path).suffix == ".xlsx")
    with zipfile.ZipFile(workbook) as archive:
        chart = etree.fromstring(archive.read("xl/charts/chart1.xml"))
    found = {}
    for series in chart.iterfind(".//c:ser", SPACE):
        title = series.findtext("c:tx//c:v", namespaces=SPACE)
        found[title] = [point.text for point in series.iterfind("c:val//c:v", SPACE)]
    assert found == expected


def it_draws_the_subjects_of_a_report_in_word_and_keeps_the_same_figures_in_the_workbook_behind(tmp_path):
    report = load_standard(ROOT / "templates/standards/wanzhou-2020.yaml").read(ROOT / "data/wanzhou-2020.yaml")
    (document,) = (Path(path) for path in report.render(tmp_path) if Path(path).suffix == ".docx")
    with zipfile.ZipFile(document) as archive:
        chart = etree.fromstring(archive.read("word/charts/chart1.xml"))
        book = openpyxl.load_workbook(io.BytesIO(archive.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx")))
    rows = [tuple(row) for row in book["预算与决算"].iter_rows(values_only=True)]
    assert rows == [
        ("科目", "年初预算数", "决算数"),
        ("民主党派及工商联事务支出", 228.72, 261.64),
        ("社会保障与就业支出", 25.06, 68.51),
        ("卫生健康支出", 16.47, 16.59),
        ("住房保障支出", 12.37, 12.37),
    ]
    kept = [
        [[point.text for point in series.iterfind(f"c:{name}//c:v", SPACE)] for name in ("tx", "cat", "val")]
        for series in chart.iterfind(".//c:ser", SPACE)
    ]
    names, *values = zip(*rows[1:], strict=True)
    assert kept == [
        [[title], list(names), [str(value) for value in column]]
        for title, column in zip(rows[0][1:], values, strict=True)
    ]
    assert "".join(chart.find(".//c:title", SPACE).itertext()) == "2020年度财政拨款支出年初预算数与决算数（万元）"
