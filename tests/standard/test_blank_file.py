"""The data file to fill in, and the JSON Schema for editors."""

import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from generator.report import examine
from generator.report.data_digest import data_digest
from generator.report.editor_schema import json_schema
from generator.source import Map, Scalar, read_source
from generator.standard import load_standard
from generator.standard.blank_file import blank_data_file
from generator.standard.kinds import kind_of
from tests.support.filling import filled, left_out
from tests.support.reports import standard

ROOT = Path(__file__).parents[2]
STANDARDS = [
    *sorted(path for path in (ROOT / "templates/standards").glob("*.yaml") if path.stem != "common"),
    ROOT / "tests/library/standards/example.yaml",
]
QINGHE = ROOT / "tests/cases/qinghe-2024/data/qinghe-2024.yaml"
DATA = sorted((ROOT / "data").glob("*.yaml"))


def demanded_paths(section, prefix=""):
    """Path and label of the inputs that a data file with one item in every list that is required must give."""
    for name, cell in section.cells.items():
        if cell.origin != "data" or not cell.field.required:
            continue
        path = f"{prefix}{name}"
        if cell.section is not None:
            yield from demanded_paths(cell.section, f"{path}[0]." if cell.field.many else f"{path}.")
        elif cell.demanded:
            yield path, cell.field.label


@pytest.mark.parametrize("path", STANDARDS, ids=lambda path: path.stem)
def it_reports_exactly_the_missing_values_of_a_blank_file(path):
    standard = load_standard(str(path))
    report, found = examine(blank_data_file(standard).encode(), standard, name="new.yaml")
    assert {finding.code for finding in found} <= {"missing-value", "computed-blank"}  # sums of optional values
    told = {str(finding.location.path): str(finding.hint) for finding in found if finding.code == "missing-value"}
    demanded = dict(demanded_paths(standard.root))
    assert set(told) <= set(demanded)
    for path in set(demanded) - set(told):  # of an empty item, one finding names all that it and its own items lack
        told_of = [hint for one, hint in told.items() if path.startswith(one.rpartition(".")[0])]
        assert any(demanded[path] in hint for hint in told_of), path
    reads = report is not None
    assert reads


@pytest.mark.parametrize("path", STANDARDS, ids=lambda path: path.stem)
def it_names_every_input_with_its_label_and_demand(path):
    standard = load_standard(str(path))
    text = blank_data_file(standard)
    assert text.startswith("# yaml-language-server: $schema=")
    assert f"\n标准: {standard.id}@{standard.version}\n" in text
    for name, cell in standard.root.cells.items():
        if cell.origin != "data" or cell.section is not None:
            continue
        line = next(line for line in text.split("\n") if line.startswith(f"{name}:"))
        assert ("必填" in line) == cell.demanded
        assert cell.field.label in line
        assert (cell.field.example or "") in line


@pytest.mark.parametrize("path", STANDARDS, ids=lambda path: path.stem)
def it_tells_nothing_again_and_again_and_shows_no_code(path):
    standard = load_standard(str(path))
    for language in ("zh", "en"):
        lines = blank_data_file(standard, language=language).split("\n")
        body = lines[next(index for index, line in enumerate(lines) if line.startswith("标准:")) :]
        comments = [line.partition("# ")[2] for line in body if "# " in line]
        long = [comment for comment in comments if len(comment) > 40]
        assert max((long.count(comment) for comment in long), default=0) <= 4
        for comment in comments:
            assert not re.search(
                r"==|<=|>=|\b(sum|count|has|not|or|and)\b[ (]" if language == "zh" else r"==|<=|>=", comment
            )
            assert comment.count("例如") <= 1
            assert len(comment) <= (130 if language == "zh" else 200), comment
        if standard.fiscal_year:
            years = [int(year) for line in lines for year in re.findall(r"(?:such as|例如) (20\d\d)", line)]
            assert set(years) <= {standard.fiscal_year, standard.fiscal_year + 1}


@pytest.mark.parametrize("path", [*DATA, QINGHE], ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["zh", "en"])
def it_checks_clean_when_its_blanks_are_filled_in(path, language):
    root = read_source(path).root
    assert isinstance(root, Map)
    library = ROOT / "templates" if path.parent == ROOT / "data" else path.parents[1] / "templates"
    standard = load_standard(library / "standards" / f"{named(root)}.yaml")
    form = blank_data_file(standard, language=language)
    for place in left_out(form, root):  # what a department never types: computed values that it states all the same
        assert place in ("标准", "另载", "保留") or is_computed(standard.root, place.split(".")), place
    report, found = examine(filled(form, root).encode(), standard, name=str(path))
    sample, told = examine(path.read_bytes(), standard, name=str(path))
    assert [(one.code, one.location.path) for one in found] == [(one.code, one.location.path) for one in told]
    assert report is not None
    assert sample is not None
    assert data_digest(report) == data_digest(sample)


def named(root):
    """The id of the standard that a data file names."""
    head = root["标准"]
    assert isinstance(head, Scalar)
    return head.text.partition("@")[0]


def is_computed(section, steps):
    cell = section.cells[steps[0]]
    if cell.origin != "data":
        return True
    if len(steps) > 1 and cell.section is None:
        return cell.field.kind == "map"  # its names are the department's
    return len(steps) > 1 and is_computed(cell.section, steps[1:])


def it_takes_lists_that_are_left_empty_for_none(tmp_path):
    standard = tmp_path / "x.yaml"
    standard.write_text(
        "standard: x\ntitle: 甲\nversion: 1.0.0\ntypes:\n  行: {fields: {名称: text, 款: optional list of 款}}\n"
        "  款: {fields: {额: money}}\nfields:\n  事: list of text\n  项: optional list of 行\n  条: optional list of text\n",
        encoding="utf-8",
    )
    text = blank_data_file(load_standard(standard))
    _, found = examine(text.encode(), load_standard(standard), name="x.yaml")
    assert [(one.code, one.location.path) for one in found] == [("missing-value", "事")]
    _, found = examine(text.replace("名称:", "名称: 甲").encode(), load_standard(standard), name="x.yaml")
    assert [one.location.path for one in found] == ["事"]
    _, found = examine(text.replace("额:", "额: 5").encode(), load_standard(standard), name="x.yaml")
    assert [one.location.path for one in found] == ["事", "项[0].名称"]


def it_leaves_computed_fields_out():
    text = blank_data_file(load_standard(str(STANDARDS[-1])))
    assert "总分:" not in text
    assert "合计:" not in text
    assert "校验“分值合计为100”" in text


class WithoutDates(yaml.SafeLoader):
    """YAML 1.2's core values, as editors read them: dates are text."""


WithoutDates.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def plain(path):
    """A data file as an editor's YAML reader sees it."""
    return yaml.load(read_source(path).text, WithoutDates)


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.stem)
def it_accepts_the_samples_by_its_schema(path):
    root = read_source(path).root
    assert isinstance(root, dict)
    standard = load_standard(str(ROOT / "templates/standards" / f"{named(root)}.yaml"))
    schema = json_schema(standard)
    jsonschema.Draft7Validator.check_schema(schema)
    errors = [
        f"{list(error.absolute_path)}: {error.message}"
        for error in jsonschema.Draft7Validator(schema).iter_errors(plain(path))
    ]
    assert errors == []


def it_refuses_by_its_schema_what_a_person_mistypes():
    standard = load_standard(str(STANDARDS[-1]))
    validator = jsonschema.Draft7Validator(json_schema(standard))
    for wrong in (
        {"标准": "example", "年渡": 2020},
        {"标准": "other"},
        {"标准": "example", "年度": "二零二零"},
        {"标准": "example", "资金": {"执行率": 95}},
    ):
        messages = [error for error in validator.iter_errors(wrong) if error.validator != "required"]
        assert messages, wrong


def it_says_kind_unit_bounds_and_example_beside_each_field(tmp_path):
    used = standard(
        tmp_path,
        """issuer: 某局
fiscal_year: 2023
fields:
  额: {type: money, label: 本年支出}
  元: {type: money, unit: 元}
  数: {type: number, places: 1, min: 0, max: 9.5}
  户: {type: integer, min: 0}
  率: optional percent
  分: {type: score, places: 2, max: 10}
  年: year
  日: {type: date, example: 2020-03-05}
  末: date
  名: {type: text, max: 20, example: 某某}
  选: {type: choice, of: [甲, 乙]}
  句: list of text
  组: {fields: {内: money}}
  尾: optional text
""",
    )
    text = blank_data_file(used)
    body = text.split("标准: case@1.0.0\n\n")[1]
    assert (
        [line.rstrip() for line in body.splitlines()]
        == """\
额:                         # 本年支出；必填；万元
元:                         # 必填；元
数:                         # 必填；数，至多1位小数；不小于 0；不大于 9.5
户:                         # 必填；整数
率:                         # 百分数；例如 95%
分:                         # 必填；分；不大于 10
年:                         # 必填；年份；例如 2023
日:                         # 必填；日期；例如 2024-03-05
末:                         # 必填；日期；例如 2023-12-31
名:                         # 必填；不大于 20字；例如 某某
选:                         # 必填；甲、乙之一

句:                         # 必填
  -

组:                         # 必填
  内:                       # 必填；万元

尾:
""".splitlines()
    )


def it_says_what_a_check_is_about_in_the_bureaus_words(tmp_path):
    used = standard(
        tmp_path,
        """fields:
  额: money
  名: text
checks:
  - {id: 有额, rule: 额 > 0, message: 没有额, description: 附表 1  的金额要写}
  - {id: 有名, rule: "'甲' in 名", severity: warning, message: 不是甲}
""",
    )
    assert blank_data_file(used).endswith("# 校验“有额”：附表 1 的金额要写\n# 提醒“有名”：名中有“甲”\n")


@pytest.mark.parametrize(
    "path", [*STANDARDS, QINGHE.parents[1] / "templates/standards/qinghe-2024.yaml"], ids=lambda path: path.stem
)
def it_quotes_a_figure_that_the_standard_has(path):
    standard = load_standard(str(path))
    (quoted,) = re.findall(r'"共\{\{ (\S+) \}\}', blank_data_file(standard))
    section = standard.root
    *upper, name = quoted.split(".")
    for step in upper:
        inner = section.cells[step].section
        assert inner is not None
        section = inner
    assert kind_of(section.cells[name].field).numeric


def it_says_what_the_bureau_has_set_beside_the_check_that_compares_with_it(tmp_path):
    used = standard(
        tmp_path,
        """parameters:
  分值表: {type: map, of: score, value: {投入: 20, 产出: 80.5}}
types:
  部分:
    key: 名称
    fields: {名称: text, 分值: score, 规定: {type: score, required: false, formula: "分值表[名称]"}}
    checks: [{id: 分值对, rule: 分值 == 规定, message: 不对, description: 与规定相同}]
fields:
  部分: list of 部分
  投入分: score
checks:
  - {id: 投入对, rule: '投入分 == 分值表["投入"]', message: 不对, description: 与规定相同}
""",
    )
    text = blank_data_file(used)
    assert "校验“分值对”：与规定相同（投入 20、产出 80.5）" in text
    assert "校验“投入对”：与规定相同（投入 20）" in text
