"""The native charts of the sample workbooks show the budget beside the final account, with the report's figures."""

import zipfile
from pathlib import Path

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
