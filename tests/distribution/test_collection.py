"""Summing up departments' data files, through the command line."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from generator.cli import run

STANDARD = """standard: qinghe-2024
title: 部门绩效自评报告
issuer: 青河市财政局
fiscal_year: 2024
version: 1.1.0
parameters: {等级标准: {value: {优: 90, 良: 80, 中: 60, 差: 0}}}
types:
  单位: {fields: {名称: text}}
  资金:
    fields:
      全年预算数: money
      全年执行数: money
      执行率: percent = 全年执行数 / 全年预算数
fields:
  年度: year
  单位: 单位
  资金: 资金
  人数: integer
  总分: score
  等级: text = band(总分, 等级标准)
checks:
  - {id: 不超预算, rule: 资金.全年执行数 <= 资金.全年预算数, severity: warning, message: "超预算"}
"""
DATA = """标准: {standard}
年度: 2024
单位: {{名称: {name}}}
资金: {{全年预算数: {budget}, 全年执行数: {spent}}}
人数: {people}
总分: {score}
"""


@pytest.fixture(autouse=True)
def bureau(tmp_path: Path, monkeypatch) -> None:
    """The bureau's folder: its standard, and what twelve departments handed in, not all of it good."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GENERATOR_LIBRARY", "library")
    Path("library/standards").mkdir(parents=True)
    Path("library/standards/qinghe-2024.yaml").write_text(STANDARD, encoding="utf-8")
    Path("报送").mkdir()
    for number in range(1, 13):
        hand_in(f"{number:02}", name=f"第{number}局", score=str(55 + 3 * number), spent=f"{10 * number}.125"[:-1])
    Path("报送/03.yaml").write_text("标准: [", encoding="utf-8")
    hand_in("05", name="第5局", spent="一百")
    hand_in("07", name="第7局", spent="300")
    hand_in("09", name="第9局", standard="qinghe-2024@1.0.0")
    hand_in("10", name="第10局", standard="baishui-2024")
    Path("名册.csv").write_bytes(
        "序号,单位名称\n".encode("gb18030") + "".join(f"{n},第{n}局\n" for n in range(1, 14)).encode("gb18030")
    )


def hand_in(file: str, **said: str) -> None:
    values = {"standard": "qinghe-2024", "budget": "150", "spent": "100.12", "people": "8", "score": "88"} | said
    Path(f"报送/{file}.yaml").write_text(DATA.format(**values), encoding="utf-8")


def collected(name: str = "汇总.xlsx", *options: str) -> bytes:
    assert run(["collect", "qinghe-2024", "报送", "-o", name, "--units", "名册.csv", *options]) == 1
    return Path(name).read_bytes()


def rows(content: bytes, sheet: str) -> list[dict[str, object]]:
    table = list(openpyxl.load_workbook(io.BytesIO(content))[sheet].iter_rows(min_row=4, values_only=True))
    return [dict(zip(["".join(str(name).split()) for name in table[0]], row, strict=True)) for row in table[1:]]


def told() -> dict:
    return json.loads(collected("汇总.json"))


def it_has_a_row_for_every_department_whatever_it_handed_in():
    found = {str(row["单位"]): row for row in rows(collected(), "汇总")}
    assert len(found) == 12 + 2 + 2  # 13 on the list, one whose name nobody knows, totals and averages
    assert found["第1局"]["状况"] == "正常"
    assert found["第7局"]["状况"] == "有提醒"
    assert found["第5局"]["状况"] == "有错误"
    assert found["第9局"]["状况"] == "有提醒、版本不符"
    assert found["第10局"]["状况"] == "有错误、标准不符"
    assert found["03"]["状况"] == "读不出"
    assert found["第3局"]["状况"] == found["第13局"]["状况"] == "未报送"
    assert found["第5局"]["总分（分）"] is None
    assert found["第2局"]["等级"] == "中"


def it_adds_up_what_adds_up_and_averages_the_rest_of_the_sound_reports():
    said = told()
    good = [one["values"] for one in said["departments"] if not one["errors"]]
    assert len(good) == 9
    for heading in ("资金全年执行数", "资金全年预算数"):
        assert Decimal(said["totals"][heading]) == sum(Decimal(values[heading]) for values in good)
    assert said["totals"]["总分"] is None
    assert said["totals"]["资金执行率"] is None
    scores = [Decimal(values["总分"]) for values in good]
    assert Decimal(said["averages"]["总分"]) == round(sum(scores) / len(scores), 2)
    assert sum(said["grades"].values()) == 9
    sheet = {str(row["单位"]): row for row in rows(collected(), "汇总")}
    assert sheet["合计"]["资金全年执行数（万元）"] == float(said["totals"]["资金全年执行数"])
    assert sheet["平均"]["总分（分）"] == float(said["averages"]["总分"])


def it_lists_every_finding_with_links_there_and_back():
    book = openpyxl.load_workbook(io.BytesIO(collected()))
    summary, findings = book["汇总"], book["全部问题"]
    by_name = {summary.cell(row, 2).value: row for row in range(5, summary.max_row + 1)}
    seen = 0
    for row in range(5, findings.max_row + 1):
        cell = findings.cell(row, 2)
        seen += 1
        assert cell.hyperlink.location == f"'汇总'!B{by_name[cell.value]}"
    assert seen == len(told()["findings"]) >= 5
    column = next(cell.column for cell in summary[4] if cell.value == "错误")
    link = summary.cell(by_name["第5局"], column).hyperlink.location
    assert link.startswith("'全部问题'!A")
    assert findings.cell(int(link.rpartition("A")[2]), 2).value == "第5局"


def it_names_who_is_missing_and_who_is_not_listed(capsys):
    said = told()
    assert said["missing"] == ["第3局", "第13局"]
    assert said["not_listed"] == ["03"]
    assert "应报13家，已报12家" in capsys.readouterr().err
    assert [row["情况"] for row in rows(collected(), "未报送")] == ["未报送", "未报送", "不在名册里"]


def it_draws_native_charts():
    book = openpyxl.load_workbook(io.BytesIO(collected()))
    charts = book["图表"]._charts
    assert [type(chart).__name__ for chart in charts] == ["BarChart", "BarChart", "PieChart"]
    assert charts[1].series[0].val.numRef.f == "'汇总'!$F$5:$F$16"


def it_prints_two_charts_on_a_page():
    sheet = openpyxl.load_workbook(io.BytesIO(collected()))["图表"]
    rows_of_a_page = sheet.row_breaks.brk[0].id * 15 / 72  # inches, of rows 15 points high as Excel has them
    assert rows_of_a_page + sheet.page_margins.top + sheet.page_margins.bottom < 8.27  # A4 lying on its side


def it_tells_two_files_of_one_department():
    hand_in("12a", name="第 12 局")
    found = [finding for finding in told()["findings"] if finding["code"] == "collect-duplicate"]
    assert len(found) == 1
    assert found[0]["file"].endswith("12a.yaml")
    assert "12.yaml" in found[0]["message"]


def it_tells_a_standard_that_was_edited():
    path = Path("报送/01.yaml")
    path.write_text(
        path.read_text(encoding="utf-8").replace("年度:", "摘要: 0011223344556677\n年度:", 1), encoding="utf-8"
    )
    assert next(one for one in told()["departments"] if one["file"].endswith("01.yaml"))["other_digest"] is True


def it_gives_the_same_bytes_with_workers():
    for number in range(20, 60):
        hand_in(str(number), name=f"第{number}局")
    assert collected("一.xlsx") == collected("二.xlsx", "--workers", "2")


def it_writes_csv_that_no_spreadsheet_takes_for_a_formula():
    hand_in("11", name="'=1+1'")
    table = list(csv.reader(io.StringIO(collected("汇总.csv").decode("utf-8-sig"))))
    assert table[0][0] == "单位"
    assert "'=1+1" in {row[0] for row in table}
    assert {len(row) for row in table} == {len(table[0])}
    book = openpyxl.load_workbook(io.BytesIO(collected()))
    cell = next(row[1] for row in book["汇总"].iter_rows() if row[1].value == "=1+1")
    assert cell.data_type == "s"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "＝1+1",
        "＋1",
        "－1+1",
        "@SUM(1)",
        "＠a",
        " =1+1",
        "\t=1",
        "\n=1",
        "\r=1",
        "\u200b=1",
        "\u3000＝1",
    ],
)
def it_leads_no_cell_of_a_csv_with_a_formula(text):
    hand_in("11", name=json.dumps(text))
    cells = {cell for row in csv.reader(io.StringIO(collected("汇总.csv").decode("utf-8-sig"))) for cell in row}
    (own,) = (cell for cell in cells if text.strip() in cell)
    assert own.startswith("'")


def it_leads_no_heading_of_a_csv_with_a_formula():
    path = Path("library/standards/qinghe-2024.yaml")
    path.write_text(STANDARD + "summary: {columns: {部门: 单位.名称, '=1+1': 总分, 等次: 等级}}\n", encoding="utf-8")
    heads = collected("汇总.csv").decode("utf-8-sig").splitlines()[0].split(",")
    assert heads[:3] == ["部门", "'=1+1（分）", "等次"]


def it_shows_the_columns_that_the_standard_declares():
    path = Path("library/standards/qinghe-2024.yaml")
    more = "summary: {columns: {部门: 单位.名称, 结余: 资金.全年预算数 - 资金.全年执行数, 得分: 总分, 等次: 等级}}\n"
    path.write_text(STANDARD + more, encoding="utf-8")
    said = told()
    assert [column["name"] for column in said["columns"]] == ["部门", "结余", "得分", "等次"]
    first = said["departments"][0]["values"]
    assert first["部门"] == "第1局"
    assert Decimal(first["结余"]) == Decimal("139.88")


def template(*cells: tuple[str, str]) -> None:
    book = openpyxl.Workbook()
    for place, text in cells:
        book.active[place] = text
        book.active[place].font = Font(bold=True)
    Path("library/xlsx").mkdir(exist_ok=True)
    book.save("library/xlsx/汇总.xlsx")


def it_fills_the_template_of_the_bureau():
    template(
        ("A1", "{{ 标准.发布单位 }}：应报{{ 应报 }}家，未报{{ 未报 }}家"),
        ("A2", "{%tr for 单位 in 报送 %}"),
        ("A3", "{{ 单位.单位.名称 }}"),
        ("B3", "{{ 单位.资金.全年执行数 }}"),
        ("C3", "{{ 单位.等级 }}"),
        ("D3", "{{ 单位.状况 }}"),
        ("E3", "{{ 单位.错误数 }}"),
        ("A4", "{%tr endfor %}"),
        ("B5", "=SUM(B3:B3)"),
        ("A6", "{%tr for 家 in 未报送 %}"),
        ("A7", "{{ 家.名称 }}"),
        ("A8", "{%tr endfor %}"),
    )
    Path("library/standards/qinghe-2024.yaml").write_text(
        STANDARD + "summary: {template: xlsx/汇总.xlsx}\n", encoding="utf-8"
    )
    sheet = openpyxl.load_workbook(io.BytesIO(collected()), data_only=True).active
    table = list(sheet.iter_rows(values_only=True))
    assert table[0][0] == "青河市财政局：应报13家，未报2家"
    assert table[1][:5] == ("第1局", 10.12, "差", "正常", 0)
    assert ("第5局", None, None, "有错误", 1) in [row[:5] for row in table]
    assert table[13][1] == pytest.approx(float(told()["totals"]["资金全年执行数"]))
    assert [row[0] for row in table[14:]] == ["第3局", "第13局"]


@pytest.mark.parametrize("name", ["说明.docx", "没有.docx", "汇总.csv"])
def it_refuses_a_template_that_the_summary_would_not_use(name, capsys):
    assert run(["collect", "qinghe-2024", "报送", "-o", "汇总.xlsx", "--template", name]) == 2
    assert f"--template 的值不对：模板“{name}”和汇总“汇总.xlsx”的后缀要相同。" in capsys.readouterr().err
    assert not Path("汇总.xlsx").exists()


def it_reads_a_list_of_units_from_a_workbook_and_a_text():
    book = openpyxl.Workbook()
    for row in (["2024年应报单位"], ["序号", "单位名称", "联系人"], *([n, f"第{n}局", "张三"] for n in range(1, 14))):
        book.active.append(row)
    book.save("名册.xlsx")
    Path("名册.txt").write_text("# 应报单位\n" + "".join(f"第{n}局\n" for n in range(1, 14)), encoding="utf-8")
    for name in ("名册.xlsx", "名册.txt"):
        assert run(["collect", "qinghe-2024", "报送", "-o", "a.json", "--units", name]) == 1
        assert json.loads(Path("a.json").read_bytes())["missing"] == ["第3局", "第13局"]


@pytest.mark.parametrize("name", ["报送/01.yaml", "名册.json", "名册.txt", "名册.docx"])
def it_takes_no_other_file_for_a_list_of_units(name, capsys):
    if not Path(name).exists():
        Path(name).write_text("标准: qinghe-2024\n年度: 2024\n", encoding="utf-8")
    assert run(["collect", "qinghe-2024", "报送", "-o", "a.json", "--units", name]) == 2
    assert "[units-unreadable]" in capsys.readouterr().err
    assert not Path("a.json").exists()


def it_counts_a_file_that_is_not_there_as_not_handed_in(capsys):
    Path("名册.txt").write_text("第1局\n没有\n", encoding="utf-8")
    assert run(["collect", "qinghe-2024", "报送/01.yaml", "没有.yaml", "-o", "a.xlsx", "--units", "名册.txt"]) == 1
    told = capsys.readouterr().err
    assert "应报2家，已报1家" in told
    assert "未报送：没有" in told
    assert [row["状况"] for row in rows(Path("a.xlsx").read_bytes(), "汇总")[:2]] == ["正常", "找不到文件"]


def it_keeps_a_text_from_becoming_a_formula_when_its_cell_is_edited():
    hand_in("01", name='"=1+1局"')
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(collected()))["汇总"].iter_rows() for cell in row]
    assert [cell.quotePrefix for cell in cells if cell.value in ("=1+1局", "第2局")] == [False, True]


def it_collects_forms_beside_data_files():
    assert run(["form", "报送/02.yaml", "-o", "报送/02.xlsx"]) == 0
    Path("报送/02.yaml").unlink()
    found = next(one for one in told()["departments"] if one["file"].endswith("02.xlsx"))
    assert (found["name"], found["state"]) == ("第2局", "sound")
    assert found["values"]["资金全年执行数"] == "20.12"


def it_exits_with_0_where_everything_is_sound():
    for name in ("03", "05", "10"):
        Path(f"报送/{name}.yaml").unlink()
    assert run(["collect", "qinghe-2024", "报送", "-o", "a.csv"]) == 0
