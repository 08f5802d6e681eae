"""`convert` to and fro loses nothing: values, narrative tags, published exceptions, comments where the target has them."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.api import examine
from generator.diagnostics import Failure
from generator.form.carried import lost
from generator.form.conversion import blank, convert
from generator.form.data_text import yaml_text
from generator.source import List, Map, Scalar, Written, read_source
from generator.standard import load_standard
from tests.support.examples import examples

ROOT = Path(__file__).parents[2]
DATA = [*sorted((ROOT / "data").glob("*.yaml")), *sorted((ROOT / "tests" / "cases").glob("*-as-published/data.yaml"))]


def values(text: bytes | str) -> object:
    """What a YAML file says, numbers by value, what says nothing left out."""

    def norm(value):
        if isinstance(value, dict):
            return {key: norm(item) for key, item in value.items() if item not in (None, "")}
        if isinstance(value, list):
            return [norm(item) for item in value]
        return value.strip() if isinstance(value, str) else value

    return norm(yaml.safe_load(text))


@pytest.mark.parametrize("data", DATA, ids=lambda path: path.parent.name + path.stem)
def it_keeps_every_value_through_a_form(data):
    form = convert(data, ".xlsx")
    assert [note.code for note in form.notes] == []
    back = convert(form.content, ".yaml", "填报.xlsx")
    assert back.notes == ()
    assert values(back.content) == values(data.read_bytes())


@pytest.mark.parametrize("data", DATA, ids=lambda path: path.parent.name + path.stem)
def it_keeps_every_value_through_json(data):
    made = convert(data, ".json")
    assert {note.code for note in made.notes} <= {"convert-comments"}
    assert not list(lost(read_source(data).root, read_source(made.content, "x.json").root))
    assert json.loads(made.content)


def it_keeps_comments_through_a_form():
    data = ROOT / "data" / "wanzhou-2020.yaml"
    back = convert(convert(data, ".xlsx").content, ".yaml", "填报.xlsx").content.decode()
    for words in ("只含平时经费", "金额单位：万元"):
        assert (words in data.read_text(encoding="utf-8")) == (words in back)
    written = {line.partition("# ")[2] for line in data.read_text(encoding="utf-8").split("\n") if "  # " in line}
    assert written
    assert all(words in back for words in written)


def it_keeps_a_published_exception_and_its_reason():
    source = (ROOT / "data" / "beita-2023.yaml").read_text(encoding="utf-8")
    source += "  - {处: 结论一, 文字: 基本, 理由: 原文如此}\n总分: {公布: 97, 理由: 已经公布}\n"  # behind what the data file keeps
    back = convert(convert(source.encode(), ".xlsx", "data.yaml").content, ".yaml", "填报.xlsx")
    assert values(back.content) == values(source)


def it_says_what_a_form_cannot_take():
    source = (ROOT / "data" / "beita-2023.yaml").read_text(encoding="utf-8") + "没有这个字段:\n  - {甲: 1}\n"
    made = convert(source.encode(), ".xlsx", "data.yaml")
    assert [(note.code, note.location.path) for note in made.notes] == [("convert-not-carried", "没有这个字段[0].甲")]


def it_knows_three_kinds_of_files():
    with pytest.raises(Failure) as refused:
        convert(DATA[0], "数据.csv")
    assert refused.value.diagnostics[0].code == "convert-target"


def it_leaves_a_yaml_file_as_it_is():
    assert convert(DATA[0], "新.yaml").content == DATA[0].read_bytes()


def it_converts_a_form_that_still_has_gaps(tmp_path):
    from generator.form.forms import blank_form
    from generator.standard import load_standard

    empty = blank_form(load_standard("beita-2023")).content
    made = tmp_path / "数据.yaml"
    made.write_bytes(convert(empty, ".yaml", "填报.xlsx").content)
    assert {found.code for found in examine(made).diagnostics} <= {"missing-value", "missing-record", "computed-blank"}


ODD = "\n\t\x00\x1b\x7f\x85\x9f\u2028\u2029\ud800\udfff\ufeff\ufffe\uffff\U0001fffe"
TEXTS = st.text(st.one_of(st.characters(), st.sampled_from(ODD)), max_size=40)
SCALARS = st.builds(lambda text: Written(text, 1, 1, "quoted"), TEXTS)


@given(
    st.dictionaries(
        st.text("甲乙丙丁abc_\x85\ufffe\ud800", min_size=1, max_size=5),
        st.one_of(SCALARS, st.lists(SCALARS, min_size=1)),
        min_size=1,
    )
)
@examples(150)
def it_writes_yaml_that_reads_as_what_was_written(tree):
    root = Map()
    for name, value in tree.items():
        if isinstance(value, list):
            root[name] = List()
            root[name].extend(value)
        else:
            root[name] = value
    text = yaml_text(root, {})
    again = yaml.safe_load(text) or {}
    for name, node in root.items():
        if isinstance(node, Scalar) and node.text.strip():
            assert again[name] == node.text


@pytest.mark.parametrize("character", sorted(set(ODD) - {"\n", "\t", "\U0001fffe"}))
def it_writes_no_character_that_stops_a_reader_of_yaml(character):
    root = Map()
    root["甲"] = Written(f"前{character}后", 1, 1, "quoted")
    text = yaml_text(root, {})
    assert text.encode()
    assert character not in text
    assert yaml.safe_load(text) == {"甲": f"前{character}后"}


@pytest.mark.parametrize("data", DATA[:5], ids=lambda path: path.stem)
def it_leaves_the_same_blanks_in_json_as_in_yaml_and_in_a_form(data):
    standard = load_standard(ROOT / "templates" / "standards" / data.name)
    told = {}
    for ending in (".yaml", ".json", ".xlsx"):
        found = examine(blank(standard, "x" + ending), name="x" + ending).diagnostics
        told[ending] = {(one.code, one.location.path) for one in found}
    assert told[".json"] == told[".yaml"]
    assert {code for code, _ in told[".xlsx"]} <= {"missing-value", "computed-blank"}
    assert json.loads(blank(standard, "x.json"))["标准"] == f"{standard.id}@{standard.version}"


def it_writes_no_blank_file_of_another_kind():
    standard = load_standard(ROOT / "templates" / "standards" / "huidong-2023.yaml")
    with pytest.raises(Failure) as caught:
        blank(standard, "新.docx")
    assert caught.value.diagnostics[0].code == "convert-target"
    assert blank(standard, "新") == blank(standard, "新.yaml")


def it_keeps_a_number_of_more_digits_than_python_turns_into_text():
    data = "年度: " + "1" * 100_000
    assert json.loads(convert(data.encode(), ".json").content)["年度"] == "1" * 100_000
