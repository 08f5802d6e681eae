"""The pydantic model of a standard: it accepts and refuses what the reader of data files does."""

import datetime
import json
import tempfile
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import generator
from generator.diagnostics import Severity
from generator.figures import Paragraphs
from generator.report import examine
from generator.report.pydantic_models import data_model
from generator.source import plain_values, read_source
from generator.standard import load_standard
from tests.support.examples import examples
from tests.support.reports import standard

ROOT = Path(__file__).parents[2]
DATA = [*sorted((ROOT / "data").glob("*.yaml")), *sorted((ROOT / "tests/cases").glob("*-second-unit/data.yaml"))]

FIELDS = """
parameters: {档次: {type: bands, value: {优: 90, 差: 0}}}
fields:
  文: {type: optional text, label: 名称, description: 说明, example: 某某, min: 2, max: 5}
  原样: {type: optional text, plain: true}
  段: optional paragraphs
  整: {type: optional integer, min: -3, max: 40}
  数: {type: optional number, places: 3}
  金额: optional money
  率: {type: optional percent, places: 1, min: 0%, max: 100%}
  分: optional score
  年: optional year
  日: {type: optional date, min: 2020-01-01, max: 2021-12-31}
  电话: optional phone
  选: {type: optional choice, of: [甲, 乙]}
  表: {type: optional map, of: money}
  单: {type: optional list of money, min: 1, max: 2}
  组: {type: list, required: false, key: 名, fields: {名: text, 值: optional money}}
  记: {required: false, fields: {甲: text, 乙: optional integer}}
  算: optional money = 金额 * 2
  算率: optional percent = 金额 / 数
  算文: {type: optional text, text: "第{{ 年 }}"}
  算段: {type: optional paragraphs, text: "第{{ 年 }}"}
  copy: optional integer
"""
NAMES = [
    "文",
    "原样",
    "段",
    "整",
    "数",
    "金额",
    "率",
    "分",
    "年",
    "日",
    "电话",
    "选",
    "表",
    "单",
    "组",
    "记",
    "算",
    "算率",
    "算文",
    "算段",
    "copy",
]
# what only evaluation finds, beyond the model
EVALUATED = {"stated-differs", "stated-exception", "stated-not-computable", "computed-blank", "value-too-large"}
PYDANTIC = {
    "missing": {"missing-value", "missing-record"},
    "extra_forbidden": {"unknown-field"},
}


@lru_cache
def every_type():
    """A standard with a field of every type."""
    with tempfile.TemporaryDirectory() as folder:
        return standard(Path(folder), FIELDS)


@pytest.fixture
def used():
    return every_type()


def refusals(model: type[BaseModel], values: object) -> list[tuple[str, str]]:
    """Path and code of each error of the model."""
    try:
        model.model_validate(values)
    except ValidationError as error:
        return [(".".join(map(str, found["loc"])), found["type"]) for found in error.errors()]
    return []


def reader_errors(used, content: dict) -> set[str]:
    """The codes of what the reader refuses, apart from what evaluation finds."""
    found = examine(json.dumps(content, ensure_ascii=False).encode(), used)[1]
    return {item.code for item in found if item.severity == Severity.ERROR} - EVALUATED


def same(expected: set[str], obtained: list[tuple[str, str]]) -> bool:
    """Whether the model refuses what the reader does, each value for a reason that the reader has too."""
    codes = [PYDANTIC.get(code, {code}) for _, code in obtained]
    return bool(codes) == bool(expected) and all(known & expected for known in codes)


DIGITS = st.from_regex(r"-?[0-9]{1,4}(\.[0-9]{1,4})?%?", fullmatch=True)
DAYS = st.dates(datetime.date(2019, 1, 1), datetime.date(2022, 12, 31)).map(str)
WORDS = st.text(st.characters(exclude_categories=("C",), exclude_characters="{"), max_size=8)
TEXTS = st.one_of(DIGITS, DAYS, WORDS, st.sampled_from(["甲", "乙", "丙", "2020年2月30日", "2020年2月3日", "01", "１"]))
SINGLE = st.one_of(TEXTS, st.integers(-10, 3000), st.booleans(), st.none(), st.decimals(-9, 9, places=2).map(float))
VALUES = st.one_of(
    SINGLE,
    st.lists(SINGLE, max_size=3),
    st.dictionaries(st.sampled_from(["名", "值", "甲", "乙", "公布", "理由"]), SINGLE, max_size=3),
    st.lists(st.dictionaries(st.sampled_from(["名", "值"]), SINGLE, max_size=2), max_size=3),
)


@examples(150)
@given(name=st.sampled_from(NAMES), value=VALUES)
@example("组", [{"名": "甲"}, {"名": "甲"}])
@example("率", "101%")
@example("率", 0.5)
@example("算率", {"公布": "33.333%", "理由": "报表如此"})
@example("算率", {"公布": "33.3%"})
@example("算", {"公布": None, "理由": "无"})
@example("算", {"名": None, "公布": "0"})
@example("组", [None])
@example("记", {})
@example("记", {"甲": None})
@example("日", "2022-01-01")
@example("数", 1e-7)
@example("段", [{"甲": 1}])
@example("表", {"甲": "1.234"})
def it_accepts_and_refuses_what_the_reader_does(name, value):
    used = every_type()
    content = {"标准": "case", name: value}
    text = json.dumps(content, ensure_ascii=False)
    expected = reader_errors(used, content)
    source = read_source(text.encode())
    model = data_model(used)
    for values in (source.root, plain_values(source)):
        assert same(expected, refusals(model, values)), (expected, refusals(model, values))


@pytest.mark.parametrize("path", DATA, ids=lambda path: f"{path.parent.name}-{path.stem}")
def it_accepts_whole_data_files(path):
    source = read_source(path)
    assert isinstance(source.root, dict)
    model = data_model(load_standard(str(ROOT / "templates/standards" / f"{source.root['标准'].text}.yaml")))
    assert refusals(model, source.root) == []
    assert refusals(model, plain_values(source)) == []


@pytest.mark.parametrize("path", DATA, ids=lambda path: f"{path.parent.name}-{path.stem}")
def it_misses_what_the_reader_misses(path):
    whole = plain_values(read_source(path))
    used = load_standard(str(ROOT / "templates/standards" / f"{whole['标准']}.yaml"))
    for name in [name for name in whole if name != "标准"]:
        content = {key: value for key, value in whole.items() if key != name}
        lacking = {code for code in reader_errors(used, content) if code.startswith("missing-")}
        assert bool(lacking) == (set(refusals(data_model(used), content)) != set()), name


def it_gives_typed_values(used):
    made = data_model(used).model_validate(
        {
            "文": "某某{{ 年 }}年",
            "段": "甲\n\n乙",
            "金额": 1.5,
            "率": "95.5%",
            "日": datetime.date(2020, 12, 31),
            "单": [1, "2.5"],
            "组": [{"名": "甲", "值": ""}],
            "算": {"公布": 4, "理由": "决算报表"},
            "copy": 3,
        }
    )
    values = made.model_dump(by_alias=True, exclude_none=True)
    assert values["文"] == "某某{{ 年 }}年"
    assert values["段"] == Paragraphs(["甲", "乙"])
    assert (values["金额"], values["率"], values["copy"]) == (Decimal("1.5"), Decimal("0.955"), Decimal(3))
    assert values["日"] == datetime.date(2020, 12, 31)
    assert values["单"] == [Decimal(1), Decimal("2.5")]
    assert values["组"] == [{"名": "甲"}]
    assert values["算"] == Decimal(4)
    with pytest.raises(ValidationError):
        made.金额 = Decimal(2)  # type: ignore[attr-defined]


def it_names_the_field_and_the_code_of_every_error_at_once(used):
    wrong = {"标准": "other", "年渡": 1, "率": 95, "组": [{"值": "x"}], "日": "昨天", "算": {"公布": 1}}
    assert sorted(refusals(data_model(used), wrong)) == [
        ("年渡", "extra_forbidden"),
        ("日", "value-not-date"),
        ("标准", "report-other-standard"),
        ("率", "value-percent"),
        ("算", "exception-without-reason"),
        ("组.0.值", "value-not-number"),
        ("组.0.名", "missing"),
    ]


def it_carries_labels_descriptions_and_examples(used):
    field = data_model(used).model_fields["文"]
    assert (field.title, field.examples) == ("名称", ["某某"])
    assert field.description is not None
    assert "说明" in field.description


def it_is_handed_to_python_callers():
    loaded = generator.load_standard(str(ROOT / "templates/standards/shifeng-2020.yaml"))
    model = loaded.data_model()
    assert issubclass(model, BaseModel)
    assert model is loaded.data_model()
    assert {"资金", "另载"} <= model.model_json_schema()["properties"].keys()


def it_takes_the_version_that_serves(used):
    model = data_model(used)
    assert refusals(model, {"标准": "case@1.0"}) == []
    assert refusals(model, {"标准": "case@2.0"}) == [("标准", "report-standard-version")]
