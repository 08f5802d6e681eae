"""Reading YAML and JSON: what is written stays as it is written."""

import pickle

import pytest

from generator.diagnostics import Failure, Invalid
from generator.source import Map, Scalar, read_source


def texts(root) -> object:
    if isinstance(root, Scalar):
        return None if root.is_null else root.text
    if isinstance(root, Map):
        return {key: texts(value) for key, value in root.items()}
    return [texts(value) for value in root]


@pytest.mark.parametrize("word", ["010", "12:30", "是", "NO", "1e3", "2020-12-31", "0x1F", "1_5", ".nan", "true", "=1"])
def it_retypes_nothing(word):
    root = read_source(f"值: {word}\n".encode()).root
    assert texts(root) == {"值": word}


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def it_knows_what_states_nothing(word):
    assert read_source(f"值: {word}\n".encode()).root["值"].is_null
    assert not read_source(f"值: '{word}'\n".encode()).root["值"].is_null


def it_tells_a_missing_file_from_a_bad_one(tmp_path):
    with pytest.raises(Failure) as caught:
        read_source(tmp_path / "没有.yaml")
    assert [finding.code for finding in caught.value.diagnostics] == ["file-missing"]
    with pytest.raises(Failure) as caught:
        read_source(tmp_path)
    assert [finding.code for finding in caught.value.diagnostics] == ["file-is-folder"]
    (tmp_path / "空.yaml").write_bytes(b"")
    with pytest.raises(Invalid) as caught:
        read_source(tmp_path / "空.yaml")
    assert [finding.code for finding in caught.value.diagnostics] == ["source-empty"]


def codes(data: bytes, name: str = "a.yaml") -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(Invalid) as caught:
        read_source(data, name)
    return [(finding.code, finding.location.line, finding.location.column) for finding in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\xff\xfe" + "年度: 2020\n说明: a\ud800b\n".encode("utf-16-le", "surrogatepass"), ("lone-surrogate", 2, 6)),
        ('年度: 2020\n说明: "\\ud800"\n'.encode(), ("lone-surrogate", 2, 6)),
        ("年度: 2020\n说明: a\0b\n".encode(), ("control-character", 2, 6)),
        ("年度: 2020\n说明: 行\u2028末\n".encode(), ("control-character", 2, 6)),
        ('年度: 2020\n说明: "\\x01"\n'.encode(), ("control-character", 2, 5)),
        ('年度: 2020\n"说\\x01明": 1\n'.encode(), ("control-character", 2, 1)),
        (b"\xff\xfe\0\0" + "年度: 2020\n说明: 甲\n".encode("utf-32-le")[:-1], ("lost-character", 2, 6)),
        (b"\xff\xfe\0\0" + "年度: ".encode("utf-32-le") + b"\0\0\x11\0", ("lost-character", 1, 5)),
        ("年度: 2020\n说明: 完成任务\n".encode("utf-16")[:-3], ("lost-character", 2, 8)),
    ],
)
def it_names_the_character_that_no_document_can_hold(data, expected):
    assert codes(data) == [expected]


@pytest.mark.parametrize(
    "character",
    [*range(9), *range(0x0B, 0x0D), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, *range(0xFFFD, 0x10000)],
)
def it_refuses_each_of_them_where_all_else_prints(character):
    code = "lost-character" if character == 0xFFFD else "control-character"
    assert codes(f"年度: 2020\n说明: 甲{chr(character)}乙\n".encode()) == [(code, 2, 6)]


def it_reads_merge_keys_and_aliases_with_the_places_of_what_they_name():
    text = "基本: &base {名称: 甲, 分值: 10}\n项目:\n  <<: *base\n  分值: 20\n另: [*base, *base]\n"
    source = read_source(text.encode())
    project = source.root["项目"]
    assert texts(project) == {"分值": "20", "名称": "甲"}
    assert project.key_at == {"分值": (4, 3), "名称": (1, 12)}
    assert texts(source.root["另"]) == [{"名称": "甲", "分值": "10"}] * 2
    merged = read_source(b"a: &a {x: 1}\nb: &b {x: 2, y: 3}\nc: {<<: [*a, *b], z: 4}\n").root["c"]
    assert texts(merged) == {"z": "4", "x": "1", "y": "3"}
    assert texts(read_source(b'a: {"<<": 1}\n').root) == {"a": {"<<": "1"}}


def it_takes_the_column_behind_an_anchor_and_a_tag():
    root = read_source("甲: &x  值\n乙: !!str 010\n&k 丙: 1\n".encode()).root
    assert (root["甲"].text, root["甲"].column) == ("值", 8)
    assert (root["乙"].text, root["乙"].column, root["乙"].style) == ("010", 10, "quoted")
    assert root.key_at["丙"] == (3, 4)


def it_can_be_sent_to_another_process():
    source = read_source("甲: [1, {乙: ~}]\n".encode(), "a.yaml")
    again = pickle.loads(pickle.dumps(source))
    assert texts(again.root) == texts(source.root)
    assert again.root.key_at == source.root.key_at
    assert again.root["甲"][1]["乙"].is_null


def it_takes_a_root_that_is_no_mapping_only_where_that_is_wanted():
    assert texts(read_source(b"[1, 2]", "a.json", mapping=False).root) == ["1", "2"]
    assert codes(b"[1, 2]", "a.json") == [("source-not-mapping", 1, 1)]


@pytest.mark.parametrize("data", [b"", b"# x\n", b"---\n", b"~\n", b"\xef\xbb\xbf", b"  \n\n"])
def it_finds_no_content(data):
    assert codes(data)[0][0] in ("source-empty", "source-no-content")
    assert codes(data, "a.json")[0][0] in (
        "source-empty",
        "source-no-content",
        "json-comment",
        "json-not-a-value",
        "json-bad-number",
    )


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"a: \x01\x02\x03", {"control-character"}),  # a few among little text
        (b"a: " + b"\x01" * 8 + b"b" * 400, {"control-character"}),  # several among much
        (b"\x01\x02\x03\x04\x05\x06\x0e\x0f" + b"a" * 30, {"source-binary"}),
    ],
)
def it_tells_a_file_that_is_no_text_from_one_with_a_stray_character(data, found):
    with pytest.raises(Invalid) as refused:
        read_source(data, "a.yaml")
    assert {one.code for one in refused.value.diagnostics} == found
