"""Imports run down the list of rooms only, without circles."""

import ast
from pathlib import Path

import pytest

import generator

ROOMS = [
    "diagnostics",
    "messages",
    "places",
    "package",
    "source",
    "figures",
    "formula",
    "standard",
    "report",
    "render",
    "lint",
    "compare",
    "api",
    "cli",
]
ROOT = Path(generator.__file__).parent
FILES = sorted(path for path in ROOT.rglob("*.py") if "library" not in path.relative_to(ROOT).parts)


def room_of(path: Path) -> str:
    first = path.relative_to(ROOT).parts[0]
    return first.removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            if node.module == "generator":
                found |= {alias.name for alias in node.names}
            elif node.module and node.module.startswith("generator."):
                found.add(node.module.split(".")[1])
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("generator.")}
    return found & {*ROOMS, "pytest_plugin"}


def it_finds_the_files():
    assert len(FILES) >= 8
    assert {"diagnostics", "messages", "places", "package"} <= {room_of(path) for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def it_imports_only_rooms_below_its_own(path):
    own = room_of(path)
    if own == "__init__":
        assert imported_rooms(path) <= {"api"}
        return
    if own in ("__main__", "pytest_plugin"):
        return
    below = set(ROOMS[: ROOMS.index(own) + 1])
    assert imported_rooms(path) <= below
