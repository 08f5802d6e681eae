"""What SECURITY.md and the guides to security say is what the code does: limits, rules of active content, least versions."""

import re
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from generator.ooxml.active_content import RULES, active_content
from generator.ooxml.limits import Limits
from generator.ooxml.package import open_package
from tests.security.attacks import one_cell
from tests.support.words import document

ROOT = Path(__file__).parents[2]
GUIDES = ("security.md", "security.zh-CN.md")
SIZES = {"MiB": 1 << 20, "GiB": 1 << 30}
ROWS = (  # of the table of active content, in its order: the kinds that a row is about
    ("macro",),
    ("activex",),
    ("dde", "fetching-field"),
    ("external",),
    ("script-link",),
    ("fetching-formula",),
    ("script-link", "external"),
    ("local-template", "file-link", "external-workbook"),
    ("ole", "connection", "alt-chunk", "web-extension", "custom-ui", "macro-call"),
)


def rows(text: str, head: str) -> list[list[str]]:
    """The rows of the table whose head begins so."""
    table = text[text.index(head) :].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row)[1:-1]] for row in table]


def guide(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", GUIDES)
def it_names_every_limit_with_what_it_is(name):
    said: dict[str, float] = {}
    for names, defaults, _ in rows(guide(name), "| name |" if name == GUIDES[0] else "| 名称 |"):
        numbers = re.findall(r"(\d[\d,]*)(?: (MiB|GiB))?", defaults)
        said |= zip(
            re.findall(r"`(\w+)`", names),
            (int(digits.replace(",", "")) * SIZES.get(unit, 1) for digits, unit in numbers),
            strict=True,
        )
    assert said == asdict(Limits())


@pytest.mark.parametrize("name", GUIDES)
def it_has_a_row_for_each_kind_of_what_acts_and_says_its_rule(name):
    table = rows(guide(name), "| what |" if name == GUIDES[0] else "| 什么 |")
    assert {kind for kinds in ROWS for kind in kinds} == set(RULES)
    for kinds, (_, rule) in zip(ROWS, table, strict=True):
        told = {RULES[kind][0] for kind in kinds}
        assert len(told) == 1
        assert rule.startswith(("refused", "拒绝")) == (told == {RULES["macro"][0]})


def named(row: int) -> list[str]:
    """The words in capitals that a row of the table names."""
    return re.findall(r"`([A-Z]+)`", rows(guide(GUIDES[0]), "| what |")[row][0])


@pytest.mark.parametrize("function", named(5))
def it_refuses_each_function_that_it_names(function):
    content = one_cell(f"={function}(1)")
    assert {one.kind for one in active_content(open_package(content))} == {"fetching-formula"}


@pytest.mark.parametrize("keyword", named(2))
def it_refuses_each_field_that_it_names(keyword):
    field = f'<w:p><w:fldSimple w:instr=" {keyword} x "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    assert {one.kind for one in active_content(open_package(document(field)))} == {"fetching-field"}


def it_names_least_versions_that_the_program_asks_for_and_pins():
    asked = "\n".join(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"])
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower()
    for library, least, _ in rows((ROOT / "SECURITY.md").read_text(encoding="utf-8"), "| library |"):
        if library == "Python":
            continue
        named_least = re.search(rf"^{library}>=([\d.]+)", asked, re.I | re.M)
        assert named_least is None or named_least[1] in (least, least.removesuffix(".0")), library
        pinned = re.search(rf"^{library}==([\d.]+)", pins, re.I | re.M)
        assert pinned is not None
        numbers = [[int(part) for part in text.split(".")] for text in (pinned[1], least)]
        assert numbers[0] >= numbers[1], library
