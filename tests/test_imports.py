"""The plan of the house: imports run down the list of rooms only, and no two files import each other in a circle."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import generator

ROOMS = [
    "kept",
    "diagnostics",
    "figures",
    "ooxml",
    "source",
    "formula",
    "standard",
    "template",
    "word",
    "excel",
    "report",
    "documents",
    "lint",
    "compare",
    "form",
    "batch",
    "distribution",
    "api",
    "cli",
]
APART = [("word", "excel"), ("template", "standard"), ("template", "formula"), ("template", "source")]
ROOT = Path(generator.__file__).parent
FILES = {
    ".".join(["generator", *path.relative_to(ROOT).with_suffix("").parts]).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
    if "library" not in path.relative_to(ROOT).parts
}
DOORS = ("generator", "generator.__main__", "generator.pytest_plugin")


@cache
def imports_of(module: str) -> tuple[str, ...]:
    """The files that a file imports, late and type-checking imports included."""
    return tuple(_imports_of(module))


@cache
def nodes_of(module: str) -> tuple[ast.Import | ast.ImportFrom | ast.ClassDef, ...]:
    """Every import and class of a file."""
    found = ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8")))
    return tuple(node for node in found if isinstance(node, ast.Import | ast.ImportFrom | ast.ClassDef))


def _imports_of(module: str) -> Iterator[str]:
    for node in nodes_of(module):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}: imports are absolute"
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                if (node.module or "").split(".")[0] == "generator":
                    yield full if full in FILES else str(node.module)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in FILES)


def room_of(module: str) -> str:
    return module.split(".")[1]


def it_finds_the_files():
    assert len(FILES) >= 180
    assert {"diagnostics", "ooxml", "word", "excel"} <= {room_of(module) for module in FILES if "." in module}


@pytest.mark.parametrize("room", ROOMS)
def it_imports_only_rooms_below_its_own(room):
    below = set(ROOMS[: ROOMS.index(room) + 1])
    modules = [module for module in FILES if module not in DOORS and room_of(module) == room]
    assert modules
    for module in modules:
        rooms = {room_of(imported) for imported in imports_of(module) if imported != "generator"}
        assert rooms <= below, module
        assert not {(room, other) for other in rooms} & {*APART, *((low, high) for high, low in APART)}, module


def it_gives_every_file_a_room_of_the_list():
    assert {room_of(module) for module in FILES if module not in DOORS} == {*ROOMS}


def it_has_no_circle_between_two_files():
    graph = {module: {*imports_of(module)} - {module, "generator"} for module in FILES}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


def it_gives_every_file_a_name_of_its_own():
    names: dict[str, list[str]] = {}
    for module, path in FILES.items():
        names.setdefault(path.name, []).append(module)
    assert {name for name, modules in names.items() if len(modules) > 1} <= {"__init__.py", "template.py"}


def it_gives_no_class_a_name_that_two_others_bear():
    homes: dict[str, list[str]] = {}
    for module in FILES:
        for node in nodes_of(module):
            if isinstance(node, ast.ClassDef):
                homes.setdefault(node.name, []).append(module)
    assert {name: modules for name, modules in homes.items() if len(modules) > 2} == {}


def it_imports_late_within_functions_or_by_the_two_public_doors():
    doors = {"generator", "generator.api"}
    by_name = {
        module
        for module, path in FILES.items()
        if "__getattr__" in (text := path.read_text(encoding="utf-8"))
        for node in ast.parse(text).body
        if isinstance(node, ast.FunctionDef) and node.name == "__getattr__"
    }
    assert by_name == doors


def it_makes_data_classes_at_low_cost():
    """The standard library's take half a millisecond each at import; and `replace` takes no mixture."""
    dear = {
        module
        for module in FILES
        for node in nodes_of(module)
        if isinstance(node, ast.ImportFrom)
        and node.module == "dataclasses"
        and module != "generator.kept.light_classes"
    }
    assert not dear, "import these from generator.kept.light_classes"


def it_makes_named_tuples_at_low_cost():
    """The standard library's take a third of a millisecond each at import."""
    dear = {
        module
        for module in FILES
        for node in nodes_of(module)
        if isinstance(node, ast.ImportFrom)
        and node.module in ("typing", "collections")
        and {alias.name.lower() for alias in node.names} & {"namedtuple"}
        and module != "generator.kept.light_tuples"
    }
    assert not dear, "import this from generator.kept.light_tuples"


def it_imports_by_name_only_what_a_table_names():
    """The doors' homes, the commands, the rooms' wording, classes that were kept, modules that a worker is told: nothing else."""
    means = re.compile(r"\b(?:import_module|__import__|exec_module|reload)\b")
    by_name = {module for module, path in FILES.items() if means.search(path.read_text(encoding="utf-8"))}
    assert by_name == {
        "generator",
        "generator.api",
        "generator.batch.workers",
        "generator.cli.app",
        "generator.diagnostics.catalogue",
        "generator.diagnostics.reference",
        "generator.kept.frozen_graph",
    }
