"""Makes functions of the Python of expressions.

The Python holds `r` (the record), constants `c1`, `c2` …, values in between `t1`, `t2` … and what `run_time` defines: never a word
of a standard, whose texts and names are constants. They become defaults of the function, so that expressions of one shape share one
code object.
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
from generator.kept.lazy_patterns import lazy
from generator.kept.light_classes import replace

Function = Callable[[Any], Any]

_DEEP = 20  # brackets within each other; Python's parser takes 200
_SHORT = 60  # characters of an operand that is not deep
_OWN_NAMES = lazy(r"\b([ct])[0-9]+\b")


class Constants:
    """The constants and the values in between of one expression."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.names: dict[tuple[type, Any], str] = {}
        self.between = 0

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

    def temporary(self) -> str:
        """The name of a value in between."""
        self.between += 1
        return f"t{self.between}"

    def function(self, code: str) -> Function:
        """The function of an operand."""
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
        return FunctionType(_compiled(shape, taken), run_time.__dict__, None, tuple(constants))

    def shallow(self, part: Part) -> Part:
        """The part, in a function of its own where its brackets stand deep within each other."""
        code = part.code
        if len(code) < _SHORT or not _is_deep(code):
            return part
        return replace(part, code=f"{self.constant(self.function(code))}(r)")


def _is_deep(code: str) -> bool:
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
def _compiled(shape: str, constants: tuple[str, ...]) -> CodeType:
    """The code of a function of a record."""
    made = compile(f"lambda {', '.join(('r', *constants))}: {shape}", "<formula>", "eval", dont_inherit=True)
    (code,) = (one for one in made.co_consts if isinstance(one, CodeType))
    return code
