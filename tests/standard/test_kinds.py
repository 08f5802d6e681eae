"""What rooms ask of a field's kind: the kinds' own objects answer, so that another kind is one file."""

import ast
from pathlib import Path

import pytest

import generator
from generator.standard.kinds import HUNDREDTHS, KEYED, KINDS, NUMERIC, PROSE, WHOLE

ROOT = Path(generator.__file__).parent


def compared_with(name: str, *rooms: str) -> list[str]:
    """The places in these rooms that compare something called `kind` with a name."""
    found = []
    for path in (path for room in rooms for path in sorted((ROOT / room).rglob("*.py"))):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and ast.unparse(node.left).split(".")[-1] == "kind":
                sides = [one for side in node.comparators for one in ast.walk(side)]
                if any(isinstance(one, ast.Constant) and one.value == name for one in sides):
                    found.append(f"{path.name}:{node.lineno}")
    return found


def it_sorts_the_kinds_by_what_their_values_are():
    assert {"integer", "number", "money", "percent", "score", "year"} == NUMERIC
    assert {"integer", "year"} == WHOLE
    assert {"percent"} == HUNDREDTHS
    assert {"text", "paragraphs"} == PROSE
    assert {"map", "bands"} == KEYED
    assert {*KINDS} >= NUMERIC | PROSE | KEYED


@pytest.mark.parametrize("room", ["report", "form", "lint", "distribution", "documents", "batch", "api", "cli"])
def it_asks_the_kind_not_its_name_whether_numbers_are_written_with_a_percent_sign(room):
    assert compared_with("percent", room) == []
