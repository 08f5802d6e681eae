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


def wrong_numbers(count: int) -> bytes:
    return report('"指标":[' + ",".join(f'{{"名称":"甲{number}","权重":"很多"}}' for number in range(count)) + "]")


def no_items(count: int) -> bytes:
    return report('"指标":[' + ",".join(["1"] * count) + "]")


def told_twice(count: int) -> bytes:
    return report('"成绩":[' + ",".join(['{"标题":"走访企业企业，，","说明":"走访企业，，三家"}'] * count) + "]")


def as_yaml(content: bytes) -> bytes:
    """YAML in the style that people write."""
    import yaml

    return yaml.safe_dump(json.loads(content), allow_unicode=True, sort_keys=False).encode()


@pytest.mark.parametrize("ending", ["json", "yaml"])
@pytest.mark.parametrize("made", [wrong_numbers, no_items, empty_items, told_twice])
def it_looks_no_further_where_far_more_is_wrong_than_is_printed(made, ending):
    content = made(2_000) if ending == "json" else as_yaml(made(2_000))
    with within(Limits(findings=10)):
        examination = examine(content, None, f"a.{ending}")
    found = examination.diagnostics
    assert found[0].code == "examined-in-part"  # the first, so that it is among those that are printed
    assert found[0].severity == "error"
    assert [one.code for one in found].count("examined-in-part") == 1
    assert 100 <= len(found) <= 1_010
    assert examination.report is None


@pytest.mark.parametrize("made", [wrong_numbers, no_items, empty_items, told_twice])
def it_takes_no_more_steps_for_findings_that_are_not_looked_at(made):
    def findings(count: int) -> int:
        with within(Limits(findings=10)):
            return steps("session.py", partial(examined, made(count)))

    assert findings(4_000) == findings(2_000)


def it_counts_what_is_left_of_findings_that_one_tells_of():
    """Items that lack five values each are told in one finding an item: they are as many findings as there are items."""
    with within(Limits(findings=10)):
        assert "examined-in-part" not in examined(empty_items(80))


def it_lets_warnings_stand_that_are_fewer_than_a_hundred_times_what_is_printed():
    with within(Limits(findings=10)):
        examination = examine(told_twice(200), None, "a.json")
    assert len(examination.diagnostics) > 200
    assert "examined-in-part" not in {one.code for one in examination.diagnostics}


def it_counts_what_the_reader_of_a_form_finds(monkeypatch):
    from generator.diagnostics import Location
    from generator.diagnostics.catalogue import diagnostic
    from generator.report import examine as door
    from generator.source import read_source

    module = sys.modules[door.__module__]

    def full_of_findings(*arguments, **options):
        source = read_source(*arguments, **options)
        places = (Location(file="a.json", path=f"第{number}格") for number in range(200))
        source.findings.extend(diagnostic("missing-value", at, label="甲", wanted="数") for at in places)
        return source

    monkeypatch.setattr(module, "read_source", full_of_findings)
    with within(Limits(findings=10)):
        assert examined(report('"年度":2020'))[0] == "examined-in-part"
