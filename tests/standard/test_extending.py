"""Includes, extensions and patches of common types."""

import pytest

from generator.diagnostics import InvalidStandard
from generator.figures import Figure
from generator.standard import load_standard
from tests.support.reports import report, standard

COMMON = """
parameters:
  满分: {type: score}
types:
  项:
    key: 名称
    fields:
      名称: text
      分值: score
      得分: score
      备注: {type: text, label: 说明, required: false}
    checks:
      - {id: 不超过, rule: 得分 <= 分值, message: 得分超过分值}
  组:
    fields:
      项目: list of 项
      合计: score = sum(项目.得分)
"""


def it_uses_the_extended_type_inside_other_common_types(tmp_path):
    used = standard(
        tmp_path,
        "includes: [common]\ntypes:\n  项: {extends: 项, fields: {权重: percent, 加权: 'score = 得分 * 权重'}}\n"
        "fields: {组: 组}\n",
        common=COMMON,
    )
    assert "权重" in used.types["项"].fields
    assert used.types["组"].fields["项目"].record is used.types["项"]
    assert [check.id for check in used.types["项"].checks] == ["不超过"]


def it_patches_presentation_and_replaces_where_a_type_is_given(tmp_path):
    used = standard(
        tmp_path,
        "includes: [common]\ntypes:\n  项:\n    extends: 项\n    fields:\n      备注: {example: 因疫情, required: true}\n"
        "      分值: {type: integer, label: 权重分}\n    remove: [得分]\n    remove_checks: [不超过]\n"
        "fields: {清单: list of 项}\n",
        common=COMMON,
    )
    fields = used.types["项"].fields
    assert (fields["备注"].label, fields["备注"].example, fields["备注"].required) == ("说明", "因疫情", True)
    assert (fields["分值"].kind, fields["分值"].label) == ("integer", "权重分")
    assert "得分" not in fields
    assert used.types["项"].checks == ()
    assert used.types["项"].key == "名称"


def it_makes_a_new_type_from_another(tmp_path):
    used = standard(
        tmp_path,
        "includes: [common]\ntypes:\n  加分项: {extends: 项, fields: {依据: text}}\nfields: {清单: list of 加分项, 组: 组}\n",
        common=COMMON,
    )
    assert set(used.types["加分项"].fields) == {"名称", "分值", "得分", "备注", "依据"}
    assert "依据" not in used.types["项"].fields


def it_demands_a_value_of_a_library_parameter_only_where_it_is_read(tmp_path):
    standard(tmp_path, "includes: [common]\nfields: {清单: list of 项}\n", common=COMMON)
    with pytest.raises(InvalidStandard) as caught:
        standard(tmp_path, "includes: [common]\nfields: {甲: score = 满分}\n", common=COMMON)
    assert [found.code for found in caught.value.diagnostics] == ["standard-parameter-unset"]
    used = standard(
        tmp_path, "includes: [common]\nparameters: {满分: {value: 100}}\nfields: {甲: score = 满分}\n", common=COMMON
    )
    assert report(used, "").value("甲") == 100
    assert used.parameters["满分"].type.unit == "分"


def it_lets_libraries_include_libraries(tmp_path):
    used = standard(
        tmp_path,
        "includes: [upper]\nfields: {甲: 项, 乙: 事}\n",
        common=COMMON,
        upper="includes: [common]\ntypes: {事: {fields: {名: text}}}\n",
    )
    assert set(used.types) >= {"项", "事"}


def it_gives_defaults_by_type_and_lets_a_field_differ(tmp_path):
    used = standard(
        tmp_path,
        "defaults: {percent: {print: fixed, places: 1}, money: {print: fixed}}\n"
        "fields: {率: percent, 另率: {type: percent, print: trim}, 额: money, 元额: {type: money, unit: 元, places: 0}}\n",
    )
    found = report(used, "率: 50%\n另率: 50%\n额: 3\n元额: 7\n")
    assert [str(found.value(name)) for name in ("率", "另率", "额", "元额")] == ["50.0%", "50%", "3.00", "7"]
    assert found.value("元额") == Figure(7, "元", 0)


def it_tells_every_fault_of_a_standard_at_once(tmp_path):
    with pytest.raises(InvalidStandard) as caught:
        standard(
            tmp_path,
            "fields:\n  甲: mony\n  乙: money = 丙 + 1\n  丁: {type: text, formula: 乙 + 1}\n  戊: text = 'a\n"
            "checks:\n  - {id: 一, rule: 乙, message: '{{ 己 }}'}\n",
        )
    found = [(d.code, d.location.line, d.location.column) for d in caught.value.diagnostics]
    assert found == [
        ("standard-unknown-type", 5, 6),
        ("formula-unknown-name", 6, 14),
        ("formula-result", 7, 28),
        ("formula-string-open", 8, 13),
        ("formula-condition", 10, 19),
        ("formula-unknown-name", 10, 31),
    ]


def it_loads_a_standard_once_until_a_file_of_it_changes(tmp_path):
    used = standard(tmp_path, "includes: [common]\nfields: {清单: list of 项}\n", common=COMMON)
    path = tmp_path / "case.yaml"
    assert load_standard(str(path)) is used
    library = tmp_path / "common.yaml"
    library.write_text(library.read_text(encoding="utf-8").replace("备注", "备考"), encoding="utf-8")
    again = load_standard(str(path))
    assert again is not used
    assert "备考" in again.types["项"].fields
