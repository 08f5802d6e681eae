"""What a person may ask a report about, and what is answered."""

import json
from pathlib import Path

import pytest

from generator.cli.explain import answer
from generator.diagnostics import Failure
from generator.report import examine
from generator.report.explanation import Explanation
from generator.report.field_paths import steps
from generator.report.looked_up import Candidates, NamedCheck, RecordTable
from generator.standard import load_standard
from tests.support.reports import standard

SAMPLE = Path(__file__).parents[2] / "data" / "shifeng-2020.yaml"
STANDARD = """fiscal_year: 2020
parameters:
  满分:
    value: 100
    reference: 通知第三条
types:
  指标:
    key: 名称
    fields:
      计划: integer
      名称: text
      完成: integer
      完成率: {type: percent, formula: 完成 / 计划, label: 完成比例}
fields:
  单位: text
  要点: list of text
  指标: list of 指标
  总完成: {type: integer, formula: sum(指标.完成)}
"""
DATA = """标准: case
单位: 甲局
要点:
  - 一
  - 二
指标:
  - {名称: 培训, 计划: 10, 完成: 8}
  - {名称: 调研, 计划: 4, 完成: 4}
"""


@pytest.fixture
def found(tmp_path):
    loaded = standard(tmp_path, STANDARD)
    report, _ = examine(DATA.encode(), loaded, "data.yaml")
    assert report is not None
    return report


def it_finds_a_field_by_its_last_name_where_only_one_bears_it(found):
    one = found.look_up("总完成")
    for typed in (
        "【总完成】",
        "'总完成'",
        "总完成（人）",
        "总 完成",
        "总完成＝",
        "本.总完成",
        "$总完成$",
        "{{ 总完成 }}",
    ):
        assert found.look_up(typed) == one, typed
    assert isinstance(one, Explanation)
    assert (one.path, one.value) == ("总完成", "12")


@pytest.mark.parametrize(
    "name", ["完成率", "完成比例", "指标.完成率", "完成率：80%", "完成率 = 80%  ← 完成 / 计划", "完成率 80%"]
)
def it_lists_the_fields_that_bear_one_name_with_their_values(found, name):
    several = found.look_up(name)
    assert isinstance(several, Candidates)
    assert [(one.path, one.value) for one in several.found] == [("指标[0].完成率", "80%"), ("指标[1].完成率", "100%")]


def it_gives_a_list_of_records_as_a_table_with_the_key_first(found):
    table = found.look_up("指标")
    assert isinstance(table, RecordTable)
    assert table.columns == ("名称", "计划", "完成", "完成率")
    assert table.computed == {"完成率"}
    shown = [(path, *(one.value for one in fields)) for path, fields in table.rows]
    assert shown == [("指标[0]", "培训", "10", "8", "80%"), ("指标[1]", "调研", "4", "4", "100%")]


@pytest.mark.parametrize(
    "path",
    [
        "指标[1]",
        '指标["调研"]',
        "报告.指标[1]",
        "指标.1",
        "指标[第2个]",
        "指标.第2项",
        "指标[调研]",
        "指标.调研",
        "调研",
        "“指标/调研”",
        "$指标［１］$",
    ],
)
def it_gives_one_record_by_index_or_key(found, path):
    table = found.look_up(path)
    assert isinstance(table, RecordTable)
    assert [path for path, _ in table.rows] == ["指标[1]"]


def it_gives_one_item_of_a_list_of_texts_at_its_own_line(found):
    item = found.look_up("要点[1]")
    assert isinstance(item, Explanation)
    assert (item.path, item.value, item.location.line) == ("要点[1]", "二", 5)


def it_explains_a_parameter(found):
    parameter = found.look_up("满分")
    assert isinstance(parameter, Explanation)
    assert (parameter.value, parameter.origin, parameter.note.zh) == ("100", "parameter", "通知第三条")


@pytest.mark.parametrize("name", ["完成率", "指标", "指标[0]", "指标[0].完成率", "要点", "要点[0]", "满分"])
@pytest.mark.parametrize("language", ["zh", "en"])
def it_gives_each_answer_as_json(found, name, language):
    assert json.loads(json.dumps(found.look_up(name).as_json(language)))


@pytest.mark.parametrize("name", ["没有", "指标[9]", "指标[9].完成率", "要点[2]", '指标["无"]', "", "指标[", "[0]"])
def it_refuses_what_is_not_there(found, name):
    with pytest.raises(Failure) as refused:
        found.look_up(name)
    assert [told.code for told in refused.value.diagnostics] == ["report-no-path"]


def it_proposes_the_name_that_was_meant(found):
    with pytest.raises(Failure) as refused:
        found.look_up("指标[0].完成律")
    hint = refused.value.diagnostics[0].hint_text
    assert hint is not None
    assert "“完成率”" in hint.zh


def it_answers_for_every_place_that_a_finding_names(tmp_path):
    loaded = standard(tmp_path, STANDARD)
    report, findings = examine(DATA.replace("完成: 8", "完成: 八个").encode(), loaded, "data.yaml")
    assert report is not None
    paths = {told.location.path for told in findings if told.location.path}
    assert paths == {"指标[0].完成"}
    for path in paths:
        assert steps(path)
        assert report.look_up(path).as_json()["path"] == path
    assert report.look_up("总完成").as_json()["note"] == "所依据的数据有错"


SAMPLE = Path(__file__).parents[2] / "data" / "shifeng-2020.yaml"


@pytest.mark.parametrize(
    ("path", "value", "line", "note"),
    [
        ("事实.走访家数", "52家", 45, ""),
        ("收入.财政拨款收人", "160.44", 35, "标准里没有这个字段"),
        ("保留[0]", "处 成绩[0].内容，文字 无，理由 例", 1, ""),
        ("保留[0].文字", "无", 1, ""),
        ("标准", "shifeng-2020", 4, ""),
    ],
)
def it_answers_for_what_the_data_file_says_where_the_report_has_no_field(path, value, line, note):
    text = (
        SAMPLE.read_text("utf-8")
        .replace("走访家数: 52", "走访家数: 52家")
        .replace("财政拨款收入: 160", "财政拨款收人: 160")
    )
    kept = "保留: [{处: '成绩[0].内容', 文字: 无, 理由: 例}]\n"
    loaded = load_standard(str(SAMPLE.parents[1] / "templates" / "standards" / "shifeng-2020.yaml"))
    report, _ = examine((kept + text).encode(), loaded, "data.yaml")
    assert report is not None
    told = report.look_up(path).as_json()
    assert (told["path"], told["value"], told["line"], told["note"] or "") == (path, value, line, note)


@pytest.mark.parametrize(
    ("asked", "path", "value"),
    [
        ("{{ 总分 }}", "总分", "97"),
        ("{{ 总分|千分位 }}", "总分", "97"),
        ("指标【0】。名称", "指标[0].名称", "产出指标"),
        ("等级标准.优", "等级标准.优", "90"),
        ('等级标准["良"]', "等级标准.良", "80"),
    ],
)
def it_takes_a_path_as_it_is_copied_or_typed_and_an_entry_of_a_parameter(asked, path, value):
    loaded = load_standard(str(SAMPLE.parents[1] / "templates" / "standards" / "shifeng-2020.yaml"))
    report, _ = examine(SAMPLE.read_bytes(), loaded, "data.yaml")
    assert report is not None
    told = report.look_up(asked).as_json()
    assert (told["path"], told["value"]) == (path, value)


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("指标[第99个]", "“指标”有 2 项：指标[0] 到 指标[1]（从 0 数起）。"),
        ("指标[99]", "“指标”有 2 项：指标[0] 到 指标[1]（从 0 数起）。"),
        ("指标[2].完成", "“指标”有 2 项：指标[0] 到 指标[1]（从 0 数起）。"),
        ("指标【7】", "“指标”有 2 项：指标[0] 到 指标[1]（从 0 数起）。"),
        ("要点[5]", "“要点”有 2 项：要点[0] 到 要点[1]（从 0 数起）。"),
        ('指标["调研"].完成[3]', ""),
    ],
)
def it_says_how_many_items_a_list_has(found, path, hint):
    with pytest.raises(Failure) as refused:
        found.look_up(path)
    (told,) = refused.value.diagnostics
    assert told.code == "report-no-path"
    assert hint in str(told.hint)
    assert ("从 0 数起" in str(told.hint)) == bool(hint)


def it_says_what_a_check_is_about(tmp_path):
    checks = "checks: [{id: 有完成, rule: 总完成 > 0, severity: warning, message: 无, description: 要有完成的}]\n"
    report, _ = examine(DATA.encode(), standard(tmp_path, STANDARD + checks), "data.yaml")
    assert report is not None
    told = report.look_up("有完成")
    assert isinstance(told, NamedCheck)
    assert told.as_json() == {
        "check": "有完成",
        "rules": [{"path": "", "severity": "warning", "description": "要有完成的", "rule": "总完成 ＞ 0"}],
    }
    assert answer(told, "zh") == ["提醒“有完成”", "  要有完成的", "  总完成 ＞ 0"]
    loaded = load_standard(str(SAMPLE.parents[1] / "templates" / "standards" / "shifeng-2020.yaml"))
    report, _ = examine(SAMPLE.read_bytes(), loaded, "data.yaml")
    assert report is not None
    assert answer(report.look_up("得分不超过分值"), "en") == [
        "Check “得分不超过分值” (指标.二级指标.三级指标)",
        "  0 ≤ 得分 ≤ 分值",
    ]


def it_is_led_by_names_of_fields_and_rows_with_steps_between_them_left_out():
    report, _ = examine(SAMPLE.read_bytes(), None, "数据.yaml")
    assert report is not None
    for typed in ("指标.效益指标.社会效益指标", "效益指标.社会效益指标"):
        table = report.look_up(typed)
        assert isinstance(table, RecordTable)
        assert "指标[1].二级指标[1]" in [path for path, _ in table.rows]
        scores = report.look_up(f"{typed}.得分")
        assert isinstance(scores, Candidates)
        assert [one.path for one in scores.found] == [f"{path}.得分" for path, _ in table.rows]
    with pytest.raises(Failure):
        report.look_up("社会效益指标.效益指标")


def it_finds_the_fields_that_hold_a_number_or_words_of_a_sentence(found):
    row = found.look_up("80%")
    assert isinstance(row, Explanation)
    assert (row.path, row.formula) == ("指标[0].完成率", "完成 / 计划")
    several = found.look_up("4")
    assert isinstance(several, Candidates)
    assert [one.path for one in several.found] == ["指标[1].计划", "指标[1].完成"]
    with pytest.raises(Failure):
        found.look_up("81%")
    sample, _ = examine(SAMPLE)
    assert sample is not None
    said = sample.look_up("人员只出不进")
    assert isinstance(said, Candidates)
    assert [one.path for one in said.found] == ["人员.工勤说明", "编制说法", "工勤编制说法"]
