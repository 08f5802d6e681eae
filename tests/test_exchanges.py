"""Two values of the five samples exchanged, items repeated, added and dropped, numbers moved: told, or nothing in the report contradicts it.

What is silent has a reason that is computed here: a number that one more, or less, in its last digit leaves silent too (see
test_mutations.py); two numbers whose exchange leaves every sum as it is; words; an item whose numbers only its own rules read; an
empty item of a list of texts, of which nothing prints. One value that is wrong is told once; two that are exchanged at most twice, each
where it stands.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from generator.diagnostics import Diagnostic
from generator.report import Report
from generator.report.examine import examine
from generator.standard import load_standard

ROOT = Path(__file__).parent.parent
DATA = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))
SAMPLE = 61  # a fast run makes every so manyth change
_NUMBER = re.compile(r"(-?\d+(?:\.\d+)?)(%?)\Z")
_TITLES = ("名称", "标题", "事项", "科目", "职务", "对象")


class Change(NamedTuple):
    """A change of a file: what it does, what it undoes it with, where the values stand that it makes wrong.

    Args:
        label: as a failure shows it.
        make, undo: change the nodes and put them back.
        nodes: the scalars that are exchanged or moved; none where an item comes or goes.
        item: the item that comes or goes.
    """

    label: str
    make: Callable[[], object]
    undo: Callable[[], object]
    nodes: tuple[yaml.ScalarNode, ...] = ()
    item: yaml.Node | None = None
    path: str = ""


@cache
def tree(name: str) -> yaml.MappingNode:
    root = yaml.compose((ROOT / "data" / f"{name}.yaml").read_text("utf-8"))
    assert isinstance(root, yaml.MappingNode)
    return root


def examined(name: str) -> tuple[Report | None, list[Diagnostic]]:
    text = yaml.serialize(tree(name), allow_unicode=True, width=10**6)
    report, found = examine(text.encode(), load_standard(name))
    return report, [one for one in found if one.severity != "info"]


def kind(node: yaml.Node) -> str:
    """What a value can be exchanged with: a number, a percentage, a text; "" for what holds others."""
    if not isinstance(node, yaml.ScalarNode):
        return ""
    number = _NUMBER.match(node.value) if node.style is None else None
    return f"number{number[2]}" if number else "text"


def walked(node: yaml.Node, path: str = "") -> Iterator[tuple[str, yaml.Node]]:
    yield path, node
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value not in ("标准", "保留"):
                yield from walked(value, f"{path}.{key.value}".lstrip("."))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from walked(value, f"{path}[{index}]")


def exchanges(root: yaml.Node) -> Iterator[Change]:
    """Every two neighbouring values of one kind in a record; the same value of two neighbouring items."""
    for path, node in walked(root):
        if isinstance(node, yaml.MappingNode):
            last: dict[str, tuple[str, yaml.ScalarNode]] = {}
            for key, value in node.value:
                if not kind(value) or key.value == "标准":
                    continue
                if (before := last.get(kind(value))) and before[1].value != value.value:
                    yield _exchange(f"{path}: {before[0]} <-> {key.value}", before[1], value)
                last[kind(value)] = (key.value, value)
        if isinstance(node, yaml.SequenceNode):
            for index, (one, other) in enumerate(pairwise(node.value)):
                if isinstance(one, yaml.MappingNode) and isinstance(other, yaml.MappingNode):
                    values = {key.value: value for key, value in other.value}
                    for key, value in one.value:
                        second = values.get(key.value)
                        if second is not None and kind(value) and kind(second) and value.value != second.value:
                            yield _exchange(f"{path}[{index}] <-> [{index + 1}]: {key.value}", value, second)


def _exchange(label: str, one: yaml.ScalarNode, other: yaml.ScalarNode) -> Change:
    def turn() -> None:
        one.value, other.value, one.style, other.style = other.value, one.value, other.style, one.style

    return Change(f"{label} ({one.value[:20]} / {other.value[:20]})", turn, turn, (one, other))


def additions(root: yaml.Node) -> Iterator[Change]:
    """Every item twice, an empty one, one more under another name."""
    for path, node in walked(root):
        if not isinstance(node, yaml.SequenceNode):
            continue
        for index, item in enumerate(node.value):
            yield _added(f"{path}[{index}] twice", node, index, copy.deepcopy(item))
        empty = copy.deepcopy(node.value[-1]) if node.value else yaml.ScalarNode("tag:yaml.org,2002:str", "", style='"')
        for _, value in walked(empty):
            if isinstance(value, yaml.ScalarNode):
                value.value, value.style = "", '"'
        yield _added(f"{path} and an empty item", node, len(node.value), empty)
        if node.value and isinstance(node.value[-1], yaml.MappingNode):
            more = copy.deepcopy(node.value[-1])
            for key, value in more.value:
                if key.value in _TITLES:
                    value.value = "新增加的另外一项"
            yield _added(f"{path} and one more", node, len(node.value), more)


def _added(label: str, items: yaml.SequenceNode, index: int, item: yaml.Node) -> Change:
    return Change(label, lambda: items.value.insert(index, item), lambda: items.value.pop(index), item=item)


def drops(root: yaml.Node) -> Iterator[Change]:
    """Every item of every list taken away."""
    for path, node in walked(root):
        for index, item in enumerate(node.value if isinstance(node, yaml.SequenceNode) else ()):
            undo = lambda node=node, index=index, item=item: node.value.insert(index, item)  # noqa: E731
            yield Change(
                f"{path}[{index}] dropped", lambda node=node, index=index: node.value.pop(index), undo, item=item,
                path=f"{path}[{index}]",
            )  # fmt: skip


def moves(root: yaml.Node) -> Iterator[Change]:
    """Every number ten, a hundred, ten thousand times as great, with another sign, two digits exchanged, one digit more."""
    for path, node in walked(root):
        if not isinstance(node, yaml.ScalarNode) or not kind(node).startswith("number"):
            continue
        for value in dict.fromkeys(moved(node.value)):
            yield _move(path, node, value)


def _move(path: str, node: yaml.ScalarNode, value: str) -> Change:
    old = node.value

    def make() -> None:
        node.value = value

    def undo() -> None:
        node.value = old

    return Change(f"{path}: {old} -> {value}", make, undo, (node,))


def moved(text: str) -> Iterator[str]:
    number = _NUMBER.match(text)
    assert number is not None
    digits, percent = number[1], number[2]
    if Decimal(digits):
        for factor in (10, 100, 10_000):
            yield format((Decimal(digits) * factor).normalize(), "f") + percent
        yield f"{digits[1:] if digits.startswith('-') else '-' + digits}{percent}"
    places = [at for at, sign in enumerate(digits) if sign.isdigit()]
    for one, other in pairwise(places):
        signs = list(digits)
        signs[one], signs[other] = signs[other], signs[one]
        yield from _typed("".join(signs), digits, percent)
    for at in places:
        yield from _typed(f"{digits[:at]}{(int(digits[at]) + 1) % 10}{digits[at + 1 :]}", digits, percent)


def _typed(digits: str, before: str, percent: str) -> Iterator[str]:
    plain = digits.lstrip("-")
    if Decimal(digits) != Decimal(before) and (plain[0] != "0" or plain[1:2] in ("", ".")):
        yield digits + percent


# --- why nothing is told


def silent_with(name: str, node: yaml.ScalarNode, value: str) -> list[Diagnostic]:
    """What is told of one number with another value."""
    kept, node.value = node.value, value
    try:
        return examined(name)[1]
    finally:
        node.value = kept


def one_sided(name: str, node: yaml.ScalarNode, value: str) -> bool:
    """Whether a number may change in this direction: by one in its last digit it is silent, too; or it is the same number."""
    old, new = (_NUMBER.match(text) for text in (node.value, value))
    assert old is not None
    assert new is not None
    if Decimal(old[1]) == Decimal(new[1]):
        return True
    last = Decimal(1).scaleb(int(Decimal(old[1]).as_tuple().exponent))  # a check that says `=` tells the least change
    step = last if Decimal(new[1]) > Decimal(old[1]) else -last
    return not silent_with(name, node, f"{Decimal(old[1]) + step}{old[2]}")


def reason(name: str, change: Change) -> str:
    """Why a change that is silent contradicts nothing; "" where it should be told."""
    if len(change.nodes) == 1:
        (node,) = change.nodes
        value = _after(change, node)
        return "one-sided" if one_sided(name, node, value) else ""
    if change.nodes:
        if not all(kind(node).startswith("number") for node in change.nodes):
            return "words"
        return _of_numbers(name, change)
    assert change.item is not None
    scalars = (node for _, node in walked(change.item) if isinstance(node, yaml.ScalarNode))
    numbers = [node for node in scalars if kind(node).startswith("number")]
    if not numbers:
        return "words"
    return "own rules" if _own(name, change, numbers) else ""


def _after(change: Change, node: yaml.ScalarNode) -> str:
    change.make()
    value = node.value
    change.undo()
    return value


def _of_numbers(name: str, change: Change) -> str:
    one, other = change.nodes
    told = [silent_with(name, one, other.value), silent_with(name, other, one.value)]
    if not all(told):
        return "one-sided"
    sums = all(found.code == "check-failed" for alone in told for found in alone)
    return "same sums" if sums and _sums_alike(told) else ""


def _sums_alike(told: list[list[Diagnostic]]) -> bool:
    """Whether the same checks fail of each alone: they add both up."""
    first, second = ({str(found.arguments["id"]) for found in alone} for alone in told)
    return bool(first & second)


def _own(name: str, change: Change, numbers: list[yaml.ScalarNode]) -> bool:
    """Whether each number of an item may be nothing, or is told by a rule of the item itself."""
    for node in numbers if change.path else ():
        found = silent_with(name, node, "0" if "%" not in node.value else "0%")
        if any(not (one.location.path or "").startswith(change.path) for one in found):
            return False
    return True


KINDS = {"exchanges": exchanges, "additions": additions, "drops": drops, "moves": moves}


def faults(name: str, of: str, step: int) -> list[str]:
    """The changes, every `step`th, that are silent for no reason, or told more than once."""
    found = []
    for change in list(KINDS[of](tree(name)))[::step]:
        change.make()
        try:
            told = examined(name)[1]
        finally:
            change.undo()
        places = {(one.location.line, one.location.column) for one in told}
        if len(told) > (2 if of == "exchanges" else 1) or len(places) < len(told):
            found.append(f"{change.label}: {[(one.code, one.location.line) for one in told]}")
        elif not told and not reason(name, change):
            found.append(f"{change.label}: silent")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("of", KINDS)
@pytest.mark.parametrize("name", DATA)
def it_tells_a_change_once_or_nothing_contradicts_it(name: str, of: str):
    assert faults(name, of, 1) == []


@pytest.mark.parametrize("of", KINDS)
@pytest.mark.parametrize("name", DATA)
def it_tells_some_of_them_so(name: str, of: str):
    assert faults(name, of, SAMPLE) == []


@pytest.mark.parametrize("name", DATA)
def it_prints_nothing_of_an_empty_text_in_a_list(name: str):
    report, _ = examined(name)
    assert report is not None
    before = report.context()
    for change in additions(tree(name)):
        if isinstance(change.item, yaml.ScalarNode) and not change.item.value:
            change.make()
            try:
                with_empty, found = examined(name)
            finally:
                change.undo()
            if not found:
                assert with_empty is not None
                assert repr(with_empty.context()) == repr(before)
