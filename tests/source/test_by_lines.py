"""Plain YAML is read line by line, and read as libyaml reads it: the same values at the same places, or left to libyaml."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from generator.source import List, Map, read_source
from generator.source.by_lines import read_by_lines
from generator.source.decoding import decode
from generator.source.nodes import LARGE, MAX_TEXT, Source
from generator.source.yaml_events import read_by_events
from tests.support.examples import examples

ROOT = Path(__file__).parents[2]
FILES = [
    decode(path.read_bytes(), path.name)[0]
    for folder in ("data", "templates/standards", "tests/cases")
    for path in sorted(ROOT.glob(f"{folder}/**/*.yaml"))
]
SAMPLES = FILES[:5]

SIGNS = st.text(" -:#,[]{}'\"|>?&*!%@`\n\\甲a1\u3000，：（“~.+=\u00a0²①", max_size=24)
VALUES = st.sampled_from(
    [
        "",
        "甲",
        "x y",
        "-1",
        "100%",
        "12:30",
        "甲：乙",
        "a，b",
        "'q'",
        '"q r"',
        '"a\\nb"',
        "''",
        "{}",
        "[ ]",
        "{a: 1, b: [c, 'd']}",
        "[甲, 乙]",
        "[甲，乙]",
        "{甲: {乙: 丙}, 丁: 1}  # 注",
        "|",
        "|-",
        "|+",
        ">",
        ">-",
        ">+",
        "# 注",
        "甲 # 注",
        "（甲 # 乙）",
        "甲 #1",
        "见{{ 甲 }}",
        '"{{ 甲 }}" # 注',
        "甲: 乙",
        "&a x",
        "*a",
        "~",
        "? a",
        "{甲}",
        "{甲: }",
        "[甲: 乙]",
        "[[甲], {乙: 丙}]",
        "{甲: 1,",
        "- ",
    ]
)
LINES = st.builds(
    "{}{}{}{}".format,
    st.integers(0, 4).map(lambda deep: " " * deep),
    st.sampled_from(["", "", "", "- ", "- - ", "-  "]),
    st.sampled_from(["", "甲: ", "乙: ", "丙:", "丁:  ", "a b: ", "1: ", "'甲': "]),
    VALUES,
)
WRITTEN = st.builds(
    "{}{}".format, st.lists(LINES, min_size=1, max_size=8).map("\n".join), st.sampled_from(["", "\n", "\n\n"])
)
NAMES = st.sampled_from(["甲", "乙", "年度", "a", "值1"])
TEXTS = st.text("甲乙，。 ab1{}%-:#'\"\n", max_size=12)
TREES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4), max_leaves=12
)


def told(node) -> object:
    """All that a value says of itself."""
    if isinstance(node, Map):
        entries = [(key, node.key_at[key], told(value)) for key, value in node.items()]
        return "map", node.line, node.column, entries, list(node.key_at)
    if isinstance(node, List):
        return "list", node.line, node.column, [told(value) for value in node]
    return type(node), node.text, node.line, node.column, node.style


def agrees(written: str) -> bool:
    """Whether a text is read line by line; if it is, it is what libyaml reads, of which nothing is told."""
    text, _ = decode(written.encode("utf-8"), "a.yaml")
    root = read_by_lines(text)
    if root is None:
        return False
    expected, findings = read_by_events(Source("a.yaml", text, Map()))
    assert findings == []
    assert told(root) == told(expected)
    return True


@pytest.mark.parametrize("text", SAMPLES, ids=[path.stem for path in sorted(ROOT.glob("data/*.yaml"))])
def it_reads_the_samples(text):
    assert agrees(text)


def it_agrees_on_every_file_of_the_tests_and_reads_most():
    assert sum(agrees(text) for text in FILES) > len(FILES) * 3 // 4


@pytest.mark.parametrize(
    "text",
    [
        "年度: 2020\n单位:\n  名称: 甲\n",
        "列:\n- 甲\n- 乙\n另: 1",  # dashes below their name
        "列:\n  - 名: 甲\n    值: 1\n\n  # 注\n  - 名: 乙\n    值:\n  -\n    名: 丙\n",
        "- - 甲\n  - 乙\n-\n- 丙\n",
        "甲:  # 说明\n  乙: 1   # 万元\n丙:\n",
        "时间: 9:30\n网址: https://a.cn/#x\n差: -5\n说: 甲：乙，丙\n",
        '甲: \'乙 # 丙\'  # 丁\n乙: ""\n丙: "一\\n二\\\\三\\""\n',
        "甲: {乙: [丙, '丁，戊'], 己: {}, 庚: [ ]} # 辛\n壬: [{癸: 1}, 2]\n",
        "甲: |\n  一\n\n    二\n\n乙: >-\n  一\n\n  二\n   b\n丙: |+\n  一\n\n丁: >\n  {{ a }} b\n  c\n",
        "甲: >-\n  {{ 乙 }}见。\n丙: 1\n",
    ],
)
def it_reads_what_plain_files_are_made_of(text):
    assert agrees(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# 注\n",
        "\n",
        "甲",
        "甲: 1\n甲: 2\n",
        "甲: {乙: 1, 乙: 2}\n",
        "甲: 一\n  二\n",  # a text over two lines
        "甲:\n  一\n",
        "甲: &a 1\n乙: *a\n",
        "甲: !!str 1\n",
        "<<: 1\n",
        "---\n甲: 1\n",
        "甲: 1\n...\n",
        "%YAML 1.1\n---\n甲: 1\n",
        "? 甲\n: 乙\n",
        "甲:\t1\n",
        "甲: {乙: 1,\n  丙: 2}\n",
        '甲: "一\n  二"\n',
        '甲: "\\x01"\n',
        '甲: "\\u4e00"\n',
        "甲: 'it''s'\n",
        "甲: {乙:1}\n",
        "甲: {乙：1}\n",
        "甲: [乙，丙]\n",
        "甲: [乙, 丙,]\n",
        "甲: [乙}\n",
        "甲: {{ 乙 }}\n",
        "甲: 一: 二\n",
        "甲: 一 #二\n",  # a comment that perhaps cut the text
        "甲: （一 # 二）\n",
        "甲: >-\n  一\n  二\n",  # a fold between wide letters
        "甲: |2\n   一\n",
        "甲: |\n一\n",
        "甲: |\n\n  一\n",
        "甲: |\n  一",
        "收入（万元）: 1\n",
        "a b: 1\n",
        "２０: 1\n",
        "甲: 1\n 乙: 2\n",
        "  甲: 1\n乙: 2\n",
        "- 甲\n乙: 1\n",
        "甲: 1\n- 乙\n",
        "\u3000甲: 1\n",
        "甲: 1\n\u3000\n",
        "甲: \ufeff1\n",
        "- " * 60 + "甲\n",
        "甲: " + "[" * 60 + "]" * 60 + "\n",
        "甲: " + "乙" * (MAX_TEXT + 1) + "\n",
        "甲: |\n" + ("  " + "乙" * 99 + "\n") * (MAX_TEXT // 99),
        "甲: " + "乙" * 40_000 + "\n" + "# 注\n" * (LARGE // 4),
    ],
)
def it_leaves_anything_else_to_libyaml(text):
    assert read_by_lines(text) is None


@given(WRITTEN | SIGNS)
@examples(1500)
@example("甲: |\n  一\n ")
@example("甲:\n- |\n 一\n- 乙\n")
@example("- 甲: >+\n   一\n\n  乙: 1\n")
@example("甲: {乙: 丙 :丁}\n")
def it_agrees_with_libyaml_on_any_text(text):
    agrees(text)


@given(st.data())
@examples(1000)
def it_agrees_with_libyaml_on_changed_files(data):
    lines = data.draw(st.sampled_from(FILES)).split("\n")
    begin = data.draw(st.integers(0, len(lines) - 1))
    lines = lines[begin : begin + 12]
    deep = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    lines = [line[deep:] for line in lines]
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(lines) - 1))
        column = data.draw(st.integers(0, len(lines[at])))
        gone = data.draw(st.integers(0, 2))
        lines[at] = (
            lines[at][:column] + data.draw(SIGNS.filter(lambda text: len(text) < 4)) + lines[at][column + gone :]
        )
    agrees("\n".join(lines))


@given(
    st.dictionaries(NAMES, TREES, min_size=1, max_size=4),
    st.sampled_from([None, False, True]),
    st.sampled_from([None, "'", '"', "|", ">"]),
)
@examples(600)
def it_agrees_with_libyaml_on_what_programs_write(tree, flow, style):
    agrees(
        yaml.safe_dump(
            tree, allow_unicode=True, default_flow_style=flow, default_style=style, sort_keys=False, width=10**6
        )
    )


def it_is_what_a_file_is_read_by(monkeypatch):
    monkeypatch.setattr("generator.source.yaml_events.read_by_events", None)
    root = read_source(SAMPLES[0].encode(), "a.yaml").root
    assert isinstance(root, Map)
    assert "年度" in root


SHAPES = {
    "blocks": "甲{0}: |\n  一\n\n",
    "folds": "甲{0}: >\n  a\n  b\n",
    "names": "甲{0}:\n  乙: 丙 # 丁\n",
    "braces": "甲{0}: {{乙: [丙, {{丙: 1}}], 丁: '戊'}}\n",
    "items": "甲{0}:\n- - 乙\n  - 丙\n",
    "empty lines": "\n\n\n",
}


@pytest.mark.parametrize("shape", SHAPES)
def it_takes_steps_as_a_file_is_long(shape):
    few, many = ("零: 1\n" + "".join(SHAPES[shape].format(n) for n in range(count)) for count in (100, 400))
    assert agrees(few)
    assert steps(lambda: read_by_lines(many)) < 4.2 * steps(lambda: read_by_lines(few))


def steps(work: Callable[[], object]) -> int:
    """How many lines of the program a piece of work runs."""
    count = 0

    def entered(*_: object) -> Any:
        nonlocal count
        count += 1
        return entered

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
