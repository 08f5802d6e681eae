"""Operands in Python: fields, values that must be there, what prints. Every part of an expression stands in it once."""

from __future__ import annotations

from generator.formula.compiled_part import Part, Path
from generator.formula.compiler import Compiler
from generator.formula.typing import Type
from generator.kept.light_classes import replace


def field_part(
    compiler: Compiler, base: Part | None, found: Type, name: str, prefixes: tuple[Path, ...], mapped: bool = False
) -> Part:
    """The value of a field: of the own record, of a record on a path, or of every record of a list."""
    paths = tuple((*prefix, name) for prefix in prefixes)
    key = compiler.constants.constant(name)
    if mapped:
        assert base is not None
        flatten = "flattened_lists" if found.many else "flattened"
        return Part(f"{flatten}({base.code}, {key})", found.list, paths, sure=True)
    value, of = compiler.constants.temporary(), "r" if base is None else base.code
    if of == "r":
        code = compiler.constants.own(name)
    elif of == "r.root":
        code = compiler.constants.of_report(name)
    elif base is not None and base.sure:
        code = f"({value} if ({value} := {of}[{key}]) is not INVALID else invalid())"
    else:
        item = compiler.constants.temporary()
        code = f"(None if ({item} := {of}) is None else {value} if ({value} := {item}[{key}]) is not INVALID else invalid())"
    if found.many:
        return Part(f"({code} or [])", found, paths, sure=True)
    return Part(code, found, paths, f"{of}.exact({key})")


def is_plain(part: Part) -> bool:
    """Whether it is no more than a constant, so that nothing happens where it is evaluated or not."""
    return part.code.isalnum()


def given(compiler: Compiler, part: Part) -> tuple[str, str]:
    """What asks whether a part has a value ("" where it always has one), and the value then."""
    if part.sure:
        return "", part.code
    value = compiler.constants.temporary()
    return f"({value} := {part.code}) is not None", value


def both_given(compiler: Compiler, first: Part, second: Part) -> tuple[str, str, str]:
    """The same of two parts, which are both evaluated, in this order."""
    if first.sure and second.sure:
        return "", first.code, second.code
    if first.sure and is_plain(first):
        test, value = given(compiler, second)
        return test, first.code, value
    if second.sure and is_plain(second):
        return (*given(compiler, first), second.code)
    one, other = compiler.constants.temporary(), compiler.constants.temporary()
    both = (
        f"((({one} := {first.code}) is None) is not (({other} := {second.code}) is not None)"  # neither `and` nor `or`
    )
    return f"{both} and {one} is not None)", one, other


def of_given(compiler: Compiler, part: Part, result: str, found: Type | None = None) -> Part:
    """What comes of the value of a part, where it has one; `{}` stands for it."""
    test, value = given(compiler, part)
    return where(test, result.format(value), found or part.type)


def of_both(compiler: Compiler, first: Part, second: Part, result: str, found: Type) -> Part:
    """What comes of the values of two parts, where both have one; `{}` stands for each."""
    test, one, other = both_given(compiler, first, second)
    return where(test, result.format(one, other), found)


def where(test: str, code: str, found: Type) -> Part:
    """A part that has a value where a test holds; "" where it always has one."""
    if not test:
        return Part(f"({code})", found, sure=True)
    if found.kind != "boolean":
        return Part(f"({code} if {test} else None)", found)
    return Part(f"({code} if {test} else None)", found, true=f"({test} and {code})", false=f"({test} and not ({code}))")


def printed_code(compiler: Compiler, found: Type, value: str) -> str:
    """How a value of a type prints; a blank is not asked."""
    if found.kind == "number":
        unit, places, form = map(compiler.constants.constant, (found.unit, found.places, found.form))
        return f"figure_text({value}, {unit}, {places}, {form})"
    return f"{_PRINTERS.get(found.kind, 'str')}({value})"


_PRINTERS = {"date": "chinese_date", "boolean": "yes_no"}


def quotient(compiler: Compiler, first: Part, second: Part, found: Type) -> Part:
    """A part divided by another; a blank where that is 0."""
    named = [replace(part, sure=part.sure and is_plain(part)) for part in (first, second)]
    test, one, other = both_given(compiler, *named)
    return Part(f"({one} / {other} if {test + ' and ' if test else ''}{other} else None)", found)
