"""The program's own patterns: of a text that repeats a pattern's pieces, four times the length costs about four times the steps.

Each pattern is read from the source with the methods that it is asked by. Where a pattern speaks of XML the texts are well formed,
as every part is known to be before a pattern sees it.
"""

import ast
import importlib
import re
import re._constants as sre  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
LENGTH = 800  # characters
SUSPECT = 0.0006  # CPU seconds that a text of that length may cost without being measured again
STEEP = 0.05  # CPU seconds that tell a cube at once
SEARCHES = {"search", "finditer", "findall", "sub", "subn", "split"}
METHODS = {*SEARCHES, "match", "fullmatch"}
SIGNS = " a9<{}中(\"='./-,:A\n\u3000[《"
SINGLE = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN, sre.CATEGORY)
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
# What a pattern is asked about that bounds or forms its texts, by the module that it stands in.
BOUNDED = {
    "generator.cli.typer_application": "messages of Typer about a command as typed",
    "generator.compare.page": "pages that the program wrote",
    "generator.excel.compile.unprinted_texts": "a shape, which ends with its own closing tag",
    "generator.excel.run.cell_pictures": "relationships that the program wrote",
    "generator.excel.run.sheet_render": "an element's attributes, of which there are 1,000 at most",
    "generator.excel.read.sheet_xml:_TAG": "an element of well-formed XML, in which no other begins",
    "generator.report.looked_up": "a name that somebody types in a command",
    "generator.report.prose:_PART": "an amount that another pattern found",
    "generator.report.prose:_TITLES": "a text up to its last closing mark",
    "generator.report.last_year": "a window of characters around a number",
    "generator.word.compile.dashes": "marks that the program put between tags, and what stands between two of them",
    "generator.word.run.merged_documents": "marks that the program wrote",
    "generator.word.run.richtext": "markup that the program wrote",
}


class Asked(NamedTuple):
    where: str
    pattern: "re.Pattern[Any]"
    methods: frozenset[str]


def asked() -> Iterator[Asked]:
    """Every pattern in the source whose text does not depend on a file."""
    for path in sorted((ROOT / "generator").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        used: dict[str, set[str]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in METHODS:
                used.setdefault(node.value.id, set()).add(node.attr)
        names = {id(n.value): ast.unparse(n.targets[0]) for n in ast.walk(tree) if isinstance(n, ast.Assign)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = ast.unparse(node.func)
            method = called.removeprefix("re.")
            if called not in ("re.compile", "lazy") and not (called.startswith("re.") and method in METHODS):
                continue
            flags = [word.value for word in node.keywords if word.arg == "flags"]
            if called in ("re.compile", "lazy"):
                flags += node.args[1:2]
            scope = vars(importlib.import_module(name))
            try:
                text = eval(compile(ast.Expression(node.args[0]), "", "eval"), scope)
                flag = sum(int(eval(compile(ast.Expression(one), "", "eval"), scope)) for one in flags)
            except Exception:  # a pattern that is put together at run time
                continue
            if isinstance(text, str | bytes):
                methods = {method} if method in METHODS else used.get(names.get(id(node), ""), set()) or {"search"}
                yield Asked(f"{name}:{names.get(id(node), node.lineno)}", re.compile(text, flag), frozenset(methods))


def held(members: Any, sign: str) -> bool:
    for kind, value in members:
        if (kind is sre.LITERAL and ord(sign) == value) or (kind is sre.RANGE and value[0] <= ord(sign) <= value[1]):
            return True
        if kind is sre.CATEGORY and category(value, sign):
            return True
    return False


def category(value: Any, sign: str) -> bool:
    letter = {"DIGIT": "d", "SPACE": "s", "WORD": "w"}[str(value).rpartition("_")[2]]
    return bool(re.match("\\" + (letter.upper() if "_NOT_" in str(value) else letter), sign))


def signs(kind: Any, value: Any) -> list[str]:
    """Signs that a piece of a pattern takes."""
    if kind is sre.LITERAL:
        return [chr(value)]
    if kind is sre.NOT_LITERAL:
        return [sign for sign in SIGNS if ord(sign) != value]
    if kind is sre.ANY:
        return ["a", " ", "<", "9"]
    if kind is sre.CATEGORY:
        return [sign for sign in SIGNS if category(value, sign)]
    without = bool(value) and value[0][0] is sre.NEGATE
    members = [member for member in value if member[0] is not sre.NEGATE]
    first = [
        chr(value if kind is sre.LITERAL else value[0]) for kind, value in members if kind in (sre.LITERAL, sre.RANGE)
    ]
    return [sign for sign in SIGNS if held(members, sign) != without] or first[:1] or ["é"]


def inner(kind: Any, value: Any) -> list[Any]:
    if kind is sre.SUBPATTERN:
        return [value[3]]
    if kind is sre.BRANCH:
        return list(value[1])
    if kind in REPEATS:
        return [value[2]]
    return [value] if kind is sre.ATOMIC_GROUP else [value[1]] if kind in (sre.ASSERT, sre.ASSERT_NOT) else []


def sample(tree: Any, pick: int) -> str:
    """A text that a pattern takes."""
    text = ""
    for kind, value in tree:
        if kind in SINGLE:
            of = signs(kind, value)
            text += of[pick % len(of)]
        elif kind is sre.BRANCH:
            text += sample(value[1][pick % len(value[1])], pick)
        elif kind in REPEATS:
            text += sample(value[2], pick) * min(max(value[0], pick % 2), 40)
        elif kind in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
            text += sample(inner(kind, value)[0], pick)
    return text


def pumps(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """What stands before a piece that may be repeated without end, and the piece."""
    for kind, value in tree:
        if kind in REPEATS and value[1] > 30:
            yield from ((before, sample(value[2], pick)) for pick in range(3))
        for child in inner(kind, value):
            yield from pumps(child, before)
        before += sample([(kind, value)], 1)


def plain(tree: Any) -> set[tuple[str, str]]:
    found = {("", sample(tree, pick)[cut:]) for pick in range(3) for cut in (0, 1)}
    for before, unit in pumps(tree):
        found |= {(before, unit), ("", unit), ("", before), ("", before + unit)}
    return {(before, unit) for before, unit in found if unit}


def well_formed(tree: Any) -> set[tuple[str, str]]:
    found = set()
    samples = "".join(sample(tree, pick) for pick in range(6))
    names = {*re.findall(r"</?([\w:]+)", samples), "c"}
    for name in names:
        for attribute in ('a="b"', 'r="A1" s="1"', ""):
            start = f"<{name} {attribute}".rstrip()
            found |= {("", f"{start}/>"), ("", f"{start}>x</{name}>"), (f"{start}>", "x"), (start, " ")}
        found |= {(f'<{name} a="', sign) for sign in "x />"} | {(f"<{name}>", f"<{other}/>") for other in names}
        found |= {("", f"<{name}/></{other}>") for other in names}
    return found


def spent(ask: Any, text: str | bytes) -> float:
    begun = time.thread_time()
    for _ in ask(text) or ():
        pass
    return time.thread_time() - begun


def dearer(one: Asked) -> str:
    """The pumped text that costs a pattern more than its length; "" where there is none."""
    as_bytes = isinstance(one.pattern.pattern, bytes)
    source = one.pattern.pattern.decode("latin1") if as_bytes else one.pattern.pattern
    tree = parser.parse(source, one.pattern.flags)
    searched = one.methods & SEARCHES
    ask = one.pattern.finditer if searched else lambda text: getattr(one.pattern, min(one.methods))(text) and ()
    for before, unit in sorted(well_formed(tree) if re.search(r"</?[\w(]|<\[\^|>\[\^<", source) else plain(tree)):

        def text(length: int, before: str = before, unit: str = unit) -> str | bytes:
            made = before + unit * (length // len(unit) + 1) + "\0"
            return made.encode("utf-8", "surrogatepass") if as_bytes else made

        if (short := spent(ask, text(LENGTH))) < SUSPECT:
            continue
        if short >= STEEP:
            return f"{one.where} {before!r} {unit!r}"
        small = spent(ask, text(4 * LENGTH))
        if small >= 6 * SUSPECT and min(spent(ask, text(16 * LENGTH)) for _ in range(2)) > 8 * small:
            return f"{one.where} {before!r} {unit!r}"
    return ""


@pytest.mark.slow
def it_takes_steps_as_a_text_is_long():
    patterns = [one for one in asked() if not {one.where, one.where.partition(":")[0]} & {*BOUNDED}]
    assert len(patterns) > 700
    assert [found for one in patterns if (found := dearer(one))] == []


def it_finds_a_pattern_that_costs_a_square():
    assert dearer(Asked("here", re.compile(r"[0-9]+\.[0-9]*[1-9][0-9]*x"), frozenset({"search"})))
    assert dearer(Asked("here", re.compile(r"\s*\("), frozenset({"sub"})))
    assert not dearer(Asked("here", re.compile(r"\s*\("), frozenset({"match"})))
