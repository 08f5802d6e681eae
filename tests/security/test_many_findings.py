"""Data with very many faults of a kind: what is told is bounded, and what looks for it takes steps as the data are long."""

import json
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest

from generator.api import examine
from generator.ooxml.limits import Limits, within

HEAD = '{"标准":"shifeng-2020",'


def report(inside: str) -> bytes:
    return f"{HEAD}{inside}}}".encode()


def examined(content: bytes) -> list[str]:
    return [found.code for found in examine(content, None, "a.json").diagnostics]


def names(count: int) -> bytes:
    return report(",".join(f'"没有{number}":1' for number in range(count)))


def empty_items(count: int) -> bytes:
    return report('"指标":[' + ",".join(["{}"] * count) + "]")


def items_that_say_nothing(count: int) -> bytes:
    return report('"成绩":[' + ",".join(['{"标题":"无"}'] * count) + "]")


def facts(count: int) -> bytes:
    named = "".join(f"{{{{ 事实.走访{number} }}}}" for number in range(count))
    entries = [f'"走访{number}":1,"走仿{number}":1' for number in range(count)]
    return report('"事实":{' + ",".join(entries) + '},"成绩":[{"标题":' + json.dumps(named, ensure_ascii=False) + "}]")


def steps(room: str, work: Callable[[], object]) -> int:
    """How many steps of Python's machine a file's functions take."""
    count = 0

    def within_file(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        count += event == "opcode"
        return within_file

    def entered(frame: FrameType, *_: Any) -> Any:
        if not frame.f_code.co_filename.endswith(room):
            return None
        frame.f_trace_opcodes = True
        return within_file

    before = sys.gettrace()
    sys.settrace(entered)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def names_twice(count: int) -> bytes:
    entries = ",".join(f'"没有{number}":1' for number in range(count))
    return report(f'"指标":[{{{entries},{entries}}}]')


def one_name_again(count: int) -> bytes:
    return report('"指标":[{"名称":"甲"' + ',"权重":1' * count + "}]")


@pytest.mark.parametrize(
    ("room", "made"),
    [
        ("double_keys.py", names_twice),
        ("double_keys.py", one_name_again),
        ("bare_items.py", empty_items),
        ("bare_items.py", items_that_say_nothing),
        ("unused_facts.py", facts),
        ("unknown_names.py", names),
        ("session.py", empty_items),
    ],
)
def it_takes_steps_as_the_data_are_long(room, made):
    small, large = (steps(room, partial(examined, made(count))) for count in (50, 200))
    assert small > 0
    assert large < 5 * small


def it_tells_as_many_unknown_names_as_are_printed():
    with within(Limits(findings=20)):
        found = examined(names(30))
        assert found.count("unknown-field") == 19
        assert found.count("unknown-field-many") == 1
        rows = examined(report('"指标":[' + ",".join(['{"名称":"甲","没有":1}'] * 30) + "]"))
        assert rows.count("unknown-field") == 20
        assert rows.count("unknown-field-many") == 1
        assert "unknown-field-many" not in examined(names(20))


def it_tells_as_many_names_that_stand_twice_as_are_printed():
    with within(Limits(findings=20)):
        assert examined(one_name_again(50)).count("duplicate-key") == 20
    assert examined(names_twice(50)).count("item-not-begun") == 1


def it_finds_a_fact_one_letter_apart_whatever_the_letter():
    for old in ("走仿企业", "走访业", "走访企企业", "走企访业", "x走访企业"):
        content = report(
            f'"事实":{{"走访企业":1,"{old}":1,"培训人次":2}},"成绩":[{{"标题":"走访{{{{ 事实.走访企业 }}}}家，培训{{{{ 事实.培训人次 }}}}人次"}}]'
        )
        assert "fact-unused" in examined(content), old
