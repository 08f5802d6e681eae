"""What rooms ask of a field's kind: the kinds' own objects answer, so that another kind is one file."""

import ast
import re
from pathlib import Path

import generator
from generator.standard.kinds import KINDS

ROOT = Path(generator.__file__).parent
SPOKEN_OF = re.compile(r"\bkinds?\b")
ROOMS = ("standard", "report", "form", "lint", "distribution", "documents", "batch", "api", "cli", "source")


def asked_by_name() -> list[str]:
    """Every place outside the kinds that compares the kind of a field with a name of one; a static `type` has kinds of its own."""
    found = []
    for path in (path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))):
        if path.is_relative_to(ROOT / "standard" / "kinds"):
            continue
        text = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)) if SPOKEN_OF.search(text) else ():
            if not isinstance(node, ast.Compare):
                continue
            sides = [node.left, *node.comparators]
            kinds = [ast.unparse(side) for side in sides if ast.unparse(side).split(".")[-1] in ("kind", "kinds")]
            names = {one.value for side in sides for one in ast.walk(side) if isinstance(one, ast.Constant)}
            if names & {*KINDS} and any(not kind.endswith("type.kind") for kind in kinds):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}")
    return found


def named(flag: str) -> set[str]:
    return {name for name, kind in KINDS.items() if getattr(kind, flag)}


def it_sorts_the_kinds_by_what_their_values_are():
    assert named("numeric") == {"integer", "number", "money", "percent", "score", "year"}
    assert named("whole") == {"integer", "year"}
    assert named("hundredths") == {"percent"}
    assert named("amount") == named("numeric") - {"year"}
    assert named("money") == {"money"}
    assert named("prose") == {"text", "paragraphs"}
    assert named("sentence") == {"text"}
    assert named("keyed") == {"map", "bands"}
    assert named("facts") == {"map"}
    assert named("ordered") == named("numeric") | {"date"}


def it_asks_the_kind_never_its_name():
    assert asked_by_name() == []


def it_keeps_no_list_of_kinds_beside_the_kinds():
    """A set made of names when a module is imported does not know of a kind that is added."""
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        if path.is_relative_to(ROOT / "standard" / "kinds") or path.name == "skeleton.py":  # which guesses by names
            continue
        text = path.read_text(encoding="utf-8")
        for node in ast.parse(text).body if "KINDS" in text else ():
            if isinstance(node, ast.Assign) and any(
                isinstance(one, ast.Name) and one.id == "KINDS" for one in ast.walk(node.value)
            ):
                found.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert found == []
