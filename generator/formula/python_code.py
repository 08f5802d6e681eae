"""Makes functions of the Python of expressions.

The Python holds `r` (the record), constants `c1`, `c2` …, values in between `t1`, `t2` … and what `run_time` defines: never a word
of a standard, whose texts and names are constants. They become defaults of the function, so that expressions of one shape share one
code object. `f1` is the record's own field of the name `c1`, `g1` that of the report: a function reads it, a program of many
expressions has it at hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from types import CodeType, FunctionType
from typing import Any

from generator.formula import run_time
from generator.formula.compiled_part import Part
from generator.formula.words_in_texts import WordsInTexts
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace

Function = Callable[[Any], Any]

_NAME = "<formula>"
_DEEP = 20  # brackets within each other; Python's parser takes 200
_SHORT = 60  # characters of an operand that is not deep
_OWN_NAMES = lazy(r"\b([cfgtu])[0-9]+\b")
_FIELDS = lazy(r"\b([fg])([0-9]+)\b")
_READ = {
    "f": "(u{0} if (u{0} := r[c{0}]) is not INVALID else invalid())",
    "g": "(u{0} if (u{0} := r.root[c{0}]) is not INVALID else invalid())",
}
_SAME, _IN_BETWEEN = lazy(r"\((t[0-9]+) := ([fg][0-9]+)\)"), lazy(r"\bt[0-9]+\b")
_RECORD = lazy(r"\br\b")


class Constants:
    """The constants and the values in between of one expression, or of a program.

    Args:
        words: of a program, what finds the words that its conditions look for.
    """

    def __init__(self, words: WordsInTexts | None = None) -> None:
        self.words = words
        self.values: dict[str, Any] = {}
        self.names: dict[tuple[type, Any], str] = {}
        self.between = 0
        self.is_split = False  # whether a part became a function of its own

    def constant(self, value: Any) -> str:
        """The name of a constant."""
        key = (type(value), value if isinstance(value, str | Decimal | int) else id(value))
        if isinstance(value, Decimal):
            key = (Decimal, value.as_tuple())  # 1.0 prints as 1 does, and is not the same
        name = self.names.get(key)
        if name is None:
            name = self.names[key] = f"c{len(self.values)}"
            self.values[name] = value
        return name

    def own(self, name: str) -> str:
        """The record's own field of a name."""
        return f"f{self.constant(name)[1:]}"

    def of_report(self, name: str) -> str:
        """The report's field of a name."""
        return f"g{self.constant(name)[1:]}"

    def temporary(self) -> str:
        """The name of a value in between."""
        self.between += 1
        return f"t{self.between}"

    def function(self, code: str) -> Function:
        """The function of an operand."""
        return self._made("lambda {}: ", _FIELDS.sub(lambda found: _READ[found[1]].format(found[2]), code))

    def program(self, lines: list[str]) -> Function:
        """The function of some statements, in which own fields are names."""
        text = "\n ".join(lines)
        same = dict(_SAME.findall(text))  # values in between that are fields
        text = _IN_BETWEEN.sub(lambda name: same.get(name[0], name[0]), _SAME.sub(r"\2", text))
        return self._made("def program({}):\n ", text)

    def _made(self, head: str, code: str) -> Function:
        known: dict[str, str] = {}
        constants: list[Any] = []

        def renamed(found: re.Match[str]) -> str:
            name = found[0]
            if name not in known:
                known[name] = f"{found[1]}{len(known)}"
                if found[1] == "c":
                    constants.append(self.values[name])
            return known[name]

        shape = _OWN_NAMES.sub(renamed, code)
        taken = tuple(name for name in known.values() if name[0] == "c")
        text = head.format(", ".join(("r", *taken))) + shape
        return FunctionType(_compiled(text), run_time.__dict__, None, tuple(constants))

    def shallow(self, part: Part) -> Part:
        """The part, in a function of its own where its brackets stand deep within each other."""
        code = part.code
        if len(code) < _SHORT or not _is_deep(code):
            return part
        self.is_split = True
        return replace(part, code=f"{self.constant(self.function(code))}(r)", true="", false="")


def is_of_fields(code: str) -> bool:
    """Whether the Python of a part needs nothing but fields of the record and of the report."""
    return not _RECORD.search(code)


def fields_of(code: str) -> set[tuple[str, str]]:
    """The fields that the Python of a part needs: each as it stands there, with the constant that is its name."""
    return {(found[0], f"c{found[2]}") for found in _FIELDS.finditer(code)}


def _is_deep(code: str) -> bool:
    if code.count("(") + code.count("[") <= _DEEP:
        return False
    depth = 0
    for sign in code:
        if sign in "([":
            depth += 1
            if depth > _DEEP:
                return True
        elif sign in ")]":
            depth -= 1
    return False


@lru_cache(maxsize=4096)
def _compiled(text: str) -> CodeType:
    """The code of a function of a record."""
    made = compile(text, _NAME, "exec" if text.startswith("def") else "eval", dont_inherit=True)
    (code,) = (one for one in made.co_consts if isinstance(one, CodeType))
    return code.replace(co_name=_NAME, co_qualname=_NAME)  # of a function that is kept with its code
