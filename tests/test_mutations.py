"""Every number of the five samples changed in turn: told, unless it is one that nothing in its report speaks about.

tests/cases/<id>/free-numbers.txt lists the numbers of a sample that can be changed without a finding, with their fields, each with
the reason for which nothing is told. What is not in it takes part in a relation, and its change is an error or a warning.
`pytest --update-golden` writes the list anew and keeps the reasons: a number that enters it is a relation that is no longer held.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from generator.report.examine import examine
from generator.standard import load_standard

ROOT = Path(__file__).parent.parent
DATA = sorted(path.stem for path in (ROOT / "data").glob("*.yaml"))
_NUMBER = re.compile(r"(-?\d+)(\.\d+)?(%?)\Z")
SAMPLE = 9  # a fast run changes every ninth number


def numbers(node: yaml.Node, path: str = "") -> Iterator[tuple[str, yaml.ScalarNode]]:
    """The numbers of a data file with their paths."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from numbers(value, f"{path}.{key.value}".lstrip("."))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from numbers(value, f"{path}[{index}]")
    elif isinstance(node, yaml.ScalarNode) and node.style is None and _NUMBER.match(node.value):
        yield path, node


def free(name: str, step: int) -> list[str]:
    """The numbers, every `step`th, of which neither one more nor one less is told."""
    text = (ROOT / "data" / f"{name}.yaml").read_text("utf-8")
    standard = load_standard(name)
    root = yaml.compose(text)
    assert root is not None
    found = []
    for path, node in list(numbers(root))[::step]:
        told = False
        for change in (1, -1):
            match = _NUMBER.match(node.value)
            assert match is not None
            changed = f"{int(match[1]) + change}{match[2] or ''}{match[3]}"
            data = text[: node.start_mark.index] + changed + text[node.end_mark.index :]
            told = told or any(one.severity != "info" for one in examine(data.encode(), standard)[1])
        if not told:
            found.append(f"{path}: {node.value}")
    return found


def reasons(name: str) -> dict[str, str]:
    """The listed numbers of a sample, each with its reason."""
    lines = (ROOT / "tests/cases" / name / "free-numbers.txt").read_text("utf-8").splitlines()
    return {number: reason for number, _, reason in (line.partition("  # ") for line in lines)}


@pytest.mark.slow
@pytest.mark.parametrize("name", DATA)
def it_tells_every_number_that_takes_part_in_a_relation(name: str, pytestconfig: pytest.Config):
    found = free(name, 1)
    if pytestconfig.getoption("--update-golden"):
        known = reasons(name)
        text = "".join(f"{number}  # {known.get(number, '')}\n" for number in found)
        (ROOT / "tests/cases" / name / "free-numbers.txt").write_text(text, "utf-8", newline="\n")
    assert list(reasons(name)) == found


@pytest.mark.parametrize("name", DATA)
def it_tells_some_of_them(name: str):
    assert set(free(name, SAMPLE)) <= reasons(name).keys()


@pytest.mark.parametrize("name", DATA)
def it_has_a_reason_for_each(name: str):
    assert all(reasons(name).values())
