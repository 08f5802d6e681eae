"""Rows that a bureau prescribes: by key, in its order, completed by the department."""

import pytest

from generator.standard.blank_file import blank_data_file
from tests.support.reports import findings, report, standard

TYPES = """
types:
  二级: {key: 名称, fields: {名称: text, 分值: score}}
  一级: {key: 名称, fields: {名称: text, 比重: percent, 二级: list of 二级, 备注: optional text}}
fields:
"""
ROWS = "fixed: [{名称: 产出, 比重: 60%, 二级: [{名称: 数量}, {名称: 质量}]}, {名称: 效益, 比重: 40%}]"
DATA = """指标:
  - {名称: 效益, 二级: [{名称: 社会, 分值: 4}], 比重: 40.0%}
  - {名称: 产出, 备注: 好, 二级: [{名称: 质量, 分值: 3}, {名称: 数量, 分值: 2}]}
"""


def used(folder, more=""):
    return standard(folder, f"{TYPES}  指标: {{type: list of 一级, {ROWS}{more}}}\n")


def it_keeps_the_order_of_the_bureau(tmp_path):
    context = report(used(tmp_path), DATA).context()
    assert [(row["名称"], str(row["比重"]), str(row["备注"])) for row in context["指标"]] == [
        ("产出", "60%", "好"),
        ("效益", "40%", ""),
    ]
    assert [(row["名称"], str(row["分值"])) for row in context["指标"][0]["二级"]] == [("数量", "2"), ("质量", "3")]


def it_lets_a_department_add_rows_where_the_list_is_open(tmp_path):
    data = DATA + "  - {名称: 其他, 比重: 0%, 二级: [{名称: 别的, 分值: 1}]}\n"
    context = report(used(tmp_path, ", open: true"), data).context()
    assert [row["名称"] for row in context["指标"]] == ["产出", "效益", "其他"]
    assert [found.code for found in findings(used(tmp_path), data)] == ["row-not-prescribed"]


def it_tells_an_absent_row_once_at_the_list(tmp_path):
    told = findings(used(tmp_path), DATA.replace("{名称: 质量, 分值: 3}, ", ""))
    assert [(found.code, found.location.line, found.location.path) for found in told] == [
        ("missing-row", 4, "指标[0].二级[1]")
    ]


def it_finds_the_right_name_of_a_row(tmp_path):
    told = findings(used(tmp_path, ", open: false"), DATA.replace("名称: 社会", "名称: 社会"))
    assert told == []
    (wrong, *rest) = findings(used(tmp_path), DATA.replace("名称: 质量", "名称: 质量好"))
    assert {wrong.code, *(found.code for found in rest)} == {"row-not-prescribed", "missing-row"}
    assert "质量" in str(next(found for found in [wrong, *rest] if found.code == "row-not-prescribed").hint)


def it_prescribes_the_entries_of_a_map(tmp_path):
    made = standard(tmp_path, "\nfields:\n  职数: {type: map, of: integer, fixed: [局长, 科长]}\n")
    assert list(report(made, "职数: {科长: 2, 局长: 1}\n").context()["职数"]) == ["局长", "科长"]
    assert [found.code for found in findings(made, "职数: {科长: 2}\n")] == ["missing-row"]
    assert [found.code for found in findings(made, "职数: {科长: 2, 局长: 1, 股长: 1}\n")] == ["row-not-prescribed"]


def it_writes_the_rows_into_the_file_to_fill_in(tmp_path):
    text = blank_data_file(used(tmp_path))
    assert [line.split("#")[0].strip() for line in text.splitlines() if "已规定" in line] == [
        "- 名称: 产出",
        '比重: "60%"',
        "- 名称: 数量",
        "- 名称: 质量",
        "- 名称: 效益",
        '比重: "40%"',
    ]
    codes = {found.code for found in findings(used(tmp_path), text.partition("标准: case\n")[2])}
    assert codes == {"missing-value"}


@pytest.mark.parametrize(
    ("stated", "kind"), [("{优: 90, 良: 80}", "map"), ("[甲, 乙]", "text"), ("10", "number"), ("10%", "number")]
)
def it_reads_parameters_in_short(tmp_path, stated, kind):
    made = standard(tmp_path, f"\nparameters: {{等级: {stated}}}\nfields: {{甲: money}}\n")
    assert made.parameters["等级"].type.kind == kind
    assert made.parameters["等级"].value


def it_uses_bands_in_short(tmp_path):
    text = "\nparameters: {等级: {优: 90, 良: 80, 差: 0}}\nfields: {分: score, 等: 'text = band(分, 等级)'}\n"
    assert report(standard(tmp_path, text), "分: 85\n").context()["等"] == "良"
