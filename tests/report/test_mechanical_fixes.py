"""`check --fix`: slips of the keyboard that can have meant one thing only."""

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import run
from generator.diagnostics import Failure, Invalid
from generator.report.examine import examine
from generator.report.mechanical_fixes import fix
from generator.source import List, Map, Scalar, read_source
from tests.support.examples import examples

ROOT = Path(__file__).parents[2]
SAMPLE = (ROOT / "data" / "shifeng-2020.yaml").read_text(encoding="utf-8")
LINES = SAMPLE.split("\n")


@pytest.fixture(autouse=True)
def in_a_folder_of_ones_own(tmp_path, monkeypatch):
    monkeypatch.setenv("GENERATOR_LIBRARY", str(ROOT / "templates"))
    monkeypatch.chdir(tmp_path)


def fixed(text: str, name: str = "数据.yaml") -> str:
    return fix(text.encode(), name).content.decode()


def put(old: str, new: str, text: str = SAMPLE) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("meant", "typed"),
    [
        ("年度: 2020", "年度：2020"),
        ("年度: 2020", "年度： ２０２０"),
        ("年度: 2020", "年度: 2020年"),
        ("标准: shifeng-2020", "标准：shifeng-2020"),
        ("全年执行数: 161.4", "全年执行数: １６１．４"),
        ("全年执行数: 161.4", "全年执行数: 161.4万元"),
        ("全年执行数: 161.4", "全年执行数: 161。4"),
        ("全年执行数: 161.4", "全年执行数: 1614000元"),
        ("全年执行数: 161.4", "全年执行数: 1,614,000 元"),
        ("全年执行数: 161.4", "全年执行数: 161\u200b.4"),
        ("全年执行数: 161.4", "全年执行数: +161.4"),
        ("收入: {财政拨款收入: 160.44, ", "收入: {财政拨款收入: 160.44， "),
        ("收入: {财政拨款收入: 160.44, ", "收入: {财政拨款收入:\u00a0160.44, "),
        ("收入: {财政拨款收入: 160.44, ", "收入: {财政拨款收入：160.44,"),
        ("\n    - 维护会员的", "\n    — 维护会员的"),
        ("\n    - 维护会员的", "\n    -维护会员的"),
        ("内设机构: [综合办公室]", "内设\u200b机构: [综合办公室]"),
        ("代表人士政治安排的推荐工作", "代表人士\xa0政治安\xad排的推荐工作"),
        ("非公有制经济代表人士", "非公有制经济\u200b代表人士"),
    ],
)
def it_writes_what_was_meant(meant, typed):
    got = fixed(put(meant, typed))
    assert [*diagnostics(got)] == [*diagnostics(SAMPLE)]
    assert values(got) == values(SAMPLE)


@pytest.mark.parametrize(
    "typed",
    [
        "全年执行数: 161.4567万元",  # no: its places are a matter of rounding, which a person decides
        "全年执行数: 1614321元",  # would have to be rounded
        "全年执行数: 约161.4",
        "全年执行数: 161,4",  # is it 161.4 or 1614?
        "全年执行数: 161-4",
        "全年执行数: l61.4",
        "全年执行数: 无",
    ],
)
def it_leaves_what_a_person_must_decide(typed):
    text = put("全年执行数: 161.4", typed)
    assert fixed(text) == text


@pytest.mark.parametrize("typed", ["{{年度}}", "{{  年度 }}", "{{ 年度}}"])
def it_leaves_a_reference_of_ordinary_braces_as_it_is_spaced(typed):
    text = put("非公有制经济代表人士", f"{typed}年非公有制经济代表人士")
    assert fixed(text) == text


@pytest.mark.parametrize("typed", ["｛｛年度｝｝", "｛｛ 年度 }}", "{{年度｝｝"])
def it_writes_wide_braces_of_a_reference_as_ordinary_ones(typed):
    text = put("非公有制经济代表人士", f"{typed}年非公有制经济代表人士")
    assert fixed(text) == text.replace(typed, "{{ 年度 }}")


def it_leaves_text_that_only_looks_like_a_slip():
    text = put("级别: 正科级", '级别: "注意：正科级"  # 备注：１２３，甲')
    assert fixed(text) == text
    rare = put("级别: 正科级", "级别: 正\ue123科级")  # a character that some font has
    assert fixed(rare) == rare


def it_puts_references_in_quotes_and_widens_no_braces():
    text = put("级别: 正科级", "级别: {{ 年度 }}年")
    assert '级别: "{{ 年度 }}年"' in fixed(text)
    text = put("完成区委和上级组织交办", "完成｛｛ 年度 ｝｝区委和上级组织交办")
    assert "完成{{ 年度 }}区委" in fixed(text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be-mark"])
def it_keeps_encoding_line_ends_comments_and_layout(encoding, end):
    def written(text: str) -> bytes:
        text = text.replace("\n", end)
        return b"\xfe\xff" + text.encode("utf-16-be") if encoding == "utf-16-be-mark" else text.encode(encoding)

    typed = put("年度: 2020", "年度：２０２０   # 年度：注释")
    want = put("年度: 2020", "年度: 2020   # 年度：注释")
    assert fix(written(typed), "数据.yaml").content == written(want)
    sound = written(SAMPLE)
    assert fix(sound, "数据.yaml").content == sound


def it_mends_tabs_as_two_spaces():
    typed = "\n".join(re.sub(r"^ +", lambda spaces: "\t" * (len(spaces[0]) // 2), line) for line in LINES[:40])
    rest = "\n".join(LINES[40:])
    assert values(fixed(f"{typed}\n{rest}")) == values(SAMPLE)


def indented(text: str, spaces: str, of: int = 1) -> str:
    return re.sub(r"(?m)^ +", lambda found: spaces * (len(found[0]) // of), text)


@pytest.mark.parametrize(
    "typed",
    [
        put("  全年执行数: 161.4", "\u3000\u3000全年执行数: 161.4"),  # a key for each column
        put("  全年执行数: 161.4", "\u3000全年执行数: 161.4"),  # two columns a key
        put("  名称: 石峰", "\u3000\u3000名称: 石峰"),
        put("            分值: 15", "\u3000" * 12 + "分值: 15"),
        put("            分值: 15", "\u3000" * 6 + "分值: 15"),
        indented(SAMPLE, "\u3000"),
        indented(SAMPLE, "\u3000", 2),
        indented(SAMPLE, "\xa0"),
        indented(SAMPLE, "\t", 2),
    ],
    ids=lambda typed: "",
)
def it_gives_a_line_the_indentation_that_its_neighbours_let_it_have(typed):
    assert typed != SAMPLE
    assert fixed(typed) == SAMPLE


def it_leaves_wide_spaces_at_the_beginning_of_a_text_when_it_mends_those_of_a_name():
    text = SAMPLE + "说明一: |\n  \u3000\u3000第一段。\n  \u3000\u3000第二段。\n"
    assert fixed(put("  全年执行数: 161.4", "\u3000\u3000全年执行数: 161.4", text)) == text


@pytest.mark.parametrize("typed", ["名称：修路", "名称:修路", "名称 ： 修路"])
def it_writes_the_one_field_of_an_item_with_its_colon(typed):
    used = Path("templates/standards")
    used.mkdir(parents=True)
    head = "standard: a-2024\ntitle: 甲\nissuer: 乙\nfiscal_year: 2024\nversion: 1.0.0\n"
    body = "types: {事: {fields: {名称: text, 要点: optional text}}}\nfields: {事项: list of 事, 清单: list of text}\n"
    (used / "a-2024.yaml").write_text(head + body, encoding="utf-8")
    text = f"标准: a-2024\n事项:\n  - 名称: 架桥\n  - {typed}\n  - 时间：六月\n清单:\n  - 名称：照写\n"
    assert fixed(text) == text.replace(typed, "名称: 修路")


@pytest.mark.parametrize("typed", ["２", "＋2", "2\u200b", "\u00a02", "\u30002\u3000"])
def it_mends_a_number_of_json_and_what_nobody_sees(typed):
    head = '{"标准": "shifeng-2020", "人员": {"行政编制": '
    assert json.loads(fixed(f'{head}{typed}, \u3000\u200b"退休人数": 1,234}}}}', "数据.json"))["人员"] == {
        "行政编制": 2,
        "退休人数": 1234,
    }


def it_mends_json(tmp_path):
    assert run(["convert", str(ROOT / "data" / "dayu-2020.yaml"), "-o", "数据.json"]) == 0
    text = Path("数据.json").read_text(encoding="utf-8")
    typed = text.replace('"年度": ', "“年度”： ", 1).replace('",\n', '"，\n', 1)
    typed = re.sub(r"\n\}\s*\Z", ",\n}\n", typed)
    assert values(fixed(typed, "数据.json")) == values(text)
    assert fixed(text, "数据.json") == text
    wide = str.maketrans("{}[]", "｛｝【】")
    brackets = re.sub(r"(?m)^[^\"\n]*$|(?<=: )[\[{]$", lambda one: one[0].translate(wide), text)
    assert "｛" in brackets
    assert "】" in brackets
    assert fixed(brackets, "数据.json") == text


def it_shows_what_changed_then_checks_what_is_there_now(capsys):
    Path("数据.yaml").write_text(put("全年执行数: 161.4", "全年执行数: 1,614\u200b,000元"), encoding="utf-8")
    assert run(["check", "数据.yaml", "--fix"]) == 0
    told = capsys.readouterr()
    line = LINES.index("  全年执行数: 161.4") + 1
    assert told.out.split("\n") == [
        "--- 数据.yaml",
        "+++ 数据.yaml",
        f"@@ -{line} +{line} @@",
        "-  全年执行数: 1,614‹U+200B›,000元",
        "+  全年执行数: 161.4",
        "",
    ]
    assert told.err == "已改正 1 行：数据.yaml\n1 个文件，没有发现问题。\n"
    assert Path("数据.yaml").read_text(encoding="utf-8") == SAMPLE
    before = os.stat("数据.yaml").st_mtime_ns  # noqa: PTH116
    assert run(["check", "数据.yaml", "--fix", "--format", "json", "--lang", "en"]) == 0
    told = capsys.readouterr()
    assert '"errors": 0' in told.out
    assert told.err == ""
    assert os.stat("数据.yaml").st_mtime_ns == before  # noqa: PTH116  (nothing to do, nothing written)


def diagnostics(text: str):
    return examine(text.encode(), None, "数据.yaml")[1]


def leaves(node, path=""):
    if isinstance(node, Scalar):
        yield path, node.text
    elif isinstance(node, Map):
        for key, value in node.items():
            yield from leaves(value, f"{path}.{key}")
    else:
        assert isinstance(node, List)
        for index, value in enumerate(node):
            yield from leaves(value, f"{path}[{index}]")


def plain(value):
    """A value without what nobody sees, its digits of ordinary width: that is what --fix may change in a text."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    text = re.sub("[\xa0\xad\u2000-\u200f\u2028-\u202f\u205f-\u206f\ufeff]", "", str(value))
    text = text.translate({0xFF10 + digit: 0x30 + digit for digit in range(10)})
    return re.sub(r"\s+", "", text)


def values(text: str):
    """Every value that a file's report has, as it is read and computed; nothing of a file that is not read."""
    try:
        report, _ = examine(text.encode(), None, "数据.yaml")
    except Failure:  # there is no such standard
        return {}
    if report is None:
        return {}
    return {
        record.path_of(name): plain(record[name])
        for records in report.computation.records.values()
        for record in records
        for name, cell in record.section.cells.items()
        if cell.origin == "data" and cell.field.kind != "record" and name in record.source
        if type(record[name]).__name__ != "_Invalid" and "INVALID" not in repr(record[name])
    }


SLIPS = {
    "colon": lambda line: re.sub(r": (?=\S)", "：", line, count=1),
    "digits": lambda line: line.translate({0x30 + digit: 0xFF10 + digit for digit in range(10)}),
    "comma": lambda line: line.replace(", ", "，", 1),
    "unit": lambda line: re.sub(r"([0-9.]+)(?=[,}]|$)", r"\1万元", line, count=1),
    "unseen": lambda line: re.sub(r"([0-9\u4e00-\u9fff])(?=[0-9\u4e00-\u9fff])", "\\1\u200b", line, count=1),
    "space": lambda line: line.replace("，", "，\xa0", 1),
    "unquoted": lambda line: line.replace('"', ""),
    "dash": lambda line: line.replace("- ", "—", 1),
    "tab": lambda line: re.sub(r"^  ", "\t", line),
    "cut": lambda line: line[: len(line) // 2],
    "thousands": lambda line: re.sub(r"([0-9])([0-9]{3})", r"\1,\2", line, count=1),
}


@examples(20)
@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.sampled_from(sorted(SLIPS))), min_size=1, max_size=4))
def it_never_changes_a_value_that_could_be_read_and_a_second_run_changes_nothing(slips):
    lines = list(LINES)
    for number, slip in slips:
        lines[number] = SLIPS[slip](lines[number])
    before = "\n".join(lines)
    after = fixed(before)
    assert fixed(after) == after
    assert after.count("\n") == before.count("\n")
    readable, now = values(before), values(after)
    assert {path: now.get(path) for path in readable} == readable
    untouched = set(range(len(lines))) - {number for number, _ in slips}
    changed = {number for number, line in enumerate(after.split("\n")) if line != lines[number]}
    assert not changed & untouched


MARKS = re.compile(r"[\s:：,，.．\"“”'\u200b\xa0\u3000]")  # what the slips above are made of, and what mends them


def without_marks(line: str) -> str:
    return MARKS.sub("", line.translate({0xFF10 + digit: 0x30 + digit for digit in range(10)})).replace("—", "-")


@examples(12)
@given(
    st.sampled_from(["shifeng-2020", "dayu-2020", "huidong-2023"]),
    st.lists(
        st.tuples(
            st.integers(4, 400), st.sampled_from(["colon", "digits", "comma", "unseen", "unquoted", "dash", "wide"])
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def it_keeps_all_but_the_marks_it_mends_whatever_the_encoding(name, slips, encoding, end):
    lines = (ROOT / "data" / f"{name}.yaml").read_text(encoding="utf-8").split("\n")
    lines = [
        line + "  # 注：12，34" if not number % 7 and line.endswith("0") else line for number, line in enumerate(lines)
    ]
    for number, slip in slips:
        line = lines[number % len(lines)]
        wide = re.sub(r"^ +", lambda found: "\u3000" * len(found[0]), line)
        lines[number % len(lines)] = wide if slip == "wide" else SLIPS[slip](line)
    typed = end.join(lines).encode(encoding)
    content = fix(typed, "数据.yaml").content
    assert fix(content, "数据.yaml").content == content
    after = content.decode(encoding)
    assert after.encode(encoding) == content
    assert content[:4] == typed[:4]
    assert after.count("\r\n") == (len(lines) - 1 if end == "\r\n" else 0)
    now = after.split(end)
    assert [without_marks(line) for line in now] == [without_marks(line) for line in lines]
    assert [line.partition("  #")[1:] for line in now] == [line.partition("  #")[1:] for line in lines]
    readable = values("\n".join(lines))
    assert {path: value for path, value in values("\n".join(now)).items() if path in readable} == readable


@examples(40)
@given(st.text(st.sampled_from("年度：: {}{{}}｛｝[]，,\"“”'-—#|\t\n 　１2.%\u200b\xa0甲"), max_size=60))
def it_takes_any_text_and_keeps_what_it_says(text):
    typed = f"标准: huidong-2023\n{text}\n"
    after = fixed(typed)
    assert fixed(after) == after
    try:
        before = dict(leaves(read_source(typed.encode(), "a.yaml").root))
    except Invalid:
        return
    now = dict(leaves(read_source(after.encode(), "a.yaml").root))
    assert {path: plain(value) for path, value in now.items()} == {path: plain(value) for path, value in before.items()}


def it_puts_a_text_that_begins_with_wide_braces_into_the_quotes_that_the_right_ones_need():
    once = fixed(put('    内容: "{{ 摘要 }}"', "    内容: ｛｛ 摘要 ｝｝"))
    assert once == SAMPLE
    assert fixed(once) == once
