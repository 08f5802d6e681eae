"""What a standard declares: each declaration that cannot be is told at its place, with a hint that fits; the rest holds."""

import pytest

from generator.diagnostics import InvalidReport, InvalidStandard
from tests.support.reports import faults, report, standard

HINTS = [
    ("fields: {率: {type: percent, unit: 分}}\n", "百分数的单位只有 %，不用写 unit。"),
    (
        "fields: {表: {type: map, of: map}}\n",
        "可以写：text、paragraphs、integer、number、money、percent、score、year、date、phone、choice、boolean、image。",
    ),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fields: {年: }\n", ("standard-field-without-type", 4, 10)),
        ("fields: {年: [integer]}\n", ("standard-not-mapping", 4, 13)),
        ("fields: {年: {type: , label: 甲}}\n", ("standard-not-text", 4, 20)),
        ("fields: {列: {type: list of, of: money}}\n", ("standard-bad-shorthand", 4, 20)),
        ("fields: {甲: money money}\n", ("standard-bad-shorthand", 4, 13)),
        ("fields: {甲: optional}\n", ("standard-unknown-type", 4, 13)),
        ("fields: {甲: 'optional money = '}\n", ("formula-empty", 4, 13)),
        ("fields: {额: {type: money = 1, formula: 2}}\n", ("standard-two-sources", 4, 20)),
        ("fields: {额: {type: money, formula: 1, default: 2}}\n", ("standard-two-sources", 4, 48)),
        ("fields: {额: {type: money, default: {formlua: 2}}}\n", ("standard-default-shape", 4, 36)),
        ("fields: {额: {type: money, fields: {乙: text}}}\n", ("standard-type-and-fields", 4, 27)),
        ("fields: {额: {type: money, key: 乙}}\n", ("standard-only-inline", 4, 27)),
        ("fields: {额: {type: money, checks: []}}\n", ("standard-only-inline", 4, 27)),
        ("fields: {_甲: text}\n", ("standard-bad-name", 4, 10)),
        ("fields: {sum: text}\n", ("standard-reserved-name", 4, 10)),
        ("fields: {text: text}\n", ("standard-reserved-name", 4, 10)),
        ("parameters: {_甲: }\nfields: {年: year}\n", ("standard-bad-name", 4, 14)),
    ],
)
def it_refuses_a_field_that_cannot_be(tmp_path, text, expected):
    assert faults(tmp_path, text) == [expected]


@pytest.mark.parametrize("written", ["｛｛ 年 ｝｝", "{ 年 }", "{{ 年 }", "年 }}", "{％ if 年 ％}"])
def it_refuses_braces_in_texts_that_are_never_filled_in(tmp_path, written):
    text = f'issuer: "某市{written}财政局"\nfields: {{年: {{type: year, label: "年{written}度"}}}}\n'
    assert [code for code, _, _ in faults(tmp_path, text)] == ["standard-fixed-text"] * 2


@pytest.mark.parametrize("written", ["{甲, 乙}", "{甲：{1，2}}", "（见下）"])
def it_lets_braces_of_prose_stand(tmp_path, written):
    assert faults(tmp_path, f'fields: {{年: {{type: year, label: "年{written}度"}}}}\n') == []


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("{type: money, width: 3cm}", 34),
        ("{type: money, format: markdown}", 35),
        ("{type: money, rows: 3}", 33),
        ("{type: money, of: text}", 31),
        ("{type: money, set: {甲: 1}}", 32),
        ("{type: money, total: 1}", 34),
        ("{type: money, text: '{{ 1 }}'}", 33),
        ("{type: money, open: 是}", 33),
        ("{type: list of text, text: 甲}", 40),
        ("{type: text, places: 1}", 34),
        ("{type: text, unit: 元}", 32),
        ("{type: boolean, max: 2}", 34),
        ("{type: choice, of: [甲], min: 2}", 42),
        ("{fields: {甲: text}, text: 甲}", 39),
        ("{fields: {甲: text}, default: {formula: 甲}}", 42),
    ],
)
def it_refuses_a_key_that_does_not_fit_the_type(tmp_path, field, column):
    assert faults(tmp_path, f"fields: {{项: {field}}}\n") == [("standard-unfit-key", 4, column)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fields: {文: {type: text, min: 1.5}}\n", ("standard-not-whole", 4, 31)),
        ("fields: {列: {type: list of money, max: 10000}}\n", ("standard-not-whole", 4, 40)),
        ("fields: {额: {type: money, places: 9}}\n", ("standard-not-whole", 4, 35)),
        ("fields: {年: {type: year, places: 1}}\n", ("standard-not-whole", 4, 34)),
        ("fields: {日: {type: date, min: 甲}}\n", ("value-not-date", 4, 31)),
        ("fields: {章: {type: image, width: 3cm, height: 高}}\n", ("standard-bad-length", 4, 47)),
        ("fields: {选: {type: choice, of: []}}\n", ("standard-choice-without-options", 4, 32)),
        ("fields: {选: {type: choice, of: [甲, [乙]]}}\n", ("standard-not-text", 4, 36)),
        ("parameters: {五: 5}\nfields: {选: {type: choice, of: 五}}\n", ("standard-choice-parameter", 5, 32)),
        ("fields: {表: {type: map, of: [money]}}\n", ("standard-not-text", 4, 29)),
        ("fields: {表: {type: map, of: mony}}\n", ("standard-unknown-type", 4, 29)),
        ("types: {行: {key: 明, fields: {名: text}}}\nfields: {年: year}\n", ("formula-unknown-field", 4, 18)),
        ("types: {行: {key: 额, fields: {额: money}}}\nfields: {年: year}\n", ("standard-key-not-text", 4, 18)),
        ("types: {行: {label: 甲}}\nfields: {年: year}\n", ("standard-missing-key", 4, 9)),
        ("types: {'行 ': {fields: {甲: text}}}\nfields: {年: year}\n", ("standard-bad-name", 4, 9)),
        ("types: {行: {remove: [甲], fields: {乙: text}}}\nfields: {年: year}\n", ("standard-only-extends", 4, 13)),
        ("defaults: 甲\nfields: {年: year}\n", ("standard-not-mapping", 4, 11)),
        ("defaults: {mony: {places: 2}}\nfields: {年: year}\n", ("standard-unknown-type", 4, 12)),
        ("fields: {年: year}\nchecks: [甲]\n", ("standard-not-mapping", 5, 10)),
        ("documents: [甲]\nfields: {甲: text}\n", ("standard-not-mapping", 4, 13)),
        ("engine: [1]\nfields: {甲: text}\n", ("standard-bad-version", 4, 9)),
        ("includes: 甲\nfields: {年: year}\n", ("standard-not-list", 4, 11)),
        ("includes: [case]\nfields: {年: year}\n", ("standard-include-cycle", 4, 12)),
        ("summary: 甲\nfields: {年: year}\n", ("standard-not-mapping", 4, 10)),
        ("summary: \nfields: {年: year}\n", ("standard-summary-shape", 4, 9)),
    ],
)
def it_tells_what_a_standard_says_amiss_once(tmp_path, text, expected):
    assert faults(tmp_path, text) == [expected]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{type: list of nmber, value: [1]}", ("standard-unknown-type", 4, 24)),
        ("{type: map, of: nmber, value: {一: 1}}", ("standard-unknown-type", 4, 33)),
        ("{type: number, value: [1]}", ("standard-not-text", 4, 39)),
        ("{type: list of number, value: {一: 1}}", ("standard-not-list", 4, 47)),
        ("", ("standard-parameter-shape", 4, 17)),
    ],
)
def it_refuses_a_parameter_that_cannot_be(tmp_path, value, expected):
    assert faults(tmp_path, f"parameters: {{甲: {value}}}\nfields: {{年: year}}\n") == [expected]


@pytest.mark.parametrize(
    ("parameter", "formula", "expected"),
    [
        ("[1, 2.5]", "sum(甲)", "3.5"),
        ("{type: list, value: [1, 2]}", "sum(甲)", "3"),
        ("{type: list of number, value: 5}", "sum(甲)", "5"),  # one value is a list of one
        ("{一: 2, 二: 3}", "甲['二']", "3"),
        ("{type: map, of: money, value: {一: 2}}", "甲['一'] * 2", "4"),
        ("0.12345678", "甲", "0.12345678"),  # a constant has the places that it is written with
    ],
)
def it_takes_a_parameter_for_what_it_says(tmp_path, parameter, formula, expected):
    used = standard(
        tmp_path,
        f'parameters: {{甲: {parameter}}}\nfields: {{和: {{type: number, places: 8, formula: "{formula}"}}}}\n',
    )
    assert str(report(used, "").value("和")) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("甲", [("standard-not-list", 4, 70)]),
        ("[]", [("standard-not-list", 4, 70)]),
        ("[甲]", [("standard-not-mapping", 4, 71)]),
        ("[{额: 2}]", [("standard-missing-key", 4, 71)]),
        ("[{名: 甲, 额: [2]}]", [("standard-fixed-value", 4, 78)]),
        ("[{名: 甲, 元: 2}]", [("standard-fixed-value", 4, 78)]),
        ("[{名: 甲}, {名: 乙, 额: 二}, {名: 甲}]", [("value-not-number", 4, 89), ("standard-fixed-twice", 4, 93)]),
    ],
)
def it_refuses_prescribed_rows_that_cannot_be(tmp_path, rows, expected):
    text = f"fields: {{列: {{type: list, key: 名, fields: {{名: text, 额: money}}, fixed: {rows}}}}}\n"
    assert faults(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{when: 年 > 1, text: 甲}", ("standard-text-shape", 4, 41)),
        ("[{when: 年 > 1}]", ("standard-text-shape", 4, 42)),
        ("[{when: 年 > 1, text: 甲, 乙: 丙}]", ("standard-text-shape", 4, 42)),
        ("[{when: 年 > 1, text: [甲]}]", ("standard-text-shape", 4, 42)),
        ("[甲]", ("standard-text-shape", 4, 42)),
        ("[{when: 年 +, text: 甲}, {text: 乙}]", ("formula-syntax", 4, 52)),
    ],
)
def it_refuses_wordings_that_cannot_be(tmp_path, text, expected):
    assert faults(tmp_path, f"fields: {{年: year, 文: {{type: text, text: {text}}}}}\n") == [expected]


@pytest.mark.parametrize(("text", "hint"), HINTS)
def it_hints_at_what_can_be_written_there(tmp_path, text, hint):
    with pytest.raises(InvalidStandard) as caught:
        standard(tmp_path, text)
    assert [str(found.hint) for found in caught.value.diagnostics] == [hint]


LIBRARY = """
types:
  行:
    fields:
      名: text
      记: {fields: {甲: money, 乙: money = 甲 * 2}, required: false}
      算: money = 3
      文: {type: text, text: 一}
    checks:
      - {id: 一, rule: 名 != '某', message: 甲}
"""


@pytest.mark.parametrize(
    ("extension", "expected"),
    [
        ("fields: {新: {label: 算得}}", [("standard-field-without-type", 5, 34)]),
        ("remove: [金], remove_checks: [二]", [("standard-remove-unknown", 5, 34), ("standard-remove-unknown", 5, 54)]),
        ("checks: [{id: 一, rule: 名 != '', message: 甲}]", [("standard-duplicate-check", 5, 34)]),
        ("remove_checks: [一], checks: [{id: 一, rule: 名 != '', message: 甲}]", []),
        ("fields: {算: {formula: 名}}", [("formula-result", 5, 47)]),
    ],
)
def it_tells_what_an_extension_says_amiss(tmp_path, extension, expected):
    text = f"includes: [lib]\ntypes: {{行: {{extends: 行, {extension}}}}}\nfields: {{行: 行}}\n"
    assert faults(tmp_path, text, lib=LIBRARY) == expected


def it_replaces_what_computes_a_field_by_what_an_extension_says_of_it(tmp_path):
    text = """includes: [lib]
types:
  行:
    extends: 行
    fields:
      记: {fields: {丙: money = 甲 + 乙}}
      算: {default: 4, label: 数}
      文: {formula: 名}
fields: {行: 行}
"""
    used = standard(tmp_path, text, lib=LIBRARY)
    made = report(used, "行: {名: 某某, 记: {甲: 1.5}}\n")
    paths = ("行.算", "行.文", "行.记.乙", "行.记.丙")
    assert [str(made.value(path)) for path in paths] == ["4", "某某", "3", "4.5"]
    assert str(report(used, "行: {名: 某某, 算: 5}\n").value("行.算")) == "5"
    with pytest.raises(InvalidReport):  # the check is still there
        report(used, "行: {名: 某}\n")


@pytest.mark.parametrize(
    ("own", "library", "expected"),
    [
        ("types: {行: {fields: {甲: text}}}\n", LIBRARY, [("standard-duplicate-type", 5, 9)]),
        (
            "checks: [{id: 总, rule: 1 > 0, message: 甲}]\n",
            "checks: [{id: 总, rule: 1 > 0, message: 甲}]\n",
            [("standard-duplicate-check", 5, 10)],
        ),
        ("", "fields: {甲: txt}\n", [("standard-unknown-type", 2, 13)]),
        ("", "fields: {甲: 'x\n", [("yaml-unclosed-quote", 2, 13)]),
        ("", "includes: [lib]\n", [("standard-include-cycle", 2, 12)]),
        ("types: {甲: {extends: 甲, fields: {一: text}}}\n", "", [("standard-extends-missing", 5, 22)]),
        ("types: {甲: {extends: 乙}, 乙: {extends: 甲}}\n", "", [("standard-extends-cycle", 5, 39)]),
    ],
)
def it_tells_where_a_file_and_what_it_includes_do_not_agree(tmp_path, own, library, expected):
    assert faults(tmp_path, f"includes: [lib]\n{own}fields: {{年: year}}\n", lib=library) == expected


def it_prints_by_the_defaults_of_every_file_that_it_includes(tmp_path):
    used = standard(
        tmp_path,
        "includes: [one, two]\ndefaults: {text: {empty: 无}}\nfields: {额: money, 文: optional text}\n",
        one="defaults: {money: {places: 4}}\n",
        two="defaults: {money: {print: fixed}}\n",
    )
    made = report(used, "额: 1.5\n")
    assert (str(made.value("额")), str(made.value("文"))) == ("1.5000", "无")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ("changes: 甲", ("standard-not-list", 4, 10)),
        ("changes: [{version: 甲}]", ("standard-bad-version", 4, 21)),
        ("changes: [{version: 1.0.0, renamed: 甲}]", ("standard-not-mapping", 4, 37)),
        ("changes: [{version: 1.0.0, renamed: {一: 表.额}}]", ("standard-bad-name", 4, 41)),
        ("changes: [{version: 1.0.0, renamed: {一: }}]", ("standard-not-text", 4, 41)),
        ("changes: [{version: 1.0.0, renamed: {表.一: 元}}]", ("standard-unknown-path", 4, 37)),
        ("changes: [{version: 1.0.0, added: [甲]}]", ("standard-unknown-path", 4, 36)),
        ("carry: 甲", ("standard-not-mapping", 4, 8)),
        ("carry: {乙: 表}", ("standard-unknown-path", 4, 9)),
        ("carry: {表: [额]}", ("standard-not-text", 4, 12)),
        ("carry: {keep: [表, 乙]}", ("standard-unknown-path", 4, 19)),
        ("carry: {keep: [表.元]}", ("standard-unknown-path", 4, 16)),
    ],
)
def it_refuses_a_succession_that_names_what_is_not_there(tmp_path, changes, expected):
    assert faults(tmp_path, f"{changes}\nfields: {{表: {{fields: {{额: money}}}}}}\n") == [expected]


def it_knows_a_name_that_a_later_version_renamed_again(tmp_path):
    changes = "[{version: 1.0.0, renamed: {一: 二}}, {version: 1.1.0, renamed: {二: 三}}]"
    assert faults(tmp_path, f"changes: {changes}\nfields: {{三: text}}\n") == []
    assert faults(tmp_path, f"changes: {changes}\nfields: {{二: text}}\n") == [("standard-unknown-path", 4, 72)]
