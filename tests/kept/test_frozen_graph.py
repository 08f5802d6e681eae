"""What compiling gave, as bytes and back."""

import datetime
import marshal
import os
import pickle
import re
from decimal import Decimal

import pytest

from generator.diagnostics import Location, Severity, Text
from generator.kept import frozen_graph
from generator.kept.frozen_graph import Unstorable, freeze, thaw
from generator.ooxml.limits import Limits
from generator.report import examine
from generator.source import Map, read_source
from generator.standard import load_standard


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        1,
        1.0,
        -0.0,
        "字",
        b"\x00",
        (1, (2, "x")),
        [1, [2]],
        {"a": [1], "b": {}},
        {1, 2},
        frozenset("ab"),
        Decimal("1.20"),
        datetime.date(2020, 2, 29),
        Text("中", "en"),
        Severity.WARNING,
        Limits(seconds=2.5),
        Location("a.yaml", 1, 2),
    ],
    ids=lambda value: type(value).__name__,
)
def it_gives_back_what_it_was_given(value):
    back = thaw(freeze(value))
    assert back == value
    assert type(back) is type(value)
    if not isinstance(value, frozenset):  # its order, and so its repr, is that of how it was made
        assert repr(back) == repr(value)


def it_tells_values_apart_that_are_equal():
    back = thaw(freeze([1, 1.0, True, 0.0, -0.0]))
    assert list(map(repr, back)) == ["1", "1.0", "True", "0.0", "-0.0"]


def it_keeps_one_object_one():
    inner = [1]
    back = thaw(freeze([inner, inner]))
    assert back[0] is back[1]


def it_keeps_circles():
    whole: list = [1]
    whole.append({"self": whole})
    back = thaw(freeze(whole))
    assert back[1]["self"] is back


def it_keeps_the_places_of_a_file():
    source = read_source("甲: {乙: [1, 2]}\n".encode(), "a.yaml")
    back = thaw(freeze(source))
    assert back.root == {"甲": back.root["甲"]}
    assert isinstance(source.root, Map)
    assert back.root.key_at == source.root.key_at
    assert [one.text for one in back.root["甲"]["乙"]] == ["1", "2"]
    assert back.root["甲"]["乙"].line == 1


def it_keeps_a_function_of_a_module_by_its_name():
    assert thaw(freeze([read_source, len])) == [read_source, len]


def closures(text, module="generator.kept.frozen_graph"):
    """What the function `outer` of a text gives, as if a module of the program had made it."""
    space = {"__name__": module}
    exec(text, space)
    return space["outer"]()


def it_keeps_closures_with_what_they_enclose():
    calls_itself = "def outer():\n def f(n): return n if n < 2 else n * f(n - 1)\n return f"
    assert thaw(freeze(closures(calls_itself)))(5) == 120
    call_each_other = (
        "def outer():\n f = lambda n: n and g(n - 1)\n g = lambda n: 'g' if not n else f(n - 1)\n return f, g"
    )
    one, other = thaw(freeze(closures(call_each_other)))
    assert (one(3), other(2)) == ("g", "g")
    enclosed = "def outer():\n a, b, c, d = None, 1.5, [], (None,)\n return (lambda e=2: (a, b, c, d, e)), (lambda: c)"
    one, other = thaw(freeze(closures(enclosed)))
    assert one() == (None, 1.5, [], (None,), 2)
    assert one()[2] is other()


def it_refuses_closures_of_others():
    with pytest.raises(Unstorable):
        freeze(closures("def outer(): return lambda: 1", "os"))
    with pytest.raises(Unstorable):
        frozen_graph._tool("os", compile("1", "", "eval"))


def it_keeps_patterns():
    assert thaw(freeze(re.compile(r"\d+", re.ASCII))).fullmatch("12")


def it_hands_over_what_is_not_kept():
    environment = object()
    assert thaw(freeze((environment, 1), {"environment": environment}), {"environment": "other"}) == ("other", 1)


@pytest.mark.parametrize(
    "value",
    [object(), lambda: 1, iter(()), re.match("a", "a"), ValueError("x")],
    ids=lambda value: type(value).__name__,
)
def it_refuses_what_is_not_this_programs_own(value):
    with pytest.raises(Unstorable):
        freeze([value])


@pytest.mark.parametrize("named", [os.system, eval, getattr], ids=lambda named: named.__name__)
def it_reads_nothing_that_it_would_not_keep(named):
    with pytest.raises(Unstorable):
        thaw(marshal.dumps(([], pickle.dumps(named))))


def it_refuses_what_is_too_deep():
    whole: list = []
    for _ in range(100_000):
        whole = [whole]
    with pytest.raises(Unstorable):
        freeze(whole)


@pytest.mark.parametrize("name", ["shifeng-2020", "wanzhou-2020", "dayu-2020", "huidong-2023", "beita-2023"])
def it_keeps_standards_with_their_formulas(name):
    standard = load_standard(name)
    back = thaw(freeze(standard))
    one, found = examine(f"data/{name}.yaml", standard)
    other, same = examine(f"data/{name}.yaml", back)
    assert found == same
    assert one is not None
    assert other is not None
    assert [repr(context) for _, context in one.contexts()] == [repr(context) for _, context in other.contexts()]
